"""Printing on Windows over a spooler by hand, and the structures that Windows reads, to the byte."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field

import pytest
import zxingcpp
from PIL import Image

from counter_app.domain.errors import CannotWrite
from counter_app.paper.receipt import receipt_pdf
from counter_app.system import gdi
from counter_app.system.printing import Job, Stage, Trouble
from counter_app.system.winspool import Dots, Surface, WindowsPrinter, WindowsQueues
from tests.paper.people import SHORT, form

MARGIN = 4.23  # mm that a laser printer cannot reach, on each side


@dataclass
class Sheets:
    """Keeps each page as the picture that lies on the whole sheet."""

    spooler: HandSpooler
    surface: Surface
    pages: list[Image.Image] = field(default_factory=list)
    aborted: bool = False

    def page(self, dots: Dots, x: int, y: int, width: int, height: int) -> None:
        if self.spooler.breaks:
            raise OSError(1, "StretchDIBits")
        drawn = Image.frombuffer("RGBX", (dots.width, dots.height), dots.data, "raw", "BGRX", 0, 1)
        sheet = Image.new("L", (width, height), 255)
        sheet.paste(drawn.convert("L").resize((width, height)), (x + self.surface.left, y + self.surface.top))
        self.pages.append(sheet)

    def end(self) -> int:
        self.spooler.jobs[7] = 0x10
        return 7

    def abort(self) -> None:
        self.aborted = True


class HandSpooler:
    """One printer, the states of its jobs, and what it was asked for."""

    def __init__(self, dpi: int = 203) -> None:
        self.dpi = dpi
        self.bits = 0
        self.jobs: dict[int, int] = {}
        self.there = True
        self.breaks = False
        self.sheets: Sheets | None = None
        self.asked: tuple[str, float, float] | None = None

    def queues(self) -> list[str]:
        return ["LBP 2900"]

    def printer(self, queue: str) -> tuple[int, int]:
        if not self.there:
            raise LookupError(queue)
        return self.bits, len(self.jobs)

    def job(self, queue: str, number: int) -> int | None:
        self.printer(queue)
        return self.jobs.get(number)

    def delete(self, queue: str, number: int) -> None:
        self.jobs.pop(number)

    def begin(self, queue: str, title: str, width_mm: float, height_mm: float) -> Sheets:
        self.printer(queue)
        edge = round(MARGIN * self.dpi / 25.4)
        self.asked = (title, width_mm, height_mm)
        self.sheets = Sheets(self, Surface(self.dpi, self.dpi, edge, edge))
        return self.sheets


def printed(spooler: HandSpooler, paper: str) -> Sheets:
    pdf = receipt_pdf(SHORT, paper=paper, template=form())
    assert WindowsPrinter("LBP 2900", spooler).print(pdf, "t", paper) == "LBP 2900-7"
    assert spooler.sheets is not None
    return spooler.sheets


@pytest.mark.parametrize(("dpi", "paper"), [(203, "80mm"), (300, "a5"), (600, "a5"), (600, "a4")])
def test_the_codes_can_be_read_from_the_dots_that_reach_the_printer(dpi: int, paper: str) -> None:
    sheets = printed(HandSpooler(dpi), paper)

    texts = {code.text for page in sheets.pages for code in zxingcpp.read_barcodes(page)}

    assert texts == {SHORT.code, SHORT.qr_text}


def test_every_dot_is_black_or_white() -> None:
    sheets = printed(HandSpooler(203), "80mm")

    assert {level for _, level in sheets.pages[0].getcolors() or ()} == {0, 255}


def test_the_sheet_is_asked_for_in_its_own_size() -> None:
    spooler = HandSpooler(600)

    sheets = printed(spooler, "a5")

    assert spooler.asked is not None
    assert spooler.asked[1:] == pytest.approx((148, 210), abs=0.01)
    assert len(sheets.pages) == 2
    assert sheets.pages[0].size == pytest.approx((148 * 600 / 25.4, 210 * 600 / 25.4), abs=3)


def test_a_job_that_breaks_half_way_is_taken_back_and_told() -> None:
    spooler = HandSpooler()
    spooler.breaks = True

    with pytest.raises(CannotWrite) as failure:
        printed(spooler, "80mm")

    assert failure.value.why == "printer-refused"
    assert spooler.sheets is not None and spooler.sheets.aborted


@pytest.mark.parametrize(
    ("printer", "job", "trouble"),
    [
        (0, 0x10, None),
        (0x8, 0x10, Trouble.JAMMED),
        (0x10, 0x10, Trouble.PAPER_OUT),
        (0, 0x40, Trouble.PAPER_OUT),
        (0x400000, 0, Trouble.OPEN),
        (0x80, 0x20, Trouble.OFFLINE),
        (0, 0x1, Trouble.PAUSED),
    ],
)
def test_a_waiting_job_tells_its_trouble(printer: int, job: int, trouble: Trouble | None) -> None:
    spooler = HandSpooler()
    spooler.bits, spooler.jobs[7] = printer, job

    found = WindowsPrinter("LBP 2900", spooler).job("LBP 2900-7")

    assert found == Job("LBP 2900-7", Stage.WAITING, trouble)


def test_the_spooler_lets_go_of_what_it_printed_and_of_what_somebody_deleted() -> None:
    spooler = HandSpooler()
    printer = WindowsQueues(spooler).printer("LBP 2900")
    stages = []
    for bits in (0x10, 0x104):
        spooler.jobs[7] = bits
        printer.job("LBP 2900-7")
        printer.cancel("LBP 2900-7")
        stages.append(printer.job("LBP 2900-7"))

    assert [(job.stage, job.trouble) for job in stages] == [
        (Stage.PRINTED, None),
        (Stage.ENDED, Trouble.CANCELLED),
    ]
    assert printer.job("LBP 2900-x").trouble is Trouble.LOST


def test_a_printer_that_was_removed_is_told() -> None:
    spooler = HandSpooler()
    printer = WindowsPrinter("LBP 2900", spooler)
    spooler.there = False

    assert printer.state().trouble is Trouble.REMOVED
    assert printer.job("LBP 2900-7") == Job("LBP 2900-7", Stage.ENDED, Trouble.REMOVED)
    with pytest.raises(CannotWrite) as failure:
        printer.print(receipt_pdf(SHORT, paper="a5", template=form()), "t")
    assert failure.value.why == "printer-gone"


@pytest.mark.parametrize(
    ("structure", "size"),
    [
        (gdi.DevMode, 220),
        (gdi.DocInfo, 40),
        (gdi.BitmapHead, 40),
        (gdi.PrinterInfo2, 136),
        (gdi.PrinterInfo4, 24),
        (gdi.JobInfo1, 96),
    ],
)
def test_structures_are_as_long_as_windows_has_them(structure: type[ctypes.Structure], size: int) -> None:
    assert ctypes.sizeof(structure) == size


@pytest.mark.parametrize(
    ("name", "at"),
    [("fields", 72), ("orientation", 76), ("paper", 78), ("length", 80), ("width", 82), ("duplex", 94)],
)
def test_a_drivers_settings_lie_where_windows_reads_them(name: str, at: int) -> None:
    assert getattr(gdi.DevMode, name).offset == at


@pytest.mark.parametrize(
    ("sheet", "orientation", "paper", "size"),
    [
        ((148, 210), 1, 11, (1480, 2100)),
        ((297, 210), 2, 9, (2100, 2970)),
        ((80, 173.4), 1, 256, (800, 1734)),
    ],
)
def test_whatever_the_dialog_left_the_sheet_is_put_in_anew(
    sheet: tuple[float, float], orientation: int, paper: int, size: tuple[int, int]
) -> None:
    mode = gdi.DevMode(orientation=2, paper=9, duplex=2, copies=3, scale=80)

    gdi.put_sheet(mode, *sheet)

    assert (mode.orientation, mode.paper, (mode.width, mode.length)) == (orientation, paper, size)
    assert (mode.duplex, mode.copies, mode.scale) == (1, 1, 100)
    assert mode.fields & 0x111F == 0x111F
