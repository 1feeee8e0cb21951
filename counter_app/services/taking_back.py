"""What was entered by mistake is taken back: it stays in the story, marked, and counts no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from counter_app.domain.citizen import Warning
from counter_app.domain.dossier import Dossier
from counter_app.domain.ends import What, payload, require_takeable, settled_for, standing
from counter_app.domain.entry import Entry
from counter_app.domain.errors import NotAllowed, NotFound, NotPermitted
from counter_app.domain.lifecycle import State
from counter_app.domain.names import clean_line
from counter_app.domain.payments import Method, method_of
from counter_app.domain.rights import Right, of_act, who_may
from counter_app.domain.taken_back import undone
from counter_app.domain.zone import VIETNAM
from counter_app.services.acting import Act, acting, needed
from counter_app.services.money import ended
from counter_app.services.office import Office, Session, commune_in

_MONEY: Final = ("payment_requested", "paid", "refunded")
_MOVED: Final = ("state", "due", "promise")


def sums(dossier: Dossier) -> list[Entry]:
    """What officers entered of money and may take back, the last first: a bank's word stands.

    A charge only while nothing was paid on it, and a payment only while it was not given back: that comes
    first.
    """
    found = [
        entry
        for entry in dossier.entries
        if entry.name in _MONEY and entry.counts and entry.payload and entry.payload["amount"] > 0
    ]
    return [entry for entry in reversed(found) if _may_go(dossier, entry, entry is found[-1])]


def _may_go(dossier: Dossier, entry: Entry, last: bool) -> bool:
    said = entry.payload or {}
    if said.get("statement"):
        return False
    if entry.name == "paid":
        return bool(dossier.paid >= said["amount"])
    return last or entry.name == "refunded"


def offers(dossier: Dossier) -> list[Entry]:
    """What can be taken back, the last that was entered first: the end by which it stands, and sums."""
    try:
        found = [require_takeable(dossier)[-1]]
    except NotAllowed:
        found = []
    found += sums(dossier)
    return sorted(found, key=lambda entry: -dossier.entries.index(entry))


def take_back(
    office: Office,
    session: Session,
    code: str,
    reason: str,
    at: datetime | None = None,
    *,
    what: What | None = None,
    event: str = "",
) -> list[Warning]:
    """An entry was a mistake, `what` of the dossier, of money the last one; or the one that `event` names, by
    a beginning that no other has. What it did is undone.

    Gives what is to be looked at again, as where its day is closed. Raises NotAllowed("no-money-entered" |
    "no-end-entered" | "result-handed-over"), NotFound("no-such-event"), NotPermitted, and where neither is
    said and there are both, NotAllowed("end-or-money").
    """
    with acting(office, session, code, "refunded", at) as act:
        chosen = _chosen(act.dossier, what, clean_line(event).lower())
        if chosen is not None and chosen.name in _MONEY:
            return _of_money(act, session, chosen, reason)
        return _of_end(act, session, reason)


def _chosen(dossier: Dossier, what: What | None, event: str) -> Entry | None:
    """None for the end, whether or not there is one."""
    there = offers(dossier)
    if event:
        named = [entry for entry in there if str(entry.ref).startswith(event)]
        if len(named) != 1:
            raise NotFound("no-such-event", event=event)
        return named[0]
    money = [entry for entry in there if entry.name in _MONEY]
    if what is None and 0 < len(money) < len(there):
        raise NotAllowed("end-or-money", code=dossier.code, state=dossier.state.value)
    if what is What.MONEY and not money:
        raise NotAllowed("no-money-entered", code=dossier.code)
    return None if what is What.END else next(iter(money), None)


def _of_money(act: Act, session: Session, mistaken: Entry, reason: str) -> list[Warning]:
    session.require(of_act(mistaken.name))
    why = needed(reason, "reason")
    act.write("voided", set=_before(act.dossier, mistaken), events=[str(mistaken.ref)], reason=why)
    day = mistaken.happened_at.astimezone(VIETNAM).date()
    is_money = mistaken.name != "payment_requested"
    return ended(act.pen, day, method_of(mistaken.payload) if is_money else Method.PORTAL)


def _before(dossier: Dossier, mistaken: Entry) -> dict[str, Any]:
    """What stood before; nothing where a later act led the dossier on, or where the rest pays the charge."""
    moved = _moved_by(dossier, mistaken)
    if moved is None or dossier.state is State.VOIDED:
        return {}
    never = undone(dossier.arranged, dossier.entries)
    later = range(dossier.entries.index(moved) + 1, len(dossier.entries))
    acts = [dossier.entries[place] for place in later if place not in never]
    if any("state" in entry.writes for entry in acts if entry.counts):
        return {}
    return {name: dossier.before(moved.ref, name) for name in _MOVED if name in moved.writes}


def _moved_by(dossier: Dossier, mistaken: Entry) -> Entry | None:
    """The act that what is taken back made the dossier go by: of a payment the one that ended the waiting."""
    if mistaken.name != "paid":
        return mistaken
    if not dossier.charged_without(mistaken.ref):
        return None
    later = dossier.entries[dossier.entries.index(mistaken) :]
    return next((entry for entry in later if entry.name == "paid" and entry.writes and entry.counts), None)


def _of_end(act: Act, session: Session, reason: str) -> list[Warning]:
    ends = require_takeable(act.dossier)
    session.require(right_to(act.dossier, ends))
    if _letters(act.dossier, ends) and not session.may(Right.SIGN):
        known = commune_in(act.pen.connection, act.pen.map)
        others = [
            end
            for end in ends
            if session.officer is None or known.who(end.event.header) != session.officer.id
        ]
        if others:
            facts = {"officer": known.name_of(others[0].event.header), "who": who_may(Right.SIGN)}
            raise NotPermitted("letter-of-another", **facts)
    act.write("voided", **payload(act.dossier, ends), reason=needed(reason, "reason"))
    return []


def right_to(dossier: Dossier, ends: Sequence[Entry] = ()) -> Right:
    """Who may enter an end may take it back; what a head has signed or settled only a head calls
    wrong: an end whose letter bears a digital signature, or in whose favour a dispute was settled.

    A letter that was printed is signed by pen, by who gives it (form 03 of TT 01/2018/TT-VPCP: who received
    the dossier): such an end is taken back by who entered it, or who may sign for the office.
    """
    ends = ends or standing(dossier)
    if any(one.get("signed_by") for one in _letters(dossier, ends)):
        return Right.SIGN
    return Right.SETTLE if settled_for(dossier, ends) else of_act(ends[-1].name)


def _letters(dossier: Dossier, ends: Sequence[Entry]) -> list[Mapping[str, Any]]:
    """What is said of each paper that was printed about one of these."""
    about = {str(end.ref) for end in ends}
    said = (entry.payload for entry in dossier.prints if entry.counts)
    return [one for one in said if one and one.get("about") in about]
