"""Papers about a petition (phản ánh, kiến nghị): its receipt, what is asked for, a refusal, the answer.

No form of the law: what NĐ 20/2008/NĐ-CP has recorded of a petition, in the shape of the letters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.paper import template
from counter_app.paper.draft import Draft, Grammar
from counter_app.paper.facts import day_words, time_words
from counter_app.paper.letter import LETTER
from counter_app.paper.page import MM, Piece, gap, stacked
from counter_app.paper.sheets import codes_of, sheets_pdf
from counter_app.paper.template import Block, Template


@dataclass(frozen=True)
class PetitionFacts:
    """All that these papers say, worded; `code` is the petition's number, `dated` the day of the act.

    `sender_name` empty: the sender gave no name.
    """

    authority: str
    agency: str
    office: str
    place: str
    code: str
    source: str
    subject: str
    content: str
    received_at: datetime
    dated: datetime
    hotline: str = ""
    document_number: str = ""
    sender_name: str = ""
    sender_address: str = ""
    sender_phone: str = ""
    about: str = ""
    due: str = ""
    rule: str = ""
    needs: tuple[str, ...] = ()
    reason: str = ""
    answer: str = ""
    officer_name: str = ""
    officer_title: str = ""
    head_name: str = ""
    head_title: str = ""
    marks: tuple[str, ...] = ()
    qr_text: str = ""

    @property
    def signer(self) -> str:
        """Whose name stands under the left signature."""
        return self.sender_name


def _further(draft: Draft, number: int) -> Piece:
    words = f"Phản ánh, kiến nghị số {draft.facts.code} (tiếp theo trang {number - 1})"
    return stacked([*draft.lines(words, Block("line"), weight="italic"), gap(2 * MM)])


FIELDS: Mapping[str, Callable[[PetitionFacts], str]] = {
    "about": lambda f: f.about,
    "agency": lambda f: f.agency,
    "answer": lambda f: f.answer,
    "content": lambda f: f.content,
    "due": lambda f: f.due,
    "hotline": lambda f: f.hotline,
    "office": lambda f: f.office,
    "reason": lambda f: f.reason,
    "received_at": lambda f: time_words(f.received_at),
    "received_day": lambda f: day_words(f.received_at).removeprefix("ngày "),
    "rule": lambda f: f.rule,
    "sender_address": lambda f: f.sender_address,
    "sender_name": lambda f: f.sender_name,
    "sender_phone": lambda f: f.sender_phone,
    "source": lambda f: f.source,
    "subject": lambda f: f.subject,
}
CONDITIONS: Mapping[str, Callable[[PetitionFacts], bool]] = {
    "has_about": lambda f: bool(f.about),
    "has_due": lambda f: bool(f.due),
    "has_hotline": lambda f: bool(f.hotline),
    "has_marks": lambda f: bool(f.marks),
    "has_rule": lambda f: bool(f.rule),
    "has_sender": lambda f: bool(f.sender_name),
    "is_anonymous": lambda f: not f.sender_name,
}
PETITION = Grammar(FIELDS, CONDITIONS, LETTER.kinds, frozenset({"page"}), _further)


def petition_template(text: str) -> Template:
    """Reads a template of these papers from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, PETITION.vocabulary)


def petition_pdf(facts: PetitionFacts, *, paper: str, form: Template) -> bytes:
    """The paper on `a5` or `a4`, in all its copies. Raises BadInput (`unknown-paper`)."""
    title = f"{form.title} {facts.code}"
    return sheets_pdf(facts, form, PETITION, codes_of(facts.code), paper=paper, title=title)
