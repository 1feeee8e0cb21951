"""A PDF made in memory: plain strings on pages, wrapped to a width and packed into columns.

There is no markup anywhere: a value is drawn letter by letter, so a name cannot open a file or end a
document. Lengths are points, y grows upwards as in PDF. The same calls give the same bytes.
"""

from __future__ import annotations

import io
import math
import threading
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counter_app.paper import barcode, fonts, watermark
from counter_app.paper.fonts import Face

MM = barcode.MM
Span = tuple[Face, str]
Line = list[Span]

_SAVING = threading.Lock()  # ReportLab reads a font file through one shared position


class Paper:
    """One document; `made` stands in it as its date of creation."""

    def __init__(self, *, title: str, author: str, made: datetime) -> None:
        from reportlab import rl_config  # lazily: it costs a cold start 100 ms
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0  # text armour for mailers of the 1990s: a fifth of the time and of the bytes
        self._bytes = io.BytesIO()
        self._canvas: Any = Canvas(self._bytes, pageCompression=1, invariant=1, lang="vi-VN")
        self._canvas.setTitle(fonts.printable(title))
        self._canvas.setAuthor(fonts.printable(author))
        self._canvas.setCreator("counter-app")
        zone = made.strftime("%z") or "+0000"
        stamp = f"{made:D:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"
        self._canvas.setDateFormatter(lambda *_: stamp)
        self._forms: dict[tuple[str, barcode.Pattern, float, float | None], str] = {}
        self._rooms: dict[str, Any] = {}
        self._open = False

    def page(self, width: float, height: float) -> None:
        """Begins a page; while a training store is open, with its mark."""
        self._close_page()
        self._canvas.setPageSize((width, height))
        self._open = True
        if watermark.is_held():
            watermark.draw(self, width, height)

    def enlarge(self, by: float) -> None:
        """What is drawn on this page from now on is so many times as large, its lower left corner kept."""
        self._canvas.scale(by, by)

    def text(self, x: float, y: float, face: Face, size: float, text: str) -> None:
        """Draws `text` (already printable) from x on the baseline y."""
        from reportlab.pdfbase.pdfmetrics import getFont

        # Operators written out: ReportLab's text object takes twice as long for the same line.
        document = self._canvas._doc
        for run in face.runs(text):
            font = getFont(run.font)
            shown = " ".join(
                f"{font.getSubsetInternalName(subset, document)} {size:.2f} Tf <{codes.hex()}> Tj"
                for subset, codes in font.splitString(run.text, document)
            )
            at, base = x + run.x * size / 1000, y + run.rise * size / 1000
            self._canvas.addLiteral(f"BT 1 0 {face.lean:g} 1 {at:.2f} {base:.2f} Tm {shown} ET")

    def turned(
        self, x: float, y: float, angle: float, face: Face, size: float, text: str, grey: float
    ) -> None:
        """Draws `text` with its middle at (x, y), turned by `angle` (radians), in a grey from 0 to 1."""
        self._canvas.saveState()
        self._canvas.setFillGray(grey)
        self._canvas.translate(x, y)
        self._canvas.rotate(math.degrees(angle))
        self.text(-face.width(text, size) / 2, -0.35 * size, face, size, text)
        self._canvas.restoreState()

    def rule(self, x: float, y: float, x2: float, y2: float, width: float = 0.5, dash: float = 0) -> None:
        """Draws a straight line, dashed where `dash` is given."""
        self._canvas.setLineWidth(width)
        self._canvas.setDash([dash, dash] if dash else [])
        self._canvas.line(x, y, x2, y2)

    def frame(self, x: float, y: float, width: float, height: float, line: float = 0.8) -> None:
        """Draws a rectangle's outline, its lower left corner at (x, y)."""
        self._canvas.setLineWidth(line)
        self._canvas.setDash([])
        self._canvas.rect(x, y, width, height, stroke=1, fill=0)

    def room(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Keeps a rectangle under a name, which a reader of the file finds again; nothing is drawn."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        corners = (
            *self._canvas.absolutePosition(x, y),
            *self._canvas.absolutePosition(x + width, y + height),
        )
        document = self._canvas._doc
        document.inPage()
        shown = [document.thisPageRef(), PDFName("FitR"), *(round(side, 2) for side in corners)]
        self._rooms[name] = PDFArray(shown)
        document.Catalog.Dests = PDFDictionary(self._rooms)

    def pattern(
        self,
        name: str,
        pattern: barcode.Pattern,
        x: float,
        y: float,
        module: float,
        height: float | None = None,
    ) -> None:
        """Draws a barcode or QR; the same one again, under the same `name`, stands once in the file."""
        if watermark.is_held():
            # A reader must still read it, from a thermal head too, which makes dots of grey.
            self._canvas.saveState()
            self._canvas.setFillGray(1)
            tall = pattern.rows * (height or module)
            self._canvas.rect(x, y, pattern.columns * module, tall, stroke=0, fill=1)
            self._canvas.restoreState()
        form = self._forms.get((name, pattern, module, height))
        if form is None:
            form = self._forms[name, pattern, module, height] = f"{name}{len(self._forms) or ''}"
            row = height or module
            self._canvas.beginForm(form, 0, 0, pattern.columns * module, pattern.rows * row)
            barcode.draw(self._canvas, pattern, 0, 0, module, height)
            self._canvas.endForm()
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._canvas.doForm(form)
        self._canvas.restoreState()

    def finish(self) -> bytes:
        """The document's bytes; nothing can be drawn after."""
        self._close_page()
        with _SAVING:
            self._canvas.save()
        return self._bytes.getvalue()

    def _close_page(self) -> None:
        if self._open:
            self._canvas.showPage()
            self._open = False


@dataclass(frozen=True, slots=True)
class Piece:
    """The smallest part of a flow that is not cut: a line of text, a row's line, a block of signatures.

    `draw` takes the paper and the left and upper edge; `keep` holds it to the piece that follows; `heads` are
    its table's headings, which stand over it again where it begins a page.
    """

    height: float
    draw: Callable[[Paper, float, float], None]
    keep: bool = False
    heads: Piece | None = None


def gap(height: float, keep: bool = False) -> Piece:
    """White."""
    return Piece(height, lambda paper, x, top: None, keep)


def shifted(piece: Piece, by: float, above: float = 0.0, below: float = 0.0) -> Piece:
    """`piece` moved to the right, with white above and below."""
    return Piece(
        piece.height + above + below,
        lambda paper, x, top: piece.draw(paper, x + by, top - above),
        piece.keep,
    )


def stacked(pieces: Sequence[Piece], keep: bool = False) -> Piece:
    """Several pieces as one that is not cut."""

    def draw(paper: Paper, x: float, top: float) -> None:
        for piece in pieces:
            piece.draw(paper, x, top)
            top -= piece.height

    return Piece(sum(piece.height for piece in pieces), draw, keep)


def beside(parts: Sequence[tuple[float, Piece]]) -> Piece:
    """Pieces side by side, each at its own distance from the left edge, tops level."""

    def draw(paper: Paper, x: float, top: float) -> None:
        for left, piece in parts:
            piece.draw(paper, x + left, top)

    return Piece(max(piece.height for _, piece in parts), draw)


_SHIFT = {"left": 0.0, "center": 0.5, "right": 1.0}


def paragraph(
    spans: Iterable[Span],
    *,
    size: float,
    width: float,
    leading: float = 1.28,
    align: str = "left",
    hang: float = 0.0,
) -> list[Piece]:
    """Text of several faces wrapped to `width`, a piece a line; lines after the first begin `hang` later.

    `leading` is in sizes. What has no space to break at is broken between letters.
    """
    height = size * leading
    down = baseline(size, leading)
    pieces = []
    for number, line in enumerate(wrap(spans, size, width, hang)):
        left = hang if number else 0.0
        left += _SHIFT[align] * (width - left - _width(line, size))
        pieces.append(Piece(height, _line_drawer(line, size, left, down)))
    return pieces


def baseline(size: float, leading: float) -> float:
    """How far under the top of its line a text stands: descenders and half the leading are below."""
    return size * ((leading + 1) / 2 - 0.24)


def _line_drawer(line: Line, size: float, left: float, down: float) -> Callable[[Paper, float, float], None]:
    def draw(paper: Paper, x: float, top: float) -> None:
        x += left
        for face, text in line:
            paper.text(x, top - down, face, size, text)
            x += face.width(text, size)

    return draw


def fitted(face: Face, text: str, largest: float, smallest: float, width: float) -> float:
    """The largest size at which `text` stays on one line of `width`, but never below `smallest`."""
    needed = face.width(fonts.printable(text), 1.0)
    return max(smallest, min(largest, width / needed)) if needed else largest


def wrap(spans: Iterable[Span], size: float, width: float, hang: float = 0.0) -> list[Line]:
    """Lines of spans, none wider than `width` (the later ones `width - hang`) if a letter fits at all."""
    spans = [(face, shown) for face, text in spans if (shown := fonts.printable(text))]
    if _width(spans, size) <= width:
        return [spans] if spans else []
    lines: list[Line] = []
    line: Line = []
    used = 0.0
    for atom in _atoms(spans):
        for word in _broken(atom, size, width - hang):
            wide = _width(word, size)
            space = line[-1][0].width(" ", size) if line else 0.0
            room = width - hang if lines else width
            if line and used + space + wide > room:
                lines.append(line)
                line, used, space = [], 0.0, 0.0
            if line:
                line[-1] = (line[-1][0], line[-1][1] + " ")
            for span in word:
                if line and line[-1][0] is span[0]:
                    line[-1] = (span[0], line[-1][1] + span[1])
                else:
                    line.append(span)
            used += space + wide
    return [*lines, line] if line else lines


def _atoms(spans: Iterable[Span]) -> Iterable[Line]:
    """What stands between two spaces, which may change its face within."""
    atom: Line = []
    for face, text in spans:
        for number, part in enumerate(text.split(" ")):
            if number and atom:
                yield atom
                atom = []
            if part:
                atom.append((face, part))
    if atom:
        yield atom


def _broken(atom: Line, size: float, width: float) -> Iterable[Line]:
    """`atom`, or parts of it that fit, cut between letters but never before an accent."""
    if _width(atom, size) <= width:
        yield atom
        return
    part: Line = []
    used = 0.0
    for face, text in atom:
        for char in text:
            wide = face.width(char, size)
            if part and used + wide > width and not unicodedata.combining(char):
                yield part
                part, used = [], 0.0
            if part and part[-1][0] is face:
                part[-1] = (face, part[-1][1] + char)
            else:
                part.append((face, char))
            used += wide
    yield part


def _width(line: Line, size: float) -> float:
    return sum(face.width(text, size) for face, text in line)


def pack(pieces: Sequence[Piece], room: float, room_after: float) -> list[list[Piece]]:
    """Columns of pieces: the first of height `room`, the others `room_after`; each takes one at least."""
    columns: list[list[Piece]] = []
    column: list[Piece] = []
    left = room
    for piece in pieces:
        if column and piece.height > left + 0.01:
            held = len(column)
            while held > 1 and column[held - 1].keep:
                held -= 1
            carried = column[held:]
            columns.append(column[:held])
            heads = (*carried, piece)[0].heads
            column = [*([heads] if heads else []), *carried]
            left = room_after - sum(p.height for p in column)
        column.append(piece)
        left -= piece.height
    return [*columns, column]
