"""A paper of blocks on pages of A5: on one where a smaller type makes it fit, else on several, numbered."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from counter_app.domain.errors import BadInput
from counter_app.paper import barcode
from counter_app.paper.draft import Codes, Draft, Grammar, draft_pieces
from counter_app.paper.page import MM, Paper, Piece, pack, paragraph, stacked
from counter_app.paper.template import Template

A5: Final = (148 * MM, 210 * MM)
A4: Final = (210 * MM, 297 * MM)
_PAGE_NUMBER: Final = 4 * MM
_OFFICE_MODULE: Final = 0.39 * MM

Page = Callable[[Paper, float], None]
"""Draws one page of a copy, `x` being the page's left edge."""


def codes_of(code: str, qr_text: str = "", survey_text: str = "") -> Codes:
    """Barcode and QRs at the modules of office paper."""
    return Codes(
        bars=barcode.code128(code),
        bar=barcode.OFFICE_BAR,
        qr=barcode.qr(qr_text) if qr_text else None,
        module=_OFFICE_MODULE,
        survey=barcode.qr(survey_text) if survey_text else None,
    )


def copies_of(facts: Any, form: Template, grammar: Grammar, codes: Codes) -> list[list[Page]]:
    """The A5 pages of each copy; a text that runs a little over is set a little smaller instead."""
    layout = form.layouts["page"]
    margin = layout.margin_mm * MM
    width, room = A5[0] - 2 * margin, A5[1] - margin - layout.foot_mm * MM

    def packed(copy: str, scale: float, done: dict[int, list[Piece]]) -> tuple[Draft, list[list[Piece]]]:
        draft = Draft(facts, layout, form.title, copy, width, scale, codes, grammar, done)
        pieces = draft_pieces(draft)
        if sum(piece.height for piece in pieces) <= room:
            return draft, [pieces]
        numbered = room - _PAGE_NUMBER
        return draft, pack(pieces, numbered, numbered - grammar.further(draft, 2).height)

    for scale in (*layout.scales, layout.scales[0]):
        done: dict[int, list[Piece]] = {}
        draft, columns = packed(form.copies[0], scale, done)
        if len(columns) == 1:
            break
    others = (packed(copy, scale, done) for copy in form.copies[1:])
    return [
        [_page(draft, column, number, len(columns), margin) for number, column in enumerate(columns, start=1)]
        for draft, columns in [(draft, columns), *others]
    ]


def on_a5(paper: Paper, copies: Sequence[Sequence[Page]]) -> None:
    for pages in copies:
        for page in pages:
            paper.page(*A5)
            page(paper, 0.0)


def on_a4(paper: Paper, copies: Sequence[Sequence[Page]]) -> None:
    """Each page as large as the sheet: type of 9.8 points becomes that of 13.9 which NĐ 30/2020 asks for."""
    for pages in copies:
        for page in pages:
            paper.page(*A4)
            paper.enlarge(math.sqrt(2))
            page(paper, 0.0)


PAPERS: Final[Mapping[str, Callable[[Paper, Sequence[Sequence[Page]]], None]]] = {"a5": on_a5, "a4": on_a4}


def sheets_pdf(
    facts: Any, form: Template, grammar: Grammar, codes: Codes, *, paper: str, title: str
) -> bytes:
    """The paper on `a5` or `a4`. The same facts and template give the same bytes.

    Raises BadInput (`unknown-paper`).
    """
    if paper not in PAPERS:
        raise BadInput("unknown-paper", field="paper", value=paper)
    document = Paper(title=title, author=facts.authority, made=facts.dated)
    PAPERS[paper](document, copies_of(facts, form, grammar, codes))
    return document.finish()


def _page(draft: Draft, column: list[Piece], number: int, of: int, margin: float) -> Page:
    head = [draft.grammar.further(draft, number)] if number > 1 else []

    def draw(paper: Paper, x: float) -> None:
        stacked(head + column).draw(paper, x + margin, A5[1] - margin)
        if of > 1:
            small = draft.layout.size * 0.85
            words = f"{draft.facts.code} – Trang {number}/{of}"
            line = paragraph([(draft.face(), words)], size=small, width=draft.width, align="center")[-1]
            line.draw(paper, x + margin, draft.layout.foot_mm * MM + small * 0.3)

    return draw
