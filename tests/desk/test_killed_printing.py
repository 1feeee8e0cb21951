"""kill -9 between the print on record and the paper: nothing is lost or doubled, and the window says it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.pages.intake import IntakePage
from counter_app.services import keeping, lookup, print_journal
from counter_app.services.office import Office
from counter_app.system.paths import Places
from counter_app.system.printing import Job, Stage, Trouble
from tests.desk.hands import FakePrinter, press
from tests.desk.test_intake import saved_dossier

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def kill(store: Places) -> Callable[[str], list[Path]]:
    """Kills a window that prints at a stage; what its queue had taken by then."""
    spool = store.data.parent / "spool"
    spool.mkdir()

    def run(stage: str) -> list[Path]:
        words = [sys.executable, "-m", "tests.desk.dying", str(store.data.parent), stage]
        done = subprocess.run(words, timeout=120, capture_output=True, text=True)
        assert done.returncode == -signal.SIGKILL, done.stderr
        return sorted(spool.iterdir())

    return run


def back(store: Places, make_start: Callable[[Places], Start], qtbot: QtBot) -> tuple[IntakePage, Office]:
    """The window as it is opened after the kill."""
    start = make_start(store)
    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), IntakePage), timeout=10_000)
    page = start.window.pages.currentWidget()
    assert isinstance(page, IntakePage) and start.window.desk is not None
    desk = start.window.desk
    qtbot.waitUntil(lambda: type(desk.printer).__name__ == "FakePrinter")
    return page, desk.office


def kinds(office: Office) -> list[str]:
    assert keeping.verify(office).healthy
    assert len(lookup.newest(office)) == 1
    return [entry.event.header.kind for entry in saved_dossier(office).entries]


@pytest.mark.parametrize(("stage", "papers"), [("offered", 0), ("taken", 1)])
def test_a_print_whose_paper_nobody_saw_is_told_as_that_and_printed_again_as_a_copy(
    kill: Callable[[str], list[Path]],
    store: Places,
    make_start: Callable[[Places], Start],
    printer: FakePrinter,
    qtbot: QtBot,
    stage: str,
    papers: int,
) -> None:
    assert len(kill(stage)) == papers

    page, office = back(store, make_start, qtbot)
    assert kinds(office) == ["received", "printed"]
    code = saved_dossier(office).code
    assert [(one.code, one.held, one.job) for one in print_journal.unprinted(office)] == [(code, False, "")]
    qtbot.waitUntil(lambda: f"Có thể chưa in ra: giấy hẹn {code}" in page.unprinted.notice.words())
    assert printer.printed == []  # nothing is printed unasked

    press(Qt.Key.Key_P, CONTROL, SHIFT)

    qtbot.waitUntil(lambda: len(printer.printed) == 1)
    qtbot.waitUntil(lambda: print_journal.unprinted(office) == [])
    qtbot.waitUntil(lambda: page.unprinted.notice.words() == "")
    assert kinds(office) == ["received", "printed", "printed"]
    last = saved_dossier(office).prints[-1].payload
    assert last is not None
    assert (last["copy"], last["reason"]) == (2, "bản in trước có thể không ra giấy")


def test_who_finds_the_paper_in_the_tray_says_so_and_nothing_is_written(
    kill: Callable[[str], list[Path]],
    store: Places,
    make_start: Callable[[Places], Start],
    printer: FakePrinter,
    qtbot: QtBot,
) -> None:
    kill("taken")
    page, office = back(store, make_start, qtbot)
    qtbot.waitUntil(lambda: "Có thể chưa in ra" in page.unprinted.notice.words())

    press(Qt.Key.Key_G, CONTROL, SHIFT)

    qtbot.waitUntil(lambda: page.unprinted.notice.words() == "")
    assert kinds(office) == ["received", "printed"]
    assert (print_journal.unprinted(office), printer.printed) == ([], [])


def test_a_job_that_came_out_meanwhile_is_not_asked_about(
    kill: Callable[[str], list[Path]],
    store: Places,
    make_start: Callable[[Places], Start],
    printer: FakePrinter,
    qtbot: QtBot,
) -> None:
    assert len(kill("waiting")) == 1

    page, office = back(store, make_start, qtbot)

    qtbot.waitUntil(lambda: print_journal.unprinted(office) == [])
    assert page.unprinted.notice.words() == ""
    assert kinds(office) == ["received", "printed"]


def test_a_job_that_was_lost_meanwhile_is_told(
    kill: Callable[[str], list[Path]],
    store: Places,
    make_start: Callable[[Places], Start],
    printer: FakePrinter,
    qtbot: QtBot,
) -> None:
    kill("waiting")
    printer.fate = Job("", Stage.ENDED, Trouble.LOST)

    page, office = back(store, make_start, qtbot)

    qtbot.waitUntil(lambda: "Có thể chưa in ra" in page.unprinted.notice.words())
    assert [one.job for one in print_journal.unprinted(office)] == ["LASER-1"]
    assert kinds(office) == ["received", "printed"]


def test_a_job_that_still_waits_is_followed_on(
    kill: Callable[[str], list[Path]],
    store: Places,
    make_start: Callable[[Places], Start],
    printer: FakePrinter,
    qtbot: QtBot,
) -> None:
    kill("waiting")
    printer.fate = Job("", Stage.WAITING)
    page, office = back(store, make_start, qtbot)
    desk = page.desk
    qtbot.waitUntil(lambda: bool(desk.jobs.dossiers()))
    assert page.unprinted.notice.words() == ""

    printer.fate = Job("", Stage.PRINTED)

    qtbot.waitUntil(lambda: print_journal.unprinted(office) == [], timeout=10_000)
    assert printer.printed == []
