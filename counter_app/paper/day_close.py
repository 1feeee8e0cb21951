"""The sheet of a closed day (sổ chốt ngày): what came and went, the money, the numbers, what is left to do.

No form of the law: it is what the officer and his head look at together when the counter shuts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.paper import template
from counter_app.paper.blocks import COMMON
from counter_app.paper.cash_book import further, table
from counter_app.paper.draft import Codes, Grammar
from counter_app.paper.facts import time_words
from counter_app.paper.sheets import sheets_pdf
from counter_app.paper.template import Template

_NO_CODES: Final = Codes(bars=None, bar=0, qr=None, module=0)


@dataclass(frozen=True)
class DayFacts:
    """All that the sheet says, worded."""

    authority: str
    office: str
    place: str
    day: str
    dated: datetime
    """When it is printed."""
    sums: tuple[tuple[str, str], ...]
    """What was counted, and how much it came to."""
    left: tuple[tuple[str, str, str], ...] = ()
    """Code, applicant, and what of the dossier is not done yet."""
    closes: tuple[tuple[str, str, str, str], ...] = ()
    """Machine, time, who closed the day there, and what he noted."""
    document_number: str = ""
    hotline: str = ""
    signer: str = ""
    officer_name: str = ""
    officer_title: str = ""

    @property
    def code(self) -> str:
        """What a further page is told by."""
        return f"Sổ chốt ngày {self.day}"


FIELDS: Mapping[str, Callable[[DayFacts], str]] = {
    "hotline": lambda f: f.hotline,
    "day": lambda f: f.day,
    "at": lambda f: time_words(f.dated),
}
CONDITIONS: Mapping[str, Callable[[DayFacts], bool]] = {
    "has_hotline": lambda f: bool(f.hotline),
    "has_left": lambda f: bool(f.left),
    "has_nothing_left": lambda f: not f.left,
    "has_closes": lambda f: bool(f.closes),
    "has_no_closes": lambda f: not f.closes,
}
SHEET = Grammar(
    FIELDS,
    CONDITIONS,
    {
        **COMMON,
        "sums": table("what amount", (0, 48), 0, "lr", lambda f: f.sums),
        "left": table("code applicant open", (36, 44, 0), 2, "lll", lambda f: f.left),
        "closes": table("machine time officer note", (30, 14, 40, 0), 3, "lcll", lambda f: f.closes),
    },
    frozenset({"page"}),
    further,
)


def day_close_template(text: str) -> Template:
    """Reads the sheet's template from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, SHEET.vocabulary)


def day_close_pdf(facts: DayFacts, *, paper: str, form: Template) -> bytes:
    """The sheet on `a5` or `a4`, one copy. Raises BadInput (`unknown-paper`)."""
    return sheets_pdf(facts, form, SHEET, _NO_CODES, paper=paper, title=form.title)
