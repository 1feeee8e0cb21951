"""How long a dossier is kept after it has ended (thời hạn lưu trữ): dated data, reckoned and never acted on.

Archive terms count from the year in which the work ended (Luật Lưu trữ 33/2024/QH15; TT 10/2022/TT-BNV says
the same of its schedule; neither gazette text was seen): the last day of a term of two years is 31 December
of the second year after that one. A line may count from the day itself instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.certification import book_named
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadLine
from counter_app.domain.lifecycle import ENDED
from counter_app.domain.published import Row, read_day, read_sheet
from counter_app.domain.zone import VIETNAM

PERMANENT: Final = "permanent"
EVERY: Final = "*"
MOST_YEARS: Final = 100
LONGEST: Final = 64 * 1024  # bytes of a table
_COLUMNS: Final = ("of", "years", "counted_from", "checked", "valid_from", "source")
_CODE: Final = 8  # letters of a procedure's code that name it in every version


@dataclass(frozen=True)
class Term:  # thời hạn lưu trữ
    """One line: what it is `of`, and its `years`, None for ever; `checked` against the gazette's text."""

    of: str
    years: int | None
    from_year: bool
    checked: bool
    valid_from: date
    source: str

    def last_day(self, ended: date) -> date | None:
        """The last day on which a dossier that ended then must be kept; None for ever."""
        if self.years is None:
            return None
        if self.from_year:
            return date(ended.year + self.years, 12, 31)
        leap = (ended.month, ended.day) == (2, 29)
        return date(ended.year + self.years, ended.month, 28 if leap else ended.day)


def parse_terms(text: str) -> tuple[Term, ...]:
    """The lines of the CSV. Raises BadLine: those of `read_sheet`, "missing", "limit-not-a-number",
    "out-of-range", "kind-unknown", "date-unreadable"."""
    return tuple(_read(row) for row in read_sheet(text, _COLUMNS).rows)


def _read(row: Row) -> Term:
    for column, field in (("of", "of"), ("source", "act_of_law")):
        if not row.cell(column):
            raise BadLine("missing", line=row.line, field=field)
    years: int | None = None
    if (said := row.cell("years")) != PERMANENT:
        if not (said.isascii() and said.isdigit()):
            raise BadLine("limit-not-a-number", line=row.line, field="years", value=said)
        years = int(said)
        if not 1 <= years <= MOST_YEARS:
            raise BadLine("out-of-range", line=row.line, field="years", value=said, least=1, most=MOST_YEARS)
    for column, known in (("counted_from", ("year", "day")), ("checked", ("yes", "no"))):
        if row.cell(column) not in known:
            value = row.cell(column)
            raise BadLine("kind-unknown", line=row.line, field=column, value=value, known=", ".join(known))
    try:
        since = read_day(row.cell("valid_from"))
    except ValueError as error:
        value = row.cell("valid_from")
        raise BadLine("date-unreadable", line=row.line, field="valid_from", value=value) from error
    year, checked = row.cell("counted_from") == "year", row.cell("checked") == "yes"
    return Term(row.cell("of"), years, year, checked, since, row.cell("source"))


def term_of(terms: Iterable[Term], code: str, name: str, field: str, on: date) -> Term | None:
    """The closest line for a procedure, as in force on the day; None where no line says a term of it."""
    valid = [one for one in terms if one.valid_from <= on]
    book = book_named(name)
    for of in (code[:_CODE], book.value if book is not None else "", field, EVERY):
        found = [one for one in valid if of and (one.of[:_CODE] if of == code[:_CODE] else one.of) == of]
        if found:
            return max(found, key=lambda one: one.valid_from)
    return None


def ended_on(dossier: Dossier) -> date | None:
    """The day in Viet Nam on which it came to the end in which it stands; None while it has not ended.

    That is the day when its result was last handed out, or its work was refused, withdrawn, stopped, voided.
    """
    if dossier.state not in ENDED:
        return None
    times = [
        entry.happened_at
        for entry in dossier.entries
        if entry.counts and entry.writes.get("state") == dossier.state.value
    ]
    return max(times).astimezone(VIETNAM).date() if times else None
