"""Rows of tables on papers that are made of blocks: one cut line by line, only where it is very long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from counter_app.paper.draft import Draft, kept
from counter_app.paper.page import MM, Paper, Piece, fitted, stacked
from counter_app.paper.template import Block

_WHOLE_ROW = 6  # lines that stay together


def table_row(
    draft: Draft,
    block: Block,
    cells: tuple[str, ...],
    widths: tuple[float, ...],
    aligns: tuple[str, ...],
    weight: str,
    whole: int | None = None,
) -> list[Piece]:
    """A row's lines; the column `whole`, a code that is copied by letters, is set smaller to stay one."""
    pad = 1.2 * MM
    size = draft.size(block)
    sizes = [0.0] * len(cells)
    if whole is not None:
        face, room = draft.face(weight), widths[whole] - 2 * pad - 0.1  # what rounding takes
        sizes[whole] = fitted(face, cells[whole], size, size * 0.6, room)
    columns = [
        draft.lines(
            cell, Block("cell", size=block.size, align=align), weight=weight, width=width - 2 * pad, size=own
        )
        for cell, width, align, own in zip(cells, widths, aligns, sizes, strict=True)
    ]
    edges = [sum(widths[:n]) for n in range(len(widths) + 1)]
    deep = max(1, *(len(column) for column in columns))
    high = draft.size(block) * draft.layout.leading
    return [
        _row_line(
            [(edges[n] + pad, column[depth]) for n, column in enumerate(columns) if depth < len(column)],
            edges,
            high,
            first=depth == 0,
            last=depth == deep - 1,
            keep=depth < deep - 1 and deep <= _WHOLE_ROW,
        )
        for depth in range(deep)
    ]


def headed(heads: list[Piece], rows: Iterable[Piece]) -> list[Piece]:
    """A table's headings and rows: neither ends a page without the other, and each page has the headings."""
    again = stacked(heads)
    return [*map(kept, heads), *(replace(piece, heads=again) for piece in rows)]


def _row_line(
    parts: list[tuple[float, Piece]], edges: list[float], high: float, *, first: bool, last: bool, keep: bool
) -> Piece:
    above, below = 0.3 * MM * first, 0.5 * MM * last
    tall = high + above + below

    def draw(paper: Paper, x: float, top: float) -> None:
        for edge in edges:
            paper.rule(x + edge, top, x + edge, top - tall, 0.4)
        for wanted, y in ((first, top), (last, top - tall)):
            if wanted:
                paper.rule(x, y, x + edges[-1], y, 0.4)
        for left, piece in parts:
            piece.draw(paper, x + left, top - above)

    return Piece(tall, draw, keep)
