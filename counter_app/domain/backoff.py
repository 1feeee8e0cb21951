"""How long a machine waits after an exchange that came to nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

SHORTEST_MS: Final = 2_000
LONGEST_MS: Final = 300_000


def back_off(
    failed: int,
    shortest: int = SHORTEST_MS,
    longest: int = LONGEST_MS,
    draw: Callable[[int, int], int] = random.randint,
    after_s: int = 0,
) -> int:
    """ms until the next try, after so many in a row that failed; a busy server may have told when.

    Full jitter (Brooker, "Exponential Backoff And Jitter", 2015): a thousand counters that come back after a
    storm must not come all at once.
    """
    if after_s:  # its own turn: a little of chance keeps apart whom one second was told to
        return min(longest, after_s * 1000) + draw(0, shortest)
    return draw(shortest, max(shortest, min(longest, shortest * 2**failed)))
