"""A calendar for stores that live by the machine's own clock: those that ship end with a year."""

from __future__ import annotations

from counter_app.system import clock


def of_these_years() -> str:
    """CSV of the years around today, whose one holiday is New Year's Day."""
    year = clock.today().year
    days = (f"{one}-01-01,holiday,Tết Dương lịch" for one in range(year - 3, year + 2))
    return "\n".join(("# Lịch của bài kiểm tra", "date,kind,note", *days, ""))
