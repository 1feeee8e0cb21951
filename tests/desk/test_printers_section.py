"""Thiết lập, Máy in: chosen once and kept, test pages, the pad of slips; all of it by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk import prints
from counter_app.desk.page import Desk
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.pages.settings import SettingsPage
from counter_app.desk.settings.printers import PrintersSection
from counter_app.desk.window import Window
from counter_app.paper.trial import CODE
from counter_app.services import lookup, slips
from counter_app.services.office import Session
from counter_app.system import settings
from counter_app.system.printing import Trouble
from counter_app.system.settings import Queue
from tests.desk.hands import HandQueues, press, type_in
from tests.desk.test_intake import ENTER, fill
from tests.desk.test_wedge import Keyboard
from tests.desk.walking import nameless
from tests.paper import reading

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def queues(desk: Desk) -> HandQueues:
    made = HandQueues("LASER", "POS-80")
    desk.queues, desk.queue, desk.printer = made, "LASER", made.printer("LASER")
    return made


@pytest.fixture
def section(window: Window, queues: HandQueues, qtbot: QtBot) -> PrintersSection:
    press(Qt.Key.Key_F11)
    page = window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    made = page.choose("printers")
    assert isinstance(made, PrintersSection)
    qtbot.waitUntil(lambda: list(made.rows) == queues.names())
    return made


def on(control: QWidget, key: Qt.Key, times: int = 1) -> None:
    control.setFocus()
    for _ in range(times):
        QTest.keyClick(control, key)


def test_every_queue_is_there_with_its_state_and_every_control_has_a_name(
    section: PrintersSection, queues: HandQueues, qtbot: QtBot
) -> None:
    queues.printers["POS-80"].trouble = Trouble.PAPER_OUT
    section.entered()

    qtbot.waitUntil(lambda: "hết giấy" in section.rows["POS-80"].tag.words())
    assert "Sẵn sàng" in section.rows["LASER"].tag.words()
    assert section.uses["receipts"].currentText() == "Máy in mặc định (LASER)"
    assert nameless(section) == []


def test_a_queues_paper_and_width_are_chosen_once_and_kept(
    section: PrintersSection, desk: Desk, qtbot: QtBot
) -> None:
    row = section.rows["POS-80"]
    assert not row.width_mm.isVisible()

    on(row.paper, Qt.Key.Key_End)
    assert row.width_mm.isVisible()
    row.width_mm.setValue(48)

    wanted = Queue("80mm", 48)
    qtbot.waitUntil(lambda: desk.office.settings.queue("POS-80") == wanted)
    assert settings.load(desk.office.places.settings).queues == {"POS-80": wanted}
    assert desk.office.settings.queue("LASER") == Queue("a5", 72)


def test_receipts_go_to_the_chosen_queue_on_its_paper(
    section: PrintersSection, queues: HandQueues, desk: Desk, window: Window, qtbot: QtBot
) -> None:
    on(section.rows["POS-80"].paper, Qt.Key.Key_End)
    on(section.uses["receipts"], Qt.Key.Key_End)
    qtbot.waitUntil(lambda: desk.office.settings.receipts == "POS-80" and desk.paper() == "80mm")
    press(Qt.Key.Key_F2)
    intake = window.pages.currentWidget()
    assert isinstance(intake, IntakePage)

    fill(intake)
    press(Qt.Key.Key_F9)

    slip = queues.printers["POS-80"]
    qtbot.waitUntil(lambda: len(slip.printed) == 1)
    pdf, title, paper = slip.printed[0]
    assert (title, paper) == (lookup.newest(desk.office)[0].code, "80mm")
    assert reading.sizes(pdf)[0][0] / 72 * 25.4 == pytest.approx(80, abs=0.1)
    assert queues.printers["LASER"].printed == []
    dossier = lookup.show(desk.office, title)[0]
    assert [e.payload["paper"] for e in dossier.prints if e.payload] == ["80mm"]


def test_a_chosen_queue_that_is_gone_is_named_and_not_replaced_in_silence(
    section: PrintersSection, queues: HandQueues, desk: Desk, qtbot: QtBot
) -> None:
    on(section.uses["receipts"], Qt.Key.Key_End)
    qtbot.waitUntil(lambda: desk.office.settings.receipts == "POS-80")

    del queues.printers["POS-80"]
    section.entered()

    qtbot.waitUntil(lambda: section.uses["receipts"].currentText() == "POS-80 (đã bị gỡ)")
    assert prints.way(desk).printer.state().trouble is Trouble.REMOVED


def test_a_test_page_goes_out_on_the_queues_own_paper_and_is_scanned_back(
    section: PrintersSection, queues: HandQueues, qtbot: QtBot
) -> None:
    row = section.rows["LASER"]

    on(row.trial, Qt.Key.Key_Space)

    laser = queues.printers["LASER"]
    qtbot.waitUntil(lambda: len(laser.printed) == 1)
    pdf, _, paper = laser.printed[0]
    assert paper == "a5"
    seen = reading.codes(pdf, 150)
    assert seen == {"bars": CODE, "qr": CODE}
    section.scanned.setFocus()
    type_in("TRANG-IN-THU-24")
    press(ENTER)
    assert "khác với trang thử" in section.notice.words()
    type_in(seen["bars"])
    press(ENTER)
    assert "đều đúng" in section.notice.words()


def test_two_presses_draw_one_pad(
    section: PrintersSection, queues: HandQueues, desk: Desk, qtbot: QtBot
) -> None:
    section.pad.count.setValue(3)

    on(section.pad.make, Qt.Key.Key_Space)
    on(section.pad.make, Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: len(queues.printers["LASER"].printed) == 1)
    qtbot.wait(200)
    assert len(slips.listed(desk.office, slips.OPEN)) == 3


def test_a_pad_is_printed_and_its_open_numbers_stand_there(
    section: PrintersSection, queues: HandQueues, desk: Desk, qtbot: QtBot
) -> None:
    section.pad.count.setValue(3)

    on(section.pad.make, Qt.Key.Key_Space)

    laser = queues.printers["LASER"]
    qtbot.waitUntil(lambda: len(laser.printed) == 1)
    codes = [found.code for found in slips.listed(desk.office, slips.OPEN)]
    assert len(codes) == 3
    assert [reading.codes(laser.printed[0][0], 150, n)["bars"] for n in (1, 2, 3)] == codes
    qtbot.waitUntil(lambda: "3 phiếu chưa nhập" in section.pad.open.text())

    section.pad.code.setFocus()
    type_in(codes[0])
    press(ENTER)
    type_in("giấy kẹt")
    press(ENTER)

    qtbot.waitUntil(lambda: "2 phiếu chưa nhập" in section.pad.open.text())
    unused = slips.find(desk.office, codes[0])
    assert unused.slip is not None and unused.slip.unused == "giấy kẹt"


def test_a_number_that_there_is_not_is_told_in_one_sentence(section: PrintersSection, qtbot: QtBot) -> None:
    section.pad.code.setFocus()
    type_in("H15.321-260420-1001")
    press(ENTER)
    type_in("x")
    press(ENTER)

    qtbot.waitUntil(lambda: "Không có phiếu in sẵn số" in section.notice.words())


def test_nobody_at_the_counter_changes_nothing(section: PrintersSection, desk: Desk, qtbot: QtBot) -> None:
    desk.session = Session(None)

    on(section.uses["receipts"], Qt.Key.Key_End)

    qtbot.waitUntil(lambda: section.notice.words() != "")
    assert desk.office.settings.receipts == ""
    assert section.uses["receipts"].currentData() == ""


def test_without_a_printer_the_section_says_what_to_do(
    section: PrintersSection, queues: HandQueues, qtbot: QtBot
) -> None:
    queues.printers.clear()
    section.entered()

    qtbot.waitUntil(lambda: section.rows == {} and section.none.isVisible())
    assert "cắm máy in" in section.none.text()


def test_the_saved_dossier_and_its_story_print_a_label(
    queues: HandQueues, desk: Desk, window: Window, intake: IntakePage, qtbot: QtBot
) -> None:
    desk.office.settings = replace(desk.office.settings, labels="POS-80")
    fill(intake)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(queues.printers["LASER"].printed) == 1)
    code = lookup.newest(desk.office)[0].code
    slip = queues.printers["POS-80"]

    press(Qt.Key.Key_U, CONTROL)
    qtbot.waitUntil(lambda: len(slip.printed) == 1)
    press(Qt.Key.Key_O, CONTROL)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is not intake)
    qtbot.wait(200)
    press(Qt.Key.Key_U, CONTROL)
    press(ENTER)

    qtbot.waitUntil(lambda: len(slip.printed) == 2)
    assert [reading.codes(pdf, 203) for pdf, _, _ in slip.printed] == [{"bars": code}] * 2
    dossier = lookup.show(desk.office, code)[0]
    assert [e.payload["form"] for e in dossier.prints if e.payload] == ["receipt", "label", "label"]


@pytest.mark.parametrize("after", [4, 60])
def test_a_scanner_that_types_into_a_field_for_codes_is_read_there(
    section: PrintersSection, window: Window, qtbot: QtBot, after: int
) -> None:
    keyboard = Keyboard(window.windowHandle())
    section.scanned.setFocus()
    keyboard.scan(CODE, after)
    assert "đọc được" in section.notice.words()

    section.pad.code.setFocus()
    keyboard.scan("H15.321-260420-9101", after)
    qtbot.wait(100)

    assert section.pad.code.text() == "H15.321-260420-9101" and section.pad.reason.hasFocus()
    assert type(window.pages.currentWidget()).__name__ == "SettingsPage"
