"""Exchanges with the district: at the start, after a save, every few minutes, with the network, by hand."""

from __future__ import annotations

import random
import threading
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from counter_app.desk.foot import Foot
from counter_app.desk.lamp import KEY
from counter_app.desk.page import Desk
from counter_app.desk.sync_lamp import SyncLamp
from counter_app.desk.sync_lane import Came, SyncLane
from counter_app.domain import sync_hours
from counter_app.domain.backoff import LONGEST_MS, SHORTEST_MS, back_off
from counter_app.domain.errors import CounterError

if TYPE_CHECKING:
    from counter_app.desk.network import Network
    from counter_app.desk.sync_lane import MakeRoad

_FIRST: Final = 2_000  # ms: the first page and the first scan come before it
_LOOK: Final = 1_000  # ms between two looks whether something was saved, and how far an exchange is
_AFTER_SAVE: Final = 3_000  # ms: the receipt, its print and the payment go in one exchange
_AGAIN: Final = LONGEST_MS  # between two exchanges with nothing to send, and at the most between two tries
_SHORTEST: Final = SHORTEST_MS
_CROWD: Final = 5_000  # ms over which counters come whose network is back in the same second
_CROWD_AT_HOUR: Final = 60_000  # ms over which those come whose hour begins
_LONG: Final = 1.0  # seconds: of a shorter exchange nothing is shown
PAUSE_KEY: Final = "Ctrl+Shift+F8"
HOUR: Final = timedelta(hours=1)


class SyncWatch(QObject):
    """One exchange at a time, in a lane of its own; after a failure it waits a random, ever longer while."""

    came = Signal(object)
    """What a look or an exchange has found, a Came."""
    progressed = Signal(object)
    """How far a long one is, a Progress; at most once a second."""
    filed = Signal(object)
    """How far the files are, a FileProgress; at most once a second."""

    def __init__(self, desk: Desk, foot: Foot, parent: QObject, road: MakeRoad | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lamp = SyncLamp(foot, self)
        self._lane = SyncLane(desk.office, road)
        self._failed = 0
        self._busy = self._by_hand = self._at_once = False
        self._last: Came | None = None
        self._began = 0.0
        self._network: Network | None = None
        self._saved = desk.tasks.done("store")
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self.exchange)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._on_look)
        self._looking.start(_LOOK)
        self._next.start(_FIRST)
        foot.lamp.clicked.connect(self.sync_by_hand)
        for key, act in ((KEY, self.sync_by_hand), (PAUSE_KEY, self._on_pause_key)):
            shortcut = QShortcut(QKeySequence(key), foot.window())
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    @property
    def last(self) -> Came | None:
        """What is known of the store's safety; None until it was looked at."""
        return self._last

    @property
    def busy(self) -> bool:
        return self._busy

    @property
    def ends(self) -> threading.Event:
        """Set once the window closes."""
        return self._lane.ends

    @property
    def asked(self) -> bool:
        """Whether somebody waits for an exchange."""
        return self._by_hand

    def exchange(self) -> None:
        """Now, unless one is under way; not while it is paused, or out of its hours."""
        if self._busy or self._lane.ends.is_set():
            return
        by_hand, lane = self._by_hand, self._lane
        # What is safe is shown first: a link that is dead says nothing for a quarter of a minute.
        looks = self._last is None or not (by_hand or self._begins(self._desk.now()) is None)
        self._busy = True
        lane.progress, lane.files, self._began = None, None, time.monotonic()
        lane.stops.clear()
        lane.asked.clear()
        self._next.stop()
        self._desk.tasks.run(
            "sync",
            lane.look if looks else lambda: lane.exchange(by_hand=by_hand),
            lambda came: self._on_came(came, by_hand),
            self._on_fault,
        )

    def sync_by_hand(self) -> None:
        """Now, whatever the hour; ends a pause; the foot says what comes of it."""
        self._by_hand = True
        self._failed = 0
        self._lane.asked.set()
        self._lamp.begin()
        self.exchange()

    def pause_by_hand(self, span: timedelta | None) -> None:
        """For so long, or until `sync_by_hand`; what is under way ends after its message."""
        if self._last is None or self._last.standing is None:
            self._lamp.tell(None, None)
            return
        self._by_hand = False
        self._lane.stops.set()
        self._desk.tasks.run("store", lambda: self._lane.pause(span), self._on_paused)

    def refresh(self) -> None:
        """The hours are others now."""
        if not self._busy and self._last is not None:
            self._show()
            self._next.start(self._wait())

    def end(self) -> None:
        """The window closes: an answer that still comes is asked for again at the next start."""
        self._lane.ends.set()
        self._next.stop()
        self._looking.stop()

    def _on_came(self, came: Came, by_hand: bool) -> None:
        first, before = self._last is None, self._last
        self._busy = False
        self._next.start(_AGAIN)  # a bug met below ends no more than this one
        exchanged = came.done is not None or came.fault is not None
        if exchanged:
            self._failed = self._failed + 1 if came.fault else 0
        # A look knows nothing of the road: the last exchange's fault stands until another has come through.
        self._last = came if exchanged or before is None else came._replace(fault=before.fault)
        if by_hand and self._by_hand and (exchanged or came.standing is None):
            self._by_hand = False
            self._lamp.tell(came.done, came.fault)
        self._show()
        self.came.emit(self._last)
        if self._by_hand or (first and came.standing is not None):
            self.exchange()
        else:
            self._next.start(self._wait())
        if came.standing is not None and self._network is None:
            self._listen()

    def _on_fault(self, fault: CounterError) -> None:
        # The store itself: whoever works with it is told by what he does.
        self._busy = False
        self._failed += 1
        if self._by_hand:
            self._by_hand = False
            self._lamp.tell(None, fault)
        self.came.emit((self._last or Came(None))._replace(done=None, fault=fault))
        self._next.start(self._wait())

    def _on_pause_key(self) -> None:
        """For an hour; once more, until somebody goes on. Where the counter is locked, nobody may."""
        if self._desk.session.officer is not None:
            paused = self._last is not None and self._last.pause is not None
            self.pause_by_hand(None if paused else HOUR)

    def _on_paused(self, came: Came) -> None:
        self._last = came
        self._show()
        self._lamp.tell_pause()
        self.came.emit(came)
        self._next.start(self._wait())

    def _wait(self) -> int:
        """ms until the next exchange by itself, or until it is looked whether it is time for one."""
        now = self._desk.now()
        pause = self._last.pause if self._last else None
        if pause is not None:
            return _AGAIN if pause.until is None else max(_LOOK, _ms(pause.until - now))
        begins = self._begins(now)
        if begins is not None:
            return min(_AGAIN, _ms(begins - now) + _drawn(_CROWD_AT_HOUR))
        if self._at_once:
            self._at_once = False
            return _drawn(_CROWD)
        if not self._failed:
            return _AGAIN
        fault = self._last.fault if self._last else None
        told = fault.facts.get("after_s") if fault else None
        return back_off(self._failed, _SHORTEST, _AGAIN, after_s=told if isinstance(told, int) else 0)

    def _begins(self, now: datetime) -> datetime | None:
        """When its hours begin again; None within them."""
        begins = sync_hours.read(self._desk.office.settings.sync_hours).next(now)
        return begins if begins > now else None

    def _on_look(self) -> None:
        if self._busy:
            self._show_course()
            return
        done = self._desk.tasks.done("store")
        if done == self._saved:
            return
        self._saved = done
        if not self._failed and self._next.remainingTime() > _AFTER_SAVE:
            self._next.start(_AFTER_SAVE)

    def _listen(self) -> None:
        from counter_app.desk import network

        self._network = network.here(self)
        self._network.came_back.connect(self._on_network)

    def _on_network(self) -> None:
        self._failed = 0
        self._at_once = True
        if not self._busy:
            self._next.start(self._wait())

    def _show_course(self) -> None:
        progress, files = self._lane.progress, self._lane.files
        if time.monotonic() - self._began < _LONG:
            return
        if files is not None:
            self._lamp.show_files(files)
            self.filed.emit(files)
        elif progress is not None:
            self._lamp.show_course(progress)
            self.progressed.emit(progress)

    def _show(self) -> None:
        if self._last is None:
            return
        if self._last.standing is None:
            self._lamp.show_alone()
            return
        now = self._desk.now()
        last, begins = self._last, self._begins(now)
        self._lamp.show(self._last.standing, last.pause, last.fault, begins, now, last.files)


def _ms(span: timedelta) -> int:
    return max(0, round(span.total_seconds() * 1000))


def _drawn(most: int) -> int:
    return random.randint(0, most)  # noqa: S311
