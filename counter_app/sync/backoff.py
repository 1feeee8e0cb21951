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
) -> int:
    """ms until the next try, after so many in a row that failed.

    Full jitter (Brooker, "Exponential Backoff And Jitter", 2015): a thousand counters that come back after a
    storm must not come all at once.
    """
    return draw(shortest, max(shortest, min(longest, shortest * 2**failed)))
