"""A scanner that types: its burst of keys is told from a person's, wherever the focus is.

A wedge (a USB scanner that poses as a keyboard) types tens of keys a few milliseconds apart and ends in
Enter. The quickest typists average some 120 ms from key to key, and roll over two or three keys at 30 ms
now and then (Dhakal et al., CHI 2018), never over eight in a row. The keys' own times decide, not the time
of delivery: a slow machine hands a person's keys over in one heap.

A scanner that is set to pause longer cannot be told from a hand in a text field. Where nothing is typed, on
a button or a list, it can: there a hand presses one key and looks, and no row of letters is meant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QTextEdit,
    QWidget,
)

GAP: Final = 35  # ms; the longest pause inside a burst
SLOW: Final = 120  # ms; the longest pause of a scanner that is set to be slow, where nothing is typed
STRAYS: Final = 3  # keys in such a row: the Enter after them is not meant for the button that it meets
LEAST: Final = 8  # keys of the shortest code that is scanned
SURE: Final = 6  # keys in such a row that no hand types: from here on they are held
GIVE_BACK: Final = 150  # ms without a key, then what is held was typed by a person after all
_LOOK: Final = 45  # ms that a first key waits where no text is typed: less than a key may take to answer
_SHIFTS: Final = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr, Qt.Key.Key_Mode_switch})
_ENTERS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_TYPED_IN: Final = (QLineEdit, QAbstractSpinBox, QComboBox, QTextEdit)
_KEYS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


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
class _Before:
    """A field as it stood before the burst."""

    box: QLineEdit
    text: str
    at: int
    selected: int  # where the selection began, -1 where there was none
    marked: str

    @classmethod
    def of(cls, box: QLineEdit) -> _Before:
        return cls(box, box.text(), box.cursorPosition(), box.selectionStart(), box.selectedText())

    def holds_more(self, keys: int) -> bool:
        """Whether something else typed too: an input method that has taken keys for itself."""
        return len(self.box.text()) > len(self.text) - len(self.marked) + keys

    def restore(self) -> None:
        if self.box.text() != self.text:
            self.box.setText(self.text)
        self.box.setCursorPosition(self.at)
        if self.selected >= 0:
            self.box.setSelection(self.selected, len(self.marked))


class Wedge(QObject):
    """Watches the keys of one window, before any widget or shortcut has them.

    `wants` says whether a scan is wanted now: not in a box that reads scans itself, nor on a door that takes
    none. In a text field the first keys are delivered and taken back; elsewhere they wait for the next one.
    What turns out to be a person's is given back in its order.
    """

    scanned = Signal(str)
    """A code that was scanned, its letters nowhere on the screen."""

    def __init__(self, wants: Callable[[QWidget | None], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wants = wants
        self._burst, self._strays = Burst(), Burst(gap=SLOW)
        self._before: _Before | None = None
        self._held: list[QKeyEvent] = []
        self._window: QObject | None = None
        self._giving = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._give_back)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._giving or event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if not event.timestamp() or event.isAutoRepeat() or event.key() in _SHIFTS:
            return False  # without a time nothing can be told
        self._window = watched
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._keep_from_shortcuts(event)
        if event.type() == QEvent.Type.KeyRelease:
            if self._held:
                self._held.append(event.clone())
            return bool(self._held)
        return self._on_press(event, QApplication.focusWidget())

    def _on_press(self, event: QKeyEvent, focused: QWidget | None) -> bool:
        if event.key() in _ENTERS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return self._on_enter(event, focused)
        if not _is_text(event):
            self._give_back()
            self._burst.stop()
            self._strays.stop()
            return False
        strays = self._is_stray(event, focused)
        if not strays and not self._burst.goes_on(event.timestamp()):
            self._give_back()
            self._before = _Before.of(focused) if isinstance(focused, QLineEdit) else None
        told = self._burst.key(event.timestamp(), event.text())
        if not self._wants(focused):
            return False
        if strays:
            self._held.append(event.clone())
            self._wait.start(GIVE_BACK)
            return True
        begins = self._burst.keys == 1 and event.key() != Qt.Key.Key_Space
        if told is Told.BURST or (self._before is None and (begins or self._held)):
            self._held.append(event.clone())
            self._wait.start(_LOOK if begins else GIVE_BACK)
            return True
        return False

    def _on_enter(self, event: QKeyEvent, focused: QWidget | None) -> bool:
        told, before = self._burst.enter(event.timestamp()), self._before
        if told is not Told.SCAN and self._ends_strays(event.timestamp(), focused):
            return True
        mixed = before is not None and before.holds_more(SURE - 1)
        if told is not Told.SCAN or mixed or not self._wants(focused):
            self._give_back()
            return False
        self._wait.stop()
        self._held.clear()
        if before is not None:
            before.restore()
        self.scanned.emit(self._burst.text)
        return True

    def _is_stray(self, event: QKeyEvent, focused: QWidget | None) -> bool:
        """Whether it follows other letters where nothing is typed: a space among them presses nothing."""
        begins = not self._strays.goes_on(event.timestamp())
        if isinstance(focused, _TYPED_IN) or (begins and event.key() == Qt.Key.Key_Space):
            self._strays.stop()
            return False
        self._strays.key(event.timestamp(), event.text())
        return not begins

    def _ends_strays(self, at: int, focused: QWidget | None) -> bool:
        """Whether Enter ends such a row: as a slow scanner's code, or on a button that nobody means."""
        keys = self._strays.keys
        told = self._strays.enter(at)
        goes_on = 0 <= at - self._strays.last <= SLOW and keys >= STRAYS
        if not goes_on or isinstance(focused, _TYPED_IN) or not self._wants(focused):
            return False
        if told is Told.SCAN:
            self._wait.stop()
            self._held.clear()
            self.scanned.emit(self._strays.text)
            return True
        self._give_back()
        return isinstance(focused, QAbstractButton)

    def _keep_from_shortcuts(self, event: QKeyEvent) -> bool:
        """In the middle of a scan no key is a shortcut's."""
        if self._burst.keys < SURE - 1 or not self._burst.goes_on(event.timestamp()):
            return False
        event.accept()
        return True

    def _give_back(self) -> None:
        self._wait.stop()
        held, self._held = self._held, []
        self._giving = True
        for event in held:
            # A space that came among letters is one of them: it presses no button.
            on_button = isinstance(QApplication.focusWidget(), QAbstractButton)
            if self._window is not None and not (on_button and event.key() == Qt.Key.Key_Space):
                QApplication.sendEvent(self._window, event)
        self._giving = False


def _is_text(event: QKeyEvent) -> bool:
    """Whether the key types letters; with Ctrl and Alt together it is AltGr on Windows."""
    held = event.modifiers()
    alone = not held & (_HELD | Qt.KeyboardModifier.AltModifier)
    alt_gr = bool(held & Qt.KeyboardModifier.ControlModifier and held & Qt.KeyboardModifier.AltModifier)
    return bool(event.text()) and event.text().isprintable() and (alone or alt_gr)
