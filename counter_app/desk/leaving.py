"""The way out of the window while something waits to be sent: a band that asks, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from counter_app.desk.page import Desk
from counter_app.desk.sync_watch import SyncWatch
from counter_app.desk.window import Window

if TYPE_CHECKING:
    from counter_app.desk.leaving_band import LeavingBand
    from counter_app.desk.sync_lane import Came
    from counter_app.domain.errors import CounterError
    from counter_app.services.course import Progress
    from counter_app.services.safety import Standing

_SESSION_ENDS: Final = 60_000  # ms after which a session that was to end goes on after all


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
            from counter_app.desk.leaving_band import LeavingBand  # names keys: not at the start, see `early`

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
            focus.setFocus()

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
