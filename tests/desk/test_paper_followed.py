"""An accepted job is not paper: the page that printed and the foot say what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.hand_back import HandBackPage
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.window import Window
from counter_app.services import lookup, print_journal
from counter_app.services.office import Office
from counter_app.system.cups import CupsPrinter
from counter_app.system.printing import Job, PrinterState, Stage, Trouble
from tests.desk.hands import FakePrinter, press
from tests.desk.test_intake import CONTROL, ENTER, fill
from tests.print_server import PrintServer

WAITING, ENDED = Stage.WAITING, Stage.ENDED


def save(intake: IntakePage, printer: FakePrinter, qtbot: QtBot) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(printer.printed) == 1)


def said(intake: IntakePage, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: words in intake.saved.printing.words(), timeout=20_000)


def test_a_paper_that_waits_says_why_and_then_that_it_is_out(
    intake: IntakePage, printer: FakePrinter, window: Window, qtbot: QtBot
) -> None:
    printer.fate = Job("", WAITING)
    save(intake, printer, qtbot)
    said(intake, "hãy đợi giấy ra", qtbot)

    printer.fate = Job("", WAITING, Trouble.PAPER_OUT)

    said(intake, "Máy in hết giấy", qtbot)
    assert "hết giấy" in window.foot.told()
    printer.fate = Job("", Stage.PRINTED)
    said(intake, "đã in xong", qtbot)
    assert printer.cancelled == []


def test_a_label_that_never_comes_out_is_told_and_kept_in_no_journal(
    intake: IntakePage, printer: FakePrinter, window: Window, office: Office, qtbot: QtBot
) -> None:
    save(intake, printer, qtbot)
    said(intake, "đã in xong", qtbot)
    printer.fate = Job("", ENDED, Trouble.LOST)

    press(Qt.Key.Key_U, CONTROL)

    qtbot.waitUntil(lambda: "không còn giữ giấy này" in window.foot.told(), timeout=20_000)
    assert len(printer.printed) == 2 and print_journal.unprinted(office) == []


def test_a_slip_to_sign_that_never_comes_out_is_told_while_the_collector_stands_there(
    intake: IntakePage, printer: FakePrinter, window: Window, office: Office, qtbot: QtBot
) -> None:
    save(intake, printer, qtbot)
    said(intake, "đã in xong", qtbot)
    page = window.go("hand_back")
    assert isinstance(page, HandBackPage)
    with qtbot.waitSignal(page.answered):
        page.take_scan(intake.saved.code.text())
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(page.given.isVisible)
    printer.fate = Job("", ENDED, Trouble.LOST)

    press(Qt.Key.Key_P, CONTROL)

    qtbot.waitUntil(lambda: "không còn giữ giấy này" in window.foot.told(), timeout=20_000)
    assert page.given.slip.isEnabled() and print_journal.unprinted(office) == []


@pytest.mark.parametrize(
    ("fate", "told", "reason"),
    [
        (Job("", WAITING, Trouble.JAMMED), "Kẹt giấy", "bản in trước hỏng vì kẹt giấy"),
        (Job("", ENDED, Trouble.REMOVED), "đã bị gỡ", "bản in trước không ra giấy: máy in đã bị gỡ"),
        (Job("", ENDED, Trouble.LOST), "không còn giữ giấy này", "bản in trước không ra giấy"),
        (Job("", Stage.PRINTED), "đã in xong", "bản in trước bị hỏng"),
    ],
)
def test_one_key_and_enter_print_again_and_give_the_last_print_up(
    fate: Job, told: str, reason: str, intake: IntakePage, printer: FakePrinter, office: Office, qtbot: QtBot
) -> None:
    printer.fate = fate
    save(intake, printer, qtbot)
    said(intake, told, qtbot)

    press(Qt.Key.Key_P, CONTROL)
    press(ENTER)

    qtbot.waitUntil(lambda: len(printer.printed) == 2)
    dossier = lookup.show(office, lookup.newest(office)[0].code)[0]
    spoiled = [e.payload for e in dossier.entries if e.name == "spoiled"]
    assert [payload["reason"] for payload in spoiled if payload] == [reason]
    assert printer.cancelled == ["LASER-1"]  # it would come out beside the new one


def test_a_reason_of_the_officers_own_gives_nothing_up(
    intake: IntakePage, printer: FakePrinter, office: Office, qtbot: QtBot
) -> None:
    save(intake, printer, qtbot)
    said(intake, "đã in xong", qtbot)

    press(Qt.Key.Key_P, CONTROL)
    intake.saved.reason.setText("người dân làm mất giấy")
    press(ENTER)

    qtbot.waitUntil(lambda: len(printer.printed) == 2)
    dossier = lookup.show(office, lookup.newest(office)[0].code)[0]
    assert [e for e in dossier.entries if e.name == "spoiled"] == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PrinterState("LASER", ready=False, waiting=2, trouble=Trouble.JAMMED), "Máy in: kẹt giấy"),
        (PrinterState("LASER", ready=False, trouble=Trouble.REMOVED), "Máy in: đã bị gỡ"),
        (PrinterState("LASER", waiting=2), "Máy in: 2 giấy chưa in ra"),
        (PrinterState("LASER"), "Máy in: sẵn sàng"),
    ],
)
def test_the_foot_says_how_the_printer_stands(state: PrinterState, words: str, window: Window) -> None:
    window.foot.show_printer(state)

    assert words == window.foot.printer_words()


@pytest.mark.cups
def test_a_real_queue_that_is_removed_while_it_prints_is_told(
    intake: IntakePage,
    window: Window,
    print_server: PrintServer,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for name, value in print_server.environment.items():
        monkeypatch.setenv(name, value)
    print_server.add_by_hand("HAND")
    print_server.trouble("media-jam-error")
    assert window.desk is not None
    window.desk.printer = CupsPrinter("HAND")
    fill(intake)
    press(Qt.Key.Key_F9)
    said(intake, "Kẹt giấy", qtbot)

    print_server.run("lpadmin", "-x", "HAND")

    said(intake, "Máy in đã bị gỡ", qtbot)
