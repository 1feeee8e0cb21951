"""When files may travel, and how many bytes of them in a day: data is paid for, and records come first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from counter_app.domain.sync_hours import SyncHours
from counter_app.domain.zone import VIETNAM

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Spent:
    """Bytes that went on a day of Viet Nam."""

    day: date
    bytes: int = 0

    def more(self, at: datetime, size: int) -> Spent:
        """With so many bytes more; another day begins at nothing."""
        today = at.astimezone(VIETNAM).date()
        return Spent(today, size + (self.bytes if today == self.day else 0))


@dataclass(frozen=True)
class Allowance:
    """`most` bytes a day, 0 for as many as there are; within the hours alone."""

    hours: SyncHours = field(default_factory=SyncHours)
    most: int = 0

    def holds(self, spent: Spent, at: datetime, size: int) -> bool:
        """Whether so many bytes more may travel now."""
        return self.hours.hold(at) and (not self.most or spent.more(at, size).bytes <= self.most)
