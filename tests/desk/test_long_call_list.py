"""More to call than a screen holds: the window says so, each hamlet can be seen, the paper has everybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start, Surroundings
from counter_app.desk.pages import looks
from counter_app.desk.pages.board import BoardPage
from counter_app.desk.pages.looks import Look
from counter_app.desk.widgets.board_rows import Heading
from counter_app.desk.widgets.call_rows import call_rows
from counter_app.desk.widgets.rows import Role
from counter_app.services import acts, calls, lookup
from tests.desk.counters import COPY, Counter
from tests.desk.hands import FakePrinter, HandClock
from tests.desk.test_board_page import press, rows
from tests.desk.test_fits import faults, spoken
from tests.paper.reading import pages, squeezed
from tests.vaults import OpenVault

__all__ = ["spoken"]  # the fixture of both languages
pytestmark = pytest.mark.usefixtures("app")
ON_SCREEN = 4
HAMLETS = ("Buôn Ea Mây", "Thôn 2", "Thôn 10", "Thôn Suối Chải")
PEOPLE = [f"Người {hamlet} {number}" for hamlet in "ABCD" for number in range(1, 4)]


@pytest.fixture
def small_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "call_rows", lambda *given: call_rows(*given, most=ON_SCREEN))


@pytest.fixture
def page(counter: Counter, qtbot: QtBot, small_screen: None) -> BoardPage:
    """Twelve results are ready, three in each of four hamlets; the screen holds four."""
    make_ready(counter)
    page = BoardPage(counter.desk)
    counter.show(page)
    page.entered()
    page.choose(Look.CALLS)
    qtbot.waitUntil(lambda: page.looks_at() is Look.CALLS and page.is_settled())
    return page


def make_ready(counter: Counter) -> None:
    for name, hamlet in zip(PEOPLE, (h for h in HAMLETS for _ in range(3)), strict=True):
        party = {"address": f"{hamlet}, xã Ea Mlung"}
        counter.finish(counter.receive(name, COPY, party=party))


def choose(page: BoardPage, hamlet: str, qtbot: QtBot) -> None:
    """As a hand does it: the box has the focus, the arrows go to the hamlet."""
    box = page.strip.hamlets
    box.setFocus()
    for _ in range(box.count()):
        if box.currentText().startswith(hamlet):
            break
        QTest.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: [name for name, _, _ in headings(page)] == [hamlet])


def printed(counter: Counter, qtbot: QtBot) -> list[str]:
    """The pages of what comes out of the printer."""
    qtbot.waitUntil(lambda: counter.paper.printed != [])
    [(pdf, _, _)] = counter.paper.printed
    return [squeezed(read) for read in pages(pdf)]


def headings(page: BoardPage) -> list[tuple[str, str, str]]:
    found = [page.list.rows.index(n, 0).data(Role.ROW) for n in range(page.list.rows.rowCount())]
    return [(row.name, row.verb, row.more) for row in found if isinstance(row, Heading)]


def test_the_line_over_the_list_and_its_headings_say_how_many_are_not_shown(page: BoardPage) -> None:
    assert page.sums_up() == "Cần gọi 12 hồ sơ, đang hiện 4. Chọn thôn hoặc in ra để xem đủ."
    assert headings(page) == [
        ("Buôn Ea Mây", "3 hồ sơ cần gọi", ""),
        ("Thôn 2", "3 hồ sơ cần gọi", "còn 2 hồ sơ nữa"),
        ("Còn 6 hồ sơ ở các thôn khác", "chọn thôn ở trên để xem", ""),
    ]
    assert page.tabs.tabs[Look.CALLS].accessibleName() == "Cần gọi: 12"


def test_every_hamlet_can_be_chosen_and_its_list_is_complete(page: BoardPage, qtbot: QtBot) -> None:
    seen = []
    for hamlet in HAMLETS:
        choose(page, hamlet, qtbot)
        seen += [row.strip() for row in rows(page)[1:]]
        assert page.sums_up() == "Thôn này cần gọi 3 hồ sơ."

    assert seen == PEOPLE


def test_a_hamlet_that_is_longer_than_the_screen_says_so(
    page: BoardPage, counter: Counter, qtbot: QtBot
) -> None:
    for number in (4, 5):
        counter.finish(counter.receive(f"A {number}", COPY, party={"address": HAMLETS[0]}))
    page.tick()
    choose(page, HAMLETS[0], qtbot)

    qtbot.waitUntil(lambda: page.sums_up() == "Thôn này cần gọi 5 hồ sơ, đang hiện 4; bản in có đủ.")
    assert headings(page) == [("Buôn Ea Mây", "5 hồ sơ cần gọi", "còn 1 hồ sơ nữa")]


def test_all_that_is_printed_has_everybody_once_and_in_order(
    page: BoardPage, counter: Counter, qtbot: QtBot
) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)

    read = "".join(printed(counter, qtbot))
    assert [read.count(squeezed(name)) for name in PEOPLE] == [1] * len(PEOPLE)
    assert sorted(PEOPLE, key=lambda name: read.index(squeezed(name))) == PEOPLE
    assert "chưađủ" not in read


def test_f9_prints_those_of_a_hamlet_that_are_not_on_the_screen_too(
    page: BoardPage, counter: Counter, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_End)  # the one of Thôn 2 that is shown

    press(Qt.Key.Key_F9)

    [read] = printed(counter, qtbot)
    assert [name for name in PEOPLE if squeezed(name) in read] == PEOPLE[3:6]


def test_the_same_key_twice_prints_once(page: BoardPage, counter: Counter, qtbot: QtBot) -> None:
    said: list[str] = []
    page.told.connect(said.append)

    for _ in range(3):
        page.strip.print_all.click()
    qtbot.waitUntil(lambda: "Đã gửi danh sách 12 hồ sơ đi in." in said)
    qtbot.wait(100)

    assert len(counter.paper.printed) == 1


def test_a_paper_that_leaves_somebody_out_says_so_and_so_does_the_window(
    page: BoardPage, counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = calls.call_list
    monkeypatch.setattr(calls, "call_list", lambda *given: whole(*given, most=10))
    said: list[str] = []
    page.told.connect(said.append)

    page.tick()
    qtbot.waitUntil(lambda: page.sums_up().endswith("Còn 2 hồ sơ hẹn muộn nhất chưa xếp được vào thôn."))
    page.strip.print_all.click()

    read = printed(counter, qtbot)
    assert all(squeezed("2 hồ sơ hẹn muộn nhất của cả xã chưa ghi vào tờ nào") in page for page in read)
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1] == "Đã gửi danh sách 10 hồ sơ đi in. Còn 2 hồ sơ chưa ghi được; trên giấy có nói rõ."


def test_a_chosen_hamlet_stays_when_the_list_is_read_again_even_with_nobody_left(
    page: BoardPage, counter: Counter, qtbot: QtBot
) -> None:
    choose(page, HAMLETS[1], qtbot)
    for line in lookup.newest(counter.office):
        if line.applicant in PEOPLE[3:6]:
            acts.hand_back(counter.office, counter.session, line.code, line.applicant)

    page.tick()

    qtbot.waitUntil(lambda: page.says().startswith("Thôn này không còn ai cần gọi."))
    assert page.strip.hamlets.currentText() == "Thôn 2 · 0"
    page.strip.hamlets.setCurrentIndex(0)
    page.strip.hamlets.chosen.emit()
    qtbot.waitUntil(lambda: page.sums_up().startswith("Cần gọi 9 hồ sơ"))


def test_who_came_in_since_the_list_was_read_is_on_the_paper(
    page: BoardPage, counter: Counter, qtbot: QtBot
) -> None:
    counter.finish(counter.receive("Người mới", COPY, party={"address": HAMLETS[0]}))

    page.strip.print_all.click()

    assert squeezed("Người mới") in "".join(printed(counter, qtbot))


def test_the_whole_list_begins_at_its_top_unless_the_hand_has_moved(
    counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "SCREEN", 1)
    for name, hamlet in (("Last", "Thôn 9"), ("First", "Thôn 1")):
        counter.finish(counter.receive(name, COPY, party={"address": hamlet}))
    page = BoardPage(counter.desk)
    counter.show(page)
    page.entered()

    page.choose(Look.CALLS)
    qtbot.waitUntil(lambda: rows(page) == ["Thôn 1", "  First", "Thôn 9", "  Last"])

    assert page.list.row().dossier.line.applicant == "First"


def test_home_and_end_stand_on_the_first_and_the_last_dossier(page: BoardPage) -> None:
    press(Qt.Key.Key_End)
    last = page.list.row().dossier.line.applicant
    press(Qt.Key.Key_Home)

    assert (page.list.row().dossier.line.applicant, last) == (PEOPLE[0], PEOPLE[3])


def test_the_longest_words_over_the_list_are_seen_whole_at_any_size(
    spoken: str, tmp_path: Path, qtbot: QtBot, small_screen: None
) -> None:
    counter = Counter(tmp_path / "kho")
    make_ready(counter)
    counter.close()
    given = {"COUNTER_PASSPHRASE": "mật khẩu dài"}
    start = Start(tmp_path / "kho", Surroundings(HandClock(), OpenVault, FakePrinter, given))
    start.window.show()
    start.open()
    qtbot.waitUntil(lambda: start.window.desk is not None, timeout=10_000)
    page = start.window.go("board")
    assert isinstance(page, BoardPage)

    page.choose(Look.CALLS)
    qtbot.waitUntil(lambda: page.looks_at() is Look.CALLS and page.is_settled())
    found = faults(start.window, iter(["more to call than is shown"]), qtbot)
    start.window.close()

    assert found == [], "\n".join(found)
