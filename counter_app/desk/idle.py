"""Tells when nobody has touched the window for a while."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Watches from `start` to `stop`."""

    idle = Signal()

    def __init__(self, window: QWidget, minutes: int) -> None:
        super().__init__(window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self.wait_for(minutes)
        self._timer.timeout.connect(self.idle)
        # What the hands do reaches the window first; its widgets' many other events need not pass by here.
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def wait_for(self, minutes: int) -> None:
        """So many minutes without a touch, from now on."""
        self._timer.setInterval(minutes * 60_000)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False
