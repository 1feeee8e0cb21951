"""Cán bộ: accounts by keyboard, each rule told where it is broken, nothing deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.page import Desk
from counter_app.desk.pages.settings import SettingsPage
from counter_app.desk.settings.officer_forms import AccountForm, OfficerForm, PinForm
from counter_app.desk.settings.officers import OfficersSection
from counter_app.desk.window import Window
from counter_app.domain.commune import Officer, Role
from counter_app.services import accounts, opening
from counter_app.services.office import Office, Session
from counter_app.services.opening import NewStore, Openers
from counter_app.system.paths import Places
from tests.desk.hands import HandClock, press, seat_of, type_in
from tests.desk.walking import nameless
from tests.vaults import OpenVault

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return


def section_of(window: Window, qtbot: QtBot) -> OfficersSection:
    press(Qt.Key.Key_F11)
    page = window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    section = page.choose("officers")
    assert isinstance(section, OfficersSection)
    qtbot.waitUntil(lambda: section.officer() is not None)
    press(ENTER)
    assert section.list.hasFocus()
    return section


@pytest.fixture
def section(window: Window, qtbot: QtBot) -> OfficersSection:
    return section_of(window, qtbot)


def form_of(section: OfficersSection) -> OfficerForm:
    assert section.form is not None
    return section.form


def fill(*texts: str) -> None:
    """Types into each field from the one that has the focus, Tab between them, then Enter."""
    for number, text in enumerate(texts):
        if number:
            press(Qt.Key.Key_Tab)
        if text:
            type_in(text)
    press(ENTER)


def known(office: Office) -> dict[str, Officer]:
    return dict(office.commune().officers)


def set_own_pin(section: OfficersSection, qtbot: QtBot) -> None:
    press(Qt.Key.Key_M, CTRL, SHIFT)
    fill("9876", "9876")
    qtbot.waitUntil(lambda: section.form is None)


def test_an_officer_is_added_with_an_id_from_the_name(
    section: OfficersSection, office: Office, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_N, CTRL)
    form = form_of(section)
    assert isinstance(form, AccountForm)
    assert form.name.hasFocus()
    form.name.insert("Nguyễn Thị Lan")
    form.name.textEdited.emit(form.name.text())
    assert form.id.text() == "lan.nt"
    assert not form.pin.isVisible()  # his own comes first
    press(ENTER)

    qtbot.waitUntil(lambda: "lan.nt" in known(office))
    qtbot.waitUntil(lambda: section.form is None and section.list.hasFocus())
    assert known(office)["lan.nt"].role is Role.OFFICER
    qtbot.waitUntil(lambda: [row.id for row in section._known()] == ["lan.nt", "admin"])


def test_ones_own_first_pin_is_typed_twice_and_takes_hold_at_once(
    section: OfficersSection, office: Office, desk: Desk, window: Window, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_M, CTRL, SHIFT)
    fill("9876", "9875")
    assert "không giống nhau" in form_of(section).notice.words()
    form = form_of(section)
    assert isinstance(form, PinForm)
    form.again.setText("9876")
    press(ENTER)

    qtbot.waitUntil(lambda: bool(desk.session.officer and desk.session.officer.pin))
    press(Qt.Key.Key_F12)
    assert not window.rail.isEnabled()


def test_a_pin_of_the_wrong_shape_is_told_in_the_form(section: OfficersSection, qtbot: QtBot) -> None:
    press(Qt.Key.Key_M, CTRL, SHIFT)
    fill("12", "12")

    qtbot.waitUntil(lambda: "từ 4 đến 12 chữ số" in form_of(section).notice.words())


def test_ones_own_pin_changes_with_the_old_one_only(
    section: OfficersSection, office: Office, desk: Desk, qtbot: QtBot
) -> None:
    set_own_pin(section, qtbot)
    qtbot.waitUntil(lambda: bool(desk.session.officer and desk.session.officer.pin))
    qtbot.waitUntil(lambda: bool(section.officer() and getattr(section.officer(), "pin", "")))
    press(Qt.Key.Key_M, CTRL, SHIFT)
    fill("0000", "5555", "5555")
    qtbot.waitUntil(lambda: "Mã PIN không đúng" in form_of(section).notice.words())

    form = form_of(section)
    assert isinstance(form, PinForm)
    form.old.setText("9876")
    press(ENTER)
    qtbot.waitUntil(lambda: section.form is None)
    assert office.session("admin", lambda: "5555").officer is not None


def test_the_last_administrator_is_refused_in_one_sentence(
    section: OfficersSection, office: Office, qtbot: QtBot
) -> None:
    press(ENTER)
    form = form_of(section)
    assert isinstance(form, AccountForm)
    form.role.setCurrentIndex(form.role.findData("reader"))
    press(ENTER)

    qtbot.waitUntil(lambda: "quản trị duy nhất" in form.notice.words())
    assert known(office)["admin"].role is Role.ADMINISTRATOR
    press(Qt.Key.Key_Escape)
    assert section.form is None
    assert section.list.hasFocus()


def test_an_account_is_shut_and_opened_again(
    section: OfficersSection, office: Office, desk: Desk, window: Window, qtbot: QtBot
) -> None:
    accounts.add_officer(office, desk.session, "lan", "H’Lan", "officer")
    section.entered()
    qtbot.waitUntil(lambda: len(section._known()) == 2)
    section.choose("lan")
    press(Qt.Key.Key_L, CTRL, SHIFT)
    qtbot.waitUntil(lambda: not known(office)["lan"].active)
    qtbot.waitUntil(lambda: section.shut.words() == "Mở lại tài khoản")
    assert window.foot.told() == "Đã khóa tài khoản của H’Lan"

    press(Qt.Key.Key_L, CTRL, SHIFT)
    qtbot.waitUntil(lambda: known(office)["lan"].active)


def test_who_is_no_administrator_reads_why_and_sets_only_his_own_pin(
    section: OfficersSection, office: Office, desk: Desk, qtbot: QtBot
) -> None:
    xuyen = accounts.add_officer(office, desk.session, "xuyen", "Xuyến", "reader")
    desk.session = Session(xuyen)
    section.entered()
    qtbot.waitUntil(lambda: len(section._known()) == 2)
    section.choose("admin")

    keys = (section.new, section.edit, section.shut, section.pin)
    assert [key.isEnabled() for key in keys] == [False] * 4
    assert section._why.text() == "Chỉ quản trị được làm việc này."
    press(Qt.Key.Key_N, CTRL)
    press(ENTER)
    assert section.form is None
    section.choose("xuyen")
    assert section.pin.isEnabled()


def test_every_control_of_the_forms_has_a_name(app: object) -> None:
    forms: list[QWidget] = [
        AccountForm("Mới", (), pins=True),
        AccountForm("Cũ", (), Officer("lan", "Lan", Role.HEAD)),
        PinForm("PIN", "", asks_old=True, asks_sheet=True),
    ]

    assert [nameless(form) for form in forms] == [[], [], []]


def test_a_second_officer_with_the_sheet_resets_a_forgotten_pin(
    places: Places,
    vault: OpenVault,
    clock: HandClock,
    make_start: Callable[[Places], Start],
    qtbot: QtBot,
) -> None:
    sheet: list[str] = []
    order = NewStore("H15.321", "UBND xã Ea Mlung", device="QUẦY 1", sheet=sheet.append)
    office = opening.create(places, order, Openers(vault), clock)
    accounts.set_pin(office, office.session(), "9999")
    accounts.add_officer(office, office.session("admin", lambda: "9999"), "lan", "H’Lan", "officer", "2580")
    office.close()
    start = make_start(places)
    seat_of(start, qtbot).choose("admin")
    type_in("9999")
    press(ENTER)
    qtbot.waitUntil(start.window.rail.isEnabled)
    section = section_of(start.window, qtbot)
    section.choose("lan")

    press(Qt.Key.Key_M, CTRL, SHIFT)
    fill("sai sai sai", "1357", "1357")
    qtbot.waitUntil(lambda: "hiếu khôi phục" in form_of(section).notice.words())
    form = form_of(section)
    assert isinstance(form, PinForm)
    form.sheet.setText(sheet[0])
    press(ENTER)
    qtbot.waitUntil(lambda: section.form is None)

    assert start.window.desk is not None
    assert start.window.desk.office.session("lan", lambda: "1357").officer is not None


def test_a_form_that_another_officer_left_open_is_gone(
    section: OfficersSection, office: Office, desk: Desk, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_M, CTRL, SHIFT)
    type_in("9876")
    desk.session = Session(accounts.add_officer(office, desk.session, "xuyen", "Xuyến", "officer"))

    section.entered()

    assert section.form is None
    assert section.list.isVisible()
