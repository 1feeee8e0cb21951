"""A true receipt whose dossier has not come yet: shown at once, acted on, completed by its reception."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.desk.pages import asking
from counter_app.desk.pages.hand_back import HandBackPage
from counter_app.desk.pages.story import StoryPage
from counter_app.services import lookup
from tests.desk.counters import Counter, pair, swap
from tests.desk.test_window import receipt_qr

pytestmark = pytest.mark.usefixtures("app")


def test_a_result_is_given_on_the_receipt_of_a_dossier_that_has_not_come(
    tmp_path: Path, qtbot: QtBot
) -> None:
    there, here = Counter(tmp_path / "there"), Counter(tmp_path / "here", "QUẦY 2")
    pair(there, here, tmp_path)
    got = there.receive("H’Loan Niê Kđăm")
    begun = time.perf_counter()
    scan = lookup.scan(here.office, receipt_qr(there.office, got))
    assert (
        asking.ask(here.office, here.desk.session, scan.text, here.desk.now(), is_open=False)
        .stories[0]
        .dossier.held
    )
    assert time.perf_counter() - begun < 2  # tenths of it; a slow machine is no defect
    procedure = lookup.story(there.office, got.dossier).values["procedure"]["name"]
    page = StoryPage(here.desk)
    here.show(page, 760)

    page.open(got.dossier, scan)
    page.entered()
    qtbot.waitUntil(lambda: page.view.dossier is not None, timeout=60_000)

    shown = "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))
    for told in (
        got.code,
        procedure,
        "Chưa có phần tiếp nhận trên máy này",
        "Giấy hẹn thật, hẹn trả",
        "Đồng bộ xong",
    ):
        assert told in shown
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    for typed in ("H’Loan Niê Kđăm", "024190000123", ""):
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.setText(typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(lookup.newest(here.office)), timeout=60_000)
    swap(there, here, tmp_path)

    stories = [lookup.story(one.office, got.dossier) for one in (there, here)]
    assert [(one.held, one.state, one.code) for one in stories] == [(False, "returned", got.code)] * 2
    assert stories[0].fingerprint() == stories[1].fingerprint()
    here.close()
    there.close()


def test_a_part_of_it_goes_out_on_its_receipt_too(tmp_path: Path, qtbot: QtBot) -> None:
    there, here = Counter(tmp_path / "there"), Counter(tmp_path / "here", "QUẦY 2")
    pair(there, here, tmp_path)
    got = there.receive("H’Loan Niê Kđăm")
    page = HandBackPage(here.desk)
    here.show(page, 760)
    page.entered()

    with qtbot.waitSignal(page.answered, timeout=60_000):
        page.box.setText(receipt_qr(there.office, got))
        QTest.keyClick(page.box, Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    page.sheet.given.setText("Bản chính")
    page.sheet.left.setText("Hai bản sao")
    page.collector.name.setText("H’Loan Niê Kđăm")
    page.collector.id_number.setText("024190000123")
    with qtbot.waitSignal(page.told, timeout=60_000):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F9)
    swap(there, here, tmp_path)

    for one in (there, here):
        story = lookup.story(one.office, got.dossier)
        assert (story.left_to_collect, story.state, story.held) == (("Hai bản sao",), "finished", False)
    here.close()
    there.close()
