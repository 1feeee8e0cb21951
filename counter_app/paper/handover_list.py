"""The list by which dossiers change hands (danh sách bàn giao hồ sơ): which, from whom to whom; both sign.

No form of the law; what it holds is usual. A copy for each side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.paper import template
from counter_app.paper.blocks import COMMON
from counter_app.paper.draft import Codes, Draft, Grammar
from counter_app.paper.facts import time_words
from counter_app.paper.handover import dossiers_table
from counter_app.paper.page import MM, Piece, gap, stacked
from counter_app.paper.sheets import sheets_pdf
from counter_app.paper.template import Block, Template

_NO_CODES = Codes(bars=None, bar=0, qr=None, module=0)


@dataclass(frozen=True)
class ListFacts:
    """All that the list says; `rows` are (code, procedure, owner)."""

    authority: str
    agency: str
    office: str
    place: str
    giver: str
    taker: str
    at: datetime
    rows: tuple[tuple[str, str, str], ...]
    hotline: str = ""
    document_number: str = ""
    officer_title: str = ""
    code: str = "Danh sách bàn giao hồ sơ"
    """What a further page is told by."""

    @property
    def dated(self) -> datetime:
        """The day in the head."""
        return self.at

    @property
    def signer(self) -> str:
        """Whose name stands under the left signature."""
        return self.giver

    @property
    def officer_name(self) -> str:
        """Whose name stands under the right one."""
        return self.taker


def _further(draft: Draft, number: int) -> Piece:
    words = f"{draft.facts.code} (tiếp theo trang {number - 1})"
    return stacked([*draft.lines(words, Block("line"), weight="italic"), gap(2 * MM)])


FIELDS: Mapping[str, Callable[[ListFacts], str]] = {
    "agency": lambda f: f.agency,
    "giver": lambda f: f.giver,
    "taker": lambda f: f.taker,
    "at": lambda f: time_words(f.at),
    "count": lambda f: f"{len(f.rows):02d}",
    "hotline": lambda f: f.hotline,
}
CONDITIONS: Mapping[str, Callable[[ListFacts], bool]] = {"has_hotline": lambda f: bool(f.hotline)}
LIST = Grammar(FIELDS, CONDITIONS, {**COMMON, "table": dossiers_table}, frozenset({"page"}), _further)


def list_template(text: str) -> Template:
    """Reads the list's template from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, LIST.vocabulary)


def list_pdf(facts: ListFacts, *, paper: str, form: Template) -> bytes:
    """The list on `a5` or `a4`, a copy for each side. Raises BadInput (`unknown-paper`)."""
    return sheets_pdf(facts, form, LIST, _NO_CODES, paper=paper, title=form.title)
