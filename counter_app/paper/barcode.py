"""Code128 and QR as vectors: which modules are dark, and how they are drawn.

Widths are those that decode from the pixels: on a thermal slip a bar is exactly 2 dots of 203 dpi and a QR
module 3, since a width between dots is lost; on office paper 0.33 mm decodes from 150 dpi up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counter_app.domain.errors import BadInput

MM = 72 / 25.4
DOT = 72 / 203
"""One dot of a 203 dpi thermal head, in points."""

SLIP_BAR = 2 * DOT  # 0.25025 mm
OFFICE_BAR = 0.33 * MM
SLIP_MODULE = 3 * DOT  # 0.375 mm
BAR_HEIGHT = 12 * MM
_QUIET_BARS = 10  # ISO/IEC 15417
_QUIET_MODULES = 4  # ISO/IEC 18004


@dataclass(frozen=True, slots=True)
class Pattern:
    """Dark rectangles on a grid of modules, quiet zone included: (column, row from below, length)."""

    columns: int
    rows: int
    dark: tuple[tuple[int, int, int], ...]

    def width(self, module: float) -> float:
        return self.columns * module


def code128(text: str) -> Pattern | None:
    """Bars for `text`, or None where Code128 has no sign for one of its characters."""
    if not text or not text.isascii() or not text.isprintable():
        return None
    import barcode

    modules = barcode.Code128(text).build()[0]
    dark = tuple((_QUIET_BARS + start, 0, length) for start, length in _stretches(modules))
    return Pattern(len(modules) + 2 * _QUIET_BARS, 1, dark)


def qr(text: str) -> Pattern:
    """QR of `text` at error level M. Raises BadInput where it holds more than a QR can."""
    import zxingcpp

    try:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError:
        raise BadInput("qr-too-long", field="qr_text", value=len(text)) from None
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    modules = memoryview(image)  # rows of bytes, 0 is dark
    side = len(modules)
    rows = bytes(modules).translate(_AS_DIGITS).decode("ascii")
    dark = tuple(
        (_QUIET_MODULES + start, _QUIET_MODULES + side - 1 - row, length)
        for row in range(side)
        for start, length in _stretches(rows[row * side : (row + 1) * side])
    )
    return Pattern(side + 2 * _QUIET_MODULES, side + 2 * _QUIET_MODULES, dark)


_AS_DIGITS = bytes([49, *[48] * 255])


def draw(
    canvas: Any, pattern: Pattern, x: float, y: float, module: float, row_height: float | None = None
) -> None:
    """Fills the dark modules as one path, the lower left corner of the quiet zone at (x, y) points."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(module, row_height or module)
    # Operators written out: ReportLab's own path takes ten times as long for the 800 bars of a QR.
    canvas.addLiteral(
        "\n".join(f"{column} {row} {length} 1 re" for column, row, length in pattern.dark) + " f"
    )
    canvas.restoreState()


def _stretches(modules: str) -> list[tuple[int, int]]:
    """Where each run of 1 begins in a string of 0 and 1, and how long it is."""
    found = []
    start = modules.find("1")
    while start >= 0:
        end = modules.find("0", start)
        end = len(modules) if end < 0 else end
        found.append((start, end - start))
        start = modules.find("1", end)
    return found
