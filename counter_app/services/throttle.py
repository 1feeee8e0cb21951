"""Wrong PINs in a row make the next try wait; neither a restart nor a turned clock shortens it.

The count lies in the store and is written before a PIN is looked at, so that a process that is killed in
between has tried too. The waiting is told by a clock that only runs forward. It begins anew when the store is
opened, and when another process has tried meanwhile: many processes guess no quicker than one. An account is
named here as the machine's own events name it, which no merging of communes changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from counter_app.domain.errors import NotPermitted
from counter_app.store import own
from counter_app.store.database import Database

FREE: Final = 3  # wrong PINs in a row without waiting
_FIRST: Final = 5.0  # seconds; each further wrong PIN doubles them
LONGEST: Final = 300.0  # seconds
_TRIES = "tries/"


def pause(wrong: int) -> float:
    """Seconds between a try and the one before it, after so many wrong PINs in a row."""
    return 0.0 if wrong < FREE else min(LONGEST, _FIRST * 2.0 ** min(wrong - FREE, 10))


class Throttle:
    """Of one open store."""

    def __init__(self, database: Database, ticks: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._ticks = ticks
        self._opened = ticks()
        with database.reading() as connection:
            kept = own.beginning(connection, _TRIES)
        # officer -> wrong PINs, and since when that is known; who is not here had none at the opening
        self._known = {name.removeprefix(_TRIES): (int(value), self._opened) for name, value in kept}

    def wait(self, officer: str) -> float:
        """Seconds until this officer's PIN may be tried; 0 where it may be now."""
        with self._database.reading() as connection:
            return self._left(officer, _wrong(connection, officer))

    def begin(self, officer: str, shown: str = "") -> None:
        """Counts a try, on the disk at return; raises NotPermitted("pin-waits") where it comes too early.

        `shown` is the id that the error tells, where it is another one.
        """
        with self._database.writing() as connection:
            wrong = _wrong(connection, officer)
            left = self._left(officer, wrong)
            if left > 0:
                raise NotPermitted("pin-waits", officer=shown or officer, seconds=int(left) + 1)
            own.put_text(connection, _TRIES + officer, str(wrong + 1))
        self._known[officer] = wrong + 1, self._ticks()

    def passed(self, officer: str) -> None:
        """The PIN was right: the count begins anew."""
        with self._database.writing() as connection:
            own.drop(connection, _TRIES + officer)

    def _left(self, officer: str, wrong: int) -> float:
        now = self._ticks()
        known, since = self._known.setdefault(officer, (0, self._opened))
        if known != wrong:
            known, since = self._known[officer] = wrong, now
        return max(0.0, since + pause(wrong) - now)


def _wrong(connection: Any, officer: str) -> int:
    return int(own.get_text(connection, _TRIES + officer, "0"))
