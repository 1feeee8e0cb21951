"""From which day to which a machine serves its commune, as the district's events say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.hlc import moment
from counter_app.domain.order import Arranged
from counter_app.domain.zone import VIETNAM


@dataclass(frozen=True)
class Posting:
    """Both days, in Viet Nam, belong to it; without `until` it goes on.

    Only where the first day lay ahead when it was set is it `awaited`: no clock that is turned back takes a
    day away that has begun.
    """

    since: date
    until: date | None = None
    awaited: bool = False

    @classmethod
    def set_on(cls, today: date, since: date | None, until: date | None) -> Posting:
        """Without a first day it begins at once. Raises BadInput("posting-ends-first")."""
        first = since or today
        if until is not None and until < first:
            raise BadInput("posting-ends-first", since=first.isoformat(), until=until.isoformat())
        return cls(first, until, first > today)

    def require(self, day: date) -> None:
        """Raises NotAllowed("posting-not-begun" | "posting-over") where it takes in nothing that day."""
        if self.awaited and day < self.since:
            raise NotAllowed("posting-not-begun", since=self.since.isoformat())
        if self.until is not None and day > self.until:
            raise NotAllowed("posting-over", until=self.until.isoformat())

    def covers(self, day: date) -> bool:
        return not (self.awaited and day < self.since) and (self.until is None or day <= self.until)


def of(arranged: Arranged) -> Mapping[bytes, Posting]:
    """The last of each log with which a machine was enrolled; who has none serves without an end."""
    found: dict[bytes, Posting] = {}
    for event in arranged.events:
        if event.header.kind != "posted" or event.payload is None:
            continue
        try:
            log = bytes.fromhex(event.payload["log"])
            since, until = date.fromisoformat(event.payload["since"]), event.payload.get("until")
            last = None if until is None else date.fromisoformat(until)
            told = moment(event.header.hlc).astimezone(VIETNAM).date()
            found[log] = Posting(since, last, since > told)
        except (KeyError, TypeError, ValueError):
            continue
    return found
