"""The kinds of blocks that papers share, and how each becomes pieces of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from counter_app.paper import fonts
from counter_app.paper.barcode import Pattern
from counter_app.paper.draft import Draft, kept, spans_of
from counter_app.paper.facts import day_words
from counter_app.paper.fonts import Face
from counter_app.paper.page import (
    MM,
    Paper,
    Piece,
    baseline,
    beside,
    fitted,
    gap,
    paragraph,
    shifted,
    stacked,
)
from counter_app.paper.template import Block


def line_block(draft: Draft, block: Block, number: int) -> list[Piece]:
    return draft.lines(spans_of(draft, block, number), block)


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
    given = facts.document_number or block.text("number")
    number_line = centred(plain, given, left_width) if given else []
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
    return [framed(lines, draft.width, pad)] if lines else []


def framed(lines: list[Piece], width: float, pad: float) -> Piece:
    inside = stacked([shifted(line, pad) for line in lines])
    tall = inside.height + 2 * pad * 0.6

    def draw(paper: Paper, x: float, top: float) -> None:
        paper.frame(x, top - tall, width, tall)
        inside.draw(paper, x, top - pad * 0.6)

    return Piece(tall, draw)


def _signatures(draft: Draft, block: Block, number: int) -> list[Piece]:
    return signatures(draft, block)


def signatures(draft: Draft, block: Block, middle: Piece | None = None, wide: float = 0) -> list[Piece]:
    """Both signatures; `middle` stands between them, `wide` points of the width are its."""
    facts, half = draft.facts, (draft.width - wide) / 2
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
                *([(half, middle)] if middle else []),
                (half + wide + 2 * MM, side(block.text("right"), facts.officer_name, facts.officer_title)),
            ]
        ),
    ]


def survey_code(draft: Draft, block: Block, pattern: Pattern, module: float) -> list[Piece]:
    """The survey page's QR in the middle of the width, and under it what it is for."""
    wide = pattern.width(module)

    def draw(paper: Paper, x: float, top: float) -> None:
        paper.pattern("survey", pattern, x, top - wide, module)

    square = kept(shifted(Piece(wide, draw), (draft.width - wide) / 2))
    centred = Block("line", align="center", size=block.size or draft.layout.size * 0.9)
    label = block.text("label")
    return [square, *(draft.lines(label, centred, weight="italic") if label else [])]


def _note(draft: Draft, block: Block, number: int) -> list[Piece]:
    return draft.lines(block.text("text"), block)


def _rule(draft: Draft, block: Block, number: int) -> list[Piece]:
    def draw(paper: Paper, x: float, top: float) -> None:
        paper.rule(x, top - 1 * MM, x + draft.width, top - 1 * MM, 0.5, dash=2)

    return [Piece(2 * MM, draw)]


def _gap(draft: Draft, block: Block, number: int) -> list[Piece]:
    return [gap(block.gap_mm * MM)]


COMMON: Mapping[str, Callable[[Draft, Block, int], list[Piece]]] = {
    "header": _header,
    "letterhead": _letterhead,
    "title": _title,
    "copy": _copy,
    "line": line_block,
    "signatures": _signatures,
    "note": _note,
    "rule": _rule,
    "gap": _gap,
}
OF_DOSSIER: Mapping[str, Callable[[Draft, Block, int], list[Piece]]] = {
    **COMMON,
    "code": _code,
    "marks": _marks,
}
"""Those of a paper about one dossier."""
