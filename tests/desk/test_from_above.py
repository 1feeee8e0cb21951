"""The district's notices over the board: one at a time, read by a key, never over the work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.board import BoardPage
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.pages.looks import Chosen
from counter_app.district.issuing import issue
from counter_app.domain.issued import Issue, What
from counter_app.services import notices, syncing
from tests.desk.counters import Counter
from tests.desk.walking import nameless
from tests.district import bases
from tests.district.test_exchange import Road, invite

pytestmark = pytest.mark.usefixtures("app")
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LONG = "\n".join(["Mai nghỉ bão."] * 9)


@pytest.fixture
def tell(counter: Counter, district: bases.Server) -> Callable[..., None]:
    """Sends notices, and brings them to the counter."""
    office, road = counter.office, Road(district)
    syncing.enrol(office, office.session(), road, "http://localhost", invite(district, district.commune))

    def told(*texts: str, what: str = What.NOTICE) -> None:
        for number, text in enumerate(texts):
            with district.base.writing() as connection:
                one = Issue(what, f"n{number}", 0, text, "Thông báo thử")
                issue(connection, district.who, district.commune, one, bases.START_MS + number)
        syncing.sync(office, road)

    return told


@pytest.fixture
def board(show_board: Callable[[Chosen], BoardPage]) -> Callable[[], BoardPage]:
    return lambda: show_board(None)


def test_each_stands_until_it_is_read(
    tell: Callable[..., None], board: Callable[[], BoardPage], counter: Counter, qtbot: QtBot
) -> None:
    tell("Thông báo cũ.", "Thông báo mới.")
    page = board()
    qtbot.waitUntil(lambda: "Thông báo mới." in page.above.says())
    assert "Còn 1 thông báo nữa." in page.above.says()
    assert nameless(page) == []

    QTest.keyClick(page.list, Qt.Key.Key_J, BOTH)
    qtbot.waitUntil(lambda: "Thông báo cũ." in page.above.says())
    assert "Còn" not in page.above.says()

    QTest.keyClick(page.list, Qt.Key.Key_J, BOTH)
    qtbot.waitUntil(page.above.isHidden)
    assert notices.news(counter.office).left == ()


def test_a_long_one_is_opened_and_closed_by_a_key(
    tell: Callable[..., None], board: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    tell(LONG)
    page = board()
    qtbot.waitUntil(lambda: page.above.says().endswith("…"))

    QTest.keyClick(page.list, Qt.Key.Key_O, BOTH)
    assert page.above.says().endswith(LONG) and page.above.more.words() == "Thu gọn"

    QTest.keyClick(page.list, Qt.Key.Key_O, BOTH)
    assert page.above.says().endswith("…")


def test_it_takes_no_focus(
    tell: Callable[..., None], board: Callable[[], BoardPage], counter: Counter, qtbot: QtBot
) -> None:
    counter.receive("Y Wang")
    counter.wall.go("27/4 08:00")
    page = board()
    qtbot.waitUntil(page.list.hasFocus)
    tell("Mai nghỉ.")
    page.above.look()
    qtbot.waitUntil(lambda: bool(page.above.says()))

    assert page.list.hasFocus()


def test_what_the_program_is_too_old_for_stands_there_too(
    tell: Callable[..., None], board: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    tell("2 0 3 0", what=What.CATALOGUE)
    tell("{", what=What.TEMPLATE)
    page = board()

    qtbot.waitUntil(lambda: "cập nhật phần mềm" in page.above.outdated.words())
    assert page.above.says() == ""


def test_the_page_where_the_day_begins_says_that_there_is_one(
    tell: Callable[..., None], counter: Counter, qtbot: QtBot
) -> None:
    tell("Mai nghỉ.", "Mai làm.")
    page = IntakePage(counter.desk)
    qtbot.addWidget(page)
    page.show()
    page.entered()

    qtbot.waitUntil(page.news.label.isVisible)
    assert page.news.label.text() == "2 thông báo mới: bấm F4"
