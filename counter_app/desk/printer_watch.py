"""Finds the machine's printers once the store is open, and looks again and again how the receipts' one is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer

from counter_app.desk.foot import Foot
from counter_app.desk.page import Desk
from counter_app.domain.errors import CannotWrite

if TYPE_CHECKING:
    from counter_app.desk.job_watch import News
    from counter_app.system.printing import Job, Printer, PrinterState, Queues

_FIRST: Final = 400  # ms: what was scanned before the store was open is answered first
_AGAIN: Final = 20_000  # ms between two looks


class _Found(NamedTuple):
    printer: Printer
    queue: str
    queues: Queues | None


class PrinterWatch(QObject):
    """Gives `desk` its printers; the foot says how the receipts' one stands."""

    def __init__(self, desk: Desk, foot: Foot, given: Callable[[], Printer] | None, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._foot = foot
        self._given = given
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look if given else self.find)
        desk.jobs.changed.connect(self._on_news)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.timeout.connect(self.find)
        self._first.start(_FIRST)

    def find(self) -> None:
        """A printer that was plugged in since the last look is found, too."""
        self._first.stop()
        given = self._given
        chosen = self._desk.office.settings.other.get("papers")

        def find() -> _Found:
            if given is not None:
                return _Found(given(), "", None)
            from counter_app.system import printing  # here and below: the start asks no printer

            folder = Path(chosen) if isinstance(chosen, str) else printing.papers_folder(Path.home())
            queues = printing.queues_here()
            default = next(iter(queues.names()), "")
            return _Found(printing.printer_for(folder, queues, default), default, queues)

        self._desk.tasks.run("paper", find, self._on_found)

    def _on_found(self, found: _Found) -> None:
        self._desk.printer, self._desk.queue, self._desk.queues = found
        self._looking.start(_AGAIN)
        self._look()

    def _look(self) -> None:
        desk = self._desk

        def state() -> PrinterState:
            from counter_app.desk.prints import way  # reads all that papers are made of

            return way(desk).printer.state()

        self._desk.tasks.run("paper", state, self._foot.show_printer, latest="printer")

    def _on_news(self, news: News) -> None:
        from counter_app.system.printing import Stage
        from counter_app.words.printing import news_words

        if news.job.stage is not Stage.WAITING or news.job.trouble:
            self._foot.tell(news_words(news.job), bad=news.job.stage is not Stage.PRINTED)
        self._look()


class NoPrinter:
    """Stands in until the machine has been asked for its queues."""

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        raise CannotWrite("printer-refused", printer="")

    def state(self) -> PrinterState:
        from counter_app.system.printing import PrinterState

        return PrinterState("", ready=False)

    def job(self, name: str) -> Job:
        from counter_app.system.printing import Job, Stage

        return Job(name, Stage.ENDED)

    def cancel(self, name: str) -> None:
        return None
