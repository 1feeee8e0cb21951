"""Places under a field: chosen by keys or a click, and out of the way of who does not look at them."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.first_run.agency import AgencyName
from counter_app.desk.first_run.wizard import FirstRun
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.widgets.place_completer import MOST, PlaceCompleter
from counter_app.desk.window import Window
from counter_app.services import places
from counter_app.system import paths
from counter_app.system.paths import Places
from tests.desk.hands import CARD, press, type_in
from tests.desk.walking import Flashes, nameless

DOWN, UP, ENTER, TAB, ESC = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
)
LAT = "xã Mường Lát, tỉnh Thanh Hóa"
SCAN = "066174000123||Nguyen Van A|12031974|Nam|Xa Muong Lat, Tinh Thanh Hoa|10052021"


@pytest.fixture
def address(intake: IntakePage) -> QLineEdit:
    """The applicant's address, empty, with all before it filled."""
    person = intake.person
    person.focus(person.name)
    type_in(CARD)
    press(ENTER)
    person.phone.setText("0900000123")
    person.address.clear()
    person.focus(person.address)
    return person.address


def completer(field: QLineEdit) -> PlaceCompleter:
    found = field.findChild(PlaceCompleter)
    assert isinstance(found, PlaceCompleter)
    return found


def wait_open(field: QLineEdit, qtbot: QtBot) -> PlaceCompleter:
    found = completer(field)
    qtbot.waitUntil(found.is_open)
    return found


def rows(field: QLineEdit) -> QListView:
    box = field.window().findChild(QWidget, "offers")
    assert box is not None
    found = box.findChild(QListView)
    assert isinstance(found, QListView)
    return found


def top_and_bottom(widget: QWidget) -> tuple[int, int]:
    top = widget.mapTo(widget.window(), QPoint(0, 0)).y()
    return top, top + widget.height()


def test_down_and_enter_take_a_place_and_keep_what_stands_before_the_comma(
    intake: IntakePage, address: QLineEdit, qtbot: QtBot
) -> None:
    type_in("Bản Poọng, ")
    type_in("muong lat")
    offers = wait_open(address, qtbot)
    assert offers.offered() == [LAT]

    press(DOWN)
    press(ENTER)

    assert address.text() == f"Bản Poọng, {LAT}"
    assert not offers.is_open()
    assert address.hasFocus()
    assert intake.person.fields()["address"] == f"Bản Poọng, {LAT}"

    press(ENTER)
    assert intake.procedure.is_open


def test_with_nothing_chosen_enter_goes_on_and_the_text_stands(
    intake: IntakePage, address: QLineEdit, qtbot: QtBot
) -> None:
    type_in("muong lat")
    offers = wait_open(address, qtbot)

    press(ENTER)

    assert intake.procedure.is_open
    assert not offers.is_open()
    assert address.text() == "muong lat"


def test_up_from_the_first_row_chooses_nothing_again(
    intake: IntakePage, address: QLineEdit, qtbot: QtBot
) -> None:
    type_in("muong l")
    wait_open(address, qtbot)

    for key in (DOWN, DOWN, UP, UP, UP, ENTER):
        press(key)

    assert address.text() == "muong l"
    assert intake.procedure.is_open


def test_down_stops_at_the_last_row(address: QLineEdit, qtbot: QtBot) -> None:
    type_in("phu")
    offers = wait_open(address, qtbot)
    assert len(offers.offered()) == MOST
    last = offers.offered()[-1]

    for _ in range(MOST + 3):
        press(DOWN)
    press(ENTER)

    assert address.text() == last


def test_tab_takes_the_chosen_place_and_goes_on_as_it_always_does(address: QLineEdit, qtbot: QtBot) -> None:
    type_in("muong lat")
    wait_open(address, qtbot)

    press(DOWN)
    press(TAB)

    assert address.text() == LAT
    assert not address.hasFocus()


def test_a_click_takes_a_place_and_leaves_the_focus_in_the_field(address: QLineEdit, qtbot: QtBot) -> None:
    type_in("muong lat")
    offers = wait_open(address, qtbot)
    view = rows(address)

    middle = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    assert address.text() == LAT
    assert address.hasFocus()
    assert not offers.is_open()


def test_a_click_beside_the_list_closes_it(address: QLineEdit, window: Window, qtbot: QtBot) -> None:
    type_in("muong lat")
    offers = wait_open(address, qtbot)

    QTest.mouseClick(window.foot, Qt.MouseButton.LeftButton)

    assert not offers.is_open()
    assert address.text() == "muong lat"


def test_esc_closes_the_list_alone_and_the_next_one_is_the_windows(
    address: QLineEdit, window: Window, qtbot: QtBot
) -> None:
    type_in("muong lat")
    offers = wait_open(address, qtbot)

    press(ESC)
    assert not offers.is_open()
    assert address.hasFocus()
    assert address.text() == "muong lat"

    press(ESC)
    assert window.scan_box.hasFocus()


def test_another_field_closes_the_list(intake: IntakePage, address: QLineEdit, qtbot: QtBot) -> None:
    type_in("muong lat")
    offers = wait_open(address, qtbot)

    intake.person.focus(intake.person.phone)

    assert not offers.is_open()


def test_a_scanner_that_types_into_the_field_goes_through_as_before(
    intake: IntakePage, address: QLineEdit, qtbot: QtBot
) -> None:
    type_in("muong lat")
    wait_open(address, qtbot)
    address.selectAll()

    type_in(SCAN)
    press(ENTER)

    assert address.text() == SCAN
    assert intake.procedure.is_open
    qtbot.wait(100)
    assert not completer(address).is_open()


def test_a_choice_holds_for_the_letters_it_was_made_for(
    intake: IntakePage, address: QLineEdit, qtbot: QtBot
) -> None:
    type_in("muong l")
    wait_open(address, qtbot)
    press(DOWN)

    type_in(SCAN)
    press(ENTER)

    assert address.text() == f"muong l{SCAN}"
    assert intake.procedure.is_open


def test_a_card_that_fills_the_address_opens_no_list(
    intake: IntakePage, address: QLineEdit, qtbot: QtBot
) -> None:
    type_in("muong lat")
    wait_open(address, qtbot)
    press(ESC)

    intake.person.take_card(CARD)
    qtbot.wait(100)

    assert address.text() == "Buôn Ea Mlung, xã Ea Mlung, tỉnh Đắk Lắk"
    assert not completer(address).is_open()


def test_what_an_input_method_is_still_composing_counts_and_is_not_written_twice(
    address: QLineEdit, qtbot: QtBot
) -> None:
    type_in("muong ")
    QApplication.sendEvent(address, QInputMethodEvent("lat", []))
    offers = wait_open(address, qtbot)
    assert offers.offered() == [LAT]
    assert address.text() == "muong "

    press(DOWN)
    press(ENTER)

    assert address.text() == LAT
    shown = address.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    QApplication.sendEvent(address, QInputMethodEvent())
    assert address.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle) == shown, "letters were left over"


def test_letters_and_marks_that_come_apart_are_written_in_nfc(address: QLineEdit, qtbot: QtBot) -> None:
    type_in(unicodedata.normalize("NFD", "Bản Poọng, mường lát"))
    wait_open(address, qtbot)

    press(DOWN)
    press(ENTER)

    assert address.text() == f"Bản Poọng, {LAT}"


def test_ctrl_z_brings_back_what_was_typed(address: QLineEdit, qtbot: QtBot) -> None:
    type_in("muong lat")
    wait_open(address, qtbot)
    press(DOWN)
    press(ENTER)

    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert address.text() == "muong lat"


def test_who_mends_the_middle_of_an_address_is_left_alone(address: QLineEdit, qtbot: QtBot) -> None:
    address.setText("Bản Pong, tinh thanh hoa")
    address.setCursorPosition(5)

    type_in("o")
    qtbot.wait(100)

    assert address.text() == "Bản Poong, tinh thanh hoa"
    assert not completer(address).is_open()


def test_what_stands_there_already_is_not_offered(address: QLineEdit, qtbot: QtBot) -> None:
    type_in("Bản Poọng, tỉnh Thanh Hó")
    offers = wait_open(address, qtbot)
    assert "tỉnh Thanh Hóa" in offers.offered()

    type_in("a")
    qtbot.waitUntil(lambda: "tỉnh Thanh Hóa" not in offers.offered())


def test_a_screen_reader_hears_of_the_list_from_the_field(address: QLineEdit, qtbot: QtBot) -> None:
    type_in("muong lat")
    offers = wait_open(address, qtbot)
    assert address.accessibleDescription() == "1 nơi gợi ý, phím ↓ để chọn"
    assert rows(address).accessibleName() == "Nơi gợi ý"
    assert nameless(address.window()) == []

    press(DOWN)
    assert address.accessibleDescription() == LAT

    offers.close()
    assert address.accessibleDescription() == ""


def test_the_list_is_no_window_and_takes_no_focus(
    app: QApplication, address: QLineEdit, qtbot: QtBot
) -> None:
    flashes = Flashes(app)
    type_in("muong lat")
    wait_open(address, qtbot)
    app.removeEventFilter(flashes)

    assert flashes.seen == []
    assert rows(address).window() is address.window()
    assert QApplication.focusWidget() is address


def test_the_list_stands_under_the_field_and_over_it_where_the_window_ends(
    intake: IntakePage, address: QLineEdit, window: Window, qtbot: QtBot
) -> None:
    type_in("phu")
    wait_open(address, qtbot)
    box = rows(address).parentWidget()
    assert top_and_bottom(box)[0] == top_and_bottom(address)[1] + 2
    assert box.width() == address.width()

    press(ESC)
    window.resize(1024, 600)
    intake.person.has_submitter.setChecked(True)
    other = intake.person.other_address
    intake.person.focus(other)
    qtbot.wait(20)
    intake.form.area.ensureWidgetVisible(other)
    type_in("phu")
    wait_open(other, qtbot)

    box = completer(other)._list
    assert box is not None
    assert top_and_bottom(box)[1] == top_and_bottom(other)[0] - 2
    assert top_and_bottom(box)[0] >= 0


def test_the_list_goes_with_the_field_when_the_page_is_scrolled(
    intake: IntakePage, address: QLineEdit, window: Window, qtbot: QtBot
) -> None:
    window.resize(1024, 600)
    intake.person.has_submitter.setChecked(True)
    intake.person.focus(address)
    qtbot.wait(20)
    bar = intake.form.area.verticalScrollBar()
    bar.setValue(0)
    type_in("muong lat")
    wait_open(address, qtbot)
    box = rows(address).parentWidget()
    before = top_and_bottom(box)[0]

    bar.setValue(30)
    assert top_and_bottom(box)[0] == before - 30

    bar.setValue(0)
    assert top_and_bottom(box)[0] == before


def test_the_other_submitters_address_has_places_too_and_is_kept(intake: IntakePage, qtbot: QtBot) -> None:
    person = intake.person
    person.has_submitter.setChecked(True)
    person.other_name.setText("Lò Thị Mai")
    person.focus(person.other_address)

    type_in("muong lat")
    wait_open(person.other_address, qtbot)
    press(DOWN)
    press(ENTER)

    assert person.submitter() == {"name": "Lò Thị Mai", "address": LAT}


@pytest.mark.parametrize("typed", ["ubnd xa muong lat", "muong lat", "Ủy ban nhân dân xã Mường Lát"])
def test_the_agency_of_a_new_store_is_offered_by_its_commune(
    typed: str, tmp_path: Path, make_start: Callable[[Places], Start], qtbot: QtBot
) -> None:
    pages = make_start(Places(tmp_path / "new")).window.pages
    qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), FirstRun), timeout=10_000)
    wizard = pages.currentWidget()
    assert isinstance(wizard, FirstRun)
    door = wizard.page
    assert isinstance(door, AgencyName)

    type_in(typed)
    offers = wait_open(door.name, qtbot)
    assert offers.offered() == ["UBND xã Mường Lát, tỉnh Thanh Hóa"]
    press(DOWN)
    press(ENTER)

    assert door.name.text() == "UBND xã Mường Lát"
    assert wizard.page is door, "Enter took the place and went no further"


def test_the_places_are_read_once_when_first_needed_and_never_on_the_windows_thread(
    intake: IntakePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[threading.Thread] = []
    resource = paths.resource

    def noting(name: str) -> Path:
        if name == "places.csv":
            readers.append(threading.current_thread())
        return resource(name)

    monkeypatch.setattr(paths, "resource", noting)
    places.read.cache_clear()
    person = intake.person
    person.focus(person.phone)
    qtbot.wait(50)
    assert readers == []

    person.focus(person.address)
    type_in("muong lat")
    wait_open(person.address, qtbot)
    person.has_submitter.setChecked(True)
    person.focus(person.other_address)
    type_in("muong lat")
    wait_open(person.other_address, qtbot)

    (reader,) = readers
    assert reader is not threading.main_thread()
    assert reader.name == "lane-read"
