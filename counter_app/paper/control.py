"""The slip that goes with a paper dossier from hand to hand (phiếu kiểm soát quá trình giải quyết hồ sơ).

Form 05 of TT 01/2018/TT-VPCP, form 06 of TT 03/2025/TT-VPCP: a block for each hand-over, with room for both
signatures; what the store knows of is filled in, and free blocks follow to go on by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.hops import Pace
from counter_app.paper import template
from counter_app.paper.blocks import OF_DOSSIER
from counter_app.paper.draft import Draft, Grammar, continued
from counter_app.paper.facts import time_words
from counter_app.paper.page import MM, Paper, Piece, beside, gap, shifted, stacked
from counter_app.paper.sheets import codes_of, sheets_pdf
from counter_app.paper.tables import table_row
from counter_app.paper.template import Block, Template

_SHARES = (0.3, 0.4, 0.17, 0.13)  # of the width: who, when, how punctual, notes
_FEWEST = 4  # blocks on a slip, the free ones counted
_FREE = 2  # that it has at least
_PAD = 1.2 * MM
_SIGN = 8 * MM  # for two pens
_DOTS = "………………"
_TIME = "…… giờ …… phút, ngày …… tháng …… năm 20……"


@dataclass(frozen=True)
class Passed:
    """One hand-over, worded."""

    gave: str
    took: str
    at: datetime | None
    pace: Pace | None = None
    note: str = ""
    taken: datetime | None = None
    """When the other side said that it has it, where it did."""


@dataclass(frozen=True)
class ControlFacts:
    """All that the slip says, worded; `dated` is the day on which it was printed."""

    authority: str
    office: str
    place: str
    code: str
    applicant_name: str
    request: str
    solving: str
    dated: datetime
    received_at: datetime
    due: datetime | None = None
    helping: str = ""
    hotline: str = ""
    document_number: str = ""
    other_codes: tuple[str, ...] = ()
    passed: tuple[Passed, ...] = ()
    marks: tuple[str, ...] = ()
    qr_text: str = ""


def _widths(draft: Draft) -> tuple[float, ...]:
    return tuple(share * draft.width for share in _SHARES)


def _heads(draft: Draft, block: Block) -> list[Piece]:
    names = ("who", "when", "result", "note")
    return table_row(
        draft, block, tuple(block.text(name) for name in names), _widths(draft), ("center",) * 4, "bold"
    )


def _hops(draft: Draft, block: Block, number: int) -> list[Piece]:
    passed = draft.facts.passed
    free = max(_FREE, _FEWEST - len(passed))
    blocks = [_hop(draft, block, one) for one in (*passed, *[Passed("", "", None)] * free)]
    return [stacked([*_heads(draft, block), blocks[0]]), *blocks[1:]]


def _hop(draft: Draft, block: Block, one: Passed) -> Piece:
    """A block of four cells, never cut."""
    widths = _widths(draft)
    who, when, result, note = (width - 2 * _PAD for width in widths)
    cells = [
        draft.lines(f"{block.text('gave')} {one.gave or _DOTS}", block, width=who)
        + draft.lines(f"{block.text('took')} {one.took or _DOTS}", block, width=who),
        [
            *_times(draft, block, one, when),
            _signs(draft, block, when),
        ],
        [
            _choice(draft, block, block.text(pace.value), result, chosen=pace is one.pace)
            for pace in (Pace.EARLY, Pace.ON_TIME, Pace.LATE)
        ],
        draft.lines(one.note, block, width=note) if one.note else [],
    ]
    return _celled([stacked(cell) for cell in cells], widths)


def _times(draft: Draft, block: Block, one: Passed, width: float) -> list[Piece]:
    """When it was given; and when it was taken, where that was said."""
    if one.at is None or one.taken is None:
        return draft.lines(time_words(one.at) if one.at else _TIME, block, width=width)
    sides = ((block.text("gave"), one.at), (block.text("took"), one.taken))
    return [
        piece for name, at in sides for piece in draft.lines(f"{name} {time_words(at)}", block, width=width)
    ]


def _signs(draft: Draft, block: Block, width: float) -> Piece:
    half = width / 2
    centred = Block("line", align="center", size=block.size)
    names = [
        draft.lines(block.text(name), centred, weight="italic", width=half) for name in ("giver", "taker")
    ]
    return stacked([beside([(0.0, stacked(names[0])), (half, stacked(names[1]))]), gap(_SIGN)])


def _choice(draft: Draft, block: Block, words: str, width: float, *, chosen: bool) -> Piece:
    """A box to mark, and what it stands for; marked where that is known."""
    side = draft.size(block) * 0.85
    text = stacked(draft.lines(words, block, weight="bold" if chosen else "", width=width - side - 1 * MM))
    face, size = draft.face("bold"), draft.size(block)

    def draw(paper: Paper, x: float, top: float) -> None:
        low = top - size * draft.layout.leading * 0.5 - side / 2
        paper.frame(x, low, side, side, 0.5)
        if chosen:
            paper.text(x + (side - face.width("X", size)) / 2, low + side * 0.1, face, size, "X")
        text.draw(paper, x + side + 1 * MM, top)

    return Piece(text.height, draw)


def _celled(cells: Sequence[Piece], widths: Sequence[float]) -> Piece:
    tall = max(cell.height for cell in cells) + 2 * _PAD
    edges = [sum(widths[:n]) for n in range(len(widths) + 1)]

    def draw(paper: Paper, x: float, top: float) -> None:
        for edge in edges:
            paper.rule(x + edge, top, x + edge, top - tall, 0.4)
        for y in (top, top - tall):
            paper.rule(x, y, x + edges[-1], y, 0.4)
        for edge, cell in zip(edges, cells, strict=False):
            shifted(cell, _PAD).draw(paper, x + edge, top - _PAD)

    return Piece(tall, draw)


def _further(draft: Draft, number: int) -> Piece:
    """A further page names the dossier, and the table's columns again."""
    block = next(block for block in draft.layout.blocks if block.kind == "hops")
    return stacked([continued(draft, number), *_heads(draft, block)])


FIELDS: Mapping[str, Callable[[ControlFacts], str]] = {
    "applicant_name": lambda f: f.applicant_name,
    "request": lambda f: f.request,
    "solving": lambda f: f.solving,
    "helping": lambda f: f.helping,
    "other_codes": lambda f: "; ".join(f.other_codes),
    "received_at": lambda f: time_words(f.received_at),
    "due": lambda f: time_words(f.due) if f.due else "",
    "hotline": lambda f: f.hotline,
}
CONDITIONS: Mapping[str, Callable[[ControlFacts], bool]] = {
    "has_helping": lambda f: bool(f.helping),
    "has_hotline": lambda f: bool(f.hotline),
    "has_marks": lambda f: bool(f.marks),
    "has_other_codes": lambda f: bool(f.other_codes),
}
CONTROL = Grammar(
    FIELDS,
    CONDITIONS,
    {name: kind for name, kind in OF_DOSSIER.items() if name != "signatures"} | {"hops": _hops},
    frozenset({"page"}),
    _further,
)


def control_template(text: str) -> Template:
    """Reads the slip's template from its JSON. Raises BadInput (`bad-template`)."""
    return template.load(text, CONTROL.vocabulary)


def control_pdf(facts: ControlFacts, *, paper: str, form: Template) -> bytes:
    """The slip on `a5` or `a4`. Raises BadInput (`unknown-paper`)."""
    title = f"{form.title} {facts.code}"
    return sheets_pdf(facts, form, CONTROL, codes_of(facts.code), paper=paper, title=title)
