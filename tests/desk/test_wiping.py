"""A store is destroyed in the window: two officers, all delivered or sealed first, and never by a slip."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from counter_app.crypto.wraps import KeyFile
from counter_app.desk import sync_watch
from counter_app.desk.app import Start
from counter_app.desk.first_run.agency import AgencyName
from counter_app.desk.first_run.wizard import FirstRun
from counter_app.desk.page import Desk
from counter_app.desk.pages.settings import SettingsPage
from counter_app.desk.settings.ending import EndingSection
from counter_app.desk.wiping_door import WipedDoor, WipeDoor
from counter_app.district import devices, parcels
from counter_app.domain.errors import CannotRead
from counter_app.services import accounts, opening, syncing
from counter_app.services.opening import Openers
from counter_app.system.paths import Places
from tests.desk.districts import District, district
from tests.desk.hands import CARD, HandClock, press, seat_of, type_in
from tests.desk.test_wedge import Keyboard
from tests.district.test_whole import shown
from tests.services.stores import receive
from tests.vaults import OpenVault

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
MINE, OTHER, CODE, WHY = "1470", "2580", "h15.321", "May thanh ly"
Begin = Callable[[], WipeDoor]


@pytest.fixture
def above(tmp_path: Path) -> Iterator[District]:
    with district(tmp_path) as made:
        yield made


@pytest.fixture
def start(
    store: Places,
    vault: OpenVault,
    clock: HandClock,
    above: District,
    make_start: Callable[..., Start],
    qtbot: QtBot,
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Start:
    """An enrolled machine of two officers; the administrator sits there, and a dossier was never sent."""
    for name in ("_AGAIN", "_AFTER_SAVE"):
        monkeypatch.setattr(sync_watch, name, 600_000)
    office = opening.open_store(store, Openers(vault), clock)
    session = office.session()
    syncing.enrol(office, session, above, "http://localhost", above.invite())
    accounts.add_officer(office, session, "lan", "Lò Thị Lan", "officer", OTHER)
    accounts.set_pin(office, session, MINE)
    office.close()
    started = make_start(store, lambda known: above)
    started.window.resize(1366, 768)
    seat_of(started, qtbot).choose("admin")
    type_in(MINE)
    press(ENTER)
    desk = desk_of(started)
    qtbot.waitUntil(lambda: desk.session.officer is not None)
    assert desk.sync is not None
    qtbot.waitUntil(lambda: desk.sync.last is not None and desk.sync.last.done is not None, timeout=10_000)
    receive(desk.office, desk.session)
    return started


def desk_of(start: Start) -> Desk:
    assert start.window.desk is not None
    return start.window.desk


@pytest.fixture
def begin(start: Start, qtbot: QtBot) -> Begin:
    def begun() -> WipeDoor:
        """From the settings, by the keyboard, to where the two are asked."""
        press(Qt.Key.Key_F11)
        page = start.window.pages.currentWidget()
        assert isinstance(page, SettingsPage)
        section = page.choose("ending")
        assert isinstance(section, EndingSection)
        press(ENTER)
        assert section.wipe.hasFocus()
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), WipeDoor))
        door = start.window.pages.currentWidget()
        assert isinstance(door, WipeDoor)
        qtbot.waitUntil(door.pin.hasFocus)
        return door

    return begun


def fill(door: WipeDoor, *, mine: str = MINE, other: str = OTHER, code: str = CODE) -> None:
    for said in (mine, "", other, WHY, code):
        type_in(said)
        press(ENTER)


def gone(places: Places) -> bool:
    return not places.database.exists() and not places.keys.exists()


def wiped(start: Start, qtbot: QtBot) -> WipedDoor:
    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), WipedDoor), timeout=10_000)
    door = start.window.pages.currentWidget()
    assert isinstance(door, WipedDoor)
    return door


def test_by_the_keyboard_all_is_delivered_and_the_machine_is_empty(
    start: Start, begin: Begin, above: District, vault: OpenVault, qtbot: QtBot
) -> None:
    key = KeyFile.from_bytes(start.places.keys.read_bytes()).store_id
    assert key in vault.kept
    door = begin()
    assert door.goes.words().startswith("Mất hẳn ở máy này: 1 hồ sơ")
    assert door.safe.words().startswith("An toàn trên máy chủ Sở mẫu: 0/1 hồ sơ")
    assert door.waits.words().startswith("1 hồ sơ còn chờ gửi")
    fill(door)
    assert door.code.hasFocus() and not gone(start.places)  # Enter leads no further

    press(Qt.Key.Key_X, CHORD)

    told = wiped(start, qtbot)
    assert told.kept.words() == "Máy chủ Sở mẫu đã nhận đủ mọi hồ sơ của máy này."
    assert told.known.words() == "Máy chủ đã ghi nhận việc xóa."
    assert len(shown(above.server, above.commune)) == 1
    assert gone(start.places) and not start.places.settings.exists() and key not in vault.kept
    assert json.loads(start.places.wiped.read_bytes())["officers"] == ["admin", "lan"]
    with above.base.reading() as connection:
        assert next(devices.lines(connection))["wiped"] is not None
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_F12)
    assert start.window.pages.currentWidget() is told  # there is nothing to go to
    press(ENTER)
    assert not start.window.isVisible()
    assert gone(start.places)


def test_the_next_start_is_a_first_run(
    start: Start, begin: Begin, make_start: Callable[..., Start], qtbot: QtBot
) -> None:
    fill(begin())
    press(Qt.Key.Key_X, CHORD)
    wiped(start, qtbot)
    press(ENTER)

    again = make_start(start.places)

    qtbot.waitUntil(lambda: isinstance(again.window.pages.currentWidget(), FirstRun), timeout=10_000)
    wizard = again.window.pages.currentWidget()
    assert isinstance(wizard, FirstRun) and isinstance(wizard.page, AgencyName)
    assert wizard.page.name.text() == ""


def test_without_a_network_nothing_is_destroyed_until_it_is_sealed_into_a_file(
    start: Start,
    begin: Begin,
    above: District,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    above.cut = True
    door = begin()
    fill(door)
    assert not door.seal.isVisible()
    press(Qt.Key.Key_X, CHORD)
    qtbot.waitUntil(lambda: "Kho còn nguyên" in door.notice.words(), timeout=10_000)
    assert start.places.database.exists() and start.window.pages.currentWidget() is door
    target = tmp_path / "kho.niemphong"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    press(Qt.Key.Key_S, CHORD)

    told = wiped(start, qtbot)
    assert str(target) in told.kept.words()
    assert told.known.words().startswith("Máy chủ chưa biết việc xóa")
    assert gone(start.places)
    with above.base.writing() as connection:
        assert parcels.take_in(connection, above.server.who, target)["refused"] == []
    assert len(shown(above.server, above.commune)) == 1


@pytest.mark.parametrize(
    ("wrong", "said", "field"),
    [
        ({"mine": "1111"}, "PIN", "pin"),
        ({"other": "1111"}, "PIN", "second_pin"),
        ({"code": "H15.322"}, "không phải mã cơ quan", "code"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_destroyed(
    start: Start, begin: Begin, qtbot: QtBot, wrong: dict[str, str], said: str, field: str
) -> None:
    door = begin()
    fill(door, **wrong)

    press(Qt.Key.Key_X, CHORD)

    qtbot.waitUntil(lambda: said in door.notice.words(), timeout=10_000)
    assert getattr(door, field).hasFocus() and not door.seal.isVisible()
    assert start.places.database.exists()
    press(ESC)
    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), SettingsPage))
    desk = desk_of(start)
    assert receive(desk.office, desk.session)  # the counter works on


def test_neither_enter_nor_space_nor_a_scanner_begins_it(start: Start, begin: Begin, qtbot: QtBot) -> None:
    door = begin()
    fill(door)
    door.button.setFocus()
    with qtbot.assertNotEmitted(door.asked, wait=200):
        press(ENTER)
        press(Qt.Key.Key_Space)
        handle = start.window.windowHandle()
        assert handle is not None
        keyboard = Keyboard(handle)
        for pace in (3, 80):
            keyboard.type(CARD.encode("ascii", "replace").decode(), pace)
            keyboard.key("\r", pace, ENTER)
    assert start.places.database.exists()


def test_whoever_leaves_the_door_leaves_no_pin_in_it(start: Start, begin: Begin) -> None:
    door = begin()
    fill(door)

    press(ESC)

    assert [line.text() for line in (door.pin, door.second_pin, door.code)] == ["", "", ""]


def test_while_it_is_sent_nobody_can_go_elsewhere_and_the_end_comes_all_the_same(
    start: Start, begin: Begin, above: District, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    goes_on, post = Event(), District.post

    def waits(path: str, body: bytes) -> bytes:
        assert goes_on.wait(20)
        return post(above, path, body)

    monkeypatch.setattr(above, "post", waits)
    door = begin()
    fill(door)
    press(Qt.Key.Key_X, CHORD)
    qtbot.waitUntil(lambda: door.course.text() != "")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F4, ESC):
        press(key)
        assert start.window.pages.currentWidget() is door
    press(Qt.Key.Key_F12)  # the seat may be left; who takes it is shown the wipe again
    seat_of(start, qtbot)
    type_in(MINE)
    press(ENTER)
    qtbot.waitUntil(lambda: start.window.pages.currentWidget() is door, timeout=10_000)
    press(Qt.Key.Key_F2)
    assert start.window.pages.currentWidget() is door

    goes_on.set()

    wiped(start, qtbot)
    assert gone(start.places)


def test_who_may_not_or_has_no_second_is_told_why(start: Start, qtbot: QtBot) -> None:
    desk = desk_of(start)
    section = EndingSection(desk)
    qtbot.addWidget(section)
    lan = desk.office.commune().officers["lan"]
    accounts.change_officer(desk.office, desk.session, "lan", active=False)
    section.entered()
    qtbot.waitUntil(lambda: "hai cán bộ" in section.notice.words())
    with qtbot.assertNotEmitted(section.wipe_asked, wait=200):
        section.wipe.click()

    from counter_app.services.office import Session

    desk.session = Session(lan)
    section.entered()
    qtbot.waitUntil(lambda: "được làm việc này" in section.notice.words())


def test_a_store_that_is_closed_is_not_begun_anew_by_whoever_comes_late(
    start: Start, begin: Begin, qtbot: QtBot
) -> None:
    office = desk_of(start).office
    fill(begin())
    press(Qt.Key.Key_X, CHORD)
    wiped(start, qtbot)

    with pytest.raises(CannotRead, match="store-closed"):
        office.commune()
    assert gone(start.places)
