"""A picture of the window as it stands over a store, for a machine without a display."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from counter_app.desk.app import Start, Surroundings
from counter_app.desk.application import application
from counter_app.desk.contents import FIND
from counter_app.desk.pages.find import FindPage

SIZE: Final = (1366, 768)
_LOOK: Final = 50  # ms between two looks at whether the window is ready
_SETTLE: Final = 800  # ms for the story to be read and painted
_LONGEST: Final = 30_000  # ms; a store that asks for a passphrase is pictured as it asks


def snapshot(data: Path, target: Path) -> None:
    """Saves the window, with the newest dossiers and the story of one, as a PNG."""
    app = application()
    start = Start(data, Surroundings())
    window = start.window
    window.resize(*SIZE)
    window.show()

    def grab() -> None:
        window.grab().save(str(target))
        window.close()
        app.quit()

    def open_story() -> None:
        page = window.go(FIND)
        assert isinstance(page, FindPage)

        def enter() -> None:
            page.list.setFocus()
            page.list.go_to(min(2, page.list.model().rowCount() - 1))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                enter_key = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
                QApplication.sendEvent(page.list, enter_key)
            QTimer.singleShot(_SETTLE, grab)

        _when(lambda: page.list.model().rowCount() > 0, enter, grab)

    QTimer.singleShot(0, start.open)
    _when(lambda: window.desk is not None, open_story, grab)
    app.exec()


def _when(ready: Callable[[], bool], then: Callable[[], None], otherwise: Callable[[], None]) -> None:
    """Looks again and again until `ready`, or for so long that something else must be done."""
    left = _LONGEST // _LOOK

    def look() -> None:
        nonlocal left
        left -= 1
        if ready():
            then()
        elif left <= 0:
            otherwise()
        else:
            QTimer.singleShot(_LOOK, look)

    look()
