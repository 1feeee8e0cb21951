"""A damaged store is recovered in the window, step by step, and opens."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.recovering import RecoveryDoor
from counter_app.services import checks
from counter_app.system.paths import Places
from tests.desk.hands import press

ENTER = Qt.Key.Key_Return


def door_of(start: Start, qtbot: QtBot) -> RecoveryDoor:
    def shown() -> bool:
        door = start.window.pages.currentWidget()
        return isinstance(door, RecoveryDoor) and bool(door.notice.words())

    qtbot.waitUntil(shown, timeout=60_000)
    door = start.window.pages.currentWidget()
    assert isinstance(door, RecoveryDoor)
    return door


@pytest.mark.usefixtures("app")
def test_a_damaged_store_is_recovered_step_by_step(
    store: Places, make_start: Callable[[Places], Start], qtbot: QtBot
) -> None:
    data = bytearray(store.database.read_bytes())
    data[20] ^= 1
    store.database.write_bytes(data)
    start = make_start(store)
    door = door_of(start, qtbot)
    assert "tệp không mở được" in door.notice.words()
    assert door.anyway.isHidden()

    press(ENTER)

    qtbot.waitUntil(lambda: "Khôi phục xong" in door.notice.words(), timeout=60_000)
    assert "để riêng ở" in door.steps.text()
    assert start.window.desk is None
    if picture := os.environ.get("COUNTER_PICTURES"):
        for size in ((1366, 768), (1024, 600)):
            start.window.resize(*size)
            start.window.grab().save(f"{picture}/recover-{size[0]}.png")
    press(ENTER)
    qtbot.waitUntil(lambda: start.window.desk is not None, timeout=60_000)
    assert list(store.data.glob("set-aside-*/store.db"))


@pytest.mark.usefixtures("app")
def test_a_store_that_a_check_found_damaged_can_be_looked_at_first(
    store: Places, make_start: Callable[[Places], Start], qtbot: QtBot
) -> None:
    checks.note_damage(store, "chain 0:1")
    start = make_start(store)
    door = door_of(start, qtbot)
    assert not door.anyway.isHidden()

    press(Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: start.window.desk is not None, timeout=60_000)
    assert checks.noted_damage(store)


@pytest.mark.usefixtures("app")
def test_while_it_works_no_key_falls_to_the_foot(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    door, lamp = RecoveryDoor(), QPushButton()
    column = QVBoxLayout(whole)
    column.addWidget(door)
    column.addWidget(lamp)
    whole.show()
    whole.activateWindow()
    door.button.setFocus()
    qtbot.waitUntil(door.button.hasFocus)

    door.set_busy(True)
    assert door.hasFocus() and not lamp.hasFocus()
    door.set_busy(False)

    assert door.button.hasFocus()
