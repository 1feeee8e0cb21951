"""The band that asks before the window closes: close the day first, send first, leave, or stay."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from counter_app.desk.parts import KeyButton, Notice, keeps_escape

_LEAVE_KEY: Final = "Alt+F4"  # what asked for the question answers it
_ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LeavingBand(Notice):
    """Enter takes the way that has the focus, Esc stays."""

    send_asked, close_asked, leave_asked, stay_asked = Signal(), Signal(), Signal(), Signal()

    def __init__(self) -> None:
        super().__init__()
        self.send = self._way(self.tr("Gửi rồi thoát"), "Enter", self.send_asked)
        self.close_day = self._way(self.tr("Chốt sổ trước"), "", self.close_asked)
        self.leave = self._way(self.tr("Thoát, gửi lần sau"), _LEAVE_KEY, self.leave_asked)
        self.stay = self._way(self.tr("Ở lại"), "Esc", self.stay_asked)
        QShortcut(QKeySequence(_LEAVE_KEY), self).activated.connect(self.leave_asked)

    def ask(self, words: str, state: str, *, sends: bool, closes: bool) -> None:
        """`sends` where something waits to be sent, `closes` where a day is not closed."""
        ways = [way for way, there in ((self.send, sends), (self.close_day, closes)) if there]
        self.leave.say(self.tr("Thoát, gửi lần sau") if sends else self.tr("Thoát"))
        self.say(words, state, *ways, self.leave, self.stay)
        ways[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, words: str) -> None:
        """It is sent meanwhile."""
        sent = self.send.hasFocus()
        self.say(words, "soon", self.leave, self.stay)
        if sent:  # its way is gone; a key that is pressed once too often must not leave
            self.stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.stay_asked.emit()
        elif event.key() in _ENTERS and isinstance(focused, KeyButton) and not event.isAutoRepeat():
            focused.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _way(self, words: str, key: str, asked: SignalInstance) -> KeyButton:
        button = KeyButton(words, key)
        button.clicked.connect(asked)
        return button
