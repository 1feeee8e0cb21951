"""The walk of a screen reader over a store with work in it: every face, its forms open, and the way round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start, Surroundings
from counter_app.desk.first_run.wizard import FirstRun
from counter_app.desk.window import Window
from counter_app.system.paths import Places
from tests.desk import scenes
from tests.desk.hands import FakePrinter, HandClock, press
from tests.desk.test_accessible import _class, _in_group_of, _tab_stops, _takes_focus, walk
from tests.vaults import OpenVault

_MOST = 120


def faults_of(window: Window) -> list[str]:
    """Names, roles, and whether Tab comes by each stop once, round and back the same road."""
    found = [interface for interface in walk(window) if _takes_focus(interface)]
    told = [f"nameless {_class(one)}" for one in found if not one.text(QAccessible.Text.Name).strip()]
    told += [
        f"no role {_class(one)}"
        for one in found
        if one.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client)
    ]
    before = QApplication.focusWidget()
    there = _round(window, Qt.Key.Key_Tab)
    back = _round(window, Qt.Key.Key_Backtab)
    if len(set(there)) != len(there):
        told.append("Tab comes by one twice")
    page = window.pages.currentWidget()
    stops = _tab_stops(page) if page is not None else []
    passed = [one for one in stops if one not in there and not _in_group_of(one, there)]
    if passed:
        told.append(f"passed by: {_names(passed)}")
    if there[1:] != back[:0:-1]:
        told.append(f"back is another road: {_names(there)} / {_names(back[::-1])}")
    if before is not None and before.isVisible():
        before.setFocus()
    return told


def _round(window: Window, key: Qt.Key) -> list[QWidget]:
    first = QApplication.focusWidget()
    if first is None or not first.focusPolicy() & Qt.FocusPolicy.TabFocus:
        window.focusNextChild()  # a door that has the focus itself is no stop of Tab
        first = QApplication.focusWidget()
    assert first is not None
    seen = [first]
    for _ in range(_MOST):
        if key is Qt.Key.Key_Backtab:
            press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        else:
            press(key)
        here = QApplication.focusWidget()
        assert here is not None
        if here is first:
            return seen
        seen.append(here)
    return [*seen, seen[-1]]  # it never comes round


def _names(widgets: list[QWidget]) -> str:
    return ", ".join(f"{type(one).__name__} {one.accessibleName()!r}" for one in widgets)


@pytest.fixture
def start(app: QApplication, printer: FakePrinter, qtbot: QtBot, tmp_path: Path) -> Start:
    made = Start(
        tmp_path / "one",
        Surroundings(HandClock(), OpenVault, lambda: printer, {"COUNTER_PASSPHRASE": "mật khẩu dài"}),
    )
    made.window.resize(1366, 768)
    return made


def test_every_face_of_a_store_with_work_in_it_is_named_and_gone_round(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    disputed = scenes.work(tmp_path)
    start.window.show()
    start.window.activateWindow()
    qtbot.waitUntil(start.window.isActiveWindow)
    start.open()
    qtbot.waitUntil(lambda: start.window.desk is not None, timeout=10_000)
    found = []
    for face in scenes.Faces(start.window, qtbot).all(disputed):
        qtbot.wait(20)
        found += [f"{face}: {fault}" for fault in faults_of(start.window)]
    for face in scenes.doors(start, qtbot):
        qtbot.wait(20)
        found += [f"{face}: {fault}" for fault in faults_of(start.window)]
    start.window.close()

    assert found == [], "\n".join(found)


def test_every_step_of_the_first_run_is_named_and_gone_round(
    places: Places, make_start: Callable[[Places], Start], qtbot: QtBot
) -> None:
    window = make_start(places).window
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), FirstRun))
    wizard = window.pages.currentWidget()
    found = []
    for face in scenes.first_run(window):
        qtbot.wait(20)
        assert isinstance(wizard, FirstRun)
        wizard.onward.setFocus()
        found += [f"{face}: {fault}" for fault in faults_of(window)]

    assert found == [], "\n".join(found)
