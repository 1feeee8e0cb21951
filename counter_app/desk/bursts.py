"""Rows of keys that may be a scanner's, and the fields that they were typed into as these stood before."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QSpinBox, QTextEdit, QWidget
from shiboken6 import isValid

GAP: Final = 35  # ms; the longest pause inside a burst
SLOW: Final = 120  # ms; the longest pause of a scanner that is set to be slow
STRAYS: Final = 3  # keys in such a row: the Enter after them is not meant for the button that it meets
LEAST: Final = 8  # keys of the shortest code that is scanned
SURE: Final = 6  # keys in such a row that no hand types: from here on they are held


class Told(Enum):
    """What a key was told to be."""

    TYPED = "typed"  # a person's, or not known yet
    BURST = "burst"  # one of a row that no hand types
    SCAN = "scan"  # the Enter that ends a scan


@dataclass
class Burst:
    """The row of keys that may be a scan; times in ms of one clock that never runs back."""

    text: str = ""
    keys: int = 0
    last: int = 0
    gap: int = GAP

    def key(self, at: int, text: str) -> Told:
        """A key that types `text`."""
        if not self.goes_on(at):
            self.text, self.keys = "", 0
        self.text += text
        self.keys += 1
        self.last = at
        return Told.BURST if self.keys >= SURE else Told.TYPED

    def enter(self, at: int) -> Told:
        """Enter; `text` is the scan where it ends one, until the next key."""
        told = Told.SCAN if self.goes_on(at) and self.keys >= LEAST else Told.TYPED
        self.keys = 0
        return told

    def stop(self) -> None:
        """A key that no scanner types."""
        self.text, self.keys = "", 0

    def goes_on(self, at: int) -> bool:
        return self.keys > 0 and 0 <= at - self.last <= self.gap


@dataclass
class Row(Burst):
    """The row of keys that may be a slow scanner's; its first key may lead from a list into a field."""

    gap: int = SLOW
    pauses: list[int] = field(default_factory=list)
    loose: bool = False  # it began where nothing is typed, and is held from its second key on
    before: list[Before | Choice] = field(default_factory=list)

    def begin(self, *, loose: bool) -> None:
        self.stop()
        self.pauses, self.before, self.loose = [], [], loose

    def key(self, at: int, text: str) -> Told:
        if self.keys:
            self.pauses.append(at - self.last)
        return super().key(at, text)

    def meets(self, focused: QWidget | None) -> None:
        """A key of it goes to this one, as it stands now."""
        if focused is not None and focused not in [one.on for one in self.before]:
            if (line := line_of(focused)) is not None:
                self.before.append(Before.of(line, focused))
            elif isinstance(focused, QComboBox):
                self.before.append(Choice(focused, focused.currentIndex()))

    def is_even(self) -> bool:
        from counter_app.domain.scan_shapes import is_even  # not read before somebody types

        return is_even(self.pauses)

    def ends_scan(self, focused: QWidget | None) -> bool:
        """Whether it is one, at its Enter. Asks before `enter` takes the count of its keys."""
        from counter_app.domain.scan_shapes import is_form

        if self.keys < LEAST:
            return False
        if self.loose:
            return not is_typed_in(focused) or self.is_even()
        mixed = any(isinstance(one, Before) and one.holds_more(self.keys) for one in self.before)
        return self.is_even() and is_form(self.text) and not mixed

    def restore(self) -> None:
        """Everything that it typed is taken back."""
        for one in reversed(self.before):
            if isValid(one.on):
                one.restore()


@dataclass
class Choice:
    """A box whose choice a letter may have changed."""

    on: QComboBox
    index: int

    def restore(self) -> None:
        if self.on.currentIndex() != self.index:
            self.on.setCurrentIndex(self.index)
            self.on.activated.emit(self.index)


@dataclass
class Before:
    """A field as it stood before the burst."""

    box: QLineEdit
    on: QWidget  # what has the focus: the line itself, or the box of numbers that it belongs to
    text: str
    at: int
    selected: int  # where the selection began, -1 where there was none
    marked: str
    number: int = 0

    @classmethod
    def of(cls, box: QLineEdit, on: QWidget) -> Before:
        number = on.value() if isinstance(on, QSpinBox) else 0
        selected, marked = box.selectionStart(), box.selectedText()
        return cls(box, on, box.text(), box.cursorPosition(), selected, marked, number)

    def holds_more(self, keys: int) -> bool:
        """Whether something else typed too: an input method that has taken keys for itself."""
        return len(self.box.text()) > len(self.text) - len(self.marked) + keys

    def restore(self) -> None:
        if isinstance(self.on, QSpinBox):
            self.on.setValue(self.number)
        if self.box.text() != self.text:
            self.box.setText(self.text)
        self.box.setCursorPosition(self.at)
        if self.selected >= 0:
            self.box.setSelection(self.selected, len(self.marked))


def line_of(widget: QWidget) -> QLineEdit | None:
    """Where the letters stand that are typed into it."""
    if isinstance(widget, QLineEdit):
        return widget
    if isinstance(widget, QAbstractSpinBox):
        return widget.lineEdit()
    return widget.lineEdit() if isinstance(widget, QComboBox) else None


def is_typed_in(widget: QWidget | None) -> bool:
    return widget is not None and (line_of(widget) is not None or isinstance(widget, QTextEdit))
