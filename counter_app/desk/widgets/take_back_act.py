"""The act of a dossier's story that takes back what was entered by mistake: an end, or a sum of money."""

from __future__ import annotations

from typing import Final

from counter_app.desk.widgets.ending_acts import REASON
from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP
from counter_app.desk.widgets.story_act import Ask, StoryAct, said
from counter_app.domain.dossier import Dossier
from counter_app.domain.ends import What
from counter_app.services import taking_back
from counter_app.words.language import capital
from counter_app.words.states import STATES
from counter_app.words.story import tell

_MONEY: Final = QT_TRANSLATE_NOOP("StoryActs", "Khoản phí ghi sau cùng")


def _offered(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    found = taking_back.offers(dossier)
    words = {What.END: capital(STATES.say(dossier.state)), What.MONEY: said(_MONEY)}
    return tuple((what.value, words[what]) for what in found)


def _sentences(dossier: Dossier) -> str:
    return " ".join(capital(tell(entry)) for entry in taking_back.offers(dossier).values())


TAKE_BACK: Final = StoryAct(
    "voided",
    QT_TRANSLATE_NOOP("StoryActs", "Rút lại việc ghi nhầm"),
    "Ctrl+Shift+Z",
    (
        Ask(
            "what",
            QT_TRANSLATE_NOOP("StoryActs", "Việc nào ghi nhầm"),
            given=lambda dossier: next(iter(taking_back.offers(dossier)), What.END).value,
            choices_of=_offered,
        ),
        REASON,
    ),
    lambda doing: taking_back.take_back(*doing.here, doing["reason"], what=What(doing["what"])),
    QT_TRANSLATE_NOOP("StoryActs", "Đã rút lại; việc ghi nhầm vẫn còn trong hồ sơ."),
    lambda dossier: bool(taking_back.offers(dossier)),
    warns=lambda dossier, late: _sentences(dossier),
)
