"""Work leaves the window's thread through one door, and comes home through it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from counter_app.desk.tasks import Tasks
from counter_app.domain.errors import CounterError, NotFound


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_work_runs_in_its_lane_and_comes_home_on_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    worked: list[str] = []
    home: list[tuple[int, str]] = []

    def work() -> int:
        worked.append(threading.current_thread().name)
        return 42

    tasks.run("store", work, lambda value: home.append((value, threading.current_thread().name)))
    qtbot.waitUntil(lambda: bool(home))

    assert worked == ["lane-store"]
    assert home == [(42, threading.main_thread().name)]


def test_acts_in_the_store_never_overlap(tasks: Tasks, qtbot: QtBot) -> None:
    inside, most, done = [0], [0], []

    def work() -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.01)
        inside[0] -= 1

    for _ in range(8):
        tasks.run("store", work, done.append)
    qtbot.waitUntil(lambda: len(done) == 8)

    assert most == [1]


def test_a_known_failure_goes_to_who_asked(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[CounterError] = []

    def work() -> None:
        raise NotFound("no-such-dossier", code="x")

    tasks.run("read", work, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))

    assert told[0].why == "no-such-dossier"


def test_a_known_failure_that_nobody_awaits_is_signalled(tasks: Tasks, qtbot: QtBot) -> None:
    def work() -> None:
        raise NotFound("no-such-dossier", code="x")

    with qtbot.waitSignal(tasks.failed) as signalled:
        tasks.run("read", work)

    assert isinstance(signalled.args[0], NotFound)


def test_a_bug_reaches_the_excepthook_and_then_who_asked(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[CounterError] = []

    with qtbot.capture_exceptions() as caught:
        tasks.run("read", lambda: 1 // 0, lambda _: None, told.append)
        qtbot.waitUntil(lambda: bool(told))

    assert caught[0][0] is ZeroDivisionError
    assert told[0].why == "bug"


def test_what_an_earlier_search_found_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    home: list[str] = []
    gate = threading.Event()

    def slow() -> str:
        gate.wait(5)
        return "earlier"

    tasks.run("read", slow, home.append, latest="find")
    tasks.run("paper", lambda: "later", home.append, latest="find")
    qtbot.waitUntil(lambda: bool(home))
    gate.set()
    tasks.run("read", lambda: "after both", home.append)
    qtbot.waitUntil(lambda: len(home) == 2)

    assert home == ["later", "after both"]


def test_a_slow_lane_does_not_stop_the_windows_heart(tasks: Tasks, qtbot: QtBot) -> None:
    beats: list[int] = []
    enough = threading.Event()

    def beat() -> None:
        beats.append(len(beats))
        if len(beats) > 20:
            enough.set()

    heart = QTimer()
    heart.timeout.connect(beat)
    done: list[bool] = []

    tasks.run("store", lambda: enough.wait(30), done.append)  # it ends once the window's heart has beaten
    heart.start(10)
    qtbot.waitUntil(lambda: bool(done))
    heart.stop()

    assert done == [True]


def test_nothing_comes_home_once_the_door_is_closed(qapp: object, qtbot: QtBot) -> None:
    tasks, home = Tasks(), []
    tasks.run("read", lambda: 1, home.append)

    tasks.close()
    qtbot.wait(30)

    assert home == []


def test_an_unknown_lane_is_refused(tasks: Tasks) -> None:
    with pytest.raises(ValueError, match="kitchen"):
        tasks.run("kitchen", lambda: None)


def test_signals_may_be_emitted_for_ever(tasks: Tasks) -> None:
    """PySide6 6.12.0 takes a reference to True at each emit, and Python 3.11 aborts at the last one."""
    for number in range(5_000):
        tasks.failed.emit(number)

    assert sys.getrefcount(True) > 100


def test_a_lane_that_breathes_stands_still_while_the_window_has_work(tasks: Tasks, qtbot: QtBot) -> None:
    steps: list[float] = []
    during: list[int] = []
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            tasks.breathe()
            steps.append(time.monotonic())
            time.sleep(0.0002)

    def something_to_do() -> None:
        begun = time.monotonic()
        while time.monotonic() < begun + 0.04:
            pass
        during.append(sum(begun + 0.015 < step < begun + 0.04 for step in steps))

    tasks.run("store", work)
    for pause in (50, 120, 190, 260, 330):
        QTimer.singleShot(pause, something_to_do)
    qtbot.waitUntil(lambda: len(during) == 5)
    qtbot.waitUntil(lambda: len(steps) > 100)  # it goes on where the window is idle
    ended.set()

    assert min(during) == 0 and sum(during) <= 10, "the window had its time"


def test_a_lane_that_breathes_goes_on_after_a_while_and_when_all_ends(qapp: object, qtbot: QtBot) -> None:
    tasks = Tasks()
    waited: list[float] = []
    go = threading.Event()

    def work() -> None:
        go.wait()
        before = time.monotonic()
        tasks.breathe()
        waited.append(time.monotonic() - before)

    def busy() -> None:
        begun = time.monotonic()
        while time.monotonic() < begun + 30 and not waited:
            if time.monotonic() > begun + 0.03:
                go.set()

    tasks.run("store", work)
    QTimer.singleShot(0, busy)
    qtbot.waitUntil(lambda: bool(waited))
    tasks.close()
    after = []
    for _ in range(5):
        before = time.monotonic()
        tasks.breathe()
        after.append(time.monotonic() - before)

    assert 0.03 < waited[0] < 20
    assert min(after) < 0.01
