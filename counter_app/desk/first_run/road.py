"""The way through the first run: the wizard in the window, and the desk that it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.wizard import FirstRun
from counter_app.desk.window import Window
from counter_app.domain.commune import Role
from counter_app.services.first_run import Progress, read
from counter_app.services.office import Session
from counter_app.system import processes
from counter_app.system.settings import Settings

if TYPE_CHECKING:
    from counter_app.system.printing import Printer, Queues


class Road(QObject):
    """Stands in the place of the pages until every step is done or put off."""

    furnish = Signal(object)
    """The store was made; what `Ground.admit` said of it."""
    ended = Signal()
    named = Signal(str)
    """The agency's name, as its other machines know it."""
    seat_asked = Signal()
    """The commune has officers with PINs now, and nobody has shown one."""

    def __init__(self, window: Window, ground: Ground, parent: QObject) -> None:
        super().__init__(parent)
        self.window, self.ground = window, ground
        self.wizard = FirstRun(ground)
        self.wizard.finished.connect(self._on_finished)
        ground.created.connect(self._on_created)
        ground.training_asked.connect(self._on_training_asked)
        ground.named.connect(self.named)
        ground.seat_asked.connect(self._on_seat_asked)

    def start(self) -> None:
        """At the first step that is not done."""
        self.ground.desk = self.window.desk
        self.show()
        self.wizard.start()

    def show(self) -> None:
        self.wizard.setEnabled(True)
        self.window.show_door(self.wizard)
        self.window.bare(True)

    def _on_created(self, made: Any) -> None:
        self.furnish.emit(made)
        self.ground.desk = self.window.desk

    def _on_seat_asked(self) -> None:
        self.wizard.setEnabled(False)  # behind the seat it goes on to its next page, and takes no focus
        self.seat_asked.emit()

    def _on_finished(self) -> None:
        self.window.bare(False)
        self.ended.emit()

    def _on_training_asked(self) -> None:
        data = self.ground.places.data
        page = self.wizard.page
        page.notice.say(page.tr("Đang mở kho tập dùng ở một cửa sổ khác…"), "in_time")
        self.ground.tasks.run("read", lambda: processes.start_training(data), None, page.explain)


def find_printer(given: Callable[[], Printer] | None) -> Printer:
    """In a lane, before there is a desk that has one."""
    from pathlib import Path

    from counter_app.system import printing

    if given is not None:
        return given()
    return printing.printer_for(printing.papers_folder(Path.home()), printing.queues_here())


def find_queues() -> Queues:
    """In a lane."""
    from counter_app.system import printing

    return printing.queues_here()


def left_over(kept: Settings) -> Progress | None:
    """What is still to be asked of a store that stands; None where nothing is."""
    progress = read(kept)
    return None if progress is None or progress.finished else progress


def may_set_up(session: Session) -> bool:
    return session.officer is not None and session.officer.role is Role.ADMINISTRATOR
