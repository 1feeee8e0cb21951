"""A real store in a temporary folder, a vault and a printer by hand, and the window over them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk import theme
from counter_app.desk.app import Start, Surroundings
from counter_app.desk.page import Desk
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.window import Window
from counter_app.domain.calendar import VIETNAM
from counter_app.domain.errors import CannotWrite, NoKey
from counter_app.services import opening
from counter_app.services.office import Office
from counter_app.services.opening import NewStore, Openers
from counter_app.system.paths import Places
from counter_app.system.printing import PrinterState

NOW = datetime(2026, 4, 20, 8, 15, tzinfo=VIETNAM)  # a Monday before Giỗ Tổ and 30/4
CARD = "066174000123||H’Loan Niê Kđăm|12031974|Nữ|Buôn Ea Mlung, xã Ea Mlung, tỉnh Đắk Lắk|10052021"


class FakeVault:
    """A keyring in memory; `wiped` forgets everything, as after a reinstalled system."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def set(self, name: str, secret: bytes) -> None:
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)

    def status(self) -> str:
        return "ok"


class FakePrinter:
    """Keeps what it is given; out of paper while `broken`."""

    def __init__(self) -> None:
        self.printed: list[tuple[bytes, str, str]] = []
        self.broken = False

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        if self.broken:
            raise CannotWrite("printer-refused", printer="LASER")
        self.printed.append((pdf, title, paper))
        return f"LASER-{len(self.printed)}"

    def state(self) -> PrinterState:
        return PrinterState("LASER")


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def vault() -> FakeVault:
    return FakeVault()


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data")


@pytest.fixture
def store(places: Places, vault: FakeVault, clock: HandClock) -> Places:
    """A commune's store, closed; the keyring opens it, and so does "mat khau"."""
    order = NewStore("H15.321", "UBND xã Ea Mlung", device="QUẦY 1", passphrase="mat khau")
    opening.create(places, order, Openers(vault), clock).close()
    return places


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    if not qapp.styleSheet():
        theme.apply(qapp)
    return qapp


@pytest.fixture
def make_start(
    app: QApplication, qtbot: QtBot, vault: FakeVault, printer: FakePrinter, clock: HandClock
) -> Iterator[Callable[[Places], Start]]:
    """The program over a folder, its window shown; closed when the test ends."""
    started: list[Start] = []

    def make(places: Places) -> Start:
        around = Surroundings(clock, lambda: vault, lambda: printer, {})
        start = Start(places.data, around)
        started.append(start)
        start.window.show()
        start.open()
        return start

    yield make
    for start in started:
        start.window.close()
        start.window.deleteLater()


@pytest.fixture
def window(store: Places, make_start: Callable[[Places], Start], qtbot: QtBot) -> Window:
    """The open desk, the intake ready to be filled."""
    start = make_start(store)
    qtbot.waitUntil(lambda: start.window.desk is not None, timeout=10_000)
    start.window.resize(1366, 768)
    page = start.window.go("intake")
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.procedure.found.topLevelItemCount() > 0)
    qtbot.waitUntil(lambda: start.window.desk is not None and not _without_printer(start.window.desk))
    start.window.activateWindow()
    return start.window


def _without_printer(desk: Desk) -> bool:
    return type(desk.printer).__name__ == "_NoPrinter"


@pytest.fixture
def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.office


@pytest.fixture
def intake(window: Window) -> IntakePage:
    page = window.pages.currentWidget()
    assert isinstance(page, IntakePage)
    return page


def press(widget: object, key: object, *modifiers: object) -> None:
    """One key, ASCII ones only: QTest aborts the process on others."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier  # type: ignore[operator]
    QTest.keyClick(widget, key, held)  # type: ignore[call-overload]


__all__ = ["CARD", "NOW", "FakePrinter", "FakeVault", "HandClock", "NoKey", "press"]
