"""From which day to which a machine serves its commune, as the district's events say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.order import Arranged


@dataclass(frozen=True)
class Posting:
    """Both days, in Viet Nam, belong to it; without `until` it goes on."""

    since: date
    until: date | None = None

    def require(self, day: date) -> None:
        """Raises NotAllowed("posting-not-begun" | "posting-over") where it takes in nothing that day."""
        if day < self.since:
            raise NotAllowed("posting-not-begun", since=self.since.isoformat())
        if self.until is not None and day > self.until:
            raise NotAllowed("posting-over", until=self.until.isoformat())

    def check(self) -> None:
        """Raises BadInput("posting-ends-first")."""
        if self.until is not None and self.until < self.since:
            raise BadInput("posting-ends-first", since=self.since.isoformat(), until=self.until.isoformat())

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def of(arranged: Arranged) -> Mapping[bytes, Posting]:
    """The last of each log with which a machine was enrolled; who has none serves without an end."""
    found: dict[bytes, Posting] = {}
    for event in arranged.events:
        if event.header.kind != "posted" or event.payload is None:
            continue
        try:
            log = bytes.fromhex(event.payload["log"])
            since, until = date.fromisoformat(event.payload["since"]), event.payload.get("until")
            found[log] = Posting(since, None if until is None else date.fromisoformat(until))
        except (KeyError, TypeError, ValueError):
            continue
    return found
