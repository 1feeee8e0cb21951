"""How safe all is, in one line that is seen from afar; under it the server's last word, and a bar."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from counter_app.desk import theme
from counter_app.desk.early import at_top
from counter_app.desk.theme import styled, text

_BAR: Final = 8  # pixels
_ICON: Final = 28


class _Bar(QWidget):
    """How much of all is safe."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_BAR)
        self._part, self._state = 0.0, "in_time"

    def say(self, part: float, state: str) -> None:
        self._part, self._state = part, state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour, tint = theme.STATES[self._state]
        rect = self.rect()
        painter.fillRect(rect, QColor(tint))
        safe = QRect(rect.left(), rect.top(), round(rect.width() * self._part), rect.height())
        painter.fillRect(safe, QColor(theme.STATES["in_time"][0]))
        painter.setPen(QColor(colour))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.end()


class SafetyHead(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self._icon.setFixedWidth(_ICON)
        at_top(self._icon)
        self._words, self._more = text("", "name", wrap=True), text("", "second", wrap=True)
        self._fault = text("", "fault", wrap=True)
        self._files = text("", "body", wrap=True)
        self._bar = _Bar()
        column = QVBoxLayout()
        column.setSpacing(4)
        for part in (self._words, self._files, self._fault, self._more, self._bar):
            column.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(column, 1)
        self._has_bar = False
        for part in (self._fault, self._files, self._bar):
            part.hide()

    def say(self, words: str, more: str, state: str, part: float | None = None) -> None:
        """`part` of all is safe, from 0 to 1; None where nothing can be."""
        self._words.setText(words)
        styled(self._words, state=state)
        self._more.setText(more)
        icon = "offline" if part is None else state
        self._icon.setPixmap(theme.pixmap(icon, theme.STATES[state][0], _ICON))
        self._has_bar = part is not None
        self._bar.say(part or 0.0, state)
        self._bar.setVisible(self._has_bar)

    def complain(self, words: str) -> None:
        """Why the last exchange came to nothing; "" where it did not."""
        self._fault.setText(words)
        self._fault.setVisible(bool(words))

    def tell_files(self, words: str) -> None:
        """What there is to say of scanned files; "" where none waits."""
        self._files.setText(words)
        self._files.setVisible(bool(words))

    def says(self) -> str:
        told = [self._words.text(), self._files.text(), self._fault.text(), self._more.text()]
        return "\n".join(filter(None, told))

    def give_way(self, tight: bool) -> None:
        self._more.setVisible(not tight)
        self._bar.setVisible(self._has_bar and not tight)
