"""Lives the sample month on an open store, through the same services as an officer does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from counter_app.services import acts, entry, mending, money, passing, reception, rules
from counter_app.services.office import Office, Session
from counter_app.services.passing import Passing
from counter_app.services.sample import month
from counter_app.services.sample.month import Accepted, Deed

Told = Callable[[int, int], object]  # how many of how many are done
_DOING: Final[Mapping[str, Callable[..., object]]] = {
    "finish": acts.finish,
    "return": acts.hand_back,
    "process": acts.process,
    "supplement": acts.ask_supplement,
    "resubmit": acts.resubmit,
    "extend": acts.extend,
    "stop": acts.stop,
    "withdraw": acts.withdraw,
    "refuse": acts.refuse,
    "correct": mending.correct,
    "void": mending.void,
    "pay": money.pay,
    "hand-over": lambda o, s, code, at, **how: passing.pass_on(o, s, [code], Passing(**how), at),
    "take-over": lambda o, s, code, **how: passing.take_over(o, s, [code], **how),
}
_NAMES: Final = {"need": "needs"}  # on the command line -> in the services


def live(office: Office, session: Session, told: Told, *, few: bool = True, seed: int = 2026) -> int:
    """Receives those of the month, or a few of them, and does what became of them; how many were received."""
    calendar, now = office.calendar(), office.now()
    lines = month.dossiers(calendar, now, seed, few=few)
    offered = rules.catalogue(office)
    accepted: list[Accepted] = []
    for line in lines:
        form = entry.read_form(line, offered, now)
        got = reception.receive(office, session, form, paper="a5")
        assert got.due is not None, "the month registers nothing for later"
        accepted.append(Accepted(got.code, got.received_at, got.due, line["applicant"]))
        told(len(accepted), len(lines))
    for chain in month.acts(accepted, calendar, office.now()):
        for deed in chain:
            _do(office, session, deed)
    return len(accepted)


def _do(office: Office, session: Session, deed: Deed) -> None:
    given: dict[str, Any] = {_NAMES.get(name, name): value for name, value in deed.given.items()}
    _DOING[deed.verb](office, session, deed.code, **given)
