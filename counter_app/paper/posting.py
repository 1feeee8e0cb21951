"""Sheets to post (niêm yết công khai): a procedure in its twelve parts with a QR, and the list of them all.

No form of the law. A sheet is an A5 page drawn large on A4, as office papers are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.paper import barcode, template
from counter_app.paper.blocks import COMMON, OF_DOSSIER
from counter_app.paper.draft import Codes, Draft, Grammar, kept
from counter_app.paper.facts import day_words
from counter_app.paper.page import MM, Paper, Piece, gap, stacked
from counter_app.paper.sheets import PAPERS, copies_of, sheets_pdf
from counter_app.paper.tables import headed, table_row
from counter_app.paper.template import Block, Template

_MODULE: Final = 0.39 * MM
_NO_CODES: Final = Codes(bars=None, bar=0, qr=None, module=0)
_CODE_SIGN: Final = "{code}"


@dataclass(frozen=True)
class SheetFacts:
    """All that a procedure's sheet says; `parts` are part (disclosure.py) and items, worded."""

    authority: str
    office: str
    place: str
    dated: datetime
    code: str
    name: str
    field: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    link: str = ""
    """Of this procedure alone; else the template's."""
    qr_text: str = ""
    hotline: str = ""
    document_number: str = ""


@dataclass(frozen=True)
class ListFacts:
    """The list of all; `rows` are field and, under it, (code, name, time, fee)."""

    authority: str
    office: str
    place: str
    dated: datetime
    rows: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...]
    hotline: str = ""
    document_number: str = ""
    code: str = "Danh mục thủ tục hành chính"
    """What a further page is told by."""

    @property
    def count(self) -> int:
        return sum(len(rows) for _, rows in self.rows)


def _parts(draft: Draft, block: Block, number: int) -> list[Piece]:
    """Numbered headings, each with its items; the name, the first of the twelve, stands above them."""
    pieces: list[Piece] = []
    for place, (part, items) in enumerate(draft.facts.parts, start=2):
        heading = f"{place}. {block.text(part)}:"
        if len(items) == 1:
            spans = [(draft.face("bold"), f"{heading} "), (draft.face(), items[0])]
            pieces += draft.lines(spans, block)
        else:
            pieces += draft.lines(heading, block, weight="bold")
            hang = draft.face().width("– ", draft.size(block))
            for item in items:
                pieces += draft.lines(f"– {item}", block, hang=hang)
        pieces.append(gap(0.8 * MM))
    return pieces


def _table(draft: Draft, block: Block, number: int) -> list[Piece]:
    narrow = (8 * MM, 17 * MM, 27 * MM, 30 * MM)
    widths = (narrow[0], narrow[1], draft.width - sum(narrow), narrow[2], narrow[3])
    aligns = ("center", "left", "left", "left", "left")
    heads = tuple(block.text(name) for name in ("number", "code", "name", "time", "fee"))
    pieces: list[Piece] = []
    place = 0
    for field, rows in draft.facts.rows:
        heading = table_row(draft, block, (field,), (draft.width,), ("left",), "bold")
        pieces += map(kept, heading)  # never alone at a page's end
        for row in rows:
            place += 1
            pieces += table_row(draft, block, (str(place), *row), widths, aligns, "regular", whole=1)
    over = table_row(draft, block, heads, widths, ("center",) * 5, "bold")
    return [*headed(over, pieces), gap(1.2 * MM)]


def _further(draft: Draft, number: int) -> Piece:
    words = f"{draft.facts.code} (tiếp theo trang {number - 1})"
    return stacked([*draft.lines(words, Block("line"), weight="italic"), gap(2 * MM)])


SHEET = Grammar(
    {
        "name": lambda f: f.name,
        "field": lambda f: f.field,
        "at": lambda f: day_words(f.dated),
        "hotline": lambda f: f.hotline,
    },
    {"has_hotline": lambda f: bool(f.hotline)},
    {
        **{kind: draw for kind, draw in OF_DOSSIER.items() if kind not in ("marks", "signatures")},
        "parts": _parts,
    },
    frozenset({"page"}),
    _further,
)
LIST = Grammar(
    {
        "count": lambda f: f"{f.count}",
        "at": lambda f: day_words(f.dated),
        "hotline": lambda f: f.hotline,
    },
    {"has_hotline": lambda f: bool(f.hotline)},
    {**{kind: draw for kind, draw in COMMON.items() if kind != "signatures"}, "table": _table},
    frozenset({"page"}),
    _further,
)


def sheet_template(text: str) -> Template:
    """Reads a sheet's template from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, SHEET.vocabulary)


def list_template(text: str) -> Template:
    """Reads the list's template from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, LIST.vocabulary)


def link_of(form: Template, code: str) -> str:
    """Where the template says that the procedure of that code is published; "" where it does not say."""
    blocks = form.layouts["page"].blocks
    found = next((block.text("link") for block in blocks if block.kind == "code"), "")
    return found.replace(_CODE_SIGN, code)


def sheets(found: Sequence[SheetFacts], *, form: Template, paper: str) -> bytes:
    """The sheets of these procedures, each on pages of its own. Raises BadInput (`unknown-paper`)."""
    document = Paper(title=form.title, author=found[0].authority, made=found[0].dated)
    for facts in found:
        codes = Codes(
            bars=None, bar=0, qr=barcode.qr(facts.qr_text) if facts.qr_text else None, module=_MODULE
        )
        PAPERS[paper](document, copies_of(facts, form, SHEET, codes))
    return document.finish()


def posted_list(facts: ListFacts, *, form: Template, paper: str) -> bytes:
    """The list on `a5` or `a4`. Raises BadInput (`unknown-paper`)."""
    return sheets_pdf(facts, form, LIST, _NO_CODES, paper=paper, title=form.title)
