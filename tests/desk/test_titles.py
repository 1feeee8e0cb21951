"""A page's name stands at one height: going from page to page with the keys moves nothing but the words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start, Surroundings
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.window import Window
from tests.desk.counters import Counter
from tests.desk.hands import CARD, FakePrinter, HandClock, type_in
from tests.desk.test_fits import SIZES, spoken
from tests.vaults import OpenVault

__all__ = ["spoken"]  # the fixture of both languages
pytestmark = pytest.mark.usefixtures("app")
PAGES = (
    "intake",
    "instant",
    "find",
    "board",
    "hand_back",
    "passing",
    "posting",
    "books",
    "feedback",
    "sync",
    "camera",
    "settings",
    "help",
)
WITHOUT_WHERE_TIGHT = {"board", "hand_back"}  # the rail tells it too


def baselines(window: Window) -> set[int]:
    """Where the words of the page's names stand: the last row of their ink that is under no letter's tail."""
    found = set()
    for label in window.pages.currentWidget().findChildren(QLabel):
        if label.property("kind") == "page" and label.isVisible():
            metrics = label.fontMetrics()
            top = label.mapTo(window, QPoint(0, (label.height() - metrics.height()) // 2)).y()
            found.add(top + metrics.ascent())
    return found


def test_every_page_has_its_title_at_the_same_height(
    spoken: str, tmp_path: Path, printer: FakePrinter, qtbot: QtBot
) -> None:
    Counter(tmp_path / "one").close()
    given = {"COUNTER_PASSPHRASE": "mật khẩu dài"}
    start = Start(tmp_path / "one", Surroundings(HandClock(), OpenVault, lambda: printer, given))
    window = start.window
    window.show()
    start.open()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)

    stand: dict[tuple[int, int], dict[str, set[int]]] = {}
    for size in SIZES:
        window.resize(*size)
        stand[size] = {}
        for name in PAGES:
            window.go(name)
            qtbot.wait(50)
            stand[size][name] = baselines(window)
    start.window.close()

    for size, pages in stand.items():
        without = {name for name, found in pages.items() if not found}
        assert without == (WITHOUT_WHERE_TIGHT if size == SIZES[-1] else set())
        assert len(set().union(*pages.values())) == 1, (size, pages)


def test_what_comes_into_the_intakes_title_row_does_not_move_it(
    window: Window, intake: IntakePage, qtbot: QtBot
) -> None:
    for size in SIZES:
        window.resize(*size)
        qtbot.wait(20)
        before = baselines(window)

        intake.person.name.setFocus()
        type_in(CARD)
        intake.form.ask_late(True)
        qtbot.wait(50)

        assert baselines(window) == before
        intake.form.ask_late(False)
        intake.clear()
