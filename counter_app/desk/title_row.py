"""A page's name and what stands beside it, at the same height in every page: no key of the rail moves it."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from counter_app.desk.theme import text

MIDDLE: Final = 28  # pixels from the page's upper edge to the row's middle
_MIDDLE_TIGHT: Final = 18
_HEIGHT: Final = 32  # of the row, that of a link's button


class TitleRow(QWidget):
    """Begins at the page's upper edge: the column that it stands in has no margin there."""

    def __init__(self, title: str, *, below: int = 0) -> None:
        """`below` is the room under it, in pixels, which goes where the window is tight."""
        super().__init__()
        self._name = text(title, "page")
        self._name.setFixedHeight(_HEIGHT)
        self._below = below
        self._row = QHBoxLayout(self)
        self._row.setSpacing(16)
        self._row.addWidget(self._name)
        self.give_way(tight=False)

    def add(self, widget: QWidget, share: int = 0) -> None:
        self._row.addWidget(widget, share)

    def add_stretch(self) -> None:
        self._row.addStretch(1)

    def name(self) -> QLabel:
        return self._name

    def give_way(self, tight: bool) -> None:
        middle, below = (_MIDDLE_TIGHT, 0) if tight else (MIDDLE, self._below)
        self._row.setContentsMargins(0, middle - _HEIGHT // 2, 0, below)
