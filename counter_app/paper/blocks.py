"""The kinds of blocks that a receipt's template is made of, and how each becomes pieces of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from counter_app.paper import barcode, fonts, template
from counter_app.paper.facts import CONDITIONS, FIELDS, day_words
from counter_app.paper.fonts import Face
from counter_app.paper.page import (
    MM,
    Paper,
    Piece,
    Span,
    baseline,
    beside,
    fitted,
    gap,
    paragraph,
    shifted,
    stacked,
)
from counter_app.paper.template import Block, Entry, Layout

_WHOLE_ROW = 6  # lines that stay together
_BLANK = "……………………"  # left for a pen


@dataclass(frozen=True)
class Grammar:
    """What the templates of one paper may name: fields, conditions and kinds of block, each with its make."""

    fields: Mapping[str, Callable[[Any], str]]
    conditions: Mapping[str, Callable[[Any], bool]]
    kinds: Mapping[str, Callable[[Draft, Block, int], list[Piece]]]

    @property
    def vocabulary(self) -> template.Vocabulary:
        return template.Vocabulary(
            kinds=frozenset(self.kinds),
            fields=frozenset(self.fields),
            conditions=frozenset(self.conditions),
            layouts=frozenset({"page", "slip"}),
        )


@dataclass(frozen=True)
class Draft:
    """What every block of one copy needs to know.

    `done` holds the pieces that another copy at the same scale has already laid out, by block.
    """

    facts: Any  # ReceiptFacts, or those of another paper under its own grammar
    layout: Layout
    title: str
    copy: str
    width: float
    scale: float
    codes: Codes
    done: dict[int, list[Piece]] = field(default_factory=dict)
    grammar: Grammar | None = None  # the receipt's, where none is named

    @property
    def speaks(self) -> Grammar:
        return self.grammar or RECEIPT

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

    def piece(self, name: str) -> Piece:
        pattern, module, height = (
            (self.bars, self.bar, barcode.BAR_HEIGHT) if name == "bars" else (self.qr, self.module, None)
        )
        assert pattern is not None
        tall = height or pattern.rows * module

        def draw(paper: Paper, x: float, top: float) -> None:
            y = top - tall
            if self.dot:
                x, y = round(x / self.dot) * self.dot, round(y / self.dot) * self.dot
            paper.pattern(name, pattern, x, y, module, height)

        return Piece(tall, draw)


def _spans(draft: Draft, block: Block, number: int) -> list[Span]:
    """A line's labels and values; a value that is not known leaves room for a pen."""
    facts = draft.facts
    spans: list[Span] = [(draft.face(), f"{number}. ")] if number else []
    shown = [entry for entry in block.entries if _applies(entry, draft)]
    for place, entry in enumerate(shown):
        last = place == len(shown) - 1
        value = (draft.speaks.fields[entry.field](facts) or _BLANK) if entry.field else ""
        spans.append((draft.face(block.weight), f"{entry.label} " if value else entry.label))
        spans.append((draft.face(entry.weight), value))
        spans.append(
            (draft.face(block.weight), entry.suffix if last else f"{entry.suffix}\u00a0\u00a0\u00a0 ")
        )
    return spans


def _line(draft: Draft, block: Block, number: int) -> list[Piece]:
    return draft.lines(_spans(draft, block, number), block)


def _title(draft: Draft, block: Block, number: int) -> list[Piece]:
    size = fitted(draft.face("bold"), draft.title, draft.size(block), draft.layout.size, draft.width)
    return draft.lines(draft.title, block, weight="bold", size=size)


def _copy(draft: Draft, block: Block, number: int) -> list[Piece]:
    return draft.lines(f"({draft.copy})", block)


def _header(draft: Draft, block: Block, number: int) -> list[Piece]:
    """Agency on the left, the Republic on the right, as NĐ 30/2020 sets them."""
    facts, size = draft.facts, draft.size(block)
    left_width, right_width = draft.width * 0.47, draft.width * 0.51
    bold, plain, italic = draft.face("bold"), draft.face(), draft.face("italic")

    def centred(face: Face, text: str, width: float, largest: float = size) -> list[Piece]:
        fit = fitted(face, text, largest, largest * 0.86, width)
        return paragraph([(face, text)], size=fit, width=width, leading=draft.layout.leading, align="center")

    left = [
        *centred(plain, facts.authority, left_width),
        *centred(bold, facts.office.upper(), left_width),
        _short_rule(left_width, left_width * 0.35),
    ]
    motto = block.text("motto")
    right = [
        *centred(bold, block.text("nation"), right_width),
        *centred(bold, motto, right_width, size * 1.08),
        _short_rule(right_width, min(right_width, bold.width(fonts.printable(motto), size * 1.08))),
    ]
    top = beside([(0.0, stacked(left)), (draft.width - right_width, stacked(right))])
    number_line = centred(plain, facts.document_number, left_width) if facts.document_number else []
    day = day_words(facts.dated)
    dated = centred(italic, f"{facts.place}, {day}" if facts.place else day, right_width)
    under = beside([(0.0, stacked(number_line)), (draft.width - right_width, stacked(dated))])
    return [top, gap(0.8 * MM), under]


def _short_rule(width: float, long: float) -> Piece:
    def draw(paper: Paper, x: float, top: float) -> None:
        middle = x + width / 2
        paper.rule(middle - long / 2, top - 0.7 * MM, middle + long / 2, top - 0.7 * MM, 0.6)

    return Piece(1.4 * MM, draw)


def _letterhead(draft: Draft, block: Block, number: int) -> list[Piece]:
    """A slip's head: who received, centred."""
    facts = draft.facts
    lines = [*draft.lines(facts.authority, block), *draft.lines(facts.office.upper(), block, weight="bold")]
    return lines + (draft.lines(facts.document_number, block) if facts.document_number else [])


def _code(draft: Draft, block: Block, number: int) -> list[Piece]:
    """The code as large as it fits, its bars and the QR: beside each other, else one under the other."""
    codes, layout = draft.codes, draft.layout
    margin = layout.margin_mm * MM
    between = 3 * MM
    bars = codes.bars if codes.bars and codes.bars.width(codes.bar) <= draft.width + 2 * margin else None
    qr_width = codes.qr.width(codes.module) if codes.qr else 0.0
    quiet_bars, quiet_qr = 10 * codes.bar, 4 * codes.module
    centred = block.align == "center"
    bars_reach = bars.width(codes.bar) - 2 * quiet_bars if bars else 0.0
    side = not centred and codes.qr is not None and bars_reach + between + qr_width <= draft.width
    room = draft.width - (qr_width + between if side else 0)
    label = block.text("label")
    before = (
        0.0 if centred or not label else draft.face().width(fonts.printable(f"{label} "), draft.size(block))
    )
    size = fitted(draft.face("bold"), draft.facts.code, layout.code_size, layout.size, room - before)
    left = draft.lines(draft.facts.code, block, weight="bold", size=size, width=room - before)
    if before:
        down = baseline(size, layout.leading) - baseline(draft.size(block), layout.leading)
        named = shifted(stacked(draft.lines(label, block, width=room)), 0, above=max(0.0, down))
        left = [beside([(0.0, named), (before, stacked(left))])]
    elif label:
        left = [*draft.lines(label, block, width=room), *left]
    if bars:
        at = (room - bars.width(codes.bar)) / 2 if centred else -quiet_bars
        left.append(shifted(codes.piece("bars"), at, above=0.8 * MM, below=0.8 * MM))
    if not codes.qr:
        return [stacked(left)]
    square = [codes.piece("qr")]
    if block.text("scan") and draft.facts.qr_text.startswith("http"):
        hint = Block("line", align="center", size=layout.size * 0.8)
        square += draft.lines(block.text("scan"), hint, weight="italic", width=qr_width)
    if side:
        # The quiet zone may lie in the margin: what is dark ends where the text ends.
        return [beside([(0.0, stacked(left)), (draft.width - qr_width + quiet_qr, stacked(square))])]
    at = (draft.width - qr_width) / 2 if centred else -quiet_qr
    return [stacked(left), shifted(stacked(square), at)]


def _marks(draft: Draft, block: Block, number: int) -> list[Piece]:
    """Framed lines, the first words on the paper that differ from an ordinary receipt."""
    pad = 1.6 * MM
    lines = [
        line
        for mark in draft.facts.marks
        for line in draft.lines(mark, block, weight="bold", width=draft.width - 2 * pad)
    ]
    return [_framed(lines, draft.width, pad)] if lines else []


def _framed(lines: list[Piece], width: float, pad: float) -> Piece:
    inside = stacked([shifted(line, pad) for line in lines])
    tall = inside.height + 2 * pad * 0.6

    def draw(paper: Paper, x: float, top: float) -> None:
        paper.frame(x, top - tall, width, tall)
        inside.draw(paper, x, top - pad * 0.6)

    return Piece(tall, draw)


def _due(draft: Draft, block: Block, number: int) -> list[Piece]:
    """The form's line of the promise, framed, with the day large and its reasoning under it."""
    pad = 1.6 * MM
    width = draft.width - 2 * pad
    centred = Block("due", align="center", size=block.size)
    promise = FIELDS["promise"](draft.facts)
    size = fitted(draft.face("bold"), promise, draft.layout.due_size, draft.layout.size, width)
    lines = draft.lines(_spans(draft, block, number), block, width=width)
    lines += draft.lines(promise, centred, weight="bold", size=size, width=width)
    if draft.facts.reasoning_words:
        small = draft.size(block) * 0.92
        lines += draft.lines(draft.facts.reasoning_words, centred, weight="italic", size=small, width=width)
    return [gap(0.6 * MM, keep=True), _framed(lines, draft.width, pad), gap(0.4 * MM)]


def _list(draft: Draft, block: Block, number: int) -> list[Piece]:
    """Components as `1) …`, the form of 2018 and of slips."""
    pieces = [_kept(piece) for piece in _line(draft, block, number)]
    indent = 3 * MM
    for place, (name, kind, count) in enumerate(draft.facts.components, start=1):
        what = f"({kind}: {count:02d})" if kind else f"({count:02d})"
        words = f"{place}) {name} " + what.replace(" ", "\u00a0")
        hang = draft.face().width(f"{place}) ", draft.size(block))
        lines = draft.lines(words, block, weight="regular", width=draft.width - indent, hang=hang)
        pieces += [shifted(line, indent) for line in lines]
    return pieces


def _table(draft: Draft, block: Block, number: int) -> list[Piece]:
    """Components as a table; only a row of many lines is cut where a page ends."""
    pieces = [_kept(piece) for piece in _line(draft, block, number)]
    if not draft.facts.components:
        return pieces
    narrow = (9 * MM, 24 * MM, 18 * MM)
    widths = (narrow[0], draft.width - sum(narrow), narrow[1], narrow[2])
    aligns = ("center", "left", "center", "center")
    heads = tuple(block.text(name) for name in ("number", "name", "kind", "count"))
    pieces.append(gap(0.6 * MM, keep=True))
    pieces += [_kept(piece) for piece in table_row(draft, block, heads, widths, ("center",) * 4, "bold")]
    for place, (name, kind, count) in enumerate(draft.facts.components, start=1):
        pieces += table_row(draft, block, (str(place), name, kind, f"{count:02d}"), widths, aligns, "regular")
    return [*pieces, gap(1.2 * MM)]


def table_row(
    draft: Draft,
    block: Block,
    cells: tuple[str, ...],
    widths: tuple[float, ...],
    aligns: tuple[str, ...],
    weight: str,
) -> list[Piece]:
    pad = 1.2 * MM
    columns = [
        draft.lines(cell, Block("cell", size=block.size, align=align), weight=weight, width=width - 2 * pad)
        for cell, width, align in zip(cells, widths, aligns, strict=True)
    ]
    edges = [sum(widths[:n]) for n in range(len(widths) + 1)]
    deep = max(1, *(len(column) for column in columns))
    high = draft.size(block) * draft.layout.leading
    return [
        _row_line(
            [(edges[n] + pad, column[depth]) for n, column in enumerate(columns) if depth < len(column)],
            edges,
            high,
            first=depth == 0,
            last=depth == deep - 1,
            keep=depth < deep - 1 and deep <= _WHOLE_ROW,
        )
        for depth in range(deep)
    ]


def _row_line(
    parts: list[tuple[float, Piece]], edges: list[float], high: float, *, first: bool, last: bool, keep: bool
) -> Piece:
    above, below = 0.3 * MM * first, 0.5 * MM * last
    tall = high + above + below

    def draw(paper: Paper, x: float, top: float) -> None:
        for edge in edges:
            paper.rule(x + edge, top, x + edge, top - tall, 0.4)
        for wanted, y in ((first, top), (last, top - tall)):
            if wanted:
                paper.rule(x, y, x + edges[-1], y, 0.4)
        for left, piece in parts:
            piece.draw(paper, x + left, top - above)

    return Piece(tall, draw, keep)


def _signatures(draft: Draft, block: Block, number: int) -> list[Piece]:
    facts, half = draft.facts, draft.width / 2
    centred = Block("line", align="center", size=block.size)

    def side(heading: str, name: str, title: str) -> Piece:
        width = half - 2 * MM
        lines = draft.lines(heading, centred, weight="bold", width=width)
        lines += draft.lines(block.text("how"), centred, weight="italic", width=width)
        lines.append(gap(block.gap_mm * MM))  # for the pen
        lines += draft.lines(name, centred, weight="bold", width=width) if name else []
        lines += draft.lines(title, centred, width=width) if title else []
        return stacked(lines)

    return [
        gap(1.6 * MM, keep=True),
        beside(
            [
                (0.0, side(block.text("left"), facts.signer, "")),
                (half + 2 * MM, side(block.text("right"), facts.officer_name, facts.officer_title)),
            ]
        ),
    ]


def _note(draft: Draft, block: Block, number: int) -> list[Piece]:
    return draft.lines(block.text("text"), block)


def _rule(draft: Draft, block: Block, number: int) -> list[Piece]:
    def draw(paper: Paper, x: float, top: float) -> None:
        paper.rule(x, top - 1 * MM, x + draft.width, top - 1 * MM, 0.5, dash=2)

    return [Piece(2 * MM, draw)]


def _gap(draft: Draft, block: Block, number: int) -> list[Piece]:
    return [gap(block.gap_mm * MM)]


def _kept(piece: Piece) -> Piece:
    return Piece(piece.height, piece.draw, keep=True)


_KINDS: Mapping[str, Callable[[Draft, Block, int], list[Piece]]] = {
    "header": _header,
    "letterhead": _letterhead,
    "title": _title,
    "code": _code,
    "copy": _copy,
    "marks": _marks,
    "line": _line,
    "list": _list,
    "table": _table,
    "due": _due,
    "signatures": _signatures,
    "note": _note,
    "rule": _rule,
    "gap": _gap,
}

COMMON: Mapping[str, Callable[[Draft, Block, int], list[Piece]]] = {
    name: _KINDS[name]
    for name in ("header", "letterhead", "title", "copy", "line", "signatures", "note", "rule", "gap")
}
RECEIPT = Grammar(FIELDS, CONDITIONS, _KINDS)
VOCABULARY = RECEIPT.vocabulary


def _applies(part: Entry | Block, draft: Draft) -> bool:
    return not part.when or draft.speaks.conditions[part.when](draft.facts)


def draft_pieces(draft: Draft) -> list[Piece]:
    """A copy's blocks, one under the other, those left out whose condition does not hold."""
    pieces: list[Piece] = []
    number = 0
    for place, block in enumerate(draft.layout.blocks):
        if not _applies(block, draft):
            continue
        number += block.numbered
        made = draft.done.get(place)
        if made is None:
            made = draft.speaks.kinds[block.kind](draft, block, number if block.numbered else 0)
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
