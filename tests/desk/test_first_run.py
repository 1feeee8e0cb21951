"""From an empty folder to the first receipt, by the keyboard alone; power cuts; what may wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.first_run.agency import AgencyCode, AgencyName, OfficeFacts
from counter_app.desk.first_run.keys import KeyringTrial, Passphrase
from counter_app.desk.first_run.officers import MoreOfficers, OwnAccount
from counter_app.desk.first_run.printer import PrinterTrial
from counter_app.desk.first_run.ready import Ready
from counter_app.desk.first_run.rules import RulesHeld
from counter_app.desk.first_run.scanner import ScannerTrial
from counter_app.desk.first_run.sheet import SheetCheck, SheetPlace
from counter_app.desk.first_run.step import Step
from counter_app.desk.first_run.wizard import FirstRun
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.seat import SeatDoor
from counter_app.desk.widgets.place_completer import PlaceCompleter
from counter_app.domain.errors import NoKey
from counter_app.domain.scanner_trial import SAMPLE
from counter_app.paper import trial
from counter_app.services import first_run, lookup, opening
from counter_app.services.opening import Openers
from counter_app.system import settings
from counter_app.system.paths import Places
from counter_app.system.settings import Queue
from tests.desk import hands
from tests.desk.hands import CARD, FakePrinter, HandClock, HandQueues
from tests.desk.walking import Flashes, nameless
from tests.paper.reading import codes
from tests.vaults import OpenVault

ENTER = Qt.Key.Key_Return
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Starts = Callable[[Places], Start]
KEY = 0.28  # seconds: an average unpractised typist (Card, Moran, Newell: the keystroke-level model, 1980)
READ = 4.0  # syllables a second, read quietly


class Walker:
    """Fingers that count, and eyes that read what each page says."""

    def __init__(self, start: Start, qtbot: QtBot) -> None:
        self.start, self.qtbot = start, qtbot
        self.keys = 0
        self.syllables = 0

    @property
    def wizard(self) -> FirstRun:
        door = self.start.window.pages.currentWidget()
        assert isinstance(door, FirstRun)
        return door

    def at(self, kind: type[Step]) -> Step:
        self.qtbot.waitUntil(lambda: isinstance(self._page(), kind) and not self.wizard._busy, timeout=20_000)
        page = self.wizard.page
        self.syllables += sum(len(label.text().split()) for label in page.findChildren(QLabel))
        return page

    def _page(self) -> Step | None:
        door = self.start.window.pages.currentWidget()
        return door.page if isinstance(door, FirstRun) else None

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.keys += 1
            hands.press(key)

    def chord(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self.keys += 2
        hands.press(key, modifier)

    def type(self, words: str) -> None:
        # Telex takes about a third more keys than the letters that it makes.
        self.keys += len(words) if words.isascii() else round(len(words) * 4 / 3)
        hands.type_in(words)

    @property
    def seconds(self) -> float:
        return self.keys * KEY + self.syllables / READ


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "new")


@pytest.fixture
def walker(places: Places, make_start: Starts, qtbot: QtBot) -> Walker:
    return Walker(make_start(places), qtbot)


def name_agency(walker: Walker) -> None:
    page = walker.at(AgencyName)
    assert isinstance(page, AgencyName)
    walker.type("UBND xã Ea Mlung")
    walker.press(ENTER)
    walker.at(AgencyCode)
    walker.type("h15321")
    walker.press(ENTER)


def to_the_sheet(walker: Walker, tmp_path: Path) -> SheetPlace:
    name_agency(walker)
    walker.at(OfficeFacts)
    walker.press(ENTER, ENTER, ENTER)
    walker.at(KeyringTrial)
    walker.press(ENTER)
    walker.at(Passphrase)
    walker.type("ba con bo vang")
    walker.press(ENTER)
    walker.type("ba con bo vang")
    walker.press(ENTER)
    page = walker.at(SheetPlace)
    assert isinstance(page, SheetPlace)
    page.path.setText(str(tmp_path / "sheet.pdf"))
    return page


def check_sheet(walker: Walker) -> None:
    page = walker.at(SheetCheck)
    assert isinstance(page, SheetCheck)
    for place in page.places:
        walker.type(walker.wizard.ground.words[place - 1])
        walker.press(ENTER)


def test_from_nothing_to_the_first_receipt_by_the_keyboard_in_under_five_minutes(
    walker: Walker, places: Places, printer: FakePrinter, tmp_path: Path, qtbot: QtBot
) -> None:
    to_the_sheet(walker, tmp_path)
    walker.press(ENTER)
    check_sheet(walker)
    walker.at(OwnAccount)
    walker.type("Nông Thị Xuyến")
    walker.press(ENTER)
    walker.type("2580")
    walker.press(ENTER)
    walker.type("2580")
    walker.press(ENTER)
    more = walker.at(MoreOfficers)
    walker.type("Lò Văn Pâng")
    walker.press(ENTER, ENTER)
    walker.type("1470")
    walker.press(ENTER)
    qtbot.waitUntil(lambda: not walker.wizard._busy and not more.name.text())  # type: ignore[attr-defined]
    walker.press(ENTER)
    printing = walker.at(PrinterTrial)
    walker.press(ENTER)
    qtbot.waitUntil(lambda: "Giấy đã ra chưa" in printing.notice.words())
    walker.press(ENTER)
    scanner = walker.at(ScannerTrial)
    hands.type_in(SAMPLE)
    hands.press(ENTER)
    assert "Tốt" in scanner.notice.words()
    walker.press(ENTER)
    walker.at(RulesHeld)
    walker.press(ENTER)
    walker.at(Ready)
    walker.press(Qt.Key.Key_F2)
    window = walker.start.window
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), IntakePage), timeout=10_000)
    intake = window.pages.currentWidget()
    assert isinstance(intake, IntakePage)
    qtbot.waitUntil(lambda: intake.procedure.found.topLevelItemCount() > 0)

    hands.press(Qt.Key.Key_Escape)
    hands.type_in(CARD)
    hands.press(ENTER)
    qtbot.waitUntil(lambda: intake.person.name.text() == "H’Loan Niê Kđăm" and intake.person.phone.hasFocus())
    walker.type("0900000123")
    walker.press(ENTER)
    walker.type("lks")
    walker.press(ENTER)
    walker.chord(Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(intake.save.isEnabled)
    walker.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(printer.printed) == 3, timeout=10_000)

    sheet, tried, receipt = printer.printed
    assert codes(sheet[0], 150)["qr"]
    assert codes(tried[0], 200)["qr"] == trial.CODE
    office = opening.open_store(places, Openers(OpenVaultOf(walker)), HandClock())
    (line,) = lookup.newest(office)
    assert receipt[1] == line.code
    assert line.code.startswith("H15.321-")
    assert [(o.name, o.role.value) for o in office.commune().officers.values()] == [
        ("Nông Thị Xuyến", "administrator"),
        ("Lò Văn Pâng", "officer"),
    ]
    office.close()
    progress = first_run.read(settings.load(places.settings))
    assert progress is not None and progress.finished and not progress.later
    print(f"{walker.keys} keys, {walker.syllables} syllables, {walker.seconds:.0f} s")
    assert walker.seconds < 300


def OpenVaultOf(walker: Walker) -> OpenVault:
    vault = walker.start.around.vault
    assert vault is not None
    made = vault()
    assert isinstance(made, OpenVault)
    return made


def test_nothing_flashes_up_beside_the_window(
    app: QApplication, places: Places, make_start: Starts, qtbot: QtBot
) -> None:
    flashes = Flashes(app)

    walker = Walker(make_start(places), qtbot)
    walker.at(AgencyName)
    for place in range(len(walker.wizard.steps)):
        walker.wizard._stack.setCurrentIndex(place)
    app.removeEventFilter(flashes)

    assert flashes.seen == ["Window"]


def test_every_control_of_every_page_has_a_name(walker: Walker) -> None:
    walker.at(AgencyName)
    found = []
    for place in range(len(walker.wizard.steps)):
        walker.wizard._stack.setCurrentIndex(place)
        found += nameless(walker.wizard)

    assert found == []


def test_a_wrong_code_is_told_at_its_field_and_nothing_is_made(walker: Walker, places: Places) -> None:
    walker.at(AgencyName)
    walker.press(ENTER)
    assert "Hãy ghi tên" in walker.wizard.page.notice.words()
    walker.type("UBND xa Ea Mlung")
    walker.press(ENTER)
    page = walker.at(AgencyCode)
    walker.type("???")
    walker.press(ENTER)

    assert "Mã cơ quan" in page.notice.words()
    assert not places.database.exists()


def code_page(walker: Walker, name: str) -> AgencyCode:
    walker.at(AgencyName)
    walker.type(name)
    walker.press(ENTER)
    page = walker.at(AgencyCode)
    assert isinstance(page, AgencyCode)
    return page


def test_the_code_begins_as_the_name_tells_and_the_rest_is_typed_behind_it(walker: Walker) -> None:
    page = code_page(walker, "UBND xã Đồng Hỷ")
    walker.qtbot.waitUntil(lambda: page.code.text() == "H55.")
    assert "gõ tiếp phần của xã" in page.example.text()

    walker.press(ENTER)
    assert "H55.242" in page.notice.words()  # half a code is none
    assert page.code.hasFocus()
    walker.type("242")
    assert "H55.242-260420-1001" in page.example.text()
    walker.press(ENTER)

    walker.at(OfficeFacts)
    assert walker.wizard.ground.progress.agency == "H55.242"


def test_a_whole_code_typed_behind_the_proposal_takes_its_place(walker: Walker) -> None:
    page = code_page(walker, "UBND xã Đồng Hỷ")
    walker.qtbot.waitUntil(lambda: page.code.text() == "H55.")

    walker.type("h15321")

    assert page.code.text() == "h15321"


def test_the_province_chosen_with_the_name_tells_where_many_have_it(walker: Walker) -> None:
    walker.at(AgencyName)
    page = walker.wizard.page
    assert isinstance(page, AgencyName)
    completer = page.name.findChild(PlaceCompleter)
    walker.type("tan thanh thanh h")
    walker.qtbot.waitUntil(lambda: bool(completer.offered()), timeout=10_000)
    walker.press(Qt.Key.Key_Down, ENTER)
    walker.press(ENTER)
    code = walker.at(AgencyCode)
    assert isinstance(code, AgencyCode)

    walker.qtbot.waitUntil(lambda: code.code.text() == "H56.")


@pytest.mark.parametrize("name", ["UBND xã Ea Mlung", "UBND xã Ea Súp"])
def test_nothing_is_proposed_where_nothing_is_known(name: str, walker: Walker) -> None:
    page = code_page(walker, name)
    walker.qtbot.wait(150)

    assert page.code.text() == ""


def test_a_typed_code_is_left_alone_whatever_the_name_says(walker: Walker) -> None:
    page = code_page(walker, "UBND xã Ea Mlung")
    walker.type("h15321")
    walker.press(ENTER)
    walker.at(OfficeFacts)
    hands.press(Qt.Key.Key_Escape)
    walker.at(AgencyCode)
    hands.press(Qt.Key.Key_Escape)
    name = walker.at(AgencyName)
    assert isinstance(name, AgencyName)
    name.name.setText("UBND xã Đồng Hỷ")
    walker.press(ENTER)
    walker.at(AgencyCode)
    walker.qtbot.wait(150)

    assert page.code.text() == "H15.321"


def test_the_code_on_an_old_receipt_gives_the_agencys(walker: Walker) -> None:
    page = code_page(walker, "UBND xã Ea Mlung")
    walker.type("H15.321-210531-1001")
    assert "H15.321-260420-1001" in page.example.text()

    walker.press(ENTER)

    walker.at(OfficeFacts)
    assert walker.wizard.ground.progress.agency == "H15.321"


def test_the_code_of_training_is_no_agencys(walker: Walker) -> None:
    walker.at(AgencyName)
    walker.type("UBND xa Ea Mlung")
    walker.press(ENTER)
    page = walker.at(AgencyCode)
    walker.type("x00000")
    walker.press(ENTER)

    assert "tập dùng" in page.notice.words()


@pytest.mark.parametrize("back", [(ENTER, SHIFT), (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)])
def test_back_is_shift_enter_or_esc_and_what_was_typed_is_still_there(
    back: tuple[Qt.Key, Qt.KeyboardModifier], walker: Walker
) -> None:
    name_agency(walker)
    walker.at(OfficeFacts)

    hands.press(*back)
    code = walker.at(AgencyCode)
    hands.press(*back)
    name = walker.at(AgencyName)

    assert isinstance(code, AgencyCode) and code.code.text() == "H15.321"
    assert isinstance(name, AgencyName) and name.name.text() == "UBND xã Ea Mlung"


def test_a_short_or_mistyped_passphrase_is_told_and_a_weak_one_called_weak(
    walker: Walker, tmp_path: Path
) -> None:
    name_agency(walker)
    walker.at(OfficeFacts)
    walker.chord(ENTER, CONTROL)
    walker.at(KeyringTrial)
    walker.press(ENTER)
    page = walker.at(Passphrase)
    assert isinstance(page, Passphrase)
    walker.type("short")
    assert "Yếu" in page.strength.text()
    walker.press(ENTER, ENTER)
    assert "ít nhất 8" in page.notice.words()

    page.passphrase.setText("ba con bo vang")
    page.again.setText("ba con bo den")
    page.again.setFocus()
    walker.press(ENTER)

    assert "không giống nhau" in page.notice.words()


def test_without_a_keyring_a_passphrase_is_asked_for_and_why(
    places: Places, make_start: Starts, vault: OpenVault, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str, secret: bytes) -> None:
        raise NoKey("keyring-absent")

    monkeypatch.setattr(vault, "set", absent)
    walker = Walker(make_start(places), qtbot)
    name_agency(walker)
    walker.at(OfficeFacts)
    walker.chord(ENTER, CONTROL)
    tried = walker.at(KeyringTrial)
    assert "không có kho khóa" in tried.notice.words()
    hands.press(Qt.Key.Key_Tab)
    walker.wizard.onward.setFocus()
    walker.press(ENTER)
    page = walker.at(Passphrase)

    walker.chord(ENTER, CONTROL)

    assert walker.wizard.page is page
    assert page.later() == ""
    assert not walker.wizard.postpone.isVisible()


def test_the_keyring_is_really_tried_and_left_as_it_was(walker: Walker, vault: OpenVault) -> None:
    name_agency(walker)
    walker.at(OfficeFacts)
    walker.chord(ENTER, CONTROL)
    tried = walker.at(KeyringTrial)

    assert "đã cất và đọc lại đúng" in tried.notice.words()
    assert vault.kept == {}


def test_two_words_of_the_sheet_prove_that_it_is_in_hand(walker: Walker, tmp_path: Path) -> None:
    to_the_sheet(walker, tmp_path)
    walker.press(ENTER)
    page = walker.at(SheetCheck)
    assert isinstance(page, SheetCheck)
    one, two = page.places
    words = walker.wizard.ground.words
    assert one != two and len(words) == 9

    walker.type(words[one - 1])
    walker.press(ENTER)
    walker.type("babab" if words[two - 1] != "babab" else "babad")
    walker.press(ENTER)

    assert "Chưa đúng" in page.notice.words()
    assert walker.wizard.page is page
    assert page.two.hasFocus()
    walker.type(words[two - 1].upper())
    walker.press(ENTER)
    walker.at(OwnAccount)
    assert walker.wizard.ground.words == ()


def test_without_a_passphrase_the_sheet_cannot_be_put_off(walker: Walker) -> None:
    name_agency(walker)
    walker.at(OfficeFacts)
    walker.chord(ENTER, CONTROL)
    walker.at(KeyringTrial)
    walker.press(ENTER)
    walker.at(Passphrase)
    walker.chord(ENTER, CONTROL)
    page = walker.at(SheetPlace)

    walker.chord(ENTER, CONTROL)

    assert page.later() == ""
    assert walker.wizard.page is page


def test_a_sheet_that_would_lie_over_another_file_is_refused_and_no_store_is_made(
    walker: Walker, places: Places, tmp_path: Path
) -> None:
    page = to_the_sheet(walker, tmp_path)
    (tmp_path / "sheet.pdf").write_bytes(b"another store's")
    walker.press(ENTER)

    walker.qtbot.waitUntil(lambda: "Đã có tệp" in page.notice.words(), timeout=10_000)
    assert not places.database.exists()
    assert (tmp_path / "sheet.pdf").read_bytes() == b"another store's"


def cut(start: Start) -> None:
    """As a power cut leaves it, as far as a process can: nothing more is written."""
    start.window.close()


def test_after_a_power_cut_it_goes_on_at_the_first_step_that_is_not_done(
    walker: Walker, places: Places, make_start: Starts, qtbot: QtBot, tmp_path: Path
) -> None:
    to_the_sheet(walker, tmp_path)
    cut(walker.start)
    assert not places.database.exists()

    again = Walker(make_start(places), qtbot)
    again.at(KeyringTrial)
    assert again.wizard.ground.progress.name == "UBND xã Ea Mlung"
    assert again.wizard.ground.progress.agency == "H15.321"
    again.press(ENTER)
    again.at(Passphrase)  # a secret is kept nowhere: it is asked again
    again.type("ba con bo vang")
    again.press(ENTER)
    again.type("ba con bo vang")
    again.press(ENTER)
    page = again.at(SheetPlace)
    assert isinstance(page, SheetPlace)
    page.path.setText(str(tmp_path / "sheet.pdf"))
    again.press(ENTER)
    check_sheet(again)
    again.at(OwnAccount)
    again.type("Lan")
    again.press(ENTER)
    again.type("2580")
    again.press(ENTER)
    again.type("2580")
    again.press(ENTER)
    again.at(MoreOfficers)
    cut(again.start)

    # The officers' step was not ended; a PIN has been set, so its owner takes the seat first.
    third = Walker(make_start(places), qtbot)
    pages = third.start.window.pages
    qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), SeatDoor), timeout=10_000)
    seat = pages.currentWidget()
    assert isinstance(seat, SeatDoor)
    qtbot.waitUntil(seat.pin.hasFocus)
    hands.type_in("2580")
    hands.press(ENTER)
    page_ = third.at(OwnAccount)
    assert isinstance(page_, OwnAccount) and page_.name.text() == "Lan"


def test_nothing_secret_is_written_into_the_settings(walker: Walker, places: Places, tmp_path: Path) -> None:
    to_the_sheet(walker, tmp_path)
    walker.press(ENTER)
    walker.at(SheetCheck)

    kept = places.settings.read_text("utf-8")

    assert "ba con bo vang" not in kept
    assert not any(word in kept for word in walker.wizard.ground.words)


def test_a_sheet_that_was_not_tried_is_asked_for_again_by_all_nine_words(
    walker: Walker, places: Places, make_start: Starts, printer: FakePrinter, qtbot: QtBot, tmp_path: Path
) -> None:
    to_the_sheet(walker, tmp_path)
    printer.broken = True
    walker.press(ENTER)
    walker.at(SheetCheck)
    words = " ".join(walker.wizard.ground.words)
    walker.chord(ENTER, CONTROL)
    walker.at(OwnAccount)
    for page in (OwnAccount, PrinterTrial, ScannerTrial, RulesHeld):
        walker.at(page)
        walker.chord(ENTER, CONTROL)
    walker.at(Ready)
    walker.press(ENTER)
    qtbot.waitUntil(lambda: isinstance(walker.start.window.pages.currentWidget(), IntakePage), timeout=10_000)
    cut(walker.start)

    again = Walker(make_start(places), qtbot)
    page = again.at(SheetCheck)
    assert isinstance(page, SheetCheck) and page.places == (0, 0)
    again.type(words.replace(words[:5], "babab"))
    again.press(ENTER)
    qtbot.waitUntil(lambda: page.notice.words() != "")
    page.one.setText(words)
    again.press(ENTER)
    again.at(Ready)
    again.press(ENTER)

    qtbot.waitUntil(lambda: isinstance(again.start.window.pages.currentWidget(), IntakePage), timeout=10_000)
    progress = first_run.read(settings.load(places.settings))
    assert progress is not None and progress.finished
    assert progress.later == {"officers", "printer", "scanner", "rules"}


@pytest.mark.parametrize(
    ("scanned", "said"),
    [
        (SAMPLE, "Tốt"),
        ("001199000000||Nguyen Thi Mau|01021999|Nu|So 1 duong Thu, xa Nam May|01012024", "Dấu tiếng Việt"),
        ("001199000000||Nguyễn Thị Mẫu|0102|Nữ|Số 1 đường Thử, xã Nậm Mây|01012024", "Ngày sinh"),
        ("001199000000||Nguyễn", "đứt đoạn"),
        ("8934563138165", "Tốt"),
    ],
)
def test_what_a_scan_lost_on_its_way_is_told_with_its_cure(scanned: str, said: str, app: object) -> None:
    page = ScannerTrial(ground=None)  # type: ignore[arg-type]

    page.scanned.setText(scanned)
    assert page.takes_enter(page.scanned)

    assert said in page.notice.words() or said in page.notice._words.text()
    assert page.scanned.text() == ""


def test_a_scanner_that_presses_no_enter_is_told_of(app: object, qtbot: QtBot) -> None:
    page = ScannerTrial(ground=None)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show()
    page.scanned.setFocus()

    page.scanned.setText(SAMPLE)
    page.scanned.textEdited.emit(SAMPLE)

    qtbot.waitUntil(lambda: "không bấm Enter" in page.notice.words(), timeout=5_000)


def test_a_page_that_did_not_come_out_says_what_to_look_at(
    walker: Walker, tmp_path: Path, qtbot: QtBot
) -> None:
    to_the_sheet(walker, tmp_path)
    walker.press(ENTER)
    check_sheet(walker)
    walker.at(OwnAccount)
    walker.chord(ENTER, CONTROL)
    page = walker.at(PrinterTrial)
    assert isinstance(page, PrinterTrial)
    walker.press(ENTER)
    qtbot.waitUntil(lambda: page.no.isVisible())

    page.no.click()

    assert "có giấy" in page.notice.words()
    assert walker.wizard.page is page


def test_each_queue_is_offered_with_a_paper_of_its_own_and_the_shown_one_gets_the_receipts(
    walker: Walker, places: Places, tmp_path: Path, qtbot: QtBot
) -> None:
    queues = HandQueues("LASER", "POS-80", "OLD")
    to_the_sheet(walker, tmp_path)
    walker.press(ENTER)
    check_sheet(walker)
    walker.at(OwnAccount)
    walker.wizard.ground.queues = lambda: queues
    walker.chord(ENTER, CONTROL)
    page = walker.at(PrinterTrial)
    assert isinstance(page, PrinterTrial)
    qtbot.waitUntil(page.queue.isVisible)
    assert [page.queue.itemText(n) for n in range(3)] == ["Máy in mặc định (LASER)", "POS-80", "OLD"]
    assert "LASER" in page.words.text() and not page.width_mm.isVisible()
    choose(page.paper, "a4")

    choose(page.queue, "POS-80")
    assert "POS-80" in page.words.text() and page.paper.currentData() == "a5"
    choose(page.paper, "80mm")
    assert page.width_mm.isVisible()
    page.width_mm.setValue(48)
    choose(page.queue, "")
    assert page.paper.currentData() == "a4"
    choose(page.queue, "POS-80")
    assert (page.paper.currentData(), page.width_mm.value()) == ("80mm", 48)
    walker.chord(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: "Giấy đã ra chưa" in page.notice.words())
    assert [paper for _, _, paper in queues.printers["POS-80"].printed] == ["80mm"]
    walker.press(ENTER)
    walker.at(ScannerTrial)

    kept = settings.load(places.settings)
    assert kept.receipts == "POS-80"
    assert dict(kept.queues) == {"LASER": Queue("a4", 72), "POS-80": Queue("80mm", 48)}


def test_the_default_queue_is_kept_as_the_default_one(
    walker: Walker, places: Places, tmp_path: Path, qtbot: QtBot
) -> None:
    to_the_sheet(walker, tmp_path)
    walker.press(ENTER)
    check_sheet(walker)
    walker.at(OwnAccount)
    walker.wizard.ground.queues = lambda: HandQueues("LASER")
    walker.chord(ENTER, CONTROL)
    page = walker.at(PrinterTrial)
    assert isinstance(page, PrinterTrial)
    qtbot.waitUntil(lambda: "LASER" in page.words.text())
    assert not page.queue.isVisible()  # there is nothing to choose
    walker.wizard.onward.setFocus()
    walker.press(ENTER)
    walker.at(ScannerTrial)

    kept = settings.load(places.settings)
    assert (kept.receipts, dict(kept.queues)) == ("", {"LASER": Queue("a5", 72)})


def choose(box: QComboBox, data: str) -> None:
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def test_a_store_made_by_the_command_line_knows_no_first_run(
    store: Places, make_start: Starts, qtbot: QtBot
) -> None:
    start = make_start(store)

    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), IntakePage), timeout=10_000)
    assert start.window.rail.isVisible()
