"""Which backups are kept: the newest of the last days, weeks and months that have one.

What counts is what exists, not the calendar: a machine that stood still for a month loses nothing by it. No
clock makes it take the last good ones, because
- it is asked after a backup was made and checked, and that one (`made`) always stays: a store only grows, so
  the backup made last holds all that any other does, whatever time its name says;
- backups from what is the future now, as a clock that was years ahead leaves them, are ranked apart: they
  push out no others, and no others push out them;
- at most TOGETHER go at a time, so that no moment of a wrong clock empties a folder.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from datetime import datetime
from typing import Final

from counter_app.domain.zone import VIETNAM

DAYS: Final = 7
WEEKS: Final = 4
MONTHS: Final = 12
TOGETHER: Final = 2
"""One comes, and some weeks another one has become too many."""


def kept(made_at: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Of the moments (with a zone) at which backups were made, those whose backups stay."""
    every = sorted(set(made_at), reverse=True)
    past = [at for at in every if at <= now]
    future = [at for at in every if at > now]
    return frozenset(_ranked(past) | _ranked(future))


def removable(made_at: Collection[datetime], made: datetime, now: datetime) -> list[datetime]:
    """What may go now that the backup of the moment `made` stands, the oldest first; at most TOGETHER."""
    stays = kept(made_at, now) | {made}
    return sorted(set(made_at) - stays)[:TOGETHER]


def holding(made_at: Collection[datetime], made: datetime, erased: datetime, now: datetime) -> list[datetime]:
    """Which backups may hold what was erased at the moment `erased`, and may go now that the backup of the
    moment `made` stands; the oldest first.

    None where that one was not made later; those from the future may have been made at any time.
    """
    if not erased < made <= now:
        return []
    return sorted(at for at in set(made_at) - {made} if at <= erased or at > now)


def _ranked(newest_first: list[datetime]) -> set[datetime]:
    local = [at.astimezone(VIETNAM) for at in newest_first]
    ways: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    found: set[datetime] = set()
    for most, span in ways:
        newest: dict[Hashable, datetime] = {}
        for at in local:
            newest.setdefault(span(at), at)
        found.update(list(newest.values())[:most])
    return found
