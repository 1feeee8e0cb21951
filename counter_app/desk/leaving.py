"""The way out of the window while something waits to be sent, or a day is not closed: a band asks, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from counter_app.desk.contents import BOOKS, Closes
from counter_app.desk.page import Desk
from counter_app.desk.sync_watch import SyncWatch
from counter_app.desk.window import Window
from counter_app.domain.zone import VIETNAM

if TYPE_CHECKING:
    from counter_app.desk.leaving_band import LeavingBand
    from counter_app.desk.sync_lane import Came
    from counter_app.domain.errors import CounterError
    from counter_app.services.closing import Left
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
        last, now, office = self._sync.last, self._desk.now(), self._desk.office
        asked = self._looking or (self.band is not None and self.band.isVisible())
        alone = last is None or last.standing is None
        evening = not office.training and now.astimezone(VIETNAM).hour >= office.settings.close_hour
        if self._sure or self._session_ends or asked or (alone and not evening):
            return True

        def work() -> tuple[Standing | None, Left | None]:
            from counter_app.services import closing, safety

            return safety.standing(office), closing.not_closed(office, now) if evening else None

        self._looking = True
        self._desk.tasks.run("read", work, self._on_known, self._on_unknown)
        return False

    def _on_known(self, found: tuple[Standing | None, Left | None]) -> None:
        self._looking = False
        standing, left = found
        unsent = standing if standing is not None and standing.oldest is not None else None
        if unsent is None and left is None:
            self._leave()
            return
        self._focus = QApplication.focusWidget()
        self._ask(unsent, left=left)

    def _on_unknown(self, fault: CounterError) -> None:
        self._leave()  # what cannot be read cannot be sent

    def _ask(
        self, standing: Standing | None, fault: CounterError | None = None, left: Left | None = None
    ) -> None:
        from counter_app.words import day_close, syncing

        self._sends = False
        told = [syncing.unsent(standing, fault)] if standing is not None else []
        if left is not None:
            told.append(day_close.not_closed(left, self._desk.now()))
        state = "late" if fault else "soon"
        self._shown().ask("\n".join(told), state, sends=standing is not None, closes=left is not None)

    def _shown(self) -> LeavingBand:
        if self.band is None:
            from counter_app.desk.leaving_band import LeavingBand  # names keys: not at the start, see `early`

            self.band = LeavingBand()
            self.band.send_asked.connect(self._on_send)
            self.band.leave_asked.connect(self._leave)
            self.band.stay_asked.connect(self._stay)
            self.band.close_asked.connect(self._on_close_day)
            self._window.show_above(self.band)
        return self.band

    def _on_send(self) -> None:
        self._sends = True
        self._shown().follow(self.tr("Đang gửi lên máy chủ; gửi xong thì thoát."))
        self._sync.sync_by_hand()

    def _on_close_day(self) -> None:
        self._focus = None
        self._stay()
        cast(Closes, self._window.go(BOOKS)).close_day()

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
