"""The day at closing time: what was received and returned, and what of it is still to be done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter_app.desk.pages import looks
from counter_app.desk.pages.board import BoardPage
from counter_app.desk.pages.looks import Chosen, Look
from counter_app.desk.widgets import day_rows
from counter_app.desk.widgets.board_rows import Heading
from counter_app.desk.widgets.rows import Role
from counter_app.services import acts, mending
from counter_app.services.reception import Received
from tests.desk.counters import COPY, REBIRTH, Counter, pair, swap
from tests.desk.test_board_page import rows

pytestmark = pytest.mark.usefixtures("app")
FREE = {"amount": 0, "exemption": "hộ nghèo"}


@pytest.fixture
def show(show_board: Callable[[Chosen], BoardPage]) -> Callable[[], BoardPage]:
    return lambda: show_board(Look.DAY)


def back(counter: Counter, got: Received, to: str) -> None:
    counter.finish(got)
    acts.hand_back(counter.office, counter.session, got.code, to)


def test_what_was_received_and_returned_today_is_counted_and_listed(
    counter: Counter, show: Callable[[], BoardPage]
) -> None:
    counter.wall.go("17/4 16:00")
    old = counter.receive("Yesterday", COPY, fee=FREE)
    back(counter, counter.receive("Gone", COPY, fee=FREE), "Gone")
    counter.wall.go("20/4 08:00")
    counter.receive("New", REBIRTH, fee=FREE)
    back(counter, old, "Yesterday")
    page = show()

    assert rows(page) == ["Đã nhận", "  New", "Đã trả", "  Yesterday"]
    assert page.sums_up() == "Nhận 1 · trả 1 · không còn việc dở"
    assert page.tabs.tabs[Look.DAY].accessibleName() == "Hôm nay: 2"


def test_a_receipt_that_did_not_come_out_and_a_fee_not_taken_stand_first(
    counter: Counter, show: Callable[[], BoardPage]
) -> None:
    counter.receive("Owing", COPY, fee={"amount": 8000})
    spoiled = counter.receive("Spoiled", REBIRTH, fee=FREE)
    with counter.office.writing() as (pen, _):
        pen.append("spoiled", spoiled.dossier, {"form": "receipt", "reason": "kẹt giấy"}, "admin")
    counter.receive("Done", REBIRTH, fee=FREE)

    page = show()

    assert rows(page)[:3] == ["Chưa xong", "  Spoiled", "  Owing"]
    assert page.sums_up() == "Nhận 3 · trả 0 · còn 1 chưa in giấy hẹn, 1 chưa thu phí"


def test_a_voided_entry_was_never_received(counter: Counter, show: Callable[[], BoardPage]) -> None:
    got = counter.receive("Twice", REBIRTH, fee=FREE)
    counter.receive("Once", REBIRTH, fee=FREE)
    mending.void(counter.office, counter.session, got.code, "nhập hai lần")

    page = show()

    assert rows(page) == ["Đã nhận", "  Once"]
    assert page.sums_up().startswith("Nhận 1 ·")


def test_what_the_other_counter_returned_today_counts_once_it_is_carried_here(
    counter: Counter, show: Callable[[], BoardPage], tmp_path: Path
) -> None:
    counter.wall.go("17/4 16:00")
    other = Counter(tmp_path / "two", "QUẦY 2", counter.wall)
    pair(counter, other, tmp_path)
    got = other.receive("Theirs", COPY, fee=FREE)
    counter.wall.go("20/4 08:00")
    counter.receive("Ours", REBIRTH, fee=FREE)
    back(other, got, "Theirs")
    swap(counter, other, tmp_path)
    other.close()

    assert rows(show()) == ["Đã nhận", "  Ours", "Đã trả", "  Theirs"]


def test_of_more_than_is_shown_all_is_counted_and_each_section_says_how_many_are_left(
    counter: Counter, show: Callable[[], BoardPage], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(day_rows, "SHOWN", 2)
    monkeypatch.setattr(looks, "SCREEN", 1)
    for name in "ABC":
        counter.receive(name, REBIRTH, fee={"amount": 8000})

    page = show()

    qtbot.waitUntil(lambda: page.sums_up() == "Nhận 3 · trả 0 · còn 3 chưa thu phí")
    found = [page.list.rows.index(n, 0).data(Role.ROW) for n in range(page.list.rows.rowCount())]
    assert [row.more for row in found if isinstance(row, Heading)] == ["còn 1 hồ sơ nữa"] * 2


def test_a_day_without_work_tells_how_to_begin(show: Callable[[], BoardPage]) -> None:
    page = show()

    assert "F2" in page.says()
    assert page.sums_up() == "Nhận 0 · trả 0 · không còn việc dở"
