"""A sheet that scrolls where the window is low, and keeps what has the focus in view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from counter_app.desk.early import never_scrolls_sideways, takes_no_focus

_SMALLEST: Final = QSize(64, 48)
_AROUND: Final = 28  # pixels that are seen over and under it: its label, the next line
_UNDER: Final = 8  # pixels that are seen over and under a notice


class FollowingArea(QScrollArea):
    """Scrolls up and down only; what it holds takes its width."""

    def __init__(self, content: QWidget | None = None, within: QWidget | None = None) -> None:
        """`within` is the part of it whose focus is followed; else all of it."""
        super().__init__()
        self._within = within
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        takes_no_focus(self)
        never_scrolls_sideways(self)
        if content is not None:
            self.setWidget(content)
        self._notice: QWidget | None = None
        self._bring: Callable[[QWidget], object] | None = None
        # What takes the focus may have been shown with it: the sheet is laid out first.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.show_focus)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST

    def show_focus(self) -> None:
        """Brings what has the focus into view, if it is on this sheet."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isVisible() or not self._holds(focused):
            return
        notice = self._notice if self._notice is not None and self._notice.isVisible() else None
        if notice is not None:
            self._into_view(notice, _UNDER)
        self._into_view(focused, _AROUND)
        if notice is not None and self._bring is not None and not _is_whole(notice):
            self._bring(focused)
            self._bring = None
            self._soon.start(0)

    def show_with(self, notice: QWidget, bring: Callable[[QWidget], object] | None = None) -> None:
        """Keeps a notice in view together with what has the focus, until that moves on.

        Where both have no room, `bring` takes what has the focus, and puts the notice beside it.
        """
        self._notice, self._bring = notice, bring
        self._soon.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start(0)

    def _into_view(self, widget: QWidget, around: int) -> None:
        self.ensureWidgetVisible(widget, 0, around)
        content = self.widget()
        if content is not None and widget.height() <= self.viewport().height():
            # Qt is content where the cursor of a field is seen.
            middle = widget.mapTo(content, widget.rect().center())
            self.ensureVisible(0, middle.y(), 0, widget.height() // 2 + 1)

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._holds(now):
            self._notice = None
            self._soon.start(0)

    def _holds(self, widget: QWidget) -> bool:
        content = self._within or self.widget()
        return content is not None and content.isAncestorOf(widget)


def _is_whole(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()
