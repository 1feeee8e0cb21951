"""What is scanned by another way than into the window's box: keys elsewhere, a picture, a paste, a drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from counter_app.desk.pictures import PictureScans
    from counter_app.desk.tasks import Tasks
    from counter_app.desk.wedge import Wedge

_SOON: Final = 400  # ms after the store is open: what was scanned before is answered first


class WaysIn(QObject):
    """Of one window. While the focus is in the box a scanner types into it, and nothing need watch.

    So the watching begins when the focus first goes elsewhere, or soon after the store is open: it names
    keys, and with them makes all of Qt's enumerations (`early`), for which the first scan need not wait.
    """

    scanned = Signal(str)
    refused = Signal(object)
    """A CounterError: the picture holds no code, or is none."""

    def __init__(self, window: QWidget, box: QLineEdit) -> None:
        super().__init__(window)
        self._window, self._box = window, box
        self._wedge: Wedge | None = None
        self._tasks: Tasks | None = None
        self._pictures: PictureScans | None = None

    def watch(self) -> None:
        """The window stands on the screen."""
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus_moved)

    def open(self, tasks: Tasks) -> None:
        """The store is open: pictures are read from now on."""
        self._tasks = tasks
        QTimer.singleShot(_SOON, self, self._begin)

    def ask_picture(self) -> None:
        """Has a picture's file chosen."""
        if self._tasks is not None:
            self._reader(self._tasks).ask(self._window)

    def takes(self, mime: QMimeData) -> bool:
        """Whether this may be dropped."""
        return self._tasks is not None and (mime.hasUrls() or mime.hasImage())

    def take(self, mime: QMimeData) -> bool:
        """Takes the picture that was dropped; False where there is none."""
        return self._tasks is not None and self._reader(self._tasks).take(mime)

    def _on_focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self._box:
            self._begin()

    def _begin(self) -> None:
        self._watch_keys()
        if self._tasks is not None:
            self._reader(self._tasks)

    def _watch_keys(self) -> None:
        if self._wedge is not None:
            return
        from counter_app.desk.wedge import Wedge

        box = self._box
        self._wedge = Wedge(lambda focused: box.isEnabled() and focused is not box, self)
        self._wedge.scanned.connect(self.scanned)
        self._watch_with(self._wedge)

    def _reader(self, tasks: Tasks) -> PictureScans:
        if self._pictures is None:
            from counter_app.desk.pictures import PictureScans

            self._pictures = PictureScans(tasks, self)
            self._pictures.scanned.connect(self.scanned)
            self._pictures.refused.connect(self.refused)
            self._watch_with(self._pictures)
        return self._pictures

    def _watch_with(self, watcher: QObject) -> None:
        if (handle := self._window.windowHandle()) is not None:
            handle.installEventFilter(watcher)
