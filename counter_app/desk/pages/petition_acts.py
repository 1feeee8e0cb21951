"""The acts on a petition as the page Phản ánh offers them: a key each, and what each asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP
from counter_app.domain.petitions import STEPS, Petition, Stage


@dataclass(frozen=True)
class Act:
    """An act on a petition: its key, its button's words, what is asked, and a second line where one is."""

    name: str
    key: str
    words: str
    asks: str
    also: str = ""


NEXT: Final = "Ctrl+Return"
ACTS: Final = (
    Act(
        "answer",
        NEXT,
        QT_TRANSLATE_NOOP("Petitions", "Trả lời"),
        QT_TRANSLATE_NOOP("Petitions", "Câu trả lời"),
        QT_TRANSLATE_NOOP("Petitions", "Ai trả lời (để trống: người đang làm)"),
    ),
    Act(
        "supply",
        NEXT,
        QT_TRANSLATE_NOOP("Petitions", "Đã nhận bổ sung"),
        QT_TRANSLATE_NOOP("Petitions", "Người gửi bổ sung điều gì"),
    ),
    Act(
        "publish",
        NEXT,
        QT_TRANSLATE_NOOP("Petitions", "Đã công khai"),
        QT_TRANSLATE_NOOP("Petitions", "Công khai ở đâu"),
    ),
    Act(
        "ask",
        "Ctrl+B",
        QT_TRANSLATE_NOOP("Petitions", "Yêu cầu bổ sung"),
        QT_TRANSLATE_NOOP("Petitions", "Cần bổ sung điều gì (cách nhau bằng dấu ;)"),
    ),
    Act(
        "assign",
        "Ctrl+G",
        QT_TRANSLATE_NOOP("Petitions", "Giao giải quyết"),
        QT_TRANSLATE_NOOP("Petitions", "Ai xem xét"),
    ),
    Act(
        "refuse",
        "Ctrl+Shift+T",
        QT_TRANSLATE_NOOP("Petitions", "Từ chối"),
        QT_TRANSLATE_NOOP("Petitions", "Lý do không tiếp nhận xử lý"),
    ),
    Act(
        "void",
        "Ctrl+Shift+H",
        QT_TRANSLATE_NOOP("Petitions", "Hủy vì nhập nhầm"),
        QT_TRANSLATE_NOOP("Petitions", "Vì sao hủy"),
    ),
)
_KINDS: Final = {
    "answer": "petition_answered",
    "supply": "petition_supplied",
    "publish": "petition_published",
    "ask": "petition_asked",
    "assign": "petition_assigned",
    "refuse": "petition_refused",
    "void": "petition_voided",
}
NEW: Final = "new"


def allowed(petition: Petition | None) -> list[Act]:
    """The acts that the petition's stage allows; a petition waits for its supplement before its answer."""
    if petition is None or petition.reception is None:
        return []
    able = [act for act in ACTS if petition.stage in STEPS[_KINDS[act.name]]]
    if petition.stage is Stage.ASKED:
        able = [act for act in able if act.name != "answer"]
    return able
