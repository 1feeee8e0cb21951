"""The register of dossiers (sổ theo dõi hồ sơ) as a PDF: A4 across, volume after volume, a row a dossier.

Form 06 of TT 01/2018/TT-VPCP, form 07 of TT 03/2025/TT-VPCP. Rows are drawn as they come: a year's register
needs no more memory than its finished pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from counter_app.domain.errors import BadInput
from counter_app.paper import template
from counter_app.paper.blocks import COMMON
from counter_app.paper.draft import Codes, Draft, Grammar, draft_pieces
from counter_app.paper.page import MM, Paper, Piece, stacked
from counter_app.paper.tables import table_row
from counter_app.paper.template import Block, Layout, Template

COLUMNS: Final = 13
DATES: Final = (8, 9, 10)
"""The columns under one heading, "ngày, tháng, năm"; columns are counted from 1."""
_SHEET = (297 * MM, 210 * MM)
_WIDTHS = (9, 33, 34, 12, 29, 34, 23, 18, 18, 18, 16, 13, 20)  # mm, together what two margins of 10 leave
_ALIGN = ("center", "left", "left", "center", "left", "left", "left", *("center",) * 4, "left", "left")
_NO_CODES = Codes(bars=None, bar=0, qr=None, module=0)


@dataclass(frozen=True)
class Row:
    """One dossier's line, worded; `volume` is the book that it stands in."""

    volume: str
    number: str
    code: str
    procedure: str
    sets: int
    name: str
    reach: str
    """Address and telephone."""
    solving: str
    received: date | None
    due: date | None
    returned: date | None
    return_by: str
    note: str = ""

    @property
    def values(self) -> tuple[str | int | date | None, ...]:
        """The thirteen columns, each as what it is."""
        number = int(self.number) if self.number.isdecimal() else self.number
        what = (number, self.code, self.procedure, self.sets, self.name, self.reach, self.solving)
        return (*what, self.received, self.due, self.returned, self.return_by, "", self.note)

    @property
    def cells(self) -> tuple[str, ...]:
        """The same as they are printed."""
        shown = [day_text(one) if isinstance(one, date) else str(one or "") for one in self.values]
        return (*shown[:3], f"{self.sets:02d}", *shown[4:])


@dataclass(frozen=True)
class RegisterFacts:
    """What stands over the table; `volume` is filled in for each of them."""

    authority: str
    office: str
    place: str
    first: date
    last: date
    dated: datetime
    document_number: str = ""
    hotline: str = ""
    volume: str = ""
    total: str = ""
    """What heads a workbook's last row."""


FIELDS: Mapping[str, Callable[[RegisterFacts], str]] = {
    "hotline": lambda f: f.hotline,
    "volume": lambda f: f.volume,
    "first": lambda f: day_text(f.first),
    "last": lambda f: day_text(f.last),
}


def _no_table(draft: Draft, block: Block, number: int) -> list[Piece]:
    return []  # drawn row by row


REGISTER = Grammar(
    FIELDS,
    {"has_hotline": lambda f: bool(f.hotline)},
    {name: kind for name, kind in COMMON.items() if name != "signatures"} | {"table": _no_table},
    frozenset({"page"}),
)


def register_template(text: str) -> Template:
    """Reads the register's template from its JSON. Raises BadInput (`bad-template`)."""
    made = template.load(text, REGISTER.vocabulary)
    if all(block.kind != "table" for block in made.layouts["page"].blocks):
        raise BadInput("bad-template", field="page.blocks", value="table")
    return made


def heads_of(form: Template) -> tuple[tuple[str, ...], str]:
    """The table's thirteen headings, and the one over the three dates."""
    block = _table_of(form.layouts["page"])
    return tuple(block.text(str(n)) for n in range(1, COLUMNS + 1)), block.text("group")


def register_pdf(facts: RegisterFacts, volumes: Iterable[tuple[str, Iterable[Row]]], form: Template) -> bytes:
    """The register; each volume begins a page of its own, and each page has the table's heads and a number.

    The same rows and template give the same bytes.
    """
    paper = Paper(title=form.title, author=facts.authority, made=facts.dated)
    book = _Book(paper, facts, form)
    for volume, rows in volumes:
        book.begin(volume)
        for row in rows:
            book.add(row.cells)
    if not book.pages:
        book.begin("")
    return paper.finish()


class _Book:
    """The page that is being filled."""

    def __init__(self, paper: Paper, facts: RegisterFacts, form: Template) -> None:
        self._paper, self._facts, self._form = paper, facts, form
        self._layout = form.layouts["page"]
        self._block = _table_of(self._layout)
        self._margin = self._layout.margin_mm * MM
        scale = (_SHEET[0] - 2 * self._margin) / (sum(_WIDTHS) * MM)
        self._widths = tuple(width * scale * MM for width in _WIDTHS)
        self._draft = self._begun(facts)
        self._heads = _heads(self._draft, self._block, self._widths)
        self._volume = ""
        self._top = 0.0
        self.pages = 0

    def begin(self, volume: str) -> None:
        self._volume = volume
        self._page(draft_pieces(self._begun(replace(self._facts, volume=volume))))

    def add(self, cells: Sequence[str]) -> None:
        lines = table_row(self._draft, self._block, tuple(cells), self._widths, _ALIGN, "regular", whole=1)
        row = stacked(lines)
        if row.height > self._top - self._floor and self._top < self._highest:
            self._page([])
        # Who has a longer name than a page is cut where it ends, as in the receipt's table.
        for piece in [row] if row.height <= self._top - self._floor else lines:
            if piece.height > self._top - self._floor:
                self._page([])
            piece.draw(self._paper, self._margin, self._top)
            self._top -= piece.height

    @property
    def _floor(self) -> float:
        return (self._layout.foot_mm + 4) * MM

    @property
    def _highest(self) -> float:
        return _SHEET[1] - self._margin - self._heads.height

    def _page(self, head: list[Piece]) -> None:
        self._paper.page(*_SHEET)
        self.pages += 1
        self._top = _SHEET[1] - self._margin
        for piece in [*head, self._heads]:
            piece.draw(self._paper, self._margin, self._top)
            self._top -= piece.height
        small = Block("line", align="center", size=self._layout.size * 0.8)
        words = f"Quyển {self._volume} – Trang {self.pages}" if self._volume else f"Trang {self.pages}"
        stacked(self._draft.lines(words, small)).draw(
            self._paper, self._margin, self._layout.foot_mm * MM + 2 * MM
        )

    def _begun(self, facts: RegisterFacts) -> Draft:
        width = _SHEET[0] - 2 * self._margin
        form = self._form
        return Draft(facts, self._layout, form.title, form.copies[0], width, 1, _NO_CODES, REGISTER)


def _table_of(layout: Layout) -> Block:
    return next(block for block in layout.blocks if block.kind == "table")


def _heads(draft: Draft, block: Block, widths: Sequence[float]) -> Piece:
    """Two rows of headings, the three dates under one of them, and the columns' numbers."""
    pad = 0.8 * MM
    edges = [sum(widths[:n]) for n in range(len(widths) + 1)]

    def cell(text: str, width: float) -> Piece:
        head = Block("cell", size=block.size, align="center")
        return stacked(draft.lines(text, head, weight="bold", width=width - 2 * pad))

    first, last = DATES[0] - 1, DATES[-1]
    cells = [cell(block.text(str(n + 1)), width) for n, width in enumerate(widths)]
    group = cell(block.text("group"), edges[last] - edges[first])
    high = group.height + 2 * pad
    under = max(piece.height for piece in cells[first:last]) + 2 * pad
    tall = max(high + under, *(piece.height + 2 * pad for piece in cells))
    numbers = table_row(
        draft,
        block,
        tuple(f"({n})" for n in range(1, COLUMNS + 1)),
        tuple(widths),
        ("center",) * COLUMNS,
        "italic",
    )

    def draw(paper: Paper, x: float, top: float) -> None:
        for n, edge in enumerate(edges):
            inner = first < n < last
            paper.rule(x + edge, top - high * inner, x + edge, top - tall, 0.4)
        paper.rule(x, top, x + edges[-1], top, 0.4)
        paper.rule(x + edges[first], top - high, x + edges[last], top - high, 0.4)
        group.draw(paper, x + edges[first] + pad, top - pad)
        for n, piece in enumerate(cells):
            room, above = (tall - high, high) if first <= n < last else (tall, 0.0)
            piece.draw(paper, x + edges[n] + pad, top - above - (room - piece.height) / 2)
        stacked(numbers).draw(paper, x, top - tall)

    return Piece(tall + sum(piece.height for piece in numbers), draw)


def day_text(day: date) -> str:
    """`03/12/2026`."""
    return f"{day:%d/%m}/{day.year}"
