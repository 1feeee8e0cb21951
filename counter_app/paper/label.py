"""A folder's label: code with its bars, whose dossier it is, what it asks for, and until when.

It goes on a roll of 80 mm, or on A4 sheets of 24 labels of 70 × 37 mm, of which the first may be used up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.errors import BadInput
from counter_app.paper import barcode, fonts
from counter_app.paper.page import MM, Paper, Piece, fitted, gap, paragraph, shifted, stacked

STOCKS: Final = ("80mm", "a4")
ON_A_SHEET: Final = 24
_SHEET = (210 * MM, 297 * MM)
_ACROSS, _CELL = 3, (70 * MM, 37 * MM)
_SIDE = 3.5 * MM  # what a sheet may lie off, and a quiet zone
_BAR_HEIGHT = 9 * MM
_SMALLEST_BAR = 0.21 * MM  # decodes from 300 dpi up, which every office printer has
_QR_MODULE = 0.4 * MM


@dataclass(frozen=True)
class LabelFacts:
    """What stands on one label; `due_words` as the receipt says it."""

    code: str
    name: str
    procedure: str
    due_words: str
    made_at: datetime


def labels_pdf(
    labels: Sequence[LabelFacts], *, stock: str, start: int = 1, printable_mm: float = 72
) -> bytes:
    """Labels in their order. `start` is the first free place of the sheet, by rows, from 1.

    Raises BadInput(`unknown-paper` | `out-of-range` | `bad-width`).
    """
    if stock not in STOCKS:
        raise BadInput("unknown-paper", field="paper", value=stock)
    if not 1 <= start <= ON_A_SHEET:
        raise BadInput("out-of-range", field="start", value=start, least=1, most=ON_A_SHEET)
    if not 40 <= printable_mm <= 120:
        raise BadInput("bad-width", field="printable_mm", value=printable_mm)
    paper = Paper(title="Nhãn hồ sơ", author="counter-app", made=labels[0].made_at)
    if stock == "a4":
        _on_sheets(paper, labels, start)
    else:
        _on_roll(paper, labels, printable_mm * MM)
    return paper.finish()


def _on_sheets(paper: Paper, labels: Sequence[LabelFacts], start: int) -> None:
    top = (_SHEET[1] - ON_A_SHEET // _ACROSS * _CELL[1]) / 2
    for number, label in enumerate(labels, start=start - 1):
        place = number % ON_A_SHEET
        if place == 0 or number == start - 1:
            paper.page(*_SHEET)
        x = place % _ACROSS * _CELL[0] + _SIDE
        y = _SHEET[1] - top - place // _ACROSS * _CELL[1]
        width = _CELL[0] - 2 * _SIDE
        piece = _label(label, width, _office_bars(label.code, width))
        piece.draw(paper, x, y - max(1.5 * MM, (_CELL[1] - piece.height) / 2))


def _on_roll(paper: Paper, labels: Sequence[LabelFacts], printable: float) -> None:
    roll = max((80 if printable > 50 * MM else 58) * MM, printable)
    for label in labels:
        pattern = barcode.code128(label.code)
        fits = pattern is not None and pattern.width(barcode.SLIP_BAR) <= printable
        bars = (pattern, barcode.SLIP_BAR) if pattern and fits else None
        piece = _label(label, printable - 2 * MM, bars, barcode.DOT)
        long = piece.height + 6 * MM
        paper.page(roll, long)
        piece.draw(paper, (roll - printable) / 2 + 1 * MM, long - 2 * MM)


_Bars = tuple[barcode.Pattern, float] | None


def _office_bars(code: str, width: float) -> _Bars:
    """Bars as wide as the label holds; the quiet zones may lie in its margin."""
    pattern = barcode.code128(code)
    if pattern is None:
        return None
    module = min(barcode.OFFICE_BAR, (width + 2 * _SIDE) / pattern.columns)
    return (pattern, module) if module >= _SMALLEST_BAR else None


def _label(label: LabelFacts, width: float, bars: _Bars, dot: float = 0.0) -> Piece:
    plain, bold = fonts.face("sans"), fonts.face("sans", "bold")
    codes = _bars(label.code, *bars, width, dot) if bars else _square(label.code, dot)
    size = fitted(bold, label.code, 16, 7, width)
    code = paragraph([(bold, label.code)], size=size, width=width, leading=1.15, align="center")
    name = _two_lines(bold, label.name, (11, 9.5, 8.5), width)
    procedure = _two_lines(plain, label.procedure, (8, 7), width)
    due = [(plain, "Hẹn trả: "), (bold, label.due_words)]
    return stacked(
        [
            codes,
            *code,
            gap(0.6 * MM),
            *name,
            *procedure,
            *paragraph(due, size=fitted(bold, f"Hẹn trả: {label.due_words}", 10.5, 7, width), width=width),
        ]
    )


def _two_lines(face: fonts.Face, text: str, sizes: Sequence[float], width: float) -> list[Piece]:
    """As large as two lines hold it; what is longer still ends in an ellipsis."""
    for size in sizes:
        lines = paragraph([(face, text)], size=size, width=width, leading=1.14)
        if len(lines) <= 2:
            return lines
    while len(paragraph([(face, f"{text}…")], size=sizes[-1], width=width)) > 2:
        text = text[:-1].rstrip()
    return paragraph([(face, f"{text}…")], size=sizes[-1], width=width, leading=1.14)


def _bars(code: str, pattern: barcode.Pattern, module: float, width: float, dot: float) -> Piece:
    def draw(paper: Paper, x: float, top: float) -> None:
        y = top - _BAR_HEIGHT
        if dot:
            x, y = round(x / dot) * dot, round(y / dot) * dot
        paper.pattern(f"bars-{code}", pattern, x, y, module, _BAR_HEIGHT)

    return shifted(Piece(_BAR_HEIGHT, draw), (width - pattern.width(module)) / 2, below=0.4 * MM)


def _square(code: str, dot: float) -> Piece:
    """Where bars do not fit: a QR of the same code."""
    pattern = barcode.qr(code)
    module = 3 * dot if dot else _QR_MODULE
    side = pattern.width(module)

    def draw(paper: Paper, x: float, top: float) -> None:
        paper.pattern(f"qr-{code}", pattern, x, top - side, module)

    return Piece(side, draw)
