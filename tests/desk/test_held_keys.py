"""A key that is held, or pressed once too often: nothing is recorded, tried or printed by it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.pages.instant import InstantPage
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.window import Window
from counter_app.services import lookup
from counter_app.services.office import Office
from tests.desk import test_instant_page, test_seat
from tests.desk.hands import FakePrinter, press, seat_of, type_in
from tests.desk.test_instant_page import CONTROL, ENTER, F9, give
from tests.desk.test_intake import fill, wait_saved

page, seated = test_instant_page.page, test_seat.seated


def hold(key: Qt.Key, times: int = 25, *, since: int = 0) -> None:
    """What a keyboard sends of a key that something lies on; `since` where it has been for a while."""
    for n in range(since, since + times):
        focused = QApplication.focusWidget()
        assert focused is not None
        held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", n > 0)
        QApplication.sendEvent(focused, held)
        QApplication.processEvents()


def test_enter_held_gives_nothing_at_once(page: InstantPage, office: Office, qtbot: QtBot) -> None:
    type_in("Giang A Pao")
    press(ENTER)
    type_in("hb")

    hold(ENTER)

    qtbot.wait(300)
    assert lookup.newest(office) == []
    assert page.entry.name.text() == "Giang A Pao"


def test_enter_held_receives_nothing(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(intake)

    hold(ENTER)

    qtbot.wait(300)
    assert lookup.newest(office) == []


def test_enter_held_is_one_try_of_a_pin(seated: Start, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F12)
    door = seat_of(seated, qtbot)
    type_in("000000")

    for since in range(0, 64, 8):
        hold(ENTER, 8, since=since)
        qtbot.wait(60)

    assert seated.window.desk is not None
    assert seated.window.desk.office.throttle.wait(door.officer()) == 0


def test_a_paper_that_is_being_printed_is_not_asked_for_twice(
    page: InstantPage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    given = give(page, qtbot)

    press(Qt.Key.Key_P, CONTROL)
    press(Qt.Key.Key_P, CONTROL)

    qtbot.waitUntil(lambda: len(printer.printed) > 0)
    qtbot.wait(300)
    assert len(printer.printed) == 1
    assert len(lookup.story(office, given.dossier).prints) == 1


def test_a_label_that_is_being_printed_is_not_asked_for_twice(
    intake: IntakePage, printer: FakePrinter, qtbot: QtBot
) -> None:
    fill(intake)
    press(F9)
    wait_saved(intake, qtbot)

    press(Qt.Key.Key_U, CONTROL)
    press(Qt.Key.Key_U, CONTROL)

    def labels() -> int:
        return sum(title.endswith("-nhan") for _, title, _ in printer.printed)

    qtbot.waitUntil(lambda: labels() > 0, timeout=60_000)
    qtbot.wait(400)
    assert labels() == 1


@pytest.mark.parametrize("name", ["intake", "instant", "hand_back"])
def test_no_act_of_a_page_repeats_while_its_key_is_held(window: Window, name: str) -> None:
    shown = window.go(name)
    own = [shortcut for shortcut in shown.findChildren(QShortcut) if shortcut.parent() is shown]

    assert own and not [shortcut.key().toString() for shortcut in own if shortcut.autoRepeat()]


def test_no_two_keys_that_are_the_same_are_in_reach_together(window: Window, qtbot: QtBot) -> None:
    """Qt fires neither of two such, and says nothing."""
    for name in window._makers:
        front = window.go(name)
        qtbot.wait(50)
        near = [one for one in window.findChildren(QShortcut) if one.isEnabled() and _in_reach(one, window)]
        for place, one in enumerate(near):
            for other in near[place + 1 :]:
                assert one.key() != other.key() or not _together(one, other), (name, one.key().toString())
        assert near and front is not None


def _in_reach(shortcut: QShortcut, window: Window) -> bool:
    host = shortcut.parent()
    assert host is not None and host.isWidgetType()
    return host is window or bool(host.property("visible"))


def _together(one: QShortcut, other: QShortcut) -> bool:
    """Whether there is a focus under which both hold."""
    hosts = one.parent(), other.parent()
    window_wide = Qt.ShortcutContext.WindowShortcut in (one.context(), other.context())
    return window_wide or hosts[0] is hosts[1] or hosts[0] in _above(hosts[1]) or hosts[1] in _above(hosts[0])


def _above(host: object) -> list[object]:
    found = []
    while host is not None:
        found.append(host)
        host = host.parent()  # type: ignore[attr-defined]
    return found
