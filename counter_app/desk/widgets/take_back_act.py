"""The act of a dossier's story that takes back what was entered by mistake: an end, or a sum of money."""

from __future__ import annotations

from typing import Final

from counter_app.desk.widgets.ending_acts import REASON
from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP
from counter_app.desk.widgets.story_act import Ask, Doing, StoryAct, said
from counter_app.domain.citizen import Warning
from counter_app.domain.dossier import Dossier
from counter_app.domain.ends import require_takeable
from counter_app.domain.entry import Entry
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.lifecycle import State
from counter_app.domain.taken_back import ENDS
from counter_app.domain.zone import VIETNAM
from counter_app.services import taking_back
from counter_app.words import dates
from counter_app.words.errors import sentence
from counter_app.words.language import capital
from counter_app.words.states import STATES
from counter_app.words.story import tell

_SUMS: Final = {
    "paid": QT_TRANSLATE_NOOP("StoryActs", "Khoản thu {amount}"),
    "refunded": QT_TRANSLATE_NOOP("StoryActs", "Khoản hoàn {amount}"),
    "payment_requested": QT_TRANSLATE_NOOP("StoryActs", "Yêu cầu nộp {amount}"),
}
_ONE: Final = QT_TRANSLATE_NOOP("StoryActs", "Sẽ rút lại: {act}")
_NOTHING: Final = QT_TRANSLATE_NOOP(
    "StoryActs", "Hồ sơ này chưa ghi khoản tiền hay việc kết thúc nào để rút lại."
)
_MOST: Final = 9  # a key for each


def _offers(dossier: Dossier) -> list[Entry]:
    return taking_back.offers(dossier)[:_MOST]


def _choices(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    return tuple((str(entry.ref), _short(entry)) for entry in _offers(dossier))


def _short(entry: Entry) -> str:
    if entry.name in ENDS:
        words = capital(STATES.say(State(entry.writes["state"])))
    else:
        amount = dates.money((entry.payload or {})["amount"])
        words = said(_SUMS[entry.name]).format(amount=amount)
    return f"{words}, {dates.brief(entry.happened_at.astimezone(VIETNAM))}"


def _given(dossier: Dossier) -> str:
    """All that there is; of several the officer says which."""
    there = _offers(dossier)
    return str(there[0].ref) if len(there) == 1 else ""


def _sentences(dossier: Dossier) -> str:
    told = [capital(tell(entry)) for entry in _offers(dossier)]
    if len(told) == 1:
        return said(_ONE).format(act=told[0])
    return "\n".join(f"{number}. {words}" for number, words in enumerate(told, start=1))


def _why_not(dossier: Dossier) -> str:
    try:
        require_takeable(dossier)
    except NotAllowed as refused:
        if refused.why == "result-handed-over":
            return sentence(refused)
    return said(_NOTHING)


def _take_back(doing: Doing) -> list[Warning]:
    if not doing["mistaken"]:
        raise BadInput("empty", field="mistaken")
    return taking_back.take_back(*doing.here, doing["reason"], event=doing["mistaken"])


TAKE_BACK: Final = StoryAct(
    "voided",
    QT_TRANSLATE_NOOP("StoryActs", "Rút lại việc ghi nhầm"),
    "Ctrl+Shift+Z",
    (
        Ask(
            "mistaken",
            QT_TRANSLATE_NOOP("StoryActs", "Việc nào ghi nhầm"),
            given=_given,
            choices_of=_choices,
        ),
        REASON,
    ),
    _take_back,
    QT_TRANSLATE_NOOP("StoryActs", "Đã rút lại; việc ghi nhầm vẫn còn trong hồ sơ."),
    lambda dossier: bool(taking_back.offers(dossier)),
    warns=lambda dossier, late: _sentences(dossier),
    why_not=_why_not,
)
