"""Sheets that part a pile for the scanner: a large code, and in words what comes behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.separators import Separator
from counter_app.paper import barcode, fonts
from counter_app.paper.page import MM, Paper, paragraph

_SIZE: Final = (210 * MM, 297 * MM)
_SIDE: Final = 25 * MM
_QR: Final = 90 * MM
_TOP: Final = 40 * MM


@dataclass(frozen=True)
class Sheet:
    """`name` is the component's; `code` and `procedure` are empty on a sheet for any dossier."""

    separator: Separator
    name: str
    procedure: str = ""


def separators_pdf(sheets: Sequence[Sheet], *, author: str, made: datetime) -> bytes:
    """A page of A4 for each."""
    document = Paper(title="Tờ ngăn khi quét", author=author, made=made)
    width, height = _SIZE
    bold, plain = fonts.face("sans", "bold"), fonts.face("sans", "regular")
    for sheet in sheets:
        document.page(width, height)
        room = width - 2 * _SIDE
        number = sheet.separator.number
        big = "KẾT QUẢ" if number == 0 else f"GIẤY TỜ SỐ {number}"
        pattern = barcode.qr(sheet.separator.text)
        at = height - _TOP
        for face, size, text in (
            (bold, 30, "TỜ NGĂN KHI QUÉT"),
            (bold, 44, big),
            (plain, 20, sheet.name),
            (bold, 20, sheet.separator.code),
            (plain, 14, sheet.procedure),
            (plain, 14, "Đặt tờ này lên trên giấy tờ ấy rồi quét cả chồng; tờ này không được lưu."),
        ):
            for piece in paragraph([(face, text)], size=size, width=room, align="center") if text else ():
                piece.draw(document, _SIDE, at)
                at -= piece.height
            at -= 4 * MM
        module = _QR / pattern.columns
        document.pattern("code", pattern, (width - _QR) / 2, max(15 * MM, at - _QR), module)
    return document.finish()
