"""The day's work at closing time: what was received and returned today, and what of it is not done yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from counter_app.domain.lifecycle import State
from counter_app.domain.zone import VIETNAM
from counter_app.services import lookup
from counter_app.services.glance import Glance, glance, known
from counter_app.services.lookup import Line
from counter_app.services.office import Office, to_ms
from counter_app.store import lately, search

MOST: Final = 10_000  # of each: many times what a counter does in a day
_GIVEN: Final = ("returned", "returned_partly")


@dataclass(frozen=True)
class Done:
    """A dossier of the day; no `glance` where it was not asked for yet."""

    line: Line
    glance: Glance | None

    @property
    def is_open(self) -> bool:
        return self.glance is not None and (self.unprinted or self.glance.unpaid > 0)

    @property
    def unprinted(self) -> bool:
        """Its receipt never came out, or came out spoiled; what is given back needs none."""
        return self.glance is not None and not self.glance.printed and self.line.state in _NEEDS_RECEIPT


@dataclass(frozen=True)
class Day:
    """`unprinted` and `unpaid` count what was folded: all of it where it `is_whole`."""

    received: int
    returned: int
    unprinted: int
    unpaid: int
    left_open: tuple[Done, ...]
    came: tuple[Done, ...]
    went: tuple[Done, ...]
    is_whole: bool


_NEEDS_RECEIPT: Final = frozenset(State) - {State.RETURNED, State.REFUSED, State.VOIDED, State.WITHDRAWN}


def counted(office: Office, now: datetime) -> int:
    """Receptions and returns of today."""
    first, _ = _span(now)
    with office.reading() as (connection, _where):
        given = lately.dossiers_with(connection, _GIVEN, to_ms(first))
        return search.count_received_on(connection, first.date()) + len(given)


def day(office: Office, now: datetime, fold: int | None = None, most: int = MOST) -> Day:
    """What was received and returned on the day of `now`; with `fold`, so many dossiers at most are folded.

    Nothing that was voided counts as received.
    """
    first, before = _span(now)
    with office.reading() as (connection, where):
        every_row = search.received_on(connection, first.date())
        rows = every_row[:most]
        given = lately.dossiers_with(connection, _GIVEN, to_ms(first))
        returned = [row for d in given[:most] if (row := search.line(connection, d)) is not None]
        left = fold if fold is not None else 2 * most

        def read(rows: Sequence[Any]) -> list[Done]:
            nonlocal left
            found = []
            for row in rows:
                seen = known(connection, row)
                if seen is None and left > 0:
                    left -= 1
                    office.breathe()
                    seen = glance(connection, row, where)
                found.append(Done(lookup.lines([row])[0], seen))
            return found

        unread = len(every_row) - len(rows) + max(0, len(given) - most)
        came = [one for one in read(rows) if one.line.state != State.VOIDED]
        went = [one for one in read(returned) if _went(one, first, before)]
    every = {one.line.dossier: one for one in (*came, *went)}.values()
    return Day(
        len(came) + len(every_row) - len(rows),
        len(went) + max(0, len(given) - most),
        sum(one.unprinted for one in every),
        sum(one.glance is not None and one.glance.unpaid > 0 for one in every),
        tuple(one for one in every if one.is_open),
        tuple(came),
        tuple(went),
        (most == MOST or not unread) and all(one.glance for one in every),
    )


def _span(now: datetime) -> tuple[datetime, datetime]:
    first = datetime.combine(now.astimezone(VIETNAM).date(), time(), VIETNAM)
    return first, first + timedelta(days=1)


def _went(one: Done, first: datetime, before: datetime) -> bool:
    """Whether it was given out on that day, as far as is known: it may have been entered later."""
    return one.glance is None or (one.glance.given is not None and first <= one.glance.given < before)
