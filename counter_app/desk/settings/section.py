"""What every section of Thiết lập is: how it is entered, and what it tells the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk

_SHORT = 160


class Section(QWidget):
    """One group of settings; the page gives it its heading and scrolls it.

    Made once, when it is first chosen, with the desk as its only argument; `column` takes what it shows.
    """

    told = Signal(str)
    """A sentence about work that is done; the foot shows it and lets it fade."""
    office_changed = Signal()
    """The office's settings are others now: what the window shows of them follows."""
    wipe_asked = Signal()
    """This machine's store is to be destroyed: two officers are asked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._around = around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        self.column = QVBoxLayout()
        self.column.setSpacing(16)
        around.addLayout(self.column)
        around.addStretch(1)  # a layout that is aligned to the top gives lines that break no second line

    def fill(self) -> None:
        """Its column takes all the height: a list in it scrolls, and the page does where that has no room."""
        self._around.setStretch(0, 1)
        self._around.setStretch(1, 0)

    def entered(self) -> None:
        """Comes to the front: read again what may have changed. The focus stays where it is."""

    def take_scan(self, scanned: str) -> bool:
        """A code that was scanned; False where none of the section's fields waits for it."""
        return False

    def take_focus(self) -> None:
        """Enter in the list leads here: to the first control in reading order."""
        step = self.nextInFocusChain()
        while step is not None and step is not self and self.isAncestorOf(step):
            takes = step.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes and step.isEnabled() and step.isVisibleTo(self):
                step.setFocus(Qt.FocusReason.TabFocusReason)
                return
            step = step.nextInFocusChain()


def row_of(*buttons: QWidget) -> Lines:
    """The buttons side by side, from the left, in as many lines as the width needs."""
    row = Lines(spacing=8)
    for button in buttons:
        row.add(button)
    return row


def number(least: int, most: int, unit: str) -> QSpinBox:
    """A field for a whole number."""
    box = QSpinBox()
    box.setRange(least, most)
    box.setSuffix(unit)
    box.setMaximumWidth(_SHORT)
    box.lineEdit().setTextMargins(9, 0, 0, 0)
    return box
