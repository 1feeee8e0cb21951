"""Every page of a new store as a screen reader walks it: each control has its name and role, Tab comes by."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from counter_app.desk.contents import PAGES
from counter_app.desk.window import Window
from tests.desk.walking import faults_of


def test_every_page_of_a_new_store_is_named_and_gone_round(window: Window, qtbot: QtBot) -> None:
    found = []
    for name in PAGES:
        window.go(name)
        qtbot.wait(150)
        window.scan_box.setFocus()
        found += [f"{name}: {fault}" for fault in faults_of(window)]

    assert found == [], "\n".join(found)
