"""Thiết lập: its list by keyboard, and what a saved setting changes at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.settings import SECTIONS, SettingsPage
from counter_app.desk.settings.accesses import AccessesSection
from counter_app.desk.settings.counter import CounterSection
from counter_app.desk.settings.digitising import DigitisingSection
from counter_app.desk.window import Window
from counter_app.services.office import Office
from counter_app.system import settings
from tests.desk.hands import press, type_in
from tests.desk.walking import nameless
from tests.services.stores import receive


@pytest.fixture
def page(window: Window) -> SettingsPage:
    press(Qt.Key.Key_F11)
    made = window.pages.currentWidget()
    assert isinstance(made, SettingsPage)
    return made


@pytest.fixture
def counter(page: SettingsPage) -> CounterSection:
    section = page.choose("counter")
    assert isinstance(section, CounterSection)
    press(Qt.Key.Key_Return)
    return section


def test_f11_brings_the_list_and_marks_the_rail(window: Window, page: SettingsPage) -> None:
    assert page.list.hasFocus()
    assert window.rail.items["settings"].isChecked()


def test_arrows_choose_a_section_and_enter_goes_into_it(page: SettingsPage) -> None:
    for name, _, _ in SECTIONS:
        assert page.list.row().name == name
        section = page.section()
        assert section.isVisible()
        press(Qt.Key.Key_Return)
        focused = page.window().focusWidget()
        assert focused is not None and section.isAncestorOf(focused)
        press(Qt.Key.Key_F11)
        assert page.list.hasFocus()
        press(Qt.Key.Key_Down)


def test_every_control_of_every_section_has_a_name(page: SettingsPage) -> None:
    found = nameless(page)
    for name, _, _ in SECTIONS:
        page.choose(name)
        found += nameless(page)

    assert found == []


def test_where_it_is_narrow_the_section_takes_the_lists_place_and_esc_returns(
    window: Window, page: SettingsPage
) -> None:
    page.setMaximumWidth(600)
    window.resize(1024, 600)
    page.resize(600, 500)
    assert page.list.isVisible()
    assert not page.section().isVisible()

    press(Qt.Key.Key_Return)
    assert page.section().isVisible()
    assert not page.list.isVisible()

    press(Qt.Key.Key_Escape)
    assert page.list.hasFocus()
    assert not page.section().isVisible()


def test_a_saved_setting_is_on_the_disk_and_seen_at_once(
    window: Window, office: Office, counter: CounterSection, qtbot: QtBot
) -> None:
    assert counter.lines["office"].hasFocus()
    type_in("Bộ phận Một cửa xã Ea Mlung")
    counter.minutes.setValue(3)
    counter.extensions.setValue(2)
    counter.disk_warn.setValue(2000)
    counter.language.setCurrentText("English")
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.foot.told() == "Đã lưu thiết lập của quầy")

    kept = settings.load(office.places.settings)
    assert (kept.office, kept.lock_minutes) == ("Bộ phận Một cửa xã Ea Mlung", 3)
    assert (kept.max_extensions, kept.disk_warn_mb) == (2, 2000)
    assert kept.language == "en"
    assert window.top.office() == "Bộ phận Một cửa xã Ea Mlung"
    assert office.settings == kept


def test_a_setting_that_cannot_stand_is_refused_in_its_place_and_stays_typed(
    office: Office, counter: CounterSection, qtbot: QtBot
) -> None:
    counter.lines["hours"].insert("7:30 " * 40)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "dài quá 120 ký tự" in counter.notice.words())

    assert counter.lines["hours"].text().startswith("7:30 7:30")
    assert office.settings.hours == ""
    assert not office.places.settings.exists()


def test_the_watched_folder_must_be_there_and_then_all_of_digitising_is_kept(
    window: Window, page: SettingsPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    section = page.choose("digitising")
    assert isinstance(section, DigitisingSection)
    press(Qt.Key.Key_Return)
    section.folder.path.setText(str(tmp_path / "quet"))
    section.a_day.setValue(40)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "thư mục quét" in section.notice.words())
    assert office.settings.scan_folder == "" and office.settings.file_mb_a_day != 40

    (tmp_path / "quet").mkdir()
    section.quality.setValue(60)
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_F11)
    page.choose("digitising")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.foot.told() == "Đã lưu thiết lập số hóa")

    kept = settings.load(office.places.settings)
    assert (kept.scan_folder, kept.file_mb_a_day, kept.scan_quality) == (str(tmp_path / "quet"), 40, 60)
    assert section.notice.words() == "" and (kept.scan_dpi, kept.scan_colour) == (200, True)


def test_who_opened_a_dossier_stands_in_the_access_log(
    window: Window, page: SettingsPage, office: Office, qtbot: QtBot
) -> None:
    got = receive(office)
    window._on_open_dossier(got.dossier)
    qtbot.waitUntil(lambda: office.accesses.waits)
    press(Qt.Key.Key_F11)
    section = page.choose("accesses")
    assert isinstance(section, AccessesSection)
    press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: section.list.rows.rowCount() == 1)
    row = section.list.row()
    assert row is not None and row.upper == got.code and "mở xem" in row.lower
    assert section.told_of.text() == "1 lần xem, mới nhất trước."
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: page._scroll.verticalScrollBar().maximum() == 0)  # the list alone scrolls
    assert section.list.height() >= 3 * 48


def test_what_is_typed_survives_a_look_at_another_page(
    window: Window, page: SettingsPage, counter: CounterSection
) -> None:
    type_in("Quay 2")
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_F11)

    assert counter.lines["office"].text() == "Quay 2"


def test_the_box_on_top_takes_a_search_from_here_too(
    window: Window, counter: CounterSection, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Escape)
    assert window.scan_box.hasFocus()
    type_in("H15.321-260420-9999")
    press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: type(window.pages.currentWidget()).__name__ == "FindPage")
