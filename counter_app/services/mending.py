"""What was wrong is put right: fields corrected, an entry that was a mistake voided, conflicts settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from counter_app.domain import charges, clock
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.events import Ref
from counter_app.domain.lifecycle import OPEN, State
from counter_app.domain.names import clean_line
from counter_app.domain.people import Party
from counter_app.domain.promise import typed_promise
from counter_app.domain.rights import Right
from counter_app.services.acting import Act, acting, needed
from counter_app.services.entry import LONGEST_NOTE
from counter_app.services.office import Office, Session

_TYPED: Final = frozenset({"due", "return_by", "note", "sets"})  # corrected from text, beside people's fields


def correct(office: Office, session: Session, code: str, changes: Mapping[str, str], reason: str) -> None:
    """Sets fields to what they should have been; the earlier values stay in the story.

    `changes` is text by field name, such as "applicant.phone" or "due". A date is corrected by who may give a
    new one, while it lies ahead: one that has passed is moved beside an apology alone (NĐ 61/2018).
    Raises BadInput with the field, NotAllowed("state-forbids" | "due-past"), NotPermitted.
    """
    if not changes:
        raise BadInput("empty", field="field")
    if "due" in changes:
        session.require(Right.EXTEND)
    with acting(office, session, code, "corrected") as act:
        values = _corrections(act, changes, reason)
        act.write("corrected", set=values, reason=needed(reason, "reason"))


def _corrections(act: Act, changes: Mapping[str, str], reason: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for role in ("applicant", "submitter"):
        changed = {name[len(role) + 1 :]: v for name, v in changes.items() if name.startswith(role + ".")}
        if changed:
            party = Party.from_fields({**act.dossier.party(role), **changed}, role, today=act.at.date())
            read = party.to_fields()
            values |= {f"{role}.{name}": read.get(name) for name in changed}
    for name, text in changes.items():
        if name in values:
            continue
        if name not in _TYPED:
            raise BadInput("not-correctable", field=name)
        values[name] = _corrected(act, name, clean_line(text), reason)
    return values


def _corrected(act: Act, name: str, text: str, reason: str) -> Any:
    if name == "due":
        if act.dossier.acts_as not in OPEN:
            raise NotAllowed("state-forbids", act="corrected", state=act.dossier.acts_as.value)
        if clock.past_due(act.dossier, act.at):
            raise NotAllowed("due-past", code=act.dossier.code)
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise BadInput("not-a-day", field=name, value=text) from error
        received = act.dossier.received_at or act.at
        return typed_promise(day, received, act.calendar, needed(reason, "reason")).due.isoformat()
    if name == "sets":
        if not text.isdecimal() or not 1 <= int(text) <= 99:
            raise BadInput("not-a-whole-number", field=name, value=text)
        return int(text)
    if name == "note" and len(text) > LONGEST_NOTE:
        raise BadInput("too-long", field=name, value=text, limit=LONGEST_NOTE)
    if name == "return_by" and text not in ("counter", "home", "post"):
        raise BadInput("not-one-of", field=name, value=text, choices="counter, home, post")
    return text


def void(office: Office, session: Session, code: str, reason: str) -> None:
    """The entry was a mistake: its number stays explained for ever, the dossier counts no more."""
    with acting(office, session, code, "voided") as act:
        act.write("voided", set={"state": State.VOIDED.value}, reason=needed(reason, "reason"))


def resolve(office: Office, session: Session, code: str, keep: str, field: str = "") -> list[str]:
    """Settles every conflict that the event `keep` is a side of, in its favour; the fields settled.

    With `field`, that one alone: two acts that differ in several fields may each be right in some, and an act
    that wrote other fields too is not marked as mistaken. `keep` is the event's name, or a beginning that no
    other side has. Raises NotFound("no-such-event"), NotAllowed("nothing-to-resolve") where it is a side of
    none, NotAllowed("event-of-several").
    """
    with acting(office, session, code, "resolved") as act:
        ref = _kept(act.dossier, code, keep)
        values: dict[str, Any] = {}
        over: set[str] = set()
        fields = []
        for conflict in act.dossier.conflicts:
            kept = [side for side in conflict.sides if side.event == ref]
            if not kept or field not in ("", conflict.field):
                continue
            fields.append(conflict.field)
            others = {side.event for side in conflict.sides if side.event != ref}
            over |= {str(other) for other in others if not field or _wrote_only(act.dossier, other, field)}
            if conflict.field not in charges.OF_MONEY:
                values[conflict.field] = kept[-1].value
        if not fields:
            raise NotAllowed("nothing-to-resolve", code=code, event=keep)
        act.pen.append(
            "resolved",
            act.dossier.id,
            {"set": values, "keep": [str(ref)], "over": sorted(over), "at": act.at.isoformat()},
            act.officer,
        )
    return fields


def _wrote_only(dossier: Dossier, event: Ref, field: str) -> bool:
    entry = dossier.entry(event)
    return entry is not None and entry.payload is not None and set(entry.payload.get("set", ())) == {field}


def _kept(dossier: Dossier, code: str, named: str) -> Ref:
    wanted = needed(named, "keep").lower()
    sides = dict.fromkeys(side.event for conflict in dossier.conflicts for side in conflict.sides)
    begin_so = [ref for ref in sides if str(ref).startswith(wanted)]
    # Log and place are a whole name, though they also begin that of a later place: log:1 and log:12.
    whole = [e.ref for e in dossier.entries if wanted in (str(e.ref), str(e.ref).rpartition(":")[0])]
    if len(whole) == 1:
        begin_so = [ref for ref in whole if ref in sides]
    if len(begin_so) > 1:
        raise NotAllowed("event-of-several", event=named, events=[str(ref) for ref in begin_so])
    if begin_so:
        return begin_so[0]
    if any(str(entry.ref).startswith(wanted) for entry in dossier.entries):
        raise NotAllowed("nothing-to-resolve", code=code, event=named)
    raise NotFound("no-such-event", event=named)
