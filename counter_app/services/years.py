"""The work calendar: of each year what the district issued, else what the commune adopted."""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.calendar import OfficeHours, WorkCalendar, YearFile, parse_calendar
from counter_app.domain.commune import Commune
from counter_app.domain.errors import BadInput
from counter_app.domain.issued import What


def calendar_of(known: Commune) -> WorkCalendar:
    """The years that the commune adopted, those in their place that the district issued."""
    files = []
    for year, fields in known.calendars.items():
        try:
            days = [[d["date"], d["kind"], d.get("note", "")] for d in fields["days"]]
            files.append(
                YearFile.from_fields({"year": year, "marks": days, "source": fields.get("source", "")})
            )
        except (BadInput, KeyError, TypeError, ValueError):
            continue  # a year that cannot be read counts as a year without a calendar, which is told
    return WorkCalendar.of([*files, *_issued_years(known)], OfficeHours())


def _issued_years(known: Commune) -> Iterator[YearFile]:
    for issue in known.issued.of(What.CALENDAR):
        if issue.key in known.issued.overruled:
            continue
        try:
            yield from (year for year in parse_calendar(issue.text) if str(year.year) == issue.name)
        except (BadInput, ValueError):
            continue  # a later program reads it; until then the year is as the commune has it
