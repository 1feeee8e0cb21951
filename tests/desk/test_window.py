"""The window around its pages: how it starts, what its keys do, what a screen reader hears."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk import theme
from counter_app.desk.app import Start
from counter_app.desk.page import Desk
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.seat import SeatDoor
from counter_app.desk.training import AnewDoor
from counter_app.desk.unlocking import PassphraseDoor
from counter_app.desk.window import Window
from counter_app.services import accounts, entry, lookup, opening, papers, reception, rules
from counter_app.services.office import Office
from counter_app.services.reception import Received
from counter_app.system.lock import single_window
from counter_app.system.paths import Places
from counter_app.words.receipt import receipt_facts
from tests.desk.hands import CARD, FakePrinter, HandClock, press, seat_of, type_in
from tests.desk.walking import nameless
from tests.vaults import OpenVault

ENTER = Qt.Key.Key_Return
Starts = Callable[[Places], Start]


class Shown(QObject):
    """Notes each window that appears."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def receive(office: Office, name: str = "Giàng A Páo") -> Received:
    given: dict[str, Any] = {"procedure": "1.004884", "applicant": {"name": name, "phone": "0900000123"}}
    form = entry.read_form(given, rules.catalogue(office), office.now())
    return reception.receive(office, office.session(), form, paper="a5")


def receipt_qr(office: Office, received: Received) -> str:
    texts: list[str] = []

    def phrase(order: papers.PrintOrder) -> Any:
        texts.append(order.qr_text)
        return receipt_facts(order)

    papers.receipt_of(office, received.dossier, phrase)
    return texts[0]


def test_the_first_paint_waits_for_no_database_paper_or_keyring() -> None:
    script = (
        "import sys; import counter_app.desk.app; "
        "print([m for m in ('sqlalchemy', 'reportlab', 'keyring', 'cryptography') if m in sys.modules])"
    )

    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "[]"


def test_the_first_paint_does_not_wait_for_the_enumerations_of_qt(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from PySide6 import QtCore; "
        "from counter_app.desk import app, application; held = application.application(); "
        "start = app.Start(Path(sys.argv[1]), app.Surroundings(vault=lambda: None)); "
        "start.window.painted.connect(lambda: (print('Qt' in vars(QtCore), flush=True), os._exit(0))); "
        "start.window.show(); held.exec()"
    )

    said = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    ).stdout

    assert said.strip() == "False"


_FIRST_SCAN = """
import os, sys
from pathlib import Path
from PySide6 import QtCore
from counter_app.desk import app, application
from tests.vaults import NoVault

LATER = ("sync", "domain.calendar", "domain.card", "domain.issued", "desk.wedge", "desk.pictures")
held = application.application()
around = app.Surroundings(vault=NoVault, environment={"COUNTER_PASSPHRASE": "mat khau"})
start = app.Start(Path(sys.argv[1]), around)
window = start.window

def scan():
    window.scan_box.setText("H15.321-261123-1001")
    window.scan_box.returnPressed.emit()
    start.open()

def say(scan):
    read = [name for name in LATER if f"counter_app.{name}" in sys.modules]
    print("Qt" in vars(QtCore), read, scan.kind, flush=True)
    os._exit(0)

window.scans.understood.disconnect()
window.scans.understood.connect(say)
window.painted.connect(scan)
window.show()
held.exec()
"""


def test_the_first_scan_is_looked_up_before_what_only_later_work_needs(store: Places) -> None:
    said = subprocess.run(
        [sys.executable, "-c", _FIRST_SCAN, str(store.data)], capture_output=True, text=True, check=True
    ).stdout

    assert said.strip() == "False [] dossier"


def test_the_store_opens_behind_the_painted_window(store: Places, make_start: Starts, qtbot: QtBot) -> None:
    start = make_start(store)
    assert start.window.isVisible()
    assert start.window.desk is None

    qtbot.waitUntil(lambda: start.window.desk is not None)

    assert start.window.windowTitle() == "Một cửa – UBND xã Ea Mlung"


@pytest.mark.parametrize(
    ("scanned", "page"),
    [("", "StoryPage"), ("H99.042-260420-9999", "FindPage"), (CARD, "IntakePage"), ("forged", "IntakePage")],
)
def test_a_scan_from_before_the_store_is_open_is_kept_and_answered(
    scanned: str,
    page: str,
    store: Places,
    vault: OpenVault,
    clock: HandClock,
    make_start: Starts,
    qtbot: QtBot,
) -> None:
    office = opening.open_store(store, opening.Openers(vault), clock)
    received = receive(office)
    qr = receipt_qr(office, received)
    office.close()
    start = make_start(store)
    window = start.window
    assert window.desk is None
    assert window.scan_box.hasFocus()

    type_in(qr[:-6] + "AAAAAA" if scanned == "forged" else scanned or received.code)
    press(ENTER)
    assert window.desk is None

    qtbot.waitUntil(lambda: type(window.pages.currentWidget()).__name__ == page)
    assert ("không đúng chữ ký" in window.foot.told()) is (scanned == "forged")


def test_a_scan_waits_until_an_officer_with_a_pin_sits_down(
    store: Places, vault: OpenVault, clock: HandClock, make_start: Starts, qtbot: QtBot
) -> None:
    office = opening.open_store(store, opening.Openers(vault), clock)
    accounts.set_pin(office, office.session(), "258036")
    office.close()
    start = make_start(store)
    type_in(CARD)
    press(ENTER)

    seat = seat_of(start, qtbot)
    assert start.window.pages.currentWidget() is seat
    type_in("258036")
    press(ENTER)

    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), IntakePage))
    page = start.window.pages.currentWidget()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.person.fields().get("name") == "H’Loan Niê Kđăm")


def test_a_scan_in_its_middle_when_the_store_opens_is_not_torn(
    store: Places, make_start: Starts, qtbot: QtBot
) -> None:
    start = make_start(store)
    type_in(CARD[:20])
    qtbot.waitUntil(lambda: start.window.desk is not None)
    type_in(CARD[20:])
    press(ENTER)

    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), IntakePage))
    page = start.window.pages.currentWidget()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.person.fields().get("name") == "H’Loan Niê Kđăm")


def test_letters_left_in_the_box_at_the_start_do_not_keep_the_counter_closed(
    store: Places, make_start: Starts, qtbot: QtBot
) -> None:
    start = make_start(store)
    type_in("abc")

    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), IntakePage))
    assert start.window.scan_box.text() == "abc"
    assert start.window.scan_box.hasFocus()  # and Enter is theirs


def test_a_store_that_does_not_open_takes_no_scans(store: Places, make_start: Starts, qtbot: QtBot) -> None:
    with single_window(store.data / "window.lock"):
        start = make_start(store)
        qtbot.waitUntil(lambda: start._opening.button.isVisible())

        assert not start.window.scan_box.isEnabled()


def test_every_control_has_a_name_for_a_screen_reader(
    window: Window, intake: IntakePage, qtbot: QtBot
) -> None:
    found = nameless(window)
    for band in intake.form.bands:
        intake.form.open(band)
        found += nameless(window)

    assert found == []


def test_every_control_of_the_doors_has_a_name(app: object) -> None:
    doors: list[QWidget] = [PassphraseDoor(), SeatDoor(), AnewDoor()]

    assert [nameless(door) for door in doors] == [[], [], []]


def test_tab_goes_through_the_person_in_reading_order(intake: IntakePage) -> None:
    person = intake.person
    person.focus(person.name)
    seen: list[object] = []
    for _ in range(6):
        press(Qt.Key.Key_Tab)
        seen.append(intake.window().focusWidget())

    assert seen == [person.number, person.birth, person.sex, person.phone, person.contact, person.address]


def test_nothing_ever_flashes_up_beside_the_window(
    app: QApplication, store: Places, make_start: Starts, qtbot: QtBot
) -> None:
    """A widget that is shown before it has a parent is a window of its own, and takes the keys away."""
    seen = Shown()
    app.installEventFilter(seen)

    start = make_start(store)
    qtbot.waitUntil(lambda: start.window.desk is not None)
    page = start.window.go("intake")
    assert isinstance(page, IntakePage)
    for band in page.form.bands:
        page.form.open(band)
    for door in (PassphraseDoor(), SeatDoor(), AnewDoor()):
        start.window.show_door(door)
    app.removeEventFilter(seen)

    assert seen.names == ["Window"]


def test_the_f_keys_bring_their_pages(window: Window) -> None:
    press(Qt.Key.Key_F3)
    assert window.pages.currentWidget().accessibleName() != "Tiếp nhận hồ sơ"
    press(Qt.Key.Key_F2)

    assert isinstance(window.pages.currentWidget(), IntakePage)


def test_esc_brings_the_scan_box_and_a_card_in_it_starts_an_intake(
    window: Window, intake: IntakePage, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Escape)
    assert window.scan_box.hasFocus()

    type_in(CARD)
    press(ENTER)
    qtbot.waitUntil(lambda: intake.person.name.text() == "H’Loan Niê Kđăm")

    assert window.pages.currentWidget() is intake
    assert intake.person.phone.hasFocus()


def test_a_dossiers_code_in_the_scan_box_opens_its_story(
    window: Window, office: Office, qtbot: QtBot
) -> None:
    received = receive(office)
    press(Qt.Key.Key_Escape)

    type_in(received.code)
    press(ENTER)

    qtbot.waitUntil(lambda: type(window.pages.currentWidget()).__name__ == "StoryPage")
    assert not any(button.isChecked() for button in window.rail.items.values())


def test_a_receipts_qr_opens_its_story_and_a_forged_one_is_told(
    window: Window, office: Office, qtbot: QtBot
) -> None:
    received = receive(office)
    qr = receipt_qr(office, received)
    press(Qt.Key.Key_Escape)
    type_in(qr[:-6] + "AAAAAA")
    press(ENTER)
    qtbot.waitUntil(lambda: "không đúng chữ ký" in window.foot.told())

    press(Qt.Key.Key_Escape)
    type_in(qr)
    press(ENTER)

    qtbot.waitUntil(lambda: type(window.pages.currentWidget()).__name__ == "StoryPage")


def test_a_name_in_the_scan_box_goes_to_the_search(window: Window, office: Office, qtbot: QtBot) -> None:
    receive(office)
    press(Qt.Key.Key_Escape)

    type_in("giang a pao")
    press(ENTER)

    qtbot.waitUntil(lambda: type(window.pages.currentWidget()).__name__ == "FindPage")


def test_the_foot_says_who_where_and_when(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.foot._printer.text() == "Máy in: sẵn sàng")

    assert window.foot.officer.words() == "Quản trị"
    assert window.foot._day.text() == "Thứ hai 20/4/2026"
    assert window.foot._time.text() == "08:15"
    assert window.foot.lamp.text().endswith("lưu ở máy này")


def test_a_long_name_in_a_narrow_foot_is_heard_whole_and_whole_again_where_there_is_room(
    window: Window,
) -> None:
    name, officer = "Nguyễn Hoàng Thị Phương Thảo Niê Kđăm", window.foot.officer
    window.resize(683, 384)
    window.foot.show_officer(name)

    assert officer.words() != name and officer.words().endswith("…")
    assert officer.accessibleName() == name and name in officer.toolTip()
    assert window.foot.lamp.text() == "Ở máy này"
    window.resize(1366, 768)
    assert officer.words() == name
    assert "lưu ở máy này" in window.foot.lamp.text()


def test_where_a_long_name_leaves_no_room_the_lamp_has_the_counts_alone(window: Window) -> None:
    window.resize(1120, 768)
    foot, words = window.foot, "An toàn trên máy chủ: 37/40; 3 hồ sơ chờ, cũ nhất 2 giờ; đồng bộ lúc 18:00"
    foot.show_lamp(words, "Máy chủ: 37/40", "", "soon")
    assert foot.lamp.text() == words

    foot.show_officer("Nguyễn Hoàng Thị Phương Thảo Niê Kđăm Buôn Krông")
    assert foot.lamp.text() == "Máy chủ: 37/40"
    assert words in foot.lamp.toolTip()

    foot.show_officer("Quản trị")
    assert foot.lamp.text() == words


def test_a_known_failure_stands_in_the_foot(window: Window, desk: Desk, qtbot: QtBot) -> None:
    desk.tasks.run("read", lambda: lookup.show(desk.office, "H15.321-260420-1"))

    qtbot.waitUntil(lambda: "Không có hồ sơ mã" in window.foot.told())


def test_where_the_keyring_is_empty_the_passphrase_opens(
    store: Places, make_start: Starts, vault: OpenVault, qtbot: QtBot
) -> None:
    vault.kept.clear()
    start = make_start(store)
    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), PassphraseDoor))
    door = start.window.pages.currentWidget()
    assert isinstance(door, PassphraseDoor)

    door.passphrase.insert("sai")
    press(ENTER)
    qtbot.waitUntil(lambda: "Mật khẩu không đúng" in door.notice.words())
    door.passphrase.setText("mat khau")
    press(ENTER)

    qtbot.waitUntil(lambda: start.window.desk is not None)


def test_a_second_window_over_the_same_store_is_told_to_use_the_first(
    store: Places, make_start: Starts, qtbot: QtBot
) -> None:
    with single_window(store.data / "window.lock"):
        start = make_start(store)

        qtbot.waitUntil(lambda: "đang mở ở một cửa sổ khác" in start._opening.notice.words())
    assert start.window.desk is None

    start._opening.button.click()
    qtbot.waitUntil(lambda: start.window.desk is not None)


def test_where_officers_have_pins_one_takes_the_seat_first(
    store: Places, vault: OpenVault, make_start: Starts, clock: Callable[[], Any], qtbot: QtBot
) -> None:
    from counter_app.services import opening
    from counter_app.services.opening import Openers

    office = opening.open_store(store, Openers(vault), clock)
    accounts.add_officer(office, office.session(), "xuyen", "Nông Thị Xuyến", "officer", "2580")
    office.close()
    start = make_start(store)
    seat = seat_of(start, qtbot)
    assert start.window.pages.currentWidget() is seat

    seat.choose("xuyen")
    seat.pin.insert("1111")
    press(ENTER)
    qtbot.waitUntil(lambda: "PIN không đúng" in seat.notice.words())
    seat.pin.setText("2580")
    press(ENTER)

    qtbot.waitUntil(lambda: start.window.foot.officer.words() == "Nông Thị Xuyến")
    assert isinstance(start.window.pages.currentWidget(), IntakePage)


def test_the_window_fits_a_small_screen(window: Window, intake: IntakePage, qtbot: QtBot) -> None:
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: not intake.preview.isVisible())

    assert window.width() == 1024
    assert intake.form.short.isVisible()


def _contrast(ink: str, ground: str) -> float:
    def light(colour: str) -> float:
        parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    pair = sorted((light(ink), light(ground)))
    return (pair[1] + 0.05) / (pair[0] + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (theme.INK, theme.WINDOW),
        (theme.SECOND, theme.RAIL),
        (theme.ACCENT, theme.TINT),
        (theme.SURFACE, theme.ACCENT),
        (theme.DISABLED_TEXT, theme.DISABLED),
        *theme.STATES.values(),
    ],
)
def test_text_stands_out_from_its_ground(ink: str, ground: str) -> None:
    assert _contrast(ink, ground) >= 4.5  # WCAG 2.2, 1.4.3


def test_focus_moves_nothing(intake: IntakePage, qtbot: QtBot, printer: FakePrinter) -> None:
    person = intake.person
    person.focus(person.name)
    before = [(w.pos(), w.size()) for w in (person.name, person.number, person.address)]

    person.focus(person.number)
    qtbot.wait(20)

    assert [(w.pos(), w.size()) for w in (person.name, person.number, person.address)] == before


@pytest.mark.parametrize(
    ("width", "height", "rail", "item"), [(1366, 768, 160, 48), (1024, 600, 88, 45), (683, 330, 120, 26)]
)
def test_the_rail_gives_way_and_keeps_every_page_and_key(
    window: Window, width: int, height: int, rail: int, item: int
) -> None:
    window.setMinimumSize(640, 300)

    window.resize(width, height)

    assert (window.rail.width(), window.rail.items["intake"].height()) == (rail, item)
    lowest = max(one.geometry().bottom() for one in window.rail.items.values())
    assert lowest <= window.rail.height()
    assert window.foot.geometry().bottom() <= height


def test_a_narrow_foot_says_what_was_done_in_the_place_of_the_lamp(window: Window) -> None:
    window.resize(900, 600)

    window.foot.tell("Đã lưu hồ sơ")

    assert window.foot.told() == "Đã lưu hồ sơ"
    assert not window.foot.lamp.shows_words()
    window.foot._on_faded()
    assert window.foot.lamp.shows_words()


def test_pages_are_made_ahead_in_pauses_and_take_no_focus_behind_the_lock(
    window: Window, qtbot: QtBot
) -> None:
    window.lock(SeatDoor())

    window.prepare("hand_back", "board")

    qtbot.waitUntil(lambda: {"hand_back", "board"} <= set(window._pages))
    assert not window._pages["hand_back"].isEnabled()
    assert isinstance(window.pages.currentWidget(), SeatDoor)
    window.begin()
    assert window._pages["hand_back"].isEnabled()


def test_an_icon_of_one_colour_is_drawn_once(app: QApplication) -> None:
    one, two = theme.pixmap("late", theme.INK), theme.pixmap("late", theme.INK)

    assert one.cacheKey() == two.cacheKey()
    assert theme.pixmap("late", theme.ACCENT).cacheKey() != one.cacheKey()
