"""The list of what need not be kept any longer leads to one act for those that were chosen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_app.desk.page import Page
from counter_app.desk.settings.retention import RetentionSection
from counter_app.services import acts, retention
from tests.desk.counters import Counter

pytestmark = pytest.mark.usefixtures("app")
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
TABLE = "of,years,counted_from,checked,valid_from,source\n*,1,day,no,2020-01-01,thử\n"


def test_chosen_ones_go_under_one_act_and_by_no_stray_enter(
    counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    office = counter.office
    retention.adopt(office, counter.session, TABLE)
    received = [counter.receive(name) for name in ("Giàng A Páo", "Lò Văn Inh", "Hà Thị Mơ")]
    for got in received:
        acts.refuse(office, counter.session, got.code, "không thuộc xã")
    section = RetentionSection(counter.desk)
    page = Page(counter.desk)
    section.setParent(page)
    section.resize(900, 900)
    counter.show(page, 900, 900)
    section.on.setText("1/1/2099")
    section.entered()
    qtbot.waitUntil(lambda: section.list.rows.rowCount() == 3)
    assert "chưa đối chiếu" in section.told_of.text() and not section.erase.isVisible()

    section.list.setFocus()
    QTest.keyClick(section.list, Qt.Key.Key_Space)
    QTest.keyClick(section.list, Qt.Key.Key_Down)
    QTest.keyClick(section.list, Qt.Key.Key_Space)
    assert [row.kept.code for row in section.chosen()] == [got.code for got in received[:2]]
    said = ("Quyết định 12/QĐ-UBND", "20/4/2026", "Chủ tịch UBND xã", "hết thời hạn lưu trữ", "3")
    for line, words in zip(section.lines.values(), said, strict=True):
        line.setText(words)
    for _ in range(2):
        QTest.keyClick(section.lines["confirm"], Qt.Key.Key_Return)
    QTest.keyClick(section.lines["confirm"], Qt.Key.Key_Delete, CTRL_SHIFT)
    qtbot.waitUntil(lambda: "hãy gõ số 2" in section.notice.words())
    assert all(counter.story(got).erased is None for got in received)

    section.lines["confirm"].setText("2")
    QTest.keyClick(section.lines["confirm"], Qt.Key.Key_Delete, CTRL_SHIFT)
    qtbot.waitUntil(lambda: section.notice.words() == "Đã xóa nội dung 2 hồ sơ.")
    qtbot.waitUntil(lambda: section.list.rows.rowCount() == 1)

    assert [counter.story(got).erased is not None for got in received] == [True, True, False]
    section.write(tmp_path / "het-han.csv")
    qtbot.waitUntil(lambda: (tmp_path / "het-han.csv").is_file())
    assert received[2].code in (tmp_path / "het-han.csv").read_text("utf-8-sig")
    assert retention.expired(office, date(2099, 1, 1)).rows[0].code == received[2].code
