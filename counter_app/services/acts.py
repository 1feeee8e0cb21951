"""Acts on a dossier after its reception: one act, one event, refused where the state forbids it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any, Final

from counter_app.domain import fold, hlc, lifecycle
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.citizen import Warning
from counter_app.domain.collecting import Collector
from counter_app.domain.errors import BadInput, Disputed, NotAllowed, NotFound
from counter_app.domain.events import Ref
from counter_app.domain.fold import Dossier
from counter_app.domain.lifecycle import State
from counter_app.domain.names import clean_line
from counter_app.domain.people import Party
from counter_app.domain.promise import Promise, typed_promise
from counter_app.domain.rights import of_act
from counter_app.domain.zone import VIETNAM
from counter_app.services.entry import LONGEST_NOTE
from counter_app.services.lookup import bearing, id_text
from counter_app.services.office import Office, Session, calendar_in
from counter_app.store import log
from counter_app.store.writer import Writer

_STOPS_ACTS: Final = frozenset({"state", "open", "return", "reception"})  # disputes to settle first
_WHATEVER_STANDS: Final = frozenset({"resolved", "called", "noted"})  # acts that no dispute stops
_TYPED: Final = frozenset({"due", "return_by", "note", "sets"})  # corrected from text, beside people's fields


class Act:
    """An act under way: the dossier as it stands, the time, and the pen that will write it."""

    def __init__(self, pen: Writer, dossier: Dossier, now: datetime, at: datetime, officer: str) -> None:
        self.pen, self.dossier, self.now, self.at, self.officer = pen, dossier, now, at, officer

    def write(self, kind: str, **payload: Any) -> None:
        given = {name: value for name, value in payload.items() if value not in (None, "", [])}
        self.pen.append(kind, self.dossier.id, {**given, "at": self.at.isoformat()}, self.officer)

    def pay(self, amount: int) -> None:
        """Money taken, in đồng; a dossier that waited for it goes on."""
        waited = self.dossier.state is State.WAITING_PAYMENT
        self.write("paid", amount=amount, **({"resumes": True} if waited else {}))

    @property
    def calendar(self) -> WorkCalendar:
        return calendar_in(self.pen.connection, self.pen.map)


def find_one(connection: Any, where: log.Map, code: str) -> Dossier:
    """The dossier of that code or id; raises NotFound("no-such-dossier"), NotAllowed("code-of-two")."""
    lines = bearing(connection, code)
    if not lines:
        raise NotFound("no-such-dossier", code=code)
    if len(lines) > 1:
        raise NotAllowed("code-of-two", code=code, ids=[id_text(bytes(line.dossier)) for line in lines])
    dossier = bytes(lines[0].dossier)
    return fold.fold(dossier, log.dossier_events(connection, dossier, where))


def begin(
    pen: Writer, dossier: Dossier, kind: str, now: datetime, officer: str, at: datetime | None = None
) -> Act:
    """One act of that kind, if the dossier as it stands allows it; raises NotAllowed, Disputed, BadInput."""
    named = dossier.code or id_text(dossier.id)
    if dossier.needs_update:
        raise NotAllowed("needs-newer-program", code=named)
    if kind not in _WHATEVER_STANDS and any(c.field in _STOPS_ACTS for c in dossier.conflicts):
        raise Disputed("settle-first", code=named)
    lifecycle.after(kind, dossier.state)
    return Act(pen, dossier, now, _at(dossier, at, now), officer)


class _Doing:
    """`with _Doing(office, session, code, kind, at) as act:` opens, checks, and commits one act."""

    def __init__(
        self,
        office: Office,
        session: Session,
        code: str,
        kind: str,
        at: datetime | None = None,
    ) -> None:
        self._officer = session.require(of_act(kind))
        self._writing = office.writing()
        self._code, self._kind, self._at = code, kind, at

    def __enter__(self) -> Act:
        pen, now = self._writing.__enter__()
        try:
            dossier = find_one(pen.connection, pen.map, self._code)
            return begin(pen, dossier, self._kind, now, self._officer, self._at)
        except BaseException as error:
            self._writing.__exit__(type(error), error, error.__traceback__)
            raise

    def __exit__(self, *error: Any) -> None:
        self._writing.__exit__(*error)


def acting(
    office: Office, session: Session, code: str, kind: str, at: datetime | None = None
) -> AbstractContextManager[Act]:
    """`with acting(…) as act:` for the acts of other modules: one act, checked and committed."""
    return _Doing(office, session, code, kind, at)


def _at(dossier: Dossier, at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return now.astimezone(VIETNAM)
    if at.tzinfo is None:
        raise BadInput("time-without-zone", field="at", value=at.isoformat())
    at = at.astimezone(VIETNAM).replace(microsecond=0)
    if at > now:
        raise BadInput("in-the-future", field="at", value=at.isoformat())
    last = _last_act(dossier)
    if last is not None and at < last:
        raise BadInput("before-last-act", field="at", value=at.isoformat(), last=last.isoformat())
    return at


def _last_act(dossier: Dossier) -> datetime | None:
    times = [
        datetime.fromisoformat(text)
        for entry in dossier.entries
        if entry.counts and entry.payload
        if (text := entry.payload.get("at") or entry.payload.get("received_at"))
    ]
    return max(times, default=None)


def process(
    office: Office, session: Session, code: str, step: str, holder: str = "", at: datetime | None = None
) -> None:
    """The dossier is being worked on: a step, and who holds it."""
    with _Doing(office, session, code, "step_taken", at) as act:
        act.write("step_taken", step=_needed(step, "step"), holder=clean_line(holder))


def ask_supplement(
    office: Office,
    session: Session,
    code: str,
    needs: list[str],
    reason: str = "",
    at: datetime | None = None,
) -> bool:
    """Asks once for all missing papers; True where it was asked before (it then counts as late, QĐ 766)."""
    wanted = [text for need in needs if (text := clean_line(need))]
    if not wanted:
        raise BadInput("empty", field="need")
    with _Doing(office, session, code, "supplement_requested", at) as act:
        again = act.dossier.supplements > 0
        act.write("supplement_requested", needs=wanted, reason=clean_line(reason))
    return again


def resubmit(office: Office, session: Session, code: str, at: datetime | None = None) -> None:
    """The missing papers came: the clock resumes with the days that were left."""
    with _Doing(office, session, code, "resubmitted", at) as act:
        asked = [e for e in act.dossier.entries if e.name == "supplement_requested" and e.payload]
        due, new = act.dossier.due, None
        if asked and due:
            said = (asked[-1].payload or {}).get("at")
            since = datetime.fromisoformat(said) if said else hlc.moment(asked[-1].event.header.hlc)
            new = resumed(due, since, act.at, act.calendar)
        act.write("resubmitted", due=new.isoformat() if new else None)


def resumed(due: datetime, paused: datetime, back: datetime, calendar: WorkCalendar) -> datetime:
    """The date with as many counting days left as there were when the clock stopped.

    The waiting for the citizen is subtracted (index 766); a resubmission on the day of the pause changes
    nothing.
    """
    left = sum(calendar.counts(day) for day in _days(paused.astimezone(VIETNAM).date(), due.date()))
    day = back.astimezone(VIETNAM).date()
    if left == 0 and (not calendar.counts(day) or back >= calendar.closing(day)):
        day = calendar.next_counting(day)
    for _ in range(left):
        day = calendar.next_counting(day)
    return max(due, datetime.combine(day, due.timetz()))


def _days(after: date, last: date) -> list[date]:
    return [after + timedelta(days=n) for n in range(1, (last - after).days + 1)]


def extend(
    office: Office, session: Session, code: str, until: date, reason: str, at: datetime | None = None
) -> None:
    """A new appointment; the first one stays on record, and lateness is measured by it."""
    with _Doing(office, session, code, "extended", at) as act:
        new = _typed(act, until, reason)
        if act.dossier.due and new.due <= act.dossier.due:
            raise BadInput(
                "not-later", field="until", value=until.isoformat(), due=act.dossier.due.isoformat()
            )
        act.write("extended", until=new.due.isoformat(), reason=new.reason, promise=new.to_fields())


def _typed(act: Act, day: date, reason: str) -> Promise:
    return typed_promise(day, act.now, act.calendar, _needed(reason, "reason"))


def refuse(office: Office, session: Session, code: str, reason: str, at: datetime | None = None) -> None:
    with _Doing(office, session, code, "refused", at) as act:
        act.write("refused", reason=_needed(reason, "reason"))


def withdraw(office: Office, session: Session, code: str, reason: str, at: datetime | None = None) -> None:
    with _Doing(office, session, code, "withdrawn", at) as act:
        act.write("withdrawn", reason=_needed(reason, "reason"))


def stop(office: Office, session: Session, code: str, reason: str, at: datetime | None = None) -> None:
    with _Doing(office, session, code, "stopped", at) as act:
        act.write("stopped", reason=_needed(reason, "reason"))


def finish(office: Office, session: Session, code: str, result: str = "", at: datetime | None = None) -> None:
    """The result is ready to be collected."""
    with _Doing(office, session, code, "finished", at) as act:
        act.write("finished", result=clean_line(result))


def hand_back(
    office: Office,
    session: Session,
    code: str,
    to: str,
    id_number: str = "",
    authority: str = "",
    at: datetime | None = None,
) -> list[Warning]:
    """The result is in the hands of `to`, whatever he showed; gives what is odd about his number."""
    who = Collector.read(to, id_number, authority)
    with _Doing(office, session, code, "returned", at) as act:
        act.write("returned", **who.fields())
    return list(who.warnings)


def pay(office: Office, session: Session, code: str, amount: int, at: datetime | None = None) -> None:
    """Money taken, in đồng; a dossier that waited for it goes on."""
    if amount <= 0:
        raise BadInput("not-positive", field="amount", value=amount)
    with _Doing(office, session, code, "paid", at) as act:
        act.pay(amount)


def correct(office: Office, session: Session, code: str, changes: Mapping[str, str], reason: str) -> None:
    """Sets fields to what they should have been; the earlier values stay in the story.

    `changes` is text by field name, such as "applicant.phone" or "due". Raises BadInput with the field.
    """
    if not changes:
        raise BadInput("empty", field="field")
    with _Doing(office, session, code, "corrected") as act:
        values = _corrections(act, changes, reason)
        act.pen.append(
            "corrected",
            act.dossier.id,
            {"set": values, "reason": _needed(reason, "reason"), "at": act.at.isoformat()},
            act.officer,
        )


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
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise BadInput("not-a-day", field=name, value=text) from error
        received = act.dossier.received_at or act.at
        return typed_promise(day, received, act.calendar, _needed(reason, "reason")).due.isoformat()
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
    with _Doing(office, session, code, "voided") as act:
        act.pen.append(
            "voided",
            act.dossier.id,
            {
                "set": {"state": State.VOIDED.value},
                "reason": _needed(reason, "reason"),
                "at": act.at.isoformat(),
            },
            act.officer,
        )


def resolve(office: Office, session: Session, code: str, keep: str, field: str = "") -> list[str]:
    """Settles every conflict that the event `keep` is a side of, in its favour; the fields settled.

    With `field`, that one alone: two acts that differ in several fields may each be right in some, and an act
    that wrote other fields too is not marked as mistaken. `keep` is the event's name, or a beginning that no
    other side has. Raises NotFound("no-such-event"), NotAllowed("nothing-to-resolve") where it is a side of
    none, NotAllowed("event-of-several").
    """
    with _Doing(office, session, code, "resolved") as act:
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
            if conflict.field != "payment":
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
    wanted = _needed(named, "keep").lower()
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


def _needed(text: str, field: str) -> str:
    value = clean_line(text)
    if not value:
        raise BadInput("empty", field=field)
    if len(value) > 1000:
        raise BadInput("too-long", field=field, value=value, limit=1000)
    return value
