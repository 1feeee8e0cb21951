"""What was entered by mistake is taken back: it stays in the story, marked, and counts no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from counter_app.domain.citizen import Warning
from counter_app.domain.dossier import Dossier
from counter_app.domain.ends import What, payload, require_takeable, settled_for, standing
from counter_app.domain.entry import Entry
from counter_app.domain.errors import NotAllowed
from counter_app.domain.lifecycle import State
from counter_app.domain.payments import Method, method_of
from counter_app.domain.rights import Right, of_act
from counter_app.domain.taken_back import undone
from counter_app.domain.zone import VIETNAM
from counter_app.services.acting import Act, acting, needed
from counter_app.services.money import ended
from counter_app.services.office import Office, Session

_MONEY: Final = ("payment_requested", "paid", "refunded")
_MOVED: Final = ("state", "due", "promise")


def last_of_money(dossier: Dossier) -> Entry | None:
    """The last charge, payment or refund that counts and that an officer entered: a bank's word stands."""
    found = None
    for entry in dossier.entries:
        said = entry.payload or {}
        if entry.name in _MONEY and entry.counts and said["amount"] > 0 and not said.get("statement"):
            found = entry
    return found


def offers(dossier: Dossier) -> dict[What, Entry]:
    """What can be taken back, the last that was entered first."""
    try:
        found = {What.END: require_takeable(dossier)[-1]}
    except NotAllowed:
        found = {}
    if (last := last_of_money(dossier)) is not None:
        found[What.MONEY] = last
    return dict(sorted(found.items(), key=lambda one: -dossier.entries.index(one[1])))


def take_back(
    office: Office,
    session: Session,
    code: str,
    reason: str,
    at: datetime | None = None,
    *,
    what: What | None = None,
) -> list[Warning]:
    """An entry was a mistake, `what` of the dossier; what it did is undone.

    Gives what is to be looked at again, as where its day is closed. Raises NotAllowed("no-money-entered" |
    "no-end-entered" | "result-handed-over"), NotPermitted, and where `what` is not said and there are both,
    NotAllowed("end-or-money").
    """
    with acting(office, session, code, "refunded", at) as act:
        there = offers(act.dossier)
        if what is None and len(there) > 1:
            raise NotAllowed("end-or-money", code=act.dossier.code, state=act.dossier.state.value)
        chosen = what or next(iter(there), What.END)
        return _of_money(act, session, reason) if chosen is What.MONEY else _of_end(act, session, reason)


def _of_money(act: Act, session: Session, reason: str) -> list[Warning]:
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
    never = undone(dossier.arranged, dossier.entries)
    later = range(dossier.entries.index(mistaken) + 1, len(dossier.entries))
    acts = [dossier.entries[place] for place in later if place not in never]
    if dossier.state is State.VOIDED or any("state" in entry.writes for entry in acts if entry.counts):
        return {}
    return {name: dossier.before(mistaken.ref, name) for name in _MOVED if name in mistaken.writes}


def _of_end(act: Act, session: Session, reason: str) -> list[Warning]:
    ends = require_takeable(act.dossier)
    session.require(right_to(act.dossier, ends))
    act.write("voided", **payload(act.dossier, ends), reason=needed(reason, "reason"))
    return []


def right_to(dossier: Dossier, ends: Sequence[Entry] = ()) -> Right:
    """Who may enter an end may take it back; what a head has signed or settled only a head calls
    wrong: an end whose letter bears a digital signature, or in whose favour a dispute was settled.
    """
    ends = ends or standing(dossier)
    about = {str(end.ref) for end in ends}
    said = [entry.payload for entry in dossier.prints if entry.payload]
    if any(one.get("signed_by") and one.get("about") in about for one in said):
        return Right.SIGN
    return Right.SETTLE if settled_for(dossier, ends) else of_act(ends[-1].name)
