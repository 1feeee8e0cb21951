"""The page of the office's books: the paper that will be printed stands there, and a drawer is counted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.books import Book, BooksPage
from counter_app.services import cashbook, closing
from tests.desk.counters import COPY, Counter
from tests.desk.hands import press
from tests.paper.reading import pages, sizes, squeezed

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def page(counter: Counter, qtbot: QtBot) -> BooksPage:
    """In front, over two dossiers, one of which was paid for."""
    counter.receive("Giàng A Páo")
    counter.receive("Sùng Thị Mỷ", COPY, fee={"amount": 12_000, "paid": True})
    page = BooksPage(counter.desk)
    counter.show(page)
    page.entered()
    qtbot.waitUntil(page.sheet.has_picture)
    return page


def test_the_register_of_this_month_stands_there_and_is_printed(
    page: BooksPage, counter: Counter, qtbot: QtBot
) -> None:
    assert "Trang 1/1" in page.says()

    with qtbot.waitSignal(page.told):
        press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    ((pdf, title, paper),) = counter.paper.printed
    said = squeezed("".join(pages(pdf)))
    assert (title, paper) == ("so-theo-doi", "a4") and sizes(pdf)[0][0] > sizes(pdf)[0][1], "A4 across"
    assert squeezed("Giàng A Páo") in said and squeezed("Sùng Thị Mỷ") in said


def test_a_day_that_is_none_is_told_and_the_paper_goes(page: BooksPage) -> None:
    page.first.setText("31/2")
    page.refresh()

    assert "31/2" in page.fault.words() and not page.sheet.has_picture()


def test_the_register_goes_into_a_workbook(page: BooksPage, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.told) as told:
        page.write(tmp_path / "so.xlsx")

    assert "so.xlsx" in told.args[0]
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "so.xlsx").active.values for cell in row]
    assert {"Giàng A Páo", "Sùng Thị Mỷ"} <= set(cells)


def test_no_book_is_written_into_the_data_folder(page: BooksPage, counter: Counter, qtbot: QtBot) -> None:
    target = counter.office.places.data / "so.pdf"
    page.write(target)

    qtbot.waitUntil(lambda: page.fault.words() != "")
    assert not target.exists()


def test_a_drawer_is_counted_by_keys_and_a_difference_asks_why(
    page: BooksPage, counter: Counter, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.cash is not None and page.sheet.has_picture())
    assert page.book is Book.CASH and "12.000" in page.says() and page.counted.hasFocus()

    page.counted.setText("11.000")
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.fault.words() != "")
    assert page.why.hasFocus() and "11.000" in page.fault.words()
    day = page.cash.day if page.cash is not None else None
    assert day is not None and cashbook.cash_book(counter.office, day).counts == ()

    page.why.setText("thiếu tiền lẻ")
    with qtbot.waitSignal(page.told):
        press(Qt.Key.Key_F9)

    (count,) = cashbook.cash_book(counter.office, day).counts
    assert (count.counted, count.expected, count.note) == (11_000, 12_000, "thiếu tiền lẻ")
    qtbot.waitUntil(lambda: "đếm được 11.000 đ, thiếu 1.000 đ" in page.says())
    assert page.fault.words() == "" and page.counted.text() == ""


def test_pages_are_turned_by_keys(page: BooksPage, counter: Counter, qtbot: QtBot) -> None:
    for n in range(24):
        counter.receive(f"Người {n}")
    page.refresh()
    qtbot.waitUntil(lambda: page.sheet.of > 1)

    with qtbot.waitSignal(page.sheet.shown):
        press(Qt.Key.Key_PageDown)
    assert page.sheet.page == 1 and "Trang 2/" in page.says()
    with qtbot.waitSignal(page.sheet.shown):
        press(Qt.Key.Key_PageUp)
    assert page.sheet.page == 0


def test_the_day_is_closed_by_keys_with_what_is_left_of_it_before_the_eyes(
    page: BooksPage, counter: Counter, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "chưa chốt ngày này" in page.says() and page.sheet.has_picture(), timeout=60_000)
    assert page.book is Book.DAY and page.day.hasFocus()
    assert "Hồ sơ đã nhận: 2" in page.says() and "két: chưa đếm" in page.day_part.open.words()

    page.day_part.note.setText("chờ giao ca")
    with qtbot.waitSignal(page.told, timeout=60_000) as told:
        press(Qt.Key.Key_F9)

    assert told.args[0].startswith("Đã chốt sổ ngày")
    day = counter.office.now().date()
    (one,) = closing.look(counter.office, day).closes
    assert (one.told["received"], one.told["cash"], one.note) == (2, 12_000, "chờ giao ca")
    qtbot.waitUntil(lambda: "đã chốt ngày này" in page.says(), timeout=60_000)
    assert page.day_part.note.text() == ""


def test_a_day_that_is_none_is_not_closed(page: BooksPage, counter: Counter) -> None:
    page.choose(Book.DAY)
    page.day.setText("31/2")
    press(Qt.Key.Key_F9)

    assert "31/2" in page.fault.words()
    assert closing.look(counter.office, counter.office.now().date()).closes == ()


def test_whoever_comes_to_close_what_was_left_open_finds_its_day(
    page: BooksPage, counter: Counter, qtbot: QtBot
) -> None:
    worked = counter.office.now().date()
    counter.wall.now += timedelta(days=3)

    page.close_day()

    qtbot.waitUntil(lambda: page.book is Book.DAY, timeout=60_000)
    assert page._day_of(page.day) == worked
