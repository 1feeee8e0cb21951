"""The rail on the left: one item a page, its word beside its icon, its F-key always with it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout

from counter_app.desk import theme
from counter_app.desk.early import at_right, takes_tab
from counter_app.desk.theme import styled, text


class Span(Enum):
    """How much room the window gives: (width, height of an item, pixels of its icon)."""

    WIDE = (160, 48, 20)
    NARROW = (88, 45, 18)
    """The word under icon and key: under 1100 pixels."""
    LOW = (120, 26, 0)
    """A line without an icon: where a screen is enlarged so far that the items would not fit."""


class RailItem(QPushButton):
    """A page of the rail; `key` opens it from anywhere."""

    def __init__(self, name: str, words: str, key: str) -> None:
        super().__init__()
        self.name, self.key = name, key
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        takes_tab(self)
        self.setAccessibleName(words)
        self.setAccessibleDescription(key)
        self._span = Span.WIDE
        self._icon, self._words, self._key = QLabel(), text(words), text(key, "key")
        self._grid = QGridLayout(self)
        at_right(self._key)
        self.toggled.connect(self._on_toggled)
        self.arrange(Span.WIDE)

    def arrange(self, span: Span) -> None:
        """Puts icon, word and key where the room allows."""
        self._span = span
        _, height, icon = span.value
        for label in (self._icon, self._words, self._key):
            self._grid.removeWidget(label)
        if span is Span.NARROW:
            self._grid.setContentsMargins(8, 3, 6, 2)
            self._grid.addWidget(self._icon, 0, 0)
            self._grid.addWidget(self._key, 0, 1)
            self._grid.addWidget(self._words, 1, 0, 1, 2)
        else:
            self._grid.setContentsMargins(*((14, 0, 12, 0) if icon else (10, 0, 8, 0)))
            self._grid.addWidget(self._icon, 0, 0)
            self._grid.addWidget(self._words, 0, 1)
            self._grid.addWidget(self._key, 0, 2)
        self._icon.setVisible(bool(icon))
        self._grid.setHorizontalSpacing(10 if icon else 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        styled(self._words, kind="body" if span is Span.WIDE else "rail-word")
        styled(self, low=span is Span.LOW)
        self.setFixedHeight(height)
        self._show_icon(self.isChecked())

    def sizeHint(self) -> QSize:
        return QSize(self._span.value[0], self._span.value[1])

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _on_toggled(self, on: bool) -> None:
        styled(self._words, here=on)
        self._show_icon(on)

    def _show_icon(self, on: bool) -> None:
        if size := self._span.value[2]:
            self._icon.setPixmap(theme.pixmap(self.name, theme.ACCENT if on else theme.INK, size))


Item = tuple[str, str, str]
"""The name of a page, which is its icon's too; its word; its key."""


class Rail(QFrame):
    """`above` are the pages of the work, `below` what is seldom wanted."""

    chosen = Signal(str)
    """The name of a page."""

    def __init__(self, above: Sequence[Item], below: Sequence[Item]) -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self.items: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        self._span = Span.WIDE
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        for row in (above, below):
            for name, words, key in row:
                item = RailItem(name, words, key)
                item.clicked.connect(lambda _=False, n=name: self.chosen.emit(n))
                self._group.addButton(item)
                self._column.addWidget(item)
                self.items[name] = item
            if row is above:
                self._column.addStretch(1)
        self._show()

    def minimumSizeHint(self) -> QSize:
        # The window may become so low that only the low items fit; they come once it is.
        width, height, _ = Span.LOW.value
        return QSize(width, height * len(self.items))

    def mark(self, name: str) -> None:
        """Marks this page's item; a page without one, such as a dossier's, marks none."""
        self._group.setExclusive(False)
        for item in self.items.values():
            item.setChecked(item.name == name)
        self._group.setExclusive(True)

    def fit(self, width: int, height: int) -> None:
        """Takes as much room as a window of that size has for it."""
        span = Span.NARROW if width < _WIDE_FROM else Span.WIDE
        if height < len(self.items) * span.value[1] + 2 * _MARGIN:
            span = Span.LOW
        if span is not self._span:
            self._span = span
            for item in self.items.values():
                item.arrange(span)
            self._show()

    def _show(self) -> None:
        margin = 0 if self._span is Span.LOW else _MARGIN
        self._column.setContentsMargins(0, margin, 0, margin)
        self.setFixedWidth(self._span.value[0])


_WIDE_FROM: Final = 1100  # pixels of the window
_MARGIN: Final = 8
