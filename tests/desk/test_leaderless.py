"""No administrator is left: the seat says so, and the recovery sheet gives one back without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.pages.settings import SettingsPage
from counter_app.desk.reopening import ReopenDoor
from counter_app.desk.seat import SeatDoor
from counter_app.desk.settings.officers import OfficersSection
from counter_app.services import accounts, opening
from counter_app.services.opening import Openers
from counter_app.system.paths import Places
from tests.desk.hands import HandClock, press, seat_of, type_in
from tests.desk.leaderless import CTRL, ENTER, leave_none
from tests.desk.walking import nameless
from tests.vaults import OpenVault

TAB = Qt.Key.Key_Tab


@pytest.mark.parametrize("others", [True, False])
def test_the_seat_says_it_and_the_sheet_gives_one_back(
    tmp_path: Path,
    vault: OpenVault,
    make_start: Callable[[Places], Start],
    qtbot: QtBot,
    others: bool,
) -> None:
    places, words = leave_none(tmp_path, vault, others=others)
    start = make_start(places)
    pages = start.window.pages
    qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), SeatDoor), timeout=10_000)
    seat = pages.currentWidget()
    assert isinstance(seat, SeatDoor)
    qtbot.waitUntil(lambda: seat.reopen.isVisible())
    assert "Không còn tài khoản quản trị nào mở" in seat.leaderless.words()
    assert seat.leaderless.words().count(".") == 1
    qtbot.waitUntil(lambda: (seat.pin if others else seat.reopen).hasFocus())
    assert nameless(seat) == []

    press(Qt.Key.Key_R, CTRL)
    form = pages.currentWidget()
    assert isinstance(form, ReopenDoor) and form.sheet.hasFocus()
    assert nameless(form) == []
    press(Qt.Key.Key_Escape)
    assert pages.currentWidget() is seat
    press(Qt.Key.Key_R, CTRL)

    form.who.setCurrentIndex(form.who.findData("hoa"))
    type_in(words.replace(words[:5], "babab"))
    press(TAB)
    type_in("7777")
    press(TAB)
    type_in("777")
    press(ENTER)
    assert "không giống nhau" in form.notice.words()
    type_in("7")
    press(ENTER)
    qtbot.waitUntil(lambda: "iếu khôi phục" in form.notice.words())
    form.sheet.setText(words)
    press(ENTER)

    qtbot.waitUntil(lambda: pages.currentWidget() is seat and seat.officer() == "hoa")
    qtbot.waitUntil(lambda: "Đã mở lại tài khoản của Hoa" in seat.notice.words())
    assert seat.leaderless.words() == ""
    type_in("7777")
    press(ENTER)
    qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), IntakePage), timeout=10_000)
    assert start.window.foot.officer.words() == "Hoa"


def test_who_sits_there_reads_it_among_the_accounts(
    tmp_path: Path, vault: OpenVault, make_start: Callable[[Places], Start], qtbot: QtBot
) -> None:
    places, _ = leave_none(tmp_path, vault, others=True)
    start = make_start(places)
    seat = seat_of(start, qtbot)
    type_in("2580")
    press(ENTER)
    qtbot.waitUntil(lambda: start.window.pages.currentWidget() is not seat)

    page = start.window.go("settings")
    assert isinstance(page, SettingsPage)
    section = page.choose("officers")
    assert isinstance(section, OfficersSection)

    qtbot.waitUntil(lambda: "Không còn tài khoản quản trị" in section.leaderless.words())


def test_a_seat_with_an_administrator_says_nothing_of_it(
    store: Places,
    vault: OpenVault,
    clock: HandClock,
    make_start: Callable[[Places], Start],
    qtbot: QtBot,
) -> None:
    office = opening.open_store(store, Openers(vault), clock)
    accounts.set_pin(office, office.session(), "9999")
    office.close()
    start = make_start(store)
    seat = seat_of(start, qtbot)

    press(Qt.Key.Key_R, CTRL)

    assert start.window.pages.currentWidget() is seat
    assert seat.leaderless.words() == ""
