"""The receipt (giấy tiếp nhận hồ sơ và hẹn trả kết quả) as a PDF: A5, A4 two-up, or a thermal slip.

Order and wording follow the forms of TT 01/2018 and TT 03/2025/TT-VPCP and stand in templates; the header
follows NĐ 30/2020. Each copy (liên) is whole: one stays with the dossier, one goes with the citizen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from counter_app.domain.errors import BadInput
from counter_app.paper import barcode, template
from counter_app.paper.draft import Codes, Draft, continued, draft_pieces
from counter_app.paper.facts import ReceiptFacts
from counter_app.paper.page import MM, Paper, Piece, pack, stacked
from counter_app.paper.receipt_blocks import RECEIPT, VOCABULARY
from counter_app.paper.sheets import Page, codes_of, copies_of, on_a5
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


_A4_LANDSCAPE = (297 * MM, 210 * MM)
_LONGEST_SLIP = 1000 * MM


def _sheets(facts: ReceiptFacts, form: Template) -> list[list[Page]]:
    return copies_of(facts, form, RECEIPT, codes_of(facts.code, facts.qr_text, facts.survey_text))


def _on_a5(paper: Paper, facts: ReceiptFacts, form: Template, printable: float) -> None:
    on_a5(paper, _sheets(facts, form))


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
        survey=barcode.qr(facts.survey_text) if facts.survey_text else None,
    )
    done: dict[int, list[Piece]] = {}
    for copy in form.copies:
        draft = Draft(facts, layout, form.title, copy, width, layout.scales[0], codes, RECEIPT, done)
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
