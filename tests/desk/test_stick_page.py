"""Mang bằng USB: copied out, carried, brought home; the page says each time what is safe and what is not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.stick import StickPage
from counter_app.desk.pages.sync import overview
from counter_app.district.carried import Carrier
from counter_app.services import safety, sticks
from counter_app.system.drives import Drive
from tests.desk.counters import Counter
from tests.desk.districts import district
from tests.desk.hands import press


def test_a_stick_goes_there_and_back_by_three_keys(counter: Counter, qtbot: QtBot, tmp_path: Path) -> None:
    usb = tmp_path / "KINGSTON"
    usb.mkdir()
    plugged: list[Drive] = []
    with district(tmp_path) as above:
        above.join(counter)
        counter.receive("Giàng A Dơ")
        page = StickPage(counter.desk)
        page.find_drives = lambda: list(plugged)
        counter.show(page)
        qtbot.waitUntil(page.isActiveWindow)
        page.entered()
        qtbot.waitUntil(page.is_settled)
        assert page.notice.words().startswith("Chưa thấy USB nào") and not page.copy.isEnabled()

        plugged.append(Drive(usb, "KINGSTON", 14_200_000_000))
        qtbot.waitUntil(page.copy.isEnabled, timeout=60_000)
        assert page.drive.currentText() == "KINGSTON (còn trống 14,2 GB)"
        assert page.out.said.text().endswith("máy chủ chưa có.")
        press(Qt.Key.Key_F9)
        qtbot.waitUntil(lambda: page.out.notice.words() != "" and page.is_settled(), timeout=60_000)
        assert page.out.notice.words().startswith("Đã chép ra 1 phần, ")
        assert "chưa an toàn" in page.out.notice.words()
        qtbot.waitUntil(lambda: "chưa được máy chủ xác nhận" in page.out.said.text(), timeout=60_000)
        assert overview(counter.office, counter.wall()).on_stick.startswith("Đã chép ra USB lúc ")
        assert safety.counts(counter.office).pending and not page.take.isEnabled()

        carrier, folder = Carrier(above.server.exchange, above.server.filing), usb / sticks.FOLDER
        for one in carrier.bring(folder, lambda *fault: None):
            carrier.answer(one, folder)
        qtbot.waitUntil(page.take.isEnabled, timeout=60_000)
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: page.home.notice.words() != "" and page.is_settled(), timeout=60_000)

        assert page.home.notice.words().startswith("Máy chủ đã xác nhận ")
        assert safety.counts(counter.office).pending == 0

        plugged.clear()
        page.use(folder)
        qtbot.waitUntil(lambda: page.drive.currentText() == str(folder) and page.copy.isEnabled())
