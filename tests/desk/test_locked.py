"""A counter that the district has locked: the seat says why, and the recovery sheet opens it by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import seating
from counter_app.desk.app import Start
from counter_app.desk.overruling import OverruleDoor
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.seat import SeatDoor
from counter_app.district.ordering import order
from counter_app.domain.orders import Order
from counter_app.services import opening, syncing
from counter_app.services.opening import NewStore, Openers
from counter_app.system.paths import Places
from tests.desk.hands import HandClock, press, type_in
from tests.desk.walking import nameless
from tests.district import bases
from tests.district.test_exchange import Road, invite
from tests.vaults import OpenVault

CTRL, ENTER = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return


class Enrolled:
    """A store, its sheet's words, its road, and what the district orders it to do."""

    def __init__(self, places: Places, vault: OpenVault, district: bases.Server) -> None:
        self.places, self.district, self.road = places, district, Road(district)
        words: list[str] = []
        new = NewStore("H15.321", "UBND xã Ea Mlung", device="QUẦY 1", sheet=words.append)
        office = opening.create(places, new, Openers(vault), HandClock())
        code = invite(district, district.commune)
        syncing.enrol(office, office.session(), self.road, "http://localhost", code)
        syncing.sync(office, self.road)
        self.office, self.words = office, words[0]

    def order(self, wanted: Order) -> None:
        with self.district.base.writing() as connection:
            order(connection, self.district.who, 1, wanted, "máy bị mất", bases.START_MS)

    def hear(self, wanted: Order) -> None:
        self.order(wanted)
        syncing.sync(self.office, self.road)


@pytest.fixture
def enrolled(tmp_path: Path, vault: OpenVault, district: bases.Server) -> Enrolled:
    return Enrolled(Places(tmp_path / "one"), vault, district)


def locked_seat(start: Start, qtbot: QtBot) -> SeatDoor:
    pages = start.window.pages
    qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), SeatDoor), timeout=10_000)
    seat = pages.currentWidget()
    assert isinstance(seat, SeatDoor)
    qtbot.waitUntil(lambda: seat.reopen.isVisible() and seat.reopen.hasFocus())
    return seat


def test_the_seat_says_why_and_the_sheet_opens_it(
    enrolled: Enrolled, make_start: Callable[[Places], Start], qtbot: QtBot
) -> None:
    enrolled.hear(Order.LOCK)
    enrolled.office.close()
    start = make_start(enrolled.places)
    seat, pages = locked_seat(start, qtbot), start.window.pages
    assert "lý do: máy bị mất" in seat.leaderless.words()
    assert not seat.pin.isEnabled() and nameless(seat) == []
    press(ENTER, Qt.KeyboardModifier.ShiftModifier)
    assert pages.currentWidget() is seat

    press(Qt.Key.Key_R, CTRL)
    form = pages.currentWidget()
    assert isinstance(form, OverruleDoor) and form.sheet.hasFocus() and nameless(form) == []
    press(Qt.Key.Key_Escape)
    assert pages.currentWidget() is seat
    press(Qt.Key.Key_R, CTRL)
    type_in(enrolled.words.replace(enrolled.words[:5], "babab"))
    press(ENTER)
    qtbot.waitUntil(lambda: "iếu khôi phục" in form.notice.words())
    form.sheet.setText(enrolled.words)
    press(ENTER)

    qtbot.waitUntil(lambda: pages.currentWidget() is seat and seat.pin.isEnabled() and seat.pin.hasFocus())
    assert seat.leaderless.words() == ""
    press(ENTER)
    qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), IntakePage), timeout=10_000)


def test_who_sits_there_leaves_and_comes_back_as_the_district_says(
    enrolled: Enrolled,
    make_start: Callable[[Places], Start],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seating, "_AGAIN", 100)
    enrolled.office.close()
    start = make_start(enrolled.places)
    pages = start.window.pages
    qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), IntakePage), timeout=10_000)
    assert start.window.desk is not None
    enrolled.office = start.window.desk.office

    enrolled.hear(Order.LOCK)
    seat = locked_seat(start, qtbot)

    enrolled.hear(Order.UNLOCK)
    qtbot.waitUntil(lambda: seat.pin.isEnabled() and seat.leaderless.words() == "")
