"""Batches of a size that the link can bear, cut from the runs that the other lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from counter_app.domain.events import Header
from counter_app.domain.runs import Run
from counter_app.sync.batch import COMMON, Packer
from counter_app.sync.limits import MOST_EVENTS

SMALLEST: Final = 2 * 1024
LARGEST: Final = 15 * 1024 + 512
"""Bytes of a compressed batch: with what goes around it two seconds of a link of 64 kbit/s."""
AT_FIRST: Final = 8.0  # how far events shrink, before anything is known of these
_FULL: Final = 0.75  # of the room, from where on a batch is not packed again to fill it
_AIM: Final = 0.95  # of the room: what turns out longer is packed a second time
_MOST_RAW: Final = 512 * 1024  # bytes that one batch may grow to at the other end


class Portions:
    """Hands out batch after batch; a run that alone is larger than the room is a batch of its own."""

    def __init__(
        self, packer: Packer, runs: Iterator[Run], shrinks: float = AT_FIRST, form: int = COMMON
    ) -> None:
        """`form` is that of the batches."""
        self._packer = packer
        self._form = form
        self._runs = runs
        self._waiting: list[Run] = []
        self.shrinks = shrinks
        """How far the last batch shrank: the next portions may begin with it."""

    def take(self, room: int) -> tuple[list[Run], bytes]:
        """The next runs, with the batch that holds them; both empty where nothing is left."""
        self._fill(room)
        count = len(self._waiting)
        tried = 0
        while count:
            runs = self._waiting[:count]
            batch = self._packer.pack(runs, self._form)
            self.shrinks = max(1.0, sum(map(_size, runs)) / len(batch))
            if len(batch) < room * _FULL and not tried:
                self._fill(room)  # it shrank further than was thought
                if len(self._waiting) > count:
                    tried, count = count, len(self._waiting)
                    continue
            if len(batch) <= room or count == 1:
                del self._waiting[:count]
                return runs, batch
            count = max(tried, 1, min(count - 1, int(count * room / len(batch))))
        return [], b""

    @property
    def more(self) -> bool:
        """Whether something is left."""
        self._fill(1)
        return bool(self._waiting)

    def _fill(self, room: int) -> None:
        wanted = min(room * _AIM * self.shrinks, _MOST_RAW)
        size = sum(map(_size, self._waiting))
        events = sum(len(run.events) for run in self._waiting)
        while size < wanted and events < MOST_EVENTS // 2 and (run := next(self._runs, None)) is not None:
            # Read once, however often it is packed.
            headers = tuple(Header.known(packed.header) for packed in run.events)
            self._waiting.append(replace(run, headers=headers))
            size += _size(run)
            events += len(run.events)


def _size(run: Run) -> int:
    return sum(len(one.header) + len(one.payload or b"") for one in run.events)
