"""What stops a saving is seen where it is: the sentence and its field together, on a low screen too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.parts import Notice
from counter_app.desk.window import Window
from tests.desk.hands import HandClock, press, type_in
from tests.desk.test_fits import SIZES
from tests.desk.test_intake import ENTER, fill, scan_card


def is_whole(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def sees(notice: Notice, field: QWidget, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: is_whole(notice) and is_whole(field) and field.hasFocus())
    qtbot.wait(120)  # and it stays
    assert is_whole(notice) and is_whole(field) and field.hasFocus()


@pytest.mark.parametrize("size", SIZES)
def test_what_is_wrong_in_the_last_band_is_seen_with_its_sentence(
    window: Window, intake: IntakePage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    fill(intake)
    field = intake.fee.amount
    field.setText("abc")
    intake.form.open(intake.person)
    qtbot.wait(50)

    press(Qt.Key.Key_F9)

    assert intake.fee.is_open
    assert intake.fee.notice.words() != ""
    sees(intake.fee.notice, field, qtbot)
    field.setText("")
    assert intake.fee.notice.words() == ""


@pytest.mark.parametrize("size", SIZES)
def test_what_is_wrong_with_whoever_brings_it_is_seen_with_its_sentence(
    window: Window, intake: IntakePage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    fill(intake)
    intake.form.open(intake.person)
    intake.person.has_submitter.setChecked(True)
    intake.person.other_name.setText("Sung A Lu")
    intake.person.other_number.setText("12")
    intake.form.open(intake.fee)
    qtbot.wait(50)

    press(Qt.Key.Key_F9)

    sees(intake.person.notice, intake.person.other_number, qtbot)


@pytest.mark.parametrize("size", SIZES)
def test_missing_papers_are_told_beside_the_first_of_them(
    window: Window, intake: IntakePage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    scan_card(intake)
    type_in("0900000123")
    press(ENTER)
    type_in("lks")
    press(ENTER)
    for n in range(9):
        intake.components.extra.setText(f"giấy khác {n}")
        intake.components._add_extra()
    intake.form.open(intake.person)
    qtbot.wait(50)

    press(Qt.Key.Key_F9)

    assert intake.components.is_open
    first = intake.components.missing()[0].tick
    sees(intake.components.notice, first, qtbot)


@pytest.mark.parametrize("size", SIZES)
def test_the_fault_of_a_field_that_has_the_focus_is_seen_too(
    window: Window, intake: IntakePage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    fill(intake)
    intake.fee.focus(intake.fee.amount)
    intake.fee.amount.setText("abc")

    press(ENTER)
    press(Qt.Key.Key_F9)

    sees(intake.fee.notice, intake.fee.amount, qtbot)


def test_a_sentence_that_was_brought_to_its_field_is_back_at_the_end_when_the_field_changes(
    window: Window, intake: IntakePage, qtbot: QtBot
) -> None:
    window.resize(*SIZES[-1])
    fill(intake)
    intake.form.open(intake.person)
    intake.person.has_submitter.setChecked(True)
    intake.person.name.setText("")
    press(Qt.Key.Key_F9)
    sees(intake.person.notice, intake.person.name, qtbot)
    assert intake.person.notice.parentWidget() is intake.person.body

    type_in("Y Bliu")

    assert intake.person.notice.parentWidget() is intake.person
    assert QApplication.focusWidget() is intake.person.name


@pytest.mark.parametrize("size", SIZES)
def test_an_unknown_calendar_is_confirmed_where_it_is_told(
    window: Window, intake: IntakePage, clock: HandClock, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    clock.pass_by(days=252)  # the end of 2026; 2027 has no calendar yet
    fill(intake)
    intake.form.open(intake.person)
    qtbot.wait(50)

    press(Qt.Key.Key_F9)

    sees(intake.fee.calendar_notice, intake.fee.confirmed, qtbot)
