"""Days as people write them: `28/4/2026`, or `28/4` where the year goes without saying."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DAY: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}))?", re.ASCII)


def read_day(typed_day: str, today: date, *, past: bool = False) -> date | None:
    """`28/4` is the next one from today on, or the last one where it lies in the `past`.

    None where it is no day.
    """
    found = _DAY.fullmatch(typed_day)
    if not found:
        try:
            return date.fromisoformat(typed_day)
        except ValueError:
            return None
    day, month = int(found[1]), int(found[2])
    try:
        if found[3]:
            return date(int(found[3]), month, day)
        this_year = date(today.year, month, day)
        if past:
            return this_year if this_year <= today else date(today.year - 1, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
