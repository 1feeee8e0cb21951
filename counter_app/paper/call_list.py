"""The list that a hamlet's head carries home: whom to tell what, one hamlet a sheet of A4.

It leaves the office, so it says the least that serves: a name, what to do, the date. No number of any paper,
no phone, no procedure: what somebody came for is nobody else's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.paper import fonts
from counter_app.paper.facts import day_words
from counter_app.paper.page import MM, Paper, Piece, gap, pack, paragraph, stacked

_SHEET = (210 * MM, 297 * MM)
_SIDE, _TOP, _FOOT = 20 * MM, 18 * MM, 16 * MM
_WIDTH = _SHEET[0] - 2 * _SIDE
_WIDTHS = (12 * MM, 54 * MM, 54 * MM, 26 * MM, _WIDTH - 146 * MM)
_ALIGN = ("center", "left", "left", "center", "left")
_PAD = 1.6 * MM
_LEAST = 10 * MM  # of a row: a thumb's place for a pen


@dataclass(frozen=True)
class Tell:
    """One line: who is to be told what; `day` is the date that he was promised."""

    name: str
    what: str
    day: str


@dataclass(frozen=True)
class CallSheet:
    """One hamlet's sheet, in words; `heads` are the table's five headings.

    `more` says so where somebody may not be on it.
    """

    title: str
    hamlet: str
    asks: str
    heads: tuple[str, str, str, str, str]
    tells: tuple[Tell, ...]
    ends: str
    more: str = ""


def call_list_pdf(sheets: Sequence[CallSheet], *, agency: str, made: datetime) -> bytes:
    """The sheets, each beginning a page of its own. The same sheets give the same bytes."""
    paper = Paper(title=sheets[0].title if sheets else "", author=agency, made=made)
    for sheet in sheets:
        head = stacked(_head(sheet, agency, made))
        heads = stacked(_row(sheet.heads, "bold", least=0.0))
        rows = [
            piece
            for number, one in enumerate(sheet.tells, start=1)
            for piece in _row((str(number), one.name, one.what, one.day, ""), "regular", _LEAST)
        ]
        room = _SHEET[1] - _TOP - _FOOT - heads.height
        columns = pack([*rows, stacked(_ends(sheet))], room - head.height, room)
        for number, column in enumerate(columns, start=1):
            paper.page(*_SHEET)
            pieces = [head, heads, *column] if number == 1 else [heads, *column]
            stacked(pieces).draw(paper, _SIDE, _SHEET[1] - _TOP)
            if len(columns) > 1:
                foot = _lines(f"{sheet.hamlet} – {number}/{len(columns)}", "regular", 10.5, "center")
                foot[0].draw(paper, _SIDE, _FOOT - 2 * MM)
    return paper.finish()


def _head(sheet: CallSheet, agency: str, made: datetime) -> list[Piece]:
    return [
        *_lines(agency.upper(), "bold", 12.5),
        *_lines(day_words(made), "italic", 12),
        gap(5 * MM),
        *_lines(sheet.title, "bold", 16, "center"),
        *_lines(sheet.hamlet, "bold", 20, "center"),
        gap(3 * MM),
        *_lines(sheet.asks, "regular", 12.5),
        gap(3 * MM),
    ]


def _ends(sheet: CallSheet) -> list[Piece]:
    return [gap(3 * MM), *_lines(sheet.more, "bold", 12), *_lines(sheet.ends, "italic", 12)]


def _lines(text: str, weight: str, size: float, align: str = "left", width: float = _WIDTH) -> list[Piece]:
    return paragraph([(fonts.face("serif", weight), text)], size=size, width=width, leading=1.3, align=align)


def _row(cells: tuple[str, ...], weight: str, least: float) -> list[Piece]:
    """One row of the table, never cut."""
    columns = [
        stacked(_lines(cell, weight, 12.5, align, width - 2 * _PAD))
        for cell, width, align in zip(cells, _WIDTHS, _ALIGN, strict=True)
    ]
    tall = max(least, *(column.height + 2 * _PAD for column in columns))
    edges = [sum(_WIDTHS[:n]) for n in range(len(_WIDTHS) + 1)]

    def draw(paper: Paper, x: float, top: float) -> None:
        for edge in edges:
            paper.rule(x + edge, top, x + edge, top - tall, 0.4)
        for y in (top, top - tall):
            paper.rule(x, y, x + edges[-1], y, 0.4)
        for edge, column in zip(edges, columns, strict=False):
            column.draw(paper, x + edge + _PAD, top - _PAD)

    return [Piece(tall, draw)]
