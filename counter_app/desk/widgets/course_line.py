"""One line of work that has several: what it does or has done, under the icon of its state."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from counter_app.desk import theme
from counter_app.desk.early import at_top
from counter_app.desk.theme import text


class CourseLine(QWidget):
    """Hidden while it says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._words = QLabel(), text("", "body", wrap=True)
        self._icon.setFixedWidth(20)
        at_top(self._icon)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, words: str, state: str = "soon") -> None:
        """`state` is soon while it is done, in_time once it is, late where it failed."""
        self._words.setText(words)
        self._icon.setPixmap(theme.pixmap(state, theme.STATES[state][0]))
        self.setVisible(bool(words))

    def words(self) -> str:
        return self._words.text() if not self.isHidden() else ""
