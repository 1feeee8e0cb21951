"""The recovery sheet: nine words on paper that open the store when the computer's own key is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_app.paper import barcode, fonts
from counter_app.paper.facts import day_words
from counter_app.paper.page import MM, Paper, Piece, Span, fitted, gap, paragraph, shifted, stacked

_SHEET = (210 * MM, 297 * MM)
_SIDE, _TOP = 22 * MM, 20 * MM
_WIDTH = _SHEET[0] - 2 * _SIDE
_ACROSS = 3
_BOX = 19 * MM
_BETWEEN = 4 * MM
_MODULE = 0.7 * MM

_PURPOSE = (
    "Dữ liệu hồ sơ trên máy này được mã hóa. Các từ dưới đây mở được dữ liệu khi máy hỏng, khi cài lại "
    "hệ điều hành hoặc khi không còn tài khoản đăng nhập cũ. Không có bản nào khác của các từ này."
)
_KEEPING = (
    "Cho vào phong bì, niêm phong, ghi ngày và cất trong két hoặc tủ có khóa của cơ quan; không để cạnh máy.",
    "Không chụp ảnh, không gửi qua điện thoại, thư điện tử, không nhập vào máy tính khác.",
    "Ai có tờ này đều đọc được dữ liệu của công dân. Giao, nhận tờ này phải ghi vào sổ.",
    "Nếu nghi ngờ lộ hoặc mất: lập phiếu mới trên máy và bỏ phiếu này ngay.",
    "Để dùng: khi máy hỏi khóa, tắt bộ gõ tiếng Việt rồi gõ các từ đúng thứ tự, hoặc quét mã vuông.",
)


@dataclass(frozen=True)
class RecoveryFacts:
    """`words` in their order; `qr_text` holds the same words for a scanner."""

    agency: str
    agency_code: str
    device: str
    made_at: datetime
    words: tuple[str, ...]
    qr_text: str = ""


def recovery_pdf(facts: RecoveryFacts) -> bytes:
    """The sheet on A4. Raises BadInput (`qr-too-long`)."""
    paper = Paper(title="Phiếu khôi phục", author=facts.agency, made=facts.made_at)
    paper.page(*_SHEET)
    stacked(_pieces(facts)).draw(paper, _SIDE, _SHEET[1] - _TOP)
    return paper.finish()


def _pieces(facts: RecoveryFacts) -> list[Piece]:
    plain, bold, italic = (fonts.face("serif", weight) for weight in ("regular", "bold", "italic"))

    def lines(*spans: Span, size: float = 11.5, align: str = "left", hang: float = 0) -> list[Piece]:
        return paragraph(spans, size=size, width=_WIDTH, leading=1.35, align=align, hang=hang)

    made = f"{facts.made_at:%H:%M}, {day_words(facts.made_at)}"
    pieces = [
        *lines((bold, facts.agency.upper()), size=12.5, align="center"),
        gap(5 * MM),
        *lines((bold, "PHIẾU KHÔI PHỤC KHÓA DỮ LIỆU"), size=20, align="center"),
        *lines((italic, "Giữ kín – chỉ in một bản"), align="center"),
        gap(5 * MM),
        *lines((plain, "Mã cơ quan: "), (bold, facts.agency_code or "……………………")),
        *lines((plain, "Máy: "), (bold, facts.device)),
        *lines((plain, "Lập lúc: "), (bold, made)),
        gap(3 * MM),
        *lines((plain, _PURPOSE)),
        gap(5 * MM),
        _boxes(facts.words),
        gap(6 * MM),
    ]
    if facts.qr_text:
        pieces += [_square(facts.qr_text), gap(4 * MM)]
    pieces += lines((bold, "Cách giữ và cách dùng"))
    for place, rule in enumerate(_KEEPING, start=1):
        hang = plain.width(f"{place}. ", 11)
        pieces += lines((plain, f"{place}. {rule}"), size=11, hang=hang)
    return pieces


def _boxes(words: tuple[str, ...]) -> Piece:
    """The words in numbered boxes, read by rows."""
    number_face, word_face = fonts.face("sans"), fonts.face("sans", "bold")
    wide = (_WIDTH - (_ACROSS - 1) * _BETWEEN) / _ACROSS
    rows = -(-len(words) // _ACROSS)

    def draw(paper: Paper, x: float, top: float) -> None:
        for place, word in enumerate(words):
            left = x + place % _ACROSS * (wide + _BETWEEN)
            low = top - _BOX - place // _ACROSS * (_BOX + _BETWEEN)
            paper.frame(left, low, wide, _BOX)
            paper.text(left + 2 * MM, low + _BOX - 4.6 * MM, number_face, 10, str(place + 1))
            size = fitted(word_face, word, 22, 8, wide - 6 * MM)
            shown = fonts.printable(word)
            middle = left + (wide - word_face.width(shown, size)) / 2
            paper.text(middle, low + 5.5 * MM, word_face, size, shown)

    return Piece(rows * _BOX + max(0, rows - 1) * _BETWEEN, draw)


def _square(text: str) -> Piece:
    pattern = barcode.qr(text)
    side = pattern.width(_MODULE)

    def draw(paper: Paper, x: float, top: float) -> None:
        paper.pattern("words", pattern, x, top - side, _MODULE)

    return shifted(Piece(side, draw), (_WIDTH - side) / 2)
