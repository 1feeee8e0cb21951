"""The receipt (giấy tiếp nhận hồ sơ và hẹn trả kết quả) as a PDF: A5, A4 two-up, or a thermal slip.

Order and wording follow the forms of TT 01/2018 and TT 03/2025/TT-VPCP and stand in templates; the header
follows NĐ 30/2020. Each copy (liên) is whole: one stays with the dossier, one goes with the citizen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from counter_app.domain.errors import BadInput
from counter_app.paper import barcode, template
from counter_app.paper.blocks import VOCABULARY, Codes, Draft, continued, draft_pieces
from counter_app.paper.facts import ReceiptFacts
from counter_app.paper.page import MM, Paper, Piece, pack, paragraph, stacked
from counter_app.paper.template import Template

__all__ = ["ReceiptFacts", "receipt_pdf", "receipt_template", "receipts_pdf"]


def receipt_template(text: str) -> Template:
    """Reads a receipt's template from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, VOCABULARY)


def receipt_pdf(facts: ReceiptFacts, *, paper: str, template: Template, printable_mm: float = 72) -> bytes:
    """The receipt in all its copies on `paper`: `a5`, `a4` or `80mm`.

    `printable_mm` is what the head of a thermal printer reaches: 72 on a roll of 80 mm, 48 on one of 58.
    The same facts and template give the same bytes. Raises BadInput (`unknown-paper`, `bad-width`,
    `qr-too-long`).
    """
    return receipts_pdf([(facts, template)], paper=paper, printable_mm=printable_mm)


def receipts_pdf(
    receipts: Sequence[tuple[ReceiptFacts, Template]], *, paper: str, printable_mm: float = 72
) -> bytes:
    """Several receipts, each whole and on pages of its own, as one document for one job of the printer."""
    if paper not in _PAPERS:
        raise BadInput("unknown-paper", field="paper", value=paper)
    if not 40 <= printable_mm <= 120:
        raise BadInput("bad-width", field="printable_mm", value=printable_mm)
    first, form = receipts[0]
    codes = ", ".join(facts.code for facts, _ in receipts)
    document = Paper(title=f"{form.title} {codes}", author=first.authority, made=first.received_at)
    for facts, form in receipts:
        _PAPERS[paper](document, facts, form, printable_mm * MM)
    return document.finish()


_A5 = (148 * MM, 210 * MM)
_A4_LANDSCAPE = (297 * MM, 210 * MM)
_OFFICE_MODULE = 0.39 * MM
_PAGE_NUMBER = 4 * MM
_LONGEST_SLIP = 1000 * MM

Page = Callable[[Paper, float], None]  # draws one page of a copy, `x` being the page's left edge


def _sheets(facts: ReceiptFacts, form: Template) -> list[list[Page]]:
    """The A5 pages of each copy; a text that runs a little over is set a little smaller instead."""
    layout = form.layouts["page"]
    margin = layout.margin_mm * MM
    width, room = _A5[0] - 2 * margin, _A5[1] - margin - layout.foot_mm * MM
    codes = Codes(
        bars=barcode.code128(facts.code),
        bar=barcode.OFFICE_BAR,
        qr=barcode.qr(facts.qr_text) if facts.qr_text else None,
        module=_OFFICE_MODULE,
    )

    def packed(copy: str, scale: float, done: dict[int, list[Piece]]) -> tuple[Draft, list[list[Piece]]]:
        draft = Draft(facts, layout, form.title, copy, width, scale, codes, done)
        pieces = draft_pieces(draft)
        if sum(piece.height for piece in pieces) <= room:
            return draft, [pieces]
        numbered = room - _PAGE_NUMBER
        return draft, pack(pieces, numbered, numbered - continued(draft, 2).height)

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


def _page(draft: Draft, column: list[Piece], number: int, of: int, margin: float) -> Page:
    head = [continued(draft, number)] if number > 1 else []

    def draw(paper: Paper, x: float) -> None:
        stacked(head + column).draw(paper, x + margin, _A5[1] - margin)
        if of > 1:
            small = draft.layout.size * 0.85
            words = f"{draft.facts.code} – Trang {number}/{of}"
            line = paragraph([(draft.face(), words)], size=small, width=draft.width, align="center")[-1]
            line.draw(paper, x + margin, draft.layout.foot_mm * MM + small * 0.3)

    return draw


def _on_a5(paper: Paper, facts: ReceiptFacts, form: Template, printable: float) -> None:
    for pages in _sheets(facts, form):
        for page in pages:
            paper.page(*_A5)
            page(paper, 0.0)


def _on_a4(paper: Paper, facts: ReceiptFacts, form: Template, printable: float) -> None:
    """Two copies beside each other on one sheet, to be cut in the middle."""
    copies = _sheets(facts, form)
    middle = _A4_LANDSCAPE[0] / 2
    for first in range(0, len(copies), 2):
        pair = copies[first : first + 2]
        for number in range(max(map(len, pair))):
            paper.page(*_A4_LANDSCAPE)
            paper.rule(middle, 0, middle, _A4_LANDSCAPE[1], 0.3, dash=3)
            for side, pages in enumerate(pair):
                if number < len(pages):
                    pages[number](paper, side * middle)


def _on_slip(paper: Paper, facts: ReceiptFacts, form: Template, printable: float) -> None:
    """One slip a copy, as long as its text; the page is the roll, the text what the head reaches."""
    layout = form.layouts["slip"]
    margin = layout.margin_mm * MM
    roll = (80 if printable > 50 * MM else 58) * MM
    roll = max(roll, printable)
    width = printable - 2 * margin
    codes = Codes(
        bars=barcode.code128(facts.code),
        bar=barcode.SLIP_BAR,
        qr=barcode.qr(facts.qr_text) if facts.qr_text else None,
        module=barcode.SLIP_MODULE,
        dot=barcode.DOT,
    )
    done: dict[int, list[Piece]] = {}
    for copy in form.copies:
        draft = Draft(facts, layout, form.title, copy, width, layout.scales[0], codes, done)
        head = continued(draft, 2)
        for number, column in enumerate(
            pack(draft_pieces(draft), _LONGEST_SLIP, _LONGEST_SLIP - head.height)
        ):
            slip = stacked([head, *column] if number else column)
            long = slip.height + margin + layout.foot_mm * MM
            paper.page(roll, long)
            slip.draw(paper, (roll - width) / 2, long - margin)


_PAPERS: Mapping[str, Callable[[Paper, ReceiptFacts, Template, float], None]] = {
    "a5": _on_a5,
    "a4": _on_a4,
    "80mm": _on_slip,
}
