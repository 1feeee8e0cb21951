"""The walk of a screen reader over a store with work in it: every face, its forms open, and the way round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start, Surroundings
from counter_app.desk.first_run.wizard import FirstRun
from counter_app.system.paths import Places
from tests.desk import leaderless, scenes
from tests.desk.hands import FakePrinter, HandClock
from tests.desk.stocked import PASSPHRASE, stocked
from tests.desk.walking import faults_of
from tests.vaults import OpenVault


@pytest.fixture
def start(app: QApplication, printer: FakePrinter, qtbot: QtBot, tmp_path: Path) -> Start:
    made = Start(
        tmp_path / "one",
        Surroundings(HandClock(), OpenVault, lambda: printer, {"COUNTER_PASSPHRASE": PASSPHRASE}),
    )
    made.window.resize(1366, 768)
    return made


def test_every_face_of_a_store_with_work_in_it_is_named_and_gone_round(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    stock = stocked(tmp_path / "one")
    start.window.show()
    start.window.activateWindow()
    qtbot.waitUntil(start.window.isActiveWindow)
    start.open()
    qtbot.waitUntil(lambda: start.window.desk is not None, timeout=10_000)
    found = []
    for face in scenes.Faces(start.window, qtbot).all(stock):
        qtbot.wait(20)
        found += [f"{face}: {fault}" for fault in faults_of(start.window)]
    for face in scenes.doors(start, qtbot):
        qtbot.wait(20)
        found += [f"{face}: {fault}" for fault in faults_of(start.window)]
    start.window.close()

    assert found == [], "\n".join(found)


def test_the_faces_of_an_office_without_an_administrator_are_named_and_gone_round(
    vault: OpenVault, make_start: Callable[[Places], Start], qtbot: QtBot, tmp_path: Path
) -> None:
    places, words = leaderless.leave_none(tmp_path, vault, others=True)
    start = make_start(places)
    start.window.resize(1366, 768)
    found = []
    for face in leaderless.faces(start, words, qtbot):
        qtbot.wait(20)
        found += [f"{face}: {fault}" for fault in faults_of(start.window)]

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
