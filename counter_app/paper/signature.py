"""What a signature looks like on a paper: by whom, for whom, when; drawn with the papers' own letters."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from counter_app.domain.zone import VIETNAM
from counter_app.paper import fonts
from counter_app.paper.page import MM, Paper, paragraph, stacked

_SIZES: Final = (8.4, 7.8, 7.2, 6.6, 6.0)
_PAD: Final = 1.6 * MM


def signature_look(name: str, agency: str, at: datetime, size: tuple[float, float]) -> bytes:
    """A page of that size (points) to lay over the signature's place; in the largest type that fits."""
    width, height = size
    moment = at.astimezone(VIETNAM)
    lines = [
        ("regular", "Ký số bởi:"),
        ("bold", name),
        ("regular", agency),
        ("regular", f"Lúc {moment:%H:%M:%S ngày %d/%m/%Y}"),
    ]
    for points in _SIZES:
        pieces = [
            piece
            for weight, text in lines
            if text
            for piece in paragraph(
                [(fonts.face("serif", weight), text)],
                size=points,
                width=width - 2 * _PAD,
                leading=1.22,
                align="center",
            )
        ]
        block = stacked(pieces)
        if block.height <= height - 2 * 0.6 * _PAD:
            break
    paper = Paper(title="", author="", made=at)
    paper.page(width, height)
    paper.frame(0.4, 0.4, width - 0.8, height - 0.8, 0.6)
    block.draw(paper, _PAD, height - (height - block.height) / 2)
    return paper.finish()
