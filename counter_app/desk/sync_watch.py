"""Exchanges with the district by itself: at the start, after a save, every few minutes."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer

from counter_app.desk.foot import Foot
from counter_app.desk.page import Desk
from counter_app.domain.errors import CounterError

if TYPE_CHECKING:
    from counter_app.services.enrolled import District
    from counter_app.services.safety import Standing
    from counter_app.services.syncing import Road

_FIRST: Final = 2_000  # ms: the first page and the first scan come before it
_LOOK: Final = 1_000  # ms between two looks whether something was saved
_AFTER_SAVE: Final = 3_000  # ms: the receipt, its print and the payment go in one exchange
_AGAIN: Final = 300_000  # ms between two exchanges with nothing to send, and at the most between two tries
_SHORTEST: Final = 2_000  # ms


class _Came(NamedTuple):
    """What an exchange left: how safe the dossiers are, and what stood in its way."""

    standing: Standing | None
    fault: CounterError | None


class SyncWatch(QObject):
    """One exchange at a time, in a lane of its own; after a failure it waits a random, ever longer while."""

    def __init__(
        self, desk: Desk, foot: Foot, parent: QObject, road: Callable[[District], Road] | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._foot = desk, foot
        self._make_road = road
        self._road: Road | None = None  # the lane's alone
        self._failed = 0
        self._busy = False
        self._saved = desk.tasks.done("store")
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self.exchange)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._on_look)
        self._looking.start(_LOOK)
        self._next.start(_FIRST)

    def exchange(self) -> None:
        """Now, unless one is under way."""
        if self._busy:
            return
        self._busy = True
        self._next.stop()
        self._desk.tasks.run("sync", self._exchange, self._on_came, self._on_fault)

    def _exchange(self) -> _Came:
        from counter_app.services import enrolled, safety, syncing
        from counter_app.services.roads import road_to

        office, fault = self._desk.office, None
        known = enrolled.district(office)
        if known is None:
            return _Came(None, None)
        try:
            if self._road is None:
                self._road = (self._make_road or road_to)(known)
            syncing.sync(office, self._road)
        except CounterError as error:
            self._road, fault = None, error
        return _Came(safety.standing(office), fault)

    def _on_came(self, came: _Came) -> None:
        self._busy = False
        self._failed = self._failed + 1 if came.fault else 0
        if came.standing is not None:
            self._show(came)
        self._next.start(self._pause())

    def _on_fault(self, fault: CounterError) -> None:
        # The store itself: whoever works with it is told by what he does.
        self._busy = False
        self._failed += 1
        self._next.start(self._pause())

    def _pause(self) -> int:
        if not self._failed:
            return _AGAIN
        # Full jitter: a thousand counters that come back after a storm must not come all at once.
        longest = min(_AGAIN, _SHORTEST * 2**self._failed)
        return random.randint(_SHORTEST, max(_SHORTEST, longest))  # noqa: S311

    def _on_look(self) -> None:
        done = self._desk.tasks.done("store")
        if done == self._saved:
            return
        self._saved = done
        if not self._failed and not self._busy and self._next.remainingTime() > _AFTER_SAVE:
            self._next.start(_AFTER_SAVE)

    def _show(self, came: _Came) -> None:
        from counter_app.words.errors import sentence
        from counter_app.words.syncing import lamp

        assert came.standing is not None
        words, short, state = lamp(came.standing, self._desk.now())
        self._foot.show_lamp(words, short, sentence(came.fault) if came.fault else "", state)
