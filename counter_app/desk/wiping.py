"""A wipe in the window: two officers are asked, nothing else is done meanwhile, and all ends with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.desk.page import Desk
from counter_app.desk.sync_lane import Ending
from counter_app.desk.window import Window
from counter_app.desk.wiping_door import WipedDoor, WipeDoor
from counter_app.domain.errors import CounterError, Refused, Unreachable
from counter_app.services import wiping
from counter_app.services.course import Course, Progress
from counter_app.services.roads import road_to
from counter_app.services.wiping import Outlook, Wiped
from counter_app.words import wiping as words
from counter_app.words.syncing import course

if TYPE_CHECKING:
    from counter_app.desk.seating import Seating
    from counter_app.services.enrolled import District
    from counter_app.services.syncing import Road

_LOOK: Final = 200  # ms between two looks at how far the lane is


class Wiping(QObject):
    ended = Signal()
    """There is no store any more: whatever still holds it lets it go."""

    def __init__(self, window: Window, desk: Desk, seating: Seating, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk, self._seating = window, desk, seating
        self.door = WipeDoor()
        self.wiped: WipedDoor | None = None
        self.door.asked.connect(lambda: self._work(None))
        self.door.seal_asked.connect(self._work)
        self.door.left.connect(window.begin)
        self._district = self._me = ""
        self._progress: Progress | None = None  # the lane only writes it, the window only reads it
        self._sealed: float | None = None  # how far the sealing is, in the same way
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._on_look)
        self._begin_after_seat = seating.begin

    def begin(self) -> None:
        """Says what would be lost, and asks who decides it."""
        office = self._desk.office
        self._desk.tasks.run("read", lambda: wiping.outlook(office), self._ask)

    def _ask(self, now: Outlook | None) -> None:
        me = self._desk.session.officer
        if now is None or me is None:
            return  # the section says why; or the seat was left meanwhile
        self._district, self._me = now.district, me.id
        self._window.show_door(self.door)
        self.door.show_outlook(now, me)

    def _work(self, sealed: Path | None) -> None:
        """Nobody writes from here on: what the lane of acts still holds goes before."""
        desk, said, me = self._desk, self.door.answer(), self._me
        office, sync, progress, sealing = desk.office, desk.sync, self._note, self._note_sealing
        assert desk.vault is not None and sync is not None
        vault, ends = desk.vault, sync.ends

        def road(known: District) -> Road:
            return Ending((desk.road or road_to)(known), ends)

        def work() -> Wiped:
            first = office.session(me, lambda: said.pin)
            second = office.session(said.second, lambda: said.second_pin)
            note = Course(office, progress).note
            return wiping.wipe(
                office, first, second, said.code, said.reason, vault(), road, sealed, note, sealing
            )

        def go_on(_: None) -> None:
            desk.tasks.run("sync", work, lambda done: self._on_wiped(done, sealed), self._on_refused)

        self._progress, self._sealed = None, None
        self._window.lock(self.door)
        self._seating.begin = lambda: self._window.lock(self.door)
        self.door.set_busy(True)
        self.door.follow(self.tr("Đang gửi những gì máy chủ chưa có…"))
        self.door.setFocus()
        self._looking.start(_LOOK)
        desk.tasks.run("store", lambda: None, go_on)

    def _note(self, progress: Progress) -> None:
        self._progress = progress

    def _note_sealing(self, part: float) -> None:
        self._sealed = part

    def _on_look(self) -> None:
        if self._sealed is not None:
            self.door.follow(words.sealing(self._sealed))
        elif self._progress is not None:
            self.door.follow(course(self._progress)[0])

    def _on_refused(self, error: CounterError) -> None:
        """The store stands as it stood."""
        self._looking.stop()
        self._seating.begin = self._begin_after_seat
        if self._desk.session.officer is None:
            return  # the seat was left: who takes it begins anew
        self.door.hold(True)
        self._window.begin()
        self._window.show_door(self.door)
        self.door.hold(False)
        self.door.refuse(error, may_seal=isinstance(error, Unreachable | Refused))

    def _on_wiped(self, done: Wiped, sealed: Path | None) -> None:
        self._looking.stop()
        self._seating.end()
        self.ended.emit()
        window = self._window
        self.wiped = WipedDoor(done, self._district, sealed, window.close)
        window.bare(True)
        gone = self.tr("Kho đã xóa")
        window.foot.show_lamp(gone, gone, "", "paused")
        window.show_door(self.wiped)
        window.scan_box.setEnabled(False)
        self.wiped.button.setFocus()
