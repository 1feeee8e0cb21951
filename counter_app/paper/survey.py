"""What citizens are asked by: blank survey slips, and a sheet for the wall with the survey page's QR.

No form of the law. Nobody's name has a place on a slip.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.paper import barcode, template
from counter_app.paper.blocks import COMMON, survey_code
from counter_app.paper.draft import Codes, Draft, Grammar
from counter_app.paper.page import MM, Paper, Piece, beside, gap, stacked
from counter_app.paper.sheets import A4, A5, copies_of, on_a4, on_a5
from counter_app.paper.template import Block, Template

_MODULE: Final = 0.5 * MM  # read from an arm's length
_PEN: Final = 0.5  # points of a line to write on


@dataclass(frozen=True)
class SurveyFacts:
    """What slips and sheet say, worded; `levels` are the answers, the best one first.

    `survey_text` is what the QR holds, "" for none.
    """

    authority: str
    office: str
    place: str
    dated: datetime
    levels: tuple[str, ...] = ()
    survey_text: str = ""
    hotline: str = ""
    document_number: str = ""
    code: str = ""


def _levels(draft: Draft, block: Block, number: int) -> list[Piece]:
    """A box to tick before each answer."""
    side = draft.size(block)
    pieces: list[Piece] = []
    for words in draft.facts.levels:

        def box(paper: Paper, x: float, top: float) -> None:
            paper.frame(x, top - side * 1.2, side, side)

        lines = draft.lines(words, block, width=draft.width - side - 4 * MM)
        pieces += [beside([(0.0, Piece(side * 1.2, box)), (side + 4 * MM, stacked(lines))]), gap(2.4 * MM)]
    return pieces


def _pen(draft: Draft, block: Block, number: int) -> list[Piece]:
    """An empty line for a pen."""
    tall = block.gap_mm * MM

    def draw(paper: Paper, x: float, top: float) -> None:
        paper.rule(x, top - tall, x + draft.width, top - tall, _PEN, dash=1)

    return [Piece(tall, draw)]


def _survey(draft: Draft, block: Block, number: int) -> list[Piece]:
    """The QR in the middle; `gap_mm` is how wide it may be, where it is not of a slip's module."""
    pattern = barcode.qr(draft.facts.survey_text)
    module = block.gap_mm * MM / pattern.columns if block.gap_mm else _MODULE
    return survey_code(draft, block, pattern, module)


FIELDS: Mapping[str, Callable[[SurveyFacts], str]] = {
    "hotline": lambda f: f.hotline,
    "link": lambda f: f.survey_text,
    "pen": lambda f: "",
}
CONDITIONS: Mapping[str, Callable[[SurveyFacts], bool]] = {
    "has_hotline": lambda f: bool(f.hotline),
    "has_survey": lambda f: bool(f.survey_text),
}
SURVEY = Grammar(
    FIELDS,
    CONDITIONS,
    {
        **{name: kind for name, kind in COMMON.items() if name != "signatures"},
        "levels": _levels,
        "pen": _pen,
        "survey": _survey,
    },
    frozenset({"page"}),
)
_NO_CODES: Final = Codes(bars=None, bar=0, qr=None, module=0)


def survey_template(text: str) -> Template:
    """Reads a template of slips or sheet from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, SURVEY.vocabulary)


def slips_pdf(facts: SurveyFacts, count: int, *, paper: str, form: Template) -> bytes:
    """`count` blank slips of A5; two beside each other on a sheet of A4, to be cut in the middle.

    The last sheet of A4 is whole too. Raises BadInput (`qr-too-long`).
    """
    document = Paper(title=form.title, author=facts.authority, made=facts.dated)
    (pages,) = copies_of(facts, form, SURVEY, _NO_CODES)
    if paper != "a4":
        on_a5(document, [pages] * count)
        return document.finish()
    for _ in range(math.ceil(count / 2)):
        document.page(A4[1], A4[0])
        document.rule(A5[0], 0, A5[0], A4[0], 0.3, dash=3)
        for x in (0.0, A4[1] / 2):
            pages[0](document, x)
    return document.finish()


def sheet_pdf(facts: SurveyFacts, *, paper: str, form: Template) -> bytes:
    """The sheet for the wall on `a5` or `a4`. Raises BadInput (`qr-too-long`)."""
    document = Paper(title=form.title, author=facts.authority, made=facts.dated)
    draw = on_a4 if paper == "a4" else on_a5
    draw(document, copies_of(facts, form, SURVEY, _NO_CODES))
    return document.finish()
