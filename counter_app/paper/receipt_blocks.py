"""The blocks that only a receipt has: its components, and the promised day in a frame."""

from __future__ import annotations

from counter_app.paper.blocks import OF_DOSSIER, framed, line_block, signatures, survey_code
from counter_app.paper.draft import Draft, Grammar, kept, spans_of
from counter_app.paper.facts import CONDITIONS, FIELDS
from counter_app.paper.page import MM, Piece, fitted, gap, shifted, stacked
from counter_app.paper.tables import headed, table_row
from counter_app.paper.template import Block


def _due(draft: Draft, block: Block, number: int) -> list[Piece]:
    """The form's line of the promise, framed, with the day large and its reasoning under it."""
    pad = 1.6 * MM
    width = draft.width - 2 * pad
    centred = Block("due", align="center", size=block.size)
    promise = FIELDS["promise"](draft.facts)
    size = fitted(draft.face("bold"), promise, draft.layout.due_size, draft.layout.size, width)
    lines = draft.lines(spans_of(draft, block, number), block, width=width)
    lines += draft.lines(promise, centred, weight="bold", size=size, width=width)
    if draft.facts.reasoning_words:
        small = draft.size(block) * 0.92
        lines += draft.lines(draft.facts.reasoning_words, centred, weight="italic", size=small, width=width)
    return [gap(0.6 * MM, keep=True), framed(lines, draft.width, pad), gap(0.4 * MM)]


def _list(draft: Draft, block: Block, number: int) -> list[Piece]:
    """Components as `1) …`, the form of 2018 and of slips."""
    pieces = [kept(piece) for piece in line_block(draft, block, number)]
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
    pieces = [kept(piece) for piece in line_block(draft, block, number)]
    if not draft.facts.components:
        return pieces
    narrow = (9 * MM, 24 * MM, 18 * MM)
    widths = (narrow[0], draft.width - sum(narrow), narrow[1], narrow[2])
    aligns = ("center", "left", "center", "center")
    heads = tuple(block.text(name) for name in ("number", "name", "kind", "count"))
    pieces.append(gap(0.6 * MM, keep=True))
    over = table_row(draft, block, heads, widths, ("center",) * 4, "bold")
    rows = [
        piece
        for place, (name, kind, count) in enumerate(draft.facts.components, start=1)
        for piece in table_row(
            draft, block, (str(place), name, kind, f"{count:02d}"), widths, aligns, "regular"
        )
    ]
    return [*pieces, *headed(over, rows), gap(1.2 * MM)]


def _signatures(draft: Draft, block: Block, number: int) -> list[Piece]:
    """The survey's QR stands between the signatures, where the form is empty: it takes no line."""
    label, codes = block.text("survey"), draft.codes
    if not label or codes.survey is None:
        return signatures(draft, block)
    wide = codes.survey.width(codes.module)
    room = draft.width / 3
    if wide > room:  # both signatures keep a third of the page
        return signatures(draft, block)
    small = Block("line", align="center", size=draft.layout.size * 0.8)
    square = stacked([codes.piece("survey"), *draft.lines(label, small, weight="italic", width=wide)])
    return signatures(draft, block, square, wide)


def _survey(draft: Draft, block: Block, number: int) -> list[Piece]:
    """The same on a slip, where it has lines of its own."""
    codes = draft.codes
    return survey_code(draft, block, codes.survey, codes.module) if codes.survey else []


RECEIPT = Grammar(
    FIELDS,
    CONDITIONS,
    {
        **OF_DOSSIER,
        "list": _list,
        "table": _table,
        "due": _due,
        "signatures": _signatures,
        "survey": _survey,
    },
)
VOCABULARY = RECEIPT.vocabulary
