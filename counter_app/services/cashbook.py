"""The day's cash book: what was taken and given back, how and by whom, and each drawer's count at closing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final

from counter_app.domain import erasing
from counter_app.domain.books import cash_page
from counter_app.domain.cash_lines import MONEY, Sum, sums
from counter_app.domain.commune import Commune
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.errors import BadInput
from counter_app.domain.fold import fold
from counter_app.domain.names import clean_line
from counter_app.domain.payments import LARGEST_AMOUNT, Method
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.paper.cash_book import CashFacts, cash_book_pdf
from counter_app.paper.forms import CASH_BOOK
from counter_app.paper.template import pick
from counter_app.services import lookup
from counter_app.services.entry import LONGEST_NOTE
from counter_app.services.issued import drawn
from counter_app.services.letters import sheet_of
from counter_app.services.office import Office, Session, commune_in, to_ms
from counter_app.store import lately, log
from counter_app.system.settings import Settings

_TELLING: Final = (*MONEY, erasing.KIND)  # a tombstone tells of the money of what was erased


@dataclass(frozen=True)
class Moved:
    """Money that passed a machine's counter: `amount` in đồng, below zero where it was given back.

    `mistaken`: why it was taken back as entered by mistake; it stays in the book and in no sum. `erased`: of
    its dossier no more is known than the code.
    """

    at: datetime
    code: str
    payer: str
    amount: int
    method: Method
    receipt: str
    officer: str
    machine: str
    log: bytes
    mistaken: str = ""
    erased: bool = False

    @property
    def counts(self) -> int:
        """Đồng that it adds to the day."""
        return 0 if self.mistaken else self.amount


@dataclass(frozen=True)
class Count:
    """A drawer that was counted, in đồng; the last of the day stands. `expected` is what the book said then,
    `now` what it says today."""

    at: datetime
    counted: int
    expected: int
    note: str
    officer: str
    machine: str
    log: bytes
    now: int

    @property
    def difference(self) -> int:
        """Above zero where more lay there than was taken."""
        return self.counted - self.expected

    @property
    def difference_now(self) -> int:
        """The same by what the book says today."""
        return self.counted - self.now


@dataclass(frozen=True)
class CashBook:
    """One day of the commune, as far as its machines' events are here; `here` are this machine's logs."""

    day: date
    moved: tuple[Moved, ...]
    counts: tuple[Count, ...]
    here: frozenset[bytes]

    @property
    def by_method(self) -> Mapping[Method, int]:
        """Đồng, what was given back taken off; ways that nobody used are left out."""
        return _sums((one.method, one.counts) for one in self.moved if not one.mistaken)

    @property
    def by_officer(self) -> Mapping[str, int]:
        """Cash alone: what each has to hand in."""
        return _sums((one.officer, one.counts) for one in self._cash)

    @property
    def in_drawer(self) -> int:
        """Cash that this machine's payments made, in đồng."""
        return sum(one.counts for one in self._cash if one.log in self.here)

    @property
    def _cash(self) -> list[Moved]:
        return [one for one in self.moved if one.method is Method.CASH and not one.mistaken]

    @property
    def counted_here(self) -> Count | None:
        """The last count of this machine's drawer."""
        return next((one for one in reversed(self.counts) if one.log in self.here), None)

    def outdated(self, count: Count) -> bool:
        """Whether the book of its drawer has changed since, and nobody has counted again."""
        last = next(one for one in reversed(self.counts) if one.machine == count.machine)
        return last is count and count.now != count.expected


def cash_book(office: Office, day: date) -> CashBook:
    """What is known here of that day; what was taken back later is in it and counts no more."""
    with office.reading() as (connection, where):
        return _book(connection, where, day)


def count(office: Office, session: Session, day: date, counted: int, note: str = "") -> CashBook:
    """The cash of this machine's drawer was counted: `counted` đồng.

    The expected sum is reckoned in the same transaction. Raises BadInput("out-of-range"),
    BadInput("in-the-future"), BadInput("difference-unexplained"), BadInput("too-long"), NotPermitted.
    """
    officer = session.require(Right.TAKE_PAYMENT)
    why = clean_line(note)
    if len(why) > LONGEST_NOTE:
        raise BadInput("too-long", field="note", value=why, limit=LONGEST_NOTE)
    if not 0 <= counted <= LARGEST_AMOUNT:
        raise BadInput("out-of-range", field="counted", value=counted, least=0, most=LARGEST_AMOUNT)
    with office.writing() as (pen, now):
        at = now.astimezone(VIETNAM)
        if day > at.date():
            raise BadInput("in-the-future", field="day", value=day.isoformat())
        expected = _book(pen.connection, pen.map, day).in_drawer
        if counted != expected and not why:
            raise BadInput("difference-unexplained", field="note", counted=counted, expected_sum=expected)
        told = {"day": day.isoformat(), "counted": counted, "expected": expected, "at": at.isoformat()}
        pen.append(
            "cash_counted", cash_page(pen.commune, day), {**told, **({"note": why} if why else {})}, officer
        )
    return cash_book(office, day)


@dataclass(frozen=True)
class CashOrder:
    """All that the book is worded from, at the moment `now`."""

    book: CashBook
    agency_name: str
    officer_name: str
    settings: Settings
    now: datetime


Phrase = Callable[[CashOrder], CashFacts]


def print_book(office: Office, session: Session, day: date, phrase: Phrase, *, paper: str = "") -> bytes:
    """The day's book as a PDF on office paper. It records nothing.

    Raises BadInput("not-one-of"), NotPermitted.
    """
    session.require(Right.PRINT)
    size = sheet_of(office, paper)
    known, book = office.commune(), cash_book(office, day)
    name = session.officer.name if session.officer is not None else ""
    order = CashOrder(book, known.name, name, office.settings, office.now())
    facts = phrase(order)
    return drawn(known, CASH_BOOK, lambda t: cash_book_pdf(facts, paper=size, form=pick(t, day)))


def _book(connection: Any, where: log.Map, day: date) -> CashBook:
    known = commune_in(connection, where)
    machines = {row.log: row.machine for row in where.logs.values()}
    first = to_ms(datetime.combine(day, time(), VIETNAM))
    moved = []
    for dossier in lately.dossiers_with(connection, _TELLING, first, f'"at":"{day.isoformat()}T'):
        folded = lookup.folded(connection, dossier, where)
        of_day = (one for one in sums(folded) if one.at.astimezone(VIETNAM).date() == day)
        moved += [_moved(folded, one, known, machines) for one in of_day]
    moved.sort(key=lambda one: (one.at, one.code))
    here = frozenset(row.log for row in where.logs.values() if row.trust == log.OWN)
    book = CashBook(day, tuple(moved), tuple(_counts(connection, where, known, machines, day)), here)
    return replace(book, counts=tuple(replace(one, now=_drawer(book, one)) for one in book.counts))


def _drawer(book: CashBook, count: Count) -> int:
    """Cash that the payments of the counted machine made; it may have begun a new log meanwhile."""
    if count.log in book.here:
        return book.in_drawer
    cash = (one for one in book.moved if one.method is Method.CASH)
    return sum(one.counts for one in cash if one.machine == count.machine and one.log not in book.here)


def _moved(folded: Dossier, one: Sum, known: Commune, machines: Mapping[bytes, str]) -> Moved:
    head = one.first.event.header
    receipts = dict.fromkeys(str((entry.payload or {}).get("receipt", "")) for entry in one.told)
    return Moved(
        one.at.astimezone(VIETNAM),
        folded.code,
        str(folded.party().get("name", "")),
        one.amount,
        one.method,
        ", ".join(filter(None, receipts)),
        known.name_of(head),
        machines.get(head.log, ""),
        head.log,
        _why_mistaken(folded, one.entry),
        one.entry.payload is None,
    )


def _why_mistaken(folded: Dossier, entry: Entry) -> str:
    by = folded.entry(entry.mistaken) if entry.mistaken else None
    return str((by.payload or {}).get("reason", "") or "–") if by is not None else ""


def _counts(
    connection: Any, where: log.Map, known: Commune, machines: Mapping[bytes, str], day: date
) -> Iterator[Count]:
    ids = {row.commune for row in where.logs.values() if row.trust != log.ASIDE}
    events = [e for id_ in ids for e in log.dossier_events(connection, cash_page(id_, day), where)]
    for entry in fold(b"", events).entries:
        said, head = entry.payload, entry.event.header
        if said is not None:
            who, machine = known.name_of(head), machines.get(head.log, "")
            note = str(said.get("note", ""))
            sums = said["counted"], said["expected"]
            yield Count(entry.happened_at, *sums, note, who, machine, head.log, said["expected"])


def _sums(parts: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    found: dict[Any, int] = defaultdict(int)
    for name, amount in parts:
        found[name] += amount
    return dict(found)
