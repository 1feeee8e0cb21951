"""The day is closed: what came, went and was paid, what is not sent, and the numbers given out against it.

Closing stops nothing and can be done again: each time is an event on the day's own page, and the last one of
a machine stands. It says what was known here then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from counter_app.domain.books import day_page
from counter_app.domain.errors import BadInput
from counter_app.domain.fold import fold
from counter_app.domain.names import clean_line
from counter_app.domain.payments import Method
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.paper.day_close import DayFacts, day_close_pdf
from counter_app.paper.forms import DAY_CLOSE
from counter_app.paper.template import pick
from counter_app.services import cashbook, print_journal, safety, slips
from counter_app.services import day as days
from counter_app.services.cashbook import CashBook
from counter_app.services.day import Done
from counter_app.services.entry import LONGEST_NOTE
from counter_app.services.issued import drawn
from counter_app.services.letters import sheet_of
from counter_app.services.office import Office, Session, commune_in, to_ms
from counter_app.store import lately, log
from counter_app.system.settings import Settings

_END: Final = time(23, 59, 59)
_WORK: Final = ("received", "registered", "returned", "returned_partly", "paid", "refunded")


@dataclass(frozen=True)
class Closed:
    """A day was closed at a machine; `told` is what was known then, as the event says it."""

    at: datetime
    officer: str
    machine: str
    log: bytes
    told: Mapping[str, Any]

    @property
    def note(self) -> str:
        return str(self.told.get("note", ""))


@dataclass(frozen=True)
class DayView:
    """One day as far as it is known here; dossiers are the commune's, numbers and drawer this machine's."""

    day: date
    received: int
    returned: int
    unprinted: int
    """Dossiers of the day whose receipt never came out, or came out spoiled."""
    unpaid: int
    left_open: tuple[Done, ...]
    book: CashBook
    given: int
    """Numbers that this machine gave out under the date."""
    slips_open: int
    missing: tuple[str, ...]
    """Numbers that stand on no dossier and no slip."""
    papers_out: int
    """Papers, of any day, of which nobody knows whether they came out."""
    unsent: safety.Standing | None
    """None where the machine is enrolled with no district."""
    closes: tuple[Closed, ...]
    here: frozenset[bytes]

    @property
    def closed_here(self) -> Closed | None:
        """The last time that this machine closed the day."""
        return next((one for one in reversed(self.closes) if one.log in self.here), None)

    @property
    def waiting(self) -> int:
        """Dossiers that the district does not hold whole."""
        return self.unsent.waiting if self.unsent is not None else 0


def look(office: Office, day: date) -> DayView:
    """What is known here of the day; raises BadInput("in-the-future")."""
    if day > office.now().astimezone(VIETNAM).date():
        raise BadInput("in-the-future", field="day", value=day.isoformat())
    done = days.day(office, datetime.combine(day, _END, VIETNAM))
    numbers = slips.reconcile(office, day)
    with office.reading() as (connection, where):
        closes = tuple(closes_of(connection, where, day))
        here = own_logs(where)
    return DayView(
        day,
        done.received,
        done.returned,
        done.unprinted,
        done.unpaid,
        done.left_open,
        cashbook.cash_book(office, day),
        numbers["given"],
        numbers["slips_open"],
        tuple(numbers["missing"]),
        len(print_journal.unprinted(office)),
        safety.standing(office),
        closes,
        here,
    )


def close(office: Office, session: Session, day: date, note: str = "") -> DayView:
    """Closes the day at this machine, with what is known of it now, whatever is left open.

    Raises BadInput("in-the-future" | "too-long"), NotPermitted.
    """
    officer = session.require(Right.TAKE_PAYMENT)
    why = clean_line(note)
    if len(why) > LONGEST_NOTE:
        raise BadInput("too-long", field="note", value=why, limit=LONGEST_NOTE)
    seen = look(office, day)  # not inside the transaction: nobody waits while a day is folded
    with office.writing() as (pen, now):
        told = {**_told(seen), "at": now.astimezone(VIETNAM).isoformat(), **({"note": why} if why else {})}
        pen.append("day_closed", day_page(pen.commune, day), told, officer)
    return look(office, day)


def closes_of(connection: Any, where: log.Map, day: date) -> Iterator[Closed]:
    """Each time that the day was closed at a machine of the commune, in the order of the page."""
    known = commune_in(connection, where)
    machines = {row.log: row.machine for row in where.logs.values()}
    ids = {row.commune for row in where.logs.values() if row.trust != log.ASIDE}
    events = [e for id_ in ids for e in log.dossier_events(connection, day_page(id_, day), where)]
    for entry in fold(b"", events).entries:
        if entry.payload is not None and entry.name == "day_closed":
            head = entry.event.header
            who, machine = known.name_of(head), machines.get(head.log, "")
            yield Closed(entry.happened_at.astimezone(VIETNAM), who, machine, head.log, entry.payload)


def own_logs(where: log.Map) -> frozenset[bytes]:
    """The logs that this machine has written."""
    return frozenset(row.log for row in where.logs.values() if row.trust == log.OWN)


@dataclass(frozen=True)
class DayOrder:
    """All that the day's sheet is worded from, at the moment `now`."""

    seen: DayView
    agency_name: str
    officer_name: str
    settings: Settings
    now: datetime


Phrase = Callable[[DayOrder], DayFacts]


def print_day(office: Office, session: Session, day: date, phrase: Phrase, *, paper: str = "") -> bytes:
    """The day's sheet as a PDF on office paper. It records nothing.

    Raises BadInput("not-one-of" | "in-the-future"), NotPermitted.
    """
    session.require(Right.PRINT)
    size = sheet_of(office, paper)
    known, seen = office.commune(), look(office, day)
    name = session.officer.name if session.officer is not None else ""
    facts = phrase(DayOrder(seen, known.name, name, office.settings, office.now()))
    return drawn(known, DAY_CLOSE, lambda t: day_close_pdf(facts, paper=size, form=pick(t, day)))


def _told(seen: DayView) -> dict[str, Any]:
    sums, counted = seen.book.by_method, seen.book.counted_here
    oldest = seen.unsent.oldest if seen.unsent is not None else None
    return {
        "day": seen.day.isoformat(),
        "received": seen.received,
        "returned": seen.returned,
        **{method.value: sums.get(method, 0) for method in Method},
        "expected": seen.book.in_drawer,
        "given": seen.given,
        "missing": len(seen.missing),
        "unprinted": seen.unprinted,
        "unpaid": seen.unpaid,
        **({"counted": counted.counted} if counted is not None else {}),
        **({"waiting": seen.waiting} if seen.unsent is not None else {}),
        **({"oldest": _whole(oldest).isoformat()} if oldest is not None else {}),
    }


def _whole(at: datetime) -> datetime:
    return at.astimezone(VIETNAM).replace(microsecond=0)


@dataclass(frozen=True)
class Left:
    """A day on which this machine worked and that it has not closed; `is_today` says which of the two."""

    day: date
    is_today: bool


def not_closed(office: Office, now: datetime, back: int = 7) -> Left | None:
    """The last day, of the `back` before today, on which this machine worked and that it did not close.

    Today itself only from the hour on that the settings name. A day without an act needs no closing.
    """
    local = now.astimezone(VIETNAM)
    first = datetime.combine(local.date() - timedelta(days=back), time(), VIETNAM)
    with office.reading() as (connection, where):
        here = own_logs(where)
        worked = lately.days_with(connection, _WORK, to_ms(first), here)
        for day in sorted(worked, reverse=True):
            today = day == local.date()
            if day > local.date() or (today and local.hour < office.settings.close_hour):
                continue
            if any(one.log in here for one in closes_of(connection, where, day)):
                return None
            return Left(day, today)
    return None
