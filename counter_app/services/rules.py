"""The rules in force: catalogue of procedures and calendars, imported as dated data."""

from __future__ import annotations

import csv
import hashlib
import io
from functools import cache
from typing import Any

from counter_app.domain.calendar import DayKind, YearFile, parse_calendar
from counter_app.domain.errors import BadInput
from counter_app.domain.inner_steps import exceed
from counter_app.domain.issued import What
from counter_app.domain.procedures import CatalogueChange, Procedure, compare, parse_catalogue
from counter_app.domain.receipt_code import PROCEDURE
from counter_app.domain.rights import Right
from counter_app.services.office import Office, Session, calendar_in, commune_in
from counter_app.store import catalogue as shelf
from counter_app.store.writer import Writer
from counter_app.system import paths

SEED_YEARS = ("2024", "2025", "2026")


def read_catalogue(text: str | None) -> list[Procedure]:
    """The procedures of a CSV text, or of the seed that ships with the program."""
    return list(_seed()) if text is None else parse_catalogue(text)


@cache
def _seed() -> tuple[Procedure, ...]:
    return tuple(parse_catalogue(paths.resource("catalogue/procedures.csv").read_text(encoding="utf-8")))


def read_calendar(text: str | None) -> list[YearFile]:
    """The year files that ship with the program, those of `text` in their place where it has the year."""
    shipped = [
        year
        for name in SEED_YEARS
        for year in parse_calendar(paths.resource(f"calendar/{name}.csv").read_text(encoding="utf-8"))
    ]
    given = parse_calendar(text) if text is not None else []
    years = {year.year: year for year in (*shipped, *given)}
    return [years[year] for year in sorted(years)]


def adopt_catalogue(pen: Writer, catalogue: list[Procedure], actor: str) -> CatalogueChange:
    """Makes the catalogue the current one; a fact of the commune's story where anything changed."""
    change = compare(shelf.current(pen.connection), catalogue)
    if change.new or change.amended or change.abolished:
        shelf.replace(pen.connection, catalogue)
        digest = hashlib.sha256(" ".join(sorted(f"{p.code}/{p.version}" for p in catalogue)).encode())
        payload = {"sha256": digest.hexdigest(), "count": len(catalogue)}
        pen.append("catalogue_adopted", pen.commune, payload, actor)
    return change


def adopt_year(pen: Writer, year: YearFile, actor: str, over: int = 0) -> None:
    """`over` is the version that the district issued of the year; 0 where it has issued none."""
    days = [{"date": mark.day.isoformat(), "kind": mark.kind.value, "note": mark.note} for mark in year.marks]
    payload = {"year": year.year, "source": year.source, "days": days}
    pen.append("calendar_adopted", pen.commune, {**payload, **({"over": over} if over else {})}, actor)


def import_catalogue(office: Office, session: Session, text: str) -> dict[str, int]:
    """Counts of procedures: new, amended, abolished, unchanged."""
    officer = session.require(Right.SET_RULES)
    catalogue = parse_catalogue(text)
    with office.writing() as (pen, _):
        change = adopt_catalogue(pen, catalogue, officer)
    return {
        "new": len(change.new),
        "amended": len(change.amended),
        "abolished": len(change.abolished),
        "unchanged": len(change.unchanged),
    }


def import_calendar(office: Office, session: Session, text: str) -> dict[str, Any]:
    """Counts of days: new, amended, abolished, unchanged, and the years that the file decides."""
    officer = session.require(Right.SET_RULES)
    given = parse_calendar(text)
    counts = {"new": 0, "amended": 0, "abolished": 0, "unchanged": 0}
    with office.writing() as (pen, _):
        known = calendar_in(pen.connection, pen.map).years
        issued = commune_in(pen.connection, pen.map).issued.current
        for year in given:
            old = {m.day: m for m in known[year.year].marks} if year.year in known else {}
            new = {m.day: m for m in year.marks}
            counts["new"] += len(new.keys() - old.keys())
            counts["abolished"] += len(old.keys() - new.keys())
            same = sum(old[day] == new[day] for day in old.keys() & new.keys())
            counts["unchanged"] += same
            counts["amended"] += len(old.keys() & new.keys()) - same
            if old != new or year.year not in known:
                above = issued.get((What.CALENDAR, str(year.year)))
                adopt_year(pen, year, officer, above.version if above is not None else 0)
    return {**counts, "years": [year.year for year in given]}


def catalogue(office: Office) -> list[Procedure]:
    """The procedures as last imported, police ones included (they are hidden from offers)."""
    with office.reading() as (connection, _):
        return shelf.current(connection)


def name_of(office: Office, code: str) -> str:
    """What the procedure is called whose code a receipt's QR holds; empty where the catalogue lacks it."""
    named = [one.name for one in catalogue(office) if one.code[:PROCEDURE] == code]
    return named[0] if len(named) == 1 else ""


def over_limit(office: Office) -> list[Procedure]:
    """The procedures whose steps take longer together than the limit, by which they go all the same."""
    return [one for one in catalogue(office) if exceed(one.steps, one.limit)]


def propose_year(year: int) -> str:
    """A calendar CSV to check against the official notice: what the `holidays` package knows of a year.

    It only proposes: it lacks swaps that are decided late (2 January 2026), so nothing is imported from it.
    Raises BadInput("out-of-range").
    """
    if not 2024 <= year <= 2099:
        raise BadInput("out-of-range", field="year", value=year, least=2024, most=2099)
    import holidays

    known = holidays.country_holidays("VN", years=year, language="vi")
    lines = [f"# {_PROPOSAL.format(year=year)}", "date,kind,note"]
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    for day in sorted(known):
        note = str(known[day]).split(";")[0]
        kind = DayKind.COMPENSATORY if "bù" in note else DayKind.HOLIDAY
        kind = DayKind.SWAPPED_OFF if "thay cho" in note else kind
        rows.writerow([day.isoformat(), kind.value, note])
    for day in sorted(known.weekend_workdays):
        if day.year == year:
            rows.writerow([day.isoformat(), DayKind.SWAPPED_WORKING.value, ""])
    return "\n".join(lines) + "\n" + out.getvalue()


_PROPOSAL = (
    "Đề xuất cho năm {year}, chưa phải lịch nghỉ: so với thông báo chính thức, sửa, ghi nguồn rồi nhập."
)
