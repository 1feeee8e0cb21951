"""What the district issues to the communes, in words; why a text is not issued, or cannot be read here."""

from __future__ import annotations

from typing import Final

from counter_app.domain.hlc import moment
from counter_app.domain.issued import Issue
from counter_app.domain.zone import VIETNAM
from counter_app.words import dates
from counter_app.words.language import Words

ORDERS = Words(
    {
        "machine-locked": "Quầy này bị máy chủ khóa[, lý do: {reason}]; hãy hỏi nơi quản lý máy chủ, "
        "hoặc mở bằng phiếu khôi phục.",
        "not-locked-here": "Quầy này không bị khóa; không cần mở.",
        "machine-not-entered": "Máy số {device} chưa ghi danh nên chưa nhận lệnh được; hãy ghi danh trước.",
        "machine-not-locked": "Máy số {device} không bị khóa; không cần mở.",
        "machine-locked-already": "Máy số {device} đã bị khóa từ trước, không cần làm lại.",
    }
)
NOT_ISSUED = Words(
    {
        "no-communes": "Máy chủ chưa có xã nào; hãy thêm xã trước: commune add MÃ TÊN.",
        "no-such-notice": "Không có thông báo mã {id}; hãy xem lại mã trong danh sách thông báo.",
        "version-not-newer": "Bản {version} không mới hơn bản {highest} đã ban hành; hãy ghi số lớn hơn.",
        "issue-too-long": "Tệp {path} dài quá {most} KB nên chưa ban hành được; hãy bỏ bớt phần thừa.",
    }
)
_UNREADABLE = Words(
    {
        "catalogue": "Danh mục thủ tục mới (bản {version}) cần phần mềm mới hơn để đọc; "
        "vẫn dùng danh mục đang có, hãy cập nhật phần mềm.",
        "calendar": "Lịch nghỉ mới của năm {name} (bản {version}) cần phần mềm mới hơn để đọc; "
        "vẫn dùng lịch đang có, hãy cập nhật phần mềm.",
        "fees": "Bảng phí mới (bản {version}) cần phần mềm mới hơn để đọc; "
        "vẫn thu như trước, hãy cập nhật phần mềm.",
        "template": "Mẫu giấy mới {name} (bản {version}) cần phần mềm mới hơn để đọc; "
        "vẫn in theo mẫu đang có, hãy cập nhật phần mềm.",
    }
)
_NOTICE = Words({"head": "Thông báo ngày {day}[ – {title}]:"})
_LINES: Final = 3
_LETTERS: Final = 280


def head(notice: Issue) -> str:
    """`Thông báo ngày 20/11/2026 – Nghỉ bão:`."""
    day = dates.day(moment(notice.at).astimezone(VIETNAM).date())
    return _NOTICE.say("head", day=day, title=notice.title)


def beginning(text: str) -> str:
    """As much of a notice as stands over a list; the same text where that is all of it."""
    short = "\n".join(text.split("\n")[:_LINES])
    if len(short) > _LETTERS:
        short = short[:_LETTERS].rsplit(" ", 1)[0]
    return text if short == text else short.rstrip(" .") + "…"


def unreadable(issue: Issue) -> str:
    """Why what was issued is not in force here, and what to do."""
    return _UNREADABLE.say(issue.what, name=issue.name, version=issue.version)
