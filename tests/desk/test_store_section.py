"""Kho dữ liệu: backups, checks and recovery sheets from the window, which works on meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk.page import Desk
from counter_app.desk.pages.settings import SettingsPage
from counter_app.desk.settings.store import StoreSection
from counter_app.desk.window import Window
from counter_app.domain.commune import Officer, Role
from counter_app.services import opening
from counter_app.services.office import Office, Session
from tests.desk.counters import Counter
from tests.desk.hands import press, type_in

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def section(window: Window, qtbot: QtBot) -> StoreSection:
    press(Qt.Key.Key_F11)
    page = window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    section = page.choose("store")
    assert isinstance(section, StoreSection)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(section.place.text()))
    return section


def test_a_backup_is_made_told_and_remembered(section: StoreSection, tmp_path: Path, qtbot: QtBot) -> None:
    assert section.tag._words.text() == "Chưa sao lưu lần nào"
    target = tmp_path / "stick" / "kho.zip"
    target.parent.mkdir()

    section.back_up_to(target)

    assert section.doing.isVisible()
    assert not section.verify.isEnabled()
    qtbot.waitUntil(lambda: "Đã sao lưu vào" in section.notice.words())
    assert target.stat().st_size > 10_000
    qtbot.waitUntil(lambda: "20/4/2026" in section.tag._words.text())
    assert section.backup.isEnabled()
    assert section._part == 1


def test_a_backup_into_the_stores_own_folder_is_refused(
    section: StoreSection, office: Office, qtbot: QtBot
) -> None:
    section.back_up_to(office.places.data / "kho.zip")

    qtbot.waitUntil(lambda: bool(section.notice.words()))
    assert not (office.places.data / "kho.zip").exists()
    assert section.tag._words.text() == "Chưa sao lưu lần nào"


def test_a_check_says_in_words_that_the_store_is_whole(section: StoreSection, qtbot: QtBot) -> None:
    section.verify.setFocus()
    press(Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: "Kho nguyên vẹn" in section.notice.words(), timeout=10_000)
    assert section.verify.hasFocus()


def test_a_new_recovery_sheet_needs_the_passphrase_and_opens_the_store(
    section: StoreSection, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    before = len(opening.list_wraps(office.places))
    section.proof.setText("sai")
    section.make_sheet(tmp_path / "phieu.pdf")
    qtbot.waitUntil(lambda: "không mở được kho" in section.notice.words(), timeout=10_000)
    assert not (tmp_path / "phieu.pdf").exists()

    section.proof.setText("mat khau")
    section.make_sheet(tmp_path / "phieu.pdf")

    qtbot.waitUntil(lambda: "Phiếu khôi phục ở" in section.notice.words(), timeout=10_000)
    assert (tmp_path / "phieu.pdf").read_bytes().startswith(b"%PDF")
    assert len(opening.list_wraps(office.places)) == before + 1
    assert section.proof.text() == ""


def test_who_may_not_make_a_sheet_reads_why(section: StoreSection, desk: Desk) -> None:
    desk.session = Session(Officer("lan", "H’Lan", Role.OFFICER))
    section.entered()

    assert not section.sheet.isEnabled()
    assert section._why.text() == "Chỉ phụ trách Một cửa và quản trị được làm việc này."


def test_nothing_is_backed_up_for_whoever_sits_at_a_locked_counter(
    section: StoreSection, window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def locked_meanwhile(*_given: object) -> tuple[str, str]:
        window.lock(QWidget())
        return str(tmp_path / "sao-luu.zip"), ""

    monkeypatch.setattr("counter_app.desk.settings.store.QFileDialog.getSaveFileName", locked_meanwhile)
    begun: list[Path] = []
    monkeypatch.setattr(section, "back_up_to", begun.append)

    section.backup.click()

    assert begun == []


def test_backups_by_themselves_a_second_disk_and_a_drill(
    section: StoreSection, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    part, second = section.backups, tmp_path / "usb"
    qtbot.waitUntil(lambda: "Chưa có ổ thứ hai" in part.there.text(), timeout=60_000)
    press(Qt.Key.Key_W, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "Chưa có bản sao lưu nào" in section.notice.words(), timeout=60_000)
    part.second.path.setText(str(second))
    part.use.click()
    qtbot.waitUntil(lambda: "Không thấy thư mục" in part.notice.words(), timeout=60_000)
    second.mkdir()

    part.use.click()

    qtbot.waitUntil(lambda: len(list(second.glob("*.zip"))) == 1, timeout=60_000)
    qtbot.waitUntil(lambda: "đang giữ 1 bản" in part.here.text(), timeout=60_000)
    qtbot.waitUntil(lambda: "cùng ổ đĩa với kho" in part.there.text(), timeout=60_000)
    qtbot.waitUntil(lambda: "20/4/2026" in section.tag._words.text(), timeout=60_000)
    assert desk.office.settings.backup_second == str(second)
    section.proof.setText("mat khau")
    press(Qt.Key.Key_W, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "mở được bằng mật khẩu" in section.notice.words(), timeout=60_000)
    assert section.proof.text() == ""
    qtbot.waitUntil(lambda: "tốt gần nhất" in section.drilled.text(), timeout=60_000)
    section.proof.setText("sai")
    press(Qt.Key.Key_W, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "không mở được" in section.notice.words(), timeout=60_000)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The disk of a machine that died with a dossier on it."""
    counter = Counter(tmp_path / "disk" / "home" / "lan" / ".local" / "share" / "counter-app", "QUẦY CŨ")
    counter.receive("Lò Văn Pâng")
    counter.close()
    return tmp_path / "disk"


def test_an_old_disk_that_turns_up_gives_what_it_holds(
    section: StoreSection, old: Path, office: Office, qtbot: QtBot
) -> None:
    page = section.old_disk
    page.disk.path.setFocus()
    press(Qt.Key.Key_Return)
    assert "Hãy chọn ổ đĩa" in page.notice.words()
    type_in(str(old))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Chưa mở được kho cũ" in page.notice.words(), timeout=10_000)
    assert page.secret.hasFocus()  # no district has handed its key over

    type_in("sai")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "hãy gõ lại" in page.notice.words(), timeout=10_000)
    page.secret.setText("mật khẩu dài")
    press(Qt.Key.Key_Return)

    # This machine and that one share no server, nor were they ever paired.
    aside = "1 hồ sơ trên ổ đĩa cũ đã cất riêng, chưa tính"
    qtbot.waitUntil(lambda: page.line.words().startswith(aside), timeout=10_000)
    assert not page.secret.isVisible() and page.secret.text() == ""
    assert page.disk.path.hasFocus()


def test_a_folder_without_a_store_is_said_to_have_none(
    section: StoreSection, tmp_path: Path, qtbot: QtBot
) -> None:
    section.old_disk.disk.path.setText(str(tmp_path / "nothing"))

    section.old_disk.take.click()

    qtbot.waitUntil(lambda: "Không thấy kho nào ở" in section.old_disk.notice.words())
    assert not section.old_disk.secret.isVisible()
