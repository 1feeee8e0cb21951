"""Printers of this computer, as the program sees them: queues, jobs, what is wrong with either; and a folder.

A job that a queue has taken is not yet paper: `Printer.job` tells what became of it. CUPS stands behind this
in `cups.py`, the Windows spooler in `winspool.py`; nothing above knows which.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from counter_app.domain.errors import CannotWrite
from counter_app.system import files

_POINTS_A_MM: Final = 72 / 25.4
_FIRST_PAGE: Final = re.compile(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]")


class Trouble(StrEnum):
    """Why a paper does not come out; the names are those that people use, not a driver's."""

    PAPER_OUT = "paper-out"
    JAMMED = "jammed"
    OPEN = "open"
    INK_OUT = "ink-out"
    OFFLINE = "offline"
    PAUSED = "paused"
    REMOVED = "removed"
    """The queue is no longer there."""
    SILENT = "silent"
    """The print service itself does not answer."""
    CANCELLED = "cancelled"
    FAILED = "failed"
    LOST = "lost"
    """The queue knows nothing of the job: nobody can say whether it came out."""


class Stage(StrEnum):
    """How far a job is: in the queue's hands, on paper as far as the queue knows, or never to come."""

    WAITING = "waiting"
    PRINTED = "printed"
    ENDED = "ended"


@dataclass(frozen=True)
class Job:
    """One paper on its way; a waiting one may be in trouble, and come out once that is mended."""

    name: str
    stage: Stage
    trouble: Trouble | None = None


@dataclass(frozen=True)
class PrinterState:
    """What the foot of the window says. `waiting` jobs are in the queue's hands but not on paper."""

    name: str
    is_folder: bool = False
    ready: bool = True
    waiting: int = 0
    trouble: Trouble | None = None


class Printer(Protocol):
    """Where papers go. `print` gives the place or job that it went to; a job taken is not yet paper."""

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str: ...
    def state(self) -> PrinterState: ...
    def job(self, name: str) -> Job: ...
    def cancel(self, name: str) -> None:
        """Takes back a job that waits, so that another copy does not come out beside it; never raises."""


class Queues(Protocol):
    """The queues of this computer."""

    def names(self) -> list[str]:
        """The default queue first; none where there is no print service."""

    def printer(self, name: str) -> Printer: ...


class FolderPrinter:
    """Papers as PDF files in a folder that the officer chose, where the machine has no queue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        """The file's path; never over an earlier paper. Raises CannotWrite, DiskFull."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.cannot_write(self.folder, error) from error
        name = "".join(sign if sign.isalnum() or sign in "-." else "_" for sign in title)
        path, number = self.folder / f"{name}.pdf", 1
        while path.exists():
            number += 1
            path = self.folder / f"{name}-{number}.pdf"
        files.write_atomically(path, pdf)
        return str(path)

    def state(self) -> PrinterState:
        return PrinterState(str(self.folder), is_folder=True)

    def job(self, name: str) -> Job:
        """A file waits for somebody to print it."""
        return Job(name, Stage.WAITING)

    def cancel(self, name: str) -> None:
        """Files stay: nobody knows whether one was printed."""


def page_size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page in mm, of a PDF that this program made.

    Raises CannotWrite("printer-refused"): without a size the driver would take its own.
    """
    found = _FIRST_PAGE.search(pdf)
    if found is None:
        raise CannotWrite("printer-refused", printer="")
    return float(found[1]) / _POINTS_A_MM, float(found[2]) / _POINTS_A_MM


def queues_here() -> Queues:
    """Those of the platform that the program runs on."""
    if sys.platform == "win32":
        from counter_app.system.gdi import WindowsSpooler
        from counter_app.system.winspool import WindowsQueues

        return WindowsQueues(WindowsSpooler())
    from counter_app.system.cups import CupsQueues

    return CupsQueues()


def papers_folder(home: Path) -> Path:
    """Where papers go without a queue, unless the officer chose: the documents' folder, else the home."""
    documents = home / "Documents"
    return (documents if documents.is_dir() else home) / "Giay-hen"


def printer_for(folder: Path, queues: Queues, chosen: str = "") -> Printer:
    """The chosen queue, else the default one, else the folder.

    A chosen queue that has gone is not passed over in silence: printing to it says so.
    """
    name = chosen or next(iter(queues.names()), "")
    return queues.printer(name) if name else FolderPrinter(folder)
