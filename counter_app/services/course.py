"""How far a synchronisation has come, and how long the rest will take at the pace of the last exchanges."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from counter_app.domain.pace import Pace
from counter_app.services.office import Office
from counter_app.services.safety import standing
from counter_app.services.syncing import Synced

_COUNTED: Final = 0.9  # seconds: to count what waits costs as much as some exchanges


@dataclass(frozen=True)
class Progress:
    """After an exchange, while others follow."""

    sent: int
    """Dossiers that are safe now and were not when it began."""
    all: int
    """Those, and the ones that still wait."""
    size: int | None
    """Bytes that still go up, as far as can be told from what went."""
    left: timedelta | None
    """None where nothing has gone up yet, or the server has more to give: how much, it does not say."""
    received: int
    """Events that came."""
    more: bool
    """Whether the server has more to give."""


class Course:
    """Of one synchronisation; `note` is its progress, and `tell` is called in the thread that does it."""

    def __init__(
        self, office: Office, tell: Callable[[Progress], object], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._office, self._tell, self._clock = office, tell, clock
        self._pace = Pace()
        self._before = Synced()
        self._first = self._wait = self._waiting()
        self._counted = self._at = clock()

    def begin(self) -> None:
        """Nothing is exchanged yet."""
        self._tell(Progress(0, self._first, None, None, 0, more=False))

    def note(self, done: Synced) -> None:
        """An exchange is over."""
        now = self._clock()
        before, self._before = self._before, replace(done)
        self._pace.note(now - self._at, done.sent - before.sent, done.bytes_up - before.bytes_up)
        self._at = now
        if now - self._counted >= _COUNTED or not done.waiting:
            self._counted, self._wait = now, self._waiting() if done.waiting else 0
        self._first = max(self._first, self._wait)  # more was received meanwhile
        self._tell(
            Progress(
                self._first - self._wait,
                self._first,
                self._pace.size(done.waiting),
                None if done.more else self._pace.left(done.waiting),
                done.received,
                done.more,
            )
        )

    def _waiting(self) -> int:
        found = standing(self._office)
        return found.waiting if found else 0
