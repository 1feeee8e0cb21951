"""Hybrid logical clocks (Kulkarni et al. 2014): 48 bits of wall milliseconds, 16 bits of counter.

Packed into one whole number, so that comparing clocks is comparing numbers. Order never needs the wall clock
to be right; it only makes the order look natural where the wall clocks are.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_MS = 24 * 60 * 60 * 1000
LARGEST = 2**63 - 1  # what a database's whole number holds


def at(wall_ms: int) -> int:
    """The first clock value of a wall millisecond (since 1970-01-01T00:00Z)."""
    return max(0, wall_ms) << 16


def wall_ms(hlc: int) -> int:
    """The milliseconds part, since 1970-01-01T00:00Z."""
    return hlc >> 16


def tick(last: int, now_ms: int) -> int:
    """The clock of the next own event: ahead of all that was seen, and of the wall where it is ahead.

    A counter that overflows carries into the milliseconds, which keeps the order.
    """
    return max(last + 1, at(now_ms))


def merge(last: int, heard: int, now_ms: int) -> int:
    """What `last` becomes after hearing an event; one more than 24 hours ahead of the wall is not merged."""
    return last if too_far_ahead(heard, now_ms) else max(last, heard)


def too_far_ahead(hlc: int, now_ms: int) -> bool:
    return wall_ms(hlc) > now_ms + DAY_MS


def moment(hlc: int) -> datetime:
    """The wall time that the clock shows, in UTC; the largest falls in the year 6429."""
    return EPOCH + timedelta(milliseconds=wall_ms(hlc))
