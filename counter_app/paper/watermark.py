"""The mark on every page that is made while a training store is open in this process.

Pages ask for it themselves: no caller can leave it away, and a paper that is thought of later has it too.
It says so twice: large and grey across the sheet, and small and black at its foot, since a thermal head
prints no grey.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from counter_app.paper.barcode import MM

if TYPE_CHECKING:
    from counter_app.paper.page import Paper

WORDS: Final = "TẬP DÙNG – KHÔNG CÓ GIÁ TRỊ"
GREY: Final = 0.8
_SHEET: Final = 148 * MM  # across; a wider page is cut into such, and each part is marked
_FOOT: Final = 4.5 * MM  # above the lower edge: what office printers still reach
_SMALL: Final = 7.5

_holding = 0
_lock = threading.Lock()


def hold() -> Callable[[], None]:
    """Marks every page from now on, in the whole process, until what this gives is called (once counts)."""
    global _holding
    with _lock:
        _holding += 1
    held = [True]

    def release() -> None:
        global _holding
        with _lock:
            if held.pop() if held else False:
                _holding -= 1

    return release


def is_held() -> bool:
    return _holding > 0


def draw(paper: Paper, width: float, height: float) -> None:
    """Marks an empty page of this size, in points."""
    from counter_app.paper import fonts  # not for a store that is opened and prints nothing

    across = max(1, round(width / _SHEET))
    wide = width / across
    down = max(1, round(height / (wide * math.sqrt(2))))
    tall = height / down
    large, small = fonts.face("sans", "bold"), fonts.face("sans", "bold")
    size = 0.86 * math.hypot(wide, tall) / large.width(WORDS, 1.0)
    small_size = min(_SMALL, 0.9 * wide / small.width(WORDS, 1.0))
    for column in range(across):
        middle = (column + 0.5) * wide
        for row in range(down):
            at = (middle, (row + 0.5) * tall)
            paper.turned(*at, math.atan2(tall, wide), large, size, WORDS, GREY)
        paper.text(middle - small.width(WORDS, small_size) / 2, _FOOT, small, small_size, WORDS)
