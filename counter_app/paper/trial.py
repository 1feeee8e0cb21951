"""The test page of a queue: edges, a ruler, codes to scan back and the hardest Vietnamese letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.errors import BadInput
from counter_app.paper import barcode, fonts
from counter_app.paper.page import MM, Paper, Piece, gap, paragraph, stacked

CODE: Final = "TRANG-IN-THU-2468"
"""What both codes say: scanned back, it proves printer and scanner together."""
_SIZES: Final = {"a5": (148, 210), "a4": (210, 297)}
_EDGE: Final = 5.0  # mm that office printers mostly leave white
_LETTERS: Final = (
    "Ằ Ẳ Ẵ Ặ Ẫ Ễ Ệ Ổ Ỗ Ộ Ở Ỡ Ợ Ử Ữ Ự Ỳ Ỷ Ỹ Ỵ Đ ằ ẳ ẵ ặ ẫ ễ ệ ổ ỗ ộ ở ỡ ợ ử ữ ự ỳ ỷ ỹ ỵ đ",
    "Người nộp: Nguyễn Thị Ngọc Ánh, H’Loan Niê Kđăm",
)


@dataclass(frozen=True)
class TrialFacts:
    """`paper_words` as people call the paper."""

    queue: str
    paper_words: str
    made_at: datetime


def trial_pdf(facts: TrialFacts, *, paper: str, printable_mm: float = 72) -> bytes:
    """One page on `paper`. Raises BadInput (`unknown-paper` | `bad-width`)."""
    if paper not in (*_SIZES, "80mm"):
        raise BadInput("unknown-paper", field="paper", value=paper)
    if not 40 <= printable_mm <= 120:
        raise BadInput("bad-width", field="printable_mm", value=printable_mm)
    document = Paper(title="Trang in thử", author="counter-app", made=facts.made_at)
    if paper == "80mm":
        roll = max(80 if printable_mm > 50 else 58, printable_mm)
        pieces = _pieces(facts, printable_mm, barcode.SLIP_BAR, barcode.SLIP_MODULE, barcode.DOT)
        inside = stacked(pieces)
        wide, high = roll, inside.height / MM + 12
        left, low = (roll - printable_mm) / 2, 2.0
        box = (printable_mm, high - 4)
    else:
        wide, high = _SIZES[paper]
        left, low = _EDGE, _EDGE
        box = (wide - 2 * _EDGE, high - 2 * _EDGE)
        inside = stacked(_pieces(facts, box[0], barcode.OFFICE_BAR, 0.5 * MM, 0.0))
    document.page(wide * MM, high * MM)
    document.frame(left * MM + 0.25, low * MM + 0.25, box[0] * MM - 0.5, box[1] * MM - 0.5, 0.5)
    inside.draw(document, (left + 2) * MM, (low + box[1] - 3) * MM)
    return document.finish()


def _pieces(facts: TrialFacts, box_mm: float, bar: float, module: float, dot: float) -> list[Piece]:
    plain, bold = fonts.face("sans"), fonts.face("sans", "bold")
    width = (box_mm - 4) * MM

    def lines(text: str, size: float = 9.5, face: fonts.Face = plain) -> list[Piece]:
        return paragraph([(face, text)], size=size, width=width)

    bars = barcode.code128(CODE)
    assert bars is not None
    pieces = [
        *lines("TRANG IN THỬ", 14, bold),
        *lines(f"{facts.queue} – {facts.paper_words}", 11, bold),
        *lines(f"In lúc {facts.made_at:%H:%M, %d/%m/%Y}"),
        gap(2 * MM),
        *lines("1. Khung phải đủ bốn cạnh. Mất cạnh trái, phải: giảm bề rộng in."),
        gap(2 * MM),
        *lines("2. Đặt thước lên: vạch cuối phải đúng số milimét."),
        _ruler(int(box_mm - 8) // 10 * 10),
        gap(2 * MM),
        *lines("3. Chữ phải đủ dấu:"),
        *(line for text in _LETTERS for line in lines(text, 10.5)),
        gap(2 * MM),
        *lines("4. Quét một trong hai mã vào ô ở phần Máy in:"),
        gap(1 * MM),
    ]
    if bars.width(bar) <= width:
        pieces += [_code("bars", bars, bar, 12 * MM, dot), gap(1 * MM)]
    return [*pieces, _code("qr", barcode.qr(CODE), module, None, dot), *lines(CODE, 9)]


def _ruler(long: int) -> Piece:
    """Millimetres from 0 to `long`, every tenth with its number."""
    face = fonts.face("sans")

    def draw(paper: Paper, x: float, top: float) -> None:
        base = top - 9 * MM
        paper.rule(x, base, x + long * MM, base, 0.4)
        for mm in range(long + 1):
            tall = 5 if mm % 10 == 0 else 3.5 if mm % 5 == 0 else 2
            paper.rule(x + mm * MM, base, x + mm * MM, base + tall * MM, 0.25)
            if mm % 10 == 0:
                paper.text(x + mm * MM + 0.6 * MM, base + 5.2 * MM, face, 7, str(mm))

    return Piece(10 * MM, draw)


def _code(name: str, pattern: barcode.Pattern, module: float, height: float | None, dot: float) -> Piece:
    tall = height or pattern.rows * module

    def draw(paper: Paper, x: float, top: float) -> None:
        y = top - tall
        if dot:
            x, y = round(x / dot) * dot, round(y / dot) * dot
        paper.pattern(name, pattern, x, y, module, height)

    return Piece(tall, draw)
