"""The bands of the intake on one sheet: one of them is open, and Enter walks through them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QFrame,
    QRadioButton,
    QVBoxLayout,
)

from counter_app.desk.following import FollowingArea
from counter_app.desk.pages.band import Band
from counter_app.desk.pages.late import LateBand
from counter_app.desk.parts import rule

_ROOM_TO_WARN: Final = 72  # pixels: a sentence and its keys


class BandSheet(FollowingArea):
    ended = Signal(object)
    """The officer is through with this Band."""
    opened = Signal()
    """Another band is open now."""

    def __init__(self, late: LateBand, bands: tuple[Band, ...]) -> None:
        super().__init__()
        self._late, self._bands = late, bands
        self._under_late = rule()
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(late)
        column.addWidget(self._under_late)
        for number, band in enumerate(bands):
            if number:
                column.addWidget(rule())
            column.addWidget(band)
        column.addStretch(1)
        self.setWidget(sheet)
        for band in (late, *bands):
            band.ended.connect(lambda band=band: self.ended.emit(band))
            band.asked.connect(lambda band=band: self.open(band))
            band.pointed.connect(lambda notice, band=band: self.show_with(notice, band.bring_notice))

    @property
    def walked(self) -> tuple[Band, ...]:
        """The bands that Enter walks through."""
        return (self._late, *self._bands) if self._late.is_on else self._bands

    def current(self) -> Band:
        return next((band for band in self.walked if band.is_open), self._bands[0])

    def open(self, band: Band, *, at_end: bool = False) -> None:
        for one in (self._late, *self._bands):
            one.set_open(one is band)
            one.refresh()
        band.start(at_end=at_end)
        QTimer.singleShot(0, self, self._show_open)
        self.opened.emit()

    def enter(self, *, back: bool) -> None:
        """Enter goes on, with `back` it goes back; a button that has the focus is pressed."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and not isinstance(focused, QCheckBox | QRadioButton):
            focused.click()
        elif back:
            self._go_back()
        else:
            self._go_on()

    def refresh(self) -> None:
        """Says again what the bands hold."""
        for band in self.walked:
            band.refresh()
        self._under_late.setVisible(self._late.is_on)

    def to_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_open)

    def _go_on(self) -> None:
        band = self.current()
        if not band.advance():
            self.ended.emit(band)

    def _go_back(self) -> None:
        band = self.current()
        at = self.walked.index(band)
        if not band.retreat() and at > 0:
            self.open(self.walked[at - 1], at_end=True)

    def _show_open(self) -> None:
        band = self.current()
        # Room for a warning under the band is made at once, so that nothing moves when one comes.
        self.ensureVisible(0, band.geometry().bottom() + _ROOM_TO_WARN, 0, 0)
        self.ensureVisible(0, band.y(), 0, 8)
        self.show_focus()
