"""Reads: finds dossiers, tells one's story, says what a scan means, lists what is due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

from counter_app.domain import fold
from counter_app.domain.codes import looks_like_code
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotFound
from counter_app.domain.names import clean_line
from counter_app.domain.receipt_code import ReceiptClaim, looks_like_receipt, parse_receipt
from counter_app.domain.zone import VIETNAM
from counter_app.services.office import Office
from counter_app.store import log, search
from counter_app.store.references import with_disputes

if TYPE_CHECKING:
    from counter_app.domain.calendar import WorkCalendar
    from counter_app.domain.card import Card
    from counter_app.services.receipt_check import Signature, Verdict

MANY: Final = 50
# An agency's number, or enough of one that it is no name: H5…, 000.17…, G09.20-….
_BEGINS_A_CODE = re.compile(r"[A-Za-z]\d|\d{3}\.\d|[^\s-]+-\d")
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """A dossier in a list."""

    dossier: bytes
    code: str
    procedure_code: str
    procedure: str
    applicant: str
    state: str
    national_status: int
    received_at: str
    due: str
    held: bool
    conflicts: int
    needs_update: bool

    def to_json(self) -> dict[str, Any]:
        """The line of the command line's `find`."""
        return {
            "code": self.code,
            "id": id_text(self.dossier),
            "procedure": self.procedure_code,
            "procedure_name": self.procedure,
            "applicant": self.applicant,
            "state": self.state,
            "national_status": self.national_status,
            "received_at": self.received_at,
            "due": self.due,
            "sync": "local",
            **({"held": True} if self.held else {}),
            **({"conflicts": self.conflicts} if self.conflicts else {}),
            **({"needs_update": True} if self.needs_update else {}),
        }


def lines(rows: Iterable[Any]) -> list[Line]:
    return [
        Line(
            bytes(r.dossier),
            r.code,
            r.procedure_code,
            r.procedure,
            r.applicant,
            r.state,
            r.national_status,
            r.received_at,
            r.due,
            bool(r.held),
            r.conflicts,
            bool(r.needs_update),
        )
        for r in rows
    ]


def id_text(dossier: bytes) -> str:
    """A dossier's id as people copy it: 019a…-…, the one name that two dossiers never share."""
    return str(UUID(bytes=dossier))


def bearing(connection: Any, named: str) -> Sequence[Any]:
    """The rows of the dossiers so named: by id (any case, hyphens or none), else all with that code."""
    text = clean_line(named)
    with suppress(ValueError):
        row = search.line(connection, UUID(text).bytes)
        if row is not None:
            return [row]
    return search.by_exact_code(connection, text)


def find(office: Office, typed: str, limit: int = MANY) -> list[Line]:
    """Dossiers by code's beginning, name, or last digits, newest first.

    Raises BadInput("nothing-to-find") where nothing was typed.
    """
    text = clean_line(typed)
    if not text:
        raise BadInput("nothing-to-find", field="text")
    with office.reading() as (connection, _):
        if (
            "-" in text
            or looks_like_code(text)
            or (len(text) > 3 and text[:1].isalpha() and text[1:3].isdigit())
        ):
            by_code = search.by_code(connection, text, limit)
            if by_code:
                return lines(by_code)
        return lines(search.by_words(connection, text, limit))


def newest(office: Office, limit: int = MANY) -> list[Line]:
    """All dossiers, newest first."""
    with office.reading() as (connection, _):
        return lines(search.newest(connection, limit))


SOON: Final = 3  # working days


class Step(StrEnum):
    """The warnings before a date, in days that count: weekends and holidays are left out."""

    TODAY = "today"
    ONE_DAY = "one_day"
    THREE_DAYS = "three_days"


def step_of(days_left: int) -> Step | None:
    """The warning that so many counting days before its date a dossier is under."""
    if not 0 <= days_left <= SOON:
        return None
    return (Step.TODAY, Step.ONE_DAY)[days_left] if days_left < 2 else Step.THREE_DAYS


def days_left(calendar: WorkCalendar, today: date, day: date) -> int:
    """Counting days from today to a date: 0 today, less than that where it is past."""
    return calendar.counting(today, day) if day >= today else -calendar.counting(day, today)


def due(
    office: Office,
    on: date | None = None,
    *,
    overdue: bool = False,
    soon: bool = False,
    limit: int = 10_000,
) -> list[Line]:
    """Dossiers whose clock runs, due on a day (today where none is given), from it on within the three
    counting days of the warnings, or already past their date."""
    now = office.now()
    day = on or now.astimezone(VIETNAM).date()
    start = datetime.combine(day, time(), VIETNAM)
    first: int | None = minute(start)
    if soon:
        first, day = (last_past(now) + 1 if on is None else first), office.calendar().after(day, SOON)
    last = minute(datetime.combine(day, time(), VIETNAM) + timedelta(days=1)) - 1
    if overdue:
        first, last = None, last_past(now) if on is None else minute(start) - 1
    with office.reading() as (connection, _):
        return lines(search.due(connection, after_minute=first, before_minute=last, limit=limit))


def show(office: Office, code: str) -> list[Dossier]:
    """Every dossier that bears the code, or the one of that id, or on whose receipt this is.

    Raises NotFound("no-such-dossier" | "receipt-alone"), and of a receipt as receipt_check.claimed.
    """
    with office.reading() as (connection, where):
        if looks_like_receipt(code):
            rows = _of_receipt(connection, where, code)
        else:
            rows = bearing(connection, code)
        if not rows:
            raise NotFound("no-such-dossier", code=code)
        return [folded(connection, bytes(row.dossier), where) for row in rows]


def _of_receipt(connection: Any, where: log.Map, text: str) -> Sequence[Any]:
    from counter_app.services.receipt_check import claimed  # few ask by a receipt

    claim = claimed(connection, where, text)
    row = search.line(connection, claim.dossier)
    if row is None:
        raise NotFound("receipt-alone", code=claim.code, due=claim.due.isoformat())
    return [row]


def story(office: Office, dossier: bytes) -> Dossier:
    """One dossier by its id."""
    with office.reading() as (connection, where):
        return folded(connection, dossier, where)


def line_of(office: Office, dossier: bytes) -> Line:
    with office.reading() as (connection, _):
        row = search.line(connection, dossier)
    if row is None:
        raise NotFound("no-such-dossier", code=id_text(dossier))
    return lines([row])[0]


def machines(office: Office) -> Mapping[bytes, str]:
    """The names of the machines by their logs."""
    with office.reading() as (_, where):
        return {row.log: row.machine for row in where.logs.values()}


def folded(connection: Any, dossier: bytes, where: log.Map) -> Dossier:
    """One dossier, inside an open view."""
    return with_disputes(connection, fold.fold(dossier, log.dossier_events(connection, dossier, where)))


@dataclass(frozen=True)
class Scan:
    """What a scanned text is."""

    kind: Literal["dossier", "card", "receipt", "slip", "unknown"]
    text: str
    card: Card | None = None
    claim: ReceiptClaim | None = None
    verdict: Verdict | None = None
    lines: tuple[Line, ...] = ()

    @property
    def signature(self) -> Signature | None:
        return self.verdict.signature if self.verdict is not None else None


def scan(office: Office, text: str) -> Scan:
    """What a barcode, a card's QR or a receipt's QR means; never raises for what it does not know."""
    text = text.strip()
    if looks_like_receipt(text):
        return _scan_receipt(office, text)
    with office.reading() as (connection, _):
        rows = search.by_exact_code(connection, clean_line(text)) if text else []
    if rows or looks_like_code(text):
        return Scan("dossier", text, lines=tuple(lines(rows)))
    # Most scans are of codes, and so is the first, which waits for what it needs to be read.
    from counter_app.domain.card import looks_like_card, read_card

    if looks_like_card(text):
        with suppress(BadInput):
            return Scan("card", text, card=read_card(text))
    return Scan("unknown", text)


def _scan_receipt(office: Office, text: str) -> Scan:
    from counter_app.services.receipt_check import Verdict, judge  # the first scan is of a code, as above

    try:
        claim, token, signature = parse_receipt(text)
    except BadInput:
        return Scan("receipt", text, verdict=Verdict("forged"))
    with office.reading() as (connection, where):
        verdict = judge(connection, where, claim, token, signature)
        row = search.line(connection, claim.dossier)
    return Scan(
        "receipt", text, claim=claim, verdict=verdict, lines=tuple(lines([row] if row is not None else []))
    )


def minute(moment: datetime) -> int:
    """Whole minutes since 1970, as the store keeps return dates."""
    return int((moment - _UNIX) / timedelta(minutes=1))


def last_past(now: datetime) -> int:
    """The last minute whose promise is over: a second after 17:00, what was due at 17:00 is late."""
    return minute(now - timedelta(microseconds=1))
