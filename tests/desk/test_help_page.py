"""Help: every page has it in both languages, with every key that the page really takes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.contents import HELP, PAGES, SEAT
from counter_app.desk.pages.help import TOPICS, HelpPage, help_text
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.pages.settings import SECTIONS, SettingsPage
from counter_app.desk.parts import KeyButton
from counter_app.desk.window import Window
from counter_app.services import accounts, opening
from counter_app.system.paths import Places, resource
from counter_app.words.language import LANGUAGES
from tests.desk.hands import HandClock, press, seat_of, type_in
from tests.vaults import OpenVault

_KEY = re.compile(r"\*\*((?:(?:Ctrl|Alt|Shift)\+)+\w+|F\d+)\*\*")
_RANGE = re.compile(r"\*\*((?:Ctrl|Alt)\+)(\d)\*\* \S+ \*\*\1(\d)\*\*")


def taken(page: QWidget) -> set[str]:
    """The keys of a page with F, Ctrl or Alt, as its shortcuts and its buttons have them."""
    shortcuts = {one.key().toString() for one in page.findChildren(QShortcut)}
    buttons = {one.key for one in page.findChildren(KeyButton)}
    found = {key.replace("Return", "Enter") for key in shortcuts | buttons}
    return {key for key in found if re.fullmatch(r"(Ctrl|Alt|Shift)\+.+|F\d+", key)}


def named(topic: str, language: str) -> set[str]:
    text = help_text(topic, language)
    spans = {f"{held}{n}" for held, a, z in _RANGE.findall(text) for n in range(int(a), int(z) + 1)}
    return set(_KEY.findall(text)) | spans


def help_of(window: Window) -> HelpPage:
    page = window.pages.currentWidget()
    assert isinstance(page, HelpPage)
    return page


def words(window: Window) -> str:
    return help_of(window).words.toPlainText()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted({*PAGES, SEAT} - {HELP}))
def test_every_page_of_the_window_has_its_help(name: str, language: str) -> None:
    assert name in TOPICS
    text = help_text(name, language)

    assert text.startswith("# ")
    assert 3 <= len(re.findall(r"^\d\. ", text, re.MULTILINE)) <= 7
    assert text.count("\n## ") >= 3


def test_no_help_is_there_that_nobody_asks_for() -> None:
    asked = {f"{part}.md" for parts in TOPICS.values() for part in parts} | {"everywhere.md"}

    for language in LANGUAGES:
        assert {path.name for path in resource(f"help/{language}").iterdir()} == asked


def test_both_languages_name_the_same_keys() -> None:
    assert [topic for topic in TOPICS if named(topic, "vi") != named(topic, "en")] == []


def test_every_key_that_a_page_takes_is_named_in_its_help(window: Window) -> None:
    lacking = {}
    for name in sorted(PAGES.keys() - {HELP}):
        page = window.go(name)
        if isinstance(page, SettingsPage):
            for section, _, _ in SECTIONS:
                page.choose(section)
        keys = taken(page)
        if isinstance(page, SettingsPage):
            keys = keys.union(*map(taken, page.sections.values()))
        lacking[name] = sorted(keys - named(name, "vi"))

    assert {name: keys for name, keys in lacking.items() if keys} == {}


def test_the_keys_of_the_window_itself_are_named_on_every_page(window: Window) -> None:
    own = {one.key().toString() for one in window.findChildren(QShortcut) if one.parent() is window}
    buttons = {one.key for one in window.top.findChildren(KeyButton)}
    keys = {key for key in own | buttons if re.fullmatch(r"(Ctrl|Alt|Shift)\+.+|F\d+", key)}

    assert {"F1", "F2", "F11", "F12"} <= keys
    assert keys - named("find", "vi") == set()


def test_f1_tells_of_the_page_in_front_and_f1_or_esc_returns_to_the_same_field(
    window: Window, intake: IntakePage, qtbot: QtBot
) -> None:
    intake.person.phone.setFocus()
    for back in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
        press(Qt.Key.Key_F1)
        qtbot.waitUntil(lambda: "Tiếp nhận hồ sơ" in words(window))
        assert help_of(window).words.hasFocus()
        assert window.rail.items[HELP].isChecked()

        press(back)
        assert window.pages.currentWidget() is intake
        assert intake.person.phone.hasFocus()
        assert window.rail.items["intake"].isChecked()


def test_help_tells_of_each_page_in_turn(window: Window, qtbot: QtBot) -> None:
    for key, title in ((Qt.Key.Key_F3, "Tra cứu"), (Qt.Key.Key_F11, "Thiết lập")):
        press(key)
        press(Qt.Key.Key_F1)
        qtbot.waitUntil(lambda t=title: words(window).startswith(t))


def test_another_pages_key_leads_on_from_help(window: Window) -> None:
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_F3)

    assert type(window.pages.currentWidget()).__name__ == "FindPage"


def test_a_locked_counter_has_help_too_and_stays_locked(
    store: Places, vault: OpenVault, clock: HandClock, make_start: Callable[[Places], Start], qtbot: QtBot
) -> None:
    office = opening.open_store(store, opening.Openers(vault), clock)
    accounts.set_pin(office, office.session(), "2580")
    office.close()
    start = make_start(store)
    seat = seat_of(start, qtbot)
    type_in("25")

    press(Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: "Ai ngồi quầy" in words(start.window))
    press(Qt.Key.Key_F3)
    assert isinstance(start.window.pages.currentWidget(), HelpPage)
    press(Qt.Key.Key_Escape)

    assert start.window.pages.currentWidget() is seat
    assert seat.pin.hasFocus()
    type_in("80")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(start.window.pages.currentWidget(), IntakePage))


def test_help_is_never_markup(window: Window, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F1)
    page = help_of(window)
    qtbot.waitUntil(lambda: bool(page.words.toPlainText()))

    page._show("<img src='file:///etc/passwd'> <b>x</b>")

    assert "<b>x</b>" in page.words.toPlainText()
    assert not page.words.openLinks()
