"""The shipped year files, read as the tests need them."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.calendar import OfficeHours, WorkCalendar, YearFile, parse_calendar

RESOURCES = Path(__file__).parents[2] / "resources"


def shipped() -> list[YearFile]:
    files = sorted((RESOURCES / "calendar").glob("*.csv"))
    return [year for file in files for year in parse_calendar(file.read_text(encoding="utf-8"))]


def work_calendar(hours: OfficeHours | None = None) -> WorkCalendar:
    return WorkCalendar.of(shipped(), hours or OfficeHours())
