"""Training in the window: the band is always there, and what was practised can be thrown away."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app import program
from counter_app.desk import theme
from counter_app.desk.app import Start, Surroundings, begin
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.pages.settings import SettingsPage
from counter_app.desk.settings.training import TrainingSection
from counter_app.desk.training import AnewDoor
from counter_app.desk.window import Window
from counter_app.services import lookup, training
from counter_app.system import processes
from counter_app.system.paths import Places, training_data
from tests.desk.hands import FakePrinter, HandClock, press, type_in
from tests.vaults import OpenVault

ENTER = Qt.Key.Key_Return


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return training_data(tmp_path / "counter")


@pytest.fixture
def start(
    app: QApplication, data: Path, vault: OpenVault, printer: FakePrinter, clock: HandClock, qtbot: QtBot
) -> Iterator[Start]:
    made = begin(data, Surroundings(clock, lambda: vault, lambda: printer, {}), training=True)
    made.window.activateWindow()
    qtbot.waitUntil(lambda: isinstance(made.window.pages.currentWidget(), IntakePage), timeout=60_000)
    yield made
    last = made
    while last is not None:
        last.window.close()
        last.window.deleteLater()
        last = last.successor


def band_colour(start: Start) -> str:
    picture = start.window.grab().toImage()
    return picture.pixelColor(4, 4).name().upper()


def test_every_page_stands_under_the_band(start: Start, qtbot: QtBot) -> None:
    band = start.window.findChild(type(start._practice.band))  # type: ignore[union-attr]

    for page in ("intake", "find", "board", "hand_back", "settings"):
        start.window.go(page)
        start.window.resize(1024, 600)
        assert band is not None and band.isVisible()
        assert band.words.text() == "TẬP DÙNG – không phải hồ sơ thật"
        assert band_colour(start) == theme.TRAINING
    start.seating.leave()  # type: ignore[union-attr]
    assert band.isVisible()


def test_the_store_is_filled_and_one_officer_without_pin_sits_there(start: Start) -> None:
    desk = start.window.desk
    assert desk is not None

    assert len(lookup.newest(desk.office, 500)) >= 50
    assert start.window.foot.officer.words() == "Vàng Thị Mai (tập dùng)"
    assert not (start.places.data.parent / "counter").exists()


@pytest.mark.parametrize("lost", [True, False])
def test_a_store_that_lost_its_key_and_was_made_anew_is_told_on_the_screen(
    app: QApplication,
    data: Path,
    vault: OpenVault,
    printer: FakePrinter,
    clock: HandClock,
    qtbot: QtBot,
    lost: bool,
) -> None:
    training.open_or_make(Places(data), vault, clock, lambda done, of: None).close()
    if lost:
        vault.kept.clear()
    start = begin(data, Surroundings(clock, lambda: vault, lambda: printer, {}), training=True)
    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), IntakePage), timeout=60_000)

    band = start._practice.band  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: band.news.isVisible() is lost)
    assert ("mất chìa khóa" in band.news.text()) is lost
    start.window.resize(683, 384)
    qtbot.wait(20)
    assert band.news.height() >= band.news.heightForWidth(band.news.width()) or not lost
    start.window.close()
    start.window.deleteLater()


def test_beginning_anew_needs_the_words_typed(start: Start, qtbot: QtBot) -> None:
    assert start._practice is not None
    start._practice.band.anew.click()
    door = start.window.pages.currentWidget()
    assert isinstance(door, AnewDoor) and door.said.hasFocus()

    type_in("lam")
    press(ENTER)
    assert "Chưa đúng" in door.notice.words()
    assert start.successor is None
    press(Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), IntakePage))


def test_begun_anew_another_window_has_the_first_dossiers_again(
    start: Start, vault: OpenVault, qtbot: QtBot
) -> None:
    assert start._practice is not None
    before = start.places.keys.read_bytes()
    start._practice.band.anew.click()
    type_in("lam lai")
    press(ENTER)

    qtbot.waitUntil(lambda: start.successor is not None)
    fresh = start.successor
    assert fresh is not None
    assert not start.window.isVisible()
    qtbot.waitUntil(lambda: isinstance(fresh.window.pages.currentWidget(), IntakePage), timeout=60_000)
    assert start.places.keys.read_bytes() != before
    assert fresh.window.desk is not None and fresh.window.desk.office.training


def test_the_program_knows_the_flag_with_and_without_a_folder() -> None:
    assert program._window_asked([]) == (None, False)
    assert program._window_asked(["--training"]) == (None, True)
    assert program._window_asked(["--data", "x", "--training"]) == (Path("x"), True)
    assert program._window_asked(["--training", "--data", "x"]) == (Path("x"), True)
    assert program._window_asked(["find", "--training"]) is None


def test_the_second_window_is_this_program_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "note"
    script = f"import sys; open({str(note)!r}, 'w').write(' '.join(sys.argv[1:]))"
    monkeypatch.setattr(processes, "own_command", lambda: [sys.executable, "-c", script])

    processes.start_training(tmp_path / "counter").wait(20)

    assert note.read_text().split() == ["--data", str(tmp_path / "counter"), "--training"]


def test_a_real_store_has_no_band(store: Places, make_start, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    start = make_start(store)
    qtbot.waitUntil(lambda: start.window.desk is not None)

    assert start._practice is None
    assert band_colour(start) != theme.TRAINING


def test_the_settings_open_the_training_store_beside_this_one(
    window: Window, store: Places, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(processes, "start_training", asked.append)
    page = window.go("settings")
    assert isinstance(page, SettingsPage)
    section = page.choose("training")
    assert isinstance(section, TrainingSection)

    section.open.click()

    qtbot.waitUntil(lambda: asked == [store.data])
    assert "cửa sổ khác" in section.notice.words()
