<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="vi">
<context>
    <name>AccessesSection</name>
    <message>
        <source> ngày</source>
        <translation> days</translation>
    </message>
    <message>
        <source>Ai đã xem hồ sơ nào</source>
        <translation>Who looked at which dossier</translation>
    </message>
    <message>
        <source>Mã hồ sơ (để trống: mọi hồ sơ)</source>
        <translation>Code of a dossier (empty: all)</translation>
    </message>
    <message>
        <source>Trong</source>
        <translation>In the last</translation>
    </message>
    <message>
        <source>Chỉ ghi lần xem ở máy này: mở hồ sơ, tra, quét, xem tệp, in, xuất; không gửi đi đâu.</source>
        <translation>Only looks on this machine: dossiers opened, found, scanned, files seen, papers printed, data exported; sent nowhere.</translation>
    </message>
    <message>
        <source>Chưa ai xem hồ sơ nào trong những ngày ấy.</source>
        <translation>Nobody looked at a dossier in those days.</translation>
    </message>
    <message>
        <source>{n} lần xem mới nhất; ghi mã hồ sơ để thấy trọn.</source>
        <translation>The last {n} looks; name a dossier&apos;s code to see all of them.</translation>
    </message>
    <message>
        <source>{n} lần xem, mới nhất trước.</source>
        <translation>{n} looks, the last first.</translation>
    </message>
</context>
<context>
    <name>AccountForm</name>
    <message>
        <source>Họ và tên</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>Mã cán bộ (không đổi được về sau)</source>
        <translation>Officer&apos;s id (cannot be changed later)</translation>
    </message>
    <message>
        <source>như lan.nt</source>
        <translation>such as lan.nt</translation>
    </message>
    <message>
        <source>Vai trò</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>Mã PIN, từ 4 đến 12 chữ số (có thể đặt sau)</source>
        <translation>PIN, 4 to 12 digits (may be set later)</translation>
    </message>
    <message>
        <source>Gõ lại mã PIN</source>
        <translation>Type the PIN again</translation>
    </message>
    <message>
        <source>Hãy đặt mã PIN của mình trước; sau đó mới đặt được cho người khác.</source>
        <translation>Set your own PIN first; then you can give others theirs.</translation>
    </message>
</context>
<context>
    <name>ActBand</name>
    <message>
        <source>Việc cần làm</source>
        <translation>Next step</translation>
    </message>
    <message>
        <source>In {}</source>
        <translation>Print {}</translation>
    </message>
    <message>
        <source>Việc khác</source>
        <translation>Other steps</translation>
    </message>
    <message>
        <source>Hồ sơ đã kết thúc.</source>
        <translation>This dossier is closed.</translation>
    </message>
    <message>
        <source>Việc cần làm:</source>
        <translation>To do:</translation>
    </message>
    <message>
        <source>Đang ghi dở việc này: Enter để ghi, Esc để thôi, rồi hãy làm việc khác.</source>
        <translation>This is not written yet: Enter writes it, Esc leaves it; then go on to the next act.</translation>
    </message>
</context>
<context>
    <name>AgencyCode</name>
    <message>
        <source>Mã của cơ quan?</source>
        <translation>The agency&apos;s code?</translation>
    </message>
    <message>
        <source>Mã cơ quan</source>
        <translation>Agency code</translation>
    </message>
    <message>
        <source>như H55.242</source>
        <translation>such as H55.242</translation>
    </message>
    <message>
        <source>Mã hồ sơ sẽ như {}</source>
        <translation>Dossier codes will look like {}</translation>
    </message>
    <message>
        <source>Mã định danh điện tử, đứng đầu mọi mã hồ sơ. Không nhớ thì quét, hay gõ, mã hồ sơ trên một giấy hẹn cũ của cơ quan.</source>
        <translation>The electronic identifier that every dossier code begins with. Where nobody knows it, scan or type the dossier code of an old receipt of this office.</translation>
    </message>
    <message>
        <source>{} là phần của tỉnh; hãy gõ tiếp phần của xã, như {}242.</source>
        <translation>{} is the province&apos;s part; go on with the commune&apos;s, as in {}242.</translation>
    </message>
</context>
<context>
    <name>AgencyName</name>
    <message>
        <source>Cơ quan nào?</source>
        <translation>Which agency?</translation>
    </message>
    <message>
        <source>Tên này in trên mọi giấy hẹn. Gõ vài chữ của tên xã rồi chọn bằng phím ↓.</source>
        <translation>This name is printed on every receipt. Type a few letters of the commune and choose with ↓.</translation>
    </message>
    <message>
        <source>Tên cơ quan</source>
        <translation>Agency name</translation>
    </message>
    <message>
        <source>như UBND xã Ea Mlung</source>
        <translation>such as UBND xã Ea Mlung</translation>
    </message>
    <message>
        <source>Chỉ muốn tập dùng, với hồ sơ bịa</source>
        <translation>Only practise, with invented dossiers</translation>
    </message>
    <message>
        <source>Hãy ghi tên cơ quan; tên này in trên giấy hẹn.</source>
        <translation>Enter the agency&apos;s name; it is printed on receipts.</translation>
    </message>
    <message>
        <source>Không thay máy nào: đây là máy mới</source>
        <translation>This replaces no machine: it is a new one</translation>
    </message>
    <message>
        <source>Thay máy cũ bị hỏng</source>
        <translation>Replace a broken machine</translation>
    </message>
    <message>
        <source>Thay máy cũ: đặt tên cơ quan và chìa khóa cho máy này trước, rồi lấy lại hồ sơ từ máy chủ và từ ổ đĩa cũ.</source>
        <translation>Replacing a machine: first this one&apos;s agency and keys, then the dossiers come from the server and from the old disk.</translation>
    </message>
</context>
<context>
    <name>AnewDoor</name>
    <message>
        <source>Làm lại kho tập từ đầu?</source>
        <translation>Begin the training store anew?</translation>
    </message>
    <message>
        <source>Mọi hồ sơ đã tập sẽ mất, kho tập có lại các hồ sơ bịa ban đầu. Kho thật không bị động tới. Gõ chữ LAM LAI để làm, Esc để thôi.</source>
        <translation>All that was practised goes, the first invented dossiers come back. The real store is not touched. Type LAM LAI to do it, Esc to leave.</translation>
    </message>
    <message>
        <source>Làm lại từ đầu</source>
        <translation>Begin anew</translation>
    </message>
    <message>
        <source>Gõ LAM LAI</source>
        <translation>Type LAM LAI</translation>
    </message>
    <message>
        <source>Chưa đúng hai chữ LAM LAI; kho tập còn nguyên.</source>
        <translation>Those are not the words LAM LAI; the training store is as it was.</translation>
    </message>
</context>
<context>
    <name>Apologies</name>
    <message>
        <source>giữ từ {day}</source>
        <translation>since {day}</translation>
    </message>
    <message>
        <source>đã chọn</source>
        <translation>chosen</translation>
    </message>
    <message>
        <source>không chọn</source>
        <translation>left out</translation>
    </message>
    <message>
        <source>hẹn mới {day}</source>
        <translation>new date {day}</translation>
    </message>
    <message>
        <source>đến {day}</source>
        <translation>to {day}</translation>
    </message>
    <message>
        <source>hẹn {day}</source>
        <translation>was {day}</translation>
    </message>
</context>
<context>
    <name>ApologiesPage</name>
    <message>
        <source>Thư xin lỗi chờ ký</source>
        <translation>Apologies to be signed</translation>
    </message>
    <message>
        <source>Chờ ký</source>
        <translation>To be signed</translation>
    </message>
    <message>
        <source>Còn {n} hồ sơ trễ nữa chưa liệt kê.</source>
        <translation>{n} more late dossiers are not listed.</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào sắp trễ hẹn trong 3 ngày làm việc tới. Không có thư nào chờ ký.</source>
        <translation>No dossier will miss its date within 3 working days. No letter waits to be signed.</translation>
    </message>
    <message>
        <source>Đang chuẩn bị {n} thư…</source>
        <translation>Preparing {n} letters…</translation>
    </message>
    <message>
        <source>Đang làm thư {n} trên {of}…</source>
        <translation>Making letter {n} of {of}…</translation>
    </message>
    <message>
        <source>Đã hẹn lại và ghi {n} thư xin lỗi</source>
        <translation>New dates given, {n} apologies written</translation>
    </message>
    <message>
        <source>{signer} đã ký {n} thư, nằm ở thư mục {folder}.</source>
        <translation>{signer} has signed {n} letters; they lie in {folder}.</translation>
    </message>
    <message>
        <source>Đã gửi {n} thư đi in để ký tay, đóng dấu.</source>
        <translation>{n} letters sent to the printer, to be signed by hand and sealed.</translation>
    </message>
    <message>
        <source>chọn, bỏ chọn</source>
        <translation>choose, leave out</translation>
    </message>
    <message>
        <source>tất cả</source>
        <translation>all</translation>
    </message>
    <message>
        <source>sửa ngày, lý do</source>
        <translation>change date, reason</translation>
    </message>
    <message>
        <source>ký</source>
        <translation>sign</translation>
    </message>
    <message>
        <source>Thư xin lỗi</source>
        <translation>The apology</translation>
    </message>
</context>
<context>
    <name>ApologyForm</name>
    <message>
        <source>Chọn…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>Ký các thư đã chọn</source>
        <translation>Sign the chosen letters</translation>
    </message>
    <message>
        <source>In để ký tay</source>
        <translation>Print for the pen</translation>
    </message>
    <message>
        <source>Hẹn lại đến ngày</source>
        <translation>New date</translation>
    </message>
    <message>
        <source>như 28/4</source>
        <translation>as 28/4</translation>
    </message>
    <message>
        <source>Lý do ghi trong thư</source>
        <translation>Reason in the letter</translation>
    </message>
    <message>
        <source>trên USB, hoặc ở máy này</source>
        <translation>on a stick, or on this machine</translation>
    </message>
    <message>
        <source>Tệp chứng thư của người ký (.p12)</source>
        <translation>The signer&apos;s certificate file (.p12)</translation>
    </message>
    <message>
        <source>Mật khẩu của tệp chứng thư, không lưu lại</source>
        <translation>Its password, which is not kept</translation>
    </message>
    <message>
        <source>Ký {n} thư đã chọn</source>
        <translation>Sign the chosen letters ({n})</translation>
    </message>
    <message>
        <source>Tệp chứng thư của người ký</source>
        <translation>The signer&apos;s certificate file</translation>
    </message>
</context>
<context>
    <name>AsideStrip</name>
    <message>
        <source>Đang gác lại:</source>
        <translation>Set aside:</translation>
    </message>
    <message>
        <source>chưa có tên</source>
        <translation>no name yet</translation>
    </message>
    <message>
        <source>vừa bỏ: {}</source>
        <translation>just dropped: {}</translation>
    </message>
    <message>
        <source>và {} người nữa</source>
        <translation>and {} more</translation>
    </message>
    <message>
        <source>Chưa giữ được những gì đã gõ: {} Đừng tắt chương trình; máy tự thử lại.</source>
        <translation>What was typed is not kept yet: {} Do not close the program; it tries again by itself.</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>Mã trên giấy không đúng chữ ký: giấy có thể đã bị sửa, chưa trả theo giấy này.</source>
        <translation>The code on the paper has a wrong signature: it may have been altered, hand nothing over by it.</translation>
    </message>
    <message>
        <source>Nhiều hồ sơ khớp “{asked}”, đây là {n} hồ sơ đầu; gõ thêm chữ để thấy đúng người.</source>
        <translation>Many dossiers match “{asked}”, these are the first {n}; type more letters to see the right person.</translation>
    </message>
    <message>
        <source>Giấy thật, nhưng hồ sơ {code} do {name} nhận: mời người dân đến đó.</source>
        <translation>The receipt is true, but {name} received dossier {code}: send the citizen there.</translation>
    </message>
    <message>
        <source>Giấy do máy lạ in, hồ sơ {code} chưa có ở đây; đồng bộ rồi quét lại, hoặc hỏi nơi cấp.</source>
        <translation>An unknown machine printed the receipt, dossier {code} is not here; synchronise and scan again, or ask who issued it.</translation>
    </message>
    <message>
        <source>Không thấy hồ sơ nào khớp “{asked}”; hãy quét lại, hoặc gõ tên không dấu.</source>
        <translation>No dossier matches “{asked}”; scan again, or type the name without marks.</translation>
    </message>
</context>
<context>
    <name>BackupsPart</name>
    <message>
        <source>Thư mục trên ổ thứ hai hoặc USB (để trống: không dùng)</source>
        <translation>Folder on a second disk or stick (empty: none)</translation>
    </message>
    <message>
        <source>như E:\sao-luu hoặc /media/usb/sao-luu</source>
        <translation>such as E:\backups or /media/usb/backups</translation>
    </message>
    <message>
        <source>Nơi sao lưu thứ hai</source>
        <translation>Second place for backups</translation>
    </message>
    <message>
        <source>Sao lưu cả tệp quét mà máy chủ đã có</source>
        <translation>Back up scanned files that the server has, too</translation>
    </message>
    <message>
        <source>Dùng nơi này</source>
        <translation>Use this place</translation>
    </message>
    <message>
        <source>Tự sao lưu</source>
        <translation>Backups by themselves</translation>
    </message>
    <message>
        <source>Tệp quét mà máy chủ chưa có thì bản nào cũng kèm.</source>
        <translation>Those that the server does not have are in every backup.</translation>
    </message>
    <message>
        <source>Từ bản sau, sao lưu kèm mọi tệp quét ở máy này.</source>
        <translation>From the next one on, backups hold all scanned files of this machine.</translation>
    </message>
    <message>
        <source>Từ bản sau, sao lưu chỉ kèm tệp quét mà máy chủ chưa có.</source>
        <translation>From the next one on, backups hold only scanned files that the server does not have.</translation>
    </message>
    <message>
        <source>Đã ghi nơi sao lưu thứ hai.</source>
        <translation>The second place for backups is set.</translation>
    </message>
    <message>
        <source>Đã thôi dùng ổ thứ hai.</source>
        <translation>No second disk any more.</translation>
    </message>
</context>
<context>
    <name>Band</name>
    <message>
        <source>Xong</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>Quá hạn</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>xin lỗi, hẹn ngày mới</source>
        <translation>apologise, set a new date</translation>
    </message>
    <message>
        <source>giục người đang giữ</source>
        <translation>press whoever holds it</translation>
    </message>
    <message>
        <source>Còn 1 ngày</source>
        <translation>1 day left</translation>
    </message>
    <message>
        <source>nhắc người đang giữ</source>
        <translation>remind whoever holds it</translation>
    </message>
    <message>
        <source>3 ngày tới</source>
        <translation>Next 3 days</translation>
    </message>
    <message>
        <source>nhắc trước</source>
        <translation>remind ahead</translation>
    </message>
    <message>
        <source>Quá hạn bước</source>
        <translation>Step overdue</translation>
    </message>
    <message>
        <source>giục người đang giữ; hồ sơ còn trong hạn</source>
        <translation>urge the holder; the dossier is in time</translation>
    </message>
    <message>
        <source>Giao chưa nhận</source>
        <translation>Not taken over</translation>
    </message>
    <message>
        <source>nhắc bên nhận</source>
        <translation>remind the taker</translation>
    </message>
    <message>
        <source>Chờ nhận</source>
        <translation>To accept</translation>
    </message>
    <message>
        <source>xem giấy tờ, nhận hoặc từ chối</source>
        <translation>check the papers, accept or refuse</translation>
    </message>
    <message>
        <source>Chờ bổ sung</source>
        <translation>Awaiting papers</translation>
    </message>
    <message>
        <source>gọi người dân; đồng hồ dừng</source>
        <translation>call the citizen; the clock stands still</translation>
    </message>
    <message>
        <source>Chờ phí</source>
        <translation>Fee due</translation>
    </message>
    <message>
        <source>Chờ trả</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>mời đến lấy</source>
        <translation>ask them to collect</translation>
    </message>
    <message>
        <source>ngày
chờ nhận</source>
        <translation>days
to accept</translation>
    </message>
    <message>
        <source>ngày
chờ dân</source>
        <translation>days
waiting</translation>
    </message>
    <message>
        <source>ngày
chờ phí</source>
        <translation>days
unpaid</translation>
    </message>
    <message>
        <source>ngày
chờ lấy</source>
        <translation>days
ready</translation>
    </message>
    <message>
        <source>còn {n} hồ sơ nữa</source>
        <translation>{n} more</translation>
    </message>
    <message>
        <source>hai máy ghi
khác nhau</source>
        <translation>machines
disagree</translation>
    </message>
    <message>
        <source>Người dân</source>
        <translation>The citizen</translation>
    </message>
    <message>
        <source>hạn {when}</source>
        <translation>due {when}</translation>
    </message>
    <message>
        <source>giao {when}</source>
        <translation>given {when}</translation>
    </message>
    <message>
        <source>thiếu {n} giấy</source>
        <translation>{n} papers missing</translation>
    </message>
    <message>
        <source>không có số gọi</source>
        <translation>no number to call</translation>
    </message>
    <message>
        <source>đang giữ</source>
        <translation>holds it</translation>
    </message>
    <message>
        <source>Hẹn hôm nay</source>
        <translation>Due today</translation>
    </message>
</context>
<context>
    <name>BoardPage</name>
    <message>
        <source>Hồ sơ hẹn trả</source>
        <translation>Dossiers due</translation>
    </message>
    <message>
        <source>Hẹn trả</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào đang chờ. Bấm F2 rồi quét thẻ căn cước để tiếp nhận.</source>
        <translation>No dossier is waiting. Press F2 and scan a card to receive one.</translation>
    </message>
    <message>
        <source>mục</source>
        <translation>section</translation>
    </message>
    <message>
        <source>chọn</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>mở</source>
        <translation>open</translation>
    </message>
    <message>
        <source>Hôm nay chưa nhận, chưa trả hồ sơ nào. Bấm F2 rồi quét thẻ căn cước để bắt đầu.</source>
        <translation>Nothing was received or returned today. Press F2 and scan an identity card to begin.</translation>
    </message>
    <message>
        <source>Thôn này không còn ai cần gọi. Chọn thôn khác ở trên.</source>
        <translation>Nobody of this hamlet is to be called any more. Choose another above.</translation>
    </message>
    <message>
        <source>Không có ai cần gọi: không hồ sơ nào có kết quả, thiếu giấy hay quá hạn.</source>
        <translation>Nobody needs a call: no result waits, no paper is missing, nothing is late.</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào quá hạn.</source>
        <translation>No dossier is late.</translation>
    </message>
    <message>
        <source>Hôm nay không còn hồ sơ nào phải trả.</source>
        <translation>Nothing more is due today.</translation>
    </message>
    <message>
        <source>Ngày làm việc tới không có hồ sơ nào đến hạn.</source>
        <translation>Nothing is due on the next working day.</translation>
    </message>
    <message>
        <source>Ba ngày làm việc tới không có hồ sơ nào đến hạn.</source>
        <translation>Nothing is due in the next three working days.</translation>
    </message>
    <message>
        <source>Không có bước nào quá hạn.</source>
        <translation>No step is overdue.</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào đã giao mà bên nhận chưa ghi nhận.</source>
        <translation>Nothing was handed on that is not taken over.</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào chờ tiếp nhận.</source>
        <translation>No dossier waits to be accepted.</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào chờ người dân bổ sung giấy tờ.</source>
        <translation>No dossier waits for papers.</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào chờ người dân nộp phí.</source>
        <translation>No dossier waits for a payment.</translation>
    </message>
    <message>
        <source>Không có kết quả nào chờ người dân đến nhận.</source>
        <translation>No result waits to be collected.</translation>
    </message>
    <message>
        <source>Bấm ← → để sang mục khác.</source>
        <translation>Press ← → for another section.</translation>
    </message>
    <message>
        <source>ghi cuộc gọi</source>
        <translation>record a call</translation>
    </message>
    <message>
        <source>thư chờ ký</source>
        <translation>letters to be signed</translation>
    </message>
</context>
<context>
    <name>BoardStrip</name>
    <message>
        <source>In thôn này</source>
        <translation>Print this hamlet</translation>
    </message>
    <message>
        <source>In tất cả</source>
        <translation>Print all</translation>
    </message>
    <message>
        <source>Đã gửi danh sách {n} hồ sơ đi in.</source>
        <translation>Sent the list to the printer: {n} to call.</translation>
    </message>
    <message>
        <source>Đã ghi danh sách {n} hồ sơ ra tệp {where}.</source>
        <translation>Wrote the list to {where}: {n} to call.</translation>
    </message>
    <message>
        <source>Còn {n} hồ sơ chưa ghi được; trên giấy có nói rõ.</source>
        <translation>{n} more are not on it; the paper says so.</translation>
    </message>
    <message>
        <source>Không còn ai cần gọi nên không in tờ nào.</source>
        <translation>Nobody is to be called any more, so nothing was printed.</translation>
    </message>
    <message>
        <source>Đang lập danh sách để in…</source>
        <translation>Making the list to print…</translation>
    </message>
</context>
<context>
    <name>BoardTabs</name>
    <message>
        <source>Tất cả</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Cần gọi</source>
        <translation>To call</translation>
    </message>
    <message>
        <source>Hôm nay</source>
        <translation>Today</translation>
    </message>
</context>
<context>
    <name>BooksPage</name>
    <message>
        <source>Sổ theo dõi</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>Sổ thu phí</source>
        <translation>Cash book</translation>
    </message>
    <message>
        <source>Chốt ngày</source>
        <translation>Close the day</translation>
    </message>
    <message>
        <source>In sổ</source>
        <translation>Print the book</translation>
    </message>
    <message>
        <source>Xuất ra tệp…</source>
        <translation>Export to a file…</translation>
    </message>
    <message>
        <source>Phản ánh</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>Tờ sổ như sẽ in</source>
        <translation>The book as it will be printed</translation>
    </message>
    <message>
        <source>Sổ sách</source>
        <translation>Books</translation>
    </message>
    <message>
        <source>Đang lập sổ…</source>
        <translation>Drawing the book…</translation>
    </message>
    <message>
        <source>Đã ghi sổ ra {file}. Có tên người dân: giữ như sổ giấy.</source>
        <translation>The book is in {file}. It names citizens: keep it like the paper one.</translation>
    </message>
    <message>
        <source>Sổ nằm ở {file}.</source>
        <translation>The book lies in {file}.</translation>
    </message>
    <message>
        <source>Đã gửi sổ tới máy in.</source>
        <translation>The book is on its way to the printer.</translation>
    </message>
    <message>
        <source>Trang in (*.pdf)</source>
        <translation>Pages (*.pdf)</translation>
    </message>
    <message>
        <source>Bảng tính (*.xlsx)</source>
        <translation>Spreadsheet (*.xlsx)</translation>
    </message>
    <message>
        <source>Xuất ra</source>
        <translation>Export to</translation>
    </message>
    <message>
        <source>Nhận từ ngày</source>
        <translation>Received from</translation>
    </message>
    <message>
        <source>đến hết ngày</source>
        <translation>until</translation>
    </message>
    <message>
        <source>Ngày</source>
        <translation>Day</translation>
    </message>
</context>
<context>
    <name>Calls</name>
    <message>
        <source>không có số gọi</source>
        <translation>no number</translation>
    </message>
    <message>
        <source>chưa gọi</source>
        <translation>not called yet</translation>
    </message>
    <message>
        <source>sẽ đến {day}</source>
        <translation>coming {day}</translation>
    </message>
    <message>
        <source>gọi lại {day}</source>
        <translation>call again {day}</translation>
    </message>
    <message>
        <source>Thôn này cần gọi {n} hồ sơ, đang hiện {shown}; bản in có đủ.</source>
        <translation>{n} to call in this hamlet, {shown} shown; the printed list has all.</translation>
    </message>
    <message>
        <source>Thôn này cần gọi {n} hồ sơ.</source>
        <translation>{n} to call in this hamlet.</translation>
    </message>
    <message>
        <source>Cần gọi {n} hồ sơ, đang hiện {shown}. Chọn thôn hoặc in ra để xem đủ.</source>
        <translation>{n} to call, {shown} shown. Choose a hamlet or print to see all.</translation>
    </message>
    <message>
        <source>Cần gọi {n} hồ sơ.</source>
        <translation>{n} to call.</translation>
    </message>
    <message>
        <source>Còn {n} hồ sơ hẹn muộn nhất chưa xếp được vào thôn.</source>
        <translation>{n} more, due last, are not sorted by hamlet yet.</translation>
    </message>
    <message>
        <source>{n} hồ sơ cần gọi</source>
        <translation>{n} to call</translation>
    </message>
    <message>
        <source>Còn {n} hồ sơ ở các thôn khác</source>
        <translation>{n} more in other hamlets</translation>
    </message>
    <message>
        <source>chọn thôn ở trên để xem</source>
        <translation>choose a hamlet above to see them</translation>
    </message>
    <message>
        <source>Không rõ thôn</source>
        <translation>Hamlet not known</translation>
    </message>
</context>
<context>
    <name>CameraIntoPile</name>
    <message>
        <source>{width} × {height} điểm: tờ A4 chỉ được {dpi} điểm/inch, dưới mức {wanted} đã đặt.</source>
        <translation>{width} × {height} dots: a sheet of A4 gets {dpi} dots an inch, less than the {wanted} that are set.</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>Hình từ camera</source>
        <translation>What the camera sees</translation>
    </message>
    <message>
        <source>Thử lại</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Quay lại</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Đưa mã trên thẻ hoặc giấy hẹn vào giữa hình, cách camera chừng một gang tay.</source>
        <translation>Hold the code of a card or receipt in the middle of the picture, about a hand&apos;s length away.</translation>
    </message>
    <message>
        <source>Quét bằng camera</source>
        <translation>Scan with the camera</translation>
    </message>
    <message>
        <source>Đang mở camera…</source>
        <translation>Opening the camera…</translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>Hình từ camera</source>
        <translation>What the camera sees</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>Chụp trang</source>
        <translation>Take the page</translation>
    </message>
    <message>
        <source>Xoay</source>
        <translation>Turn</translation>
    </message>
    <message>
        <source>Xong</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>chọn giấy tờ</source>
        <translation>choose the paper</translation>
    </message>
    <message>
        <source>xoay</source>
        <translation>turn</translation>
    </message>
    <message>
        <source>đổi camera</source>
        <translation>another camera</translation>
    </message>
    <message>
        <source>Đang mở camera…</source>
        <translation>Opening the camera…</translation>
    </message>
</context>
<context>
    <name>CashPart</name>
    <message>
        <source>Ghi số đếm</source>
        <translation>Record the count</translation>
    </message>
    <message>
        <source>Đếm được trong két (đồng)</source>
        <translation>Counted in the drawer (đồng)</translation>
    </message>
    <message>
        <source>Vì sao khác số phải có (nếu khác)</source>
        <translation>Why it differs (if it does)</translation>
    </message>
    <message>
        <source>Chưa thu khoản nào.</source>
        <translation>Nothing was taken yet.</translation>
    </message>
    <message>
        <source>Đã thu: {sums}.</source>
        <translation>Taken: {sums}.</translation>
    </message>
    <message>
        <source>Đã ghi số đếm {amount}.</source>
        <translation>The count of {amount} is recorded.</translation>
    </message>
    <message>
        <source>Két máy này phải có {amount}</source>
        <translation>This machine&apos;s drawer must hold {amount}</translation>
    </message>
    <message>
        <source>{words}; chưa đếm.</source>
        <translation>{words}; not counted yet.</translation>
    </message>
    <message>
        <source>{words}; lúc {at} đếm được {amount}.</source>
        <translation>{words}; counted at {at}: {amount}.</translation>
    </message>
    <message>
        <source>{said} Sổ đã đổi sau lúc đếm: hãy đếm lại.</source>
        <translation>{said} The book has changed since the count: count again.</translation>
    </message>
</context>
<context>
    <name>Collector</name>
    <message>
        <source>Họ và tên</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>Số căn cước, hộ chiếu</source>
        <translation>ID card or passport number</translation>
    </message>
    <message>
        <source>Chính chủ: {name}</source>
        <translation>The applicant: {name}</translation>
    </message>
    <message>
        <source>Người thân</source>
        <translation>Relative</translation>
    </message>
    <message>
        <source>Mất giấy hẹn</source>
        <translation>Receipt lost</translation>
    </message>
    <message>
        <source>Là người thân</source>
        <translation>Is a relative</translation>
    </message>
    <message>
        <source>Đúng chủ hồ sơ, theo thẻ căn cước.</source>
        <translation>The owner of the dossier, by the card.</translation>
    </message>
    <message>
        <source>Đúng số căn cước của chủ hồ sơ, nhưng thẻ ghi tên {name}.</source>
        <translation>The owner&apos;s number, but the card names {name}.</translation>
    </message>
    <message>
        <source>Trùng tên chủ hồ sơ; hồ sơ không có số căn cước để so, hãy hỏi ngày sinh.</source>
        <translation>The owner&apos;s name; the dossier has no number to compare, ask for the birth date.</translation>
    </message>
    <message>
        <source>Chính chủ (các hồ sơ khác chủ)</source>
        <translation>The owner (the dossiers have several)</translation>
    </message>
    <message>
        <source>Người cầm giấy hẹn</source>
        <translation>Whoever bears the receipt</translation>
    </message>
    <message>
        <source>Mất giấy hẹn: quét thẻ căn cước của người nhận, hoặc gõ số giấy tờ.</source>
        <translation>Receipt lost: scan the collector&apos;s card, or type the number of a paper.</translation>
    </message>
    <message>
        <source>Số căn cước, hộ chiếu của chủ hồ sơ</source>
        <translation>Number of the owner&apos;s card or passport</translation>
    </message>
    <message>
        <source>Giấy tờ</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>Là gì của chủ hồ sơ</source>
        <translation>Relation to the owner</translation>
    </message>
    <message>
        <source>Giấy chứng minh quan hệ</source>
        <translation>Proof of the relation</translation>
    </message>
    <message>
        <source>giấy khai sinh, số…</source>
        <translation>birth certificate, number…</translation>
    </message>
    <message>
        <source>chọn…</source>
        <translation>choose…</translation>
    </message>
    <message>
        <source>Người được ủy quyền</source>
        <translation>An authorised person</translation>
    </message>
    <message>
        <source>Ghi giấy ủy quyền</source>
        <translation>Enter an authorisation</translation>
    </message>
    <message>
        <source>Thẻ của {name}, không phải chủ hồ sơ: cần giấy ủy quyền, hoặc là người thân.</source>
        <translation>The card of {name}, who is not the owner: an authorisation is needed, or a relative.</translation>
    </message>
    <message>
        <source>Thủ tục này không thuộc hộ tịch: người thân cũng cần giấy ủy quyền.</source>
        <translation>This procedure is not civil status: a relative needs an authorisation too.</translation>
    </message>
    <message>
        <source>Số giấy ủy quyền</source>
        <translation>Number of the authorisation</translation>
    </message>
    <message>
        <source>Ngày giấy ủy quyền</source>
        <translation>Its date</translation>
    </message>
</context>
<context>
    <name>ComponentRow</name>
    <message>
        <source>Loại của giấy {}</source>
        <translation>Kind of paper {}</translation>
    </message>
    <message>
        <source>Số bản của giấy {}</source>
        <translation>Copies of paper {}</translation>
    </message>
    <message>
        <source>Chưa có</source>
        <translation>Not here yet</translation>
    </message>
    <message>
        <source>Không cần</source>
        <translation>Not needed</translation>
    </message>
    <message>
        <source>Đã nhận</source>
        <translation>Received</translation>
    </message>
</context>
<context>
    <name>ComponentsBand</name>
    <message>
        <source>Thành phần hồ sơ</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>TT</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>Tên giấy tờ</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>Loại</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Số bản</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>Đã nhận</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Thêm giấy tờ khác</source>
        <translation>Add another paper</translation>
    </message>
    <message>
        <source>Giấy tờ khác: gõ tên rồi Enter</source>
        <translation>Another paper: type its name, then Enter</translation>
    </message>
    <message>
        <source>Đã nhận đủ</source>
        <translation>All received</translation>
    </message>
    <message>
        <source>Phím cách</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>đã cầm giấy</source>
        <translation>paper in hand</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>hồ sơ này không cần giấy ấy</source>
        <translation>not needed for this dossier</translation>
    </message>
    <message>
        <source>{}/{} giấy bắt buộc</source>
        <translation>{}/{} required papers</translation>
    </message>
    <message>
        <source>Đã nhận {} giấy</source>
        <translation>Papers received: {}</translation>
    </message>
    <message>
        <source>Thiếu giấy số {} (bắt buộc) – chưa hẹn trả được.</source>
        <translation>Paper {} is missing (required) – no date can be promised yet.</translation>
    </message>
</context>
<context>
    <name>CounterSection</name>
    <message>
        <source> phút</source>
        <translation> minutes</translation>
    </message>
    <message>
        <source> lần</source>
        <translation> times</translation>
    </message>
    <message>
        <source> ngày làm việc</source>
        <translation> working days</translation>
    </message>
    <message>
        <source> giờ làm việc</source>
        <translation> hours of work</translation>
    </message>
    <message>
        <source> giờ</source>
        <translation> o&apos;clock</translation>
    </message>
    <message>
        <source> ngày</source>
        <translation> days</translation>
    </message>
    <message>
        <source>Quyết định 766 của Thủ tướng Chính phủ</source>
        <translation>Decision 766 of the Prime Minister</translation>
    </message>
    <message>
        <source>quy định riêng, ngắn hơn</source>
        <translation>a shorter local rule</translation>
    </message>
    <message>
        <source>Lưu</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Tên Bộ phận Một cửa trên giấy hẹn</source>
        <translation>Name of the one-stop office on receipts</translation>
    </message>
    <message>
        <source>Bộ phận Một cửa</source>
        <translation>One-stop office</translation>
    </message>
    <message>
        <source>Địa chỉ</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>như thôn 2, xã Ea Mlung</source>
        <translation>such as thôn 2, xã Ea Mlung</translation>
    </message>
    <message>
        <source>Đường dây nóng</source>
        <translation>Hotline</translation>
    </message>
    <message>
        <source>như 0262 000 0123</source>
        <translation>such as 0262 000 0123</translation>
    </message>
    <message>
        <source>Chức danh người đứng đầu cơ quan, khi ký giấy</source>
        <translation>Title of the head of the authority, who signs papers</translation>
    </message>
    <message>
        <source>Thủ trưởng cơ quan</source>
        <translation>Head of the authority</translation>
    </message>
    <message>
        <source>Họ tên người đứng đầu cơ quan</source>
        <translation>Name of the head of the authority</translation>
    </message>
    <message>
        <source>để trống thì in dấu chấm</source>
        <translation>empty: a dotted line is printed</translation>
    </message>
    <message>
        <source>Giờ làm việc</source>
        <translation>Opening hours</translation>
    </message>
    <message>
        <source>như 7:30–11:30, 13:30–17:00</source>
        <translation>such as 7:30–11:30, 13:30–17:00</translation>
    </message>
    <message>
        <source>Ngân hàng nhận phí chuyển khoản, 6 số do NAPAS cấp</source>
        <translation>Bank that takes transfers of fees, 6 digits given by NAPAS</translation>
    </message>
    <message>
        <source>Số tài khoản</source>
        <translation>Account number</translation>
    </message>
    <message>
        <source>để trống: không nhận chuyển khoản</source>
        <translation>empty: no transfers</translation>
    </message>
    <message>
        <source>Tên tài khoản</source>
        <translation>Name of the account</translation>
    </message>
    <message>
        <source>Nơi đồng bộ, như màn hình gọi</source>
        <translation>Where this machine syncs, as the screen calls it</translation>
    </message>
    <message>
        <source>Máy chủ huyện</source>
        <translation>District server</translation>
    </message>
    <message>
        <source>Tự khóa quầy sau khi không ai chạm vào máy</source>
        <translation>Lock the counter when nobody has touched the machine for</translation>
    </message>
    <message>
        <source>Mỗi hồ sơ được hẹn lại</source>
        <translation>New dates that a dossier may get</translation>
    </message>
    <message>
        <source>Thư xin lỗi đề xuất hẹn lại thêm</source>
        <translation>An apology proposes as many days more</translation>
    </message>
    <message>
        <source>Giao trên máy thì bên nhận phải ghi nhận trong</source>
        <translation>What is handed on in the program is to be taken over within</translation>
    </message>
    <message>
        <source>Nhắc chốt sổ trong ngày từ</source>
        <translation>Remind to close the day from</translation>
    </message>
    <message>
        <source>Nhắc khi bản sao lưu mới nhất đã quá</source>
        <translation>Remind when the newest backup is older than</translation>
    </message>
    <message>
        <source>Nhắc diễn tập khôi phục sau</source>
        <translation>Remind of a restore drill after</translation>
    </message>
    <message>
        <source>Nhắc khi ổ đĩa của kho còn trống dưới</source>
        <translation>Remind when the store’s disk has less free than</translation>
    </message>
    <message>
        <source>Lý do ghi sẵn trong thư xin lỗi</source>
        <translation>Reason that an apology begins with</translation>
    </message>
    <message>
        <source>Trang khảo sát, cho mã QR trên giấy ({code}: mã hồ sơ)</source>
        <translation>Survey page, for the QR on papers ({code}: the dossier&apos;s code)</translation>
    </message>
    <message>
        <source>Câu trả lời trên phiếu khảo sát</source>
        <translation>Answers on the survey slip</translation>
    </message>
    <message>
        <source>Hạn trả lời phản ánh, kiến nghị theo</source>
        <translation>Petitions are to be answered by</translation>
    </message>
    <message>
        <source>Đã lưu thiết lập của quầy</source>
        <translation>Counter settings saved</translation>
    </message>
    <message>
        <source>Ngôn ngữ của cửa sổ (từ lần mở sau; giấy luôn bằng tiếng Việt)</source>
        <translation>Language of the window (from the next start; papers are always Vietnamese)</translation>
    </message>
</context>
<context>
    <name>Day</name>
    <message>
        <source>Chưa xong</source>
        <translation>Not done yet</translation>
    </message>
    <message>
        <source>in giấy hẹn, thu phí trước khi đóng quầy</source>
        <translation>print receipts, collect fees before closing</translation>
    </message>
    <message>
        <source>Đã nhận</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Đã trả</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>{n} hồ sơ</source>
        <translation>{n} dossiers</translation>
    </message>
    <message>
        <source>Nhận {received} · trả {returned}</source>
        <translation>Received {received} · returned {returned}</translation>
    </message>
    <message>
        <source>{n} chưa in giấy hẹn</source>
        <translation>{n} without a receipt</translation>
    </message>
    <message>
        <source>{n} chưa thu phí</source>
        <translation>{n} with a fee to collect</translation>
    </message>
    <message>
        <source>{words} · không còn việc dở</source>
        <translation>{words} · nothing left to do</translation>
    </message>
    <message>
        <source>{words} · còn {left}</source>
        <translation>{words} · left: {left}</translation>
    </message>
    <message>
        <source>nhận
{clock}</source>
        <translation>received
{clock}</translation>
    </message>
    <message>
        <source>trả
{clock}</source>
        <translation>returned
{clock}</translation>
    </message>
    <message>
        <source>chưa in giấy hẹn</source>
        <translation>receipt not printed</translation>
    </message>
    <message>
        <source>chưa thu {amount}</source>
        <translation>{amount} not collected</translation>
    </message>
</context>
<context>
    <name>DayClosePart</name>
    <message>
        <source>Chốt ngày</source>
        <translation>Close the day</translation>
    </message>
    <message>
        <source>Ghi chú (nếu có)</source>
        <translation>A note, if any</translation>
    </message>
    <message>
        <source>Đã chốt sổ ngày {day}.</source>
        <translation>Day {day} closed.</translation>
    </message>
</context>
<context>
    <name>DayList</name>
    <message>
        <source>Việc trả ngay hôm nay</source>
        <translation>Given at once today</translation>
    </message>
    <message>
        <source>Chưa có việc nào hôm nay.</source>
        <translation>Nothing yet today.</translation>
    </message>
    <message>
        <source>Hôm nay</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>{} việc</source>
        <translation>{} acts</translation>
    </message>
    <message>
        <source>{} bản</source>
        <translation>{} copies</translation>
    </message>
    <message>
        <source>Số bỏ cách: {}</source>
        <translation>Numbers passed by: {}</translation>
    </message>
</context>
<context>
    <name>DayStrip</name>
    <message>
        <source>nhận</source>
        <translation>recv.</translation>
    </message>
    <message>
        <source>nghỉ</source>
        <translation>off</translation>
    </message>
    <message>
        <source>lễ</source>
        <translation>hol.</translation>
    </message>
    <message>
        <source>bù</source>
        <translation>lieu</translation>
    </message>
    <message>
        <source>đổi</source>
        <translation>swap</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>Có nhiều máy quét: chọn một máy (↑ ↓), rồi Ctrl+Enter để quét.</source>
        <translation>There are several scanners: choose one (↑ ↓), then Ctrl+Enter scans.</translation>
    </message>
</context>
<context>
    <name>DigitisePage</name>
    <message>
        <source>Số hóa</source>
        <translation>Digitising</translation>
    </message>
    <message>
        <source>Đang lấy từ thư mục {folder}; tệp được xóa khỏi đó sau khi đã lưu.</source>
        <translation>Taking from the folder {folder}; a file is removed from it once it is kept.</translation>
    </message>
    <message>
        <source>Lưu {n} trang</source>
        <translation>Keep {n} pages</translation>
    </message>
    <message>
        <source>Mở một hồ sơ (F3, hoặc quét mã của nó) rồi Ctrl+Shift+Q.</source>
        <translation>Open a dossier (F3, or scan its code), then Ctrl+Shift+Q.</translation>
    </message>
    <message>
        <source>Chưa có trang nào. Ctrl+Enter quét từ máy, Ctrl+N thêm tệp, hay kéo tệp vào đây.</source>
        <translation>No pages yet. Ctrl+Enter scans, Ctrl+N adds files, or drop files here.</translation>
    </message>
    <message>
        <source>Đang đọc trang {n}… Esc để dừng.</source>
        <translation>Reading page {n}… Esc stops.</translation>
    </message>
    <message>
        <source>Đang lưu…</source>
        <translation>Keeping…</translation>
    </message>
    <message>
        <source>Có trang chưa biết của giấy tờ nào: chọn trang rồi bấm số giấy tờ.</source>
        <translation>Some pages have no paper yet: choose them, then press the paper&apos;s number.</translation>
    </message>
    <message>
        <source>{what} F9 lần nữa thì vẫn lưu.</source>
        <translation>{what} F9 again keeps them anyhow.</translation>
    </message>
    <message>
        <source>Còn {n} trang chưa lưu: F9 để lưu, Esc lần nữa thì bỏ hết.</source>
        <translation>{n} pages are not kept: F9 keeps them, Esc again throws them away.</translation>
    </message>
</context>
<context>
    <name>DigitiseView</name>
    <message>
        <source>Giấy tờ của hồ sơ</source>
        <translation>The dossier&apos;s papers</translation>
    </message>
    <message>
        <source>Quét từ máy</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>Chụp bằng camera</source>
        <translation>Take with a camera</translation>
    </message>
    <message>
        <source>Thêm tệp</source>
        <translation>Add files</translation>
    </message>
    <message>
        <source>Nộp bằng tệp</source>
        <translation>File brought</translation>
    </message>
    <message>
        <source>Hai mặt</source>
        <translation>Both sides</translation>
    </message>
    <message>
        <source>Máy quét</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>Rút lại tệp</source>
        <translation>Take a file back</translation>
    </message>
    <message>
        <source>In tờ ngăn</source>
        <translation>Print separators</translation>
    </message>
    <message>
        <source>Vì sao rút lại (Enter)</source>
        <translation>Why it is taken back (Enter)</translation>
    </message>
    <message>
        <source>Các trang chưa lưu</source>
        <translation>Pages that are not kept yet</translation>
    </message>
    <message>
        <source>Tệp của giấy tờ</source>
        <translation>The paper&apos;s files</translation>
    </message>
    <message>
        <source>Số trang trên giấy</source>
        <translation>Pages on paper</translation>
    </message>
    <message>
        <source>nếu muốn máy so</source>
        <translation>to compare, if you wish</translation>
    </message>
    <message>
        <source>bỏ ra, lấy lại</source>
        <translation>out, back in</translation>
    </message>
    <message>
        <source>chuyển sang giấy tờ</source>
        <translation>to that paper</translation>
    </message>
    <message>
        <source>chọn nhiều trang</source>
        <translation>choose several</translation>
    </message>
</context>
<context>
    <name>DigitisingSection</name>
    <message>
        <source> điểm/inch</source>
        <translation> dots an inch</translation>
    </message>
    <message>
        <source>Giữ màu của trang có màu</source>
        <translation>Keep the colour of pages that have any</translation>
    </message>
    <message>
        <source>Đen trắng, nhẹ hơn</source>
        <translation>Grey, which is smaller</translation>
    </message>
    <message>
        <source>Thư mục mà máy quét của cơ quan ghi tệp vào (để trống: không dùng)</source>
        <translation>Folder that the office&apos;s scanner writes into (empty: none)</translation>
    </message>
    <message>
        <source>như D:\Quet</source>
        <translation>such as D:\Quet</translation>
    </message>
    <message>
        <source>Thư mục quét</source>
        <translation>Folder of scans</translation>
    </message>
    <message>
        <source> MB một ngày</source>
        <translation> MB a day</translation>
    </message>
    <message>
        <source> ngày</source>
        <translation> days</translation>
    </message>
    <message>
        <source>Lưu</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Trang quét được giữ ở độ nét</source>
        <translation>Scanned pages are kept at</translation>
    </message>
    <message>
        <source>Chất lượng ảnh (10 nhẹ nhất, 95 nặng nhất)</source>
        <translation>Quality of pictures (10 the smallest, 95 the largest)</translation>
    </message>
    <message>
        <source>Màu</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>Tệp trong thư mục này được lấy vào hồ sơ đang mở, rồi xóa khỏi thư mục.</source>
        <translation>Files in this folder are taken into the dossier that is open, then removed from the folder.</translation>
    </message>
    <message>
        <source>Bản quét và mạng</source>
        <translation>Scans and the network</translation>
    </message>
    <message>
        <source>Chỉ gửi bản quét lên máy chủ tới (0: không hạn chế)</source>
        <translation>Send scans to the server only up to (0: no limit)</translation>
    </message>
    <message>
        <source>Bỏ khỏi máy này sau khi trả kết quả (0: giữ mãi)</source>
        <translation>Leave this machine after the result was returned (0: never)</translation>
    </message>
    <message>
        <source>Bỏ sớm hơn khi ổ đĩa còn trống dưới</source>
        <translation>Leave sooner while the disk has less free than</translation>
    </message>
    <message>
        <source>Chỉ bỏ bản quét mà máy chủ đã giữ trọn; khi cần, máy lấy về lại.</source>
        <translation>Only scans that the server holds whole leave; they are fetched again when needed.</translation>
    </message>
    <message>
        <source>Đã lưu thiết lập số hóa</source>
        <translation>Settings of digitisation are saved</translation>
    </message>
</context>
<context>
    <name>DiskChoice</name>
    <message>
        <source>Chọn…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>như D:\ hoặc /media/o-dia-cu</source>
        <translation>such as D:\ or /media/old-disk</translation>
    </message>
    <message>
        <source>Ổ đĩa của máy cũ</source>
        <translation>The old machine&apos;s disk</translation>
    </message>
</context>
<context>
    <name>Disputes</name>
    <message>
        <source>Một khoản ghi ở hai hồ sơ – cần bạn đối chiếu</source>
        <translation>One sum on two dossiers – please compare</translation>
    </message>
    <message>
        <source>Hai máy ghi khác nhau – cần bạn chọn</source>
        <translation>Two machines disagree – please choose</translation>
    </message>
    <message>
        <source>Bên không chọn vẫn còn trong hồ sơ.</source>
        <translation>The other side stays in the dossier.</translation>
    </message>
    <message>
        <source>Rút lại khoản này</source>
        <translation>Take this sum back</translation>
    </message>
    <message>
        <source>Mở {code}</source>
        <translation>Open {code}</translation>
    </message>
    <message>
        <source>{by} – đang dùng</source>
        <translation>{by} – in use</translation>
    </message>
    <message>
        <source>Giữ bên này</source>
        <translation>Keep this side</translation>
    </message>
    <message>
        <source>Giữ bên này: {field} {value}</source>
        <translation>Keep this side: {field} {value}</translation>
    </message>
</context>
<context>
    <name>DossierRows</name>
    <message>
        <source>Chờ phần tiếp nhận</source>
        <translation>Reception not here yet</translation>
    </message>
    <message>
        <source>Ghi khác nhau</source>
        <translation>In conflict</translation>
    </message>
    <message>
        <source>hẹn trả {day}</source>
        <translation>due {day}</translation>
    </message>
</context>
<context>
    <name>EndingSection</name>
    <message>
        <source>Khi máy được thanh lý, trả lại hay chuyển đi nơi khác: gửi hết hồ sơ lên máy chủ, rồi xóa kho và chìa khóa của máy này. Cần hai cán bộ có mã PIN. Bấm nút chưa xóa gì: màn hình sau nói rõ sẽ mất gì, còn gì, và hỏi lại.</source>
        <translation>When a machine is retired, given back or moved elsewhere: all dossiers are sent to the server, then the store and the keys of this machine are destroyed. It takes two officers with PINs. The button destroys nothing yet: the next screen says what will be gone and what is safe, and asks.</translation>
    </message>
    <message>
        <source>Xóa kho của máy này…</source>
        <translation>Wipe this machine&apos;s store…</translation>
    </message>
    <message>
        <source>Kho tập dùng không xóa ở đây: nút ở dải tím trên cùng làm lại từ đầu.</source>
        <translation>A training store is not wiped here: the button in the purple band on top begins it anew.</translation>
    </message>
</context>
<context>
    <name>EntryBand</name>
    <message>
        <source>Người dân và giấy tờ</source>
        <translation>Citizen and paper</translation>
    </message>
    <message>
        <source>Đã thu</source>
        <translation>Paid</translation>
    </message>
    <message>
        <source>Quét thẻ, hoặc gõ họ tên</source>
        <translation>Scan the card, or type the name</translation>
    </message>
    <message>
        <source>Số trang</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Số bản</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>Số trường hợp</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>Số tiền</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>theo tỉnh</source>
        <translation>set by the province</translation>
    </message>
    <message>
        <source>Số chứng thực</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>Quyển</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Họ và tên</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>Số định danh</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>Tên giấy tờ</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>gks = Giấy khai sinh, hoặc gõ tên</source>
        <translation>gks = Giấy khai sinh, or type its name</translation>
    </message>
    <message>
        <source>Miễn, giảm</source>
        <translation>Exemption</translation>
    </message>
    <message>
        <source>lý do, như: hộ nghèo</source>
        <translation>the reason, like: hộ nghèo</translation>
    </message>
</context>
<context>
    <name>Exemption</name>
    <message>
        <source>Giấy đã xem</source>
        <translation>Paper seen</translation>
    </message>
    <message>
        <source>số của {}</source>
        <translation>number of {}</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Danh sách để đọc, bảng tính (*.csv)</source>
        <translation>A list to read, spreadsheet (*.csv)</translation>
    </message>
    <message>
        <source>Danh sách để đọc, văn bản (*.txt)</source>
        <translation>A list to read, text (*.txt)</translation>
    </message>
    <message>
        <source>Gói mã hóa, mang sang máy khác của xã (*.goi)</source>
        <translation>An encrypted bundle to carry to another machine of the commune (*.goi)</translation>
    </message>
    <message>
        <source>Xuất ra</source>
        <translation>Export to</translation>
    </message>
    <message>
        <source>Đã ghi danh sách {n} dòng ra {file}. Có tên người dân: giữ như hồ sơ giấy.</source>
        <translation>A list of {n} rows was written to {file}. It names citizens: keep it as you keep papers.</translation>
    </message>
    <message>
        <source>Đã ghi gói {n} việc ra {file}: chỉ máy {machines} mở được, rồi máy ấy gửi tiếp lên máy chủ.</source>
        <translation>A bundle of {n} acts was written to {file}: only machine {machines} can open it, and sends it on to the server.</translation>
    </message>
</context>
<context>
    <name>FeeAndDateBand</name>
    <message>
        <source>Phí và hẹn trả</source>
        <translation>Fee and return date</translation>
    </message>
    <message>
        <source>Đã thu</source>
        <translation>Paid</translation>
    </message>
    <message>
        <source>Đăng ký quá hạn</source>
        <translation>Registered late</translation>
    </message>
    <message>
        <source>Đã xem kỹ, hẹn ngày này</source>
        <translation>Checked: promise this date</translation>
    </message>
    <message>
        <source>Ngày hẹn trả</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>ngày/tháng/năm</source>
        <translation>day/month/year</translation>
    </message>
    <message>
        <source>Lý do chọn ngày ấy</source>
        <translation>Reason for that date</translation>
    </message>
    <message>
        <source>như: theo lịch họp xét của xã</source>
        <translation>e.g. the commune&apos;s review meeting</translation>
    </message>
    <message>
        <source>Số trang</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Số bản</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>Số người, việc</source>
        <translation>People, cases</translation>
    </message>
    <message>
        <source>Phí, lệ phí (đồng)</source>
        <translation>Fee (đồng)</translation>
    </message>
    <message>
        <source>Miễn, giảm vì</source>
        <translation>Exempt because</translation>
    </message>
    <message>
        <source>Nhận kết quả</source>
        <translation>Collect the result</translation>
    </message>
    <message>
        <source>Ghi chú (không in cho người nộp)</source>
        <translation>Note (not printed for the applicant)</translation>
    </message>
    <message>
        <source>Phải xác minh: {}</source>
        <translation>Needs verification: {}</translation>
    </message>
    <message>
        <source>Mức phí công bố: {}</source>
        <translation>Published fee: {}</translation>
    </message>
    <message>
        <source>Danh mục chưa chắc thời hạn này; hãy so với quyết định công bố trước khi hẹn.</source>
        <translation>The catalogue is not sure of this limit; compare the published decision first.</translation>
    </message>
    <message>
        <source>Chưa có lịch nghỉ năm {}: ngày hẹn chỉ trừ cuối tuần, lễ cố định. Hãy so với lịch nghỉ của xã.</source>
        <translation>No calendar for {} yet: the date skips only weekends and fixed holidays. Compare the commune&apos;s calendar.</translation>
    </message>
    <message>
        <source>miễn, giảm: {}</source>
        <translation>exempt: {}</translation>
    </message>
    <message>
        <source>nhận {}</source>
        <translation>collected {}</translation>
    </message>
    <message>
        <source>theo tỉnh</source>
        <translation>set by the province</translation>
    </message>
    <message>
        <source>Cách nộp</source>
        <translation>How it came</translation>
    </message>
    <message>
        <source>Số bộ</source>
        <translation>Sets</translation>
    </message>
</context>
<context>
    <name>FeedbackPage</name>
    <message>
        <source>Phản ánh, kiến nghị</source>
        <translation>Petitions</translation>
    </message>
    <message>
        <source>Phiếu khảo sát</source>
        <translation>Survey slips</translation>
    </message>
    <message>
        <source>Số liệu</source>
        <translation>Figures</translation>
    </message>
    <message>
        <source>Phản ánh</source>
        <translation>Feedback</translation>
    </message>
</context>
<context>
    <name>Fetching</name>
    <message>
        <source>Lấy lại hồ sơ</source>
        <translation>Fetch the dossiers</translation>
    </message>
    <message>
        <source>Mật khẩu của kho cũ, hoặc các từ trên phiếu khôi phục của kho ấy</source>
        <translation>The old store&apos;s passphrase, or the words of its recovery sheet</translation>
    </message>
    <message>
        <source>Đang lấy…</source>
        <translation>Fetching…</translation>
    </message>
    <message>
        <source>Tiếp tục</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Thử lại</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Máy tự nhận tiếp khi có mạng; ổ đĩa cũ ở Thiết lập (F11), phần Kho dữ liệu</source>
        <translation>What is missing comes by itself with the network; the old disk: Settings (F11), Store</translation>
    </message>
    <message>
        <source>Mật khẩu hoặc các từ này không mở được kho cũ; hãy gõ lại.</source>
        <translation>This passphrase, or these words, do not open the old store; type them again.</translation>
    </message>
    <message>
        <source>{} Máy sẽ tự thử lại; bấm Enter để thử ngay.</source>
        <translation>{} It will be tried again by itself; Enter tries now.</translation>
    </message>
</context>
<context>
    <name>FiguresPart</name>
    <message>
        <source>Chưa có phiếu khảo sát nào trong những ngày này.</source>
        <translation>No survey slips of these days yet.</translation>
    </message>
    <message>
        <source>{n} phiếu khảo sát, {percent} % hài lòng trở lên</source>
        <translation>{n} survey slips, {percent} % content or better</translation>
    </message>
    <message>
        <source>Mức</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>Số phiếu</source>
        <translation>Slips</translation>
    </message>
    <message>
        <source>Không nhận phản ánh, kiến nghị nào trong những ngày này.</source>
        <translation>No petitions came on these days.</translation>
    </message>
    <message>
        <source>Phản ánh, kiến nghị đã nhận: {n} ({sources})</source>
        <translation>Petitions received: {n} ({sources})</translation>
    </message>
    <message>
        <source>Đã trả lời {n}, trong đó đúng hạn {in_time}; đã công khai {published}</source>
        <translation>Answered {n}, of these in time {in_time}; published {published}</translation>
    </message>
    <message>
        <source>Không tiếp nhận xử lý {n}; đang xử lý {waiting}; trễ hạn {late}</source>
        <translation>Not taken up {n}; being handled {waiting}; late {late}</translation>
    </message>
    <message>
        <source>Đã xử lý {percent} %</source>
        <translation>Handled {percent} %</translation>
    </message>
    <message>
        <source>Từ ngày</source>
        <translation>From</translation>
    </message>
    <message>
        <source>đến hết ngày</source>
        <translation>to the end of</translation>
    </message>
</context>
<context>
    <name>FindPage</name>
    <message>
        <source>Tìm hồ sơ</source>
        <translation>Find a dossier</translation>
    </message>
    <message>
        <source>Tên, 3 số cuối căn cước hay điện thoại, mã hồ sơ</source>
        <translation>Name, last 3 digits of ID or phone, dossier code</translation>
    </message>
    <message>
        <source>Niêm yết</source>
        <translation>Posted</translation>
    </message>
    <message>
        <source>Các hồ sơ tìm thấy</source>
        <translation>Dossiers found</translation>
    </message>
    <message>
        <source>Tra cứu</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>Khớp với “{asked}”</source>
        <translation>Matching “{asked}”</translation>
    </message>
    <message>
        <source>Mới nhận</source>
        <translation>Just received</translation>
    </message>
    <message>
        <source>{n} hồ sơ mới nhất</source>
        <translation>{n} newest dossiers</translation>
    </message>
    <message>
        <source>{n} hồ sơ</source>
        <translation>{n} dossiers</translation>
    </message>
    <message>
        <source>Mã trên giấy này không đúng chữ ký</source>
        <translation>The signature on this paper is wrong</translation>
    </message>
    <message>
        <source>Giấy có thể đã bị sửa, hoặc quét chưa trọn. Hãy quét lại, hay gõ mã hồ sơ.</source>
        <translation>The paper may have been altered, or the scan is incomplete. Scan again, or type the code.</translation>
    </message>
    <message>
        <source>Không thấy hồ sơ nào khớp “{asked}”</source>
        <translation>No dossier matches “{asked}”</translation>
    </message>
    <message>
        <source>Hãy thử:
·  tên không dấu, chỉ vài chữ: nguyen an
·  3 số cuối của căn cước hoặc điện thoại: 123
·  số cuối của mã hồ sơ trên giấy hẹn: 1001
Hồ sơ nhận ở máy khác chỉ thấy được sau khi hai máy đã trao đổi.</source>
        <translation>Try:
·  a few letters of the name, no marks: nguyen an
·  the last 3 digits of the ID or phone: 123
·  the last digits of the code on the receipt: 1001
Dossiers of another machine are seen only after the two have exchanged.</translation>
    </message>
    <message>
        <source>Chưa có hồ sơ nào trên máy này</source>
        <translation>No dossiers on this machine yet</translation>
    </message>
    <message>
        <source>Bấm F2 rồi quét thẻ căn cước để tiếp nhận hồ sơ đầu tiên.</source>
        <translation>Press F2 and scan an ID card to receive the first one.</translation>
    </message>
    <message>
        <source>chọn</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>mở</source>
        <translation>open</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Thiết lập lần đầu</source>
        <translation>First set-up</translation>
    </message>
    <message>
        <source>Bỏ qua, làm sau</source>
        <translation>Skip, do it later</translation>
    </message>
    <message>
        <source>lùi</source>
        <translation>back</translation>
    </message>
    <message>
        <source>Cơ quan</source>
        <translation>Agency</translation>
    </message>
    <message>
        <source>Phiếu khôi phục</source>
        <translation>Recovery sheet</translation>
    </message>
    <message>
        <source>Hồ sơ máy cũ</source>
        <translation>Old machine</translation>
    </message>
    <message>
        <source>Cán bộ</source>
        <translation>Officers</translation>
    </message>
    <message>
        <source>Máy in</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>Máy quét</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>Danh mục, lịch</source>
        <translation>Rules, calendar</translation>
    </message>
    <message>
        <source>Xong</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>Chìa khóa kho</source>
        <translation>Store key</translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message>
        <source>Chưa kết nối máy chủ; hồ sơ lưu ở máy này</source>
        <translation>No server connected; dossiers are kept here</translation>
    </message>
    <message>
        <source>Khóa quầy, hoặc đổi cán bộ</source>
        <translation>Lock the counter, or change officer</translation>
    </message>
    <message>
        <source>Chưa chọn cán bộ</source>
        <translation>No officer chosen</translation>
    </message>
    <message>
        <source>Chưa có máy in: giấy vào thư mục {}</source>
        <translation>No printer: papers go to folder {}</translation>
    </message>
    <message>
        <source>Máy in: {} giấy chưa in ra</source>
        <translation>Printer: {} papers waiting</translation>
    </message>
    <message>
        <source>Máy in: sẵn sàng</source>
        <translation>Printer: ready</translation>
    </message>
    <message>
        <source>Máy in: đang tắt</source>
        <translation>Printer: off</translation>
    </message>
    <message>
        <source>Chưa kết nối</source>
        <translation>Not connected</translation>
    </message>
    <message>
        <source>Hồ sơ lưu ở máy này</source>
        <translation>Dossiers are kept on this machine</translation>
    </message>
    <message>
        <source>Ở máy này</source>
        <translation>On this machine</translation>
    </message>
</context>
<context>
    <name>FromAbove</name>
    <message>
        <source>Đã đọc</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>Xem hết</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>Còn {} thông báo nữa.</source>
        <translation>{} more after it.</translation>
    </message>
    <message>
        <source>Thu gọn</source>
        <translation>Show less</translation>
    </message>
</context>
<context>
    <name>GivenPanel</name>
    <message>
        <source>Quét giấy tiếp theo.</source>
        <translation>Scan the next slip.</translation>
    </message>
    <message>
        <source>In phiếu ký nhận</source>
        <translation>Print the slip to sign</translation>
    </message>
</context>
<context>
    <name>Giving</name>
    <message>
        <source>người dân xin giấy</source>
        <translation>the citizen asks for it</translation>
    </message>
    <message>
        <source>Giấy {} đã thành tệp, chưa in</source>
        <translation>The receipt {} is a file, not printed yet</translation>
    </message>
    <message>
        <source>Đã gửi giấy {} đi in</source>
        <translation>The receipt {} was sent to the printer</translation>
    </message>
</context>
<context>
    <name>HamletChoice</name>
    <message>
        <source>Thôn</source>
        <translation>Hamlet</translation>
    </message>
    <message>
        <source>Tất cả các thôn</source>
        <translation>All hamlets</translation>
    </message>
</context>
<context>
    <name>HandBackPage</name>
    <message>
        <source>Ghi đã trả</source>
        <translation>Record the return</translation>
    </message>
    <message>
        <source>Trả kết quả</source>
        <translation>Hand back</translation>
    </message>
    <message>
        <source>Xong và trả</source>
        <translation>Finish and hand back</translation>
    </message>
    <message>
        <source>Chưa ghi có kết quả: F9 ghi cả hai việc.</source>
        <translation>No result recorded yet: F9 records both.</translation>
    </message>
    <message>
        <source>Hai máy ghi khác nhau: nên chọn bên đúng ở Tra cứu (F3) trước.</source>
        <translation>Two machines disagree: better choose the right side in Find (F3) first.</translation>
    </message>
    <message>
        <source>Đã trả kết quả cho {name}</source>
        <translation>Result handed to {name}</translation>
    </message>
    <message>
        <source>{procedure}  –  {code}</source>
        <translation>{procedure}  –  {code}</translation>
    </message>
    <message>
        <source>Đã thu lệ phí.</source>
        <translation>Fee taken.</translation>
    </message>
    <message>
        <source>Chưa ghi trả hồ sơ vừa mở của {name}. Cùng một người nhận?</source>
        <translation>The dossier of {name} is not recorded yet. The same collector?</translation>
    </message>
    <message>
        <source>Chưa chọn hồ sơ nào.</source>
        <translation>No dossier is ticked.</translation>
    </message>
    <message>
        <source>Ghi trả một phần</source>
        <translation>Record the part</translation>
    </message>
    <message>
        <source>Đã trả một phần cho {name}</source>
        <translation>A part was handed to {name}</translation>
    </message>
    <message>
        <source>Đã trả {n} hồ sơ cho {name}</source>
        <translation>{n} dossiers were handed to {name}</translation>
    </message>
    <message>
        <source>Còn lại: {left}</source>
        <translation>Still here: {left}</translation>
    </message>
    <message>
        <source>Phiếu ký nhận đã thành tệp, chưa in</source>
        <translation>The slip to sign is a file, not printed yet</translation>
    </message>
    <message>
        <source>Đã gửi phiếu ký nhận đi in</source>
        <translation>The slip to sign was sent to the printer</translation>
    </message>
</context>
<context>
    <name>HandBackSheet</name>
    <message>
        <source>Ai nhận kết quả</source>
        <translation>Who collects</translation>
    </message>
    <message>
        <source>Giấy hẹn thật</source>
        <translation>Genuine receipt</translation>
    </message>
    <message>
        <source>Giấy do máy lạ in, hãy hỏi thêm</source>
        <translation>Printed by an unknown machine; ask more</translation>
    </message>
    <message>
        <source>hẹn trả {day}</source>
        <translation>due {day}</translation>
    </message>
    <message>
        <source>Kết quả: {result}</source>
        <translation>Result: {result}</translation>
    </message>
    <message>
        <source>Lệ phí: {fee}</source>
        <translation>Fee: {fee}</translation>
    </message>
    <message>
        <source>Đã thu {amount}</source>
        <translation>{amount} taken</translation>
    </message>
    <message>
        <source>Chưa thu {amount} lệ phí.</source>
        <translation>A fee of {amount} is not paid yet.</translation>
    </message>
    <message>
        <source>Chỉ trả một phần</source>
        <translation>Only a part</translation>
    </message>
    <message>
        <source>Trả trọn hồ sơ</source>
        <translation>The whole dossier</translation>
    </message>
    <message>
        <source>Đã trả một phần; còn lại: {left}.</source>
        <translation>A part was handed over; still here: {left}.</translation>
    </message>
    <message>
        <source>Hồ sơ chưa về máy này: ghi tên và số giấy tờ của người nhận.</source>
        <translation>The dossier has not come to this machine: write the name and the paper’s number of who collects.</translation>
    </message>
    <message>
        <source>{n} hồ sơ trả cùng lúc</source>
        <translation>{n} dossiers handed over together</translation>
    </message>
    <message>
        <source>{n} trong {all} hồ sơ trả cùng lúc</source>
        <translation>{n} of {all} dossiers handed over together</translation>
    </message>
    <message>
        <source>1 bản trích lục; sổ đỏ</source>
        <translation>1 copy of the extract; land certificate</translation>
    </message>
    <message>
        <source>Đưa hôm nay, cách nhau bằng dấu ;</source>
        <translation>Given today, parted by ;</translation>
    </message>
    <message>
        <source>Còn lại</source>
        <translation>Still here</translation>
    </message>
    <message>
        <source>2 bản trích lục</source>
        <translation>2 copies of the extract</translation>
    </message>
</context>
<context>
    <name>HandBackView</name>
    <message>
        <source>Quét giấy hẹn hoặc gõ mã hồ sơ, tên</source>
        <translation>Scan the receipt, or type code or name</translation>
    </message>
    <message>
        <source>Quét giấy hẹn – hoặc gõ mã hồ sơ, tên người nộp</source>
        <translation>Scan the receipt – or type the code or the applicant&apos;s name</translation>
    </message>
    <message>
        <source>Trả cùng lúc</source>
        <translation>Hand over together</translation>
    </message>
    <message>
        <source>Các hồ sơ khớp</source>
        <translation>Matching dossiers</translation>
    </message>
    <message>
        <source>Diễn biến hồ sơ, mới nhất trước</source>
        <translation>The dossier&apos;s story, newest first</translation>
    </message>
    <message>
        <source>Ghi đã trả</source>
        <translation>Record the return</translation>
    </message>
    <message>
        <source>Giấy khác</source>
        <translation>Another receipt</translation>
    </message>
    <message>
        <source>Giao nhận</source>
        <translation>Hand-overs</translation>
    </message>
    <message>
        <source>tiếp</source>
        <translation>next</translation>
    </message>
    <message>
        <source>ghi</source>
        <translation>record</translation>
    </message>
    <message>
        <source>Hồ sơ nào? Chọn bằng ↑ ↓ rồi Enter.</source>
        <translation>Which dossier? Choose with ↑ ↓, then Enter.</translation>
    </message>
    <message>
        <source>Diễn biến</source>
        <translation>Story</translation>
    </message>
</context>
<context>
    <name>Hands</name>
    <message>
        <source>đang ở {whose}</source>
        <translation>is with {whose}</translation>
    </message>
    <message>
        <source>đã giao {whose}, chưa nhận</source>
        <translation>handed to {whose}, not taken over</translation>
    </message>
    <message>
        <source>bước tiếp theo là của {whose}</source>
        <translation>the next step is {whose}&apos;s</translation>
    </message>
    <message>
        <source>chưa ai ghi giao cho {to}</source>
        <translation>nobody noted handing it to {to}</translation>
    </message>
    <message>
        <source>{whose} đã nhận rồi</source>
        <translation>{whose} took it over already</translation>
    </message>
    <message>
        <source>hạn {when}</source>
        <translation>by {when}</translation>
    </message>
    <message>
        <source>giao {to} lúc {when}</source>
        <translation>to {to} at {when}</translation>
    </message>
    <message>
        <source>đã chọn</source>
        <translation>chosen</translation>
    </message>
    <message>
        <source>không chọn</source>
        <translation>not chosen</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>xem tiếp</source>
        <translation>scroll</translation>
    </message>
    <message>
        <source>quay lại</source>
        <translation>back</translation>
    </message>
    <message>
        <source>Trợ giúp</source>
        <translation>Help</translation>
    </message>
</context>
<context>
    <name>InstantPage</name>
    <message>
        <source>Trả ngay</source>
        <translation>Give at once</translation>
    </message>
    <message>
        <source>Đã ghi và trả cho {name}: {line}</source>
        <translation>Recorded and given to {name}: {line}</translation>
    </message>
    <message>
        <source>Đang nhập dở người khác: ghi (F9) hoặc làm lại (Ctrl+N) trước</source>
        <translation>Somebody else is half entered: record (F9) or begin again (Ctrl+N) first</translation>
    </message>
    <message>
        <source>Đã rút lại việc vừa ghi; số của nó không cấp cho việc khác</source>
        <translation>Taken back; its number goes to no other act</translation>
    </message>
    <message>
        <source>Chọn cán bộ ở góc dưới trước khi ghi</source>
        <translation>Choose the officer below before recording</translation>
    </message>
    <message>
        <source>Đang ghi…</source>
        <translation>Recording…</translation>
    </message>
    <message>
        <source>Chọn thủ tục</source>
        <translation>Choose the procedure</translation>
    </message>
    <message>
        <source>Quét thẻ, hoặc gõ tên người dân</source>
        <translation>Scan the card, or type the citizen’s name</translation>
    </message>
    <message>
        <source>Ghi tên giấy tờ</source>
        <translation>Enter the paper’s name</translation>
    </message>
    <message>
        <source>Thẻ vừa quét thay cho tên đã gõ: {}</source>
        <translation>The card took the place of the name typed: {}</translation>
    </message>
    <message>
        <source>Đã mở lại việc đang nhập dở</source>
        <translation>What was being entered is open again</translation>
    </message>
</context>
<context>
    <name>InstantView</name>
    <message>
        <source>Ghi và trả</source>
        <translation>Record and give</translation>
    </message>
    <message>
        <source>Thủ tục khác</source>
        <translation>Other procedure</translation>
    </message>
    <message>
        <source>tiếp</source>
        <translation>next</translation>
    </message>
    <message>
        <source>lùi</source>
        <translation>back</translation>
    </message>
    <message>
        <source>làm lại</source>
        <translation>afresh</translation>
    </message>
</context>
<context>
    <name>IntakeForm</name>
    <message>
        <source>Lưu và in giấy hẹn</source>
        <translation>Save and print the receipt</translation>
    </message>
    <message>
        <source>Gác lại</source>
        <translation>Set aside</translation>
    </message>
    <message>
        <source>Giữ hồ sơ đang nhập, tiếp người khác trước</source>
        <translation>Keep what is being entered and serve somebody else first</translation>
    </message>
    <message>
        <source>Chọn thủ tục thì ngày hẹn hiện ở đây.</source>
        <translation>Choose a procedure and the date appears here.</translation>
    </message>
    <message>
        <source>Đang lưu…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>Hẹn trả {}, {}</source>
        <translation>Due {}, {}</translation>
    </message>
    <message>
        <source>Nhập sau</source>
        <translation>Key in later</translation>
    </message>
    <message>
        <source>Hồ sơ đã nhận trước đó: trên phiếu dự phòng, lúc mất điện</source>
        <translation>A dossier received before: on an emergency slip, during a power cut</translation>
    </message>
    <message>
        <source>{} không có hiệu lực ngày {}: hãy chọn thủ tục khác.</source>
        <translation>{} is not in force on {}: choose another procedure.</translation>
    </message>
    <message>
        <source>Ngày {} thủ tục này theo bản khác: hãy xem lại giấy tờ, phí và ngày hẹn ở mục 3, 4.</source>
        <translation>On {} another version of this procedure holds: look again at papers, fee and date in parts 3 and 4.</translation>
    </message>
    <message>
        <source>Lưu, hồ sơ nữa</source>
        <translation>Save, one more</translation>
    </message>
    <message>
        <source>Lưu hồ sơ này, nhập hồ sơ tiếp theo của người này; giấy hẹn in cùng ở hồ sơ cuối</source>
        <translation>Save this dossier and enter the next one of this citizen; receipts are printed together with the last</translation>
    </message>
    <message>
        <source>Làm lại</source>
        <translation>Afresh</translation>
    </message>
</context>
<context>
    <name>IntakePage</name>
    <message>
        <source>Tiếp nhận hồ sơ</source>
        <translation>Receive a dossier</translation>
    </message>
    <message>
        <source>Đang nhập thủ tục khác: lưu (F9), gác lại (Ctrl+K) hoặc làm lại (Ctrl+N) trước</source>
        <translation>Another procedure is being entered: save it (F9), set it aside (Ctrl+K) or begin afresh (Ctrl+N) first</translation>
    </message>
    <message>
        <source>Thủ tục của hồ sơ đang nhập dở đã thay đổi; hãy xem lại mục 2 đến 4</source>
        <translation>The procedure of the unfinished dossier has changed; check sections 2 to 4</translation>
    </message>
    <message>
        <source>tiếp</source>
        <translation>next</translation>
    </message>
    <message>
        <source>lùi</source>
        <translation>back</translation>
    </message>
    <message>
        <source>Đã lưu {}; giấy hẹn in cùng hồ sơ cuối</source>
        <translation>{} saved; its receipt is printed with the last dossier</translation>
    </message>
</context>
<context>
    <name>JoinForm</name>
    <message>
        <source>Ghi danh</source>
        <translation>Enrol</translation>
    </message>
    <message>
        <source>Địa chỉ máy chủ</source>
        <translation>The server&apos;s address</translation>
    </message>
    <message>
        <source>Mã ghi danh, dùng một lần</source>
        <translation>One-time code</translation>
    </message>
    <message>
        <source>Xin huyện địa chỉ và mã, hoặc quét mã QR ghi danh. Hồ sơ ở máy này được gửi lên, không mất gì.</source>
        <translation>Ask the district for address and code, or scan its QR. The dossiers of this machine are sent there, nothing is lost.</translation>
    </message>
    <message>
        <source>Đang hỏi máy chủ…</source>
        <translation>Asking the server…</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>giấy có {counted} trang mà đây có {n}</source>
        <translation>{counted} pages on paper, {n} here</translation>
    </message>
    <message>
        <source>{n} trang trắng</source>
        <translation>{n} blank</translation>
    </message>
    <message>
        <source>{n} trang đen kín, hãy xem nắp máy quét, mặt kính hay ống kính bị che</source>
        <translation>{n} black pages, look whether the lid, the glass or the lens is covered</translation>
    </message>
    <message>
        <source>{n} trang xám đều, hãy xem đã đặt giấy chưa, đèn có sáng không</source>
        <translation>{n} pages of even grey, look whether paper lies there and the light is on</translation>
    </message>
    <message>
        <source>{n} trang mờ</source>
        <translation>{n} blurred</translation>
    </message>
    <message>
        <source>{n} tệp bị sửa sau khi ký số, hãy hỏi lại người nộp</source>
        <translation>{n} files changed since they were signed, ask who handed them in</translation>
    </message>
    <message>
        <source>Đang lưu {name}…</source>
        <translation>Keeping {name}…</translation>
    </message>
    <message>
        <source>{name}: đã lưu {n} trang, {size}.</source>
        <translation>{name}: {n} pages kept, {size}.</translation>
    </message>
    <message>
        <source>{name}: đã có từ trước, không lưu lần nữa.</source>
        <translation>{name}: was there already, not kept again.</translation>
    </message>
</context>
<context>
    <name>KeyringTrial</name>
    <message>
        <source>Thử lại</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Được: đã cất và đọc lại đúng. Mỗi sáng kho tự mở, không phải gõ mật khẩu.</source>
        <translation>It does: kept and read back. The store opens by itself each morning, with no passphrase to type.</translation>
    </message>
    <message>
        <source>Kho khóa của máy có dùng được không?</source>
        <translation>Does this machine&apos;s keyring work?</translation>
    </message>
    <message>
        <source>Hồ sơ được mã hóa. Nếu Windows hay Linux giữ được chìa khóa thì kho tự mở.</source>
        <translation>Dossiers are encrypted. Where Windows or Linux keeps the key, the store opens by itself.</translation>
    </message>
    <message>
        <source>Đang cất thử một chìa khóa, đọc lại rồi bỏ đi…</source>
        <translation>Keeping a trial key, reading it back, taking it away…</translation>
    </message>
    <message>
        <source>Máy này không có kho khóa: mỗi lần mở sẽ phải gõ mật khẩu. Bước sau đặt mật khẩu ấy.</source>
        <translation>This machine has no keyring: the passphrase is typed at each opening. The next step sets it.</translation>
    </message>
    <message>
        <source>Kho khóa của máy đang khóa hoặc không trả lời. Mở nó rồi thử lại, hoặc đi tiếp: mỗi lần mở sẽ phải gõ mật khẩu.</source>
        <translation>The keyring is locked or does not answer. Unlock it and try again, or go on: the passphrase is then typed at each opening.</translation>
    </message>
    <message>
        <source>Kho khóa của máy đọc lại không đúng thứ đã cất nên không tin được: mỗi lần mở sẽ phải gõ mật khẩu.</source>
        <translation>The keyring gave back something else than it was given, so it cannot be trusted: the passphrase is typed at each opening.</translation>
    </message>
</context>
<context>
    <name>KnownHere</name>
    <message>
        <source>Đang có ở đây: {} ({})</source>
        <translation>Already here: {} ({})</translation>
    </message>
    <message>
        <source>và {} hồ sơ nữa của người này</source>
        <translation>and {} more of this person</translation>
    </message>
    <message>
        <source>Người này đã nộp thủ tục này, chưa xong: {}. Nhận nữa là thêm một hồ sơ mới.</source>
        <translation>This person has this procedure under way: {}. To receive it again makes another dossier.</translation>
    </message>
    <message>
        <source>Có thể là cùng một người: {}, {} ({}); hãy hỏi ngày sinh</source>
        <translation>Perhaps the same person: {}, {} ({}); ask for the date of birth</translation>
    </message>
    <message>
        <source>Xem {}</source>
        <translation>See {}</translation>
    </message>
    <message>
        <source>Có thể hồ sơ này đã nhận rồi, chưa xong: {}. Xem lại trước khi nhận nữa.</source>
        <translation>Perhaps this dossier is here already, unfinished: {}. Look before you receive it again.</translation>
    </message>
    <message>
        <source>Điện thoại này có ở hồ sơ cùng thủ tục, chưa xong: {}. Có phải một việc không?</source>
        <translation>This phone is in an unfinished dossier of the same procedure: {}. Is it the same matter?</translation>
    </message>
</context>
<context>
    <name>Lamp</name>
    <message>
        <source>Đồng bộ ngay ({})</source>
        <translation>Synchronise now ({})</translation>
    </message>
</context>
<context>
    <name>LastGiven</name>
    <message>
        <source>Đã ghi và trả</source>
        <translation>Recorded and given</translation>
    </message>
    <message>
        <source>Việc vừa trả hiện ở đây, với số ghi lên giấy.</source>
        <translation>What was given last stands here, with the number to write on the paper.</translation>
    </message>
    <message>
        <source>Vì sao rút lại (Enter để rút, Esc để thôi)</source>
        <translation>Why it is taken back (Enter does it, Esc leaves it)</translation>
    </message>
    <message>
        <source>In giấy</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>Giấy nữa</source>
        <translation>Another</translation>
    </message>
    <message>
        <source>Rút lại</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Giấy nữa của cùng người này</source>
        <translation>Another paper of the same citizen</translation>
    </message>
    <message>
        <source>Đã rút lại</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>Số {}</source>
        <translation>No. {}</translation>
    </message>
    <message>
        <source>Quyển {}</source>
        <translation>Volume {}</translation>
    </message>
    <message>
        <source>Mã hồ sơ {}</source>
        <translation>Dossier {}</translation>
    </message>
    <message>
        <source>nhập nhầm</source>
        <translation>entered by mistake</translation>
    </message>
    <message>
        <source>Ghi một lý do, như: nhập nhầm người.</source>
        <translation>Enter a reason, like: the wrong person.</translation>
    </message>
    <message>
        <source>Xem hồ sơ</source>
        <translation>Open</translation>
    </message>
</context>
<context>
    <name>LastPile</name>
    <message>
        <source>In danh sách</source>
        <translation>Print the list</translation>
    </message>
    <message>
        <source>Rút lại chồng này</source>
        <translation>Take this pile back</translation>
    </message>
    <message>
        <source>Vì sao rút lại (Enter để rút, Esc để thôi)</source>
        <translation>Why it is taken back (Enter does it, Esc leaves it)</translation>
    </message>
    <message>
        <source>Giao lần cuối lúc {hour}: {n} hồ sơ cho {to}.</source>
        <translation>Last handed on at {hour}: {n} dossiers to {to}.</translation>
    </message>
    <message>
        <source>giao nhầm</source>
        <translation>handed on by mistake</translation>
    </message>
</context>
<context>
    <name>LateBand</name>
    <message>
        <source>Nhập sau (phiếu dự phòng, mất điện)</source>
        <translation>Keyed in later (emergency slip, power cut)</translation>
    </message>
    <message>
        <source>Thôi nhập sau</source>
        <translation>Receive it now instead</translation>
    </message>
    <message>
        <source>như: mất điện, máy hỏng</source>
        <translation>such as: power cut, machine broken</translation>
    </message>
    <message>
        <source>Ngày nhận thật</source>
        <translation>True day of reception</translation>
    </message>
    <message>
        <source>ngày/tháng</source>
        <translation>day/month</translation>
    </message>
    <message>
        <source>Giờ nhận thật</source>
        <translation>True hour</translation>
    </message>
    <message>
        <source>giờ:phút</source>
        <translation>hour:minute</translation>
    </message>
    <message>
        <source>Lý do nhập sau</source>
        <translation>Why it is keyed in later</translation>
    </message>
    <message>
        <source>Mã phiếu dự phòng, nếu có</source>
        <translation>Code of the emergency slip, if any</translation>
    </message>
    <message>
        <source>nhập từ phiếu dự phòng</source>
        <translation>keyed in from an emergency slip</translation>
    </message>
    <message>
        <source>Phiếu {}</source>
        <translation>Slip {}</translation>
    </message>
    <message>
        <source>Nhận lúc {} ngày {}</source>
        <translation>Received at {} on {}</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Đang gửi lên máy chủ; gửi xong thì thoát.</source>
        <translation>Sending to the server; the window closes when it is done.</translation>
    </message>
    <message>
        <source>{}; gửi xong thì thoát.</source>
        <translation>{}; the window closes when it is done.</translation>
    </message>
</context>
<context>
    <name>LeavingBand</name>
    <message>
        <source>Gửi rồi thoát</source>
        <translation>Send, then close</translation>
    </message>
    <message>
        <source>Chốt sổ trước</source>
        <translation>Close the day first</translation>
    </message>
    <message>
        <source>Thoát, gửi lần sau</source>
        <translation>Close, send next time</translation>
    </message>
    <message>
        <source>Ở lại</source>
        <translation>Stay</translation>
    </message>
    <message>
        <source>Thoát</source>
        <translation>Leave</translation>
    </message>
</context>
<context>
    <name>MoreOfficers</name>
    <message>
        <source>Ai nữa ngồi quầy?</source>
        <translation>Who else sits at the counter?</translation>
    </message>
    <message>
        <source>Mỗi người một dòng, Enter để thêm. Hết thì Enter ở dòng trống.</source>
        <translation>One line for each, Enter adds. Enter in an empty line goes on.</translation>
    </message>
    <message>
        <source>Họ và tên</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>Vai trò</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>Mã PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Thiết lập (F11), phần Cán bộ</source>
        <translation>Settings (F11), Officers</translation>
    </message>
    <message>
        <source>Thêm, hoặc tiếp tục</source>
        <translation>Add, or continue</translation>
    </message>
    <message>
        <source>Hãy đặt mã PIN của chính bạn trước (Shift+Enter để lùi).</source>
        <translation>Set your own PIN first (Shift+Enter goes back).</translation>
    </message>
    <message>
        <source>Mã PIN phải có từ 4 đến 12 chữ số.</source>
        <translation>A PIN has 4 to 12 digits.</translation>
    </message>
</context>
<context>
    <name>NewsHint</name>
    <message>
        <source>{n} thông báo mới: bấm {key}</source>
        <translation>New notices: {n}, press {key}</translation>
    </message>
</context>
<context>
    <name>Obstacles</name>
    <message>
        <source>Chọn cán bộ ở góc dưới trước khi lưu</source>
        <translation>Choose the officer below before saving</translation>
    </message>
    <message>
        <source>Quét thẻ căn cước, hoặc gõ tên người nộp</source>
        <translation>Scan the ID card, or type the applicant&apos;s name</translation>
    </message>
    <message>
        <source>Chọn thủ tục ở mục 2</source>
        <translation>Choose the procedure in 2</translation>
    </message>
    <message>
        <source>Còn thiếu {} giấy ở mục 3</source>
        <translation>Papers still missing in 3: {}</translation>
    </message>
    <message>
        <source>Xem lịch nghỉ rồi xác nhận ngày hẹn ở mục 4</source>
        <translation>Check the calendar and confirm the date in 4</translation>
    </message>
</context>
<context>
    <name>OfficeFacts</name>
    <message>
        <source>Giấy hẹn ghi gì về quầy?</source>
        <translation>What does the receipt say of the counter?</translation>
    </message>
    <message>
        <source>Để công dân biết đến đâu, gọi số nào. Ô nào chưa có thì để trống.</source>
        <translation>So that citizens know where to come and whom to call. Leave empty what is not known yet.</translation>
    </message>
    <message>
        <source>Bộ phận Một cửa</source>
        <translation>Bộ phận Một cửa</translation>
    </message>
    <message>
        <source>Tên bộ phận</source>
        <translation>Name of the office</translation>
    </message>
    <message>
        <source>Địa chỉ</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>như thôn 2, xã Ea Mlung</source>
        <translation>such as thôn 2, xã Ea Mlung</translation>
    </message>
    <message>
        <source>Đường dây nóng</source>
        <translation>Hotline</translation>
    </message>
    <message>
        <source>như 0262 000 0123</source>
        <translation>such as 0262 000 0123</translation>
    </message>
    <message>
        <source>Giờ làm việc</source>
        <translation>Opening hours</translation>
    </message>
    <message>
        <source>Thiết lập (F11), phần Quầy và giấy tờ</source>
        <translation>Settings (F11), Counter and papers</translation>
    </message>
</context>
<context>
    <name>OfficerForm</name>
    <message>
        <source>Ghi</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Thôi</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Hai lần gõ mã PIN không giống nhau; hãy gõ lại.</source>
        <translation>The two PINs differ; type them again.</translation>
    </message>
</context>
<context>
    <name>OfficersSection</name>
    <message>
        <source>Danh sách cán bộ</source>
        <translation>List of officers</translation>
    </message>
    <message>
        <source>Thêm cán bộ</source>
        <translation>Add officer</translation>
    </message>
    <message>
        <source>Đổi tên, vai trò</source>
        <translation>Name and role</translation>
    </message>
    <message>
        <source>Mã PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Khóa tài khoản</source>
        <translation>Shut the account</translation>
    </message>
    <message>
        <source>có mã PIN</source>
        <translation>has a PIN</translation>
    </message>
    <message>
        <source>chưa có mã PIN</source>
        <translation>no PIN yet</translation>
    </message>
    <message>
        <source>Đã khóa</source>
        <translation>Shut</translation>
    </message>
    <message>
        <source>Mở lại tài khoản</source>
        <translation>Open the account</translation>
    </message>
    <message>
        <source>Cán bộ mới</source>
        <translation>New officer</translation>
    </message>
    <message>
        <source>Đã thêm cán bộ {}</source>
        <translation>Officer {} added</translation>
    </message>
    <message>
        <source>Đổi tên, vai trò: {}</source>
        <translation>Name and role: {}</translation>
    </message>
    <message>
        <source>Đã ghi tài khoản của {}</source>
        <translation>Account of {} saved</translation>
    </message>
    <message>
        <source>Đã khóa tài khoản của {}</source>
        <translation>Account of {} shut</translation>
    </message>
    <message>
        <source>Đã mở lại tài khoản của {}</source>
        <translation>Account of {} open again</translation>
    </message>
    <message>
        <source>Mã PIN của tôi</source>
        <translation>My PIN</translation>
    </message>
    <message>
        <source>Từ khi một người có mã PIN, ai cũng phải gõ mã PIN mới được làm việc.</source>
        <translation>Once one officer has a PIN, everybody must type one to work.</translation>
    </message>
    <message>
        <source>Hãy đặt mã PIN của mình trước; sau đó mới đặt được cho người khác.</source>
        <translation>Set your own PIN first; then you can give others theirs.</translation>
    </message>
    <message>
        <source>Đặt lại mã PIN: {}</source>
        <translation>Reset the PIN: {}</translation>
    </message>
    <message>
        <source>Cần phiếu khôi phục của kho; việc này ghi tên người đặt lại.</source>
        <translation>Needs the recovery sheet of the store; this act bears the name of who resets it.</translation>
    </message>
    <message>
        <source>Mã PIN đầu tiên: {}</source>
        <translation>First PIN: {}</translation>
    </message>
    <message>
        <source>Đã đặt mã PIN của {}</source>
        <translation>PIN of {} set</translation>
    </message>
    <message>
        <source>Không còn tài khoản quản trị nào mở, thường vì hai máy khóa lẫn nhau; hãy khóa quầy (F12) rồi mở lại bằng phiếu khôi phục.</source>
        <translation>No administrator&apos;s account is open, mostly because two machines shut each other&apos;s; lock the counter (F12), then open one again with the recovery sheet.</translation>
    </message>
</context>
<context>
    <name>OldDisk</name>
    <message>
        <source>Ổ đĩa, hoặc thư mục dữ liệu, của máy cũ</source>
        <translation>The old machine&apos;s disk, or its data folder</translation>
    </message>
    <message>
        <source>Mật khẩu của kho cũ, hoặc các từ trên phiếu khôi phục của kho ấy</source>
        <translation>The old store&apos;s passphrase, or the words of its recovery sheet</translation>
    </message>
    <message>
        <source>Lấy hồ sơ</source>
        <translation>Take the dossiers over</translation>
    </message>
    <message>
        <source>Lấy hồ sơ từ ổ đĩa của máy cũ</source>
        <translation>Dossiers from the old machine&apos;s disk</translation>
    </message>
    <message>
        <source>Ổ đĩa của một máy đã hỏng có thể còn hồ sơ chưa kịp gửi. Cắm vào máy này rồi chọn; ổ đĩa ấy chỉ được đọc, làm lại bao nhiêu lần cũng không sao.</source>
        <translation>The disk of a broken machine may still hold dossiers that were never sent. Plug it in here and choose it; it is only read, and to do it again is harmless.</translation>
    </message>
    <message>
        <source>Hãy chọn ổ đĩa của máy cũ.</source>
        <translation>Choose the old machine&apos;s disk.</translation>
    </message>
    <message>
        <source>Mật khẩu hoặc các từ này không mở được kho cũ; hãy gõ lại.</source>
        <translation>This passphrase, or these words, do not open the old store; type them again.</translation>
    </message>
</context>
<context>
    <name>OpeningDoor</name>
    <message>
        <source>Một cửa</source>
        <translation>One-stop counter</translation>
    </message>
    <message>
        <source>Đang mở kho dữ liệu của máy này…</source>
        <translation>Opening this machine&apos;s store…</translation>
    </message>
    <message>
        <source>Thử lại</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Kho dữ liệu chưa mở được; dữ liệu vẫn còn nguyên.</source>
        <translation>The store could not be opened; nothing is lost.</translation>
    </message>
    <message>
        <source>Đang dựng hồ sơ bịa để tập: {}/{}…</source>
        <translation>Making invented dossiers to practise on: {}/{}…</translation>
    </message>
</context>
<context>
    <name>OverruleDoor</name>
    <message>
        <source>Mở quầy đang bị khóa</source>
        <translation>Open a locked counter</translation>
    </message>
    <message>
        <source>Máy chủ đã khóa quầy này. Ai giữ phiếu khôi phục của kho thì mở lại được: gõ các từ trên phiếu (tắt bộ gõ tiếng Việt); Esc để thôi.</source>
        <translation>The server has locked this counter. Whoever keeps the store’s recovery sheet can open it: type the words on the sheet (with Vietnamese typing off); Esc to leave.</translation>
    </message>
    <message>
        <source>Mở quầy</source>
        <translation>Open the counter</translation>
    </message>
    <message>
        <source>Các từ trên phiếu khôi phục</source>
        <translation>The words on the recovery sheet</translation>
    </message>
</context>
<context>
    <name>OwnAccount</name>
    <message>
        <source>Bạn là ai?</source>
        <translation>Who are you?</translation>
    </message>
    <message>
        <source>Bạn là quản trị của kho. Mã PIN từ 4 đến 12 chữ số, gõ mỗi khi vào quầy.</source>
        <translation>You are the store&apos;s administrator. A PIN of 4 to 12 digits is typed each time you sit down.</translation>
    </message>
    <message>
        <source>Họ và tên</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>như Nông Thị Xuyến</source>
        <translation>such as Nông Thị Xuyến</translation>
    </message>
    <message>
        <source>Mã PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Gõ lại mã PIN</source>
        <translation>PIN again</translation>
    </message>
    <message>
        <source>Thiết lập (F11), phần Cán bộ; đến lúc ấy ai mở máy cũng vào được quầy</source>
        <translation>Settings (F11), Officers; until then whoever opens this machine can act</translation>
    </message>
    <message>
        <source>Hãy ghi họ và tên; tên này in trên giấy hẹn.</source>
        <translation>Enter the full name; it is printed on receipts.</translation>
    </message>
    <message>
        <source>Mã PIN phải có từ 4 đến 12 chữ số.</source>
        <translation>A PIN has 4 to 12 digits.</translation>
    </message>
    <message>
        <source>Hai lần gõ mã PIN không giống nhau; hãy gõ lại.</source>
        <translation>The two PINs differ; type them again.</translation>
    </message>
</context>
<context>
    <name>PadPart</name>
    <message>
        <source>In tập phiếu dự phòng</source>
        <translation>Print a pad of emergency slips</translation>
    </message>
    <message>
        <source>Ghi không dùng</source>
        <translation>Declare unused</translation>
    </message>
    <message>
        <source>Số phiếu</source>
        <translation>Slips</translation>
    </message>
    <message>
        <source>Số trên phiếu không dùng</source>
        <translation>Number of the slip that is not used</translation>
    </message>
    <message>
        <source>quét hoặc gõ</source>
        <translation>scan or type</translation>
    </message>
    <message>
        <source>Vì sao</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>như: kẹt giấy, rách</source>
        <translation>such as: jammed, torn</translation>
    </message>
    <message>
        <source>Mất điện thì ghi tay lên phiếu đã có số, có điện lại thì nhập vào máy theo đúng giờ nhận.</source>
        <translation>When the power is out, write by hand on slips that bear a number; when it is back, key them in with the true time.</translation>
    </message>
    <message>
        <source>Không có phiếu nào chờ nhập.</source>
        <translation>No slip waits to be keyed in.</translation>
    </message>
    <message>
        <source>{n} phiếu chưa nhập vào máy, từ {first} đến {last}.</source>
        <translation>Not keyed in yet: {n} slips, from {first} to {last}.</translation>
    </message>
</context>
<context>
    <name>PaperFiles</name>
    <message>
        <source>Đang mở…</source>
        <translation>Opening…</translation>
    </message>
    <message>
        <source>Đã rút lại một tệp của {name}.</source>
        <translation>A file of {name} was taken back.</translation>
    </message>
</context>
<context>
    <name>PassingPage</name>
    <message>
        <source>Giao nhận</source>
        <translation>Hand-overs</translation>
    </message>
    <message>
        <source>Chưa ghi, hãy xem {code}: {why}</source>
        <translation>Not written yet, look at {code}: {why}</translation>
    </message>
    <message>
        <source>Ghi giao {n}</source>
        <translation>Hand on {n}</translation>
    </message>
    <message>
        <source>Ghi nhận {n}</source>
        <translation>Take over {n}</translation>
    </message>
    <message>
        <source>Hồ sơ số {n} chưa đi được: bỏ ra (Delete), hoặc sửa.</source>
        <translation>Number {n} cannot go: take it out (Delete), or mend it.</translation>
    </message>
    <message>
        <source>Quét hồ sơ đầu tiên của chồng. F9 ghi cả chồng một lần.</source>
        <translation>Scan the first dossier of the pile. F9 writes the whole pile at once.</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào chờ nhận. Nhận chồng giấy: quét từng hồ sơ.</source>
        <translation>No pile waits to be taken over. Of a paper pile scan each dossier.</translation>
    </message>
    <message>
        <source>“{asked}” không phải mã của một hồ sơ ở đây; chưa thêm vào chồng.</source>
        <translation>“{asked}” is no code of a dossier here; it was not added to the pile.</translation>
    </message>
    <message>
        <source>Mã “{asked}” có ở nhiều hồ sơ; hãy mở ở Tra cứu (F3) rồi gõ id.</source>
        <translation>Several dossiers have the code “{asked}”; open them in Find (F3) and type the id.</translation>
    </message>
    <message>
        <source>{code} đã có trong chồng, không thêm lần nữa.</source>
        <translation>{code} is in the pile already and was not added again.</translation>
    </message>
    <message>
        <source>Chồng đã có {n} hồ sơ: ghi (F9) rồi quét tiếp.</source>
        <translation>The pile has {n} dossiers: write it (F9), then scan on.</translation>
    </message>
    <message>
        <source>Đã ghi nhận {n} hồ sơ.</source>
        <translation>Took over {n} dossiers.</translation>
    </message>
    <message>
        <source>Đã giao {n} hồ sơ cho {to}. Ctrl+P in danh sách để ký.</source>
        <translation>Handed {n} dossiers on to {to}. Ctrl+P prints the list to sign.</translation>
    </message>
    <message>
        <source>Danh sách đã thành tệp, chưa in</source>
        <translation>The list became a file and is not printed</translation>
    </message>
    <message>
        <source>Đã gửi danh sách bàn giao đi in</source>
        <translation>The hand-over list went to the printer</translation>
    </message>
    <message>
        <source>Đã rút lại {n} hồ sơ giao nhầm cho {to}.</source>
        <translation>{n} dossiers handed to {to} by mistake were taken back.</translation>
    </message>
</context>
<context>
    <name>PassingView</name>
    <message>
        <source>Giao</source>
        <translation>Hand on</translation>
    </message>
    <message>
        <source>Nhận</source>
        <translation>Take over</translation>
    </message>
    <message>
        <source>Giao giấy, hai bên ký</source>
        <translation>On paper, both sign</translation>
    </message>
    <message>
        <source>Quét từng hồ sơ, hoặc gõ mã</source>
        <translation>Scan each dossier, or type its code</translation>
    </message>
    <message>
        <source>Hồ sơ của chồng này</source>
        <translation>The dossiers of this pile</translation>
    </message>
    <message>
        <source>Giao cho</source>
        <translation>Hand on to</translation>
    </message>
    <message>
        <source>người hoặc phòng</source>
        <translation>a person or an office</translation>
    </message>
    <message>
        <source>Bước</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>theo danh mục</source>
        <translation>as in the catalogue</translation>
    </message>
    <message>
        <source>Làm trong</source>
        <translation>To be done within</translation>
    </message>
    <message>
        <source>4 giờ, 2 ngày…</source>
        <translation>4 hour, 2 day…</translation>
    </message>
    <message>
        <source>Người nhận</source>
        <translation>Who takes over</translation>
    </message>
    <message>
        <source>người được giao</source>
        <translation>who was handed it</translation>
    </message>
    <message>
        <source>Ai ký danh sách giấy</source>
        <translation>Who signs the paper list</translation>
    </message>
    <message>
        <source>nếu giao giấy</source>
        <translation>where it goes on paper</translation>
    </message>
    <message>
        <source>bỏ ra khỏi chồng</source>
        <translation>take out of the pile</translation>
    </message>
    <message>
        <source>mở hồ sơ</source>
        <translation>open the dossier</translation>
    </message>
    <message>
        <source>chọn, bỏ chọn</source>
        <translation>choose or not</translation>
    </message>
</context>
<context>
    <name>Passphrase</name>
    <message>
        <source>Đặt mật khẩu của kho</source>
        <translation>Set the store&apos;s passphrase</translation>
    </message>
    <message>
        <source>Để mở kho khi máy không tự mở, như sau khi cài lại. Ba, bốn từ dễ nhớ là tốt.</source>
        <translation>It opens the store where the machine does not, as after a reinstallation. Three or four words that you can remember are good.</translation>
    </message>
    <message>
        <source>Mật khẩu của kho</source>
        <translation>Store passphrase</translation>
    </message>
    <message>
        <source>Gõ lại mật khẩu</source>
        <translation>Passphrase again</translation>
    </message>
    <message>
        <source>Mật khẩu cần ít nhất {} chữ; hãy gõ dài hơn.</source>
        <translation>A passphrase has at least {} letters; type a longer one.</translation>
    </message>
    <message>
        <source>Hai lần gõ không giống nhau; hãy gõ lại.</source>
        <translation>The two differ; type them again.</translation>
    </message>
    <message>
        <source>Yếu: ai lấy được ổ đĩa có thể đoán ra. Thêm một từ nữa.</source>
        <translation>Weak: whoever takes the disk may guess it. Add another word.</translation>
    </message>
    <message>
        <source>Được: khó đoán.</source>
        <translation>Fair: hard to guess.</translation>
    </message>
    <message>
        <source>Mạnh: không đoán được.</source>
        <translation>Strong: it cannot be guessed.</translation>
    </message>
    <message>
        <source>Kho sẽ mở bằng kho khóa của máy và phiếu khôi phục</source>
        <translation>The keyring and the recovery sheet will open the store</translation>
    </message>
</context>
<context>
    <name>PassphraseDoor</name>
    <message>
        <source>Nhập mật khẩu của kho</source>
        <translation>Enter the store&apos;s passphrase</translation>
    </message>
    <message>
        <source>Máy này không tự mở được kho dữ liệu. Gõ mật khẩu đã đặt khi tạo kho; quên mật khẩu thì gõ các từ trên phiếu khôi phục (tắt bộ gõ tiếng Việt).</source>
        <translation>This machine cannot open the store by itself. Type the passphrase set when it was made, or else the words of the recovery sheet (input method off).</translation>
    </message>
    <message>
        <source>Mở kho</source>
        <translation>Open the store</translation>
    </message>
    <message>
        <source>Mật khẩu của kho</source>
        <translation>The store&apos;s passphrase</translation>
    </message>
    <message>
        <source>Hoặc các từ trên phiếu khôi phục</source>
        <translation>Or the words of the recovery sheet</translation>
    </message>
    <message>
        <source>Mật khẩu không đúng; hãy gõ lại, hoặc dùng phiếu khôi phục.</source>
        <translation>Wrong passphrase; type it again, or use the recovery sheet.</translation>
    </message>
    <message>
        <source>Các từ này không mở được kho; hãy xem đúng phiếu và đúng thứ tự.</source>
        <translation>These words do not open the store; check the sheet and their order.</translation>
    </message>
</context>
<context>
    <name>PersonBand</name>
    <message>
        <source>Người nộp</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>Tổ chức</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Người khác nộp thay</source>
        <translation>Brought by another person</translation>
    </message>
    <message>
        <source>chưa rõ</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>Số định danh</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>12 chữ số</source>
        <translation>12 digits</translation>
    </message>
    <message>
        <source>Ngày hoặc năm sinh</source>
        <translation>Date or year of birth</translation>
    </message>
    <message>
        <source>Giới tính</source>
        <translation>Sex</translation>
    </message>
    <message>
        <source>Quét thẻ căn cước vào đây, hoặc gõ họ tên</source>
        <translation>Scan the ID card here, or type the name</translation>
    </message>
    <message>
        <source>Họ và tên</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>Điện thoại</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Không có máy: nhờ ai nhắn</source>
        <translation>No phone: who passes word on</translation>
    </message>
    <message>
        <source>Địa chỉ</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Họ tên người nộp thay</source>
        <translation>Name of who brings it</translation>
    </message>
    <message>
        <source>Số định danh của người nộp thay</source>
        <translation>ID number of who brings it</translation>
    </message>
    <message>
        <source>Điện thoại của người nộp thay</source>
        <translation>Phone of who brings it</translation>
    </message>
    <message>
        <source>Địa chỉ của người nộp thay</source>
        <translation>Address of who brings it</translation>
    </message>
    <message>
        <source>Ghi là “{}”</source>
        <translation>Write “{}”</translation>
    </message>
    <message>
        <source>sinh {}</source>
        <translation>born {}</translation>
    </message>
    <message>
        <source>MST {}</source>
        <translation>tax code {}</translation>
    </message>
    <message>
        <source>ĐT {}</source>
        <translation>phone {}</translation>
    </message>
    <message>
        <source>nhắn qua {}</source>
        <translation>word through {}</translation>
    </message>
    <message>
        <source>{} nộp thay</source>
        <translation>brought by {}</translation>
    </message>
    <message>
        <source>Nộp cho chính mình</source>
        <translation>For themself</translation>
    </message>
    <message>
        <source>Mã số thuế</source>
        <translation>Tax code</translation>
    </message>
    <message>
        <source>Tên tổ chức</source>
        <translation>Organisation&apos;s name</translation>
    </message>
    <message>
        <source>hồ sơ {}</source>
        <translation>dossier of {}</translation>
    </message>
</context>
<context>
    <name>PetitionForm</name>
    <message>
        <source>Ghi</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>In giấy của việc cuối</source>
        <translation>Print the last act&apos;s paper</translation>
    </message>
    <message>
        <source>Phản ánh khác cũng mang số này; mã riêng của phản ánh này: {id}</source>
        <translation>Another petition bears this number too; this one&apos;s own id: {id}</translation>
    </message>
    <message>
        <source>Người phản ánh: {who}</source>
        <translation>Sender: {who}</translation>
    </message>
    <message>
        <source>không ghi tên</source>
        <translation>no name given</translation>
    </message>
    <message>
        <source>Hạn trả lời {day}, theo {source}</source>
        <translation>To be answered by {day}, {source}</translation>
    </message>
    <message>
        <source>Giữ: {value}</source>
        <translation>Keep: {value}</translation>
    </message>
    <message>
        <source>Tóm tắt</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Nội dung (để trống: như tóm tắt)</source>
        <translation>Content (empty: as the subject)</translation>
    </message>
    <message>
        <source>Họ tên người phản ánh (để trống: không ghi tên)</source>
        <translation>Sender&apos;s name (empty: none given)</translation>
    </message>
    <message>
        <source>Số điện thoại</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Địa chỉ</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Về ai, quầy nào (nếu có nêu)</source>
        <translation>About whom, which counter (if said)</translation>
    </message>
    <message>
        <source>Về thủ tục hoặc mã hồ sơ nào (nếu có nêu)</source>
        <translation>About which procedure or dossier (if said)</translation>
    </message>
    <message>
        <source>Nguồn</source>
        <translation>Source</translation>
    </message>
</context>
<context>
    <name>PetitionPart</name>
    <message>
        <source>Phản ánh, kiến nghị</source>
        <translation>Petitions</translation>
    </message>
    <message>
        <source>Thêm phản ánh</source>
        <translation>Add a petition</translation>
    </message>
    <message>
        <source>Chưa ghi; nhấn Esc lần nữa để bỏ những gì đã gõ.</source>
        <translation>Not saved yet; press Esc again to discard what was typed.</translation>
    </message>
    <message>
        <source>Đã nhận phản ánh {number}</source>
        <translation>Petition {number} received</translation>
    </message>
    <message>
        <source>Đã ghi cho phản ánh {number}</source>
        <translation>Recorded for petition {number}</translation>
    </message>
    <message>
        <source>Giấy nằm ở {file}</source>
        <translation>The paper lies in {file}</translation>
    </message>
    <message>
        <source>Đã gửi giấy tới máy in</source>
        <translation>The paper was sent to the printer</translation>
    </message>
    <message>
        <source>Chưa có phản ánh, kiến nghị nào. Ctrl+N để nhận một phản ánh.</source>
        <translation>No petitions yet. Ctrl+N takes one in.</translation>
    </message>
    <message>
        <source>xem, ghi việc</source>
        <translation>look, record an act</translation>
    </message>
    <message>
        <source>trở lại danh sách</source>
        <translation>back to the list</translation>
    </message>
</context>
<context>
    <name>Petitions</name>
    <message>
        <source>Trả lời</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>Câu trả lời</source>
        <translation>The answer</translation>
    </message>
    <message>
        <source>Ai trả lời (để trống: người đang làm)</source>
        <translation>Who answers (empty: who acts)</translation>
    </message>
    <message>
        <source>Đã nhận bổ sung</source>
        <translation>Addition received</translation>
    </message>
    <message>
        <source>Người gửi bổ sung điều gì</source>
        <translation>What the sender added</translation>
    </message>
    <message>
        <source>Đã công khai</source>
        <translation>Published</translation>
    </message>
    <message>
        <source>Công khai ở đâu</source>
        <translation>Where it was published</translation>
    </message>
    <message>
        <source>Yêu cầu bổ sung</source>
        <translation>Ask for an addition</translation>
    </message>
    <message>
        <source>Cần bổ sung điều gì (cách nhau bằng dấu ;)</source>
        <translation>What is to be added (parted by ;)</translation>
    </message>
    <message>
        <source>Giao giải quyết</source>
        <translation>Assign</translation>
    </message>
    <message>
        <source>Ai xem xét</source>
        <translation>Who looks into it</translation>
    </message>
    <message>
        <source>Từ chối</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>Lý do không tiếp nhận xử lý</source>
        <translation>Why it is not taken up</translation>
    </message>
    <message>
        <source>Hủy vì nhập nhầm</source>
        <translation>Void, entered by mistake</translation>
    </message>
    <message>
        <source>Vì sao hủy</source>
        <translation>Why it is voided</translation>
    </message>
    <message>
        <source>{number} · trùng số</source>
        <translation>{number} · number twice</translation>
    </message>
    <message>
        <source>Chờ phần tiếp nhận</source>
        <translation>Waiting for its reception</translation>
    </message>
    <message>
        <source>Ghi khác nhau</source>
        <translation>In dispute</translation>
    </message>
    <message>
        <source>công khai trước {day}</source>
        <translation>publish by {day}</translation>
    </message>
    <message>
        <source>trả lời trước {day}</source>
        <translation>answer by {day}</translation>
    </message>
    <message>
        <source>Chưa có phần tiếp nhận</source>
        <translation>Its reception is not here yet</translation>
    </message>
    <message>
        <source>Nội dung đã xóa hoặc không có ở máy này</source>
        <translation>Its content was erased, or is not on this machine</translation>
    </message>
</context>
<context>
    <name>PictureScans</name>
    <message>
        <source>Ảnh, PDF (*.png *.jpg *.jpeg *.bmp *.webp *.pdf)</source>
        <translation>Pictures, PDF (*.png *.jpg *.jpeg *.bmp *.webp *.pdf)</translation>
    </message>
    <message>
        <source>Chọn ảnh có mã</source>
        <translation>Choose a picture with a code</translation>
    </message>
</context>
<context>
    <name>Pile</name>
    <message>
        <source>Chưa có phần tiếp nhận trên máy này; trao đổi với máy đã nhận trước.</source>
        <translation>The reception is not on this machine; exchange with the one that received it first.</translation>
    </message>
    <message>
        <source>Hồ sơ này đã trả kết quả rồi.</source>
        <translation>The result of this dossier has been handed over already.</translation>
    </message>
    <message>
        <source>{state}: chưa trả được. Mở ở Tra cứu (F3) để làm bước trước.</source>
        <translation>{state}: cannot be handed over yet. Open it in Find (F3) for the step before.</translation>
    </message>
</context>
<context>
    <name>PinForm</name>
    <message>
        <source>Mã PIN đang dùng</source>
        <translation>Present PIN</translation>
    </message>
    <message>
        <source>Các từ trên phiếu khôi phục (tắt bộ gõ tiếng Việt)</source>
        <translation>Words of the recovery sheet (input method off)</translation>
    </message>
    <message>
        <source>Mã PIN mới, từ 4 đến 12 chữ số</source>
        <translation>New PIN, 4 to 12 digits</translation>
    </message>
    <message>
        <source>Gõ lại mã PIN mới</source>
        <translation>Type the new PIN again</translation>
    </message>
</context>
<context>
    <name>PlaceCompleter</name>
    <message>
        <source>{} nơi gợi ý, phím ↓ để chọn</source>
        <translation>{} places offered, ↓ to choose</translation>
    </message>
</context>
<context>
    <name>PostingPage</name>
    <message>
        <source>Tìm thủ tục</source>
        <translation>Find a procedure</translation>
    </message>
    <message>
        <source>Tên không cần dấu, chữ đầu (ks), hoặc mã</source>
        <translation>Name without tones, first letters (ks), or code</translation>
    </message>
    <message>
        <source>Các thủ tục đang niêm yết</source>
        <translation>The procedures that are posted</translation>
    </message>
    <message>
        <source>Nội dung niêm yết</source>
        <translation>What is posted</translation>
    </message>
    <message>
        <source>Tiếp nhận thủ tục này</source>
        <translation>Receive this procedure</translation>
    </message>
    <message>
        <source>In tờ này</source>
        <translation>Print this sheet</translation>
    </message>
    <message>
        <source>In cả danh sách</source>
        <translation>Print the whole list</translation>
    </message>
    <message>
        <source>Xuất ra tệp…</source>
        <translation>Export to a file…</translation>
    </message>
    <message>
        <source>Niêm yết</source>
        <translation>Posted</translation>
    </message>
    <message>
        <source>Đã ghi bảng niêm yết ra {file}.</source>
        <translation>The board was written to {file}.</translation>
    </message>
    <message>
        <source>Không thấy thủ tục nào như vậy; hãy bớt chữ.</source>
        <translation>No procedure like that; type less of it.</translation>
    </message>
    <message>
        <source>{n} thủ tục</source>
        <translation>{n} procedures</translation>
    </message>
    <message>
        <source>Tờ niêm yết nằm ở {file}.</source>
        <translation>The sheet lies in {file}.</translation>
    </message>
    <message>
        <source>Đã gửi tờ niêm yết tới máy in.</source>
        <translation>The sheet was sent to the printer.</translation>
    </message>
    <message>
        <source>Bảng tra cứu trên màn hình (*.html)</source>
        <translation>Board for a screen (*.html)</translation>
    </message>
    <message>
        <source>Danh sách để in (*.pdf)</source>
        <translation>List to print (*.pdf)</translation>
    </message>
    <message>
        <source>Xuất ra</source>
        <translation>Export to</translation>
    </message>
</context>
<context>
    <name>PrinterTrial</name>
    <message>
        <source>Máy in có ra giấy không?</source>
        <translation>Does the printer print?</translation>
    </message>
    <message>
        <source>Đang tìm máy in…</source>
        <translation>Looking for printers…</translation>
    </message>
    <message>
        <source>A5, hai liên</source>
        <translation>A5, two copies</translation>
    </message>
    <message>
        <source>A4, hai liên trên một tờ</source>
        <translation>A4, two copies on one sheet</translation>
    </message>
    <message>
        <source>Giấy cuộn 80 mm</source>
        <translation>80 mm roll</translation>
    </message>
    <message>
        <source>In thử một trang</source>
        <translation>Print a trial page</translation>
    </message>
    <message>
        <source>Rồi, giấy đẹp</source>
        <translation>Yes, it is fine</translation>
    </message>
    <message>
        <source>Chưa ra</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>Giấy hẹn in trên</source>
        <translation>Receipts are printed on</translation>
    </message>
    <message>
        <source>Thiết lập (F11), phần Máy in; chưa có máy in thì giấy vào thư mục</source>
        <translation>Settings (F11), Printers; without a printer papers go into a folder</translation>
    </message>
    <message>
        <source>Chưa thấy máy in nào. Cắm và bật máy in, cài trong Windows hay Linux rồi in thử; đến lúc ấy giấy hẹn vào thư mục {}.</source>
        <translation>No printer was found. Connect it, switch it on, set it up in Windows or Linux, then try; until then receipts go into the folder {}.</translation>
    </message>
    <message>
        <source>Thấy máy in {}, sẵn sàng.</source>
        <translation>Printer {} was found, ready.</translation>
    </message>
    <message>
        <source>Thấy máy in {} nhưng đang tắt hoặc dừng.</source>
        <translation>Printer {} was found, but it is off or stopped.</translation>
    </message>
    <message>
        <source>Đang in thử…</source>
        <translation>Printing…</translation>
    </message>
    <message>
        <source>Giấy đã ra chưa? Khung sát mép phải còn đủ bốn cạnh.</source>
        <translation>Is the paper out? The frame near the edges must show all four sides.</translation>
    </message>
    <message>
        <source>Xem máy in đã bật, có giấy, dây đã cắm, không báo đèn đỏ; giấy đúng khổ đã chọn. Rồi in thử lại. Chưa được thì làm sau, hồ sơ vẫn nhận được.</source>
        <translation>See that the printer is on, has paper of the chosen size, is plugged in and shows no red light. Then try again. If it will not, do it later; dossiers can be received all the same.</translation>
    </message>
    <message>
        <source>Giấy hẹn in ở</source>
        <translation>Receipts go to</translation>
    </message>
    <message>
        <source>Bề rộng in</source>
        <translation>Printable width</translation>
    </message>
    <message>
        <source>Máy in mặc định ({})</source>
        <translation>Default printer ({})</translation>
    </message>
</context>
<context>
    <name>PrintersSection</name>
    <message>
        <source>Máy tính này chưa có máy in, giấy được ghi thành tệp. Hãy cắm máy in và cài nó trong máy tính; ít giây sau nó hiện ở đây.</source>
        <translation>This computer has no printer yet, and papers become files. Plug one in and set it up in the system; it shows here some seconds later.</translation>
    </message>
    <message>
        <source>Giấy hẹn</source>
        <translation>Receipts</translation>
    </message>
    <message>
        <source>Nhãn hồ sơ</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Phiếu dự phòng</source>
        <translation>Emergency slips</translation>
    </message>
    <message>
        <source>{} in ở</source>
        <translation>{} go to</translation>
    </message>
    <message>
        <source>Loại nhãn</source>
        <translation>Kind of label</translation>
    </message>
    <message>
        <source>Quét một mã trên trang in thử vào đây</source>
        <translation>Scan a code of the test page here</translation>
    </message>
    <message>
        <source>Máy in trên máy tính này</source>
        <translation>Printers of this computer</translation>
    </message>
    <message>
        <source>Phiếu dự phòng khi mất điện</source>
        <translation>Emergency slips for when the power is out</translation>
    </message>
    <message>
        <source>Máy in mặc định ({})</source>
        <translation>Default printer ({})</translation>
    </message>
    <message>
        <source>Máy in mặc định</source>
        <translation>Default printer</translation>
    </message>
    <message>
        <source>{} (đã bị gỡ)</source>
        <translation>{} (removed)</translation>
    </message>
    <message>
        <source>Đã lưu thiết lập máy in</source>
        <translation>Printer settings saved</translation>
    </message>
    <message>
        <source>Đã gửi trang thử tới {}</source>
        <translation>Test page sent to {}</translation>
    </message>
    <message>
        <source>Đã gửi {} phiếu đi in</source>
        <translation>{} slips sent to the printer</translation>
    </message>
    <message>
        <source>Máy này chưa có máy in: giấy là tệp {}</source>
        <translation>This machine has no printer yet: the paper is the file {}</translation>
    </message>
    <message>
        <source>Đã ghi phiếu {} không dùng</source>
        <translation>Slip {} declared unused</translation>
    </message>
    <message>
        <source>Máy in và máy quét đều đúng: mã trên trang thử đọc được.</source>
        <translation>Printer and scanner are right: the code of the test page was read.</translation>
    </message>
    <message>
        <source>Đọc ra chữ khác với trang thử; hãy xem lại bề rộng in, hoặc lau đầu in.</source>
        <translation>This is not what the test page says; look at the printable width, or clean the print head.</translation>
    </message>
</context>
<context>
    <name>ProcedureBand</name>
    <message>
        <source>Thủ tục</source>
        <translation>Procedure</translation>
    </message>
    <message>
        <source>Chữ đầu (ks = khai sinh), vài chữ của tên, hoặc mã 1.001193</source>
        <translation>Initials (ks = khai sinh), part of the name, or code 1.001193</translation>
    </message>
    <message>
        <source>Thủ tục tìm thấy</source>
        <translation>Procedures found</translation>
    </message>
    <message>
        <source>Không có thủ tục nào như vậy. Thử chữ đầu của tên, hoặc mã.</source>
        <translation>No such procedure. Try its initials, or its code.</translation>
    </message>
    <message>
        <source>Chưa có thời hạn: ghi ngày hẹn ở mục 4</source>
        <translation>No limit: give the date in 4</translation>
    </message>
    <message>
        <source>Mã {}</source>
        <translation>Code {}</translation>
    </message>
    <message>
        <source>Xác minh: đến {}</source>
        <translation>Verification: up to {}</translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message>
        <source>Đang hỏi…</source>
        <translation>Asking…</translation>
    </message>
    <message>
        <source>In trang thử</source>
        <translation>Print a test page</translation>
    </message>
    <message>
        <source>Bề rộng in</source>
        <translation>Printable width</translation>
    </message>
    <message>
        <source>Khổ giấy</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>{} giấy chưa in ra</source>
        <translation>{} papers not out yet</translation>
    </message>
    <message>
        <source>Sẵn sàng</source>
        <translation>Ready</translation>
    </message>
</context>
<context>
    <name>ReadOnlyBand</name>
    <message>
        <source>Kho chỉ đọc được: vẫn tra cứu và xem mọi hồ sơ, nhưng chưa nhận, ghi hay in gì được. Hãy mở khóa ổ đĩa hoặc xem quyền của thư mục dữ liệu.</source>
        <translation>The store can only be read: every dossier is found and shown, but nothing can be received, written or printed. Unlock the disk, or look at the rights of the data folder.</translation>
    </message>
</context>
<context>
    <name>Ready</name>
    <message>
        <source>Xong. Quầy đã sẵn sàng.</source>
        <translation>Done. The counter is ready.</translation>
    </message>
    <message>
        <source>Tiếp nhận hồ sơ đầu tiên</source>
        <translation>Receive the first dossier</translation>
    </message>
    <message>
        <source>{} bước để làm sau; từ bây giờ đã lưu hồ sơ và in giấy được.</source>
        <translation>{} steps were put off; the store saves and prints from now on.</translation>
    </message>
    <message>
        <source>Không còn bước nào; từ bây giờ đã lưu hồ sơ và in giấy được.</source>
        <translation>No step is left; the store saves and prints from now on.</translation>
    </message>
</context>
<context>
    <name>ReceiptPreview</name>
    <message>
        <source>GIẤY TIẾP NHẬN HỒ SƠ
VÀ HẸN TRẢ KẾT QUẢ</source>
        <translation>RECEIPT OF DOSSIER
AND RETURN DATE</translation>
    </message>
    <message>
        <source>Mã hồ sơ</source>
        <translation>Dossier code</translation>
    </message>
    <message>
        <source>Người nộp</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>Thủ tục</source>
        <translation>Procedure</translation>
    </message>
    <message>
        <source>Giấy tờ</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>Lệ phí</source>
        <translation>Fee</translation>
    </message>
    <message>
        <source>Nhận tại</source>
        <translation>Collect</translation>
    </message>
    <message>
        <source>Đã hẹn</source>
        <translation>Promised</translation>
    </message>
    <message>
        <source>Đủ giấy: hẹn được ngày này</source>
        <translation>Complete: this date can be promised</translation>
    </message>
    <message>
        <source>Dự kiến: nếu hôm nay đủ giấy</source>
        <translation>Expected: if complete today</translation>
    </message>
    <message>
        <source>cấp khi lưu (F9)</source>
        <translation>given when saved (F9)</translation>
    </message>
    <message>
        <source>… và {} giấy nữa</source>
        <translation>… and {} more</translation>
    </message>
    <message>
        <source> – chưa có</source>
        <translation> – not here yet</translation>
    </message>
</context>
<context>
    <name>RecoveryDoor</name>
    <message>
        <source>Kho dữ liệu bị hỏng</source>
        <translation>The store is damaged</translation>
    </message>
    <message>
        <source>Máy tự khôi phục: đọc những gì còn đọc được, lấy bản sao lưu tốt mới nhất, rồi hỏi máy chủ phần còn thiếu. Kho hỏng được để riêng, không tệp nào bị xóa.</source>
        <translation>The machine recovers by itself: it reads what can still be read, takes the newest good backup, then asks the server for what is missing. The damaged store is set aside; no file is deleted.</translation>
    </message>
    <message>
        <source>Khôi phục</source>
        <translation>Recover</translation>
    </message>
    <message>
        <source>Chưa khôi phục, mở để xem</source>
        <translation>Do not recover yet, open to look</translation>
    </message>
    <message>
        <source>Mở kho</source>
        <translation>Open the store</translation>
    </message>
</context>
<context>
    <name>Rejoining</name>
    <message>
        <source>Lấy lại hồ sơ từ đâu?</source>
        <translation>Where do the dossiers come from?</translation>
    </message>
    <message>
        <source>Xin nơi quản lý máy chủ địa chỉ và mã thay máy cũ, hoặc quét mã QR của họ vào một ô. Ổ đĩa cũ còn đọc được thì cắm vào và chọn luôn: hồ sơ chưa kịp gửi nằm ở đó.</source>
        <translation>Ask who keeps the server for its address and the code that replaces the machine, or scan their QR code into a field. If the old disk can be read, plug it in and choose it: what was never sent lies there.</translation>
    </message>
    <message>
        <source>Ổ đĩa của máy cũ (để trống nếu chưa có)</source>
        <translation>The old machine&apos;s disk (empty where there is none yet)</translation>
    </message>
    <message>
        <source>Địa chỉ máy chủ</source>
        <translation>Address of the server</translation>
    </message>
    <message>
        <source>Mã ghi danh, dùng một lần</source>
        <translation>One-time enrolment code</translation>
    </message>
    <message>
        <source>Ghi danh ở Đồng bộ (F8); ổ đĩa cũ ở Thiết lập (F11), phần Kho dữ liệu</source>
        <translation>Enrol at Sync (F8); the old disk: Settings (F11), Store</translation>
    </message>
    <message>
        <source>Lấy lại hồ sơ</source>
        <translation>Fetch the dossiers</translation>
    </message>
    <message>
        <source>Đang hỏi máy chủ…</source>
        <translation>Asking the server…</translation>
    </message>
    <message>
        <source>Đã đọc mã QR của máy chủ.</source>
        <translation>The server&apos;s QR code was read.</translation>
    </message>
</context>
<context>
    <name>ReopenDoor</name>
    <message>
        <source>Mở lại một tài khoản quản trị</source>
        <translation>Open an administrator&apos;s account again</translation>
    </message>
    <message>
        <source>Không còn quản trị nào vào được quầy. Chọn một người từng là quản trị, gõ các từ trên phiếu khôi phục của kho (tắt bộ gõ tiếng Việt) và mã PIN mới; Esc để thôi.</source>
        <translation>No administrator can take the seat any more. Choose one who was an administrator, type the words of the store&apos;s recovery sheet (Vietnamese input off) and a new PIN; Esc to leave it.</translation>
    </message>
    <message>
        <source>Mở lại tài khoản</source>
        <translation>Open the account again</translation>
    </message>
    <message>
        <source>Quản trị</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Các từ trên phiếu khôi phục</source>
        <translation>Words of the recovery sheet</translation>
    </message>
    <message>
        <source>Mã PIN mới, từ 4 đến 12 chữ số</source>
        <translation>New PIN, 4 to 12 digits</translation>
    </message>
    <message>
        <source>Gõ lại mã PIN mới</source>
        <translation>New PIN again</translation>
    </message>
    <message>
        <source>Hai lần gõ mã PIN không giống nhau; hãy gõ lại.</source>
        <translation>The two PINs are not the same; type them again.</translation>
    </message>
</context>
<context>
    <name>RetentionSection</name>
    <message>
        <source>Hồ sơ đã hết thời hạn lưu trữ</source>
        <translation>Dossiers whose retention has run out</translation>
    </message>
    <message>
        <source>Xuất danh mục…</source>
        <translation>Export the list…</translation>
    </message>
    <message>
        <source>Xóa các hồ sơ đã chọn</source>
        <translation>Erase the chosen dossiers</translation>
    </message>
    <message>
        <source>Tính đến ngày</source>
        <translation>As of</translation>
    </message>
    <message>
        <source>chọn, bỏ chọn</source>
        <translation>choose or not</translation>
    </message>
    <message>
        <source>tất cả</source>
        <translation>all</translation>
    </message>
    <message>
        <source>Bảng tính (*.xlsx);;Tệp CSV (*.csv)</source>
        <translation>Workbook (*.xlsx);;CSV file (*.csv)</translation>
    </message>
    <message>
        <source>Xuất ra</source>
        <translation>Export to</translation>
    </message>
    <message>
        <source>Đã ghi danh mục ra {}</source>
        <translation>The list was written to {}</translation>
    </message>
    <message>
        <source>Văn bản quyết định, số</source>
        <translation>The act that decides it, its number</translation>
    </message>
    <message>
        <source>Ngày của văn bản</source>
        <translation>Day of the act</translation>
    </message>
    <message>
        <source>Ai quyết định</source>
        <translation>Who decided it</translation>
    </message>
    <message>
        <source>Lý do</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>hết thời hạn lưu trữ</source>
        <translation>the retention has run out</translation>
    </message>
    <message>
        <source>Gõ số hồ sơ sắp xóa để xác nhận</source>
        <translation>Type how many are about to be erased</translation>
    </message>
</context>
<context>
    <name>RulesHeld</name>
    <message>
        <source>Danh mục và lịch nghỉ</source>
        <translation>Procedures and holidays</translation>
    </message>
    <message>
        <source>Danh mục kèm theo là mẫu: nhập danh mục tỉnh công bố khi có. Đăng ký máy làm sau.</source>
        <translation>The catalogue that ships is a sample: import the one that your province publishes. Enrolment comes later.</translation>
    </message>
    <message>
        <source>Nhập danh mục (CSV)…</source>
        <translation>Import procedures (CSV)…</translation>
    </message>
    <message>
        <source>Nhập lịch nghỉ (CSV)…</source>
        <translation>Import holidays (CSV)…</translation>
    </message>
    <message>
        <source>Lệnh catalogue import và calendar import, khi có tệp</source>
        <translation>The commands catalogue import and calendar import, once there is a file</translation>
    </message>
    <message>
        <source>{} thủ tục; lịch nghỉ các năm {}</source>
        <translation>{} procedures; holidays of {}</translation>
    </message>
    <message>
        <source>Đủ lịch đến hết năm {}.</source>
        <translation>Holidays are known to the end of {}.</translation>
    </message>
    <message>
        <source>Chưa có lịch năm {}: hẹn trả sang năm ấy chưa tính được ngày nghỉ. Nhập khi có thông báo nghỉ lễ, thường vào tháng 12.</source>
        <translation>The holidays of {} are not known yet: return dates in that year cannot take them into account. Import them when they are announced, mostly in December.</translation>
    </message>
    <message>
        <source>Chọn tệp CSV</source>
        <translation>Choose a CSV file</translation>
    </message>
    <message>
        <source>Tệp CSV (*.csv)</source>
        <translation>CSV files (*.csv)</translation>
    </message>
    <message>
        <source>Đã nhập {}.</source>
        <translation>{} was imported.</translation>
    </message>
</context>
<context>
    <name>SavedPanel</name>
    <message>
        <source>Đã lưu ở máy này</source>
        <translation>Saved on this machine</translation>
    </message>
    <message>
        <source>Người tiếp theo</source>
        <translation>Next citizen</translation>
    </message>
    <message>
        <source>Hồ sơ nữa của người này</source>
        <translation>Another one for this person</translation>
    </message>
    <message>
        <source>In nhãn</source>
        <translation>Print label</translation>
    </message>
    <message>
        <source>Xem hồ sơ</source>
        <translation>Open the dossier</translation>
    </message>
    <message>
        <source>Lý do in lại (Enter để in)</source>
        <translation>Why again (Enter prints)</translation>
    </message>
    <message>
        <source>Mã hồ sơ</source>
        <translation>Dossier code</translation>
    </message>
    <message>
        <source>Hẹn trả</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>Đang in giấy hẹn…</source>
        <translation>Printing the receipt…</translation>
    </message>
    <message>
        <source>Máy này chưa có máy in: giấy hẹn là tệp {}, in ra rồi hãy đưa người dân.</source>
        <translation>This machine has no printer: the receipt is the file {}; print it before you hand it over.</translation>
    </message>
    <message>
        <source>Hồ sơ đã lưu, nhưng giấy hẹn chưa in được. {} Sửa xong thì bấm In lại.</source>
        <translation>The dossier is saved, but its receipt was not printed. {} Then press Print again.</translation>
    </message>
    <message>
        <source>Đang in lại giấy hẹn…</source>
        <translation>Printing the receipt again…</translation>
    </message>
    <message>
        <source>In lại, bản trước hỏng</source>
        <translation>Print again, the last is spoiled</translation>
    </message>
    <message>
        <source>Đã gửi giấy hẹn tới máy in ({}); hãy đợi giấy ra.</source>
        <translation>The receipt was sent to the printer ({}); wait for it to come out.</translation>
    </message>
    <message>
        <source>Giấy hẹn đã in xong ({}); giấy hỏng thì bấm In lại.</source>
        <translation>The receipt is printed ({}); if it is spoiled, print again.</translation>
    </message>
    <message>
        <source>Đang in {} giấy hẹn…</source>
        <translation>Printing {} receipts…</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Đã lưu hồ sơ {}</source>
        <translation>Dossier {} saved</translation>
    </message>
    <message>
        <source>Nhãn đã thành tệp {}</source>
        <translation>The label is the file {}</translation>
    </message>
    <message>
        <source>Đã gửi nhãn đi in ({})</source>
        <translation>Label sent to the printer ({})</translation>
    </message>
    <message>
        <source>Giấy hẹn {} đã thành tệp, chưa in</source>
        <translation>Receipt {} is a file, not printed yet</translation>
    </message>
    <message>
        <source>Đã gửi giấy hẹn {} đi in</source>
        <translation>Receipt {} sent to the printer</translation>
    </message>
</context>
<context>
    <name>Scan</name>
    <message>
        <source>Không quét: chỉ xuất trình</source>
        <translation>Not scanned: only shown</translation>
    </message>
    <message>
        <source>Không quét lại: đã là bản điện tử</source>
        <translation>Not scanned again: electronic already</translation>
    </message>
    <message>
        <source>Không quét: văn bản lấy ý kiến</source>
        <translation>Not scanned: an agency&apos;s opinion</translation>
    </message>
    <message>
        <source>Không quét: tài liệu mật</source>
        <translation>Not scanned: a secret</translation>
    </message>
    <message>
        <source>trên máy này</source>
        <translation>on this machine</translation>
    </message>
    <message>
        <source>an toàn trên máy chủ</source>
        <translation>safe at the server</translation>
    </message>
    <message>
        <source>chỉ còn trên máy chủ</source>
        <translation>only at the server now</translation>
    </message>
    <message>
        <source>không ở máy này, chưa rõ máy chủ có không</source>
        <translation>not on this machine; the server is yet to be asked</translation>
    </message>
    <message>
        <source>ở máy khác</source>
        <translation>at another machine</translation>
    </message>
    <message>
        <source>Kết quả: {name}</source>
        <translation>Result: {name}</translation>
    </message>
    <message>
        <source>{n} trang</source>
        <translation>{n} pages</translation>
    </message>
    <message>
        <source>{n} tệp</source>
        <translation>{n} files</translation>
    </message>
    <message>
        <source>bỏ ra</source>
        <translation>taken out</translation>
    </message>
    <message>
        <source>trang trắng</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>đen kín</source>
        <translation>all black</translation>
    </message>
    <message>
        <source>xám đều</source>
        <translation>even grey</translation>
    </message>
    <message>
        <source>mờ</source>
        <translation>blurred</translation>
    </message>
    <message>
        <source>sửa sau khi ký</source>
        <translation>changed since signed</translation>
    </message>
    <message>
        <source>điện tử</source>
        <translation>electronic</translation>
    </message>
    <message>
        <source>cả tệp</source>
        <translation>whole file</translation>
    </message>
    <message>
        <source>Chưa chọn giấy tờ</source>
        <translation>No paper chosen</translation>
    </message>
    <message>
        <source>không rõ</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>0. Kết quả: {name}</source>
        <translation>0. Result: {name}</translation>
    </message>
    <message>
        <source>Trang {n}</source>
        <translation>Page {n}</translation>
    </message>
</context>
<context>
    <name>ScannerTrial</name>
    <message>
        <source>Máy quét đọc có đúng không?</source>
        <translation>Does the scanner read rightly?</translation>
    </message>
    <message>
        <source>Quét mã vuông ở bên, một thẻ căn cước hay mã vạch bất kỳ. Không lưu gì cả.</source>
        <translation>Scan the square beside, an identity card or any barcode. Nothing is kept.</translation>
    </message>
    <message>
        <source>Thẻ mẫu để quét thử</source>
        <translation>Sample card to scan</translation>
    </message>
    <message>
        <source>Con trỏ ở đây, quét đi</source>
        <translation>The cursor is here: scan</translation>
    </message>
    <message>
        <source>Không có máy quét vẫn làm việc được, gõ thay cho quét</source>
        <translation>Without a scanner all can be typed</translation>
    </message>
    <message>
        <source>Đọc được thẻ: {}, sinh {}.</source>
        <translation>A card was read: {}, born {}.</translation>
    </message>
    <message>
        <source>Đọc được thẻ mẫu: {}, sinh {}.</source>
        <translation>The sample card was read: {}, born {}.</translation>
    </message>
    <message>
        <source>Đọc được một mã.</source>
        <translation>A code was read.</translation>
    </message>
    <message>
        <source>Dấu tiếng Việt bị hỏng: chuyển bộ gõ (Unikey, EVKey) sang E khi quét; vẫn hỏng thì đặt máy quét gõ Unicode (theo sách máy).</source>
        <translation>Vietnamese accents were lost: switch the input method (Unikey, EVKey) to E while scanning; if that does not help, set the scanner to type Unicode (see its manual).</translation>
    </message>
    <message>
        <source>Ngày sinh không đọc được: đặt bàn phím của máy là US và máy quét là bàn phím US.</source>
        <translation>The date of birth could not be read: set the machine&apos;s and the scanner&apos;s keyboard to US.</translation>
    </message>
    <message>
        <source>Mã bị đứt đoạn: tắt bộ gõ tiếng Việt, đặt bàn phím US rồi quét lại.</source>
        <translation>The code came in pieces: switch the Vietnamese input method off, set the keyboard to US and scan again.</translation>
    </message>
    <message>
        <source>Máy quét không bấm Enter ở cuối: quét mã “Suffix CR” trong sách máy quét.</source>
        <translation>The scanner presses no Enter at the end: scan the code “Suffix CR” in its manual.</translation>
    </message>
    <message>
        <source>Tốt: chữ, dấu và Enter đều đúng. Enter để tiếp tục.</source>
        <translation>Good: letters, accents and Enter are right. Enter goes on.</translation>
    </message>
</context>
<context>
    <name>Scans</name>
    <message>
        <source>Đã nhận mã quét; mở kho xong sẽ tìm ngay</source>
        <translation>Scan received; it is looked up once the store is open</translation>
    </message>
    <message>
        <source>Đã nhận mã quét; vào quầy xong sẽ tìm ngay</source>
        <translation>Scan received; it is looked up once somebody sits here</translation>
    </message>
</context>
<context>
    <name>SeatDoor</name>
    <message>
        <source>Ai ngồi quầy?</source>
        <translation>Who is at the counter?</translation>
    </message>
    <message>
        <source>Vào quầy</source>
        <translation>Take the seat</translation>
    </message>
    <message>
        <source>Cán bộ</source>
        <translation>Officer</translation>
    </message>
    <message>
        <source>Mã PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>chữ đầu của tên</source>
        <translation>first letters of a name</translation>
    </message>
    <message>
        <source>Alt + số</source>
        <translation>Alt + number</translation>
    </message>
    <message>
        <source>chọn tên</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>Mã PIN không đúng nhiều lần; hãy chờ {} giây rồi gõ lại, hoặc nhờ người quản trị.</source>
        <translation>Wrong PIN several times; wait {} seconds and type it again, or ask the administrator.</translation>
    </message>
    <message>
        <source>Chọn tên và gõ mã PIN; chưa có mã thì bấm Enter. Mọi việc làm từ bây giờ ghi tên người này.</source>
        <translation>Choose a name and type the PIN; who has none yet presses Enter. Every act from now on bears the name.</translation>
    </message>
    <message>
        <source>Mở lại bằng phiếu khôi phục</source>
        <translation>Open with the recovery sheet</translation>
    </message>
    <message>
        <source>Không còn tài khoản quản trị nào mở, thường vì hai máy khóa lẫn nhau; ai giữ phiếu khôi phục của kho thì mở lại được một tài khoản.</source>
        <translation>No administrator&apos;s account is open, mostly because two machines shut each other&apos;s; whoever keeps the store&apos;s recovery sheet can open one again.</translation>
    </message>
</context>
<context>
    <name>Seating</name>
    <message>
        <source>Chưa chọn cán bộ</source>
        <translation>No officer chosen</translation>
    </message>
    <message>
        <source>Đã mở lại tài khoản của {}; hãy gõ mã PIN mới.</source>
        <translation>The account of {} is open again; type the new PIN.</translation>
    </message>
</context>
<context>
    <name>SeparatorSheets</name>
    <message>
        <source>Tờ ngăn đã thành tệp, chưa in</source>
        <translation>The separators are a file, not printed yet</translation>
    </message>
    <message>
        <source>Đã gửi tờ ngăn đi in</source>
        <translation>Separators sent to the printer</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Quầy và giấy tờ</source>
        <translation>Counter and papers</translation>
    </message>
    <message>
        <source>Máy in</source>
        <translation>Printers</translation>
    </message>
    <message>
        <source>Cán bộ</source>
        <translation>Officers</translation>
    </message>
    <message>
        <source>Số hóa</source>
        <translation>Digitising</translation>
    </message>
    <message>
        <source>Đồng bộ</source>
        <translation>Synchronisation</translation>
    </message>
    <message>
        <source>Kho dữ liệu</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>Nhật ký truy cập</source>
        <translation>Access log</translation>
    </message>
    <message>
        <source>Thời hạn lưu trữ</source>
        <translation>Retention</translation>
    </message>
    <message>
        <source>Ngừng dùng máy</source>
        <translation>Retire machine</translation>
    </message>
    <message>
        <source>Tập dùng</source>
        <translation>Training</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Các phần thiết lập</source>
        <translation>Sections of the settings</translation>
    </message>
    <message>
        <source>Thiết lập</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>ra</source>
        <translation>leave</translation>
    </message>
    <message>
        <source>vào</source>
        <translation>enter</translation>
    </message>
</context>
<context>
    <name>SheetCheck</name>
    <message>
        <source>Phiếu đã ở trong tay chưa?</source>
        <translation>Is the sheet in your hand?</translation>
    </message>
    <message>
        <source>Từ trên phiếu</source>
        <translation>Word on the sheet</translation>
    </message>
    <message>
        <source>In lại phiếu</source>
        <translation>Print the sheet again</translation>
    </message>
    <message>
        <source>Từ số {} trên phiếu</source>
        <translation>Word number {} on the sheet</translation>
    </message>
    <message>
        <source>Đã gửi ra máy in {}.</source>
        <translation>It was sent to printer {}.</translation>
    </message>
    <message>
        <source>Phiếu ở tệp {}; hãy in ra.</source>
        <translation>The sheet is in the file {}; print it.</translation>
    </message>
    <message>
        <source>{} Gõ hai từ đọc trên giấy, tắt bộ gõ tiếng Việt.</source>
        <translation>{} Type the two words as the paper shows them, with the Vietnamese input method off.</translation>
    </message>
    <message>
        <source>Chín từ trên phiếu</source>
        <translation>The nine words of the sheet</translation>
    </message>
    <message>
        <source>Gõ đủ chín từ trên phiếu, hoặc quét mã vuông; tắt bộ gõ tiếng Việt.</source>
        <translation>Type all nine words of the sheet, or scan its square; with the Vietnamese input method off.</translation>
    </message>
    <message>
        <source>Lần mở sau sẽ hỏi lại; chưa thử phiếu thì kho chưa trọn</source>
        <translation>It is asked again at the next start; the store is not complete until the sheet was tried</translation>
    </message>
    <message>
        <source>Chưa đúng; hãy xem số ở góc ô, và tắt bộ gõ tiếng Việt rồi gõ lại.</source>
        <translation>Not right; look at the number in the box&apos;s corner, switch the input method off and type again.</translation>
    </message>
    <message>
        <source>Chưa in được; hãy mở tệp và in ở máy khác: {}</source>
        <translation>It could not be printed; open the file and print it on another machine: {}</translation>
    </message>
</context>
<context>
    <name>SheetPlace</name>
    <message>
        <source>Phiếu khôi phục để ở đâu?</source>
        <translation>Where does the recovery sheet go?</translation>
    </message>
    <message>
        <source>Chọn chỗ khác…</source>
        <translation>Choose another place…</translation>
    </message>
    <message>
        <source>Lưu phiếu (PDF) vào</source>
        <translation>Save the sheet (PDF) as</translation>
    </message>
    <message>
        <source>Tạo kho</source>
        <translation>Make the store</translation>
    </message>
    <message>
        <source>Hãy chọn chỗ lưu phiếu; USB cũng được.</source>
        <translation>Choose where to save the sheet; a USB stick will do.</translation>
    </message>
    <message>
        <source>Chưa thấy máy in: hãy lưu vào USB rồi in ở máy khác.</source>
        <translation>No printer was found: save to a USB stick and print on another machine.</translation>
    </message>
    <message>
        <source>Có máy in: phiếu in ra ngay khi tạo kho.</source>
        <translation>There is a printer: the sheet is printed at once.</translation>
    </message>
    <message>
        <source>Lưu phiếu khôi phục</source>
        <translation>Save the recovery sheet</translation>
    </message>
    <message>
        <source>Tệp PDF (*.pdf)</source>
        <translation>PDF files (*.pdf)</translation>
    </message>
    <message>
        <source>Thiết lập (F11), phần Kho dữ liệu; đến lúc ấy kho chỉ mở bằng mật khẩu</source>
        <translation>Settings (F11), Store; until then only the passphrase opens it</translation>
    </message>
    <message>
        <source>Chín từ trên phiếu mở được kho khi máy hỏng hay quên mật khẩu. In ra, cất trong tủ có khóa, rồi xóa tệp.</source>
        <translation>Its nine words open the store when the machine breaks or the passphrase is forgotten. Print it, lock it away, then delete the file.</translation>
    </message>
    <message>
        <source>Đang tạo kho, mã hóa và ghi phiếu…</source>
        <translation>Making the store, encrypting, writing the sheet…</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Trang trước</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>Trang sau</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>Trang {n}/{of}</source>
        <translation>Page {n}/{of}</translation>
    </message>
</context>
<context>
    <name>Shorthand</name>
    <message>
        <source>Enter: {}</source>
        <translation>Enter: {}</translation>
    </message>
</context>
<context>
    <name>SlipsPart</name>
    <message>
        <source>Lưu xấp phiếu</source>
        <translation>Save the stack</translation>
    </message>
    <message>
        <source>Rút lại xấp vừa lưu</source>
        <translation>Take the last stack back</translation>
    </message>
    <message>
        <source>In phiếu trắng</source>
        <translation>Print blank slips</translation>
    </message>
    <message>
        <source>In tờ dán tường</source>
        <translation>Print the wall sheet</translation>
    </message>
    <message>
        <source>Chưa có phiếu nào; gõ số của câu trả lời rồi Enter.</source>
        <translation>No slips yet; type the answer&apos;s digit, then Enter.</translation>
    </message>
    <message>
        <source>Đã lưu {n} phiếu</source>
        <translation>{n} slips saved</translation>
    </message>
    <message>
        <source>Đã bỏ ra {n} phiếu vừa lưu</source>
        <translation>{n} slips taken back</translation>
    </message>
    <message>
        <source>Giấy nằm ở {file}</source>
        <translation>The paper lies in {file}</translation>
    </message>
    <message>
        <source>Đã gửi giấy tới máy in</source>
        <translation>The paper was sent to the printer</translation>
    </message>
    <message>
        <source>{n} phiếu chưa lưu</source>
        <translation>{n} slips not saved</translation>
    </message>
    <message>
        <source>Ngày của phiếu</source>
        <translation>Day of the slips</translation>
    </message>
    <message>
        <source>Kênh</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>Câu trả lời (một số)</source>
        <translation>Answer (a digit)</translation>
    </message>
    <message>
        <source>Ý kiến khác (nếu có)</source>
        <translation>Remark (if any)</translation>
    </message>
    <message>
        <source>phiếu nữa</source>
        <translation>next slip</translation>
    </message>
    <message>
        <source>sửa phiếu vừa gõ</source>
        <translation>mend the last slip</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>Chờ tiếp nhận</source>
        <translation>To be accepted</translation>
    </message>
    <message>
        <source>Chờ bổ sung</source>
        <translation>Awaiting papers</translation>
    </message>
    <message>
        <source>Chờ nộp phí</source>
        <translation>Awaiting payment</translation>
    </message>
    <message>
        <source>Chờ trả</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>Đã trả</source>
        <translation>Handed back</translation>
    </message>
    <message>
        <source>Từ chối</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>Đã rút</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>Đã dừng</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>Chưa có ngày hẹn</source>
        <translation>No date yet</translation>
    </message>
    <message>
        <source>Quá hạn {n} ngày</source>
        <translation>{n} days late</translation>
    </message>
    <message>
        <source>Quá hạn hôm nay</source>
        <translation>Late today</translation>
    </message>
    <message>
        <source>quá hạn
từ {hour}</source>
        <translation>late since
{hour}</translation>
    </message>
    <message>
        <source>Quá hạn</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>ngày
quá hạn</source>
        <translation>days
late</translation>
    </message>
    <message>
        <source>Hôm nay, trước {hour}</source>
        <translation>Today, before {hour}</translation>
    </message>
    <message>
        <source>ngày
hạn {hour}</source>
        <translation>days
by {hour}</translation>
    </message>
    <message>
        <source>Hôm nay</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>Còn {n} ngày</source>
        <translation>{n} days left</translation>
    </message>
    <message>
        <source>ngày
còn lại</source>
        <translation>days
left</translation>
    </message>
    <message>
        <source>Sắp đến hạn</source>
        <translation>Due soon</translation>
    </message>
    <message>
        <source>Trong hạn</source>
        <translation>In time</translation>
    </message>
    <message>
        <source>Đã hủy</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>Đã xóa nội dung</source>
        <translation>Content erased</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>Tiếp tục</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>StickPage</name>
    <message>
        <source>Chép ra USB</source>
        <translation>Copy to the stick</translation>
    </message>
    <message>
        <source>Mang lên máy chủ</source>
        <translation>Carry to the server</translation>
    </message>
    <message>
        <source>Nhận về</source>
        <translation>Take home</translation>
    </message>
    <message>
        <source>Xem thư mục khác…</source>
        <translation>See another folder…</translation>
    </message>
    <message>
        <source>Dừng</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Mang bằng USB</source>
        <translation>By USB stick</translation>
    </message>
    <message>
        <source>Máy này chưa ghi danh với máy chủ; hãy ghi danh trước, ở Đồng bộ (F8).</source>
        <translation>This machine is not enrolled with a server; enrol it first, in Sync (F8).</translation>
    </message>
    <message>
        <source>Chưa thấy USB nào; hãy cắm USB vào, hoặc chọn một thư mục.</source>
        <translation>No stick is seen; plug one in, or choose a folder.</translation>
    </message>
    <message>
        <source>Mang lên {name}</source>
        <translation>Carry to {name}</translation>
    </message>
    <message>
        <source>Trên USB có trả lời của máy chủ: {n} phần.</source>
        <translation>The stick has the server&apos;s answer: {n} parts.</translation>
    </message>
    <message>
        <source>Khi USB trở về, cắm lại vào máy này rồi nhận trả lời của máy chủ.</source>
        <translation>When the stick is back, plug it in here and take the server&apos;s answer home.</translation>
    </message>
    <message>
        <source>Chép tiếp</source>
        <translation>Copy on</translation>
    </message>
    <message>
        <source>{name} (còn trống {size})</source>
        <translation>{name} ({size} free)</translation>
    </message>
    <message>
        <source>USB hoặc thư mục</source>
        <translation>Stick or folder</translation>
    </message>
    <message>
        <source>USB đang cắm</source>
        <translation>Stick plugged in</translation>
    </message>
    <message>
        <source>Rút USB an toàn, mang lên đó. Người giữ máy chủ nhận việc và ghi trả lời vào chính USB này. Rút nhầm giữa chừng thì cắm lại, chương trình chép tiếp.</source>
        <translation>Eject the stick and carry it there. Whoever keeps the server takes the work in and writes the answer to the same stick. If it is pulled out too early, plug it in again: the program copies on.</translation>
    </message>
    <message>
        <source>chép ra</source>
        <translation>copy out</translation>
    </message>
    <message>
        <source>nhận về</source>
        <translation>take home</translation>
    </message>
    <message>
        <source>về Đồng bộ</source>
        <translation>back to Sync</translation>
    </message>
</context>
<context>
    <name>StoreSection</name>
    <message>
        <source>Sao lưu ngay…</source>
        <translation>Back up now…</translation>
    </message>
    <message>
        <source>Kiểm tra kho</source>
        <translation>Check the store</translation>
    </message>
    <message>
        <source>Lập phiếu khôi phục mới…</source>
        <translation>New recovery sheet…</translation>
    </message>
    <message>
        <source>Diễn tập khôi phục</source>
        <translation>Restore drill</translation>
    </message>
    <message>
        <source>Nằm ở</source>
        <translation>Lies in</translation>
    </message>
    <message>
        <source>Dung lượng</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>Sao lưu gần nhất</source>
        <translation>Last backup</translation>
    </message>
    <message>
        <source>Mở được kho này</source>
        <translation>What opens this store</translation>
    </message>
    <message>
        <source>Mật khẩu của kho, hoặc các từ trên phiếu khôi phục đang có</source>
        <translation>The store&apos;s passphrase, or the words of a present recovery sheet</translation>
    </message>
    <message>
        <source>Đang sao lưu…</source>
        <translation>Backing up…</translation>
    </message>
    <message>
        <source>Phiếu khôi phục ở {}: in ra, cất trong tủ có khóa, rồi xóa tệp này.</source>
        <translation>The recovery sheet is in {}: print it, lock it away, then delete this file.</translation>
    </message>
    <message>
        <source>Mật khẩu hoặc các từ này không mở được kho; hãy gõ lại.</source>
        <translation>This passphrase, or these words, do not open the store; type them again.</translation>
    </message>
    <message>
        <source>Đang lập phiếu…</source>
        <translation>Making the sheet…</translation>
    </message>
    <message>
        <source>Kiểm tra gần nhất</source>
        <translation>Last whole check</translation>
    </message>
    <message>
        <source>Sao lưu kho vào</source>
        <translation>Back up the store to</translation>
    </message>
    <message>
        <source>Tệp sao lưu (*.zip)</source>
        <translation>Backup (*.zip)</translation>
    </message>
    <message>
        <source>Lưu phiếu khôi phục</source>
        <translation>Save the recovery sheet</translation>
    </message>
    <message>
        <source>Tệp PDF (*.pdf)</source>
        <translation>PDF file (*.pdf)</translation>
    </message>
    <message>
        <source>Đang kiểm tra từng việc đã ghi…</source>
        <translation>Checking every recorded act…</translation>
    </message>
    <message>
        <source>Đang khôi phục thử bản sao lưu mới nhất…</source>
        <translation>Restoring the newest backup as a drill…</translation>
    </message>
    <message>
        <source>Đã sao lưu vào {} ({}).</source>
        <translation>Backed up to {} ({}).</translation>
    </message>
    <message>
        <source>Kho nguyên vẹn: {} việc của {} hồ sơ, việc nào cũng đúng chữ ký.</source>
        <translation>The store is whole: {} acts of {} dossiers, every signature right.</translation>
    </message>
    <message>
        <source>Chưa sao lưu lần nào</source>
        <translation>Never backed up</translation>
    </message>
    <message>
        <source>chùm khóa của máy</source>
        <translation>the machine&apos;s keyring</translation>
    </message>
    <message>
        <source>mật khẩu của kho</source>
        <translation>the store&apos;s passphrase</translation>
    </message>
    <message>
        <source>phiếu khôi phục</source>
        <translation>a recovery sheet</translation>
    </message>
    <message>
        <source>bản gửi máy chủ huyện</source>
        <translation>a copy sealed to the district</translation>
    </message>
</context>
<context>
    <name>StoryActs</name>
    <message>
        <source>Lý do</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Đã có kết quả</source>
        <translation>Result is ready</translation>
    </message>
    <message>
        <source>Kết quả là gì (không bắt buộc)</source>
        <translation>What the result is (optional)</translation>
    </message>
    <message>
        <source>Đã ghi: có kết quả, chờ trả.</source>
        <translation>Recorded: result ready.</translation>
    </message>
    <message>
        <source>Trả kết quả</source>
        <translation>Hand back</translation>
    </message>
    <message>
        <source>Người nhận</source>
        <translation>Collected by</translation>
    </message>
    <message>
        <source>Số căn cước, hộ chiếu (nếu nhận thay)</source>
        <translation>ID card or passport number (if collected for another)</translation>
    </message>
    <message>
        <source>Đã ghi: trả kết quả.</source>
        <translation>Recorded: handed back.</translation>
    </message>
    <message>
        <source>Đã nhận bổ sung</source>
        <translation>Papers received</translation>
    </message>
    <message>
        <source>Đã ghi: nhận giấy tờ bổ sung, đồng hồ chạy tiếp.</source>
        <translation>Recorded: papers received, the clock runs again.</translation>
    </message>
    <message>
        <source>Thu lệ phí</source>
        <translation>Take the fee</translation>
    </message>
    <message>
        <source>Số tiền (đồng)</source>
        <translation>Amount (đồng)</translation>
    </message>
    <message>
        <source>Đã ghi: thu lệ phí.</source>
        <translation>Recorded: fee taken.</translation>
    </message>
    <message>
        <source>Giao giải quyết</source>
        <translation>Pass on for processing</translation>
    </message>
    <message>
        <source>Bước</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>thẩm tra</source>
        <translation>examination</translation>
    </message>
    <message>
        <source>Ai giải quyết</source>
        <translation>Who handles it</translation>
    </message>
    <message>
        <source>Đã ghi bước giải quyết.</source>
        <translation>Step recorded.</translation>
    </message>
    <message>
        <source>Yêu cầu bổ sung</source>
        <translation>Ask for papers</translation>
    </message>
    <message>
        <source>Giấy tờ còn thiếu, cách nhau bằng dấu ;</source>
        <translation>Missing papers, parted by ;</translation>
    </message>
    <message>
        <source>giấy chứng sinh; bản sao hộ khẩu cũ</source>
        <translation>birth certificate of the hospital; copy of the old household book</translation>
    </message>
    <message>
        <source>Đã ghi: yêu cầu bổ sung, đồng hồ dừng.</source>
        <translation>Recorded: papers asked for, the clock stops.</translation>
    </message>
    <message>
        <source>Hẹn lại</source>
        <translation>New date</translation>
    </message>
    <message>
        <source>Bằng cách nào</source>
        <translation>How</translation>
    </message>
    <message>
        <source>Tiền mặt</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>Chuyển khoản</source>
        <translation>Bank transfer</translation>
    </message>
    <message>
        <source>Cổng dịch vụ công</source>
        <translation>Public service portal</translation>
    </message>
    <message>
        <source>Số tham chiếu của lần chuyển (nếu có)</source>
        <translation>Reference of the transfer (if any)</translation>
    </message>
    <message>
        <source>Số biên lai của hệ thống thuế (nếu có)</source>
        <translation>Number of the tax system&apos;s bill (if any)</translation>
    </message>
    <message>
        <source>Hồ sơ này đã yêu cầu bổ sung rồi: yêu cầu lần nữa thì bị tính là trễ hạn.</source>
        <translation>Papers were asked for before: with a second request the dossier counts as late.</translation>
    </message>
    <message>
        <source>Đã quá ngày hẹn: lời xin lỗi đến muộn, hồ sơ vẫn tính là trễ hạn.</source>
        <translation>The date is past: the apology comes late, the dossier still counts as late.</translation>
    </message>
    <message>
        <source>Ngày hẹn mới</source>
        <translation>The new date</translation>
    </message>
    <message>
        <source>Đã ghi ngày hẹn mới.</source>
        <translation>New date recorded.</translation>
    </message>
    <message>
        <source>In giấy tờ</source>
        <translation>Print papers</translation>
    </message>
    <message>
        <source>In giấy nào</source>
        <translation>Which paper</translation>
    </message>
    <message>
        <source>Alt+số chọn giấy; in lần đầu thì để trống</source>
        <translation>Alt+number chooses the paper; leave empty for a first print</translation>
    </message>
    <message>
        <source>Đã gửi giấy đi in.</source>
        <translation>The paper was sent to the printer.</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>Tiếp nhận</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>Đã ghi: tiếp nhận, đồng hồ bắt đầu chạy.</source>
        <translation>Recorded: accepted, the clock runs from now.</translation>
    </message>
    <message>
        <source>Trả chưa được</source>
        <translation>Could not be handed over</translation>
    </message>
    <message>
        <source>Đã ghi: chưa trả được kết quả.</source>
        <translation>Recorded: the result could not be handed over.</translation>
    </message>
    <message>
        <source>Vì sao thu nhiều hơn số phải nộp</source>
        <translation>Why more is taken than is owed</translation>
    </message>
    <message>
        <source>Hoàn lệ phí</source>
        <translation>Give the fee back</translation>
    </message>
    <message>
        <source>Số tiền hoàn (đồng)</source>
        <translation>Sum given back (đồng)</translation>
    </message>
    <message>
        <source>Đã ghi: hoàn lệ phí.</source>
        <translation>Recorded: fee given back.</translation>
    </message>
    <message>
        <source>Yêu cầu nộp phí</source>
        <translation>Ask for a fee</translation>
    </message>
    <message>
        <source>Đã ghi: chờ nộp phí, đồng hồ dừng.</source>
        <translation>Recorded: the fee is awaited, the clock stands.</translation>
    </message>
    <message>
        <source>Sửa thông tin</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>Tên người nộp</source>
        <translation>Applicant&apos;s name</translation>
    </message>
    <message>
        <source>Điện thoại</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Lý do sửa</source>
        <translation>Why it is corrected</translation>
    </message>
    <message>
        <source>Đã sửa; nội dung cũ vẫn còn trong hồ sơ.</source>
        <translation>Corrected; what was there before stays in the dossier.</translation>
    </message>
    <message>
        <source>Chép cho phần mềm khác</source>
        <translation>Copy for another program</translation>
    </message>
    <message>
        <source>Phần mềm nào</source>
        <translation>Which program</translation>
    </message>
    <message>
        <source>Trường dùng chung quốc gia</source>
        <translation>National exchange</translation>
    </message>
    <message>
        <source>Hộ tịch</source>
        <translation>Civil status</translation>
    </message>
    <message>
        <source>Đã chép hồ sơ, mỗi mục một dòng: sang phần mềm kia rồi dán.</source>
        <translation>The dossier is copied, a field a line: go to the other program and paste.</translation>
    </message>
    <message>
        <source>Chép</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>đồng bộ để có phần tiếp nhận; kết quả đã ở đây thì trả được, ghi số giấy tờ người nhận.</source>
        <translation>synchronise to have its reception; a result that is here can be given out, with the number of the collector&apos;s paper.</translation>
    </message>
    <message>
        <source>đã trễ và đã hẹn lại: giải quyết ngay; có kết quả thì ghi để mời người dân.</source>
        <translation>late, and given a new date before: deal with it now, and record the result so that the citizen can be called.</translation>
    </message>
    <message>
        <source>Lý do in lại</source>
        <translation>Why it is printed again</translation>
    </message>
    <message>
        <source>In nhãn</source>
        <translation>Print label</translation>
    </message>
    <message>
        <source>Đã gửi nhãn hồ sơ đi in.</source>
        <translation>Label of the folder sent to the printer.</translation>
    </message>
    <message>
        <source>Rút lại lần giao</source>
        <translation>Take the hand-over back</translation>
    </message>
    <message>
        <source>Đã rút lại lần giao nhầm.</source>
        <translation>The mistaken hand-over was taken back.</translation>
    </message>
    <message>
        <source>Kết quả không đồng ý</source>
        <translation>Negative result</translation>
    </message>
    <message>
        <source>Văn bản trả lời (không bắt buộc)</source>
        <translation>The written answer (optional)</translation>
    </message>
    <message>
        <source>Đã ghi: có kết quả không đồng ý, chờ trả.</source>
        <translation>Recorded: a negative result, to be collected.</translation>
    </message>
    <message>
        <source>Dừng giải quyết</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Đã ghi: dừng giải quyết.</source>
        <translation>Recorded: stopped.</translation>
    </message>
    <message>
        <source>Không nộp thì dừng</source>
        <translation>Stop: never answered</translation>
    </message>
    <message>
        <source>Đã ghi: dừng giải quyết vì không nộp đủ.</source>
        <translation>Recorded: stopped, since nothing came.</translation>
    </message>
    <message>
        <source>Cho rút hồ sơ</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>Đã ghi: người nộp rút hồ sơ.</source>
        <translation>Recorded: withdrawn by the applicant.</translation>
    </message>
    <message>
        <source>Từ chối nhận</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>Đã ghi: từ chối tiếp nhận.</source>
        <translation>Recorded: refused.</translation>
    </message>
    <message>
        <source>Xóa nội dung</source>
        <translation>Erase the content</translation>
    </message>
    <message>
        <source>Văn bản quyết định, số</source>
        <translation>The act that decides it, its number</translation>
    </message>
    <message>
        <source>Ngày của văn bản</source>
        <translation>Day of the act</translation>
    </message>
    <message>
        <source>Ai quyết định</source>
        <translation>Who decided it</translation>
    </message>
    <message>
        <source>Gõ lại mã hồ sơ để xác nhận</source>
        <translation>Type the dossier’s code again to confirm</translation>
    </message>
    <message>
        <source>Đã xóa nội dung hồ sơ; các máy khác và máy chủ xóa khi đồng bộ.</source>
        <translation>The dossier’s content is erased; other machines and the server erase it with their next exchange.</translation>
    </message>
    <message>
        <source>Xóa hẳn</source>
        <translation>Erase for good</translation>
    </message>
    <message>
        <source>đủ giấy thì tiếp nhận; thiếu giấy thì yêu cầu bổ sung.</source>
        <translation>accept it when complete; ask for what is missing.</translation>
    </message>
    <message>
        <source>gọi người dân nộp bổ sung; đồng hồ đang dừng.</source>
        <translation>call the citizen for the papers; the clock stands.</translation>
    </message>
    <message>
        <source>mời người dân nộp phí, lệ phí; đồng hồ đang dừng.</source>
        <translation>invite the citizen to pay; the clock stands.</translation>
    </message>
    <message>
        <source>mời người dân đến nhận kết quả.</source>
        <translation>invite the citizen to collect the result.</translation>
    </message>
    <message>
        <source>xin lỗi người dân, hẹn ngày mới và ghi lý do.</source>
        <translation>apologise, give a new date and its reason.</translation>
    </message>
    <message>
        <source>giải quyết; có kết quả thì ghi ngay để mời người dân.</source>
        <translation>process it; record the result at once, to invite the citizen.</translation>
    </message>
    <message>
        <source>Gọi được, sẽ đến</source>
        <translation>Reached, will come</translation>
    </message>
    <message>
        <source>Không nghe máy</source>
        <translation>No answer</translation>
    </message>
    <message>
        <source>Nhầm số</source>
        <translation>Wrong number</translation>
    </message>
    <message>
        <source>Đã nhắn người nhà, trưởng thôn</source>
        <translation>Left word with a relative or the hamlet&apos;s head</translation>
    </message>
    <message>
        <source>Hẹn gọi lại</source>
        <translation>Asked to be called again</translation>
    </message>
    <message>
        <source>Ghi cuộc gọi</source>
        <translation>Record a call</translation>
    </message>
    <message>
        <source>Gọi người dân thế nào</source>
        <translation>How the call went</translation>
    </message>
    <message>
        <source>Ghi chú (không bắt buộc)</source>
        <translation>Note (optional)</translation>
    </message>
    <message>
        <source>Sẽ đến ngày nào, ghi chú (không bắt buộc)</source>
        <translation>Coming on which day, note (optional)</translation>
    </message>
    <message>
        <source>Ghi chú (số đúng thì sửa bằng Ctrl+S)</source>
        <translation>Note (a right number is entered with Ctrl+S)</translation>
    </message>
    <message>
        <source>Đã nhắn ai (không bắt buộc)</source>
        <translation>Who was told (optional)</translation>
    </message>
    <message>
        <source>Gọi lại ngày nào (không bắt buộc)</source>
        <translation>Call again on which day (optional)</translation>
    </message>
    <message>
        <source>Đã ghi cuộc gọi.</source>
        <translation>The call is recorded.</translation>
    </message>
    <message>
        <source>Nhắc người giữ</source>
        <translation>Remind the holder</translation>
    </message>
    <message>
        <source>Nhắc ai</source>
        <translation>Whom to remind</translation>
    </message>
    <message>
        <source>Trả lời thế nào</source>
        <translation>What was answered</translation>
    </message>
    <message>
        <source>chiều nay xong</source>
        <translation>done this afternoon</translation>
    </message>
    <message>
        <source>Đã ghi lời nhắc.</source>
        <translation>The reminder is recorded.</translation>
    </message>
    <message>
        <source>Giấy ủy quyền (nếu nhận thay)</source>
        <translation>Letter of authority (if for another)</translation>
    </message>
    <message>
        <source>Hủy nhập nhầm</source>
        <translation>Void a mistaken entry</translation>
    </message>
    <message>
        <source>Đã hủy; số hồ sơ này không dùng lại.</source>
        <translation>Voided; its code is never used again.</translation>
    </message>
    <message>
        <source>Khoản thu {amount}</source>
        <translation>{amount} collected</translation>
    </message>
    <message>
        <source>Khoản hoàn {amount}</source>
        <translation>{amount} given back</translation>
    </message>
    <message>
        <source>Yêu cầu nộp {amount}</source>
        <translation>{amount} asked for</translation>
    </message>
    <message>
        <source>Sẽ rút lại: {act}</source>
        <translation>To be taken back: {act}</translation>
    </message>
    <message>
        <source>Hồ sơ này chưa ghi khoản tiền hay việc kết thúc nào để rút lại.</source>
        <translation>This dossier has no sum of money and no end that could be taken back.</translation>
    </message>
    <message>
        <source>Rút lại việc ghi nhầm</source>
        <translation>Take back a mistaken entry</translation>
    </message>
    <message>
        <source>Việc nào ghi nhầm</source>
        <translation>Which one was a mistake</translation>
    </message>
    <message>
        <source>Đã rút lại; việc ghi nhầm vẫn còn trong hồ sơ.</source>
        <translation>Taken back; the mistaken entry stays in the dossier.</translation>
    </message>
</context>
<context>
    <name>StoryHead</name>
    <message>
        <source>Chưa có phần tiếp nhận</source>
        <translation>Reception not here yet</translation>
    </message>
    <message>
        <source>Hẹn lần đầu {day}; trễ hạn tính theo ngày này.</source>
        <translation>First promised for {day}; lateness counts from there.</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Thủ tục {code}</source>
        <translation>Procedure {code}</translation>
    </message>
    <message>
        <source>{code}  –  ĐT {phone}</source>
        <translation>{code}  –  phone {phone}</translation>
    </message>
    <message>
        <source>{code}  –  nhắn qua {name}</source>
        <translation>{code}  –  word through {name}</translation>
    </message>
    <message>
        <source>Lệ phí: {fee}</source>
        <translation>Fee: {fee}</translation>
    </message>
    <message>
        <source>Cần cập nhật phần mềm: có việc do phiên bản mới hơn ghi.</source>
        <translation>Update the program: a newer version wrote here.</translation>
    </message>
    <message>
        <source>Chưa có phần tiếp nhận trên máy này: chưa biết của ai, lệ phí, đã có kết quả chưa.</source>
        <translation>Its reception is not on this machine: whose it is, the fee, and whether there is a result are not known.</translation>
    </message>
    <message>
        <source>Giấy hẹn thật, hẹn trả {day}.</source>
        <translation>The receipt is true, due {day}.</translation>
    </message>
    <message>
        <source>Máy in giấy này bị thu hồi từ {day}: hãy hỏi thêm người cầm giấy.</source>
        <translation>The machine that printed it was revoked on {day}: ask its bearer further.</translation>
    </message>
    <message>
        <source>Đồng bộ xong thì hồ sơ đủ; việc ghi ở đây vẫn còn.</source>
        <translation>Once synchronised the dossier is complete; what is recorded here stays.</translation>
    </message>
    <message>
        <source>Hẹn lần đầu {day}, trừ lúc chờ người dân thì trễ hạn tính theo ngày {by}.</source>
        <translation>First promised for {day}; less the waiting, lateness counts from {by}.</translation>
    </message>
    <message>
        <source>Hẹn trả {day}, {before}</source>
        <translation>Due {day}, {before}</translation>
    </message>
</context>
<context>
    <name>StoryPage</name>
    <message>
        <source>Hồ sơ</source>
        <translation>Dossier</translation>
    </message>
</context>
<context>
    <name>StoryView</name>
    <message>
        <source>Diễn biến hồ sơ, mới nhất trước</source>
        <translation>The dossier&apos;s story, newest first</translation>
    </message>
    <message>
        <source>Số hóa giấy tờ</source>
        <translation>Digitise the papers</translation>
    </message>
    <message>
        <source>Chọn một hồ sơ ở danh sách để xem: ↑ ↓ rồi Enter.</source>
        <translation>Choose a dossier from the list: ↑ ↓, then Enter.</translation>
    </message>
    <message>
        <source>Đã giữ: {what}</source>
        <translation>Kept: {what}</translation>
    </message>
    <message>
        <source>Hồ sơ này bây giờ không làm việc đó được.</source>
        <translation>This cannot be done with this dossier now.</translation>
    </message>
    <message>
        <source>Còn giữ việc ghi dở của {}: mở lại hồ sơ ấy để ghi tiếp</source>
        <translation>What you began on {} is kept: open that dossier again to go on</translation>
    </message>
</context>
<context>
    <name>SyncLamp</name>
    <message>
        <source>Đang đồng bộ với máy chủ…</source>
        <translation>Synchronising with the server…</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Hồ sơ chưa yên</source>
        <translation>Dossiers that cannot rest</translation>
    </message>
    <message>
        <source>Thử lại ngay</source>
        <translation>Try again now</translation>
    </message>
    <message>
        <source>Xuất…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>Mang bằng USB</source>
        <translation>By USB stick</translation>
    </message>
    <message>
        <source>Đồng bộ</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>Máy này chưa ghi danh với máy chủ</source>
        <translation>This machine is not enrolled with a server</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào chờ bạn chọn.</source>
        <translation>No dossier waits for your choice.</translation>
    </message>
    <message>
        <source>Mọi hồ sơ đều an toàn trên máy chủ. Không có gì phải chờ.</source>
        <translation>Every dossier is safe at the server. Nothing has to wait.</translation>
    </message>
    <message>
        <source>chọn</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>mở</source>
        <translation>open</translation>
    </message>
    <message>
        <source>giữ một bên</source>
        <translation>keep one side</translation>
    </message>
    <message>
        <source>Đây là kho tập dùng: không ghi danh, hồ sơ tập không rời máy này.</source>
        <translation>This is a store to practise on: it is not enrolled, and its dossiers never leave this machine.</translation>
    </message>
    <message>
        <source>Hồ sơ chỉ nằm ở máy này. Quản trị ghi danh máy ở đây, bằng mã của huyện.</source>
        <translation>The dossiers lie on this machine alone. An administrator enrols it on this page, with the district&apos;s code.</translation>
    </message>
    <message>
        <source>Hồ sơ chỉ nằm ở máy này; chưa ghi danh thì hãy sao lưu đều (F11, Kho dữ liệu).</source>
        <translation>The dossiers lie on this machine alone; until it is enrolled, back them up regularly (F11, Store).</translation>
    </message>
    <message>
        <source>Máy này đã ghi danh với {}; đang đồng bộ.</source>
        <translation>This machine is enrolled with {}; synchronising.</translation>
    </message>
</context>
<context>
    <name>SyncSection</name>
    <message>
        <source>Lưu</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Đồng bộ ngay</source>
        <translation>Synchronise now</translation>
    </message>
    <message>
        <source>Tạm dừng một giờ</source>
        <translation>Pause for an hour</translation>
    </message>
    <message>
        <source>Tạm dừng đến khi bấm đồng bộ</source>
        <translation>Pause until I synchronise</translation>
    </message>
    <message>
        <source>Chỉ tự đồng bộ trong các giờ (để trống: lúc nào cũng được)</source>
        <translation>Synchronise by itself only in these hours (empty: at any time)</translation>
    </message>
    <message>
        <source>như 11:30–13:00, 18:00–06:00</source>
        <translation>like 11:30–13:00, 18:00–06:00</translation>
    </message>
    <message>
        <source>Dành cho nơi trả tiền mạng theo giờ. Ngoài các giờ này hồ sơ vẫn nằm an toàn ở máy này, và chỉ gửi đi khi có người bấm đồng bộ.</source>
        <translation>For places where the network is paid for by the hour. Outside these hours dossiers stay safe on this machine, and are sent only when somebody synchronises.</translation>
    </message>
    <message>
        <source>Bây giờ</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>Đã lưu giờ đồng bộ</source>
        <translation>The hours of synchronisation are saved</translation>
    </message>
</context>
<context>
    <name>TeachingPanel</name>
    <message>
        <source>Quét ô vuông trên giấy hẹn</source>
        <translation>Scan the square on the receipt</translation>
    </message>
    <message>
        <source>Máy nhận ra giấy thật hay giả, kể cả khi không có mạng.
Nhiều giấy của một người: quét lần lượt, rồi ghi trả một lần.
Mất giấy hẹn? Quét thẻ căn cước, hoặc gõ tên người nộp.</source>
        <translation>A forged slip is told from a true one, even without a network.
Several slips of one person: scan one after the other, then record them at once.
Lost the receipt? Scan the citizen&apos;s card, or type the applicant&apos;s name.</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>{who} · máy {machine}</source>
        <translation>{who} · machine {machine}</translation>
    </message>
    <message>
        <source>Hôm nay {clock}</source>
        <translation>Today {clock}</translation>
    </message>
    <message>
        <source>T2 T3 T4 T5 T6 T7 CN</source>
        <translation>Mo Tu We Th Fr Sa Su</translation>
    </message>
</context>
<context>
    <name>Top</name>
    <message>
        <source>Bộ phận Một cửa</source>
        <translation>One-stop office</translation>
    </message>
    <message>
        <source>Quét thẻ căn cước, giấy hẹn – hoặc gõ tên, số, mã hồ sơ</source>
        <translation>Scan an ID card or receipt – or type a name, number or code</translation>
    </message>
    <message>
        <source>Quét hoặc tìm</source>
        <translation>Scan or find</translation>
    </message>
    <message>
        <source>Quét từ ảnh…</source>
        <translation>Scan a picture…</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Camera</translation>
    </message>
</context>
<context>
    <name>TrainingBand</name>
    <message>
        <source>TẬP DÙNG – không phải hồ sơ thật</source>
        <translation>TRAINING – no real dossiers</translation>
    </message>
    <message>
        <source>Làm lại từ đầu…</source>
        <translation>Begin anew…</translation>
    </message>
    <message>
        <source>Kho tập trước mất chìa khóa, không mở được nữa, nên đã làm lại từ đầu.</source>
        <translation>The practice store that was here had lost its key and would not open, so it was made anew.</translation>
    </message>
</context>
<context>
    <name>TrainingSection</name>
    <message>
        <source>Đây là kho tập dùng. Làm lại từ đầu: nút ở dải tím trên cùng.</source>
        <translation>This is the training store. To begin it anew: the button in the purple band on top.</translation>
    </message>
    <message>
        <source>Kho riêng với các hồ sơ bịa, để người mới tập mọi việc. Mọi giấy của nó in dòng “TẬP DÙNG – KHÔNG CÓ GIÁ TRỊ”; không gì ở đó sang được kho thật.</source>
        <translation>A store of its own with invented dossiers, for newcomers to practise everything. All its papers bear “TẬP DÙNG – KHÔNG CÓ GIÁ TRỊ” (training, of no value); nothing in it can come into the real store.</translation>
    </message>
    <message>
        <source>Mở kho tập dùng</source>
        <translation>Open the training store</translation>
    </message>
    <message>
        <source>Đang mở ở một cửa sổ khác…</source>
        <translation>Opening in another window…</translation>
    </message>
</context>
<context>
    <name>TransferCode</name>
    <message>
        <source>Mời người dân quét bằng ứng dụng ngân hàng</source>
        <translation>Ask the citizen to scan it with the bank&apos;s app</translation>
    </message>
    <message>
        <source>Thấy tiền đã vào tài khoản rồi mới Enter để ghi.</source>
        <translation>Press Enter only once the money is in the account.</translation>
    </message>
    <message>
        <source>Nội dung: {}</source>
        <translation>Purpose: {}</translation>
    </message>
    <message>
        <source>Mã chuyển khoản {} đến {}</source>
        <translation>Code of a transfer of {} to {}</translation>
    </message>
</context>
<context>
    <name>Turns</name>
    <message>
        <source>Đã gác lại; mời người tiếp theo</source>
        <translation>Set aside; the next citizen, please</translation>
    </message>
    <message>
        <source>{} nhập dở hồ sơ này: hãy xem lại từng mục với người nộp rồi mới lưu.</source>
        <translation>{} began this dossier: go through each part with the applicant before you save it.</translation>
    </message>
    <message>
        <source>Có {} bản nhập dở không đọc được; chúng vẫn nằm trong kho, hỏi người dân nếu cần nhập lại.</source>
        <translation>{} drafts cannot be read; they still lie in the store, ask the citizen where one must be entered again.</translation>
    </message>
    <message>
        <source>Đã mở lại hồ sơ đang nhập dở</source>
        <translation>The unfinished dossier is open again</translation>
    </message>
</context>
<context>
    <name>UnprintedHere</name>
    <message>
        <source>Đã có đủ giấy</source>
        <translation>The papers are here</translation>
    </message>
    <message>
        <source>Chờ in: giấy hẹn {}</source>
        <translation>Waiting to be printed: receipt {}</translation>
    </message>
    <message>
        <source>Có thể chưa in ra: giấy hẹn {}</source>
        <translation>Perhaps never came out: receipt {}</translation>
    </message>
    <message>
        <source>In giấy ấy</source>
        <translation>Print it</translation>
    </message>
    <message>
        <source>In lại giấy ấy</source>
        <translation>Print it again</translation>
    </message>
    <message>
        <source>In cả {} giấy</source>
        <translation>Print all {}</translation>
    </message>
    <message>
        <source>và {} giấy nữa</source>
        <translation>and {} more</translation>
    </message>
</context>
<context>
    <name>VisitList</name>
    <message>
        <source>chờ in cùng</source>
        <translation>waits for the others</translation>
    </message>
    <message>
        <source>đang in</source>
        <translation>printing</translation>
    </message>
    <message>
        <source>đã gửi in</source>
        <translation>sent to the printer</translation>
    </message>
    <message>
        <source>chưa in được</source>
        <translation>not printed</translation>
    </message>
    <message>
        <source>Lượt này: {} hồ sơ</source>
        <translation>This visit: {} dossiers</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>còn {n} nữa</source>
        <translation>{n} more</translation>
    </message>
</context>
<context>
    <name>WaysIntoPile</name>
    <message>
        <source>Chọn tệp người dân nộp</source>
        <translation>Choose the files handed in</translation>
    </message>
    <message>
        <source>Ảnh, PDF (*.png *.jpg *.jpeg *.tif *.tiff *.pdf)</source>
        <translation>Pictures, PDF (*.png *.jpg *.jpeg *.tif *.tiff *.pdf)</translation>
    </message>
    <message>
        <source>Chọn tệp bản chụp</source>
        <translation>Choose files of scans</translation>
    </message>
</context>
<context>
    <name>Whereabouts</name>
    <message>
        <source>Chỉ nằm ở máy này: chưa ghi danh với máy chủ.</source>
        <translation>On this machine alone: it is not enrolled with a server.</translation>
    </message>
    <message>
        <source>Máy chủ chưa có đủ hồ sơ này: còn việc chờ gửi (F8).</source>
        <translation>The server does not have all of it: some acts wait to be sent (F8).</translation>
    </message>
    <message>
        <source>Hồ sơ đã gửi; {n} tệp còn chờ lên máy chủ (F8).</source>
        <translation>The dossier has been sent; {n} files still wait for the server (F8).</translation>
    </message>
    <message>
        <source>An toàn: máy chủ có đủ hồ sơ này.</source>
        <translation>Safe: the server has all of it.</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Một cửa</source>
        <translation>One-stop counter</translation>
    </message>
    <message>
        <source>Một cửa – {}</source>
        <translation>One-stop counter – {}</translation>
    </message>
    <message>
        <source>Mã trên giấy không đúng chữ ký của máy nào: giấy có thể bị sửa.</source>
        <translation>No machine of ours signed this paper: it may have been altered.</translation>
    </message>
    <message>
        <source>Giấy hẹn thật, nhưng hồ sơ {code} do {name} nhận: mời người dân đến đó.</source>
        <translation>The receipt is true, but {name} received dossier {code}: send the citizen there.</translation>
    </message>
    <message>
        <source>Giấy do máy lạ in: đồng bộ (Shift+F8) rồi quét lại, hoặc hỏi nơi cấp giấy.</source>
        <translation>An unknown machine printed this receipt: synchronise (Shift+F8) and scan again, or ask who issued it.</translation>
    </message>
    <message>
        <source>Tiếp nhận</source>
        <translation>Receive</translation>
    </message>
    <message>
        <source>Tra cứu</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>Hẹn trả</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>Trả kết quả</source>
        <translation>Hand back</translation>
    </message>
    <message>
        <source>Sổ sách</source>
        <translation>Books</translation>
    </message>
    <message>
        <source>Thiết lập</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Trả ngay</source>
        <translation>At once</translation>
    </message>
    <message>
        <source>Trợ giúp</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>Đồng bộ</source>
        <translation>Sync</translation>
    </message>
</context>
<context>
    <name>WipeDoor</name>
    <message>
        <source>Xóa kho của máy này?</source>
        <translation>Wipe this machine&apos;s store?</translation>
    </message>
    <message>
        <source>Dành cho máy thanh lý, trả lại hay chuyển đi nơi khác. Hai cán bộ cùng quyết, mỗi người gõ mã PIN của mình; Esc để thôi.</source>
        <translation>For a machine that is retired, given back or moved elsewhere. Two officers decide, each with a PIN; Esc leaves all as it is.</translation>
    </message>
    <message>
        <source>Gửi hết rồi xóa kho</source>
        <translation>Send all, then wipe</translation>
    </message>
    <message>
        <source>Mã PIN của bạn</source>
        <translation>Your PIN</translation>
    </message>
    <message>
        <source>Người thứ hai</source>
        <translation>The second officer</translation>
    </message>
    <message>
        <source>Mã PIN của người thứ hai</source>
        <translation>The second officer&apos;s PIN</translation>
    </message>
    <message>
        <source>Vì sao xóa</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>như: máy thanh lý</source>
        <translation>such as: retired machine</translation>
    </message>
    <message>
        <source>Mã cơ quan, để xác nhận</source>
        <translation>Agency code, to confirm</translation>
    </message>
    <message>
        <source>Niêm phong vào tệp rồi xóa kho…</source>
        <translation>Seal into a file, then wipe…</translation>
    </message>
    <message>
        <source>Mã PIN của {}</source>
        <translation>PIN of {}</translation>
    </message>
    <message>
        <source>{} Kho còn nguyên.</source>
        <translation>{} The store is untouched.</translation>
    </message>
    <message>
        <source>Niêm phong vào</source>
        <translation>Seal into</translation>
    </message>
    <message>
        <source>Tệp niêm phong (*.niemphong)</source>
        <translation>Sealed files (*.niemphong)</translation>
    </message>
</context>
<context>
    <name>WipedDoor</name>
    <message>
        <source>Máy này đã trống</source>
        <translation>This machine is empty</translation>
    </message>
    <message>
        <source>Đóng chương trình</source>
        <translation>Close the program</translation>
    </message>
</context>
<context>
    <name>Wiping</name>
    <message>
        <source>Đang gửi những gì máy chủ chưa có…</source>
        <translation>Sending what the server lacks…</translation>
    </message>
    <message>
        <source>Kho đã xóa</source>
        <translation>Store wiped</translation>
    </message>
</context>
<context>
    <name>_Form</name>
    <message>
        <source>Ghi</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Thôi</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>_Painter</name>
    <message>
        <source>đã rút</source>
        <translation>taken back</translation>
    </message>
</context>
<context>
    <name>_PlaceList</name>
    <message>
        <source>Nơi gợi ý</source>
        <translation>Places offered</translation>
    </message>
    <message>
        <source>chọn</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>lấy</source>
        <translation>take</translation>
    </message>
    <message>
        <source>đóng</source>
        <translation>close</translation>
    </message>
</context>
<context>
    <name>page</name>
    <message>
        <source>Đang mở kho tập dùng ở một cửa sổ khác…</source>
        <translation>Opening the training store in another window…</translation>
    </message>
</context>
</TS>
