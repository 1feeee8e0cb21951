"""Calling the citizen and hurrying whoever holds the dossier, as acts of its story."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP
from counter_app.desk.widgets.story_act import Ask, Doing, StoryAct, read_day
from counter_app.domain.dossier import Dossier
from counter_app.domain.lifecycle import OPEN, RUNNING, State
from counter_app.domain.names import clean_line
from counter_app.services import calls
from counter_app.services.calls import Outcome

_A_DAY: Final = re.compile(r"(?:ngày\s+)?(\d{1,2}/\d{1,2}(?:/\d{4})?)\b[,;:\s]*", re.IGNORECASE)
_WITH_DAY: Final = (Outcome.COMING, Outcome.AGAIN)

OUTCOMES: Final = (
    (Outcome.COMING, QT_TRANSLATE_NOOP("StoryActs", "Gọi được, sẽ đến")),
    (Outcome.NO_ANSWER, QT_TRANSLATE_NOOP("StoryActs", "Không nghe máy")),
    (Outcome.WRONG_NUMBER, QT_TRANSLATE_NOOP("StoryActs", "Nhầm số")),
    (Outcome.TOLD, QT_TRANSLATE_NOOP("StoryActs", "Đã nhắn người nhà, trưởng thôn")),
    (Outcome.AGAIN, QT_TRANSLATE_NOOP("StoryActs", "Hẹn gọi lại")),
)
"""What came of a call, in the order of the keys 1 to 5."""


def split_day(text: str, today: date) -> tuple[date | None, str]:
    """The day that the text begins with, and the rest: "28/4 buổi sáng". Raises BadInput("not-a-day")."""
    words = clean_line(text)
    found = _A_DAY.match(words)
    if found is None:
        return None, words
    return read_day(found[1], today, "on"), words[found.end() :]


def _holder(dossier: Dossier) -> str:
    return str(dossier.values.get("holder", ""))


def _record(doing: Doing) -> None:
    outcome, more = doing["outcome"], doing["more"]
    if outcome in _WITH_DAY:
        on, note = split_day(more, doing.today)
        calls.record(*doing.here, outcome, on=on, note=note)
    elif outcome == Outcome.TOLD:
        calls.record(*doing.here, outcome, to=more)
    else:
        calls.record(*doing.here, outcome, note=more)


CALL: Final = StoryAct(
    "called",
    QT_TRANSLATE_NOOP("StoryActs", "Ghi cuộc gọi"),
    "Ctrl+E",
    (
        Ask("outcome", QT_TRANSLATE_NOOP("StoryActs", "Gọi người dân thế nào"), choices=OUTCOMES),
        Ask(
            "more",
            QT_TRANSLATE_NOOP("StoryActs", "Ghi chú (không bắt buộc)"),
            holds=("on", "to", "note"),
            named_by={
                Outcome.COMING: QT_TRANSLATE_NOOP("StoryActs", "Sẽ đến ngày nào, ghi chú (không bắt buộc)"),
                Outcome.WRONG_NUMBER: QT_TRANSLATE_NOOP("StoryActs", "Ghi chú (số đúng thì sửa bằng Ctrl+S)"),
                Outcome.TOLD: QT_TRANSLATE_NOOP("StoryActs", "Đã nhắn ai (không bắt buộc)"),
                Outcome.AGAIN: QT_TRANSLATE_NOOP("StoryActs", "Gọi lại ngày nào (không bắt buộc)"),
            },
        ),
    ),
    _record,
    QT_TRANSLATE_NOOP("StoryActs", "Đã ghi cuộc gọi."),
    lambda dossier: dossier.state in OPEN | {State.FINISHED},
)
REMIND: Final = StoryAct(
    "noted",
    QT_TRANSLATE_NOOP("StoryActs", "Nhắc người giữ"),
    "Ctrl+Q",
    (
        Ask("to", QT_TRANSLATE_NOOP("StoryActs", "Nhắc ai"), given=_holder),
        Ask(
            "text",
            QT_TRANSLATE_NOOP("StoryActs", "Trả lời thế nào"),
            QT_TRANSLATE_NOOP("StoryActs", "chiều nay xong"),
        ),
    ),
    lambda doing: calls.remind(*doing.here, doing["to"], doing["text"]),
    QT_TRANSLATE_NOOP("StoryActs", "Đã ghi lời nhắc."),
    lambda dossier: dossier.state in RUNNING,
)
