"""What the commands and their arguments are for, as `--help` tells it."""

from __future__ import annotations

from counter_app.words.language import Words

COMMANDS = Words(
    {
        "": "Bộ phận Một cửa cấp xã",
        "demo": "làm một xã mẫu và một tháng hồ sơ",
        "init": "tạo kho của máy này",
        "officer": "cán bộ",
        "officer add": "thêm cán bộ; mã PIN của người mới lấy từ COUNTER_NEW_PIN",
        "officer pin": "đặt mã PIN của chính mình (COUNTER_NEW_PIN)",
        "officer reset": "đặt lại PIN (COUNTER_NEW_PIN) bằng phiếu khôi phục (COUNTER_RECOVERY)",
        "officer list": "danh sách cán bộ",
        "receive": "tiếp nhận hồ sơ, mỗi dòng JSON một hồ sơ",
        "instant": "trả ngay: nhận, thu phí, xong và trả một lượt, mỗi dòng JSON một việc",
        "show": "xem một hồ sơ",
        "find": "tìm hồ sơ",
        "due": "hồ sơ đến hạn",
        "scan": "một mã đã quét nghĩa là gì",
        "supplement": "yêu cầu bổ sung",
        "resubmit": "đã nộp bổ sung",
        "accept": "tiếp nhận hồ sơ đã đăng ký, đồng hồ bắt đầu chạy",
        "charge": "yêu cầu nộp phí, đồng hồ dừng",
        "process": "ghi bước giải quyết",
        "extend": "hẹn lại ngày trả",
        "refuse": "từ chối",
        "stop": "dừng giải quyết",
        "withdraw": "cho rút hồ sơ",
        "finish": "đã có kết quả",
        "collection-failed": "chưa trả được kết quả",
        "return": "trả kết quả",
        "pay": "thu phí",
        "refund": "hoàn phí đã thu",
        "cash": "sổ thu tiền một ngày; --count ghi số tiền mặt đếm được lúc đóng quầy",
        "correct": "sửa thông tin",
        "void": "hủy hồ sơ ghi nhầm",
        "resolve": "chọn bên đúng khi các máy ghi khác nhau",
        "acts": "nhiều việc trên hồ sơ, mỗi dòng JSON một việc",
        "print": "in giấy",
        "slips": "phiếu in sẵn số, dùng khi mất điện",
        "bundle": "gói dữ liệu mang tay",
        "bundle export": "xuất gói cho máy khác",
        "bundle import": "nhận gói của máy khác",
        "pair": "ghép hai máy của một xã",
        "pair offer": "máy mới xin ghép",
        "pair accept": "máy cũ nhận ghép",
        "pair finish": "máy mới hoàn tất ghép",
        "replace": "đưa máy này vào thay một máy hỏng",
        "salvage": "lấy những gì đĩa của máy hỏng còn giữ",
        "wipe": "xóa kho của máy này khi hai cán bộ cùng quyết, sau khi đã gửi hết hồ sơ",
        "enrol": "ghi danh máy này với máy chủ",
        "sync": "đồng bộ với máy chủ",
        "notices": "thông báo của cấp trên còn hiệu lực",
        "unlock": "mở quầy mà máy chủ đã khóa, bằng phiếu khôi phục (COUNTER_RECOVERY)",
        "backup": "sao lưu",
        "restore": "khôi phục từ bản sao lưu",
        "verify": "kiểm tra toàn bộ kho",
        "rebuild": "dựng lại các bảng tra",
        "catalogue": "danh mục thủ tục",
        "catalogue import": "nhập danh mục từ tệp CSV",
        "calendar": "lịch nghỉ",
        "calendar import": "nhập lịch nghỉ từ tệp CSV",
        "calendar propose": "đề xuất lịch một năm, để so rồi nhập",
        "keys": "cách mở kho",
        "keys list": "liệt kê các cách mở kho",
        "keys add": "thêm cách mở",
        "keys drop": "bỏ một cách mở",
        "clock": "đặt giờ khi đồng hồ máy sai",
    }
)
_ARGUMENTS = Words(
    {
        "help": "in phần trợ giúp này",
        "data": "thư mục dữ liệu, nếu khác chỗ mặc định",
        "officer": "mã cán bộ làm việc này (PIN: COUNTER_PIN, hoặc hỏi)",
        "command": "việc cần làm; mỗi việc có --help riêng",
        "verb": "việc cần làm; mỗi việc có --help riêng",
        "code": "mã hồ sơ, hoặc id khi hai hồ sơ cùng mã",
        "reason": "lý do",
        "at": "giờ đã làm việc này, nếu không phải bây giờ, như 2026-04-20T08:15",
        "demo headless": "không mở cửa sổ",
        "init agency": "mã cơ quan, như H55.242",
        "init name": "tên cơ quan",
        "init device": "tên máy này; không ghi thì lấy tên trong mạng",
        "init catalogue": "danh mục thủ tục, tệp CSV; không ghi thì dùng danh mục kèm phần mềm",
        "init calendar": "lịch nghỉ, tệp CSV; không ghi thì dùng lịch kèm phần mềm",
        "init recovery": "tệp PDF phiếu khôi phục sẽ ghi ra, ngoài thư mục dữ liệu",
        "officer add id": "mã cán bộ, chữ thường không dấu và số, như hoa hoặc lan2",
        "officer add name": "họ và tên",
        "officer reset id": "mã người quên PIN (người khác làm), hay quản trị cần mở lại khi không còn ai",
        "officer add role": "vai trò: công chức Một cửa, phụ trách, thu phí, quản trị, hoặc chỉ xem",
        "receive file": "tệp các dòng JSON; dấu - là đọc từ đầu vào chuẩn",
        "receive papers": "thư mục để ghi giấy tiếp nhận; không ghi thì không in",
        "receive paper": "khổ giấy tiếp nhận",
        "instant file": "tệp các dòng JSON; dấu - là đọc từ đầu vào chuẩn",
        "instant papers": "thư mục để ghi giấy tiếp nhận; không ghi thì không in",
        "instant paper": "khổ giấy tiếp nhận",
        "find text": "tên (không cần dấu), mã hoặc đầu mã hồ sơ, hoặc ba số cuối của giấy tờ, điện thoại",
        "find limit": "nhiều nhất bao nhiêu dòng",
        "find all": "liệt kê mọi hồ sơ, mới nhất trước",
        "due on": "ngày hẹn trả, như 2026-04-28; không ghi thì hôm nay",
        "due overdue": "các hồ sơ đã quá ngày hẹn",
        "due soon": "các hồ sơ hẹn hôm nay, còn 1 ngày và còn 3 ngày làm việc",
        "scan text": "nội dung đã quét: mã hồ sơ, thẻ căn cước, hoặc ô vuông trên giấy tiếp nhận",
        "supplement need": "giấy tờ còn thiếu, mỗi giấy tờ trong một cặp ngoặc kép",
        "process step": "tên bước giải quyết",
        "process holder": "người hoặc phòng đang giữ hồ sơ",
        "extend until": "ngày hẹn mới, như 2026-04-28",
        "finish result": "kết quả là gì",
        "finish negative": "kết quả không đồng ý, kèm --reason",
        "charge amount": "số tiền phải nộp, đồng",
        "stop cause": "vì sao: người nộp yêu cầu, đã rút, không nộp đủ; không ghi thì theo trạng thái",
        "return to": "họ và tên người nhận kết quả",
        "return id_number": "số căn cước, CMND hoặc hộ chiếu của người nhận",
        "return authority": "giấy ủy quyền, hoặc giấy chứng minh quan hệ, khi không phải chủ hồ sơ",
        "return relation": "quan hệ với chủ hồ sơ: ông bà, cha mẹ, con, vợ chồng, anh chị em ruột",
        "return receipt_lost": "không còn giấy hẹn; khi ấy cần số giấy tờ của người nhận",
        "return also": "các hồ sơ khác trả cùng lúc cho người ấy: trả được hết, hoặc không trả hồ sơ nào",
        "return given": "chỉ trả một phần: các thứ đã đưa, mỗi thứ trong một cặp ngoặc kép",
        "return left": "chỉ trả một phần: các thứ còn lại, mỗi thứ trong một cặp ngoặc kép",
        "pay amount": "số tiền, đồng",
        "pay method": "cash: tiền mặt (nếu không ghi); transfer: chuyển khoản; portal: Cổng dịch vụ công",
        "pay receipt": "số biên lai do hệ thống thuế cấp, nếu có",
        "refund amount": "số tiền hoàn, đồng",
        "refund method": "hoàn bằng cách nào, như khi thu",
        "refund receipt": "số chứng từ chi, nếu có",
        "cash on": "ngày của sổ, như 2026-04-28; không ghi thì hôm nay",
        "cash count": "số tiền mặt trong ngăn kéo của máy này, đồng",
        "cash note": "vì sao chênh với sổ",
        "correct changes": "mục và giá trị đúng, như applicant.phone=0912345678",
        "resolve keep": "mã việc được giữ (event trong show), hoặc đoạn đầu đủ để không lẫn",
        "acts file": "tệp các dòng JSON, mỗi dòng là các từ của một lệnh; dấu - là đọc từ đầu vào chuẩn",
        "print code": "mã hồ sơ; hoặc register (sổ theo dõi), cash-book (sổ thu), handover-list và các mã",
        "print form": "mẫu giấy của hồ sơ: giấy tiếp nhận, các phiếu và thông báo, hoặc nhãn",
        "print since": "sổ theo dõi: từ ngày nhận, như 2026-04-01; sổ thu phí: ngày ấy; bàn giao: bên giao",
        "print to": "sổ theo dõi: đến hết ngày; danh sách bàn giao: bên nhận",
        "print stock": "loại nhãn: cuộn 80 mm, hay tờ A4 có 24 nhãn; không ghi thì theo cài đặt",
        "print start": "nhãn còn trống đầu tiên trên tờ, từ 1 đến 24; không ghi thì tiếp nhãn trước",
        "slips count": "in bao nhiêu phiếu, nhiều nhất 200",
        "slips list": "liệt kê các phiếu chưa nhập vào máy",
        "slips unused": "ghi các phiếu này không dùng, kèm --reason",
        "slips reconcile": "đối chiếu các số đã cấp dưới một ngày, như 2026-04-28",
        "slips out": "tệp PDF sẽ ghi ra, ngoài thư mục dữ liệu",
        "slips paper": "khổ giấy; mỗi tờ một phiếu, cắt đôi",
        "slips all": "cả phiếu đã nhập và phiếu không dùng",
        "slips reason": "vì sao không dùng",
        "print paper": "khổ giấy; không ghi thì theo cài đặt; 80mm chỉ cho giấy tiếp nhận",
        "print reason": "lý do in lại, cần từ lần in thứ hai",
        "print out": "tệp sẽ ghi ra, ngoài thư mục dữ liệu: PDF, sổ theo dõi cũng ghi được XLSX",
        "bundle export file": "tệp gói sẽ ghi ra, ngoài thư mục dữ liệu",
        "bundle export to": "tên máy nhận; không ghi thì mọi máy đã ghép",
        "bundle import file": "tệp gói của máy khác",
        "pair offer file": "tệp mời sẽ ghi ra, mang sang máy cũ",
        "pair accept file": "tệp mời của máy mới",
        "pair accept out": "tệp trả lời sẽ ghi ra, mang về máy mới",
        "pair finish file": "tệp trả lời của máy cũ",
        "enrol url": "địa chỉ https:// của máy chủ, hoặc chữ của mã QR; không ghi thì đọc ở đầu vào",
        "enrol code": "mã ghi danh mà máy chủ cấp, dùng một lần; mã QR đã có sẵn",
        "replace url": "địa chỉ https:// của máy chủ, hoặc chữ của mã QR; không ghi thì đọc ở đầu vào",
        "replace code": "mã ghi danh mà máy chủ cấp cho máy thay; mã QR đã có sẵn",
        "replace folder": "thư mục dữ liệu trên đĩa cũ, nếu còn đọc được",
        "wipe second": "cán bộ thứ hai; mã PIN ở COUNTER_PIN2",
        "wipe reason": "vì sao xóa",
        "wipe confirm": "mã cơ quan của kho, gõ để xác nhận",
        "wipe seal": "tệp niêm phong cho máy chủ, khi không có mạng; ngoài thư mục dữ liệu",
        "salvage folder": "thư mục dữ liệu trên đĩa cũ",
        "enrol anew": "ghi danh lại, khi máy đã bị thu hồi hoặc máy chủ không còn biết máy này",
        "sync status": "chỉ xem, không trao đổi",
        "notices read": "mã thông báo đã đọc xong ở máy này",
        "backup file": "tệp sao lưu sẽ ghi ra, ngoài thư mục dữ liệu",
        "restore file": "tệp sao lưu",
        "restore replace": "để riêng kho đang có hồ sơ (không xóa); cần mã PIN của quản trị hoặc phụ trách",
        "catalogue import file": "tệp CSV, các cột như procedures.csv",
        "calendar import file": "tệp CSV gồm các cột date, kind, note",
        "calendar propose year": "năm, như 2027",
        "keys add kind": "chỗ cất chìa khóa của máy, mật khẩu (COUNTER_NEW_PASSPHRASE), hoặc phiếu khôi phục",
        "keys add out": "tệp PDF phiếu khôi phục sẽ ghi ra, ngoài thư mục dữ liệu",
        "keys drop id": "số của cách mở, như keys list in ra",
        "clock time": "giờ đúng, như 2026-04-20T08:15",
    }
)
_ENTRY = Words(
    {
        "procedure": "mã thủ tục, như 1.001193; bắt buộc",
        "applicant": "người nộp: name (bắt buộc), kind, id_number, tax_code, birth_date, sex, address, "
        "phone, contact_via, email",
        "submitter": "người nộp thay, các mục như applicant",
        "card_qr": "mã trên thẻ căn cước, thay cho applicant",
        "channel": "cách nộp: counter, home, post, online",
        "received_at": "giờ nhận, có múi giờ, nếu nhập sau; lùi nhiều nhất hai năm",
        "late_reason": "vì sao nhập muộn",
        "sets": "số bộ hồ sơ",
        "components": "các giấy tờ: name, count, file, kind (original, certified, copy, electronic, shown)",
        "fee": "phí, lệ phí: amount (đồng), paid (true, false), exemption (lý do miễn, giảm)",
        "pages": "số trang, khi phí tính theo trang",
        "copies": "số bản, khi phí tính theo bản",
        "return_by": "cách nhận kết quả: counter, home, post",
        "slip": "số trên phiếu in sẵn",
        "codes": "các số hồ sơ của hệ thống khác",
        "due": "ngày hẹn trả, như 2026-04-28, chỉ khi thủ tục không có thời hạn",
        "due_reason": "vì sao hẹn ngày ấy",
        "verification": "true: tính thời hạn có xác minh",
        "calendar_confirmed": "true: đã xem kỹ ngày hẹn ở năm chưa có lịch nghỉ",
        "registered": "true: mới đăng ký, chưa xem đủ giấy tờ; đồng hồ chạy từ lúc accept",
        "note": "ghi chú",
        "id": "UUID tự đặt: gửi lại cùng id thì không nhận hai lần",
    }
)
_INSTANT = Words(
    {
        "procedure": "mã thủ tục trả trong ngày, như 2.000815; bắt buộc",
        "applicant": "người nộp, các mục như của receive; name bắt buộc",
        "submitter": "người nộp thay, các mục như applicant; kết quả đưa người này",
        "card_qr": "mã trên thẻ căn cước, thay cho applicant",
        "what": "tên giấy tờ được sao, được ký; bắt buộc khi vào sổ chứng thực",
        "pages": "số trang của một bản",
        "copies": "số bản",
        "cases": "số trường hợp, giao dịch, sự kiện",
        "paid": "false: chưa thu phí; không ghi là đã thu",
        "exemption": "lý do miễn, giảm phí",
        "amount": "số tiền, chỉ khi mức phí do tỉnh quy định",
        "received_at": "giờ làm, có múi giờ, nếu nhập sau; lùi nhiều nhất hai năm",
        "late_reason": "vì sao nhập muộn",
        "register": "volume (quyển) và number (số) khi sổ giấy là chính; không ghi thì lấy số tiếp",
        "codes": "các số hồ sơ của hệ thống khác",
        "note": "ghi chú",
        "id": "UUID tự đặt: gửi lại cùng id thì không ghi hai lần",
    }
)
_FRAMES = Words(
    {
        "usage": "Cách gõ: ",
        "positional arguments": "Tham số",
        "options": "Tùy chọn",
        "entry": "Các mục của một hồ sơ trên dòng JSON:",
        "instant": "Các mục của một việc trên dòng JSON:",
    }
)


def argument_words(command: str, name: str) -> str:
    """What an argument of `command` is for, or the same argument of any command."""
    own = f"{command} {name}"
    return _ARGUMENTS.say(own if own in _ARGUMENTS else name)


def frame_words(name: str) -> str:
    """A heading of argparse in our words; one that it does not have as it stands."""
    return _FRAMES.say(name) if name in _FRAMES else name


def entry_words() -> str:
    """The fields of a dossier to receive, one a line."""
    return _listed("entry", _ENTRY)


def instant_words() -> str:
    """The fields of an act that is given at once, one a line."""
    return _listed("instant", _INSTANT)


def _listed(heading: str, fields: Words[str]) -> str:
    widest = max(map(len, fields))
    return "\n".join([_FRAMES.say(heading), *(f"  {name:{widest}}  {fields.say(name)}" for name in fields)])
