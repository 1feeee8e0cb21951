"""Nothing is cut off: every page at the sizes of real screens, plain and enlarged, in both languages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start, Surroundings
from counter_app.desk.first_run.wizard import FirstRun
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.parts import KeyHints
from counter_app.desk.title_row import TitleRow
from counter_app.desk.window import Window
from counter_app.system.paths import Places, resource
from counter_app.words import language
from tests.desk import leaderless, scenes
from tests.desk.fitting import cut_off
from tests.desk.hands import FakePrinter, HandClock
from tests.desk.stocked import PASSPHRASE, stocked
from tests.vaults import OpenVault

# Pixels of the window: 1366×768 and 1024×600 as they are, then 1366×768 enlarged to 150 % and to 200 %.
SIZES = ((1366, 768), (1024, 600), (910, 512), (683, 384))


@pytest.fixture(params=language.LANGUAGES)
def spoken(request: pytest.FixtureRequest, app: QApplication) -> Iterator[str]:
    language.use(request.param)
    translator = QTranslator()
    if request.param != language.SOURCE:
        assert translator.load(str(resource(f"translations/counter_{request.param}.qm")))
        app.installTranslator(translator)
    yield request.param
    app.removeTranslator(translator)
    language.use(language.SOURCE)


def faults(window: Window, faces: Iterator[str], qtbot: QtBot) -> list[str]:
    """What does not fit, at each size, while the window shows each face."""
    found = []
    folder = os.environ.get("COUNTER_PICTURES")
    window.setUpdatesEnabled(bool(folder))  # where nobody looks at it, painting is half the time
    # The offices' own language at all sizes, a translation at the widest and the narrowest.
    sizes = SIZES if language.spoken() == language.SOURCE else (SIZES[0], SIZES[-1])
    for face in faces:
        for size in sizes:
            window.resize(*size)
            found += [f"{face} at {size[0]}×{size[1]}: {fault}" for fault in _lasting(window, qtbot)]
            if folder:
                window.grab().save(f"{folder}/{face}-{language.spoken()}-{size[0]}.png")
    return found


def _lasting(window: Window, qtbot: QtBot) -> list[str]:
    """What is cut off once everything has its place, which takes a turn of the loop or some."""
    for wait in (5, 15, 100, 400):
        qtbot.wait(wait)
        if not (seen := cut_off(window)):
            return []
    return seen


def test_nothing_is_cut_off_on_any_page_at_any_size(
    spoken: str, app: QApplication, printer: FakePrinter, qtbot: QtBot, tmp_path: Path
) -> None:
    stock = stocked(tmp_path / "one")
    given = {"COUNTER_PASSPHRASE": PASSPHRASE}
    start = Start(tmp_path / "one", Surroundings(HandClock(), OpenVault, lambda: printer, given))
    start.window.show()
    start.open()
    qtbot.waitUntil(lambda: start.window.desk is not None, timeout=10_000)
    faces = scenes.Faces(start.window, qtbot)

    found = faults(start.window, faces.all(stock), qtbot)
    found += faults(start.window, scenes.doors(start, qtbot), qtbot)
    start.window.close()

    assert found == [], "\n".join(found)


def test_nothing_is_cut_off_where_no_administrator_is_left(
    spoken: str, vault: OpenVault, make_start: Callable[[Places], Start], qtbot: QtBot, tmp_path: Path
) -> None:
    places, words = leaderless.leave_none(tmp_path, vault, others=True)
    start = make_start(places)

    found = faults(start.window, leaderless.faces(start, words, qtbot), qtbot)

    assert found == [], "\n".join(found)


def test_nothing_is_cut_off_in_the_first_run(
    spoken: str, places: Places, make_start: Callable[[Places], Start], qtbot: QtBot
) -> None:
    window = make_start(places).window
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), FirstRun))

    found = faults(window, scenes.first_run(window), qtbot)

    assert found == [], "\n".join(found)


def test_what_has_the_focus_is_seen_whole_on_a_screen_enlarged_twice(
    window: Window, intake: IntakePage, qtbot: QtBot
) -> None:
    window.resize(*SIZES[-1])
    intake.person.has_submitter.setChecked(True)
    qtbot.wait(20)

    assert intake.form.area.viewport().height() >= 120
    for step in intake.person.steps():
        intake.person.focus(step)
        qtbot.waitUntil(lambda step=step: step.visibleRegion().boundingRect() == step.rect())


def test_hints_and_caps_come_back_where_the_window_grows_again(
    window: Window, intake: IntakePage, qtbot: QtBot
) -> None:
    park, save = intake.form.park, intake.form.save
    (hints,) = (one for one in intake.findChildren(KeyHints) if isinstance(one.parentWidget(), TitleRow))
    for size, there in ((SIZES[-1], False), (SIZES[0], True)):
        window.resize(*size)
        qtbot.waitUntil(lambda there=there: park._cap.isVisible() is there)
        assert save._cap.isVisible()
        assert hints.isVisible() is there
        assert window.top.picture._cap.isVisible() is there
