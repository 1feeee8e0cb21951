"""What became of a paper, and how a printer stands, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.system.printing import Job, Stage, Trouble
from counter_app.words.language import Words

TROUBLES = Words(
    {
        Trouble.PAPER_OUT: "Máy in hết giấy; hãy cho giấy vào, máy sẽ tự in tiếp.",
        Trouble.JAMMED: "Kẹt giấy; hãy gỡ giấy kẹt ra, tờ nào rách thì in lại.",
        Trouble.OPEN: "Nắp máy in đang mở; hãy đóng lại, máy sẽ tự in tiếp.",
        Trouble.INK_OUT: "Máy in hết mực; hãy thay mực, máy sẽ tự in tiếp.",
        Trouble.OFFLINE: "Không thấy máy in; hãy bật máy in và xem dây nối, máy sẽ tự in tiếp.",
        Trouble.PAUSED: "Máy in đang tạm dừng; hãy cho máy in chạy tiếp.",
        Trouble.REMOVED: "Máy in đã bị gỡ khỏi máy tính; hãy chọn máy in khác trong Thiết lập rồi in lại.",
        Trouble.SILENT: "Phần in của máy tính không trả lời; hãy khởi động lại máy, rồi xem giấy đã ra chưa.",
        Trouble.CANCELLED: "Lệnh in đã bị hủy; hãy in lại.",
        Trouble.FAILED: "Máy in không in được giấy này; hãy in lại, hoặc chọn máy in khác trong Thiết lập.",
        Trouble.LOST: "Máy in không còn giữ giấy này; hãy xem giấy đã ra chưa, chưa ra thì in lại.",
    }
)
SHORT = Words(
    {
        Trouble.PAPER_OUT: "Máy in: hết giấy",
        Trouble.JAMMED: "Máy in: kẹt giấy",
        Trouble.OPEN: "Máy in: nắp đang mở",
        Trouble.INK_OUT: "Máy in: hết mực",
        Trouble.OFFLINE: "Máy in: không thấy",
        Trouble.PAUSED: "Máy in: đang tắt",
        Trouble.REMOVED: "Máy in: đã bị gỡ",
        Trouble.SILENT: "Máy in: không trả lời",
    }
)
# Said in no other language: a reason of these stands on the paper, which is Vietnamese.
WHY_AGAIN: Final[Mapping[str, str]] = {
    "spoiled": "bản in trước bị hỏng",
    "not-out": "bản in trước không ra giấy",
    "perhaps-not-out": "bản in trước có thể không ra giấy",
    Trouble.JAMMED: "bản in trước hỏng vì kẹt giấy",
    Trouble.INK_OUT: "bản in trước hỏng vì hết mực",
    Trouble.REMOVED: "bản in trước không ra giấy: máy in đã bị gỡ",
}
PAPER_WORDS = Words({"a5": "Giấy A5", "a4": "Giấy A4", "80mm": "Cuộn 80 mm"})
STOCK_WORDS = Words({"80mm": "Nhãn cuộn 80 mm", "a4": "Tờ A4 có 24 nhãn 70 × 37 mm"})
_STAGES = Words({"sent": "Đã gửi đi in.", "printed": "Đã in xong."})


def news_words(job: Job) -> str:
    """One sentence: sent, printed, or what is wrong and how to mend it."""
    if job.stage is Stage.PRINTED:
        return _STAGES.say("printed")
    return TROUBLES.say(job.trouble) if job.trouble else _STAGES.say("sent")


def why_again(job: Job | None, *, failed: bool = False) -> str:
    """The reason of a reprint, as far as the printer told it; `failed` where no job came to be."""
    if job is None:
        return WHY_AGAIN["not-out" if failed else "spoiled"]
    if job.stage is Stage.PRINTED or job.trouble is None:
        return WHY_AGAIN["spoiled"]
    return WHY_AGAIN.get(job.trouble, WHY_AGAIN["not-out"])
