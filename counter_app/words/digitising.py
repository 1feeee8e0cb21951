"""How far a paper is digitised, how a file came to it, and why one was not taken."""

from __future__ import annotations

from typing import Final

from counter_app.domain.attachments import RESULT, Way
from counter_app.domain.digitising import Paper, PaperState
from counter_app.words.language import Words

PAPER_STATES: Final = Words(
    {
        PaperState.NOT_REQUIRED: "không bắt buộc",
        PaperState.SHOWN: "chỉ xuất trình",
        PaperState.PAPER: "còn trên giấy",
        PaperState.SCANNED: "đã quét, chưa ký số",
        PaperState.SIGNED: "đã quét, đã ký số",
        PaperState.REUSED: "lấy từ kho có sẵn",
        PaperState.ELECTRONIC: "bản điện tử",
    }
)
WAYS: Final = Words(
    {
        Way.SCANNER: "từ máy quét",
        Way.FOLDER: "từ thư mục quét",
        Way.CAMERA: "từ máy ảnh",
        Way.FILE: "từ tệp",
        Way.ELECTRONIC: "nộp bằng tệp",
        Way.REUSED: "lấy từ kho",
    }
)
_NAMES: Final = Words({"result": "kết quả[: {name}]", "paper": "{number}. {name}"})

NOT_ATTACHED: Final = {
    "no-such-component": "Hồ sơ không có {field} {value}; hãy ghi từ 1 đến {most}, hoặc 0 cho kết quả.",
    "no-result-yet": "Hồ sơ {code} chưa có kết quả; hãy ghi xong việc (finish) rồi đính kèm kết quả.",
    "paper-shown": "{name} chỉ xuất trình nên không quét, không giữ bản chụp (TT 03/2025); hãy bỏ tệp này.",
    "paper-electronic": (
        "{name} đã là bản điện tử nên không quét lại (TT 03/2025); chỉ thêm tệp gốc: Alt+N, --way electronic."
    ),
    "paper-opinion": (
        "{name} là văn bản xác minh, lấy ý kiến, không phải quét (TT 03/2025); hãy bỏ tệp này."
    ),
    "paper-secret": "{name} là tài liệu mật, không được quét (TT 03/2025); hãy bỏ tệp này.",
    "attachment-empty": "Tệp không có gì bên trong; hãy quét lại, hoặc chọn tệp khác.",
    "attachment-too-large": "Tệp lớn hơn {limit} MB; hãy quét ở độ nét thấp hơn, hoặc chia nhỏ tệp.",
    "attachment-unknown": "Tệp không phải PDF hay ảnh (JPEG, PNG, TIFF); hãy chọn tệp khác.",
    "attachment-unreadable": "Tệp bị hỏng hoặc có mật khẩu nên không mở được; hãy quét lại, hoặc lưu lại.",
    "pages-differ": "Giấy có {counted} trang mà tệp có {found} trang; hãy quét lại cho đủ, đúng thứ tự.",
    "pile-empty": "Chưa có trang nào; hãy đặt giấy vào máy quét, hoặc chọn tệp.",
    "pile-too-thick": "Chồng này hơn {most} trang; hãy chia ra quét từng phần.",
    "pile-of-nobody": "Các trang này chưa biết của hồ sơ nào; hãy đặt tờ ngăn lên trên, hoặc ghi mã hồ sơ.",
    "pile-without-component": (
        "Chưa biết các trang này là giấy tờ số mấy; hãy đặt tờ ngăn, hoặc chọn giấy tờ."
    ),
    "separator-without-pages": "Sau tờ ngăn này không có trang nào; hãy quét lại cả giấy đặt dưới tờ ngăn.",
    "nothing-to-scan": "Các hồ sơ này không có giấy tờ nào phải quét; hãy xem lại mã hồ sơ.",
    "no-scanner-program": "Máy tính chưa có phần điều khiển máy quét; hãy cài (SANE), hoặc quét vào thư mục.",
    "scanner-empty": "Khay máy quét không có giấy; hãy đặt giấy vào rồi quét lại.",
    "scanner-jammed": "Máy quét kẹt giấy sau trang {pages}; hãy gỡ giấy ra rồi quét lại cả chồng.",
    "scanner-open": "Nắp máy quét đang mở; hãy đóng lại rồi quét lại.",
    "scanner-busy": "Máy quét đang bận; hãy chờ xong việc kia rồi quét lại.",
    "scanner-gone": "Không thấy máy quét này; hãy xem dây và nguồn, hoặc chọn máy khác.",
    "scanner-silent": "Máy quét không trả lời; hãy tắt bật lại máy quét rồi quét lại.",
    "scanner-failed": "Máy quét báo lỗi sau trang {pages}; hãy tắt bật lại máy quét rồi quét lại.",
    "scan-folder-gone": "Không mở được thư mục quét {path}; hãy xem ổ mạng, hoặc sửa ở Thiết lập (F11).",
    "no-such-attachment": "Hồ sơ {code} không có tệp {sha256}; hãy xem lại mã tệp (lệnh attachments).",
    "attachment-of-several": "Nhiều tệp của hồ sơ {code} bắt đầu bằng {sha256}; hãy ghi mã dài hơn.",
    "attachment-not-here": "Tệp này không nằm trên máy này; hãy đồng bộ để lấy về rồi mở lại.",
    "attachment-damaged": "Bản chụp lưu trên máy bị hỏng; hãy đồng bộ để lấy lại, hoặc quét lại.",
}

NOT_FILED: Final = {
    "file-unknown": "Máy chủ chưa nhận việc đính kèm tệp này; tệp còn ở máy này, hãy đồng bộ lại.",
    "file-not-there": "Máy chủ không có tệp này; hãy mở hồ sơ ở máy đã quét, rồi đồng bộ máy đó.",
    "file-damaged": "Tệp đến máy chủ không đúng bản gốc nên bị bỏ; hãy đồng bộ để gửi lại từ đầu.",
    "file-too-long": "Tệp gửi lên dài hơn tệp đã ghi trong hồ sơ nên bị từ chối; hãy quét lại.",
    "file-later": "Máy chủ chưa cất được tệp lúc này; tệp còn ở máy này, hãy để máy tự gửi lại sau.",
    "file-stands-still": "Máy chủ không nhận thêm phần nào của tệp; tệp còn ở máy này, hãy đồng bộ lại.",
    "wipe-pages-wait": "Hồ sơ {code} còn {n} trang quét chưa lưu; hãy lưu hay bỏ (Ctrl+Shift+Q) rồi xóa kho.",
    "wipe-file-broken": "Hồ sơ {code} có tệp quét hỏng mà máy chủ chưa có; hãy quét lại, gỡ tệp ấy rồi xóa.",
}


def paper_name(paper: Paper) -> str:
    """A component by number and name; the result by its name."""
    if paper.number == RESULT:
        return _NAMES.say("result", name=paper.name)
    return _NAMES.say("paper", number=paper.number, name=paper.name)
