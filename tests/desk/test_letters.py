"""A dossier's papers in its story: the letter that an act owes is a key away, the others are chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.story import StoryPage
from counter_app.services import acts, preferences
from counter_app.services.reception import Received
from tests.desk.counters import Counter
from tests.paper.reading import pages, sizes, squeezed

pytestmark = pytest.mark.usefixtures("app")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Open = Callable[..., StoryPage]


@pytest.fixture
def open_story(counter: Counter, qtbot: QtBot) -> Open:
    def opened(got: Received) -> StoryPage:
        page = StoryPage(counter.desk)
        counter.show(page, 760)
        page.open(got.dossier)
        page.entered()
        qtbot.waitUntil(lambda: page.view.dossier is not None, timeout=60_000)
        return page

    return opened


def key(page: StoryPage, which: Qt.Key, held: Qt.KeyboardModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, which, held)


def fill(*texts: str) -> None:
    """Writes each text where the focus is; Enter goes on, and after the last text does it."""
    for words in texts:
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.setText(words)
        QTest.keyClick(field, Qt.Key.Key_Return)


def text(pdf: bytes) -> str:
    return squeezed("".join(pages(pdf)))


def prints(counter: Counter, got) -> list[tuple[str, int]]:
    return [(e.payload["form"], e.payload["copy"]) for e in counter.story(got).prints if e.payload]


def test_what_is_asked_for_is_printed_right_after_by_one_key(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo")
    page = open_story(got)
    key(page, Qt.Key.Key_B, CTRL)
    fill("giấy chứng sinh; ảnh", "tờ khai chưa đủ")
    qtbot.waitUntil(lambda: page.view.dossier.state.value == "waiting_supplement", timeout=60_000)

    key(page, Qt.Key.Key_P, CTRL)
    fill("")

    qtbot.waitUntil(lambda: len(counter.paper.printed) == 1, timeout=60_000)
    pdf, title, paper = counter.paper.printed[0]
    assert (title, paper) == (f"{got.code}-bo-sung", "a5")
    assert squeezed("2. ảnh") in text(pdf) and squeezed("Lý do: tờ khai chưa đủ") in text(pdf)
    assert ("supplement", 1) in prints(counter, got)


def test_once_it_is_printed_the_same_key_means_the_receipt_again(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo")
    acts.ask_supplement(counter.office, counter.session, got.code, ["ảnh"])
    page = open_story(got)
    for reason in ("", "giấy cũ ướt"):
        key(page, Qt.Key.Key_P, CTRL)
        fill(reason)
        qtbot.waitUntil(lambda: not page.view.band.is_asking(), timeout=60_000)
        qtbot.waitUntil(lambda: page.view.dossier == counter.story(got), timeout=60_000)

    qtbot.waitUntil(lambda: len(counter.paper.printed) == 2, timeout=60_000)
    assert [title for _, title, _ in counter.paper.printed] == [f"{got.code}-bo-sung", got.code]


def test_another_paper_is_chosen_by_its_number_and_a_reprint_asks_why(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo")
    acts.refuse(counter.office, counter.session, got.code, "không thuộc thẩm quyền")
    page = open_story(got)
    key(page, Qt.Key.Key_P, CTRL)
    fill("")
    qtbot.waitUntil(lambda: len(counter.paper.printed) == 1, timeout=60_000)
    qtbot.waitUntil(lambda: page.view.dossier == counter.story(got), timeout=60_000)

    key(page, Qt.Key.Key_P, CTRL)
    key(page, Qt.Key.Key_2, ALT)
    fill("")
    qtbot.waitUntil(lambda: "lý do in lại" in page.view.band.complain(), timeout=60_000)
    fill("người nộp làm mất")

    qtbot.waitUntil(lambda: len(counter.paper.printed) == 2, timeout=60_000)
    pdf, title, _ = counter.paper.printed[1]
    assert title == f"{got.code}-tu-choi" and squeezed("BẢN IN LẠI lần 2: người nộp làm mất") in text(pdf)


def test_the_control_slip_is_the_last_of_the_papers(counter: Counter, open_story: Open, qtbot: QtBot) -> None:
    got = counter.receive("Giàng A Páo")
    page = open_story(got)

    key(page, Qt.Key.Key_P, CTRL)
    key(page, Qt.Key.Key_2, ALT)
    fill("")

    qtbot.waitUntil(lambda: len(counter.paper.printed) == 1, timeout=60_000)
    assert counter.paper.printed[0][1] == f"{got.code}-kiem-soat"
    assert prints(counter, got)[-1] == ("control", 1)


def test_a_letter_comes_on_a_sheet_where_receipts_come_on_a_roll(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    preferences.change(counter.office, counter.session, paper="80mm")
    got = counter.receive("Giàng A Páo")
    acts.ask_supplement(counter.office, counter.session, got.code, ["ảnh"])
    page = open_story(got)

    key(page, Qt.Key.Key_P, CTRL)
    fill("")

    qtbot.waitUntil(lambda: len(counter.paper.printed) == 1, timeout=60_000)
    pdf, _, paper = counter.paper.printed[0]
    assert paper == "a5" and sizes(pdf)[0] == pytest.approx((419.5, 595.3), abs=0.1)
