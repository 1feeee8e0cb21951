"""A scanner that types anywhere in the window, and a hand that types fast: each is taken for what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIntValidator, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.bursts import GAP, LEAST, Burst, Row, Told
from counter_app.desk.pages.board import BoardPage
from counter_app.desk.pages.find import FindPage
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.wedge import GIVE_BACK, Wedge
from counter_app.desk.window import Window
from counter_app.services import accounts, acts, lookup, opening
from counter_app.system.paths import Places
from tests.desk.hands import HandClock, seat_of
from tests.desk.test_window import receive
from tests.vaults import OpenVault

pytestmark = pytest.mark.usefixtures("app")
CODE = "H99.042-260420-1001"
CARD = "066174000123||Giang A Pao|12031974|Nam|Buon Ea Mlung|10052021"
ENTER = Qt.Key.Key_Return


class Keyboard:
    """Keys with the times that the system gives them, however late they are delivered."""

    def __init__(self, window: QWindow) -> None:
        self.window, self.now = window, 1000

    def key(self, text: str, after: int, key: int = 0, *, repeated: bool = False) -> None:
        self.now += after
        which = key or (ord(text.upper()) if text.isascii() else 0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, which, Qt.KeyboardModifier.NoModifier, text, repeated)
            event.setTimestamp(self.now)
            QApplication.sendEvent(self.window, event)

    def type(self, text: str, after: int) -> None:
        for letter in text:
            self.key(letter, after)

    def scan(self, text: str, after: int = 4) -> None:
        self.now += 500
        self.type(text, after)
        self.key("\r", after, ENTER)


class Shop(QWidget):
    """A window with a bit of everything, and what a wedge made of its keys."""

    def __init__(self) -> None:
        super().__init__()
        self.box, self.list, self.button = QLineEdit("có sẵn"), QListWidget(), QPushButton("Ghi")
        self.number, self.pin, self.choice = QSpinBox(), QLineEdit("12"), QComboBox()
        self.number.setRange(0, 1_000_000)
        self.number.setValue(3)
        self.pin.setValidator(QIntValidator(self.pin))
        self.choice.addItems(["A4", "Hai liên"])
        self.button.setAutoDefault(True)  # Enter presses it, as on the program's pages
        self.list.addItems(["một", "hai"])
        self.pressed: list[str] = []
        self.scans: list[str] = []
        self.box.returnPressed.connect(lambda: self.pressed.append("box"))
        self.button.clicked.connect(lambda: self.pressed.append("button"))
        column = QVBoxLayout(self)
        for part in (self.box, self.list, self.button, self.number, self.pin, self.choice):
            column.addWidget(part)


@pytest.fixture
def shop(qtbot: QtBot) -> Iterator[Shop]:
    made = Shop()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    wedge = Wedge(lambda focused: True, made)
    wedge.scanned.connect(made.scans.append)
    made.windowHandle().installEventFilter(wedge)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def keyboard(shop: Shop) -> Keyboard:
    return Keyboard(shop.windowHandle())


@pytest.mark.parametrize("where", ["box", "list", "button"])
@pytest.mark.parametrize("code", [CODE, CARD])
def test_a_scan_is_told_wherever_the_focus_is_and_leaves_nothing(
    shop: Shop, keyboard: Keyboard, where: str, code: str
) -> None:
    getattr(shop, where).setFocus()
    shop.box.setCursorPosition(2)

    keyboard.scan(code)
    keyboard.scan(code, after=30)

    assert shop.scans == [code, code]
    assert (shop.box.text(), shop.pressed) == ("có sẵn", [])
    assert shop.box.cursorPosition() == 2 or where != "box"


def test_a_selection_that_the_scan_typed_over_is_back(shop: Shop, keyboard: Keyboard) -> None:
    shop.box.setFocus()
    shop.box.setSelection(0, 2)

    keyboard.scan(CODE)

    assert (shop.box.text(), shop.box.selectedText()) == ("có sẵn", "có")


def test_a_scan_in_the_middle_of_typing_is_parted_from_it(shop: Shop, keyboard: Keyboard) -> None:
    shop.box.setFocus()
    shop.box.clear()
    keyboard.type("giang", after=120)

    keyboard.scan(CODE)
    keyboard.type(" a pao", after=120)

    assert (shop.box.text(), shop.scans) == ("giang a pao", [CODE])


def test_what_a_palm_types_is_given_back_in_its_order(shop: Shop, keyboard: Keyboard, qtbot: QtBot) -> None:
    shop.box.setFocus()
    shop.box.clear()

    keyboard.type("abcdefghij", after=3)  # no Enter comes

    qtbot.waitUntil(lambda: shop.box.text() == "abcdefghij", timeout=GIVE_BACK * 10)
    assert shop.scans == []


def test_a_key_on_a_button_still_presses_it(shop: Shop, keyboard: Keyboard) -> None:
    shop.button.setFocus()

    keyboard.key(" ", 200)

    assert shop.pressed == ["button"]


@pytest.mark.parametrize("enters", [0, 1])
def test_enter_still_presses_a_button_when_the_field_of_before_is_gone(
    shop: Shop, keyboard: Keyboard, qtbot: QtBot, enters: int
) -> None:
    field = QLineEdit(shop)
    field.show()
    field.setFocus()
    keyboard.type("8000", after=4)
    for _ in range(enters):
        keyboard.key("\r", 90, ENTER)
    with qtbot.waitSignal(field.destroyed):
        field.deleteLater()
    shop.button.setFocus()

    keyboard.key("\r", 400, ENTER)

    assert (shop.scans, shop.pressed) == ([], ["button"])


def test_a_key_that_is_held_down_is_no_scan(shop: Shop, keyboard: Keyboard) -> None:
    shop.box.setFocus()
    shop.box.clear()

    for _ in range(20):
        keyboard.key("1", 30, repeated=True)
    keyboard.key("\r", 30, ENTER)

    assert (shop.scans, shop.box.text(), shop.pressed) == ([], "1" * 20, ["box"])


def test_keys_without_a_time_are_never_taken(shop: Shop, keyboard: Keyboard) -> None:
    shop.box.setFocus()
    shop.box.clear()

    QTest.keyClicks(shop.box, CODE)
    QTest.keyClick(shop.box, ENTER)

    assert (shop.scans, shop.box.text(), shop.pressed) == ([], CODE, ["box"])


def test_the_systems_own_road_of_keys_leads_there_too(shop: Shop) -> None:
    shop.button.setFocus()

    for letter in CODE:
        QTest.keyClick(shop.windowHandle(), letter)
    QTest.keyClick(shop.windowHandle(), ENTER)

    assert (shop.scans, shop.pressed) == ([CODE], [])


# Rows of gaps in ms as quick hands make them: rolls of two and three keys at 20 to 35 ms between strokes of
# 60 to 180 (the form of Dhakal et al., CHI 2018; drawn here, not copied).
HASTY = (
    (25, 90, 31, 22, 110, 28, 64, 33, 140, 20, 71, 30, 26, 95),
    (60, 61, 58, 34, 72, 55, 66, 31, 59, 80, 62, 57, 35, 70),
    (20, 20, 20, 120, 20, 20, 20, 120, 20, 20, 20, 120, 20, 20),
)


@pytest.mark.parametrize("gaps", HASTY)
def test_a_hasty_hand_loses_no_letter_and_its_enter_is_its_own(
    shop: Shop, keyboard: Keyboard, gaps: tuple[int, ...]
) -> None:
    shop.box.setFocus()
    shop.box.clear()

    for letter, gap in zip("nguyen van duc", gaps, strict=True):
        keyboard.key(letter, gap)
    keyboard.key("\r", 30, ENTER)

    assert (shop.box.text(), shop.pressed, shop.scans) == ("nguyen van duc", ["box"], [])


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.integers(0, 400))
def test_only_a_row_without_a_persons_pause_is_a_scan(gaps: list[int], last: int) -> None:
    burst, at = Burst(), 5
    for gap in gaps:
        at += gap
        burst.key(at, "x")

    told = burst.enter(at + last)

    tail = 0
    for gap in reversed([GAP + 1, *gaps[1:]]):
        tail += 1
        if gap > GAP:
            break
    assert (told is Told.SCAN) == (last <= GAP and tail >= LEAST)


def test_in_the_window_a_card_scanned_into_a_field_begins_that_persons_intake(
    window: Window, qtbot: QtBot
) -> None:
    page = window.pages.currentWidget()
    assert isinstance(page, IntakePage)
    keyboard = Keyboard(window.windowHandle())

    keyboard.scan(CARD)

    qtbot.waitUntil(lambda: page.person.fields().get("name") == "Giang A Pao")
    assert page.person.fields()["id_number"] == "066174000123"


@pytest.mark.parametrize("after", [4, 60])
def test_a_scan_into_the_pin_is_kept_and_the_pin_stays_empty(
    after: int,
    store: Places,
    vault: OpenVault,
    clock: HandClock,
    make_start: Callable[[Places], Start],
    qtbot: QtBot,
) -> None:
    office = opening.open_store(store, opening.Openers(vault), clock)
    accounts.set_pin(office, office.session(), "258036")
    office.close()
    start = make_start(store)
    seat = seat_of(start, qtbot)

    Keyboard(start.window.windowHandle()).scan(CODE, after)

    assert seat.pin.hasFocus() and seat.pin.text() == ""
    assert "Đã nhận mã quét" in start.window.foot.told()
    assert start.window.scan_box.text() == ""


@pytest.mark.parametrize("after", [40, 60, 100])
@pytest.mark.parametrize("where", ["list", "button"])
@pytest.mark.parametrize("code", [CODE, CARD])
def test_a_slow_scanner_presses_nothing_where_nothing_is_typed_and_its_code_is_told(
    shop: Shop, keyboard: Keyboard, qtbot: QtBot, code: str, where: str, after: int
) -> None:
    getattr(shop, where).setFocus()

    keyboard.scan(code, after=after)

    qtbot.wait(GIVE_BACK + 100)
    assert (shop.scans, shop.pressed) == ([code], [])


def test_a_slow_code_that_breaks_off_or_is_short_presses_nothing(
    shop: Shop, keyboard: Keyboard, qtbot: QtBot
) -> None:
    shop.button.setFocus()

    keyboard.type("Giang A Pao", after=60)  # no Enter comes
    qtbot.wait(GIVE_BACK + 100)
    keyboard.now += 1000
    keyboard.type("a b c", after=60)
    keyboard.key("\r", 60, ENTER)
    qtbot.wait(GIVE_BACK + 100)

    assert (shop.scans, shop.pressed) == ([], [])


@pytest.mark.parametrize("key", [ENTER, Qt.Key.Key_Space])
def test_a_hand_on_a_button_is_obeyed_at_once_and_after_a_look(
    shop: Shop, keyboard: Keyboard, qtbot: QtBot, key: int
) -> None:
    shop.button.setFocus()
    text = "\r" if key == ENTER else " "

    pressed = 0
    for letters in ("", "x", "xyz"):
        keyboard.type(letters, after=60)
        qtbot.wait(60)
        keyboard.key(text, 300, key)
        pressed += 1
        assert len(shop.pressed) == pressed

    for _ in range(3):  # the same key again and again, as at the ticks of a list
        keyboard.key(" ", 60)
        pressed += 1
    assert len(shop.pressed) == pressed


def test_a_slow_hand_loses_no_letter_in_a_field(shop: Shop, keyboard: Keyboard) -> None:
    shop.box.setFocus()
    shop.box.clear()

    keyboard.type("giang a pao", after=60)
    keyboard.key("\r", 60, ENTER)

    assert (shop.box.text(), shop.pressed, shop.scans) == ("giang a pao", ["box"], [])


def test_a_slow_scan_on_the_board_records_no_call(shop: Shop, keyboard: Keyboard, qtbot: QtBot) -> None:
    seen: list[str] = []
    shop.list.keyPressEvent = lambda event: seen.append(event.text())  # type: ignore[method-assign]
    shop.list.setFocus()

    keyboard.scan("H15.321-260420-1001", after=60)

    qtbot.wait(GIVE_BACK + 100)
    assert [digit for digit in seen if digit in "12345"] == []


@pytest.mark.parametrize("after", [36, 40, 60, 80, 110])
@pytest.mark.parametrize("where", ["box", "number", "pin", "choice"])
@pytest.mark.parametrize("code", [CODE, CARD])
def test_a_slow_scan_into_a_field_is_told_and_what_it_typed_is_taken_back(
    shop: Shop, keyboard: Keyboard, code: str, where: str, after: int
) -> None:
    getattr(shop, where).setFocus()
    shop.box.setSelection(0, 2)

    keyboard.scan(code, after=after)

    assert (shop.scans, shop.pressed) == ([code], [])
    assert (shop.box.text(), shop.number.value(), shop.number.lineEdit().text()) == ("có sẵn", 3, "3")
    assert (shop.pin.text(), shop.choice.currentText()) == ("12", "A4")
    assert shop.box.selectedText() == "có"


@pytest.mark.parametrize("mean", [33, 35, 40, 60, 80])
def test_a_scanner_whose_pauses_waver_by_a_poll_of_its_cable_is_still_one(
    shop: Shop, keyboard: Keyboard, mean: int
) -> None:
    shop.box.setFocus()

    keyboard.now += 500
    for place, letter in enumerate(CODE):
        keyboard.key(letter, mean + (8, 0, -8, 4)[place % 4])
    keyboard.key("\r", mean, ENTER)

    assert (shop.scans, shop.box.text()) == ([CODE], "có sẵn")


@pytest.mark.parametrize("gaps", HASTY)
@pytest.mark.parametrize("text", ["066174000123", "0900000123", "45000", "12031974"])
def test_a_hand_quick_at_numbers_is_never_a_scanner(
    shop: Shop, keyboard: Keyboard, text: str, gaps: tuple[int, ...]
) -> None:
    shop.box.setFocus()
    shop.box.clear()

    for letter, gap in zip(text, gaps, strict=False):
        keyboard.key(letter, gap)
    keyboard.key("\r", 40, ENTER)

    assert (shop.box.text(), shop.pressed, shop.scans) == (text, ["box"], [])


@given(st.text("0123456789", min_size=1, max_size=14), st.integers(GAP + 1, 200))
def test_digits_alone_stay_typed_however_even_the_hand(text: str, pace: int) -> None:
    row, at = Row(), 1000
    for letter in text:
        at += pace
        if not row.goes_on(at):
            row.begin(loose=False)
        row.key(at, letter)

    assert not row.ends_scan(None)


def test_a_code_that_a_hand_types_stays_in_its_field(shop: Shop, keyboard: Keyboard) -> None:
    shop.box.setFocus()
    shop.box.clear()

    for place, letter in enumerate(CODE):
        keyboard.key(letter, (70, 110, 45, 90, 60)[place % 5])
    keyboard.key("\r", 80, ENTER)

    assert (shop.box.text(), shop.pressed, shop.scans) == (CODE, ["box"], [])


def test_a_hand_that_goes_on_in_a_field_which_its_first_key_opened_loses_nothing(
    shop: Shop, keyboard: Keyboard, qtbot: QtBot
) -> None:
    shop.box.clear()
    shop.list.keyPressEvent = lambda event: shop.box.setFocus()  # type: ignore[method-assign]
    shop.list.setFocus()

    keyboard.key("1", 500)
    qtbot.waitUntil(shop.box.hasFocus)
    gaps = (90, 60, 110, 95, 50, 80, 100, 40, 90, 70, 60, 110, 80, 95)
    for letter, gap in zip("28/4 buoi sang", gaps, strict=True):
        keyboard.key(letter, gap)
    keyboard.key("\r", 100, ENTER)

    assert (shop.box.text(), shop.pressed, shop.scans) == ("28/4 buoi sang", ["box"], [])


@pytest.mark.parametrize("after", [40, 60, 80, 110])
def test_a_slow_scan_on_the_board_whose_first_key_opens_a_calls_fields_records_nothing(
    window: Window, qtbot: QtBot, after: int
) -> None:
    assert window.desk is not None
    office = window.desk.office
    got = receive(office)
    acts.finish(office, office.session(), got.code)
    page = window.go("board")
    assert isinstance(page, BoardPage)
    qtbot.waitUntil(lambda: page.is_settled() and page.list.here() is not None and page.list.hasFocus())
    keyboard = Keyboard(window.windowHandle())
    code = "123.45.67.H15-260420-1001"

    keyboard.now += 500
    for letter in code:
        qtbot.wait(after)
        keyboard.key(letter, after)
    keyboard.key("\r", after, ENTER)

    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), FindPage))
    assert not page.view.band.is_asking() and window.desk.begun == {}
    assert "called" not in [entry.name for entry in lookup.story(office, got.dossier).entries]
