"""What the window's tests hold in their hands: a card, a clock, a vault, a printer, one key at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.seat import SeatDoor
from counter_app.domain.errors import CannotWrite
from counter_app.domain.zone import VIETNAM
from counter_app.system.printing import Job, Printer, PrinterState, Stage, Trouble

NOW = datetime(2026, 4, 20, 8, 15, tzinfo=VIETNAM)  # a Monday before Giỗ Tổ and 30/4
CARD = "066174000123||H’Loan Niê Kđăm|12031974|Nữ|Buôn Ea Mlung, xã Ea Mlung, tỉnh Đắk Lắk|10052021"


class FakePrinter:
    """Keeps what it is given; out of paper while `broken`. What it took has the `fate` that a test sets."""

    def __init__(self) -> None:
        self.printed: list[tuple[bytes, str, str]] = []
        self.broken = False
        self.fate = Job("", Stage.PRINTED)
        self.cancelled: list[str] = []

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        if self.broken:
            raise CannotWrite("printer-refused", printer="LASER")
        self.printed.append((pdf, title, paper))
        return f"LASER-{len(self.printed)}"

    def state(self) -> PrinterState:
        return PrinterState("LASER")

    def job(self, name: str) -> Job:
        return replace(self.fate, name=name)

    def cancel(self, name: str) -> None:
        self.cancelled.append(name)


@dataclass
class HandPrinter:
    name: str
    trouble: Trouble | None = None
    printed: list[tuple[bytes, str, str]] = field(default_factory=list)

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        self.printed.append((pdf, title, paper))
        return f"{self.name}-{len(self.printed)}"

    def state(self) -> PrinterState:
        return PrinterState(self.name, ready=self.trouble is None, trouble=self.trouble)

    def job(self, name: str) -> Job:
        return Job(name, Stage.PRINTED)

    def cancel(self, name: str) -> None:
        return None


class HandQueues:
    """The queues of a computer by hand; the first is the default one."""

    def __init__(self, *names: str) -> None:
        self.printers = {name: HandPrinter(name) for name in names}

    def names(self) -> list[str]:
        return list(self.printers)

    def printer(self, name: str) -> Printer:
        return self.printers.get(name) or HandPrinter(name, Trouble.REMOVED)


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)


def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """One key, to whatever has the focus."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(_focused(), key, held)


def type_in(text: str) -> None:
    """Types ASCII key by key, anything else as an input method (Unikey, ibus) delivers it."""
    if text.isascii():
        QTest.keyClicks(_focused(), text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(_focused(), event)


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the focus"
    return focused


def seat_of(start: Start, qtbot: QtBot) -> SeatDoor:
    """The door where an officer sits down, once it waits for a PIN."""

    def waits() -> bool:
        door = start.seating.door if start.seating else None
        return door is not None and bool(door.officer()) and door.pin.hasFocus()

    qtbot.waitUntil(waits)
    assert start.seating is not None and start.seating.door is not None
    return start.seating.door
