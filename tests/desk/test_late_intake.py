"""Keyed in later, or left open over midnight: what holds is the day that the dossier was received on."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.page import Desk
from counter_app.desk.pages.days import read_day
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.window import Window
from counter_app.domain.postings import Posting
from counter_app.domain.zone import VIETNAM
from counter_app.services import drafts, rules, slips
from counter_app.services.office import Office
from counter_app.system import paths
from tests.desk.hands import HandClock, press, type_in
from tests.desk.test_intake import CONTROL, ENTER, fill, saved_dossier, scan_card, wait_saved

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
REBIRTH = "1.004884"


def catalogue(**until: str) -> str:
    """The seed, the rebirth's row ending on a day, and another one with eight days from the next on."""
    seed = paths.resource("catalogue/procedures.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in seed.splitlines() if not line.startswith("#")))
    out = io.StringIO()
    writer = csv.DictWriter(out, [*rows[0], "valid_from", "valid_to"], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        if row["code"] == REBIRTH:
            writer.writerow({**row, "valid_to": "2026-04-20"})
            if until.get("then") != "none":
                papers = row["components"] + ";Giấy cam đoan"
                writer.writerow({**row, "valid_from": "2026-04-21", "time_limit": "8", "components": papers})
        else:
            writer.writerow(row)
    return out.getvalue()


def adopt(text: str, window: Window, intake: IntakePage, office: Office, desk: Desk, qtbot: QtBot) -> None:
    rules.import_catalogue(office, desk.session, text)
    before = intake.form.rules
    window.go("intake")
    qtbot.waitUntil(lambda: intake.form.rules is not before)


def test_a_page_left_open_over_midnight_takes_the_version_of_the_new_day_and_says_so(
    window: Window, intake: IntakePage, office: Office, desk: Desk, clock: HandClock, qtbot: QtBot
) -> None:
    adopt(catalogue(), window, intake, office, desk, qtbot)
    fill(intake)
    assert intake.save.isEnabled()
    assert len(intake.components.rows) == 3
    clock.at = datetime(2026, 4, 21, 7, 40, tzinfo=VIETNAM)

    press(Qt.Key.Key_F9)

    assert not intake.form.saving
    assert "Ngày 21/4/2026 thủ tục này theo bản khác" in intake.procedure.notice.words()
    assert len(intake.components.rows) == 4
    assert [row.taken for row in intake.components.rows[:2]] == [True, True]
    assert intake.person.fields()["phone"] == "0900000123"
    press(Qt.Key.Key_F9)
    assert intake.components.is_open  # the new paper is asked for
    press(Qt.Key.Key_D, CONTROL)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    dossier = saved_dossier(office)
    assert dossier.values["promise"]["number"] == 8
    assert len(dossier.values["components"]) == 4


def test_a_procedure_that_ended_at_midnight_is_chosen_anew(
    window: Window, intake: IntakePage, office: Office, desk: Desk, clock: HandClock, qtbot: QtBot
) -> None:
    adopt(catalogue(then="none"), window, intake, office, desk, qtbot)
    fill(intake)
    clock.at = datetime(2026, 4, 21, 0, 1, tzinfo=VIETNAM)

    intake._on_time_passed()

    assert intake.procedure.procedure is None
    assert "không có hiệu lực ngày 21/4/2026" in intake.procedure.notice.words()
    assert not intake.save.isEnabled()
    intake.form.open(intake.procedure)
    type_in("ks")
    press(ENTER)
    assert "hiệu lực" not in intake.procedure.notice.words()


def test_a_slip_of_the_day_of_the_power_cut_is_keyed_in_with_its_true_time_and_reason(
    intake: IntakePage, office: Office, clock: HandClock, qtbot: QtBot
) -> None:
    clock.at = datetime(2026, 4, 22, 9, 0, tzinfo=VIETNAM)
    press(Qt.Key.Key_N, CONTROL, SHIFT)
    assert intake.form.late.day.hasFocus()
    assert intake.form.late.day.text() == "22/4/2026"

    type_in("20/4")
    press(ENTER)
    type_in("14:30")
    press(ENTER)
    type_in("mất điện cả chiều")
    press(ENTER)
    assert intake.person.is_open
    fill(intake)
    assert intake.preview.date.text() == "28/4/2026"  # counted from the 20th
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    dossier = saved_dossier(office)
    assert dossier.received_at == datetime(2026, 4, 20, 14, 30, tzinfo=VIETNAM)
    assert dossier.reception is not None
    assert dossier.reception["late_reason"] == "mất điện cả chiều"
    press(ENTER)
    assert not intake.form.late.is_on  # the next citizen stands here now


def test_the_code_of_a_slip_becomes_the_dossiers(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    intake.form.ask_late(True, "H15.321-260420-012345001")
    assert intake.form.late.why.text() == "nhập từ phiếu dự phòng"
    press(ENTER)
    type_in("7h45")
    press(ENTER)
    fill(intake)

    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    assert saved_dossier(office).code == "H15.321-260420-012345001"


def test_a_slip_scanned_anywhere_begins_its_keying_in(
    window: Window, intake: IntakePage, office: Office, desk: Desk, qtbot: QtBot
) -> None:
    first, second = slips.print_pad(office, desk.session, 2, paper="a5").codes
    fill(intake)
    window.go("find")

    window.take_scan(first)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is intake and intake.form.late.is_on)

    assert intake.form.late.slip.text() == first
    assert intake.form.late.day.hasFocus()
    assert intake.aside.buttons[0].accessibleName() == "H’Loan Niê Kđăm"  # whoever stood there waits
    press(ENTER)
    type_in("7:30")
    intake.form.late.slip.clear()
    window.take_scan(second)  # of what is being keyed in, which has no slip yet
    qtbot.waitUntil(lambda: intake.form.late.slip.text() == second)
    assert intake.form.late.hour.text() == "7:30"
    press(ENTER)
    fill(intake)
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)
    assert saved_dossier(office).code == second

    window.take_scan(second)  # used now: its dossier
    qtbot.waitUntil(lambda: window.pages.currentWidget() is not intake)


@pytest.mark.parametrize(
    ("day", "hour", "why", "told", "where"),
    [
        ("20/4", "", "mất điện", "Còn thiếu giờ tiếp nhận", "hour"),
        ("20/4", "25:00", "mất điện", "8:15", "hour"),
        ("20/4", "23:00", "mất điện", "ở sau giờ hiện tại", "hour"),
        ("1/1/2020", "8", "mất điện", "hai năm", "hour"),
        ("32/4", "8", "mất điện", "32/4", "day"),
        ("20/4", "8:00", "", "lý do nhập muộn", "why"),
    ],
)
def test_what_is_wrong_with_the_time_stands_in_its_band(
    intake: IntakePage, day: str, hour: str, why: str, told: str, where: str
) -> None:
    fill(intake)
    press(Qt.Key.Key_N, CONTROL, SHIFT)
    late = intake.form.late
    for field, value in ((late.day, day), (late.hour, hour), (late.why, why)):
        field.setText(value)

    press(Qt.Key.Key_F9)

    assert not intake.form.saving
    assert late.is_open
    assert told in late.notice.words()
    assert getattr(late, where).hasFocus()


def test_the_same_key_again_receives_him_now(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(intake)
    press(Qt.Key.Key_N, CONTROL, SHIFT)
    assert not intake.save.isEnabled()

    press(Qt.Key.Key_N, CONTROL, SHIFT)
    assert not intake.form.late.isVisible()
    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    assert saved_dossier(office).received_at == datetime(2026, 4, 20, 8, 15, tzinfo=VIETNAM)


def test_a_draft_keeps_that_it_is_keyed_in_later(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    press(Qt.Key.Key_N, CONTROL, SHIFT)
    intake.form.late.day.setText("17/4")
    intake.form.late.hour.setText("10:20")
    intake.form.late.why.setText("mất điện")
    scan_card(intake)

    press(Qt.Key.Key_K, CONTROL)
    assert not intake.form.late.is_on
    press(Qt.Key.Key_1, ALT)

    assert intake.form.received_at() == datetime(2026, 4, 17, 10, 20, tzinfo=VIETNAM)
    qtbot.waitUntil(
        lambda: [draft.fields["late"]["why"] for draft in drafts.kept(office).drafts] == ["mất điện"]
    )


def test_how_it_came_and_in_how_many_sets_are_kept(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(intake)
    intake.fee.channel.setCurrentIndex(intake.fee.channel.findData("post"))
    intake.fee.sets.setValue(2)

    press(Qt.Key.Key_F9)
    wait_saved(intake, qtbot)

    values = saved_dossier(office).values
    assert (values["channel"], values["sets"]) == ("post", 2)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("20/4", date(2026, 4, 20)), ("21/4", date(2025, 4, 21)), ("1/1/2026", date(2026, 1, 1)), ("x", None)],
)
def test_a_day_without_its_year_lies_in_the_past(typed: str, day: date | None) -> None:
    assert read_day(typed, date(2026, 4, 20), past=True) == day


def test_after_the_machines_last_day_it_is_told_before_anything_is_typed(
    window: Window, intake: IntakePage, qtbot: QtBot
) -> None:
    until = Posting(date(2026, 1, 1), date(2026, 4, 19))
    intake.form.take_rules(replace(intake.form.rules, posting=until))

    assert "đến hết ngày 19/4/2026" in intake.form.reason.text()
    fill(intake)
    assert not intake.save.isEnabled()
    press(Qt.Key.Key_F9)
    assert intake.form.received is None and not intake.form.saving

    intake.form.take_rules(replace(intake.form.rules, posting=Posting(date(2026, 1, 1), date(2026, 4, 20))))
    assert intake.save.isEnabled()
