"""An office without an administrator: how two machines come to it, and the faces that lead out of it."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.pages.settings import SettingsPage
from counter_app.desk.reopening import ReopenDoor
from counter_app.desk.seat import SeatDoor
from counter_app.desk.settings.officers import OfficersSection
from counter_app.services import accounts, exchange, opening
from counter_app.services.opening import NewStore, Openers
from counter_app.system.paths import Places
from tests.desk.hands import HandClock, press, seat_of, type_in
from tests.vaults import OpenVault

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def leave_none(folder: Path, vault: OpenVault, *, others: bool) -> tuple[Places, str]:
    """A store in `folder` whose two administrators were shut on two machines; its sheet's words.

    With `others` an officer, lan, is left, whose PIN is 2580; the administrators were admin and hoa.
    """
    made, words, kept = _made(others)
    shutil.copytree(made, folder / "one")
    vault.kept.update(kept)
    return Places(folder / "one"), words


@cache
def _made(others: bool) -> tuple[Path, str, dict[str, bytes]]:
    holder, vault, clock = TemporaryDirectory(), OpenVault(), HandClock()
    atexit.register(holder.cleanup)
    folder = Path(holder.name)
    words: list[str] = []
    offices = []
    for name in ("one", "two"):
        order = NewStore("H15.321", "UBND xã Ea Mlung", device=name, sheet=words.append)
        offices.append(opening.create(Places(folder / name), order, Openers(vault), clock))
    one, two = offices
    exchange.offer(two, folder / "offer")
    exchange.accept(one, one.session(), folder / "offer", folder / "reply")
    exchange.finish(two, two.session(), folder / "reply")
    accounts.set_pin(one, one.session(), "9999")
    accounts.add_officer(one, one.session("admin", lambda: "9999"), "hoa", "Hoa", "administrator", "1111")
    if others:
        accounts.add_officer(one, one.session("admin", lambda: "9999"), "lan", "H’Lan", "officer", "2580")
    exchange.export(one, one.session("admin", lambda: "9999"), folder / "all")
    exchange.bring_in(two, two.session(), folder / "all")
    accounts.change_officer(two, two.session("hoa", lambda: "1111"), "admin", active=False)
    exchange.export(two, two.session("hoa", lambda: "1111"), folder / "bundle")
    here = one.session("admin", lambda: "9999")
    accounts.change_officer(one, here, "hoa", active=False)
    exchange.bring_in(one, here, folder / "bundle")
    for office in offices:
        office.close()
    return folder / "one", words[0], vault.kept


def faces(start: Start, words: str, qtbot: QtBot) -> Iterator[str]:
    """From the seat that has no administrator to one who keeps the accounts again."""
    pages = start.window.pages
    seat = seat_of(start, qtbot)
    qtbot.waitUntil(seat.reopen.isVisible)
    yield "seat without an administrator"
    _sit(start, seat, "2580", qtbot)
    section = _officers(start)
    qtbot.waitUntil(lambda: bool(section.leaderless.words()))
    yield "officers without an administrator"
    assert start.seating is not None
    start.seating.leave()
    qtbot.waitUntil(lambda: pages.currentWidget() is seat and seat.pin.hasFocus())
    press(Qt.Key.Key_R, CTRL)
    form = pages.currentWidget()
    assert isinstance(form, ReopenDoor)
    yield "reopening"
    form.who.setCurrentIndex(form.who.findData("hoa"))
    form.sheet.setText(words.replace(words[:5], "babab"))
    form.pin.setText("7777")
    form.again.setText("777")
    form.asked.emit()
    yield "reopening, two PINs"
    form.again.setText("7777")
    form.asked.emit()
    qtbot.waitUntil(lambda: "iếu khôi phục" in form.notice.words() or "recovery" in form.notice.words())
    yield "reopening, refused"
    form.sheet.setText(words)
    form.asked.emit()
    qtbot.waitUntil(lambda: pages.currentWidget() is seat and bool(seat.notice.words()))
    yield "seat, an account opened again"
    _sit(start, seat, "7777", qtbot)
    yield from _forms(_officers(start), qtbot)


def _sit(start: Start, seat: SeatDoor, pin: str, qtbot: QtBot) -> None:
    type_in(pin)
    press(ENTER)
    qtbot.waitUntil(lambda: start.window.pages.currentWidget() is not seat, timeout=10_000)


def _officers(start: Start) -> OfficersSection:
    page = start.window.go("settings")
    assert isinstance(page, SettingsPage)
    section = page.choose("officers")
    page._on_opened()
    assert isinstance(section, OfficersSection)
    return section


def _forms(section: OfficersSection, qtbot: QtBot) -> Iterator[str]:
    """Every form of an account, of one who has a PIN, each with what it says of a fault."""
    qtbot.waitUntil(section.new.isEnabled)
    yield "officers, an administrator here"
    for whose, ask in (
        ("lan", section._on_new),
        ("lan", section._on_edit),
        ("lan", section._on_pin),  # with the sheet
        ("hoa", section._on_pin),  # her own
    ):
        section.choose(whose)
        ask()
        assert section.form is not None
        face = f"officers, {type(section.form).__name__} of {whose}"
        yield face
        section.form.complain(section.form.differ())
        yield f"{face}, refused"
        section._on_left()
