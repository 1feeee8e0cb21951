"""The acts of a dossier's story that end the work without what was asked for."""

from __future__ import annotations

from typing import Final

from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP
from counter_app.desk.widgets.story_act import Ask, Doing, StoryAct, read_day
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import NotAllowed
from counter_app.domain.hops import given_by_mistake
from counter_app.domain.lifecycle import ENDED, OPEN, PAUSED, StopCause
from counter_app.services import acts, erasing, mending, passing
from counter_app.services.acting import needed
from counter_app.services.erasing import Ruling
from counter_app.services.lookup import id_text
from counter_app.words.erasing import goes

REASON: Final = Ask("reason", QT_TRANSLATE_NOOP("StoryActs", "Lý do"))


def _cause(dossier: Dossier) -> StopCause | None:
    """In the window a stop is the applicant's wish, unless he took the dossier back before."""
    return StopCause.REQUESTED if dossier.state in OPEN else None


def _erase(doing: Doing) -> None:
    dated = read_day(doing["dated"], doing.today, "dated", past=True)
    under = Ruling(doing["act_of_law"], dated, needed(doing["decided_by"], "decided_by"), doing["reason"])
    office, session, named = doing.here
    erasing.erase(office, session, named, under, doing["confirm"])


def _given_untaken(dossier: Dossier) -> bool:
    try:
        return bool(given_by_mistake(dossier))
    except NotAllowed:
        return False


ENDING: Final = (
    StoryAct(
        "finished",
        QT_TRANSLATE_NOOP("StoryActs", "Kết quả không đồng ý"),
        "Ctrl+Shift+A",
        (
            Ask("result", QT_TRANSLATE_NOOP("StoryActs", "Văn bản trả lời (không bắt buộc)")),
            REASON,
        ),
        lambda doing: acts.finish(*doing.here, doing["result"], negative=True, reason=doing["reason"]),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: có kết quả không đồng ý, chờ trả."),
    ),
    StoryAct(
        "stopped",
        QT_TRANSLATE_NOOP("StoryActs", "Dừng giải quyết"),
        "Ctrl+Shift+D",
        (REASON,),
        lambda doing: acts.stop(*doing.here, doing["reason"], cause=_cause(doing.dossier)),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: dừng giải quyết."),
    ),
    StoryAct(
        "stopped",
        QT_TRANSLATE_NOOP("StoryActs", "Không nộp thì dừng"),
        "Ctrl+Shift+V",
        (REASON,),
        lambda doing: acts.stop(*doing.here, doing["reason"], cause=StopCause.UNANSWERED),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: dừng giải quyết vì không nộp đủ."),
        lambda dossier: dossier.state in PAUSED,
    ),
    StoryAct(
        "withdrawn",
        QT_TRANSLATE_NOOP("StoryActs", "Cho rút hồ sơ"),
        "Ctrl+Shift+R",
        (REASON,),
        lambda doing: acts.withdraw(*doing.here, doing["reason"]),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: người nộp rút hồ sơ."),
    ),
    StoryAct(
        "refused",
        QT_TRANSLATE_NOOP("StoryActs", "Từ chối nhận"),
        "Ctrl+Shift+T",
        (REASON,),
        lambda doing: acts.refuse(*doing.here, doing["reason"]),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: từ chối tiếp nhận."),
    ),
    StoryAct(
        "voided",
        QT_TRANSLATE_NOOP("StoryActs", "Hủy nhập nhầm"),
        "Ctrl+Shift+H",
        (REASON,),
        lambda doing: mending.void(*doing.here, doing["reason"]),
        QT_TRANSLATE_NOOP("StoryActs", "Đã hủy; số hồ sơ này không dùng lại."),
    ),
    StoryAct(
        "voided",
        QT_TRANSLATE_NOOP("StoryActs", "Rút lại lần giao"),
        "Ctrl+Shift+S",
        (REASON,),
        lambda doing: passing.take_back(
            doing.office, doing.session, [id_text(doing.dossier.id)], doing["reason"]
        ),
        QT_TRANSLATE_NOOP("StoryActs", "Đã rút lại lần giao nhầm."),
        _given_untaken,
    ),
    StoryAct(
        "erased",
        QT_TRANSLATE_NOOP("StoryActs", "Xóa nội dung"),
        "Ctrl+Shift+Del",
        (
            Ask(
                "act_of_law",
                QT_TRANSLATE_NOOP("StoryActs", "Văn bản quyết định, số"),
                "Quyết định 12/QĐ-UBND",
            ),
            Ask("dated", QT_TRANSLATE_NOOP("StoryActs", "Ngày của văn bản"), "20/11/2026"),
            Ask("decided_by", QT_TRANSLATE_NOOP("StoryActs", "Ai quyết định"), "Chủ tịch UBND xã"),
            REASON,
            Ask(
                "confirm",
                QT_TRANSLATE_NOOP("StoryActs", "Gõ lại mã hồ sơ để xác nhận"),
                fresh=True,
            ),
        ),
        _erase,
        QT_TRANSLATE_NOOP("StoryActs", "Đã xóa nội dung hồ sơ; các máy khác và máy chủ xóa khi đồng bộ."),
        lambda dossier: dossier.state in ENDED,
        go=QT_TRANSLATE_NOOP("StoryActs", "Xóa hẳn"),
        warns=lambda dossier, late: goes(dossier),
    ),
)
