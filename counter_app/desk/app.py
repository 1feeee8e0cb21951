"""Starts the window: paints it first, then opens the store in a lane."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.desk.ahead import ReadAhead
from counter_app.desk.application import application
from counter_app.desk.bugs import BugReports
from counter_app.desk.contents import BOARD, FIND, HAND_BACK, INSTANT, makers, wanted_ahead
from counter_app.desk.door import OpeningDoor
from counter_app.desk.page import Desk
from counter_app.desk.sweeping import sweep_all
from counter_app.desk.tasks import Tasks
from counter_app.desk.window import Window
from counter_app.domain.errors import CounterError
from counter_app.system.paths import Places, training_data

if TYPE_CHECKING:
    from counter_app.desk.first_run.road import Road
    from counter_app.desk.keeper import Keeper
    from counter_app.desk.leaving import Leaving
    from counter_app.desk.opening import Opened, Opening
    from counter_app.desk.seating import Seating
    from counter_app.desk.sync_lane import MakeRoad
    from counter_app.desk.sync_watch import SyncWatch
    from counter_app.desk.training import Practice
    from counter_app.desk.wiping import Wiping
    from counter_app.services.first_run import Progress
    from counter_app.services.office import Office
    from counter_app.services.opening import Vault
    from counter_app.system.printing import Printer

_WARM_AFTER: Final = 1_500  # ms
_TURN: Final = 0.00001
"""Seconds that another thread's Python runs on once the window waits for its turn; the system's timers round
it up. Each of the hundred calls to Qt that make a page may wait so long: beside a lane that never rests, 18
of 1,900 beats came over 100 ms late at the interpreter's own 5 ms, 11 at half a millisecond, 1 at this."""
# Among the settings; services/first_run reads it, and need not come at each start.
_FIRST_RUN: Final = "first_run"


def _wall() -> datetime:
    from counter_app.system import clock

    return clock.now()


class Surroundings(NamedTuple):
    """What the window takes from the machine; a test hands in its own."""

    clock: Callable[[], datetime] = _wall
    vault: Callable[[], Vault] | None = None
    printer: Callable[[], Printer] | None = None
    environment: Mapping[str, str] = os.environ
    road: MakeRoad | None = None


class Start(QObject):
    """The way from an empty window to the open desk; `window.desk` stands once it is through."""

    anew_asked = Signal()
    """The training store is to be made anew, in another window than this one."""

    def __init__(
        self, data: Path, around: Surroundings, *, training: bool = False, anew: bool = False
    ) -> None:
        super().__init__()
        self.places = Places(data)
        self._training, self._anew = training, anew
        self.successor: Start | None = None  # the window that took this one's place
        self.around = around
        self.tasks = Tasks(self, self.places.logs)
        self._ahead = 0.0  # seconds that the office's time is ahead of the wall
        self.window = Window(self._now)
        self.window.at_close(self.close)
        self._office: Office | None = None
        self._opening = OpeningDoor()
        self._way: Opening | None = None
        self._road: Road | None = None
        self._waiting: Progress | None = None  # what is left of the first run
        self._practice: Practice | None = None
        self.seating: Seating | None = None
        self._sync: SyncWatch | None = None
        self._keeper: Keeper | None = None
        self._reading: ReadAhead | None = None
        self.leaving: Leaving | None = None
        self.wiping: Wiping | None = None
        self._opening.asked.connect(self.open)
        self.window.show_door(self._opening, takes_scans=True)
        if training:
            self._show_training()

    def open(self) -> None:
        """Opens the store by the keyring, or by what the environment gives."""
        if self._way is None:
            from counter_app.desk.opening import Opening  # not read before the first paint

            door = self._opening
            self._way = Opening(self.window, self.tasks, self.places, self.around, door, self)
            self._way.practice_lost.connect(self._on_practice_lost)
            self._way.opened.connect(self._on_opened)
            self._way.nothing_here.connect(self._set_up)
        if self._training:
            self._way.open_training(anew=self._anew)
        else:
            self._way.open()

    def tell(self, error: CounterError) -> None:
        """Says it at the foot of the window that stands, which may be another one's by now."""
        if self.successor is not None:
            self.successor.tell(error)
        else:
            self.window.tell(error)

    def close(self) -> None:
        """Ends the lanes, then the store; the lock goes last."""
        if self._sync is not None:
            self._sync.end()
        if self._keeper is not None:
            self._keeper.end()
        if self._reading is not None:
            self._reading.end()
        self.tasks.close()
        if self._office is not None:
            self._office.close()
            self._office = None
        if self._way is not None:
            self._way.close()

    def _now(self) -> datetime:
        return self.around.clock() + timedelta(seconds=self._ahead)

    def _set_up(self, progress: Progress) -> None:
        from counter_app.desk.first_run.ground import Ground
        from counter_app.desk.first_run.road import Road, find_printer, find_queues
        from counter_app.desk.opening import opened, vault_of

        around = self.around
        ground = Ground(
            self.tasks,
            self.places,
            around.clock,
            lambda: vault_of(around),
            lambda: find_printer(around.printer),
            lambda office: opened(office, around.clock()),
            progress,
            None if around.printer is not None else find_queues,
        )
        self._road = Road(self.window, ground, self)
        self._road.furnish.connect(self._furnish)
        self._road.ended.connect(self._on_set_up)
        self._road.named.connect(self._on_named)
        self._road.seat_asked.connect(self._on_seat_asked)
        self._road.start()

    def _on_named(self, agency: str) -> None:
        assert self._office is not None
        self._agency = agency
        self.window.show_office(agency, self._office.settings.office)

    def _on_seat_asked(self) -> None:
        assert self.seating is not None
        self.seating.leave()

    def _on_set_up(self) -> None:
        desk, seating = self.window.desk, self.seating
        assert desk is not None and seating is not None
        self._road = self._waiting = None
        self.window.show_office(self._agency, desk.office.settings.office)
        seating.take(desk.session)
        self.window.begin()

    def _begin(self) -> None:
        """Somebody sits here: what is left of the first run comes first, for who may do it."""
        from counter_app.desk.first_run.road import may_set_up

        desk = self.window.desk
        assert desk is not None
        mine = may_set_up(desk.session)
        if self._road is not None and mine:
            self._road.show()
        elif self._waiting is not None and mine:
            self._set_up(self._waiting)
        else:
            self.window.bare(False)
            self.window.begin()

    def _show_training(self) -> None:
        from counter_app.desk.training import Practice

        self._practice = Practice(self.window, self)
        self._practice.anew_asked.connect(self.anew_asked)

    def _on_practice_lost(self) -> None:
        assert self._practice is not None
        self._practice.band.say_lost()

    def _on_opened(self, opened: Opened) -> None:
        self._furnish(opened)
        other = opened.office.settings.other
        if _FIRST_RUN in other:
            from counter_app.desk.first_run.road import left_over

            self._waiting = left_over(opened.office.settings)
        assert self.seating is not None
        if opened.session.officer is None:
            self.seating.leave()
        elif self._waiting is not None:
            self._begin()
        else:
            self.window.begin()

    def _furnish(self, opened: Opened) -> None:
        """The desk over the open store; nobody has begun to work at it yet."""
        from counter_app.desk.keeper import Keeper
        from counter_app.desk.opening import vault_of
        from counter_app.desk.printer_watch import NoPrinter, PrinterWatch
        from counter_app.desk.seating import Seating
        from counter_app.desk.sync_watch import SyncWatch

        self._office = opened.office
        opened.office.breathe = self.tasks.breathe
        self._ahead = opened.ahead
        if opened.office.training and self._practice is None:
            self._show_training()
        desk = Desk(opened.office, opened.session, self.tasks, NoPrinter(), self._now)
        desk.road, desk.vault = self.around.road, lambda: vault_of(self.around)
        self._agency = opened.agency
        self.window.show_office(opened.agency, opened.office.settings.office)
        self.window.office_changed.connect(self._on_office_changed)
        self.window.wipe_asked.connect(self._on_wipe_asked)
        self.seating = Seating(self.window, desk, self)
        self.seating.begin = self._begin
        self.seating.idle.idle.connect(sweep_all)
        self.window.open_desk(desk, makers())
        if not opened.writable:
            from counter_app.desk.read_only import ReadOnlyBand  # hardly any start needs it

            self.window.show_above(ReadOnlyBand(desk))
        self._watch = PrinterWatch(desk, self.window.foot, self.around.printer, self)
        self._keeper = desk.keeper = Keeper(desk, self.window.foot, self)
        self._sync = desk.sync = SyncWatch(desk, self.window.foot, self, self.around.road)
        # The first receipt and the first page find their modules read; the first scan does not wait for that.
        self._reading = ReadAhead(self.tasks, wanted_ahead(), self)
        self._reading.done.connect(self._on_read_ahead)
        QTimer.singleShot(_WARM_AFTER, self._reading.begin)

    def _on_read_ahead(self) -> None:
        from counter_app.desk.leaving import Leaving

        assert self.window.desk is not None and self._sync is not None
        self.leaving = Leaving(self.window, self.window.desk, self._sync)
        sys.setswitchinterval(_TURN)  # not before: while the store opens, the window has nothing to do
        self.window.prepare(HAND_BACK, BOARD, INSTANT, FIND)

    def _on_wipe_asked(self) -> None:
        if self.wiping is None:
            from counter_app.desk.wiping import Wiping

            assert self.window.desk is not None and self.seating is not None
            self.wiping = Wiping(self.window, self.window.desk, self.seating, self)
            self.wiping.ended.connect(self._on_wiped)
        self.wiping.begin()

    def _on_wiped(self) -> None:
        self.window.ask_before_close(lambda: True)
        self.close()

    def _on_office_changed(self) -> None:
        assert self._office is not None and self.seating is not None and self._sync is not None
        self.window.show_office(self._agency, self._office.settings.office)
        self.seating.refresh()
        self._sync.refresh()


def spoken_in(data: Path) -> str:
    """What the officers chose; settings that cannot be read are complained of when the store opens."""
    from counter_app.system import settings

    try:
        return settings.load(Places(data).settings).language
    except CounterError:
        return settings.Settings.language


def begin(data: Path, around: Surroundings, *, training: bool = False, anew: bool = False) -> Start:
    """A window over the store in `data`, on the screen; it opens the store once it is painted."""
    start = Start(data, around, training=training, anew=anew)

    def renew() -> None:
        # The next one stands before this one goes: a program without a window ends.
        start.successor = begin(data, around, training=True, anew=True)
        start.window.close()

    start.anew_asked.connect(renew)
    # What the officer sees first must not wait for the store, nor share the interpreter with its imports.
    start.window.painted.connect(start.open)
    start.window.show()
    return start


def main(data: Path, *, training: bool = False) -> int:
    """Opens the window over the store in `data`, or over the one to practise on beside it; the exit code."""
    app = application(spoken_in(data))
    start = begin(training_data(data) if training else data, Surroundings(), training=training)
    BugReports(start.places.logs, start.tell).install()
    code = app.exec()
    del start
    return code
