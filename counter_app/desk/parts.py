"""The small parts that every page is made of: keys, notices, labelled fields, tags."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk import theme
from counter_app.desk.early import MIDDLE, at_top, plain, shortened
from counter_app.desk.lines import Lines
from counter_app.desk.theme import styled, text

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPaintEvent, QShowEvent

TIGHT: Final = "tight"
"""The property of a window that is so small that only what is needed stands in it."""


class KeyButton(QPushButton):
    """A button that shows the key that does the same; `words` is its name for a screen reader too."""

    def __init__(self, words: str, key: str = "", kind: str = "", icon: str = "") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self._words = text(words)
        self._cap = text(key, "cap")
        self._icon = QLabel()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12 if key else 16, 0)
        if kind in ("foot", "link"):
            row.setContentsMargins(5, 0, 5, 0)
        row.setSpacing(12)
        if icon:
            self._icon.setPixmap(theme.pixmap(icon))
            row.addWidget(self._icon)
        row.addWidget(self._words)
        row.addWidget(self._cap)
        self._cap.setVisible(bool(key))
        self._shows_key = True
        self.key = key
        self.toggled.connect(lambda on: styled(self._words, here=on))
        self.say(words)

    def say(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
        if self.key:
            self.setAccessibleDescription(self.key)
        self.updateGeometry()

    def words(self) -> str:
        return self._words.text()

    def show_key(self, on: bool) -> None:
        """Shows the key's cap, or leaves it to the button's description where there is no room."""
        self._shows_key = on
        self.give_way()

    def give_way(self) -> None:
        """Without the cap in a window that is too small; a primary button always tells its key."""
        tight = bool(self.window().property(TIGHT)) and self.property("kind") != "primary"
        self._cap.setVisible(self._shows_key and bool(self.key) and not tight)
        self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        self.give_way()
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A filled button has its ring inside: white, where the accent would not be seen."""
        super().paintEvent(event)
        if self.property("kind") == "primary" and self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.SURFACE), 2))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), 3, 3)
            painter.end()

    def sizeHint(self) -> QSize:
        return QSize(self._row.sizeHint().width() + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Elided(QLabel):
    """One line that ends in "…" where it has no room; its tool tip says all of it."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        plain(self)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        painter = QPainter(self)
        words = shortened(self.text(), self.fontMetrics(), self.width())
        drawn = self.style().drawItemText  # to set a pen makes Qt's enumerations, see `early`
        drawn(painter, self.rect(), MIDDLE, self.palette(), True, words, self.foregroundRole())
        painter.end()


class Notice(QFrame):
    """Something about the data beside it: what is wrong, and the ways out as keys. Hidden while empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self._icon = QLabel()
        self._icon.setFixedWidth(20)
        at_top(self._icon)
        self._words = text("", "strong", wrap=True)
        self._ways_row = QWidget()
        self._ways = Lines(self._ways_row, spacing=8, between=4)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self._ways_row)
        row.addLayout(column, 1)
        self._way_widgets: list[QWidget] = []
        self.hide()

    def say(self, words: str, state: str = "soon", *ways: QWidget) -> None:
        """Shows the words; "" hides the notice."""
        if not (words or ways or self._way_widgets or self._words.text()):
            return  # most of a page's notices say nothing most of the time
        for old in self._way_widgets:
            if old not in ways:
                old.hide()
        self._way_widgets = list(ways)
        self._ways_row.setVisible(bool(ways))
        for way in ways:
            if self._ways.indexOf(way) < 0:
                self._ways.add(way)
            way.show()
        self._words.setText(words)
        self._words.setProperty("state", "")
        styled(self._words, state=state)
        styled(self, state=state)
        self.setAccessibleName(words)
        icon = {"soon": "warning", "late": "late", "in_time": "in_time"}.get(state, "warning")
        self._icon.setPixmap(theme.pixmap(icon, theme.STATES[state][0]))
        self.setVisible(bool(words))

    def words(self) -> str:
        return self._words.text() if not self.isHidden() else ""


class Tag(QFrame):
    """A state in a word, with its icon and tint."""

    def __init__(self, words: str = "", state: str = "in_time") -> None:
        super().__init__()
        self.setProperty("kind", "tag")
        self._icon, self._words = QLabel(), text("", "strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 10, 2)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.say(words, state)

    def say(self, words: str, state: str) -> None:
        self._words.setText(words)
        styled(self._words, state=state)
        styled(self, state=state)
        self._icon.setPixmap(theme.pixmap(state, theme.STATES[state][0]))

    def words(self) -> str:
        return self._words.text()


class Field(QWidget):
    """A control under its label; the label is the control's name for a screen reader."""

    def __init__(self, label: str, control: QWidget, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self._name = label
        self._label = text(label, "small")
        self._label.setBuddy(control)
        control.setAccessibleName(label)
        if hint and isinstance(control, QLineEdit):
            control.setPlaceholderText(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._label)
        column.addWidget(control)

    def rename(self, label: str) -> None:
        self._name = label
        self.remark("")

    def remark(self, words: str) -> None:
        """Says something of what stands in it beside the label; "" takes it away."""
        label = f"{self._name} · {words}" if words else self._name
        self._label.setText(label)
        self.control.setAccessibleName(label)


def typed(field: QLineEdit) -> str:
    """What stands in the field, in NFC: an input method may deliver letters and marks apart."""
    return unicodedata.normalize("NFC", field.text()).strip()


class KeyHints(QWidget):
    """What `keys` makes: it goes where there is no room."""


def keys(*pairs: tuple[str, str]) -> KeyHints:
    """A row of key caps, each with what it does."""
    hints = KeyHints()
    row = Lines(hints, spacing=16, between=4)
    for key, does in pairs:
        pair = QWidget()
        inside = QHBoxLayout(pair)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(text(key, "cap"))
        inside.addWidget(text(does, "second"))
        row.add(pair)
    return hints


def rule() -> QFrame:
    """A line that separates."""
    line = QFrame()
    line.setProperty("kind", "rule")
    return line


def keeps_escape(event: QEvent, when: Callable[[], bool] = lambda: True) -> bool:
    """Keeps Esc for the widget whose event it is, before it is the window's key; False for all else."""
    from PySide6.QtCore import Qt

    return keeps_key(event, Qt.Key.Key_Escape, when)


def keeps_key(event: QEvent, key: int, when: Callable[[], bool] = lambda: True) -> bool:
    """The same for any key without a modifier."""
    from PySide6.QtCore import QEvent, Qt

    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() != key or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not when():
        return False
    event.accept()
    return True
