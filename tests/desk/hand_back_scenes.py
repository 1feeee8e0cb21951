"""The faces of giving results out: one dossier, several of one owner or of two, a part of one."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.hand_back import HandBackPage
from tests.desk.hands import press
from tests.desk.stocked import Stock


def hand_back(page: HandBackPage, stock: Stock, qtbot: QtBot) -> Iterator[str]:
    yield "hand back"
    yield from _one(page, stock, qtbot)
    yield from _part(page, stock, qtbot)
    yield from _several(page, stock, qtbot)


def _one(page: HandBackPage, stock: Stock, qtbot: QtBot) -> Iterator[str]:
    _ask(page, "ea mlung khong co", qtbot)
    yield "hand back, nothing found"
    _open(page, qtbot, stock.disputed)
    yield "hand back, not finished"
    _ask(page, "Niê", qtbot)
    assert page.choices.isVisible()
    yield "hand back, which one"
    with qtbot.waitSignal(page.answered):
        press(Qt.Key.Key_Return)
    _open(page, qtbot, stock.waiting)
    yield "hand back, waiting for papers"
    _ask(page, stock.anothers, qtbot)
    assert page.record.isEnabled()
    yield "hand back, open"
    for choice in (page.collector.other, page.collector.relative):
        choice.setChecked(True)
        yield f"hand back to {choice.text()}"
    page.collector.owner.setChecked(True)
    page.collector.lost.setChecked(True)
    yield "hand back, the receipt lost"
    page._on_record()
    qtbot.waitUntil(lambda: bool(page.sheet.fault.words()))
    yield "hand back, refused"
    page.begin()


def _part(page: HandBackPage, stock: Stock, qtbot: QtBot) -> Iterator[str]:
    _open(page, qtbot, stock.ready[0])
    page.sheet.toggle_part()
    yield "hand back, a part"
    page.sheet.given.setText("1 bản trích lục")
    page._on_record()
    qtbot.waitUntil(lambda: bool(page.sheet.fault.words()))
    yield "hand back, a part, refused"
    page.sheet.left.setText("2 bản trích lục; giấy chứng nhận quyền sử dụng đất")
    yield from _given(page, qtbot, "a part given")
    _open(page, qtbot, stock.ready[0])
    yield "hand back, the rest"


def _several(page: HandBackPage, stock: Stock, qtbot: QtBot) -> Iterator[str]:
    _open(page, qtbot, *stock.ready, stock.waiting)
    yield "hand back, several"
    page.sheet.rows.boxes[0].click()
    yield "hand back, several, one left out"
    page.sheet.rows.boxes[0].click()
    with qtbot.waitSignal(page.answered):
        page.take_scan(stock.anothers)
    assert page.view.join.isVisible()
    yield "hand back, another's slip"
    page._on_join()
    yield "hand back, of two owners"
    page.begin()
    _open(page, qtbot, *stock.ready)
    yield from _given(page, qtbot, "several given")


def _given(page: HandBackPage, qtbot: QtBot, what: str) -> Iterator[str]:
    page._on_record()
    qtbot.waitUntil(lambda: bool(page.given.words()) and page.given.isVisible())
    yield f"hand back, {what}"


def _ask(page: HandBackPage, words: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.answered):
        page.box.setText(words)
        page._on_asked()


def _open(page: HandBackPage, qtbot: QtBot, *dossiers: bytes) -> None:
    with qtbot.waitSignal(page.answered):
        page._open(list(dossiers))
