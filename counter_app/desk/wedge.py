"""A scanner that types: its burst of keys is told from a person's, wherever the focus is.

A wedge (a USB scanner that poses as a keyboard) types tens of keys a few milliseconds apart and ends in
Enter. The quickest typists average some 120 ms from key to key, and roll over two or three keys at 30 ms
now and then (Dhakal et al., CHI 2018), never over eight in a row. The keys' own times decide, not the time
of delivery: a slow machine hands a person's keys over in one heap.

A scanner that is set to pause longer is told by more than its pace. Where nothing is typed, on a button or a
list, a hand presses one key and looks, and no row of letters is meant. In a field its keys are typed, and
taken back at its Enter if they came evenly and are, whole, one of the forms that are scanned.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from counter_app.desk.bursts import STRAYS, SURE, Before, Burst, Row, Told, is_typed_in

GIVE_BACK: Final = 150  # ms without a key, then what is held was typed by a person after all
_LOOK: Final = 45  # ms that a first key waits where no text is typed: less than a key may take to answer
_SHIFTS: Final = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr, Qt.Key.Key_Mode_switch})
_ENTERS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_KEYS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


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
        self._burst, self._row = Burst(), Row()
        self._before: Before | None = None
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
            self._row.stop()
            return False
        strays = self._is_stray(event, focused)
        if not strays and not self._burst.goes_on(event.timestamp()):
            self._give_back()
            self._before = Before.of(focused, focused) if isinstance(focused, QLineEdit) else None
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
        longer = self._row.keys > self._burst.keys  # at 35 ms a key the burst is but the end of the row
        told = self._burst.enter(event.timestamp())
        before, self._before = self._before, None
        if before is not None and not isValid(before.box):
            before = None  # an act's fields go with it
        if (longer or told is not Told.SCAN) and self._ends_row(event.timestamp(), focused):
            return True
        mixed = before is not None and before.holds_more(SURE - 1)
        if told is not Told.SCAN or mixed or not self._wants(focused):
            self._give_back()
            return False
        if before is not None:
            before.restore()
        self._scan(self._burst.text)
        return True

    def _is_stray(self, event: QKeyEvent, focused: QWidget | None) -> bool:
        """Whether it is held, for it follows other letters where nothing is typed.

        A space among them presses nothing. A hand that goes on in a field, which the first of them has
        opened, has all its letters as soon as it shows that it is one.
        """
        row = self._row
        begins = not row.goes_on(event.timestamp())
        if begins and event.key() == Qt.Key.Key_Space and not is_typed_in(focused):
            row.stop()
            return False
        if begins:
            row.begin(loose=not is_typed_in(focused))
        if not row.loose or begins:
            row.meets(focused)
        row.key(event.timestamp(), event.text())
        if row.loose and is_typed_in(focused) and not row.is_even():
            row.loose = False
            self._give_back()
            row.meets(focused)
        return row.loose and not begins

    def _ends_row(self, at: int, focused: QWidget | None) -> bool:
        """Whether Enter ends such a row: as a slow scanner's code, or on a button that nobody means."""
        row = self._row
        goes_on = row.goes_on(at) and row.keys >= STRAYS
        is_scan = goes_on and row.ends_scan(focused)
        row.enter(at)
        if not goes_on or not self._wants(focused):
            return False
        if is_scan:
            row.restore()
            self._scan(row.text)
            return True
        self._give_back()
        return row.loose and isinstance(focused, QAbstractButton)

    def _scan(self, text: str) -> None:
        self._row.stop()
        self._wait.stop()
        self._held.clear()
        self.scanned.emit(text)

    def _keep_from_shortcuts(self, event: QKeyEvent) -> bool:
        """In the middle of a scan no key is a shortcut's."""
        if self._burst.keys < SURE - 1 or not self._burst.goes_on(event.timestamp()):
            return False
        event.accept()
        return True

    def _give_back(self) -> None:
        self._wait.stop()
        held, self._held = self._held, []
        if held and self._row.loose:  # a slow machine may be late with the next of its keys
            self._row.meets(QApplication.focusWidget())
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
