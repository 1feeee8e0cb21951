"""The papers' letters: which characters can be drawn, how wide they are, and where loose accents go.

Source Serif (papers) and Source Sans (slips) come as package data from PyPI under the OFL. Their upright
faces hold all 146 Vietnamese letters; the serif italic lacks 98 of them, so italics are the upright leaning.
ReportLab shapes nothing, hence: text is NFC before it is drawn, a character that one family lacks is taken
from the other, one that both lack becomes `REPLACEMENT`, and a combining accent without a precomposed
letter (Êđê, Jarai: ê̆, ơ̆) is placed over its letter from the outlines' boxes.
"""

from __future__ import annotations

import functools
import struct
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPLACEMENT = "☐"
"""Drawn instead of a character that no face has; U+2610 stands in both families."""

_LEAN = 0.2  # tangent of an italic's angle, about 11°
_GAP = 45  # between a letter and an accent set on top of it, thousandths of the size
_FILES = {
    ("serif", "regular"): ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    ("serif", "bold"): ("font_source_serif_pro", "SourceSerifPro-Bold.ttf"),
    ("sans", "regular"): ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("sans", "bold"): ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
}
_Box = tuple[int, int, int, int]  # left, bottom, right, top
_OTHER = {"serif": "sans", "sans": "serif"}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font, `x` and `rise` thousandths of the size from where the text begins."""

    font: str
    text: str
    x: float
    rise: float


@dataclass(frozen=True, eq=False)
class _Font:
    """One registered file: advance widths and outline boxes in thousandths of the size."""

    name: str
    widths: Mapping[str, float]
    plain: frozenset[str]
    box: Callable[[str], _Box]


@dataclass(frozen=True, eq=False)
class Face:
    """A family in one weight, upright or leaning, backed by the other family."""

    main: _Font
    spare: _Font
    lean: float = 0.0

    def width(self, text: str, size: float) -> float:
        """Points that `text` (already `printable`) takes at `size` points."""
        widths = self.main.widths
        try:
            return sum(map(widths.__getitem__, text)) * size / 1000
        except KeyError:
            spare = self.spare.widths
            return sum(widths[c] if c in widths else spare[c] for c in text) * size / 1000

    def runs(self, text: str) -> list[Run]:
        """`text` (already `printable`) cut into what ReportLab can draw at fixed places."""
        if self.main.plain.issuperset(text):
            return [Run(self.main.name, text, 0.0, 0.0)]
        runs: list[Run] = []
        pen = start = 0.0
        font, waiting = self.main, ""
        base, top, bottom = " ", 0.0, 0.0
        for char in text:
            own = self.main if char in self.main.widths else self.spare
            if unicodedata.combining(char):
                if waiting:
                    runs.append(Run(font.name, waiting, start, 0.0))
                    waiting = ""
                left, low, right, high = own.box(char)
                middle = pen - font.widths[base] / 2
                rise = 0.0
                if unicodedata.combining(char) == 230:
                    rise = max(0.0, top + _GAP - low)
                    top = high + rise
                elif unicodedata.combining(char) == 220:
                    rise = min(0.0, bottom - _GAP - high)
                    bottom = low + rise
                x = middle - (left + right) / 2 + self.lean * rise
                runs.append(Run(own.name, char, x, rise))
                continue
            if waiting and own is not font:
                runs.append(Run(font.name, waiting, start, 0.0))
                waiting = ""
            if not waiting:
                start, font = pen, own
            waiting += char
            pen += own.widths[char]
            base = char
            _, bottom, _, top = own.box(char)
        if waiting:
            runs.append(Run(font.name, waiting, start, 0.0))
        return runs


@functools.cache
def face(family: str, weight: str = "regular") -> Face:
    """The face of `family` (`serif`, `sans`) in `weight` (`regular`, `bold`, `italic`); loaded once."""
    lean = _LEAN if weight == "italic" else 0.0
    weight = "regular" if weight == "italic" else weight
    return Face(_font(family, weight), _font(_OTHER[family], weight), lean)


def missing(text: str) -> set[str]:
    """The characters of `text` that no face can draw, and that a paper shows as `REPLACEMENT`."""
    return {c for c in _visible(text) if c not in _drawn()}


def printable(text: str) -> str:
    """`text` as a paper shows it: NFC, one line, nothing invisible, nothing that cannot be drawn."""
    if _plain().issuperset(text):
        return text
    drawn = _drawn()
    shown = "".join(c if c in drawn else REPLACEMENT for c in _visible(text))
    return " " + shown if shown and unicodedata.combining(shown[0]) else shown


def _visible(text: str) -> str:
    kept = []
    for char in text:
        if char.isspace():
            kept.append("\u00a0" if char == "\u00a0" else " ")
        elif unicodedata.category(char) in ("Cc", "Cf") or _selects_a_variant(char):
            continue
        else:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def _selects_a_variant(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


@functools.cache
def _drawn() -> frozenset[str]:
    return frozenset(_font("serif", "regular").widths.keys() | _font("sans", "regular").widths.keys())


@functools.cache
def _plain() -> frozenset[str]:
    return _font("serif", "regular").plain & _font("sans", "regular").plain


@functools.cache
def _font(family: str, weight: str) -> _Font:
    # Imported here: ReportLab costs a cold start 100 ms, and most starts print nothing at first.
    import importlib

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    package, file = _FILES[family, weight]
    folder = Path(str(importlib.import_module(package).__file__)).parent / "files"
    name = f"counter-{family}-{weight}"
    font = TTFont(name, str(folder / file), asciiReadable=False, shapable=False)
    pdfmetrics.registerFont(font)
    outline = font.face
    # Beyond U+FFFF ReportLab writes a ToUnicode line that no reader takes back.
    glyphs = {chr(code): glyph for code, glyph in outline.charToGlyph.items() if 32 <= code <= 0xFFFF}
    widths = {c: float(outline.getCharWidth(ord(c))) for c in glyphs}
    box = _boxes(outline._ttf_data, outline.get_table_pos("glyf")[0], outline.glyphPos, glyphs)
    plain = frozenset(
        c
        for c in glyphs
        if unicodedata.category(c) not in ("Cc", "Cf", "Mn", "Me", "Zl", "Zp")
        and not (c.isspace() and c not in " \u00a0")
        and unicodedata.normalize("NFC", c) == c
    )
    return _Font(name, widths, plain, box)


def _boxes(
    data: bytes, start: int, places: Sequence[int], glyphs: Mapping[str, int]
) -> Callable[[str], _Box]:
    """Reads outlines' boxes from the glyf table (OpenType 1.9) when they are asked for."""

    def box(char: str) -> _Box:
        glyph = glyphs[char]
        if places[glyph] == places[glyph + 1]:  # a blank has no outline
            return 0, 0, 0, 0
        left, low, right, high = struct.unpack_from(">4h", data, start + places[glyph] + 2)
        return left, low, right, high

    return box
