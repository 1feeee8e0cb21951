"""Whom to call, by hamlet: reached by keys alone, recorded by a number, printed for the hamlet's head."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.board import BoardPage
from counter_app.desk.pages.looks import Chosen, Look
from counter_app.desk.widgets.board_rows import Heading
from counter_app.desk.widgets.rows import Role
from counter_app.services import acts
from counter_app.services.reception import Received
from tests.desk.counters import COPY, REBIRTH, Counter
from tests.desk.test_board_page import again, press, row_of, rows
from tests.desk.walking import nameless
from tests.paper.reading import pages, squeezed

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def show(show_board: Callable[[Chosen], BoardPage]) -> Callable[[], BoardPage]:
    return lambda: show_board(Look.CALLS)


def ready(counter: Counter, name: str, hamlet: str, **fields: Any) -> Received:
    party = {"address": f"{hamlet}, xã Ea Mlung", **fields.pop("party", {})}
    return counter.finish(counter.receive(name, COPY, party=party, **fields))


def test_who_is_to_be_called_stands_by_hamlet_with_how_and_why(
    counter: Counter, show: Callable[[], BoardPage]
) -> None:
    counter.wall.go("10/4 08:00")
    ready(counter, "Giàng A Páo", "Thôn Suối Chải")
    ready(counter, "Y Bliu Mlô", "Buôn Ea Mây", phone="", party={"contact_via": "trưởng buôn Y Khoa"})
    asked = counter.receive("Vàng Thị Dợ", REBIRTH, party={"address": "thôn suối chải"})
    acts.ask_supplement(counter.office, counter.session, asked.code, ["giấy chứng sinh"])
    counter.wall.go("20/4 08:00")
    page = show()

    assert rows(page) == ["Buôn Ea Mây", "  Y Bliu Mlô", "Thôn Suối Chải", "  Giàng A Páo", "  Vàng Thị Dợ"]
    row = row_of(page, "Y Bliu Mlô")
    assert (row.holder, row.beside) == ("trưởng buôn Y Khoa", "chưa gọi")
    assert (row.dossier.standing.days, row.dossier.standing.days_are) == (6, "ngày\nchờ lấy")
    assert row_of(page, "Vàng Thị Dợ").dossier.standing.days_are == "ngày\nchờ dân"
    assert page.tabs.tabs[Look.CALLS].accessibleName() == "Cần gọi: 3"


def test_the_arrows_lead_there_and_back(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    ready(counter, "A", "Thôn 1")
    page = show()

    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.looks_at() is Look.DAY)
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.looks_at() is None)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)

    qtbot.waitUntil(lambda: page.looks_at() is Look.CALLS)


def test_a_recorded_call_is_seen_at_once_and_goes_down_at_the_next_minute(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    for name in ("First", "Second", "Third"):
        ready(counter, name, "Thôn 1")
    page = show()

    QTest.keyClicks(page.list, "2")
    qtbot.waitUntil(page.view.band.is_asking)
    press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: row_of(page, "First").beside.endswith("không nghe máy"))
    assert rows(page) == ["Thôn 1", "  First", "  Second", "  Third"]
    qtbot.waitUntil(page.list.hasFocus)

    press(Qt.Key.Key_Down)
    again(page, qtbot, lambda: rows(page) == ["Thôn 1", "  Second", "  Third", "  First"])
    assert page.list.here() == row_of(page, "Second").dossier.line.dossier


def test_who_said_when_he_comes_shows_the_day(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    ready(counter, "First", "Thôn 1")
    page = show()

    QTest.keyClicks(page.list, "1")
    qtbot.waitUntil(page.view.band.is_asking)
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "22/4")
    press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: row_of(page, "First").beside == "sẽ đến 22/4")


def test_f9_prints_the_hamlet_of_the_row_with_names_and_nothing_that_identifies(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    ready(counter, "Giàng A Páo", "Thôn Suối Chải", party={"id_number": "066174000123"})
    ready(counter, "Y Bliu Mlô", "Buôn Ea Mây")
    page = show()
    qtbot.waitUntil(page.strip.print_one.isEnabled)
    press(Qt.Key.Key_Down)

    said: list[str] = []
    page.told.connect(said.append)

    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(said) == 2)

    [(pdf, title, paper)] = counter.paper.printed
    [read] = pages(pdf)
    assert squeezed("Giàng A Páo") in squeezed(read) and squeezed("Thôn Suối Chải") in squeezed(read)
    assert "Bliu" not in read
    assert [secret for secret in ("066174000123", "0900000123", "Trích lục") if secret in read] == []
    assert (title, paper) == ("danh-sach-moi", "a4")
    assert said == ["Đang lập danh sách để in…", "Đã gửi danh sách 1 hồ sơ đi in."]


def test_shift_f9_prints_every_hamlet(counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot) -> None:
    ready(counter, "Giàng A Páo", "Thôn Suối Chải")
    ready(counter, "Y Bliu Mlô", "Buôn Ea Mây")
    page = show()
    qtbot.waitUntil(page.strip.print_one.isEnabled)

    QTest.keyClick(page.list, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: counter.paper.printed != [])

    assert len(pages(counter.paper.printed[0][0])) == 2


def test_f9_prints_nothing_where_the_list_is_not_shown(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    ready(counter, "Giàng A Páo", "Thôn Suối Chải")
    page = show()
    page.choose(None)
    qtbot.waitUntil(lambda: page.looks_at() is None)

    press(Qt.Key.Key_F9)
    qtbot.wait(100)

    assert counter.paper.printed == []


def test_a_list_without_anybody_says_so(show: Callable[[], BoardPage], qtbot: QtBot) -> None:
    page = show()

    qtbot.waitUntil(lambda: page.says() != "")
    assert "F2" in page.says()
    assert not page.strip.print_one.isEnabled()


def test_every_control_of_the_call_list_has_a_name(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    ready(counter, "Giàng A Páo", "Thôn Suối Chải")
    page = show()

    QTest.keyClick(page.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.view.band.is_asking)

    assert nameless(page) == []


def test_the_key_of_a_call_is_told_once(counter: Counter, show: Callable[[], BoardPage]) -> None:
    ready(counter, "Giàng A Páo", "Thôn Suối Chải")
    ready(counter, "Y Bliu Mlô", "Buôn Ea Mây")
    page = show()

    model = page.list.model()
    found = [model.index(n, 0).data(Role.ROW) for n in range(model.rowCount())]
    assert [row.key for row in found if isinstance(row, Heading)] == ["Ctrl+E", ""]
