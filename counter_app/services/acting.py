"""How an act on a dossier is done: as the dossier stands, what forbids it, one event, one commit."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Final

from counter_app.domain import fold, lifecycle, paying
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, Disputed, NotAllowed, NotFound
from counter_app.domain.names import clean_line
from counter_app.domain.payments import Payment
from counter_app.domain.receipt_code import looks_like_receipt
from counter_app.domain.rights import of_act
from counter_app.domain.zone import VIETNAM
from counter_app.services.lookup import bearing, id_text
from counter_app.services.office import Office, Session, calendar_in
from counter_app.store import log
from counter_app.store.writer import Writer

_STOPS_ACTS: Final = frozenset({"state", "open", "return", "reception"})  # disputes to settle first
_WHATEVER_STANDS: Final = frozenset(
    {"resolved", "called", "noted", "attached", "erased"}
)  # acts that no dispute stops
_ON_HELD: Final = lifecycle.ON_RECEIPT | {"resolved"}  # with the reception elsewhere


class Act:
    """An act under way: the dossier as it stands, the time, and the pen that will write it."""

    def __init__(self, pen: Writer, dossier: Dossier, now: datetime, at: datetime, officer: str) -> None:
        self.pen, self.dossier, self.now, self.at, self.officer = pen, dossier, now, at, officer

    def write(self, kind: str, **payload: Any) -> None:
        given = {name: value for name, value in payload.items() if value not in (None, "", [])}
        if (
            not self.dossier.entries and self.dossier.claim
        ):  # the first that is here of it: all that is known stands on its receipt
            given["on_receipt"] = dict(self.dossier.claim)
        self.pen.append(kind, self.dossier.id, {**given, "at": self.at.isoformat()}, self.officer)

    def pay(self, payment: Payment, note: str = "") -> None:
        """Money taken; a dossier that waited for it goes on once all that was charged is there."""
        self.write("paid", **paying.payload(self.dossier, payment, self.at, self.calendar), note=note)

    def clock_goes_on(self) -> dict[str, Any]:
        """The appointment after the waiting that ends now, for the payload that ends it."""
        return paying.goes_on(self.dossier, self.at, self.calendar)

    @property
    def calendar(self) -> WorkCalendar:
        return calendar_in(self.pen.connection, self.pen.map)


def find_one(connection: Any, where: log.Map, code: str) -> Dossier:
    """The dossier of that code or id, or on whose receipt this is: one that is not here yet is held then.

    Raises NotFound("no-such-dossier"), NotAllowed("code-of-two"), and as receipt_check.claimed.
    """
    if looks_like_receipt(code):
        return _on_receipt(connection, where, code)
    lines = bearing(connection, code)
    if not lines:
        raise NotFound("no-such-dossier", code=code)
    if len(lines) > 1:
        raise NotAllowed("code-of-two", code=code, ids=[id_text(bytes(line.dossier)) for line in lines])
    dossier = bytes(lines[0].dossier)
    return fold.fold(dossier, log.dossier_events(connection, dossier, where))


def _on_receipt(connection: Any, where: log.Map, text: str) -> Dossier:
    from counter_app.services.receipt_check import claimed, on_receipt  # few acts begin with a receipt

    claim = claimed(connection, where, text)
    events = log.dossier_events(connection, claim.dossier, where)
    return on_receipt(fold.fold(claim.dossier, events), claim)


def begin(
    pen: Writer, dossier: Dossier, kind: str, now: datetime, officer: str, at: datetime | None = None
) -> Act:
    """One act of that kind, if the dossier as it stands allows it; raises NotAllowed, Disputed, BadInput."""
    allow(dossier, kind)
    act = Act(pen, dossier, now, _at(dossier, at, now), officer)
    if not dossier.held and kind in lifecycle.STEPS and dossier.state not in lifecycle.STEPS[kind][0]:
        paid_up = dossier.last_paid_at or act.at
        goes_on = paying.goes_on(dossier, paid_up, act.calendar)
        act.write("paid", amount=0, resumes=True, **goes_on)  # before the act, in its commit
    return act


def allow(dossier: Dossier, kind: str) -> None:
    """Raises NotAllowed or Disputed where the dossier as it stands forbids such an act."""
    named = dossier.code or id_text(dossier.id)
    if dossier.needs_update:
        raise NotAllowed("needs-newer-program", code=named)
    if dossier.erased is not None:
        raise NotAllowed("dossier-erased", code=named)
    if kind not in _WHATEVER_STANDS and any(c.field in _STOPS_ACTS for c in dossier.conflicts):
        raise Disputed("settle-first", code=named)
    if dossier.held and kind not in _ON_HELD:
        raise NotAllowed("reception-elsewhere", code=named)
    if dossier.on_receipt:
        return
    lifecycle.after(kind, dossier.acts_as)


class _Acting:
    """Opens, checks and commits one act."""

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
    """`with acting(…) as act:` does one act: what forbids it is found first, one commit ends it."""
    return _Acting(office, session, code, kind, at)


def _at(dossier: Dossier, at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return now.astimezone(VIETNAM)
    if at.tzinfo is None:
        raise BadInput("time-without-zone", field="at", value=at.isoformat())
    at = at.astimezone(VIETNAM).replace(microsecond=0)
    if at > now:
        raise BadInput("in-the-future", field="at", value=at.isoformat())
    last = last_act(dossier)
    if last is not None and at < last:
        raise BadInput("before-last-act", field="at", value=at.isoformat(), last=last.isoformat())
    return at


def last_act(dossier: Dossier) -> datetime | None:
    times = [
        datetime.fromisoformat(text)
        for entry in dossier.entries
        if entry.counts and entry.payload and entry.name not in ("printed", "spoiled")
        if (text := entry.payload.get("at") or entry.payload.get("received_at"))
    ]
    return max(times, default=None)


def needed(text: str, field: str) -> str:
    """What was typed, on one line; raises BadInput("empty"), BadInput("too-long")."""
    value = clean_line(text)
    if not value:
        raise BadInput("empty", field=field)
    if len(value) > 1000:
        raise BadInput("too-long", field=field, value=value, limit=1000)
    return value
