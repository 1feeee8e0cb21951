"""Reads the tables of a paper back from its ink: the ruled lines make cells, filled by what lies between."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import pypdfium2
from pypdfium2 import raw

from tests.paper.reading import squeezed

_THIN: Final = 1.5  # points of a ruled line, at most
_SAME: Final = 0.8  # two ends of lines that meet lie no further apart

Box = tuple[float, float, float, float]


def rows(pdf: bytes) -> list[list[str]]:
    """Each row of each table, page after page, as its cells without spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [row for page in document for row in _of_page(page)]


def _of_page(page: pypdfium2.PdfPage) -> Iterator[list[str]]:
    lines = [one.get_bounds() for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    upright = [box for box in lines if box[2] - box[0] < _THIN and box[3] - box[1] > _THIN]
    level = [box for box in lines if box[3] - box[1] < _THIN and box[2] - box[0] > _THIN]
    text = page.get_textpage()
    for bottom in _apart(sorted((box[1] for box in level), reverse=True)):
        edges = _apart(sorted(box[0] for box in upright if box[1] - _SAME < bottom < box[3] - 2 * _SAME))
        found = [(left, right, _above(level, bottom, (left + right) / 2)) for left, right in pairwise(edges)]
        if cells := [
            squeezed(text.get_text_bounded(left, bottom, right, top)) for left, right, top in found if top
        ]:
            yield cells


def _above(level: list[Box], bottom: float, x: float) -> float:
    """The next line over a cell; 0 where the cell does not end at `bottom`."""
    over = [box[1] for box in level if box[0] <= x <= box[2]]
    if all(abs(one - bottom) > _SAME for one in over):
        return 0.0
    return min((one for one in over if one > bottom + _SAME), default=0.0)


def _apart(places: list[float]) -> list[float]:
    """Without those that are the same line drawn again."""
    kept: list[float] = []
    for one in places:
        if not kept or abs(one - kept[-1]) > _SAME:
            kept.append(one)
    return kept
