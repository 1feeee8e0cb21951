"""One sentence for every failure: what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from counter_app.domain.errors import CounterError
from counter_app.domain.lifecycle import STEPS, State
from counter_app.domain.names import clean_line
from counter_app.words import dates
from counter_app.words.digitising import NOT_ATTACHED, NOT_FILED
from counter_app.words.feedback import DONE, FEEDBACK_FAULTS, STAGES
from counter_app.words.fields import field_words
from counter_app.words.hands import NOT_HANDED
from counter_app.words.issuing import NOT_ISSUED, ORDERS
from counter_app.words.language import Words, capital, listed
from counter_app.words.meeting import MEETING
from counter_app.words.signing import NOT_SIGNED
from counter_app.words.states import ACTS, RESTS, ROLES, STATES

LONGEST_VALUE = 40
FEW_STATES = 4  # more would make no sentence

SENTENCES = Words(
    {
        **MEETING,
        **NOT_HANDED,
        **NOT_FILED,
        "bug": (
            "Chương trình gặp lỗi của chính nó; dữ liệu đã lưu vẫn còn, "
            "hãy gửi tệp nhật ký[ {log}] cho bên hỗ trợ."
        ),
        # what was typed of a person
        "empty": "{field} còn trống; hãy điền vào.",
        "too-long": "{field} dài quá {limit} ký tự; hãy viết ngắn lại.",
        "not-an-object": "{field} phải gồm từng mục có tên, đặt trong dấu ngoặc nhọn; hãy ghi lại theo mẫu.",
        "unknown-field": "Mẫu hồ sơ không có mục {field}; hãy xem lại tên mục.",
        "not-a-text": "{field} {value} phải ghi thành chữ, đặt trong dấu ngoặc kép.",
        "missing": "Còn thiếu {field}; hãy điền vào.",
        "not-a-whole-number": "{field} {value} phải là một số nguyên, như 1.",
        "out-of-range": "{field} {value} phải từ {least} đến {most}; hãy ghi lại.",
        "not-one-of": "{field} {value} không đúng; hãy chọn một trong: {choices}.",
        "not-a-list": "{field} phải là một danh sách[, nhiều nhất {most} dòng]; hãy ghi lại theo mẫu.",
        "not-a-flag": "{field} {value} chỉ ghi true (có) hoặc false (không).",
        "not-a-kind": "{field} {value} không đúng; hãy ghi person (cá nhân) hoặc org (tổ chức).",
        "not-for-an-organisation": "{field} chỉ có ở cá nhân; hãy bỏ đi, hoặc ghi lại là cá nhân.",
        "not-a-citizen-number": "{field} {value} không đúng; cần 12 chữ số căn cước, hoặc 9 chữ số CMND cũ.",
        "not-a-paper-number": (
            "{field} {value} không đúng; cần số căn cước, CMND hoặc hộ chiếu, từ 5 đến 20 chữ và số."
        ),
        "not-a-tax-code": "{field} {value} không đúng; mã số thuế phải có 10, 12 hoặc 13 chữ số.",
        "not-a-birth-date": (
            "{field} {value} không đọc được; hãy ghi như 25/6/1995, hoặc chỉ năm sinh nếu không rõ."
        ),
        "born-in-future": "{field} {value} ở sau ngày hôm nay; hãy xem lại năm sinh.",
        "not-a-sex": "{field} {value} không đúng; hãy ghi Nam hoặc Nữ, chưa rõ thì để trống.",
        "not-a-phone": (
            "{field} {value} không đúng; cần 10 chữ số bắt đầu bằng 0, số nước ngoài bắt đầu bằng +."
        ),
        "not-an-email": "{field} {value} không đúng; hãy ghi như ten@example.vn, không có thì để trống.",
        "partly-alone": "Trả một phần chỉ ghi cho từng hồ sơ; hãy bỏ các hồ sơ khác ra, hoặc trả trọn.",
        # what was scanned or typed of a dossier
        "not-a-card": "Không đọc được mã trên thẻ căn cước; hãy quét lại, hoặc gõ theo thẻ.",
        "not-a-receipt": "Đây không phải mã trên giấy tiếp nhận; hãy quét lại ô vuông ở góc giấy.",
        "receipt-newer": "Giấy tiếp nhận này do phiên bản mới hơn in; hãy cập nhật phần mềm rồi quét lại.",
        "receipt-damaged": "Không đọc được trọn mã trên giấy tiếp nhận; hãy quét lại, hoặc gõ mã hồ sơ.",
        "not-a-code": "{value} không phải mã hồ sơ; hãy ghi như H55.242-261122-1001.",
        "not-an-agency": "Mã cơ quan {value} không đúng; hãy ghi như H55.242.",
        "not-a-procedure-code": "Mã thủ tục {value} không đúng; hãy ghi như 1.001193.",
        "procedure-unknown": (
            "Không có thủ tục mã {value} trong danh mục; hãy xem lại mã, hoặc nhập danh mục mới."
        ),
        "not-positive": "{field} phải từ 1 trở lên; hãy ghi lại.",
        "difference-unexplained": (
            "Tiền đếm được {counted} khác sổ {expected_sum}; hãy đếm lại, hoặc ghi lý do chênh lệch."
        ),
        "no-end-entered": "Hồ sơ {code} không có việc kết thúc nào ghi nhầm để rút lại; hãy xem lại mã.",
        "result-handed-over": (
            "Đã trao kết quả của {code} ngày {day}, không rút lại được; kết quả sai thì hãy nhận hồ sơ mới."
        ),
        "end-or-money": (
            "Hồ sơ {code} {state} và có khoản phí đã ghi; hãy nói rút lại việc nào: --what end hoặc money."
        ),
        "more-than-owed": "Hồ sơ {code} chỉ còn phải nộp {left}; hãy xem lại, thu thừa thì ghi lý do.",
        "no-money-entered": "Hồ sơ {code} không có khoản nào cán bộ đã ghi để rút lại; hãy xem lại mã.",
        "more-than-paid": "Hồ sơ {code} chỉ còn giữ {paid}; hãy ghi số tiền hoàn không quá số ấy.",
        "bank-unreadable": "Mã ngân hàng {value} không đúng; cần 6 chữ số do NAPAS cấp, như 970436.",
        "account-unreadable": "Số tài khoản {value} không đúng; cần từ 1 đến 19 chữ số hoặc chữ cái.",
        "purpose-too-long": "Mã {value} dài quá {limit} chữ, không vừa mã chuyển khoản; hãy thu cách khác.",
        "channel-unknown": "Cách nộp {value} không đúng; hãy chọn một trong: {known}.",
        "time-without-zone": "{field} {value} thiếu múi giờ; hãy ghi như 2026-04-20T08:15+07:00.",
        "not-an-id": "Mã nội bộ {value} của hồ sơ không đúng; hãy bỏ mục này, phần mềm sẽ tự cấp.",
        "told-otherwise": "Mã nội bộ này đã ghi ở {code}, nội dung khác; hãy ghi mã khác, hoặc sửa ở {code}.",
        "slip-told-otherwise": "Mã nội bộ {value} đã là của phiếu có nội dung khác; hãy ghi mã khác.",
        "slip-used": "Phiếu in sẵn {value} đã dùng cho hồ sơ khác; hãy xem lại số trên phiếu.",
        "no-such-slip": "Không có phiếu in sẵn số {code}; hãy xem lại số trên phiếu.",
        "slip-in-use": "Phiếu in sẵn {code} đã nhập thành hồ sơ; hãy xem hồ sơ ấy, đừng ghi là không dùng.",
        "amount-needed": "Đã thu phí nhưng chưa ghi bao nhiêu; hãy ghi số tiền.",
        "not-a-time": "{field} {value} không đọc được; hãy ghi như 2026-04-20T08:15+07:00.",
        "not-an-hour": "{field} {value} không đọc được; hãy ghi như 8:15.",
        "not-a-day": "{field} {value} không đọc được; hãy ghi như 2026-04-28.",
        "in-the-future": "{field} {value} ở sau giờ hiện tại; hãy xem lại giờ ghi và giờ của máy.",
        "too-long-ago": "{field} {value} đã quá hai năm; hãy xem lại năm.",
        # the return date
        "due-needed": "Thủ tục này không có thời hạn; hãy ghi ngày hẹn trả và lý do chọn ngày ấy.",
        "due-not-needed": "Thủ tục này đã có thời hạn nên ngày hẹn được tính sẵn; hãy bỏ ngày hẹn ghi thêm.",
        "day-gone": "{field} {value} đã qua; hãy chọn hôm nay hoặc ngày sau.",
        "not-later": "{field} {value} phải muộn hơn ngày đã hẹn ({due}); hãy chọn ngày khác.",
        "reason-missing": "Còn thiếu lý do chọn ngày hẹn này; hãy ghi một câu lý do.",
        "due-too-far": "Ngày hẹn {value} xa quá mười năm; hãy xem lại năm.",
        "due-before-receipt": (
            "Ngày hẹn {value} không sau lúc nhận hồ sơ ({received}); hãy chọn ngày muộn hơn."
        ),
        "due-on-rest-day": "Ngày hẹn {value} là ngày nghỉ ({rest}); hãy chọn ngày {nearest} hoặc muộn hơn.",
        "no-verification-limit": (
            "Thủ tục này không có thời hạn riêng khi phải xác minh; hãy bỏ chọn xác minh."
        ),
        # what is given at once
        "not-at-once": "{procedure} không trả trong ngày; hãy nhận hồ sơ rồi hẹn trả như thường.",
        "what-needed": "Sổ chứng thực cần tên giấy tờ; hãy ghi, như Giấy khai sinh.",
        "amount-by-rule": "Mức phí đã có quy định; hãy bỏ số tiền, hoặc ghi lý do miễn, giảm.",
        "no-register": "Thủ tục này không vào sổ chứng thực; hãy bỏ số và quyển.",
        "volume-unreadable": "Quyển sổ {value} không đọc được; hãy ghi như {example}.",
        "register-number-used": (
            "Số {number} quyển {volume} đã dùng cho hồ sơ {code}; hãy ghi số khác, như {next}."
        ),
        "received-otherwise": "Hồ sơ {code} đã nhận theo cách khác; hãy mở hồ sơ ấy để làm tiếp.",
        "already-taken-back": "Hồ sơ {code} đã rút lại rồi; không cần làm lần nữa.",
        "not-given-at-once": "Hồ sơ {code} không phải việc trả ngay; hãy mở hồ sơ ấy để sửa hoặc hủy.",
        "regret-too-late": "Hồ sơ {code} ghi đã lâu nên không rút lại được; hãy mở hồ sơ ấy để sửa.",
        "regret-of-another": "Hồ sơ {code} do người khác hoặc máy khác ghi; hãy nhờ người ấy rút lại.",
        # acts
        "due-past": "Ngày hẹn của hồ sơ {code} đã qua nên không sửa được; hãy hẹn lại kèm thư xin lỗi.",
        "state-forbids": "Không {act} được vì hồ sơ {state}[; chỉ {act} khi hồ sơ {allowed}].",
        "extended-enough": "Hồ sơ {code} đã hẹn lại {n} lần; chỉ được {most} lần, hãy giải quyết ngay.",
        "nothing-unanswered": "Hồ sơ {code} không chờ giấy tờ hay phí; hãy chọn lý do dừng khác.",
        "nothing-to-find": (
            "Chưa ghi tìm gì; hãy ghi tên, mã hồ sơ hoặc ba số cuối trở lên, hay --all để xem tất cả."
        ),
        "no-such-dossier": "Không có hồ sơ mã {code} trên máy này; hãy xem lại mã, hoặc đồng bộ rồi tìm lại.",
        "code-of-two": "Nhiều hồ sơ cùng mang mã {code}; hãy chọn một, ghi id thay cho mã: {ids}.",
        "purpose-of-two": (
            "Nội dung {value} nhắc đến nhiều hồ sơ: {codes}; hãy ghi mã của một hồ sơ vào cột code."
        ),
        "purpose-unclear": "Nội dung {code} có thể là của hồ sơ có mã dài hơn; hãy ghi đúng mã hồ sơ.",
        "receipt-forged": "Mã trên giấy hẹn không đúng chữ ký, có thể đã bị sửa; hãy hỏi lại nơi cấp giấy.",
        "receipt-of-stranger": "Giấy hẹn {code} do máy lạ in; hãy đồng bộ rồi quét lại, hoặc hỏi nơi cấp.",
        "receipt-elsewhere": "Hồ sơ {code} do {name} nhận; hãy chỉ người dân đến đó, ở đây không ghi gì.",
        "receipt-alone": (
            "Giấy hẹn {code} đúng, hẹn trả {due}, nhưng hồ sơ chưa về máy này; hãy đồng bộ rồi xem lại."
        ),
        "reception-elsewhere": (
            "Phần tiếp nhận của {code} chưa về máy này; chỉ trả kết quả, gọi điện, ghi chú được."
        ),
        "before-last-act": "{field} {value} sớm hơn việc gần nhất của hồ sơ ({last}); hãy ghi giờ muộn hơn.",
        "published-before-answer": "{field} {value} sớm hơn ngày trả lời ({last}); hãy ghi từ ngày ấy.",
        "needs-newer-program": "Hồ sơ có việc do phiên bản mới hơn ghi; hãy cập nhật phần mềm rồi làm tiếp.",
        "settle-first": "Hồ sơ có thông tin ghi khác nhau ở hai máy; hãy chọn bên đúng trước rồi làm tiếp.",
        "nothing-to-resolve": "Việc {event} không thuộc chỗ nào đang ghi khác nhau; hãy xem lại hồ sơ.",
        "no-such-event": "Không có việc {event} trong hồ sơ này; hãy chép lại mã của việc từ chi tiết hồ sơ.",
        "event-of-several": "{event} là đầu mã của nhiều việc; hãy ghi dài thêm để chỉ còn một: {events}.",
        "not-correctable": (
            "Không sửa được {field} ở đây; chỉ sửa được các mục như tên, địa chỉ, ngày hẹn, ghi chú."
        ),
        "officer-needed": "Cần biết ai làm việc này; hãy chọn cán bộ và nhập mã PIN.",
        "letter-of-another": (
            "Việc này đã in giấy báo; hãy nhờ người ghi là {officer}, hoặc {who}, rút lại."
        ),
        "role-lacks-right": "Vai trò {role} không được làm việc này; hãy nhờ {who}.",
        "second-officer": (
            "Đặt lại mã PIN của {officer} phải do một cán bộ khác làm; tự đổi thì dùng lệnh officer pin."
        ),
        "last-administrator": (
            "{officer} là quản trị duy nhất có mã PIN; hãy đặt mã PIN cho một quản trị khác trước đã."
        ),
        "administrator-there": "Còn tài khoản quản trị đang mở; hãy nhờ người ấy mở lại các tài khoản khác.",
        "never-administrator": (
            "Cán bộ {officer} chưa từng là quản trị; hãy chọn một người từng là quản trị."
        ),
        "pin-there": "Cán bộ {officer} đã có mã PIN; đặt lại thì hãy dùng các từ trên phiếu khôi phục.",
        "no-such-officer": "Không có cán bộ {officer}, hoặc tài khoản đã khóa; hãy xem lại mã cán bộ.",
        "wrong-pin": "Mã PIN không đúng; hãy gõ lại.",
        "pin-waits": "Gõ sai mã PIN nhiều lần; hãy chờ {seconds} giây rồi gõ lại, hoặc nhờ người quản trị.",
        "pin-missing": (
            "Cán bộ {officer} chưa có mã PIN; quản trị hãy tự đặt (officer pin), người khác nhờ quản trị."
        ),
        "pin-shape": "Mã PIN phải có từ {at_least} đến {at_most} chữ số.",
        "officer-id": "Mã cán bộ {value} không đúng; hãy ghi chữ thường không dấu và số, như hoa hoặc lan2.",
        "officer-there": "Đã có cán bộ mã {officer}; hãy chọn mã khác.",
        "clock-behind": "Đồng hồ máy chỉ {now}, sớm hơn việc đã ghi lúc {last}; hãy chỉnh lại giờ của máy.",
        "no-numbers-left": "Đã hết số hồ sơ cho ngày {day}; hãy báo người quản trị.",
        "no-such-slot": "Không có số máy {value}; hãy chọn từ 1 đến 8, hoặc từ 90 đến 99.",
        "ends-before-it-begins": "Ngày kết thúc {value} đứng trước ngày bắt đầu; hãy ghi lại.",
        "year-out-of-range": "Năm của ngày {value} ngoài khoảng từ 2000 đến 2099; hãy xem lại giờ của máy.",
        # files of lines
        "not-json": "Dòng này không đọc được; hãy xem lại dấu ngoặc, dấu phẩy và ghi lại theo mẫu.",
        "not-utf8": "Chữ[ trong tệp {value}] không đọc được; hãy lưu lại bằng bảng mã Unicode (UTF-8).",
        "line-too-long": "Dòng này dài quá; hãy ghi mỗi hồ sơ trên một dòng riêng.",
        "not-a-change": "{value} không phải một chỗ sửa; hãy ghi như applicant.phone=0912345678.",
        "not-a-list-of-words": (
            "Dòng này không phải một việc; hãy ghi một danh sách các từ như trên dòng lệnh, tên việc trước."
        ),
        "not-an-act": "{value} không phải một việc trên hồ sơ; hãy xem counter-app --help.",
        "no-such-file": "Không có tệp {value}; hãy xem lại tên và thư mục.",
        # published tables
        "csv-broken": "Dấu ngoặc kép ở dòng này chưa đóng; hãy mở tệp bằng bảng tính và lưu lại dạng CSV.",
        "too-many-cells": "Dòng này nhiều hơn {expected} ô; hãy đặt ô có dấu phẩy trong ngoặc kép.",
        "header-missing": "Tệp còn trống; dòng đầu phải ghi tên các cột: {expected}.",
        "column-missing": "Thiếu cột {column}; dòng đầu phải có các cột: {expected}.",
        "column-twice": "Cột {column} có hai lần; hãy bỏ bớt một cột.",
        "calendar-empty": "Lịch nghỉ chưa có ngày nào; hãy xem lại tệp.",
        "calendar-unreadable": "Không đọc được lịch nghỉ đã lưu; hãy nhập lại lịch của năm đó.",
        "catalogue-empty": "Danh mục chưa có thủ tục nào; hãy xem lại tệp.",
        "procedure-unreadable": "Không đọc được một thủ tục đã lưu; hãy nhập lại danh mục thủ tục.",
        "date-unreadable": "{field} {value} không đọc được; hãy ghi như 2026-04-27.",
        "kind-unknown": "{field} {value} không đúng; hãy chọn một trong: {known}.",
        "day-twice": "Ngày {value} có hai lần[, lần đầu ở dòng {first_line}]; hãy bỏ bớt một dòng.",
        "day-of-another-year": "Ngày {value} không thuộc năm {year}; hãy xem lại năm.",
        "swap-on-a-working-day": "Ngày {value} vốn là ngày làm việc, không làm bù được; hãy xem lại ngày.",
        "hours-out-of-order": "Giờ làm việc {value} không theo thứ tự; hãy ghi lại từ sáng đến chiều.",
        "code-twice": "Mã thủ tục {value} có hai lần[, lần đầu ở dòng {first_line}]; hãy bỏ bớt một dòng.",
        "fees-twice": "Dòng này trùng trường hợp với dòng {first_line}; hãy bỏ một dòng, hoặc sửa ngày.",
        "fees-empty": "Bảng phí chưa có dòng nào; hãy xem lại tệp.",
        "fees-too-long": "Bảng phí dài quá {most} KB; hãy bỏ bớt các dòng đã hết hiệu lực.",
        "exempt-elsewhere": "Nhóm “{group}” không được giảm ở thủ tục này; hãy ghi lý do khác, kèm căn cứ.",
        "money-known": "Khoản này đã ghi rồi; lần chuyển khác thì hãy ghi số tham chiếu, hoặc chờ sao kê.",
        "proof-needed": "{group} phải có {proof}; hãy xem giấy rồi ghi số của giấy.",
        "code-unreadable": "Mã thủ tục {value} không đúng; hãy ghi như 1.001193.",
        "validity-out-of-order": "Ngày hết hiệu lực {value} đứng trước ngày có hiệu lực; hãy ghi lại.",
        "limit-not-a-number": "Thời hạn {value} không phải một con số; hãy chỉ ghi số, đơn vị ghi ở cột sau.",
        "unit-unknown": "Đơn vị thời hạn {value} không đúng; hãy ghi giờ, ngày, ngày làm việc hoặc tháng.",
        "cutoff-unreadable": "Giờ chốt {value} không đọc được; hãy ghi như 15:00.",
        "limit-out-of-range": "{field} {value} ngoài khoảng cho phép[ (từ {least} đến {most})]; hãy ghi lại.",
        "fee-unreadable": "Mức phí {value} có thể hiểu nhiều cách; hãy ghi như 8.000 đồng/bản.",
        "handed-down-otherwise": (
            "Mã {code} đã chuyển xuống với {field} khác; hãy xem lại mã, cần sửa thì làm ở quầy."
        ),
        "paid-otherwise": (
            "Hồ sơ {code} đã ghi tiền với tham chiếu khác {reference}; khoản thêm hãy ghi bằng lệnh paid."
        ),
        "reference-otherwise": (
            "Tham chiếu {reference} đã ghi {told} cho hồ sơ {other}; hãy đối chiếu lại với sao kê."
        ),
        "reference-of-another": (
            "Tham chiếu {reference} đã ghi cho hồ sơ {other}; hãy xem lại tham chiếu, hoặc hồ sơ."
        ),
        "unknown-cell": "Sao kê không có mục {value}; chỉ ghi được: {known}.",
        "paid-before-receipt": "Ngày chuyển {value} trước ngày nhận hồ sơ {code} ({received}); hãy xem lại.",
        "not-a-reference": "Tham chiếu {value} không có chữ hay số nào; hãy chép đúng như sao kê.",
        "amount-too-large": "Số tiền {value} lớn quá; chỉ ghi được đến {largest}, hãy xem lại.",
        "amount-unreadable": "Số tiền {value} không đọc được; hãy ghi đồng, như 8000 hoặc 8.000.",
        "code-of-another": "Mã {code} đã là của một hồ sơ khác ở xã này; hãy xem lại mã.",
        # how other programs spell a dossier
        "table-unknown": "Không có bảng trường {value}; hãy chọn một trong: {known}, hoặc ghi tên tệp CSV.",
        "table-empty": "Bảng trường chưa có cột nào; hãy ghi mỗi cột của phần mềm nhận một dòng.",
        "table-uncited": "Bảng trường chưa có dòng # nào ghi nguồn; hãy ghi đọc ở đâu, ngày nào.",
        "table-name-missing": "Dòng này chưa ghi tên cột của phần mềm nhận; hãy điền vào cột column.",
        "table-name-twice": "Cột {value} có hai lần; hãy bỏ bớt một dòng.",
        "table-field-unknown": "Phần mềm không có mục {value}; hãy xem các mục trong bảng kèm phần mềm.",
        "table-form-unknown": "Dạng {value} không đúng; hãy ghi text, whole, hoặc time kèm mẫu như yyyyMMdd.",
        "table-form-misfit": "Dạng {value} không hợp với {of}; hãy ghi time cho thời gian, whole chỉ cho số.",
        "table-value-odd": "Cặp {value} không đúng; hãy ghi như counter=1;online=2, mỗi giá trị một lần.",
        "table-value-missing": "Chưa ghi {value} viết thành gì; hãy thêm vào cột values, như {value}=1.",
        "table-list-mixed": "Cột {value} phải ghi như ThanhPhan.Ten, mỗi danh sách chỉ một loại mục.",
        "nothing-to-export": "Chưa ghi hồ sơ nào; hãy ghi mã hồ sơ, hoặc ngày nhận sau --from.",
        "codes-or-days": "Đã ghi mã hồ sơ thì không lọc theo ngày; hãy bỏ --from và --until, hoặc bỏ mã.",
        # papers
        "reprint-reason": "Giấy này đã in rồi; hãy ghi lý do in lại.",
        "not-accepted": "Hồ sơ {code} chưa tiếp nhận nên chưa có ngày hẹn; hãy tiếp nhận rồi in giấy.",
        "nothing-received": "Chưa có phần tiếp nhận của hồ sơ này trên máy; hãy đồng bộ rồi in lại.",
        "no-act-to-print": "Hồ sơ {code} chưa có việc {act} nào; hãy ghi việc ấy trước rồi in giấy.",
        "one-code": "Mỗi lần chỉ in giấy của một hồ sơ; hãy bỏ {value} ra.",
        "book-of-a-day": "Sổ này là của một ngày; hãy bỏ --to {value}, in lần lượt từng ngày.",
        "list-elsewhere": "Hồ sơ {code} đang do {holder} giữ; hãy bỏ khỏi danh sách, hoặc ghi đúng bên giao.",
        "span-backwards": "Ngày cuối {value} trước ngày đầu {since}; hãy ghi lại hai ngày.",
        "unknown-paper": "Không có khổ giấy {value}; hãy chọn A5, A4 hoặc 80 mm.",
        "bad-width": "Bề rộng in {value} mm không hợp với máy in phiếu; hãy ghi từ 40 đến 120.",
        "bad-template": "Mẫu giấy sai ở chỗ {place}; hãy dùng lại mẫu gốc kèm phần mềm.",
        "no-template": "Chưa có mẫu giấy dùng cho ngày {value}; hãy xem lại ngày, hoặc cập nhật phần mềm.",
        "qr-too-long": "Nội dung ô mã vuông dài quá nên không in được; hãy rút ngắn địa chỉ máy chủ.",
        # settings and files
        "setting-type": "Cài đặt {field} {value} không đúng kiểu; hãy chọn lại trong phần cài đặt.",
        "setting-unknown": "Cài đặt {field} không có lựa chọn {value}; hãy chọn lại.",
        "not-sync-hours": "Giờ đồng bộ {value} không đọc được; hãy ghi như 11:30–13:00, 18:00–06:00.",
        "setting-range": "Cài đặt {field} {value} ngoài khoảng cho phép; hãy ghi từ {least} đến {most}.",
        "settings-damaged": (
            "Tệp cài đặt bị hỏng ({path}); hãy đổi tên tệp này, phần mềm sẽ dùng cài đặt gốc."
        ),
        "disk-nearly-full": "Ổ đĩa gần đầy nên chỉ tra cứu và in được; hãy dọn bớt rồi làm lại.",
        "disk-full": "Ổ đĩa đã đầy nên chưa lưu được[ vào {path}]; hãy dọn bớt rồi làm lại.",
        "cannot-write": "Không ghi được vào {path}; hãy xem ổ đĩa có bị khóa, hay đã rút USB ra.",
        "cannot-read": "Không đọc được {path}; hãy xem tệp có bị khóa, hay đã rút USB ra.",
        "file-missing": "Không có tệp {path}; hãy xem lại tên và thư mục.",
        "file-there": "Đã có tệp {path}; hãy chọn tên khác để không mất tệp cũ.",
        "part-missing": "Bản cài đặt thiếu một phần ({name}); hãy cài lại phần mềm, dữ liệu vẫn còn nguyên.",
        "printer-refused": "Máy in {printer} không nhận giấy này; hãy xem máy in rồi in lại.",
        "printer-gone": (
            "Máy in {printer} không còn trên máy tính này; hãy chọn máy in khác trong Thiết lập rồi in lại."
        ),
        "printer-silent": (
            "Phần in của máy tính không trả lời; hãy xem giấy đã ra chưa, chưa ra thì khởi động lại máy."
        ),
        "usage": "Lệnh chưa đúng; hãy gõ như: {usage}.",
        "inside-data-folder": "Không đặt giấy tờ trong thư mục dữ liệu ({path}); hãy chọn thư mục khác.",
        # the store
        "store-there": "Thư mục {path} đã có kho dữ liệu; hãy chọn thư mục khác, hoặc mở kho ấy.",
        "store-holds-dossiers": "Kho ở {path} đang có hồ sơ; hãy sao lưu trước, rồi khôi phục kèm --replace.",
        "backup-unsound": "Bản sao vừa ghi đọc lại không nguyên vẹn nên đã bỏ[: {path}]; hãy kiểm tra ổ đĩa "
        "và kho (F11).",
        "backup-ahead": "Bản sao lưu có {count} việc mà kho không có: kho đã mất việc; hãy gọi người hỗ trợ.",
        "backup-files-damaged": "Bản sao lưu có {n} tệp quét bị hỏng hay không còn; hãy sao lưu lại ngay.",
        "no-backup": "Chưa có bản sao lưu nào ở {path}; hãy sao lưu trước rồi làm lại.",
        "backup-runs": "Một bản sao lưu khác đang được ghi; hãy đợi xong rồi làm lại.",
        "not-a-folder": "Không thấy thư mục {value}; hãy cắm ổ đĩa hoặc USB vào rồi chọn thư mục trên đó.",
        "not-a-backup": "{path} không phải tệp sao lưu của phần mềm; hãy chọn lại tệp.",
        "backup-damaged": "Tệp sao lưu bị hỏng; hãy chọn bản sao lưu khác, kho hiện nay vẫn còn nguyên.",
        "nothing-given": "Hồ sơ {code} chưa trả gì; hãy ghi trả rồi mới in phiếu trả kết quả.",
        "no-camera-reader": (
            "Máy này chưa cài phần đọc camera; hãy nhờ người phụ trách máy cài thêm gói webcam của phần mềm."
        ),
        "no-camera": "Không mở được camera; hãy cắm camera, tắt phần mềm khác đang dùng, rồi thử lại.",
        "camera-gone": "Camera không gửi hình nữa; hãy xem dây cắm rồi thử lại.",
        "picture-unreadable": "Không mở được ảnh này; hãy chọn một ảnh PNG hoặc JPG khác.",
        "no-code-in-picture": "Không thấy mã nào trong ảnh; hãy chụp gần hơn, đủ sáng, cho trọn mã.",
        "two-needed": "Xóa kho cần hai cán bộ khác nhau, đều có mã PIN; hãy gọi thêm một người.",
        "wipe-not-enrolled": "Máy này chưa ghi danh, nên chưa nơi nào giữ hồ sơ; hãy ghi danh trước khi xóa.",
        "wipe-not-confirmed": "Mã {value} không phải mã cơ quan của kho này; hãy gõ đúng mã để xác nhận xóa.",
        "wipe-not-delivered": (
            "Máy chủ chưa nhận đủ hồ sơ nên kho chưa xóa; hãy đồng bộ lại, hoặc niêm phong vào tệp."
        ),
        "sealed-not-readable": "Tệp niêm phong {path} đọc lại không khớp; hãy ghi ra đĩa khác.",
        "old-store-shut": (
            "Chưa mở được kho cũ; cần phiếu khôi phục hay mật khẩu của kho ấy, hoặc nhờ máy chủ trao khóa."
        ),
        "no-old-store": "Không thấy kho nào ở {path}; hãy chọn ổ đĩa, hoặc thư mục dữ liệu, của máy cũ.",
        "old-disk-unreadable": "Không đọc được {path} trên đĩa cũ; hãy gọi người sửa máy, đừng xóa đĩa.",
        "salvage-itself": "Thư mục {path} là kho đang dùng của máy này; hãy chọn thư mục trên đĩa cũ.",
        "escrow-damaged": "Khóa mà máy chủ trao bị hỏng; hãy nhờ nơi quản lý máy chủ trao lại.",
        "no-store": "Thư mục {path} chưa có kho dữ liệu; hãy tạo kho (lệnh init), hoặc chọn thư mục khác.",
        "store-closed": "Kho ở {path} đã đóng; hãy mở lại chương trình.",
        "store-newer": "Kho này do phiên bản mới hơn ghi; hãy cập nhật phần mềm rồi mở lại.",
        "store-busy": "Kho đang bận vì một việc khác chưa xong; hãy đợi một lát rồi làm lại.",
        "window-open": "Phần mềm đang mở ở một cửa sổ khác; hãy dùng cửa sổ ấy, hoặc đóng nó lại.",
        "store-read-only": "Kho đang bị khóa không cho ghi; hãy xem quyền của thư mục dữ liệu.",
        "store-unreadable": "Không mở được tệp của kho; hãy xem quyền của thư mục dữ liệu.",
        "store-io": "Ổ đĩa báo lỗi khi ghi; hãy sao lưu ngay ra USB và nhờ kiểm tra ổ đĩa.",
        "store-damaged": (
            "Kho dữ liệu bị hỏng; hãy mở chương trình để khôi phục từng bước, hoặc chạy: counter-app recover."
        ),
        "wal-torn": (
            "Nhật ký ghi của kho bị hỏng; hãy mở chương trình để khôi phục, hoặc chạy: counter-app recover."
        ),
        "wal-stale": (
            "Nhật ký ghi cạnh kho là bản cũ; hãy mở chương trình để khôi phục, hoặc: counter-app recover."
        ),
        "nothing-to-recover-from": (
            "Không đọc được kho, cũng không có bản sao lưu nào tốt; hãy tìm bản ở ổ khác rồi chạy restore."
        ),
        "no-room-to-recover": "Ổ đĩa cần còn trống {mb} MB để khôi phục kho; hãy dọn bớt rồi làm lại.",
        "store-does-not-verify": (
            "Kho có chỗ hỏng; hãy đóng rồi mở lại chương trình để khôi phục, hoặc chạy: counter-app recover."
        ),
        "needs-second-wrap": "Kho cần thêm một cách mở dự phòng; hãy đặt mật khẩu, hoặc in phiếu khôi phục.",
        "wrong-key": "Chìa khóa này không mở được kho; hãy xem lại thư mục dữ liệu có đúng không.",
        "nothing-opens": (
            "Chưa mở được kho; hãy nhập mật khẩu của kho (biến COUNTER_PASSPHRASE),"
            " hoặc dùng phiếu khôi phục (biến COUNTER_RECOVERY)."
        ),
        "wrong-passphrase": (
            "Mật khẩu của kho không đúng; hãy gõ lại, hoặc dùng phiếu khôi phục (biến COUNTER_RECOVERY)."
        ),
        "wrong-recovery": (
            "Phiếu khôi phục này không phải của kho đang mở; hãy tìm đúng phiếu in lúc tạo kho."
        ),
        "wrong-keyring": "Chìa khóa lưu trong máy không mở được kho; hãy dùng mật khẩu hoặc phiếu khôi phục.",
        "no-passphrase-wrap": "Kho này không đặt mật khẩu; hãy dùng phiếu khôi phục (biến COUNTER_RECOVERY).",
        "no-recovery-wrap": "Kho này chưa có phiếu khôi phục; hãy mở bằng mật khẩu.",
        "no-keyring-wrap": "Máy này chưa lưu chìa khóa của kho; hãy dùng mật khẩu hoặc phiếu khôi phục.",
        "keyring-absent": (
            "Máy này không có chỗ cất chìa khóa; hãy mở kho bằng mật khẩu hoặc phiếu khôi phục."
        ),
        "keyring-locked": "Chỗ cất chìa khóa của máy đang khóa; hãy mở khóa, hoặc dùng mật khẩu của kho.",
        "no-such-wrap": "Không có cách mở kho mang số {id}; hãy xem lại danh sách.",
        "last-wrap": "Đây là cách mở dự phòng cuối cùng nên không bỏ được; hãy thêm cách khác trước.",
        "wrap-unknown": "Không có cách mở kho {value}; hãy chọn keyring, passphrase hoặc recovery.",
        "passphrase-short": "Mật khẩu của kho ngắn quá; cần ít nhất {at_least} ký tự.",
        "recovery-accented": (
            "Từ thứ {word} của phiếu khôi phục có dấu; hãy gõ lại không dấu, đúng như trên phiếu."
        ),
        "recovery-mistyped": "Phiếu khôi phục gõ sai[ ở từ thứ {word}]; hãy so lại từng từ với phiếu.",
        "recovery-incomplete": "Phiếu khôi phục có {wanted} từ, mới gõ {given} từ; hãy gõ đủ.",
        "key-file-damaged": "Tệp giữ chìa khóa của kho bị hỏng; hãy khôi phục từ bản sao lưu gần nhất.",
        "key-file-newer": "Tệp giữ chìa khóa do phiên bản mới hơn ghi; hãy cập nhật phần mềm rồi mở lại.",
        # what comes from another machine
        "recipient-key-bad": "Chìa khóa của máy nhận không dùng được; hãy ghép lại hai máy.",
        "bundle-unknown-format": "Đây không phải tệp trao đổi của phần mềm; hãy chọn lại tệp.",
        "batch-damaged": "Dữ liệu trao đổi bị hỏng trên đường; hãy đồng bộ lại.",
        "bundle-damaged": "Tệp trao đổi bị hỏng hoặc bị sửa; hãy xuất lại từ máy gửi rồi chép lại.",
        "bundle-newer-format": "Tệp trao đổi do phiên bản mới hơn ghi; hãy cập nhật phần mềm rồi nhập lại.",
        "bundle-newer": "Tệp trao đổi do phiên bản mới hơn ghi; hãy cập nhật phần mềm rồi nhập lại.",
        "bundle-not-for-this-store": "Tệp trao đổi này gửi cho máy khác; hãy xuất lại cho đúng máy này.",
        "bundle-from-stranger": "Tệp trao đổi từ một máy chưa ghép với máy này; hãy ghép hai máy trước.",
        "stick-gone": "USB đã rút ra khi đang chép; hãy cắm lại rồi chép tiếp, phần đã chép vẫn còn.",
        "stick-stopped": "Đã dừng theo yêu cầu; hãy bấm lại để đi tiếp, phần đã xong vẫn còn.",
        "stick-full": "USB không đủ chỗ[, cần trống {mb} MB]; hãy xóa bớt tệp khác hoặc dùng USB lớn hơn.",
        "no-answer-there": "Ở đây chưa có trả lời của máy chủ cho máy này; hãy mang USB lên máy chủ trước.",
        "nothing-on-stick": "Ở đây không có gì của máy nào ở xã; hãy chọn thư mục mot-cua trên USB.",
        "answers-need-folder": "USB có dữ liệu của nhiều máy; hãy chọn một thư mục để ghi các câu trả lời.",
        "answer-of-another-district": "Trả lời này không do máy chủ của xã ký; hãy lấy lại từ đúng máy chủ.",
        "answer-of-another-machine": "Trả lời này gửi cho máy khác; hãy nhận nó ở đúng máy đã chép ra USB.",
        "answer-of-another-time": "Trả lời nói đến việc mà kho này không có; hãy chép ra USB lại từ đầu.",
        "nobody-paired": "Máy này chưa ghép với máy nào; hãy ghép hai máy trước.",
        "no-such-device": "Chưa ghép với máy nào tên {value}; hãy xem lại tên máy.",
        "not-an-offer": "Đây không phải tệp mời hay tệp trả lời để ghép máy; hãy chọn lại tệp.",
        "not-a-reply": "Đây không phải tệp trả lời để ghép máy; hãy chọn lại tệp.",
        "pair-forged": "Tệp ghép máy bị hỏng hoặc bị sửa; hãy làm lại từ đầu trên hai máy.",
        "training-into-real": "Tệp này của kho tập dùng, hồ sơ trong đó là bịa; hãy xuất lại từ kho thật.",
        "real-into-training": "Tệp này của kho thật, kho tập dùng không nhận; hãy nhập vào kho thật.",
        "agency-of-training": (
            "Mã cơ quan {value} và kho tập dùng chỉ đi với nhau; kho thật hãy ghi mã thật, như H55.242."
        ),
        "not-training": (
            "Thư mục {path} không phải kho tập dùng nên giữ nguyên; hãy chọn thư mục khác để tập."
        ),
        "pair-with-itself": "Đây là tệp của chính máy này; hãy chép tệp từ máy kia sang.",
        "reply-to-another": "Tệp trả lời này dành cho lời mời khác; hãy làm lại từ tệp mời mới nhất.",
        "run-unreadable": "Dữ liệu nhận về không đọc được; hãy xuất lại từ máy gửi.",
        "run-incomplete": "Dữ liệu nhận về thiếu một phần; hãy xuất lại từ máy gửi.",
        "run-too-long": "Dữ liệu nhận về có đoạn dài quá; hãy xuất lại từ máy gửi.",
        "run-not-proven": (
            "Dữ liệu nhận về không đúng chữ ký của máy gửi; hãy xuất lại, nếu vẫn vậy thì báo quản trị."
        ),
        "run-has-a-gap": "Dữ liệu nhận về thiếu phần trước đó; hãy xuất lại trọn vẹn từ máy gửi.",
        "log-unknown": "Dữ liệu này từ một máy chưa ghép với máy này; hãy ghép hai máy trước.",
        # the district's server, and the way to it
        "code-unknown": "Mã ghi danh này không đúng hoặc đã bị thay; hãy xin mã mới ở nơi quản lý máy chủ.",
        "code-expired": "Mã ghi danh đã quá hạn 7 ngày; hãy xin mã mới ở nơi quản lý máy chủ.",
        "code-used": "Mã ghi danh này đã dùng cho máy khác; hãy xin mã riêng cho máy này.",
        "not-a-code-of-enrolment": "Mã ghi danh gồm 16 chữ và số, như K7QX-9M2P-ABCD-EFGH; hãy gõ lại.",
        "commune-there": "Đã có xã dùng mã {code}; hãy xem lại mã, hoặc thêm máy vào xã đó.",
        "no-such-commune": "Không có xã nào dùng mã {code}; hãy thêm xã trước: commune add MÃ TÊN.",
        "no-district": "Ở đây chưa có máy chủ; hãy tạo trước: counter-district init.",
        "not-a-database-url": (
            "Địa chỉ cơ sở dữ liệu không đúng; hãy xem mẫu ở hướng dẫn máy chủ, hoặc bỏ trống."
        ),
        "database-unreachable": "Cơ sở dữ liệu của máy chủ không trả lời; hãy xem dịch vụ đó có đang chạy.",
        "bucket-missing": "Nơi chứa tệp không có bucket {bucket}; hãy tạo bucket ấy, hoặc xem lại tên.",
        "bucket-refused": (
            "Nơi chứa tệp từ chối ({code}); hãy xem lại khóa truy cập và quyền trên bucket {bucket}."
        ),
        "bucket-keyless": (
            "Chưa có khóa truy cập nơi chứa tệp; hãy đặt AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY."
        ),
        "bucket-unreachable": (
            "Nơi chứa tệp {host} không trả lời; hãy xem lại mạng và địa chỉ, máy chủ sẽ tự thử lại."
        ),
        "bucket-full": "Bucket {bucket} đã đầy, chưa nhận được tệp; hãy mở rộng, tệp vẫn còn ở các máy.",
        "not-a-bucket": "Tên bucket {value} không đúng; cần 3 đến 63 chữ thường không dấu, số, chấm, gạch.",
        "not-a-bucket-address": (
            "Địa chỉ nơi chứa tệp không đúng; cần dạng https://tên-máy, không kèm khóa truy cập."
        ),
        "files-not-in-bucket": "Bucket {bucket} thiếu {n} tệp của các xã; hãy chép đủ sang đó rồi làm lại.",
        "files-damaged": "{n} tệp ở thư mục bị hỏng nên chưa chuyển; hãy lấy lại từ bản sao lưu máy chủ.",
        "no-bucket": "Chưa chọn bucket cho tệp; hãy chọn trước: counter-district files use.",
        "device-revoked": (
            "Máy này đã bị thu hồi quyền đồng bộ; hãy báo nơi quản lý máy chủ, dữ liệu trên máy vẫn còn."
        ),
        "device-unknown": "Máy chủ không biết máy này; hãy xin mã, rồi ghi danh lại: enrol --again.",
        "request-forged": (
            "Chữ ký của máy này không khớp ở máy chủ; hãy ghi danh lại, nếu vẫn vậy thì báo quản trị."
        ),
        "district-forged": (
            "Trả lời không phải của máy chủ đã ghi danh; hãy xem lại mạng, đừng đồng bộ qua mạng này."
        ),
        "log-of-another-commune": (
            "Dữ liệu này là của xã khác nên máy chủ không nhận; hãy báo nơi quản lý máy chủ."
        ),
        "log-enrolled-elsewhere": (
            "Máy này đã ghi danh ở một chỗ khác trên máy chủ; hãy báo nơi quản lý máy chủ."
        ),
        "too-many-logs": "Dữ liệu đến từ quá nhiều máy chưa ghi danh; hãy báo nơi quản lý máy chủ.",
        "too-many-forks": "Dữ liệu của một máy tách ra quá nhiều nhánh; hãy báo nơi quản lý máy chủ.",
        "message-damaged": "Dữ liệu trao đổi bị hỏng trên đường; hãy đồng bộ lại.",
        "message-too-large": (
            "Gói dữ liệu lớn quá mức cho phép; hãy đồng bộ lại, nếu vẫn vậy thì báo quản trị."
        ),
        "district-unreachable": (
            "Chưa kết nối được máy chủ; hãy xem lại mạng, hồ sơ vẫn an toàn trên máy này."
        ),
        "district-silent": (
            "Máy chủ không trả lời kịp; hãy để máy tự thử lại, hồ sơ vẫn an toàn trên máy này."
        ),
        "district-busy": "Máy chủ đang bận; hãy để máy tự thử lại sau ít phút.",
        "district-failed": (
            "Máy chủ gặp lỗi {status}; hãy thử lại sau, nếu vẫn vậy thì báo nơi quản lý máy chủ."
        ),
        "not-the-district": "Địa chỉ {host} không phải máy chủ của phần mềm này; hãy xem lại địa chỉ.",
        "captive-portal": (
            "Mạng này đòi đăng nhập trước khi dùng; hãy mở trình duyệt đăng nhập rồi đồng bộ lại."
        ),
        "not-a-server-address": "Địa chỉ máy chủ {value} không đúng; cần dạng https://tên-máy-chủ.",
        "plain-http": "Địa chỉ {value} không được mã hóa; cần https://, chỉ máy này mới được dùng http.",
        "enrolled-already": "Máy này đã ghi danh với {name}; chỉ thêm --again khi nơi đó yêu cầu.",
        "district-there": "Ở {path} đã có máy chủ; hãy dùng thư mục hoặc cơ sở dữ liệu khác.",
        "needs-passphrase": "Máy chủ cần mật khẩu để mã hóa; hãy đặt COUNTER_PASSPHRASE, từ 8 ký tự.",
        "port-taken": "Cổng {port} đang có chương trình khác dùng; hãy chọn cổng khác bằng --port.",
        "district-does-not-verify": "Dữ liệu xã {code} trên máy chủ có chỗ hỏng; hãy khôi phục bản sao lưu.",
        "no-such-machine": "Không có máy số {device}; hãy xem lại bằng device list.",
        "revoked-already": "Máy số {device} đã bị thu hồi từ trước, không cần làm lại.",
        "not-revoked": "Máy số {device} không bị thu hồi; chỉ dữ liệu của máy bị thu hồi mới cần nhận.",
        "district-key-wrong": "Máy chủ {host} không đưa đúng chìa khóa đã ghi danh; hãy xem lại mạng trước.",
        "certificate-unreadable": "Không đọc được chứng thư ở {path}; cần tệp PEM, hãy xem lại đường dẫn.",
        "training-stays": "Kho tập dượt không ghi danh với máy chủ; hãy ghi danh từ kho thật.",
        "not-enrolled": "Máy này chưa ghi danh với máy chủ nào; hãy xin mã rồi chạy: counter-app enrol.",
        # contents that no form of ours gives
        "payload-too-long": (
            "Nội dung dài quá nên chưa lưu được; hãy rút ngắn ghi chú hoặc danh sách giấy tờ."
        ),
        "payload-too-deep": "Nội dung lồng nhau quá nhiều lớp; hãy ghi lại theo mẫu.",
        "payload-malformed": "Nội dung việc này thiếu mục hoặc sai kiểu; hãy ghi lại theo mẫu.",
        "number-too-large": "Có một con số lớn quá; hãy xem lại số tiền và số bản.",
        "type-not-canonical": "Có một mục không phải chữ, số hay ngày; hãy ghi lại theo mẫu.",
        "text-not-unicode": "Có chữ không đọc được; hãy gõ lại bằng bảng mã Unicode.",
        "text-not-nfc": "Có chữ gõ bằng dấu rời; hãy gõ lại bằng bảng mã Unicode dựng sẵn.",
        "key-not-ascii": "Có một tên mục viết có dấu; hãy ghi tên mục theo mẫu.",
        "not-canonical": "Dữ liệu đã lưu không đúng dạng; hãy kiểm tra kho (lệnh verify).",
        "header-out-of-range": "Không ghi được việc này vì mã cán bộ dài quá; hãy đặt mã ngắn hơn.",
        "header-unreadable": "Có một việc đã lưu không đọc được; hãy kiểm tra kho (lệnh verify).",
        "seen-not-sorted": "Có một việc đã lưu không đúng thứ tự; hãy kiểm tra kho (lệnh verify).",
        "not-an-event": "{value} không phải mã của một việc; hãy chép mã ấy từ chi tiết hồ sơ.",
        "dossier-erased": "Hồ sơ {code} đã xóa nội dung theo quy định; chỉ còn xem được phần còn lại.",
        "erase-unconfirmed": "Xóa rồi thì không lấy lại được; hãy gõ lại đúng mã {code} để xác nhận.",
        "table-too-long": "Bảng dài quá {most} KB; hãy bỏ bớt các dòng không còn dùng.",
        "erase-uncounted": "Có {n} hồ sơ sắp xóa, xóa rồi thì không lấy lại được; hãy gõ số {n} để xác nhận.",
        "erase-while-open": "Hồ sơ {code} chưa kết thúc; chỉ xóa được khi đã trả kết quả hoặc đã kết thúc.",
        **NOT_ISSUED,
        **ORDERS,
        **NOT_SIGNED,
        **NOT_ATTACHED,
        **FEEDBACK_FAULTS,
    }
)

_FRAMES = Words(
    {
        "line": "Dòng {line}: {sentence}",
        "unknown-field": (
            "Chưa làm được việc này, ở mục {field}[ {value}]; hãy xem lại, hoặc báo hỗ trợ mã {why}."
        ),
        "unknown": "Chưa làm được việc này; hãy làm lại, nếu vẫn vậy thì báo hỗ trợ mã {why}.",
        "nothing-given": "(để trống)",
        "or": "{before} hoặc {last}",
    }
)


def reason(why: str) -> str:
    """The sentence for a reason that came without its facts."""
    return sentence(CounterError(why))


def sentence(error: CounterError) -> str:
    """What is wrong, where and how to mend it, in one sentence; for a file's line with its number."""
    facts = _facts(error)
    if error.why in SENTENCES:
        said = SENTENCES.say(error.why, **facts)
    else:
        said = _FRAMES.say("unknown-field" if "field" in facts else "unknown", **facts, why=error.why)
    said = capital(" ".join(said.split()))
    if "line" not in facts:
        return said
    return _FRAMES.say("line", line=facts["line"], sentence=said[:1].lower() + said[1:])


def quoted(value: object) -> str:
    """What was given, in quotes, at most 40 letters of it."""
    if value is None or value == "":
        return _FRAMES.say("nothing-given")
    text = clean_line(str(value).lower() if isinstance(value, bool) else str(value))
    with suppress(ValueError, OverflowError):
        text = _as_people_write(text)
    if len(text) > LONGEST_VALUE:
        # Of a path the end says which file it is.
        text = "…" + text[1 - LONGEST_VALUE :] if text[:1] in "/\\" else text[: LONGEST_VALUE - 1] + "…"
    return f"“{text}”"


def _as_people_write(text: str) -> str:
    if len(text) == len("2026-04-28"):
        return dates.day(date.fromisoformat(text))
    at = datetime.fromisoformat(text) if "T" in text else None
    return dates.moment(at) if at and at.tzinfo else text


def _facts(error: CounterError) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name, fact in error.facts.items():
        with suppress(KeyError, ValueError, TypeError, OverflowError):
            facts[name] = _SHOWN.get(name, _plain)(fact)
    if error.why == "bad-template":
        facts["place"] = quoted(error.facts.get("field"))
    allowed, _ = STEPS.get(str(error.facts.get("act")), (frozenset(State), None))
    if len(allowed) <= FEW_STATES:
        facts["allowed"] = _either([f"“{STATES.say(state)}”" for state in State if state in allowed])
    if "most" in facts:
        facts.setdefault("limit", facts["most"])
    if error.facts.get("note"):
        facts["rest"] = error.facts["note"]
    return facts


def _either(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _FRAMES.say("or", before=", ".join(parts[:-1]), last=parts[-1])


def _plain(fact: object) -> object:
    return listed([str(part) for part in fact]) if isinstance(fact, list | tuple | set | frozenset) else fact


_SHOWN: dict[str, Callable[[Any], object]] = {
    "value": quoted,
    "path": quoted,
    "name": quoted,
    "column": quoted,
    "officer": quoted,
    "code": quoted,
    "event": quoted,
    "sha256": quoted,
    "ids": lambda ids: _either(list(ids)),
    "events": lambda events: _either(list(events)),
    "printer": quoted,
    "id": quoted,
    "field": lambda field: field_words(str(field)),
    "role": lambda role: f"“{ROLES.say(role)}”",
    "who": lambda roles: _either([ROLES.say(role) for role in roles]),
    "act": lambda act: ACTS.say(act),
    "done": lambda done: DONE.say(done),
    "stage": lambda stage: f"“{STAGES.say(stage)}”",
    "state": lambda state: f"“{STATES.say(state)}”",
    "rest": lambda rest: RESTS.say(rest),
    "nearest": lambda text: dates.day(date.fromisoformat(text)),
    "due": lambda text: dates.day(datetime.fromisoformat(text).date()),
    "received": lambda text: dates.day(date.fromisoformat(text)),
    **{name: lambda text: dates.day(date.fromisoformat(text)) for name in ("day", "since", "until")},
    "now": lambda text: dates.moment(datetime.fromisoformat(text)),
    "last": lambda text: dates.moment(datetime.fromisoformat(text)),
    **dict.fromkeys(("paid", "left", "counted", "expected_sum", "told", "largest"), dates.money),
    "because": lambda error: (said := sentence(error).rstrip("."))[:1].lower() + said[1:],
    "known": lambda text: str(text).replace(",", ", "),
    "expected": lambda text: str(text).replace(",", ", "),
}
