"""The way out of the window while something waits to be sent: a band that asks, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from counter_app.desk.page import Desk
from counter_app.desk.parts import KeyButton, Notice, keeps_escape
from counter_app.desk.sync_watch import SyncWatch
from counter_app.desk.window import Window

if TYPE_CHECKING:
    from counter_app.desk.sync_lane import Came
    from counter_app.domain.errors import CounterError
    from counter_app.services.course import Progress
    from counter_app.services.safety import Standing

_LEAVE_KEY: Final = "Alt+F4"  # what asked for the question answers it
_SESSION_ENDS: Final = 60_000  # ms after which a session that was to end goes on after all
_ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LeavingBand(Notice):
    """Enter takes the way that has the focus, Esc stays."""

    send_asked, leave_asked, stay_asked = Signal(), Signal(), Signal()

    def __init__(self) -> None:
        super().__init__()
        self.send = self._way(self.tr("Gửi rồi thoát"), "Enter", self.send_asked)
        self.leave = self._way(self.tr("Thoát, gửi lần sau"), _LEAVE_KEY, self.leave_asked)
        self.stay = self._way(self.tr("Ở lại"), "Esc", self.stay_asked)
        QShortcut(QKeySequence(_LEAVE_KEY), self).activated.connect(self.leave_asked)

    def ask(self, words: str, state: str) -> None:
        self.say(words, state, self.send, self.leave, self.stay)
        self.send.setFocus(Qt.FocusReason.OtherFocusReason)

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


class Leaving(QObject):
    """Decides whether the window may close; where something waits, its officer does."""

    def __init__(self, window: Window, desk: Desk, sync: SyncWatch) -> None:
        super().__init__(window)
        self._window, self._desk, self._sync = window, desk, sync
        self.band: LeavingBand | None = None
        self._focus: QWidget | None = None
        self._sure = self._looking = self._sends = self._session_ends = False
        window.ask_before_close(self.may_close)
        sync.came.connect(self._on_came)
        sync.progressed.connect(self._on_progressed)
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.commitDataRequest.connect(self._on_session_ends)

    def may_close(self) -> bool:
        """False asks first. What was asked once is not asked again: whoever closes twice means it."""
        last = self._sync.last
        asked = self._looking or (self.band is not None and self.band.isVisible())
        if self._sure or self._session_ends or asked or last is None or last.standing is None:
            return True
        from counter_app.services import safety

        office = self._desk.office
        self._looking = True
        self._desk.tasks.run("read", lambda: safety.standing(office), self._on_known, self._on_unknown)
        return False

    def _on_known(self, standing: Standing | None) -> None:
        self._looking = False
        if standing is None or standing.oldest is None:
            self._leave()
            return
        self._focus = QApplication.focusWidget()
        self._ask(standing)

    def _on_unknown(self, fault: CounterError) -> None:
        self._leave()  # what cannot be read cannot be sent

    def _ask(self, standing: Standing, fault: CounterError | None = None) -> None:
        from counter_app.words.syncing import unsent

        self._sends = False
        self._shown().ask(unsent(standing, fault), "late" if fault else "soon")

    def _shown(self) -> LeavingBand:
        if self.band is None:
            self.band = LeavingBand()
            self.band.send_asked.connect(self._on_send)
            self.band.leave_asked.connect(self._leave)
            self.band.stay_asked.connect(self._stay)
            self._window.show_above(self.band)
        return self.band

    def _on_send(self) -> None:
        self._sends = True
        self._shown().follow(self.tr("Đang gửi lên máy chủ; gửi xong thì thoát."))
        self._sync.sync_by_hand()

    def _on_progressed(self, progress: Progress) -> None:
        if self._sends:
            from counter_app.words.syncing import course

            words, _, _ = course(progress)
            self._shown().follow(self.tr("{}; gửi xong thì thoát.").format(words))

    def _on_came(self, came: Came) -> None:
        if not self._sends or self._sync.asked:
            return  # the one that was asked for follows
        if came.standing is None or (came.standing.oldest is None and came.fault is None):
            self._leave()
        else:
            self._ask(came.standing, came.fault)

    def _stay(self) -> None:
        self._sends = False
        assert self.band is not None
        self.band.say("")
        focus, self._focus = self._focus, None
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self._sure = True
        self._window.close()

    def _on_session_ends(self) -> None:
        """Whoever logs out or shuts down is not held up: all is on the disk."""
        self._session_ends = True
        if self._window.isVisible():
            self._window.keep()
        QTimer.singleShot(_SESSION_ENDS, self, self._on_session_goes_on)

    def _on_session_goes_on(self) -> None:
        self._session_ends = False
