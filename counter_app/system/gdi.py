"""The calls into Windows behind `winspool.Spooler`: winspool.drv and gdi32 through ctypes.

Not run where the program was made, which had no Windows: what can be held here, the layout of the structures
and the order of the calls, is tested; the rest waits for the first Windows machine. Names and numbers are
those of the Windows SDK (wingdi.h, winspool.h).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, Structure, byref, c_int16, c_int32, c_uint16, c_uint32, c_void_p, sizeof
from typing import Any, Final

from counter_app.system.winspool import Dots, Surface

# Fixed widths rather than ctypes.wintypes: those are as wide as on the machine that reads them.
_TYPES: Final[dict[str, Any]] = {
    "i16": c_int16,
    "i32": c_int32,
    "u16": c_uint16,
    "u32": c_uint32,
    "at": c_void_p,
    "name": c_uint16 * 32,
    "rest": c_uint32 * 8,
    "time": c_uint16 * 8,
}


def _laid_out(lines: str) -> Any:
    """Fields of a structure in their order, from lines such as `u16 spec driver`."""
    rows = (line.split() for line in lines.strip().splitlines())
    return [(name, _TYPES[kind]) for kind, *names in rows for name in names]


class DevMode(Structure):
    """DEVMODEW: what a driver is told of paper and sides; a driver keeps more of its own behind it."""

    _fields_ = _laid_out("""
        name device
        u16 spec driver size extra
        u32 fields
        i16 orientation paper length width scale copies source quality
        i16 color duplex resolution_y true_type collate
        name form
        u16 pixels
        u32 depth pels_x pels_y flags frequency
        rest more
    """)


class DocInfo(Structure):
    """DOCINFOW."""

    _fields_ = _laid_out("""
        i32 size
        at name output datatype
        u32 type
    """)


class BitmapHead(Structure):
    """BITMAPINFOHEADER; a negative height means rows from the top."""

    _fields_ = _laid_out("""
        u32 size
        i32 width height
        u16 planes bits
        u32 compression image
        i32 x y
        u32 used important
    """)


class PrinterInfo2(Structure):
    """PRINTER_INFO_2W: of it only `status` and `jobs` are read."""

    _fields_ = _laid_out("""
        at server name share port driver comment location devmode
        at separator processor datatype parameters security
        u32 attributes priority usual_priority starts until status jobs average
    """)


class PrinterInfo4(Structure):
    """PRINTER_INFO_4W: the names that are there, without asking each printer."""

    _fields_ = _laid_out("""
        at name server
        u32 attributes
    """)


class JobInfo1(Structure):
    """JOB_INFO_1W: of it only `bits` is read."""

    _fields_ = _laid_out("""
        u32 id
        at printer machine user document datatype status
        u32 bits priority position pages printed
        time submitted
    """)


_ORIENTATION, _PAPER, _LENGTH, _WIDTH = 0x1, 0x2, 0x4, 0x8
_DUPLEX, _COPIES, _SCALE = 0x1000, 0x100, 0x10
_SIZES: Final = {(210, 297): 9, (148, 210): 11}  # DMPAPER_A4, DMPAPER_A5
_OWN_SIZE: Final = 256  # DMPAPER_USER
_LOCAL_AND_CONNECTED: Final = 0x2 | 0x4
_IN, _OUT = 8, 2  # DM_IN_BUFFER, DM_OUT_BUFFER
_GONE: Final = (2, 87, 1801, 1722)  # no such file, bad parameter, no such printer, its server is away
_NO_JOB: Final = 87
_DELETE: Final = 5  # JOB_CONTROL_DELETE
_DPI_X, _DPI_Y, _LEFT, _TOP = 88, 90, 112, 113  # of GetDeviceCaps
_COPY: Final = 0x00CC0020


def put_sheet(mode: Any, width_mm: float, height_mm: float) -> None:
    """Writes the sheet into a driver's settings: its size by name or in tenths of a millimetre, one side."""
    short, long = sorted((round(width_mm), round(height_mm)))
    named = _SIZES.get((short, long))
    mode.orientation = 2 if named and width_mm > height_mm else 1
    mode.paper = named or _OWN_SIZE
    mode.width, mode.length = (
        (short * 10, long * 10) if named else (round(width_mm * 10), round(height_mm * 10))
    )
    mode.duplex, mode.copies, mode.scale = 1, 1, 100
    mode.fields |= _ORIENTATION | _PAPER | _WIDTH | _LENGTH | _DUPLEX | _COPIES | _SCALE


class WindowsSpooler:
    """The spooler of this machine."""

    def __init__(self) -> None:
        load: Any = ctypes.WinDLL  # type: ignore[attr-defined,unused-ignore]
        self._winspool: Any = load("winspool.drv", use_last_error=True)
        self._gdi: Any = load("gdi32", use_last_error=True)
        self._gdi.CreateDCW.restype = c_void_p

    def queues(self) -> list[str]:
        """The default printer first."""
        needed, count = c_uint32(), c_uint32()
        asked = (_LOCAL_AND_CONNECTED, None, 4)
        self._winspool.EnumPrintersW(*asked, None, 0, byref(needed), byref(count))
        room = ctypes.create_string_buffer(needed.value or 1)
        self._must(self._winspool.EnumPrintersW(*asked, room, needed.value, byref(needed), byref(count)))
        rows = ctypes.cast(room, POINTER(PrinterInfo4))
        names = [ctypes.wstring_at(rows[n].name) for n in range(count.value)]
        default = self._default()
        return sorted(names, key=lambda name: (name != default, name))

    def printer(self, queue: str) -> tuple[int, int]:
        with self._opened(queue) as handle:
            room = self._filled(lambda *sized: self._winspool.GetPrinterW(handle, 2, *sized))
            told = PrinterInfo2.from_buffer(room)
            return told.status, told.jobs

    def job(self, queue: str, number: int) -> int | None:
        with self._opened(queue) as handle:
            try:
                room = self._filled(lambda *sized: self._winspool.GetJobW(handle, number, 1, *sized))
            except OSError as error:
                if getattr(error, "winerror", None) == _NO_JOB:
                    return None
                raise
            return int(JobInfo1.from_buffer(room).bits)

    def delete(self, queue: str, number: int) -> None:
        with self._opened(queue) as handle:
            self._must(self._winspool.SetJobW(handle, number, 0, None, _DELETE))

    def begin(self, queue: str, title: str, width_mm: float, height_mm: float) -> WindowsSheets:
        """Begins a job whose driver settings are read anew, changed, and checked by the driver itself."""
        with self._opened(queue) as handle:
            properties = self._winspool.DocumentPropertiesW
            size = properties(None, handle, queue, None, None, 0)
            if size < sizeof(DevMode):
                raise OSError(size, "DocumentProperties")
            room = ctypes.create_string_buffer(size)
            self._must(properties(None, handle, queue, room, None, _OUT) >= 0)
            put_sheet(DevMode.from_buffer(room), width_mm, height_mm)
            self._must(properties(None, handle, queue, room, room, _IN | _OUT) >= 0)
        context = self._gdi.CreateDCW("WINSPOOL", queue, None, room)
        self._must(context)
        return WindowsSheets(self._gdi, c_void_p(context), title)

    def _default(self) -> str:
        needed = c_uint32()
        self._winspool.GetDefaultPrinterW(None, byref(needed))
        room = ctypes.create_unicode_buffer(needed.value or 1)
        return room.value if self._winspool.GetDefaultPrinterW(room, byref(needed)) else ""

    @contextmanager
    def _opened(self, queue: str) -> Iterator[c_void_p]:
        handle = c_void_p()
        try:
            self._must(self._winspool.OpenPrinterW(queue, byref(handle), None))
        except OSError as error:
            if getattr(error, "winerror", None) in _GONE:
                raise LookupError(queue) from error
            raise
        try:
            yield handle
        finally:
            self._winspool.ClosePrinter(handle)

    def _filled(self, ask: Any) -> Any:
        """What a call writes that first tells how much room it needs."""
        needed = c_uint32()
        ask(None, 0, byref(needed))
        room = ctypes.create_string_buffer(max(needed.value, sizeof(PrinterInfo2)))
        self._must(ask(room, len(room), byref(needed)))
        return room

    @staticmethod
    def _must(went: Any) -> None:
        if not went:
            raise ctypes.WinError(ctypes.get_last_error())  # type: ignore[attr-defined,unused-ignore]


class WindowsSheets:
    """A job between StartDoc and EndDoc."""

    def __init__(self, gdi: Any, context: c_void_p, title: str) -> None:
        self._gdi, self._context = gdi, context
        caps = gdi.GetDeviceCaps
        self.surface = Surface(*(caps(context, what) for what in (_DPI_X, _DPI_Y, _LEFT, _TOP)))
        self._title = ctypes.create_unicode_buffer(title)
        info = DocInfo(sizeof(DocInfo), ctypes.addressof(self._title), None, None, 0)
        self._number = gdi.StartDocW(context, byref(info))
        if self._number <= 0:
            gdi.DeleteDC(context)
            raise OSError(self._number, "StartDoc")

    def page(self, dots: Dots, x: int, y: int, width: int, height: int) -> None:
        head = BitmapHead(sizeof(BitmapHead), dots.width, -dots.height, 1, 32)
        self._went(self._gdi.StartPage(self._context))
        box = (x, y, width, height, 0, 0, dots.width, dots.height)
        self._went(self._gdi.StretchDIBits(self._context, *box, dots.data, byref(head), 0, c_uint32(_COPY)))
        self._went(self._gdi.EndPage(self._context))

    def end(self) -> int:
        self._went(self._gdi.EndDoc(self._context))
        self._gdi.DeleteDC(self._context)
        return int(self._number)

    def abort(self) -> None:
        self._gdi.AbortDoc(self._context)
        self._gdi.DeleteDC(self._context)

    @staticmethod
    def _went(told: int) -> None:
        if told <= 0:
            raise OSError(told, "GDI")
