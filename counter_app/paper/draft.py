"""A paper on its way: what its template may name, what its blocks know, and how they become pieces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from counter_app.paper import barcode, fonts, template
from counter_app.paper.fonts import Face
from counter_app.paper.page import MM, Paper, Piece, Span, gap, paragraph, stacked
from counter_app.paper.template import Block, Entry, Layout

_BLANK = "……………………"  # left for a pen


@dataclass(frozen=True)
class Grammar:
    """What the templates of one paper may name: fields, conditions and kinds of block, each with its make."""

    fields: Mapping[str, Callable[[Any], str]]
    conditions: Mapping[str, Callable[[Any], bool]]
    kinds: Mapping[str, Callable[[Draft, Block, int], list[Piece]]]
    layouts: frozenset[str] = frozenset({"page", "slip"})
    further: Callable[[Draft, int], Piece] = field(default_factory=lambda: continued)
    """The head of a further page, by its number."""

    @property
    def vocabulary(self) -> template.Vocabulary:
        return template.Vocabulary(
            kinds=frozenset(self.kinds),
            fields=frozenset(self.fields),
            conditions=frozenset(self.conditions),
            layouts=self.layouts,
        )


@dataclass(frozen=True)
class Draft:
    """What every block of one copy needs to know.

    `done` holds the pieces that another copy at the same scale has already laid out, by block.
    """

    facts: Any  # of the paper that the grammar is of
    layout: Layout
    title: str
    copy: str
    width: float
    scale: float
    codes: Codes
    grammar: Grammar
    done: dict[int, list[Piece]] = field(default_factory=dict)

    def face(self, weight: str = "regular") -> Face:
        return fonts.face(self.layout.family, weight)

    def size(self, block: Block) -> float:
        return (block.size or self.layout.size) * self.scale

    def lines(
        self, text: str | list[Span], block: Block, *, weight: str = "", size: float = 0, **how: float
    ) -> list[Piece]:
        spans = [(self.face(weight or block.weight), text)] if isinstance(text, str) else text
        return paragraph(
            spans,
            size=size or self.size(block),
            width=how.get("width", self.width),
            leading=self.layout.leading,
            align=block.align,
            hang=how.get("hang", 0.0),
        )


@dataclass(frozen=True)
class Codes:
    """The barcode and QR of one receipt, at the modules of its paper."""

    bars: barcode.Pattern | None
    bar: float
    qr: barcode.Pattern | None
    module: float
    dot: float = 0.0  # where the head has dots, edges fall between them
    survey: barcode.Pattern | None = None  # the survey page's

    def piece(self, name: str) -> Piece:
        pattern, module, height = (
            (self.bars, self.bar, barcode.BAR_HEIGHT)
            if name == "bars"
            else (self.survey if name == "survey" else self.qr, self.module, None)
        )
        assert pattern is not None
        tall = height or pattern.rows * module

        def draw(paper: Paper, x: float, top: float) -> None:
            y = top - tall
            if self.dot:
                x, y = round(x / self.dot) * self.dot, round(y / self.dot) * self.dot
            paper.pattern(name, pattern, x, y, module, height)

        return Piece(tall, draw)


def spans_of(draft: Draft, block: Block, number: int, between: str = "\u00a0\u00a0\u00a0 ") -> list[Span]:
    """A line's labels and values; a value that is not known leaves room for a pen."""
    facts = draft.facts
    spans: list[Span] = [(draft.face(), f"{number}. ")] if number else []
    shown = [entry for entry in block.entries if applies(entry, draft)]
    for place, entry in enumerate(shown):
        last = place == len(shown) - 1
        value = (draft.grammar.fields[entry.field](facts) or _BLANK) if entry.field else ""
        spans.append((draft.face(block.weight), f"{entry.label} " if value else entry.label))
        spans.append((draft.face(entry.weight), value))
        spans.append((draft.face(block.weight), entry.suffix if last else f"{entry.suffix}{between}"))
    return spans


def kept(piece: Piece) -> Piece:
    return replace(piece, keep=True)


def applies(part: Entry | Block, draft: Draft) -> bool:
    return not part.when or draft.grammar.conditions[part.when](draft.facts)


def draft_pieces(draft: Draft) -> list[Piece]:
    """A copy's blocks, one under the other, those left out whose condition does not hold."""
    pieces: list[Piece] = []
    number = 0
    for place, block in enumerate(draft.layout.blocks):
        if not applies(block, draft):
            continue
        number += block.numbered
        made = draft.done.get(place)
        if made is None:
            made = draft.grammar.kinds[block.kind](draft, block, number if block.numbered else 0)
            if block.kind != "copy":
                draft.done[place] = made
        if made:
            pieces += made
            pieces.append(gap(draft.layout.gap_mm * MM * draft.scale, keep=made[-1].keep))
    return pieces


def continued(draft: Draft, number: int) -> Piece:
    """The head of a further page: which dossier it belongs to."""
    words: list[Span] = [(draft.face(), "Mã hồ sơ: "), (draft.face("bold"), draft.facts.code)]
    words.append((draft.face("italic"), f" (tiếp theo trang {number - 1})"))
    return stacked([*draft.lines(words, Block("line")), gap(2 * MM)])
