"""Finds the machine's printer once the store is open, and looks again and again how it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from counter_app.desk.foot import Foot
from counter_app.desk.page import Desk
from counter_app.domain.errors import CannotWrite
from counter_app.system import printing
from counter_app.system.printing import Printer, PrinterState

_AGAIN: Final = 20_000  # ms between two looks


class PrinterWatch(QObject):
    """Gives `desk` its printer; the foot says how it stands."""

    def __init__(self, desk: Desk, foot: Foot, given: Callable[[], Printer] | None, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._foot = foot
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        chosen = desk.office.settings.other.get("papers")

        def find() -> Printer:
            if given is not None:
                return given()
            folder = Path(chosen) if isinstance(chosen, str) else printing.papers_folder(Path.home())
            return printing.printer_for(folder)

        desk.tasks.run("paper", find, self._on_found)

    def _on_found(self, printer: Printer) -> None:
        self._desk.printer = printer
        self._looking.start(_AGAIN)
        self._look()

    def _look(self) -> None:
        self._desk.tasks.run("paper", self._desk.printer.state, self._foot.show_printer, latest="printer")


class NoPrinter:
    """Stands in until the machine has been asked for its queues."""

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        raise CannotWrite("printer-refused", printer="")

    def state(self) -> PrinterState:
        return PrinterState("", ready=False)
