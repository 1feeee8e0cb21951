"""Who is answered now, who waits in his order, and who is told at once to come again later."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Final

from anyio import CapacityLimiter, to_thread

LONGEST_S: Final = 15.0
"""Who would wait longer is sent away: after 30 s a device goes by itself, and its work is done for nobody."""
_WEIGHT: Final = 1 / 16  # of the last exchange in what one is expected to take
_AT_FIRST_S: Final = 0.05


class Crowded(Exception):
    """So many wait that this one would wait too long: its turn comes after `after_s` seconds."""

    def __init__(self, after_s: float) -> None:
        super().__init__(after_s)
        self.after_s = after_s


class Gone(Exception):
    """Who asked has hung up."""


class Places:
    """`at_once` exchanges at a time; made inside the loop that it belongs to."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._limiter = CapacityLimiter(at_once)
        self._threads = CapacityLimiter(at_once)
        self._takes_s = _AT_FIRST_S
        self._promised = 0.0  # until then, by the monotonic clock, each moment is somebody's turn

    @property
    def under_way(self) -> int:
        return int(self._limiter.borrowed_tokens)

    @property
    def queued(self) -> int:
        return self._limiter.statistics().tasks_waiting

    async def run(
        self, answer: Callable[[bytes], bytes], body: bytes, gone: Callable[[], Awaitable[bool]]
    ) -> bytes:
        """The answer, in a thread; raises Crowded, Gone, and whatever `answer` raises."""
        each_s = self._takes_s / self._at_once
        if self.queued * each_s > LONGEST_S:
            raise Crowded(self._turn(each_s))
        async with self._limiter:
            if await gone():
                raise Gone
            began = time.perf_counter()
            try:
                return await to_thread.run_sync(answer, body, limiter=self._threads)
            finally:
                self._takes_s += (time.perf_counter() - began - self._takes_s) * _WEIGHT

    def _turn(self, each_s: float) -> float:
        """In how many seconds whoever is sent away now would have his place: behind all sent away before."""
        now = time.monotonic()
        self._promised = max(self._promised, now + self.queued * each_s) + each_s
        return self._promised - now
