"""F11, Đồng bộ: the hours of paid data, typed and saved by keyboard; a pause that is seen in the foot."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.settings import SettingsPage
from counter_app.desk.settings.sync import SyncSection
from counter_app.desk.window import Window
from counter_app.services.office import Office
from counter_app.system import settings
from tests.desk.hands import press, type_in


@pytest.fixture
def section(window: Window) -> SyncSection:
    page = window.go("settings")
    assert isinstance(page, SettingsPage)
    section = page.choose("sync")
    assert isinstance(section, SyncSection)
    press(Qt.Key.Key_Return)  # from the list into the section
    assert section.hours.hasFocus()
    return section


def test_hours_are_saved_as_they_are_read(section: SyncSection, office: Office, qtbot: QtBot) -> None:
    type_in("11h30-13h, 18h-6h")
    press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: section.hours.text() == "11:30–13:00, 18:00–06:00")
    assert settings.load(office.places.settings).sync_hours == "11:30–13:00, 18:00–06:00"


def test_what_cannot_be_read_is_said_beside_it_and_nothing_is_saved(
    section: SyncSection, office: Office, qtbot: QtBot
) -> None:
    type_in("trua")
    press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: section.notice.words() != "")
    assert section.notice.words() == (
        "Giờ đồng bộ “trua” không đọc được; hãy ghi như 11:30–13:00, 18:00–06:00."
    )
    assert section.hours.hasFocus() and section.hours.text() == "trua"
    assert office.settings.sync_hours == "" and not office.places.settings.exists()


def test_a_machine_that_is_enrolled_nowhere_has_nothing_to_pause(
    section: SyncSection, window: Window, qtbot: QtBot
) -> None:
    section.pause.setFocus()
    press(Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: "chưa ghi danh" in window.foot.told())
