"""Which dossiers need not be kept any longer: a list to decide by, nothing is ever erased by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput
from counter_app.domain.lifecycle import ENDED
from counter_app.domain.retention import LONGEST, Term, ended_on, parse_terms, term_of
from counter_app.domain.rights import Right
from counter_app.domain.spreadsheet import csv_file
from counter_app.domain.zone import VIETNAM
from counter_app.paper.workbook import workbook
from counter_app.services import rules
from counter_app.services.lookup import folded, id_text
from counter_app.services.office import Office, Session
from counter_app.store import erasing, own, search
from counter_app.system import paths

_YEARS: Final = range(1945, 2101)
_ADOPTED: Final = "retention/table"  # own: this machine's table in place of the one that ships


@dataclass(frozen=True)
class Kept:
    """A dossier that has ended; `until` is the last day on which it must be kept, None without a term or for
    ever."""

    dossier: bytes
    code: str
    procedure_code: str
    procedure: str
    field: str
    applicant: str
    received: date | None
    ended: date
    term: Term | None
    until: date | None

    def to_json(self) -> dict[str, Any]:
        term = self.term
        return {
            "code": self.code,
            "id": id_text(self.dossier),
            "procedure": self.procedure_code,
            "procedure_name": self.procedure,
            "field": self.field,
            "applicant": self.applicant,
            "received": self.received.isoformat() if self.received else None,
            "ended": self.ended.isoformat(),
            "years": term.years if term is not None else None,
            "permanent": term is not None and term.years is None,
            "until": self.until.isoformat() if self.until else None,
            "source": term.source if term is not None else "",
            "checked": term is not None and term.checked,
        }


@dataclass(frozen=True)
class Listing:
    """`without` counts the ended dossiers of which no line says a term."""

    on: date
    rows: tuple[Kept, ...]
    without: int = 0

    @property
    def unchecked(self) -> bool:
        """Whether a term that stands here was not compared with the gazette's text."""
        return any(row.term is not None and not row.term.checked for row in self.rows)


def terms(office: Office) -> tuple[tuple[Term, ...], bool]:
    """The lines in force, and whether they are this machine's own."""
    with office.database.reading() as connection:
        adopted = own.get_text(connection, _ADOPTED, "")
    if adopted:
        return parse_terms(adopted), True
    shipped = paths.resource("retention") / "terms.csv"
    return parse_terms(shipped.read_text(encoding="utf-8")), False


def adopt(office: Office, session: Session, text: str) -> int:
    """This machine reckons by these lines from now on, by those that ship where the text is empty; how many.

    Raises NotPermitted, BadInput("table-too-long"), and as `parse_terms`.
    """
    session.require(Right.SET_RULES)
    if len(text.encode()) > LONGEST:
        raise BadInput("table-too-long", most=LONGEST // 1024)
    found = parse_terms(text) if text.strip() else ()
    with office.database.writing() as connection:
        own.put_text(connection, _ADOPTED, text if found else "")
    return len(found)


def expired(office: Office, on: date) -> Listing:
    """The dossiers whose term was over before that day, in the order in which they came."""
    known, _ = terms(office)
    reading = _Reading(office, known, on)
    rows = []
    for row, term in reading.candidates(on):
        received = _day(row.received_at)
        if term is None or term.years is None or received is None:
            continue
        if (least := term.last_day(received)) is None or least >= on:
            continue  # it ended no sooner than it came
        if (one := reading.kept(row)) is not None and one.until is not None and one.until < on:
            rows.append(one)
    return Listing(on, tuple(rows), reading.without)


def ended_in(office: Office, year: int) -> Listing:
    """All dossiers that ended in that year, with their terms: the list by which they go to the archive.

    Raises BadInput("out-of-range").
    """
    if year not in _YEARS:
        raise BadInput("out-of-range", field="year", value=year, least=_YEARS[0], most=_YEARS[-1])
    known, _ = terms(office)
    last = date(year, 12, 31)
    reading = _Reading(office, known, last)
    found = (reading.kept(row) for row, _ in reading.candidates(last))
    return Listing(last, tuple(one for one in found if one and one.ended.year == year), reading.without)


def table(office: Office, file: Path, headings: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """The list as that file's name asks for, .csv or .xlsx; raises BadInput("not-one-of")."""
    kind = file.suffix.lower()
    if kind == ".xlsx":
        return workbook(headings, rows, made=office.now().astimezone(VIETNAM))
    if kind != ".csv":
        raise BadInput("not-one-of", field="out", value=file.name, choices=".csv, .xlsx")
    return csv_file([headings, *rows])


class _Reading:
    def __init__(self, office: Office, known: tuple[Term, ...], on: date) -> None:
        self._office, self._known, self._on = office, known, on
        self._fields = {one.code[:8]: one.field for one in rules.catalogue(office)}
        self.without = 0

    def candidates(self, last: date) -> Iterator[tuple[Any, Term | None]]:
        """The lines of dossiers that have ended and came by that day, with the term that the catalogue's
        field gives them."""
        with self._office.reading() as (connection, _):
            gone = {one.dossier for one in erasing.noted(connection)}
            rows = search.ended_until(connection, [state.value for state in ENDED], last)
        for row in rows:
            self._office.breathe()
            if bytes(row.dossier) in gone:
                continue
            field = self._fields.get(row.procedure_code[:8], "")
            term = term_of(self._known, row.procedure_code, row.procedure, field, self._on)
            self.without += term is None
            yield row, term

    def kept(self, row: Any) -> Kept | None:
        with self._office.reading() as (connection, where):
            dossier: Dossier = folded(connection, bytes(row.dossier), where)
        ended = ended_on(dossier)
        if ended is None or dossier.erased is not None:
            return None
        field = self._fields.get(row.procedure_code[:8], "")
        term = term_of(self._known, row.procedure_code, row.procedure, field, self._on)
        return Kept(
            dossier.id,
            dossier.code,
            row.procedure_code,
            row.procedure,
            field,
            row.applicant,
            _day(row.received_at),
            ended,
            term,
            term.last_day(ended) if term is not None else None,
        )


def _day(text: str) -> date | None:
    return datetime.fromisoformat(text).astimezone(VIETNAM).date() if text else None
