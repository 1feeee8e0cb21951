"""What was entered of money by mistake is taken back: it stays in the story, marked, and counts no more."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from counter_app.domain.citizen import Warning
from counter_app.domain.errors import NotAllowed
from counter_app.domain.fold import Dossier, Entry
from counter_app.domain.lifecycle import State
from counter_app.domain.payments import Method, method_of
from counter_app.domain.rights import of_act
from counter_app.domain.zone import VIETNAM
from counter_app.services.acting import acting, needed
from counter_app.services.money import ended
from counter_app.services.office import Office, Session

_KINDS: Final = ("payment_requested", "paid", "refunded")
_MOVED: Final = ("state", "due", "promise")


def last_of_money(dossier: Dossier) -> Entry | None:
    """The last charge, payment or refund that counts and that an officer entered: a bank's word stands."""
    found = None
    for entry in dossier.entries:
        said = entry.payload or {}
        if entry.name in _KINDS and entry.counts and said["amount"] > 0 and not said.get("statement"):
            found = entry
    return found


def take_back(
    office: Office, session: Session, code: str, reason: str, at: datetime | None = None
) -> list[Warning]:
    """The last entry of money was a mistake; what it did to state and date is undone where nothing followed.

    Gives what is to be looked at again, as where its day is closed. Raises NotAllowed("no-money-entered").
    """
    with acting(office, session, code, "refunded", at) as act:
        mistaken = last_of_money(act.dossier)
        if mistaken is None:
            raise NotAllowed("no-money-entered", code=act.dossier.code)
        session.require(of_act(mistaken.name))
        why = needed(reason, "reason")
        act.write("voided", set=_before(act.dossier, mistaken), events=[str(mistaken.ref)], reason=why)
        day = mistaken.happened_at.astimezone(VIETNAM).date()
        is_money = mistaken.name != "payment_requested"
        return ended(act.pen, day, method_of(mistaken.payload) if is_money else Method.PORTAL)


def _before(dossier: Dossier, mistaken: Entry) -> dict[str, Any]:
    """What stood before; nothing where a later act led the dossier on."""
    later = dossier.entries[dossier.entries.index(mistaken) + 1 :]
    if dossier.state is State.VOIDED or any("state" in entry.writes for entry in later if entry.counts):
        return {}
    return {name: dossier.before(mistaken.ref, name) for name in _MOVED if name in mistaken.writes}
