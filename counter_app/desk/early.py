"""What stands on the screen before anybody works, told without the enumerations of Qt's Python.

To name one member of `Qt` makes all its enumerations, an eighth of the time to the first paint. Controls have
properties whose values are plain numbers. What comes after the first scan names them as everybody does.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

MIDDLE: Final = 0x80  # Qt::AlignVCenter
_PLAIN_TEXT: Final = 0  # Qt::PlainText
_BY_TAB: Final = 1  # Qt::TabFocus
_NEVER: Final = 0  # Qt::NoFocus
_ALWAYS_OFF: Final = 1  # Qt::ScrollBarAlwaysOff
_TOP_LEFT: Final = 0x21  # Qt::AlignTop | Qt::AlignLeft
_RIGHT_MIDDLE: Final = 0x82  # Qt::AlignVCenter | Qt::AlignRight


def plain(label: QLabel) -> None:
    """What the label says is never markup."""
    label.setProperty("textFormat", _PLAIN_TEXT)


def at_top(label: QLabel) -> None:
    label.setProperty("alignment", _TOP_LEFT)


def at_right(label: QLabel) -> None:
    label.setProperty("alignment", _RIGHT_MIDDLE)


def takes_tab(widget: QWidget) -> None:
    """The focus comes by Tab alone, not by a click."""
    widget.setProperty("focusPolicy", _BY_TAB)


def takes_no_focus(widget: QWidget) -> None:
    widget.setProperty("focusPolicy", _NEVER)


def never_scrolls_sideways(area: QAbstractScrollArea) -> None:
    area.setProperty("horizontalScrollBarPolicy", _ALWAYS_OFF)


def shortened(words: str, metrics: QFontMetrics, room: int) -> str:
    """As much of the words as the pixels hold, then "…"."""
    if metrics.horizontalAdvance(words) <= room:
        return words
    from PySide6.QtCore import Qt

    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
