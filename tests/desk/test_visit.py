"""One visit, several dossiers, their papers together; and no receipt without its paper in silence."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.desk import prints
from counter_app.desk.app import Start
from counter_app.desk.page import Desk
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.window import Window
from counter_app.domain.commune import Officer, Role
from counter_app.domain.errors import NotPermitted
from counter_app.services import lookup, print_journal
from counter_app.services.office import Office, Session
from counter_app.system.paths import Places
from tests.desk.hands import CARD, FakePrinter, press, type_in
from tests.desk.test_fits import SIZES
from tests.desk.test_intake import CONTROL, ENTER, fill, saved_dossier, wait_saved, words_of

SHIFT = Qt.KeyboardModifier.ShiftModifier
CARD2 = "012190000456||Giàng Thị Mỷ|02031990|Nữ|Bản Tả Van, xã Tả Van, tỉnh Lào Cai|10052021"


def hold_one(intake: IntakePage, office: Office, qtbot: QtBot, procedure: str = "lks") -> None:
    """One dossier saved with Ctrl+T: its paper waits."""
    before = len(lookup.newest(office))
    fill(intake, procedure)
    press(Qt.Key.Key_T, CONTROL)
    qtbot.waitUntil(lambda: len(lookup.newest(office)) == before + 1)
    qtbot.waitUntil(lambda: intake.procedure.is_open)


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_the_papers_of_a_visit_come_out_together_with_the_last_one(
    intake: IntakePage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    hold_one(intake, office, qtbot)
    assert printer.printed == []
    first = saved_dossier(office).code
    qtbot.waitUntil(lambda: "Chờ in" in intake.unprinted.notice.words())
    assert intake.person.fields()["id_number"] == "066174000123"
    type_in("ks")
    press(ENTER)
    press(Qt.Key.Key_D, CONTROL)

    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    ((pdf, title, _),) = printer.printed
    two = lookup.newest(office)
    pages = pages_of(pdf)
    assert title == f"{first}+1"
    for line in two:  # each in both copies, each with its own code
        assert len([page for page in pages if line.code in page]) == 2
        dossier = lookup.story(office, line.dossier)
        assert [e.payload["copy"] for e in dossier.prints if e.payload] == [1]
    assert not intake.saved.visit.isHidden()
    assert intake.saved.visit._lines[0][2].text() == "đã gửi in"
    qtbot.waitUntil(lambda: print_journal.unprinted(office) == [])
    qtbot.waitUntil(lambda: intake.unprinted.notice.words() == "")


def test_a_key_prints_what_waits_at_once(
    intake: IntakePage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    hold_one(intake, office, qtbot)
    qtbot.waitUntil(lambda: "Chờ in" in intake.unprinted.notice.words())

    press(Qt.Key.Key_P, CONTROL, SHIFT)
    qtbot.waitUntil(lambda: len(printer.printed) == 1)

    qtbot.waitUntil(lambda: print_journal.unprinted(office) == [])
    assert [e.payload["copy"] for e in saved_dossier(office).prints if e.payload] == [1]
    qtbot.waitUntil(lambda: intake.unprinted.notice.words() == "")


def test_a_paper_that_was_held_stays_told_when_another_citizen_comes(
    intake: IntakePage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    hold_one(intake, office, qtbot)
    (first,) = lookup.newest(office)
    intake.begin(CARD2)
    type_in("0900000456")
    press(ENTER)
    type_in("lks")
    press(ENTER)
    press(Qt.Key.Key_D, CONTROL)

    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    assert [title for _, title, _ in printer.printed] == [intake.saved.code.text()]
    assert first.code != intake.saved.code.text()
    assert first.code in intake.unprinted.notice.words()
    assert intake.unprinted.notice.isVisible()
    assert intake.saved.visit.isHidden()  # another visit


def test_the_visit_ends_with_its_citizen(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    press(Qt.Key.Key_T, CONTROL)
    assert len(intake.saving.visit) == 1

    press(Qt.Key.Key_N, CONTROL)

    assert intake.saving.visit == []


def test_papers_of_a_visit_that_did_not_come_out_are_printed_again_together(
    intake: IntakePage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    hold_one(intake, office, qtbot)
    printer.broken = True
    type_in("ks")
    press(ENTER)
    press(Qt.Key.Key_D, CONTROL)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "chưa in được" in intake.saved.printing.words())
    assert len(print_journal.unprinted(office)) == 2
    assert intake.unprinted.notice.words() == ""  # the panel tells it

    printer.broken = False
    press(Qt.Key.Key_P, CONTROL)
    press(ENTER)
    wait_saved(intake, qtbot)

    ((pdf, title, _),) = printer.printed
    assert title.endswith("+1-in-lai")
    assert "bản in trước không ra giấy" in words_of(pdf)
    assert len(pages_of(pdf)) == 4
    qtbot.waitUntil(lambda: print_journal.unprinted(office) == [])


def test_a_failed_paper_is_still_told_when_the_next_citizen_comes(
    intake: IntakePage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    printer.broken = True
    fill(intake)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "chưa in được" in intake.saved.printing.words())

    press(ENTER)

    code = saved_dossier(office).code
    qtbot.waitUntil(lambda: code in intake.unprinted.notice.words())
    assert "Có thể chưa in ra" in intake.unprinted.notice.words()


def test_a_window_closed_before_the_paper_came_says_so_at_the_next_start(
    store: Places,
    window: Window,
    intake: IntakePage,
    make_start: Callable[[Places], Start],
    printer: FakePrinter,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(prints, "first", lambda *_: prints.Sent("never", is_file=True))
    fill(intake)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: intake.saved.isVisible())
    window.close()
    monkeypatch.undo()

    again = make_start(store)
    qtbot.waitUntil(lambda: isinstance(again.window.pages.currentWidget(), IntakePage))
    page = again.window.pages.currentWidget()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: "Có thể chưa in ra" in page.unprinted.notice.words())
    assert again.window.desk is not None
    office = again.window.desk.office
    qtbot.waitUntil(lambda: type(again.window.desk.printer).__name__ == "FakePrinter")  # type: ignore[union-attr]
    press(Qt.Key.Key_P, CONTROL, SHIFT)
    qtbot.waitUntil(lambda: len(printer.printed) == 1)

    last = saved_dossier(office).prints[-1].payload
    assert last is not None
    assert (last["copy"], last["reason"]) == (2, "bản in trước có thể không ra giấy")
    assert "bản in trước có thể không ra giấy" in words_of(printer.printed[0][0])
    qtbot.waitUntil(lambda: print_journal.unprinted(office) == [])


def test_who_has_the_paper_in_hand_says_so_and_it_is_told_no_more(
    intake: IntakePage, desk: Desk, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    printer.broken = True
    fill(intake)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "chưa in được" in intake.saved.printing.words())
    press(ENTER)
    qtbot.waitUntil(lambda: "Có thể chưa in ra" in intake.unprinted.notice.words())

    press(Qt.Key.Key_G, CONTROL, SHIFT)

    qtbot.waitUntil(lambda: intake.unprinted.notice.words() == "")
    qtbot.waitUntil(lambda: print_journal.unprinted(office) == [])
    assert len(saved_dossier(office).prints) == 1


def test_a_scan_between_two_dossiers_of_a_visit_is_of_the_same_citizen(
    intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    hold_one(intake, office, qtbot)

    intake.begin(CARD)

    assert len(intake.saving.visit) == 1
    assert not intake.aside.isVisible()


def test_a_reader_does_not_settle_what_may_not_have_come_out(office: Office) -> None:
    reader = Session(Officer("doc", "Người xem", Role.READER))

    with pytest.raises(NotPermitted):
        print_journal.in_hand(office, reader, [bytes(16)])


def test_the_paper_in_the_queue_stays_where_another_one_cannot_be_recorded(
    desk: Desk, intake: IntakePage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    dossier = saved_dossier(office)
    before = prints.Sent("LASER-1", is_file=False, printer=printer)

    with pytest.raises(NotPermitted):
        prints.again(desk, Session(None), {dossier.id: dossier.code}, "kẹt giấy", spoiled=True, before=before)

    assert printer.cancelled == []


def test_what_was_handed_in_a_moment_ago_is_no_warning(
    intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    hold_one(intake, office, qtbot)

    qtbot.waitUntil(lambda: intake.form.known._asked.id_number == "066174000123")
    qtbot.wait(100)  # until what was asked has come home

    assert intake.person.known == ()


@pytest.mark.parametrize("size", SIZES)
def test_for_whom_the_officer_writes_is_seen_in_every_band_and_at_his_next_dossier(
    window: Window, intake: IntakePage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    def is_named() -> bool:
        named = [label for label in intake.findChildren(QLabel) if label.text() == "H’Loan Niê Kđăm"]
        return any(label.visibleRegion().boundingRect() == label.rect() for label in named)

    window.resize(*size)
    fill(intake)
    for band in intake.form.bands[1:]:
        intake.form.open(band)
        qtbot.waitUntil(is_named)
    press(Qt.Key.Key_T, CONTROL)
    qtbot.waitUntil(lambda: len(intake.saving.visit) == 1)
    for band in intake.form.bands[1:]:
        intake.form.open(band)
        qtbot.waitUntil(is_named)

    intake.clear()

    assert intake.who.text() == ""
