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
    """So many wait that this one would wait too long."""


class Gone(Exception):
    """Who asked has hung up."""


class Places:
    """`at_once` exchanges at a time; made inside the loop that it belongs to."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._limiter = CapacityLimiter(at_once)
        self._threads = CapacityLimiter(at_once)
        self._takes_s = _AT_FIRST_S

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
        if self.queued * self._takes_s / self._at_once > LONGEST_S:
            raise Crowded
        async with self._limiter:
            if await gone():
                raise Gone
            began = time.perf_counter()
            try:
                return await to_thread.run_sync(answer, body, limiter=self._threads)
            finally:
                self._takes_s += (time.perf_counter() - began - self._takes_s) * _WEIGHT
