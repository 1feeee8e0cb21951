"""Where the window is small: what only helps goes, so that what is needed has the room."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from counter_app.desk.parts import TIGHT, KeyButton, KeyHints
from counter_app.desk.title_row import TitleRow

_NARROW, _LOW = 760, 440  # pixels: a screen of 1366 by 768 that is enlarged twice, and less


@runtime_checkable
class GivesWay(Protocol):
    """A page that has more to take away than hints."""

    def give_way(self, tight: bool) -> None:
        """Takes away what only helps, or puts it back."""


def is_tight(window: QWidget) -> bool:
    return window.width() < _NARROW or window.height() < _LOW


def fit(page: QWidget, window: QWidget) -> None:
    """Hints and the caps of keys stand where there is room."""
    tight = bool(window.property(TIGHT))
    for hints in page.findChildren(KeyHints):
        hints.setVisible(not tight)
    for row in page.findChildren(TitleRow):
        row.give_way(tight)
    for button in page.findChildren(KeyButton):
        button.give_way()
    if isinstance(page, GivesWay):
        page.give_way(tight)
