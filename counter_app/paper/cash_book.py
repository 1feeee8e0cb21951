"""The cash book of a day (sổ thu phí, lệ phí): each sum, what each hands in, each drawer's count; two sign.

No form of the law, and no official receipt (biên lai, NĐ 123/2020): it names those of another system.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from counter_app.paper import template
from counter_app.paper.blocks import COMMON
from counter_app.paper.draft import Codes, Draft, Grammar
from counter_app.paper.facts import time_words
from counter_app.paper.page import MM, Piece, gap, stacked
from counter_app.paper.sheets import sheets_pdf
from counter_app.paper.tables import headed, table_row
from counter_app.paper.template import Block, Template

_NO_CODES: Final = Codes(bars=None, bar=0, qr=None, module=0)


@dataclass(frozen=True)
class CashFacts:
    """All that the book says, worded; sums are in đồng, without the sign of the money."""

    authority: str
    office: str
    place: str
    day: str
    dated: datetime
    """When it is printed."""
    rows: tuple[tuple[str, str, str, str, str, str], ...]
    """Time, code, payer, amount, method, official receipt."""
    cash: str
    transfer: str
    portal: str
    total: str
    officers: tuple[tuple[str, str], ...] = ()
    """Who took cash, and how much of it is to be handed in."""
    counts: tuple[tuple[str, str, str, str, str, str], ...] = ()
    """Machine, time, counted, expected, difference, who counted and why they differ."""
    document_number: str = ""
    hotline: str = ""
    signer: str = ""
    officer_name: str = ""
    officer_title: str = ""

    @property
    def code(self) -> str:
        """What a further page is told by."""
        return f"Sổ thu phí, lệ phí ngày {self.day}"


def table(
    names: str,
    narrow: Sequence[float],
    wide: int,
    aligns: str,
    rows: Callable[[Any], Sequence[tuple[str, ...]]],
) -> Callable[[Draft, Block, int], list[Piece]]:
    """A block of rows under headings: widths in mm, but the column `wide`, which has what is left."""
    sides = tuple({"l": "left", "c": "center", "r": "right"}[one] for one in aligns)

    def drawn(draft: Draft, block: Block, number: int) -> list[Piece]:
        left = draft.width - sum(narrow) * MM
        widths = tuple(left if n == wide else one * MM for n, one in enumerate(narrow))
        heads = tuple(block.text(name) for name in names.split())
        whole = names.split().index("code") if "code" in names.split() else None
        pieces = [
            piece
            for row in rows(draft.facts)
            for piece in table_row(draft, block, row, widths, sides, "regular", whole=whole)
        ]
        over = table_row(draft, block, heads, widths, ("center",) * len(heads), "bold")
        return [*headed(over, pieces), gap(1.6 * MM)]

    return drawn


def _numbered(facts: CashFacts) -> list[tuple[str, ...]]:
    return [(str(place), *row) for place, row in enumerate(facts.rows, start=1)]


def further(draft: Draft, number: int) -> Piece:
    words = f"{draft.facts.code} (tiếp theo trang {number - 1})"
    return stacked([*draft.lines(words, Block("line"), weight="italic"), gap(2 * MM)])


FIELDS: Mapping[str, Callable[[CashFacts], str]] = {
    "hotline": lambda f: f.hotline,
    "day": lambda f: f.day,
    "at": lambda f: time_words(f.dated),
    "cash": lambda f: f.cash,
    "transfer": lambda f: f.transfer,
    "portal": lambda f: f.portal,
    "total": lambda f: f.total,
}
CONDITIONS: Mapping[str, Callable[[CashFacts], bool]] = {
    "has_hotline": lambda f: bool(f.hotline),
    "has_moved": lambda f: bool(f.rows),
    "has_none": lambda f: not f.rows,
    "has_officers": lambda f: bool(f.officers),
    "has_counts": lambda f: bool(f.counts),
    "has_no_counts": lambda f: not f.counts,
}
BOOK = Grammar(
    FIELDS,
    CONDITIONS,
    {
        **COMMON,
        "table": table(
            "number time code payer amount method receipt",
            (8, 10, 34, 0, 17, 15, 16),
            3,
            "ccllrll",
            _numbered,
        ),
        "officers": table("officer amount", (0, 30), 0, "lr", lambda f: f.officers),
        "counts": table(
            "machine time counted expected difference note",
            (22, 13, 20, 20, 20, 0),
            5,
            "lcrrrl",
            lambda f: f.counts,
        ),
    },
    frozenset({"page"}),
    further,
)


def cash_book_template(text: str) -> Template:
    """Reads the book's template from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, BOOK.vocabulary)


def cash_book_pdf(facts: CashFacts, *, paper: str, form: Template) -> bytes:
    """The book on `a5` or `a4`, one copy. Raises BadInput (`unknown-paper`)."""
    return sheets_pdf(facts, form, BOOK, _NO_CODES, paper=paper, title=form.title)
