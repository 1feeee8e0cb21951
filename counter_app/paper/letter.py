"""What the State writes to a citizen about his dossier: papers asked for, a refusal, an apology, a stop.

Order and wording follow the forms 02 to 04 of TT 01/2018/TT-VPCP and 02 to 05 of TT 03/2025/TT-VPCP as far as
they are known, and stand in templates; the header follows NĐ 30/2020. The numbers of letters are given by the
clerk's book, so their place stays free.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.crypto.pdf_signing import PLACE
from counter_app.paper import template
from counter_app.paper.blocks import OF_DOSSIER, line_block
from counter_app.paper.draft import Draft, Grammar, kept, spans_of
from counter_app.paper.facts import day_words, time_words
from counter_app.paper.page import MM, Paper, Piece, beside, gap, shifted, stacked
from counter_app.paper.sheets import codes_of, sheets_pdf
from counter_app.paper.template import Block, Template

_DOTS = "……………………………"


@dataclass(frozen=True)
class LetterFacts:
    """All that a letter says, worded; `dated` is the day of the act that it is about.

    `due` is the day that was promised before the act, `until` the one that it names. `asked_on` is when the
    applicant himself asked for it. `marks` are printed on top, framed.
    """

    authority: str
    agency: str
    office: str
    place: str
    code: str
    applicant_name: str
    request: str
    dated: datetime
    received_at: datetime
    hotline: str = ""
    document_number: str = ""
    other_codes: tuple[str, ...] = ()
    applicant_address: str = ""
    phone: str = ""
    email: str = ""
    submitter_name: str = ""
    needs: tuple[str, ...] = ()
    reason: str = ""
    due: datetime | None = None
    until: datetime | None = None
    asked_on: datetime | None = None
    given_back: tuple[str, ...] = ()
    fee_words: str = ""
    officer_name: str = ""
    officer_title: str = ""
    head_name: str = ""
    head_title: str = ""
    marks: tuple[str, ...] = ()
    qr_text: str = ""

    @property
    def signer(self) -> str:
        """Whose name stands under the left signature."""
        return self.submitter_name or self.applicant_name


def _paragraph(draft: Draft, block: Block, number: int) -> list[Piece]:
    """A sentence with values in it."""
    return draft.lines(spans_of(draft, block, number, between=" "), block)


def _list(draft: Draft, block: Block, number: int) -> list[Piece]:
    """What is asked for, one a line, 1., 2., 3.; free lines for a pen where nothing is named."""
    pieces = [kept(piece) for piece in line_block(draft, block, number)]
    indent = 4 * MM
    for place, need in enumerate(draft.facts.needs or (_DOTS, _DOTS), start=1):
        hang = draft.face().width(f"{place}. ", draft.size(block))
        lines = draft.lines(
            f"{place}. {need}", block, weight="regular", width=draft.width - indent, hang=hang
        )
        pieces += [shifted(line, indent) for line in lines]
    return pieces


def _signer(draft: Draft, block: Block, number: int) -> list[Piece]:
    """On the right the officer who did the act, under what he signs as."""
    facts = draft.facts
    pen = gap(block.gap_mm * MM)
    return _signed(draft, block, block.text("right"), pen, facts.officer_name, facts.officer_title)


def _head(draft: Draft, block: Block, number: int) -> list[Piece]:
    """On the right the head of the authority; dots where the counter's settings do not name him.

    The room for his pen is where his digital signature is seen as well.
    """
    facts = draft.facts
    tall, wide = block.gap_mm * MM, draft.width / 2 - 2 * MM

    def keep(paper: Paper, x: float, top: float) -> None:
        paper.room(PLACE, x, top - tall, wide, tall)

    pen = Piece(tall, keep)
    return _signed(draft, block, facts.head_title or block.text("right"), pen, facts.head_name or _DOTS, "")


def _signed(draft: Draft, block: Block, heading: str, pen: Piece, name: str, title: str) -> list[Piece]:
    half = draft.width / 2
    width = half - 2 * MM
    centred = Block("line", align="center", size=block.size)
    right = draft.lines(heading, centred, weight="bold", width=width)
    right += draft.lines(block.text("how"), centred, weight="italic", width=width)
    right.append(pen)
    right += draft.lines(name, centred, weight="bold", width=width) if name else []
    right += draft.lines(title, centred, width=width) if title else []
    small = Block("line", size=draft.layout.size * 0.85)
    left = []
    if told := block.text("recipients"):
        left = draft.lines(block.text("to"), small, weight="italic", width=width)
        for one in told.split(";"):
            left += draft.lines(f"- {one.strip()};", small, width=width)
    return [gap(1.6 * MM, keep=True), beside([(0.0, stacked(left)), (half + 2 * MM, stacked(right))])]


FIELDS: Mapping[str, Callable[[LetterFacts], str]] = {
    "agency": lambda f: f.agency,
    "office": lambda f: f.office,
    "hotline": lambda f: f.hotline,
    "code": lambda f: f.code,
    "other_codes": lambda f: "; ".join(f.other_codes),
    "applicant_name": lambda f: f.applicant_name,
    "applicant_address": lambda f: f.applicant_address,
    "phone": lambda f: f.phone,
    "email": lambda f: f.email,
    "request": lambda f: f.request,
    "reason": lambda f: f.reason,
    "received_day": lambda f: _day(f.received_at),
    "act_day": lambda f: _day(f.dated),
    "due": lambda f: time_words(f.due) if f.due else "",
    "until": lambda f: time_words(f.until) if f.until else "",
    "asked_on": lambda f: day_words(f.asked_on) if f.asked_on else "",
    "given_back": lambda f: "; ".join(f.given_back),
    "fee": lambda f: f.fee_words,
}
CONDITIONS: Mapping[str, Callable[[LetterFacts], bool]] = {
    "has_hotline": lambda f: bool(f.hotline),
    "has_other_codes": lambda f: bool(f.other_codes),
    "has_marks": lambda f: bool(f.marks),
    "has_reason": lambda f: bool(f.reason),
    "was_asked": lambda f: f.asked_on is not None,
}
LETTER = Grammar(
    FIELDS,
    CONDITIONS,
    {**OF_DOSSIER, "paragraph": _paragraph, "list": _list, "signer": _signer, "head": _head},
    frozenset({"page"}),
)


def _day(moment: datetime) -> str:
    return day_words(moment).removeprefix("ngày ")


def letter_template(text: str) -> Template:
    """Reads a letter's template from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, LETTER.vocabulary)


def letter_pdf(facts: LetterFacts, *, paper: str, form: Template) -> bytes:
    """The letter on `a5` or `a4`. Raises BadInput (`unknown-paper`)."""
    title = f"{form.title} {facts.code}"
    return sheets_pdf(facts, form, LETTER, codes_of(facts.code), paper=paper, title=title)
