"""How fast the last exchanges went, and what is left at that."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import Final

_LAST: Final = 6  # exchanges: a link that changes its pace is believed after so many


class Pace:
    """Knows nothing until something has gone up."""

    def __init__(self) -> None:
        self._last: deque[tuple[float, int, int]] = deque(maxlen=_LAST)

    def note(self, seconds: float, sent: int, up: int) -> None:
        """One exchange: how long it took, how many events it carried up, in how many bytes."""
        if sent > 0:
            self._last.append((max(seconds, 0.0), sent, up))

    def size(self, waiting: int) -> int | None:
        """The bytes that so many events will take."""
        sent, up = sum(one[1] for one in self._last), sum(one[2] for one in self._last)
        return round(waiting * up / sent) if sent else None

    def left(self, waiting: int) -> timedelta | None:
        """The time that so many events will take."""
        seconds, sent = sum(one[0] for one in self._last), sum(one[1] for one in self._last)
        return timedelta(seconds=waiting * seconds / sent) if sent else None
