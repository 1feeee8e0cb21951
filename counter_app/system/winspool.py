"""Printing through the Windows spooler: each page of the PDF as a picture at the printer's own resolution.

Windows has no PDF in its spooler, hence PDFium draws the page at the printer's dots and GDI carries it. Paper
size, direction and single side are put into the driver's settings (DEVMODE) anew for every job, and what
the driver made of them is what the page is placed by: nothing an officer left in the driver's dialog counts.

This module holds the rules, and is tested over a spooler by hand; `gdi.py` holds the calls into Windows,
which could not be run where the program was made.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Final, Protocol

from counter_app.domain.errors import CannotWrite
from counter_app.system.printing import Job, Printer, PrinterState, Stage, Trouble, page_size

_POINTS_AN_INCH: Final = 72
_MOST_DPI: Final = 300  # a page of 600 dots an inch takes 140 MB, and shows nothing more

# JOB_INFO_1.Status and PRINTER_INFO_2.Status of the Print Spooler API, what stands first is told first.
_JOB_TROUBLES: Final = (
    (0x040, Trouble.PAPER_OUT),
    (0x020, Trouble.OFFLINE),
    (0x200, Trouble.FAILED),  # blocked: the driver cannot print it
    (0x001, Trouble.PAUSED),
)
_PRINTER_TROUBLES: Final = (
    (0x000008, Trouble.JAMMED),
    (0x000010, Trouble.PAPER_OUT),
    (0x000040, Trouble.PAPER_OUT),  # a paper problem of another kind
    (0x400000, Trouble.OPEN),
    (0x040000, Trouble.INK_OUT),
    (0x000080, Trouble.OFFLINE),
    (0x001000, Trouble.OFFLINE),  # not available
    (0x000001, Trouble.PAUSED),
)
_DELETED: Final = 0x104  # deleting, deleted
_PRINTED: Final = 0x1080  # printed, complete


@dataclass(frozen=True)
class Surface:
    """What a job draws on, in dots: its resolution and where the printable area begins on the sheet."""

    dpi_x: int
    dpi_y: int
    left: int
    top: int


@dataclass(frozen=True)
class Dots:
    """A picture: rows from the top, four bytes a dot (blue, green, red, unused)."""

    width: int
    height: int
    data: bytes


class Sheets(Protocol):
    """A job that is being given to the spooler."""

    surface: Surface

    def page(self, dots: Dots, x: int, y: int, width: int, height: int) -> None:
        """One sheet, the picture in a box of dots whose (0, 0) is where the printable area begins."""

    def end(self) -> int:
        """Hands the job over; its number in the spooler."""

    def abort(self) -> None: ...


class Spooler(Protocol):
    """The few calls into Windows. Each raises OSError where Windows refuses."""

    def queues(self) -> list[str]:
        """The default printer first."""

    def printer(self, queue: str) -> tuple[int, int]:
        """Status bits and jobs in the queue; LookupError where there is no such printer."""

    def job(self, queue: str, number: int) -> int | None:
        """Status bits; None once the spooler has let go of it. LookupError as above."""

    def delete(self, queue: str, number: int) -> None: ...

    def begin(self, queue: str, title: str, width_mm: float, height_mm: float) -> Sheets:
        """Begins a job on sheets of that size, printed on one side."""


class WindowsPrinter:
    """One printer of Windows; remembers how each of its jobs was last seen."""

    def __init__(self, queue: str, spooler: Spooler) -> None:
        self.queue = queue
        self._spooler = spooler
        self._seen: dict[str, int] = {}

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        """The job's name; raises CannotWrite("printer-refused" | "printer-gone")."""
        width, height = page_size(pdf)
        try:
            sheets = self._spooler.begin(self.queue, title, width, height)
            try:
                on = sheets.surface
                # Whole dots for each dot of the picture: a bar that is stretched by a part of one is lost.
                times = math.ceil(on.dpi_x / _MOST_DPI)
                for dots in pages(pdf, on.dpi_x / times):
                    high = round(dots.height * times * on.dpi_y / on.dpi_x)
                    sheets.page(dots, -on.left, -on.top, dots.width * times, high)
                number = sheets.end()
            except BaseException:
                sheets.abort()
                raise
        except LookupError as error:
            raise CannotWrite("printer-gone", printer=self.queue) from error
        except OSError as error:
            raise CannotWrite("printer-refused", printer=self.queue) from error
        return f"{self.queue}-{number}"

    def state(self) -> PrinterState:
        try:
            bits, jobs = self._spooler.printer(self.queue)
        except LookupError:
            return PrinterState(self.queue, ready=False, trouble=Trouble.REMOVED)
        except OSError:
            return PrinterState(self.queue, ready=False, trouble=Trouble.SILENT)
        trouble = _first(_PRINTER_TROUBLES, bits)
        return PrinterState(self.queue, ready=trouble is None, waiting=jobs, trouble=trouble)

    def job(self, name: str) -> Job:
        """The spooler lets go of a job once the printer has it: gone without a deletion means printed."""
        number = self._number(name)
        if number is None:
            return Job(name, Stage.ENDED, Trouble.LOST)
        try:
            bits = self._spooler.job(self.queue, number)
        except LookupError:
            return Job(name, Stage.ENDED, Trouble.REMOVED)
        except OSError:
            return Job(name, Stage.WAITING, Trouble.SILENT)
        if bits is None:
            deleted = self._seen.pop(name, 0) & _DELETED
            return Job(name, Stage.ENDED, Trouble.CANCELLED) if deleted else Job(name, Stage.PRINTED)
        self._seen[name] = bits
        if bits & _PRINTED:
            return Job(name, Stage.PRINTED)
        # What the printer says is nearer to the truth than what the job does: a jam has no bit of a job.
        return Job(name, Stage.WAITING, self.state().trouble or _first(_JOB_TROUBLES, bits))

    def cancel(self, name: str) -> None:
        number = self._number(name)
        if number is not None:
            with suppress(LookupError, OSError):
                self._spooler.delete(self.queue, number)

    def _number(self, name: str) -> int | None:
        digits = name.removeprefix(f"{self.queue}-")
        return int(digits) if digits.isdecimal() else None


class WindowsQueues:
    """The printers of Windows."""

    def __init__(self, spooler: Spooler) -> None:
        self._spooler = spooler
        self._printers: dict[str, WindowsPrinter] = {}

    def names(self) -> list[str]:
        try:
            return self._spooler.queues()
        except OSError:
            return []

    def printer(self, name: str) -> Printer:
        return self._printers.setdefault(name, WindowsPrinter(name, self._spooler))


def pages(pdf: bytes, dpi: float) -> Iterator[Dots]:
    """Every page at `dpi`, one after the other so that memory holds one.

    Nothing is smoothed: a grey edge is no dot of a thermal head, and would blur the bars of a barcode.
    """
    import pypdfium2 as pdfium

    with closing(pdfium.PdfDocument(pdf)) as document:
        for page in document:
            bitmap = page.render(
                scale=dpi / _POINTS_AN_INCH,
                prefer_bgrx=True,
                optimize_mode="print",
                no_smoothtext=True,
                no_smoothpath=True,
            )
            yield Dots(bitmap.width, bitmap.height, bytes(bitmap.buffer))
            bitmap.close()


def _first(table: tuple[tuple[int, Trouble], ...], bits: int) -> Trouble | None:
    return next((trouble for bit, trouble in table if bits & bit), None)
