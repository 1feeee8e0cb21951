"""The intake as an officer works it: by keys alone, from the card to the printed receipt."""

from __future__ import annotations

import io
import statistics
import threading
import time
import unicodedata
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk.page import Desk
from counter_app.desk.pages.days import read_day
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.window import Window
from counter_app.domain.dossier import Dossier
from counter_app.services import lookup
from counter_app.services.office import Office
from counter_app.system.printing import FolderPrinter
from tests.desk.hands import CARD, FakePrinter, HandClock, press, type_in

ENTER, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Tab
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def scan_card(intake: IntakePage, card: str = CARD) -> None:
    """As a scanner does that types the card and then Enter."""
    intake.person.focus(intake.person.name)
    type_in(card)
    press(ENTER)


def fill(intake: IntakePage, procedure: str = "lks", phone: str = "0900000123") -> None:
    """Card, phone, procedure and all papers; stands in the last band."""
    scan_card(intake)
    type_in(phone)
    press(ENTER)
    type_in(procedure)
    press(ENTER)
    press(Qt.Key.Key_D, CONTROL)


def wait_saved(intake: IntakePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: intake.saved.isVisible() and "LASER" in intake.saved.printing.words())


def saved_dossier(office: Office) -> Dossier:
    (line,) = lookup.newest(office)
    return lookup.story(office, line.dossier)


def words_of(pdf: bytes) -> str:
    return unicodedata.normalize("NFC", pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text())


def test_a_card_a_procedure_by_two_letters_and_f9_make_a_dossier_and_its_receipt(
    intake: IntakePage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    scan_card(intake)
    type_in("0900000123")
    press(ENTER)
    type_in("ks")
    press(ENTER)
    for row in intake.components.rows:
        if row.needed:
            intake.components.focus(row.tick)
            press(SPACE)
    press(ENTER)

    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    dossier = saved_dossier(office)
    assert dossier.party()["name"] == "H’Loan Niê Kđăm"
    assert dossier.party()["id_number"] == "066174000123"
    assert dossier.party()["phone"] == "0900000123"
    assert dossier.values["procedure"]["code"] == "1.001193"
    assert len(dossier.prints) == 1
    ((pdf, title, paper),) = printer.printed
    assert (title, paper) == (dossier.code, "a5")
    assert dossier.code in words_of(pdf)
    assert intake.saved.code.text() == dossier.code


def test_the_fields_hold_what_the_card_says(intake: IntakePage) -> None:
    scan_card(intake)

    person = intake.person
    assert person.birth.text() == "12/3/1974"
    assert person.sex.currentData() == "Nữ"
    assert person.address.text() == "Buôn Ea Mlung, xã Ea Mlung, tỉnh Đắk Lắk"
    assert person.phone.hasFocus()


def test_the_form_is_said_again_once_for_a_card_not_for_each_field(intake: IntakePage, qtbot: QtBot) -> None:
    said: list[str] = []
    intake.form.edited.connect(lambda: said.append(intake.person.name.text()))

    intake.begin(CARD)

    assert said == ["H’Loan Niê Kđăm"]


def test_a_pasted_card_needs_no_enter(intake: IntakePage) -> None:
    intake.person.focus(intake.person.name)

    intake.person.name.insert(CARD)

    assert intake.person.name.text() == "H’Loan Niê Kđăm"


def test_a_card_whose_accents_were_lost_says_so_in_its_band(intake: IntakePage) -> None:
    mangled = "066174000123||Nguyeenx Thij Lan|12031974|Nu|Xa Ea Mlung, Dak Lak|10052021"

    scan_card(intake, mangled)

    assert "mất dấu" in intake.person.notice.words()
    assert intake.person.name.hasFocus()


def test_a_name_from_an_input_method_is_kept_in_nfc(intake: IntakePage) -> None:
    intake.person.focus(intake.person.name)

    type_in(unicodedata.normalize("NFD", "Nguyễn Thị Ánh"))

    assert intake.person.fields()["name"] == "Nguyễn Thị Ánh"
    assert unicodedata.is_normalized("NFC", intake.person.fields()["name"])


def test_the_receipt_grows_with_the_reason_of_its_date(intake: IntakePage) -> None:
    fill(intake)

    assert intake.preview.date.text() == "28/4/2026"
    assert "25–26/4 cuối tuần" in intake.preview.why.text()
    assert "5 ngày làm việc" in intake.preview.why.text()


def test_enter_and_shift_enter_go_through_the_bands(intake: IntakePage) -> None:
    scan_card(intake)
    type_in("0900000123")
    press(ENTER)
    assert intake.procedure.is_open

    press(ENTER, SHIFT)

    assert intake.person.is_open
    assert intake.person.address.hasFocus()


def test_arrows_choose_among_the_procedures_found(intake: IntakePage) -> None:
    intake.form.open(intake.procedure)
    type_in("ks")
    second = intake.procedure.found.topLevelItem(1)
    assert second is not None
    name = second.text(0)

    press(Qt.Key.Key_Down)
    press(ENTER)

    assert intake.procedure.procedure is not None
    assert intake.procedure.procedure.name == name


def test_a_code_finds_its_procedure(intake: IntakePage) -> None:
    intake.form.open(intake.procedure)

    type_in("1.004884")
    press(ENTER)

    assert intake.procedure.procedure is not None
    assert intake.procedure.procedure.name == "Đăng ký lại khai sinh"


def test_a_police_procedure_is_offered_by_its_whole_code_only(intake: IntakePage) -> None:
    intake.form.open(intake.procedure)
    type_in("1.00422")
    assert intake.procedure.found.topLevelItemCount() == 0

    type_in("2")

    item = intake.procedure.found.topLevelItem(0)
    assert item is not None
    assert item.text(1) == "1.004222"


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("number", "123", "Số định danh"),
        ("phone", "12", "Số điện thoại"),
        ("birth", "40/13/1990", "Ngày sinh"),
    ],
)
def test_what_cannot_be_read_stands_in_its_band_and_stops_there(
    intake: IntakePage, field: str, typed: str, told: str
) -> None:
    fill(intake)
    intake.form.open(intake.person)
    control = getattr(intake.person, field)
    intake.person.focus(control)

    type_in(typed)
    press(Qt.Key.Key_F9)

    assert intake.person.is_open
    assert told in intake.person.notice.words()
    assert control.hasFocus()
    assert not intake.save.isEnabled()


def test_a_missing_paper_keeps_f9_disabled_with_the_reason_beside_it(intake: IntakePage) -> None:
    scan_card(intake)
    press(ENTER)
    press(ENTER)
    type_in("lks")
    press(ENTER)
    press(SPACE)

    assert not intake.save.isEnabled()
    assert intake.reason.text() == "Còn thiếu 2 giấy ở mục 3"
    assert "Thiếu giấy số 2, 3" in intake.components.notice.words()


def at_rest(widget: QWidget, within: QWidget, qtbot: QtBot) -> QPoint:
    """Where its middle is, once nothing moves any more."""
    last, now = None, widget.mapTo(within, widget.rect().center())
    while now != last:
        qtbot.wait(50)
        last, now = now, widget.mapTo(within, widget.rect().center())
    return now


def test_a_warning_about_papers_is_seen_whole_and_moves_nothing(
    intake: IntakePage, qtbot: QtBot, clock: HandClock
) -> None:
    fill(intake, "ks")
    intake.form.open(intake.components)
    tick = intake.components.rows[1].tick
    before = at_rest(tick, intake, qtbot)
    press(SPACE)  # the first paper goes back

    qtbot.waitUntil(lambda: bool(intake.components.notice.words()))
    after = at_rest(tick, intake, qtbot)

    notice = intake.components.notice
    seen = intake.form.area.viewport()
    assert notice.mapTo(seen, notice.rect().bottomLeft()).y() <= seen.height()
    assert after == before


def test_many_papers_stand_in_the_receipt_a_line_each(intake: IntakePage) -> None:
    fill(intake, "ks")
    for number in range(12):
        intake.form.open(intake.components)
        intake.components.extra.setFocus()
        type_in(f"giay to thu {number} co ten that dai de khong vua mot dong nao ca")
        press(ENTER)

    shown = intake.preview._values[3]
    lines = shown.text().split("\n")

    assert len(lines) == 6
    assert lines[0].startswith("1. Tờ khai")
    assert lines[0].endswith("– bản chính,\N{NO-BREAK SPACE}1")
    assert lines[-1] == "… và 10 giấy nữa"
    assert shown.sizeHint().height() <= 6 * shown.fontMetrics().lineSpacing() + 2


def test_delete_says_that_this_dossier_does_not_need_the_paper(
    intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    fill(intake)
    intake.form.open(intake.components)
    last = intake.components.rows[-1]
    intake.components.focus(last.tick)

    press(Qt.Key.Key_Delete)
    assert last.tick.text() == "Không cần"
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    names = [c["name"] for c in saved_dossier(office).values["components"]]
    assert last.component.name not in names
    assert len(names) == len(intake.components.rows) - 1


def test_kinds_counts_and_further_papers_are_kept(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(intake)
    intake.form.open(intake.components)
    row = intake.components.rows[0]
    row.count.setValue(3)
    row.kind.setCurrentIndex(row.kind.findData("copy"))
    intake.components.focus(intake.components.extra)
    type_in("Sổ hộ khẩu cũ")
    press(ENTER)

    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    components = saved_dossier(office).values["components"]
    assert components[0] == {"name": row.component.name, "kind": "copy", "count": 3}
    assert components[-1]["name"] == "Sổ hộ khẩu cũ"


def test_a_procedure_without_limit_asks_for_a_day_and_a_reason(
    intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    fill(intake, "1.001776")
    assert intake.fee.is_open
    assert intake.fee.due.hasFocus()
    assert not intake.save.isEnabled()

    type_in("12/5")
    press(ENTER)
    type_in("theo lịch họp xét của xã")
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    dossier = saved_dossier(office)
    assert dossier.due is not None
    assert dossier.due.date() == date(2026, 5, 12)
    assert dossier.values["promise"]["reason"] == "theo lịch họp xét của xã"


def test_a_rest_day_is_refused_where_the_day_was_typed(intake: IntakePage) -> None:
    fill(intake, "1.001776")

    type_in("26/4/2026")
    press(ENTER)
    type_in("theo lịch họp")
    press(Qt.Key.Key_F9)

    assert "ngày nghỉ" in intake.fee.notice.words()
    assert intake.fee.due.hasFocus()


def test_a_year_without_a_calendar_is_confirmed_in_its_band(
    intake: IntakePage, office: Office, clock: HandClock, qtbot: QtBot
) -> None:
    clock.pass_by(days=252)  # the end of 2026; 2027 has no calendar yet
    fill(intake)
    assert "2027" in intake.fee.calendar_notice.words()
    assert not intake.save.isEnabled()

    intake.fee.confirmed.setFocus()
    press(SPACE)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    received = saved_dossier(office).reception
    assert received is not None
    assert received["calendar_confirmed"] is True


def test_the_fee_follows_the_rule_until_the_officer_types_another(intake: IntakePage) -> None:
    fill(intake, "2.000815")

    intake.fee.pages.setValue(4)
    assert intake.fee.money() == 6000
    intake.fee.amount.setFocus()
    intake.fee.amount.selectAll()
    type_in("5000")
    intake.fee.pages.setValue(2)

    assert intake.fee.money() == 5000


def test_money_taken_and_the_way_home_are_kept(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(intake)
    intake.fee.focus(intake.fee.amount)
    type_in("5000")
    intake.fee.paid.setChecked(True)
    intake.fee._radios[2].setChecked(True)

    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    dossier = saved_dossier(office)
    assert (dossier.owed, dossier.paid) == (5000, 5000)
    assert dossier.values["return_by"] == "post"


def test_an_amount_that_is_no_number_stands_in_its_band(intake: IntakePage) -> None:
    fill(intake)
    intake.fee.focus(intake.fee.amount)

    type_in("abc")
    press(Qt.Key.Key_F9)

    assert "abc" in intake.fee.notice.words()
    assert not intake.save.isEnabled()


def test_someone_else_brings_the_papers(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(intake)
    intake.form.open(intake.person)
    intake.person.has_submitter.setChecked(True)
    type_in("Y Thao Ayun")

    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    assert saved_dossier(office).party("submitter")["name"] == "Y Thao Ayun"


def test_an_organisation_has_a_tax_code_and_no_birth_date(
    intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    intake.person.is_org.setChecked(True)
    intake.person.focus(intake.person.name)
    type_in("Hợp tác xã Ea Mlung")
    intake.person.focus(intake.person.number)
    type_in("0101243150")
    intake.person.focus(intake.person.phone)
    type_in("0900000123")
    press(ENTER)
    press(ENTER)
    type_in("1.001612")
    press(ENTER)
    press(Qt.Key.Key_D, CONTROL)

    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    party = saved_dossier(office).party()
    assert (party["kind"], party["tax_code"]) == ("org", "0101243150")


def test_f9_twice_makes_one_dossier(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(intake)

    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    assert len(lookup.newest(office)) == 1


def test_enter_after_saving_clears_the_page_for_the_next_citizen(
    intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    press(ENTER)
    assert intake.person.name.hasFocus()
    assert intake.person.fields() == {"kind": "person"}
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    assert len(lookup.newest(office)) == 2


def test_who_has_a_dossier_here_already_is_told_before_a_second_one_is_received(
    intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    code = saved_dossier(office).code
    press(ENTER)

    scan_card(intake)
    qtbot.waitUntil(lambda: code in intake.person.notice.words())
    type_in("0900000123")
    press(ENTER)
    type_in("lks")
    press(ENTER)
    assert code in intake.procedure.notice.words()
    assert "thêm một hồ sơ mới" in intake.procedure.notice.words()

    intake.form.open(intake.procedure)
    intake.procedure.query.setText("ks")
    press(ENTER)
    assert intake.procedure.notice.words() == ""
    intake.person.number.setText("066190000777")
    intake.person.birth.setText("1/1/1990")
    qtbot.waitUntil(lambda: code not in intake.person.notice.words())


def test_a_returning_citizen_is_received_in_eight_keys_after_the_scan(
    intake: IntakePage, office: Office, clock: HandClock, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    press(ENTER)
    clock.pass_by(days=2)
    keys = 0

    def key(one: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        nonlocal keys
        keys += 1 + len(held)
        press(one, *held)

    intake.begin(CARD)
    qtbot.waitUntil(lambda: intake.person.phone.text() == "0900000123")
    assert intake.person.phone.accessibleName() == "Điện thoại · hồ sơ 20/4/2026"
    assert intake.person.phone.selectedText() == "0900000123"  # the next key types over it
    key(ENTER)
    assert "ĐT 0900 000 123 (hồ sơ 20/4/2026)" in intake.person._facts.text()
    for letter in (Qt.Key.Key_L, Qt.Key.Key_K, Qt.Key.Key_S):
        key(letter)
    key(ENTER)
    key(Qt.Key.Key_D, CONTROL)
    key(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    assert keys == 8  # at most 12 are promised; Ctrl counts as one
    newest = lookup.story(office, lookup.newest(office)[0].dossier)
    assert newest.party()["phone"] == "0900000123"


def test_what_was_offered_of_one_person_does_not_stay_with_another(intake: IntakePage, qtbot: QtBot) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    press(ENTER)
    scan_card(intake)
    qtbot.waitUntil(lambda: intake.person.phone.text() == "0900000123")

    scan_card(intake, CARD.replace("066174000123", "066190000777").replace("H’Loan", "H’Bia"))

    assert intake.person.phone.text() == ""
    assert intake.person.phone.accessibleName() == "Điện thoại"


def test_what_the_officer_typed_is_never_replaced_by_what_was_known(
    intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    code = saved_dossier(office).code
    press(ENTER)
    intake.person.phone.setText("0911111111")

    scan_card(intake)
    qtbot.waitUntil(lambda: code in intake.person.notice.words())

    assert intake.person.phone.text() == "0911111111"


def test_the_same_dossier_under_a_misspelt_name_is_told_with_the_key_to_see_it(
    window: Window, intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    dossier = saved_dossier(office)
    press(ENTER)

    type_in("H Loan Nie Kdan")
    press(ENTER)
    press(ENTER)
    type_in("12/3/1974")
    qtbot.waitUntil(lambda: "Có thể là cùng một người" in intake.person.notice.words())
    intake.form.open(intake.procedure)
    type_in("lks")
    press(ENTER)
    assert "Có thể hồ sơ này đã nhận rồi" in intake.procedure.notice.words()
    assert intake.procedure.notice.isVisible()

    press(Qt.Key.Key_O, CONTROL)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is not intake)

    window.go("intake")
    assert intake.person.fields()["name"] == "H Loan Nie Kdan"
    press(Qt.Key.Key_D, CONTROL)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)  # told, never stopped
    assert len(lookup.newest(office)) == 2
    assert dossier.code != intake.saved.code.text()


def test_the_same_citizens_next_dossier_begins_at_the_procedure(
    intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    first = intake.turns.id

    press(Qt.Key.Key_T, CONTROL)
    assert intake.procedure.is_open
    assert intake.turns.id != first
    type_in("ks")
    press(ENTER)
    press(Qt.Key.Key_D, CONTROL)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(lookup.newest(office)) == 2)

    people = [lookup.story(office, line.dossier).party() for line in lookup.newest(office)]
    assert people[0] == people[1]
    assert people[0]["id_number"] == "066174000123"


def test_a_failed_print_says_so_and_a_second_one_is_marked(
    intake: IntakePage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    printer.broken = True
    fill(intake)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "chưa in được" in intake.saved.printing.words())
    assert len(lookup.newest(office)) == 1

    printer.broken = False
    press(Qt.Key.Key_P, CONTROL)
    press(ENTER)
    wait_saved(intake, qtbot)

    dossier = saved_dossier(office)
    assert len([e for e in dossier.entries if e.name == "spoiled"]) == 1
    assert len(dossier.prints) == 2
    assert "bản in trước không ra giấy" in words_of(printer.printed[0][0])


def test_without_a_printer_the_officer_is_told_that_the_receipt_is_a_file(
    intake: IntakePage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.printer = FolderPrinter(tmp_path / "giay-hen")
    fill(intake)
    press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: "chưa có máy in" in intake.saved.printing.words())

    (paper,) = (tmp_path / "giay-hen").iterdir()
    assert str(paper) in intake.saved.printing.words()


def test_a_reprint_names_its_reason(
    intake: IntakePage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    press(Qt.Key.Key_P, CONTROL)
    type_in("người nộp làm ướt giấy")
    press(ENTER)
    qtbot.waitUntil(lambda: len(printer.printed) == 2)

    last = saved_dossier(office).prints[-1].payload
    assert last is not None
    assert last["reason"] == "người nộp làm ướt giấy"


def test_a_clock_behind_the_last_act_stops_the_saving_and_keeps_the_page(
    intake: IntakePage, office: Office, clock: HandClock, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    press(ENTER)
    clock.pass_by(hours=-2)
    fill(intake)

    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Đồng hồ máy" in intake.reason.text())

    assert len(lookup.newest(office)) == 1
    assert intake.person.fields()["name"] == "H’Loan Niê Kđăm"
    assert intake.save.isEnabled()


def test_without_an_officer_nothing_is_saved(intake: IntakePage, desk: Desk) -> None:
    from counter_app.services.office import Session

    desk.session = Session(None)
    fill(intake)

    assert not intake.save.isEnabled()
    assert "cán bộ" in intake.reason.text()


def test_a_slow_store_never_stops_the_window(intake: IntakePage, desk: Desk, qtbot: QtBot) -> None:
    beats: list[int] = []
    held, waited = threading.Event(), []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(1))
    heart.start(10)
    desk.tasks.run("store", lambda: waited.append(held.wait(60)))

    fill(intake)
    press(Qt.Key.Key_F9)
    before = len(beats)
    qtbot.waitUntil(lambda: len(beats) > before + 20)

    # What the officer waits for is the store's work, never the window's.
    assert intake.reason.text() == "Đang lưu…"
    assert waited == []
    held.set()
    wait_saved(intake, qtbot)
    heart.stop()


def test_typing_answers_at_once(intake: IntakePage) -> None:
    fill(intake)
    intake.form.open(intake.person)
    intake.person.focus(intake.person.address)
    spent = []
    for _ in range(20):
        began = time.perf_counter()
        type_in("a")
        spent.append(time.perf_counter() - began)

    assert statistics.median(spent) < 0.05


def test_a_card_scanned_while_a_procedure_is_chosen_keeps_the_draft(
    window: Window, intake: IntakePage
) -> None:
    intake.form.open(intake.procedure)
    type_in("lks")
    press(ENTER)

    intake.begin(CARD)

    assert intake.procedure.procedure is not None
    assert intake.person.fields()["name"] == "H’Loan Niê Kđăm"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("28/4/2026", date(2026, 4, 28)),
        ("28-4-2026", date(2026, 4, 28)),
        ("2026-04-28", date(2026, 4, 28)),
        ("28/4", date(2026, 4, 28)),
        ("1/2", date(2027, 2, 1)),
        ("31/4/2026", None),
        ("29/2", None),
        ("mai", None),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, day: date | None) -> None:
    assert read_day(typed, date(2026, 4, 20)) == day


def test_a_card_that_a_slow_scanner_types_into_the_number_fills_the_page(intake: IntakePage) -> None:
    intake.person.focus(intake.person.number)
    intake.person.number.setText(CARD)

    press(ENTER)

    assert intake.person.name.text() == "H’Loan Niê Kđăm"
    assert intake.person.number.text() == "066174000123"
    assert intake.person.phone.hasFocus()
