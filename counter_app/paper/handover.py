"""The slip of a hand-over (phiếu trả kết quả): what was given to whom, and the line that he signs.

No form of the law: column 12 of the register (sổ theo dõi hồ sơ, TT 03/2025/TT-VPCP) asks for the collector's
signature, and this slip holds it for the dossiers of one hand-over. Its head follows NĐ 30/2020.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.errors import BadInput
from counter_app.paper import template
from counter_app.paper.blocks import COMMON
from counter_app.paper.draft import Codes, Draft, Grammar, draft_pieces
from counter_app.paper.facts import time_words
from counter_app.paper.page import MM, Paper, Piece, gap, pack, paragraph, shifted, stacked
from counter_app.paper.tables import headed, table_row
from counter_app.paper.template import Block, Template

_A5 = (148 * MM, 210 * MM)
_LONGEST_SLIP = 1000 * MM
_PAGE_NUMBER = 4 * MM
_NO_CODES = Codes(bars=None, bar=0, qr=None, module=0)


@dataclass(frozen=True)
class HandoverFacts:
    """All that the slip says, worded and masked; `rows` are (code, procedure, owner).

    `capacity` tells by what right he collects; `paper` ends in the last digits of his number only.
    """

    authority: str
    office: str
    place: str
    given_at: datetime
    collector: str
    rows: tuple[tuple[str, str, str], ...]
    paper: str = ""
    capacity: str = ""
    given: str = ""
    left: str = ""
    fee: str = ""
    officer_name: str = ""
    officer_title: str = ""
    document_number: str = ""
    hotline: str = ""

    @property
    def dated(self) -> datetime:
        """The day in the head."""
        return self.given_at

    @property
    def signer(self) -> str:
        """Whose name stands under the left signature."""
        return self.collector


def dossiers_table(draft: Draft, block: Block, number: int) -> list[Piece]:
    """A row a dossier: its number in the list, code, procedure and owner."""
    narrow = (9 * MM, 40 * MM, 36 * MM)
    widths = (narrow[0], narrow[1], draft.width - sum(narrow), narrow[2])
    aligns = ("center", "left", "left", "left")
    heads = tuple(block.text(name) for name in ("number", "code", "procedure", "owner"))
    pieces = [
        piece
        for place, row in enumerate(draft.facts.rows, start=1)
        for piece in table_row(draft, block, (str(place), *row), widths, aligns, "regular", whole=1)
    ]
    over = table_row(draft, block, heads, widths, ("center",) * 4, "bold")
    return [*headed(over, pieces), gap(1.2 * MM)]


def _list(draft: Draft, block: Block, number: int) -> list[Piece]:
    pieces: list[Piece] = []
    for place, (code, procedure, owner) in enumerate(draft.facts.rows, start=1):
        hang = draft.face().width(f"{place}) ", draft.size(block))
        pieces += draft.lines(f"{place}) {code}", block, weight="bold", hang=hang)
        under = draft.lines(f"{procedure} – {owner}", block, width=draft.width - hang)
        pieces += [shifted(line, hang) for line in under]
    return pieces


FIELDS: Mapping[str, Callable[[HandoverFacts], str]] = {
    "hotline": lambda f: f.hotline,
    "collector": lambda f: f.collector,
    "paper": lambda f: f.paper,
    "capacity": lambda f: f.capacity,
    "given_at": lambda f: time_words(f.given_at),
    "given": lambda f: f.given,
    "left": lambda f: f.left,
    "fee": lambda f: f.fee,
}
CONDITIONS: Mapping[str, Callable[[HandoverFacts], bool]] = {
    "has_hotline": lambda f: bool(f.hotline),
    "is_part": lambda f: bool(f.left),
    "has_fee": lambda f: bool(f.fee),
    "has_paper": lambda f: bool(f.paper),
}
_GRAMMAR = Grammar(FIELDS, CONDITIONS, {**COMMON, "table": dossiers_table, "list": _list})


def handover_template(text: str) -> Template:
    """Reads the slip's template from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, _GRAMMAR.vocabulary)


def handover_pdf(facts: HandoverFacts, *, paper: str, form: Template, printable_mm: float = 72) -> bytes:
    """The slip on A5, or on a roll of `80mm`; who prints on A4 gets A5. One copy: the office keeps it.

    The same facts and template give the same bytes. Raises BadInput (`bad-width`).
    """
    if not 40 <= printable_mm <= 120:
        raise BadInput("bad-width", field="printable_mm", value=printable_mm)
    document = Paper(title=form.title, author=facts.authority, made=facts.given_at)
    if paper == "80mm":
        _on_roll(document, facts, form, printable_mm * MM)
    else:
        _on_pages(document, facts, form)
    return document.finish()


def _draft(facts: HandoverFacts, form: Template, layout: str, width: float) -> Draft:
    made = form.layouts[layout]
    return Draft(facts, made, form.title, form.copies[0], width, made.scales[0], _NO_CODES, _GRAMMAR)


def _on_pages(paper: Paper, facts: HandoverFacts, form: Template) -> None:
    layout = form.layouts["page"]
    margin = layout.margin_mm * MM
    draft = _draft(facts, form, "page", _A5[0] - 2 * margin)
    room = _A5[1] - margin - layout.foot_mm * MM
    columns = pack(draft_pieces(draft), room - _PAGE_NUMBER, room - _PAGE_NUMBER)
    for number, column in enumerate(columns, start=1):
        paper.page(*_A5)
        stacked(column).draw(paper, margin, _A5[1] - margin)
        if len(columns) > 1:
            small, words = layout.size * 0.85, f"Trang {number}/{len(columns)}"
            line = paragraph([(draft.face(), words)], size=small, width=draft.width, align="center")[-1]
            line.draw(paper, margin, layout.foot_mm * MM + small * 0.3)


def _on_roll(paper: Paper, facts: HandoverFacts, form: Template, printable: float) -> None:
    layout = form.layouts["slip"]
    margin = layout.margin_mm * MM
    width = printable - 2 * margin
    roll = max((80 if printable > 50 * MM else 58) * MM, printable)
    for column in pack(draft_pieces(_draft(facts, form, "slip", width)), _LONGEST_SLIP, _LONGEST_SLIP):
        slip = stacked(column)
        long = slip.height + margin + layout.foot_mm * MM
        paper.page(roll, long)
        slip.draw(paper, (roll - width) / 2, long - margin)
