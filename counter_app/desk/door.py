"""What stands in the window before the store is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.parts import KeyButton, Notice
from counter_app.desk.theme import text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

_WIDTH = 640
_BESIDE = 24  # pixels left of it and right of it, at least


class Door(QWidget):
    """A sheet in the middle: what this is, the fields that are needed, one key."""

    asked = Signal()
    """Enter, or the button."""

    def __init__(self, title: str, words: str, button: str = "", key: str = "Enter") -> None:
        super().__init__()
        sheet = self._sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        sheet.setFixedWidth(_WIDTH)
        self.column = QVBoxLayout(sheet)
        self._stand(close=False)
        self.column.addWidget(text(title, "page"))
        self.words = text(words, "body", wrap=True)
        self.column.addWidget(self.words)
        self.notice = Notice()
        self._fields: list[QWidget] = []
        self.button = KeyButton(button, key, "primary")
        self.button.clicked.connect(self.asked)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.addStretch(1)
        # Between stretches the sheet is asked for its height at its own width, with its words wrapped.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(sheet)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(FollowingArea(holder))
        self.setAccessibleName(title)

    def give_way(self, tight: bool) -> None:
        self._stand(close=tight)

    def _stand(self, *, close: bool) -> None:
        self.column.setContentsMargins(*((24, 12, 24, 12) if close else (32, 24, 32, 24)))
        self.column.setSpacing(8 if close else 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sheet.setFixedWidth(min(_WIDTH, self.width() - 2 * _BESIDE))

    def add(self, widget: QWidget) -> None:
        self.column.addWidget(widget)
        self._fields.append(widget)

    def finish(self) -> None:
        self.column.addWidget(self.notice)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.addLayout(row)

    def complain(self, words: str) -> None:
        self.set_busy(False)
        self.notice.say(words, "late")

    def set_busy(self, on: bool) -> None:
        if on and self.button.hasFocus():
            self.setFocus()  # else Qt takes it to what comes next, the lamp at the foot
        self.button.setEnabled(not on)
        if on:
            self.notice.say("")
        elif self.hasFocus():
            self.button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.button.isEnabled() and not self.button.isHidden():
            if not event.isAutoRepeat():  # each one of a held key would be another try
                self.asked.emit()
        else:
            super().keyPressEvent(event)


class OpeningDoor(Door):
    """What is seen first, for as long as the store opens; later it says why it does not."""

    def __init__(self) -> None:
        title = self.tr("Một cửa")
        super().__init__(title, self.tr("Đang mở kho dữ liệu của máy này…"), self.tr("Thử lại"))
        self.button.hide()
        self.finish()

    def complain(self, words: str) -> None:
        self.words.setText(self.tr("Kho dữ liệu chưa mở được; dữ liệu vẫn còn nguyên."))
        self.button.show()
        self.button.setFocus()
        super().complain(words)

    def wait(self) -> None:
        self.words.setText(self.tr("Đang mở kho dữ liệu của máy này…"))
        self.button.hide()
        self.notice.say("")

    def fill(self, done: int, of: int) -> None:
        """A training store is being filled."""
        self.words.setText(self.tr("Đang dựng hồ sơ bịa để tập: {}/{}…").format(done, of))
