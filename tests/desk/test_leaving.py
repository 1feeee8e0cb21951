"""The window closes while something waits to be sent: a band asks once, and holds nobody up for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk import sync_watch
from counter_app.desk.app import Start, Surroundings
from counter_app.desk.pages.books import Book
from counter_app.desk.printer_watch import PrinterWatch
from counter_app.domain.errors import Unreachable
from counter_app.services import closing, opening, syncing
from counter_app.services.opening import Openers
from counter_app.system.paths import Places
from tests.desk.hands import FakePrinter, HandClock, press
from tests.desk.test_window import receive
from tests.district import bases
from tests.district.test_exchange import Road, invite
from tests.vaults import OpenVault

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
Begin = Callable[[], tuple[Start, Road]]


def dead(path: str, body: bytes) -> bytes:
    raise Unreachable("district-unreachable")


@pytest.fixture
def begin(
    store: Places,
    vault: OpenVault,
    clock: HandClock,
    printer: FakePrinter,
    district: bases.Server,
    app: QApplication,
    qtbot: QtBot,
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Begin]:
    """The window of an enrolled machine that synchronised once and, for the test's time, not by itself."""
    for name in ("_AGAIN", "_AFTER_SAVE"):
        monkeypatch.setattr(sync_watch, name, 600_000)
    office = opening.open_store(store, Openers(vault), clock)
    road = Road(district)
    syncing.enrol(office, office.session(), road, "http://localhost", invite(district, district.commune))
    office.close()
    begun: list[Start] = []

    def make() -> tuple[Start, Road]:
        around = Surroundings(clock, lambda: vault, lambda: printer, {}, lambda known: road)
        start = Start(store.data, around)
        begun.append(start)
        start.window.resize(1366, 768)
        start.window.show()
        start.window.activateWindow()
        start.open()
        qtbot.waitUntil(lambda: start.window.desk is not None, timeout=10_000)
        start.findChild(PrinterWatch).find()
        sync = start.window.desk.sync
        qtbot.waitUntil(lambda: sync.last is not None and sync.last.done is not None, timeout=10_000)
        qtbot.waitUntil(lambda: start.leaving is not None, timeout=10_000)
        return start, road

    yield make
    for start in begun:
        if start.leaving is not None:
            start.leaving._sure = True
        start.window.close()
        if start.window.isVisible():
            start.close()  # it asks first, as of one that is enrolled
        start.window.deleteLater()


def asked(start: Start, qtbot: QtBot) -> str:
    """Closes the window, and gives what the band says."""
    start.window.close()
    qtbot.waitUntil(lambda: start.leaving.band is not None and start.leaving.band.isVisible())
    return start.leaving.band.words()


def test_with_all_at_the_server_it_closes_without_a_word(begin: Begin, qtbot: QtBot) -> None:
    start, _ = begin()

    start.window.close()

    qtbot.waitUntil(lambda: not start.window.isVisible())
    assert start.leaving.band is None


def test_enter_sends_what_waits_and_closes_once_it_is_safe(begin: Begin, qtbot: QtBot) -> None:
    start, road = begin()
    for _ in range(3):
        receive(start.window.desk.office)

    assert asked(start, qtbot) == "Còn 3 hồ sơ chưa gửi lên máy chủ, vẫn nguyên ở máy này."
    assert start.window.isVisible() and start.leaving.band.send.hasFocus()
    before = len(road.bodies)
    press(ENTER)
    assert start.leaving.band.words() == "Đang gửi lên máy chủ; gửi xong thì thoát."
    assert start.leaving.band.stay.hasFocus()

    qtbot.waitUntil(lambda: not start.window.isVisible(), timeout=10_000)
    assert len(road.bodies) > before
    assert start._office is None


def test_esc_stays_with_the_focus_where_it_was_and_the_next_exit_asks_again(
    begin: Begin, qtbot: QtBot
) -> None:
    start, _ = begin()
    receive(start.window.desk.office)
    start.window.scan_box.setFocus()
    asked(start, qtbot)

    press(ESC)

    assert not start.leaving.band.isVisible() and start.window.isVisible()
    assert start.window.scan_box.hasFocus()
    assert asked(start, qtbot) == "Còn 1 hồ sơ chưa gửi lên máy chủ, vẫn nguyên ở máy này."


def test_the_arrows_choose_and_leaving_leaves_it_for_the_next_time(begin: Begin, qtbot: QtBot) -> None:
    start, road = begin()
    receive(start.window.desk.office)
    asked(start, qtbot)
    before = len(road.bodies)

    press(Qt.Key.Key_Right)
    assert start.leaving.band.leave.hasFocus()
    press(ENTER)

    assert not start.window.isVisible()
    assert len(road.bodies) == before


def test_whoever_closes_twice_is_not_asked_twice(begin: Begin, qtbot: QtBot) -> None:
    start, _ = begin()
    receive(start.window.desk.office)
    asked(start, qtbot)

    start.window.close()

    assert not start.window.isVisible()


def test_a_dead_link_says_why_and_lets_leave(begin: Begin, qtbot: QtBot) -> None:
    start, road = begin()
    receive(start.window.desk.office)
    asked(start, qtbot)
    road.post = dead  # type: ignore[method-assign]

    press(ENTER)

    band = start.leaving.band
    qtbot.waitUntil(lambda: "Chưa kết nối" in band.words(), timeout=10_000)
    assert band.words().startswith("Chưa kết nối được máy chủ")
    assert "Còn 1 hồ sơ chưa gửi lên máy chủ, vẫn nguyên ở máy này." in band.words()
    assert start.window.isVisible() and band.send.hasFocus()
    press(Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    assert not start.window.isVisible()


def test_who_has_paused_is_still_asked_and_sending_ends_the_pause(begin: Begin, qtbot: QtBot) -> None:
    start, road = begin()
    desk = start.window.desk
    desk.sync.pause_by_hand(None)
    qtbot.waitUntil(lambda: desk.sync.last.pause is not None)
    receive(desk.office)
    before = len(road.bodies)

    asked(start, qtbot)
    press(ENTER)

    qtbot.waitUntil(lambda: not start.window.isVisible(), timeout=10_000)
    assert len(road.bodies) > before


def test_the_end_of_a_session_is_never_held_up(begin: Begin, qtbot: QtBot) -> None:
    start, _ = begin()
    receive(start.window.desk.office)
    kept: list[str] = []
    page = start.window.go("intake")
    page.closing = lambda: kept.append("kept")  # type: ignore[method-assign]

    app = QApplication.instance()
    (session,) = (child for child in app.children() if isinstance(child, QSessionManager))
    app.commitDataRequest.emit(session)
    start.window.close()

    assert not start.window.isVisible()
    assert kept[0] == "kept"


def test_a_message_that_hangs_does_not_hold_up_the_exit_and_its_answer_is_asked_for_again(
    begin: Begin, qtbot: QtBot
) -> None:
    start, road = begin()
    receive(start.window.desk.office)
    post, hangs, answers = road.post, [], threading.Event()

    def hang(path: str, body: bytes) -> bytes:
        hangs.append(path)
        answers.wait(120)
        return post(path, body)

    road.post = hang  # type: ignore[method-assign]
    start.window.desk.sync.sync_by_hand()
    qtbot.waitUntil(lambda: bool(hangs))
    asked(start, qtbot)
    began = time.monotonic()

    start.window.close()

    assert time.monotonic() - began < 60  # it hangs for twice as long
    assert not start.window.isVisible()
    answers.set()  # it comes after all, to nobody
    for lane in threading.enumerate():
        if lane.name == "lane-sync":
            lane.join()
    road.post = post  # type: ignore[method-assign]
    again, _ = begin()
    qtbot.waitUntil(lambda: again.window.foot.lamp.text() == "An toàn trên máy chủ: 1/1", timeout=10_000)


def test_whoever_leaves_a_worked_day_open_is_asked_once_and_led_to_its_closing(
    store: Places, make_start: Callable[[Places], Start], clock: HandClock, qtbot: QtBot
) -> None:
    start = make_start(store)
    qtbot.waitUntil(lambda: start.leaving is not None, timeout=60_000)
    office = start.window.desk.office
    receive(office)
    clock.pass_by(hours=9)

    assert asked(start, qtbot).startswith("Hôm nay chưa chốt sổ")
    assert start.leaving.band.close_day.hasFocus() and not start.leaving.band.send.isVisible()
    press(ENTER)

    books = start.window.go("books")
    qtbot.waitUntil(lambda: books.book is Book.DAY, timeout=60_000)
    assert start.window.isVisible() and not start.leaving.band.isVisible()
    closing.close(office, office.session(), clock().date())
    start.window.close()
    qtbot.waitUntil(lambda: not start.window.isVisible(), timeout=60_000)
