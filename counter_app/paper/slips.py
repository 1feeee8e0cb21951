"""A pad of pre-numbered slips (phiếu tiếp nhận dự phòng) for the day the power is out.

Each sheet is one number in two parts, to be cut in the middle: the counter keeps the upper one, and keys it
in later; the citizen takes the lower one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.errors import BadInput
from counter_app.paper import barcode, fonts
from counter_app.paper.page import MM, Paper, Piece, beside, fitted, gap, paragraph, shifted, stacked

SIZES: Final = {"a5": (148 * MM, 210 * MM), "a4": (210 * MM, 297 * MM)}
_SIDE, _TOP = 10 * MM, 7 * MM
_LABEL: Final = 9.5
_FOOT_WORDS: Final = {
    "counter": "Có điện lại: nhập phiếu này vào máy, ghi đúng giờ nhận ở trên.",
    "citizen": "Mang phiếu này đến nhận kết quả. Ngày hẹn trả chính thức sẽ được báo khi nhập vào máy.",
}
_PARTS: Final = (
    ("counter", "Liên 1: Lưu tại Bộ phận Một cửa"),
    ("citizen", "Liên 2: Giao người nộp hồ sơ"),
)


@dataclass(frozen=True)
class PadFacts:
    """`codes` one a sheet; `hotline` may be empty."""

    authority: str
    office: str
    codes: Sequence[str]
    made_at: datetime
    hotline: str = ""


def slips_pdf(facts: PadFacts, *, paper: str) -> bytes:
    """The pad on A5 or A4, a sheet a number. Raises BadInput (`not-one-of`)."""
    if paper not in SIZES:
        raise BadInput("not-one-of", field="paper", value=paper, choices=", ".join(SIZES))
    document = Paper(title="Phiếu tiếp nhận dự phòng", author=facts.authority, made=facts.made_at)
    width, height = SIZES[paper]
    middle = height / 2
    for code in facts.codes:
        document.page(width, height)
        document.rule(0, middle, width, middle, 0.4, dash=3)
        for (part, words), bottom in zip(_PARTS, (middle, 0.0), strict=True):
            room = (width - 2 * _SIDE, middle - 2 * _TOP)
            _part(facts, code, part, words, room).draw(document, _SIDE, bottom + middle - _TOP)
    return document.finish()


def _part(facts: PadFacts, code: str, part: str, words: str, room: tuple[float, float]) -> Piece:
    width, height = room
    plain, bold, italic = (fonts.face("serif", weight) for weight in ("regular", "bold", "italic"))
    foot = paragraph([(italic, _foot(facts, part))], size=8, width=width, align="center")
    head = [
        _head(facts, code, width),
        gap(1.2 * MM),
        *paragraph([(bold, "PHIẾU TIẾP NHẬN HỒ SƠ (KHI MẤT ĐIỆN)")], size=12, width=width, align="center"),
        *paragraph([(italic, f"({words})")], size=8.5, width=width, align="center"),
        gap(0.8 * MM),
    ]
    rows = 6
    used = sum(piece.height for piece in (*head, *foot))
    sign = 14 * MM
    pitch = (height - used - sign - 1 * MM) / rows
    half = (width - 6 * MM) / 2
    return stacked(
        [
            *head,
            _blank("Họ và tên:", width, pitch),
            _pair(("Số định danh:", "Điện thoại:"), half, pitch),
            _blank("Địa chỉ:", width, pitch),
            _blank("Thủ tục:", width, pitch),
            _blank("Giấy tờ đã nhận:", width, pitch),
            _pair(("Nhận lúc:          giờ          , ngày", "Hẹn trả ngày:"), half, pitch),
            _signatures(width, sign, plain),
            gap(1 * MM),
            *foot,
        ]
    )


def _foot(facts: PadFacts, part: str) -> str:
    return (
        f"{_FOOT_WORDS[part]} Điện thoại: {facts.hotline}."
        if facts.hotline and part == "citizen"
        else (_FOOT_WORDS[part])
    )


def _head(facts: PadFacts, code: str, width: float) -> Piece:
    """Who receives on the left, the number and its bars on the right."""
    plain, bold = fonts.face("serif"), fonts.face("serif", "bold")
    pattern = barcode.code128(code)
    module = barcode.OFFICE_BAR
    right = pattern.width(module) if pattern else 60 * MM
    left = width - right + 10 * module - 3 * MM
    size = fitted(plain, facts.authority, 10, 7, left)
    names = [
        *paragraph([(plain, facts.authority)], size=size, width=left, align="center"),
        *paragraph([(bold, facts.office.upper())], size=size, width=left, align="center"),
        gap(0.6 * MM),
        *paragraph([(plain, f"Số in ngày {facts.made_at:%d/%m/%Y}")], size=8, width=left, align="center"),
    ]
    number = paragraph(
        [(bold, code)], size=fitted(bold, code, 14, 9, right), width=right, leading=1.2, align="center"
    )
    if pattern is None:
        return beside([(0.0, stacked(names)), (width - right, stacked(number))])
    tall = 10 * MM

    def draw(paper: Paper, x: float, top: float) -> None:
        paper.pattern(f"bars-{code}", pattern, x, top - tall, module, tall)

    # The quiet zone on the right lies in the margin.
    return beside(
        [(0.0, stacked(names)), (width - right + 10 * module, stacked([Piece(tall, draw), *number]))]
    )


def _blank(label: str, width: float, high: float) -> Piece:
    """A label and a dotted line for a pen."""
    face = fonts.face("serif")
    begins = face.width(fonts.printable(label), _LABEL) + 1.5 * MM

    def draw(paper: Paper, x: float, top: float) -> None:
        base = top - high + 1.6 * MM
        paper.text(x, base, face, _LABEL, fonts.printable(label))
        paper.rule(x + begins, base - 0.5, x + width, base - 0.5, 0.5, dash=1)

    return Piece(high, draw)


def _pair(labels: tuple[str, str], half: float, high: float) -> Piece:
    return beside([(0.0, _blank(labels[0], half, high)), (half + 6 * MM, _blank(labels[1], half, high))])


def _signatures(width: float, high: float, face: fonts.Face) -> Piece:
    bold = fonts.face("serif", "bold")
    half = width / 2

    def side(words: str) -> Piece:
        return stacked(paragraph([(bold, words)], size=9, width=half, align="center"))

    return Piece(
        high, shifted(beside([(0.0, side("Người nộp")), (half, side("Người nhận"))]), 0, above=1.5 * MM).draw
    )
