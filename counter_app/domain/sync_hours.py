"""The hours of the day in which a machine whose data is paid for by the minute synchronises by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM

_DAY: Final = 24 * 60  # minutes
_TIME: Final = r"(\d{1,2})\s*(?::|h|giờ)?\s*(\d{2})?"
_SPAN: Final = re.compile(rf"{_TIME}\s*(?:-|–|—|đến)\s*{_TIME}")


@dataclass(frozen=True)
class SyncHours:
    """Minutes of Viet Nam's day, each from the first up to the last, which may lie behind midnight.

    Without any it is always time.
    """

    spans: tuple[tuple[int, int], ...] = ()

    def hold(self, at: datetime) -> bool:
        """Whether it is time."""
        local = at.astimezone(VIETNAM)
        now = local.hour * 60 + local.minute
        return not self.spans or any(
            (now - first) % _DAY < _length(first, last) for first, last in self.spans
        )

    def next(self, at: datetime) -> datetime:
        """From when on it is time again: `at` itself where it is."""
        if self.hold(at):
            return at
        local = at.astimezone(VIETNAM)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        begins = [midnight + timedelta(minutes=first) for first, _ in self.spans]
        return min(one if one > local else one + timedelta(days=1) for one in begins)

    def __str__(self) -> str:
        return ", ".join(f"{_clock(first)}–{_clock(last)}" for first, last in self.spans)


def read(text: str) -> SyncHours:
    """As a person types them: "11:30–13:00, 18:00–06:00", "18h-6h30"; "" holds always.

    Raises BadInput("not-sync-hours").
    """
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    return SyncHours(tuple(_span(part, text) for part in parts))


def _span(part: str, text: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(part.lower())
    if found is None:
        raise BadInput("not-sync-hours", field="sync_hours", value=text)
    hours, minutes = [int(found[1]), int(found[3])], [int(found[2] or 0), int(found[4] or 0)]
    first, last = (hour * 60 + minute for hour, minute in zip(hours, minutes, strict=True))
    if max(minutes) > 59 or max(first, last) > _DAY or first == last:
        raise BadInput("not-sync-hours", field="sync_hours", value=text)
    return first % _DAY, last


def _length(first: int, last: int) -> int:
    return (last - first) % _DAY or _DAY


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
