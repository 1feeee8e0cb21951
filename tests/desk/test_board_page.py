"""The board: what hurts first stands first, and a row opens beside the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from counter_app.desk.pages import board
from counter_app.desk.pages.board import BoardPage
from counter_app.desk.pages.looks import Chosen
from counter_app.desk.pages.story import StoryPage
from counter_app.desk.widgets.board_rows import BoardRow, Heading
from counter_app.desk.widgets.rows import Role
from counter_app.domain.zone import VIETNAM
from counter_app.services import acts
from counter_app.services.boards import Group
from counter_app.services.reception import Received
from counter_app.words.story import tell
from tests.desk.counters import COPY, REBIRTH, Counter
from tests.desk.walking import nameless

pytestmark = pytest.mark.usefixtures("app")
RIGHT, LEFT, DOWN, ENTER = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Return


@pytest.fixture
def show(show_board: Callable[[Chosen], BoardPage]) -> Callable[[], BoardPage]:
    return lambda: show_board(None)


def rows(page: BoardPage) -> list[str]:
    """Headings as they are, dossiers indented."""
    model = page.list.model()
    found = [model.index(n, 0).data(Role.ROW) for n in range(model.rowCount())]
    return [r.name if isinstance(r, Heading) else f"  {r.dossier.line.applicant}" for r in found]


def row_of(page: BoardPage, name: str) -> BoardRow:
    model = page.list.model()
    found = [model.index(n, 0).data(Role.ROW) for n in range(model.rowCount())]
    return next(r for r in found if isinstance(r, BoardRow) and r.dossier.line.applicant == name)


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def test_what_hurts_first_stands_first(counter: Counter, show: Callable[[], BoardPage]) -> None:
    counter.wall.go("6/4 08:00")
    counter.receive("Late A", REBIRTH)
    counter.wall.go("10/4 08:00")
    counter.receive("Late B", REBIRTH)
    counter.finish(counter.receive("Ready", COPY))
    asked = counter.receive("Asked", REBIRTH)
    acts.ask_supplement(counter.office, counter.session, asked.code, ["Giấy chứng sinh", "Sổ hộ khẩu cũ"])
    counter.wall.go("16/4 08:00")
    counter.receive("In 3 days", REBIRTH)
    counter.wall.go("20/4 08:00")
    counter.receive("Today", COPY)
    counter.receive("In a week", REBIRTH)

    assert rows(show()) == [
        *("Quá hạn", "  Late A", "  Late B"),
        *("Hẹn hôm nay", "  Today"),
        *("3 ngày tới", "  In 3 days"),
        *("Chờ bổ sung", "  Asked"),
        *("Chờ trả", "  Ready"),
    ]


def test_a_row_says_how_long_who_and_what_is_missing(counter: Counter, show: Callable[[], BoardPage]) -> None:
    counter.wall.go("10/4 08:00")
    asked = counter.receive("Vàng Thị Dợ", REBIRTH, phone="0900000456")
    acts.ask_supplement(counter.office, counter.session, asked.code, ["Giấy chứng sinh", "Sổ hộ khẩu cũ"])
    counter.wall.go("20/4 08:00")

    row = row_of(show(), "Vàng Thị Dợ")

    assert row.dossier.standing.days == 6  # working days since Friday 10 April
    assert row.dossier.standing.days_are == "ngày\nchờ dân"
    assert (row.holder, row.beside) == ("0900000456", "thiếu 2 giấy")
    assert "Vàng Thị Dợ" in row.spoken
    assert "thiếu 2 giấy" in row.spoken


def test_arrows_pass_headings_by_and_enter_opens_the_story_beside_the_list(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("6/4 08:00")
    counter.receive("First", REBIRTH)
    counter.wall.go("20/4 08:00")
    counter.receive("Second", COPY)
    page = show()
    first, second = (row_of(page, name).dossier.line.dossier for name in ("First", "Second"))
    assert page.list.here() == first

    press(DOWN)
    assert page.list.here() == second
    press(ENTER)

    qtbot.waitUntil(lambda: page.view.dossier is not None and page.view.dossier.id == second)
    assert page.list.isVisible()


def test_left_and_right_look_at_one_section_alone(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("6/4 08:00")
    counter.receive("Late", REBIRTH)
    counter.wall.go("20/4 08:00")
    counter.receive("Today", COPY)
    page = show()

    press(RIGHT)
    qtbot.waitUntil(lambda: rows(page) == ["Quá hạn", "  Late"])
    press(RIGHT)
    qtbot.waitUntil(lambda: rows(page) == ["Hẹn hôm nay", "  Today"])
    press(LEFT)
    press(LEFT)
    qtbot.waitUntil(lambda: len(rows(page)) == 4)

    assert page.tabs.tabs[None].accessibleName() == "Tất cả: 2"
    assert page.tabs.tabs[Group.LATE].accessibleName() == "Quá hạn: 1"


def test_an_act_on_the_board_moves_the_dossier_to_its_new_section(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("20/4 08:00")
    got = counter.receive("Today", COPY)
    page = show()
    press(ENTER)
    qtbot.waitUntil(lambda: page.view.dossier is not None)

    acts.finish(counter.office, counter.session, got.code)
    page.entered()

    qtbot.waitUntil(lambda: rows(page) == ["Chờ trả", "  Today"])


def test_an_empty_board_tells_what_to_do(show: Callable[[], BoardPage]) -> None:
    page = show()

    assert "F2" in page.says()
    assert page.tabs.tabs[None].accessibleName() == "Tất cả: 0"


def test_every_control_of_the_board_has_a_name(counter: Counter, show: Callable[[], BoardPage]) -> None:
    counter.receive("One", COPY)

    assert nameless(show()) == []


def test_a_promise_of_five_o_clock_is_late_a_second_after_and_the_row_says_so(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("20/4 08:00")
    counter.receive("Today", COPY)
    counter.wall.go("20/4 16:59")
    page = show()
    assert rows(page) == ["Hẹn hôm nay", "  Today"]

    counter.wall.go("20/4 17:00")
    page.tick()

    qtbot.waitUntil(lambda: rows(page) == ["Quá hạn", "  Today"])
    standing = row_of(page, "Today").dossier.standing
    assert (standing.state, standing.days, standing.days_are) == ("late", 0, "quá hạn\ntừ 17:00")


def test_the_board_looks_again_just_after_each_minute() -> None:
    from counter_app.desk.pages.board import _to_next_minute

    assert _to_next_minute(datetime(2026, 4, 20, 16, 59, 58, 500_000, VIETNAM)) == 2_600
    assert _to_next_minute(datetime(2026, 4, 20, 17, 0, 0, 0, VIETNAM)) == 61_100


def test_a_minute_that_passes_leaves_the_cursor_and_the_scroll_where_they_are(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("6/4 08:00")
    for n in range(30):
        counter.receive(f"Late {n}", REBIRTH)
    counter.wall.go("20/4 08:00")
    page = show()
    press(ENTER)
    qtbot.waitUntil(lambda: page.view.dossier is not None)
    for _ in range(20):
        press(DOWN)
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.value() + 50)
    here, top, at = page.list.here(), bar.value(), height(page)

    acts.finish(counter.office, counter.session, row_of(page, "Late 3").dossier.line.code)
    again(page, qtbot, lambda: "  Late 3" not in rows(page)[:30])

    assert page.list.here() == here != page.view.dossier.id
    assert (bar.value(), height(page)) == (top - 44, at)  # a row above is gone: the rest stands still


def test_where_the_dossier_here_has_gone_the_next_one_is_here(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("6/4 08:00")
    for name in ("First", "Second", "Third"):
        counter.receive(name, REBIRTH)
    counter.finish(counter.receive("Ready", COPY))
    counter.wall.go("20/4 08:00")
    page = show()
    page.choose(Group.LATE)
    qtbot.waitUntil(lambda: len(rows(page)) == 4)
    press(DOWN)

    acts.finish(counter.office, counter.session, row_of(page, "Second").dossier.line.code)
    again(page, qtbot, lambda: len(rows(page)) == 3)

    assert page.list.here() == row_of(page, "Third").dossier.line.dossier


def test_a_list_that_is_being_walked_is_not_read_again_under_the_hand(
    counter: Counter, show: Callable[[], BoardPage], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(board, "_STILL", 60_000)
    counter.wall.go("6/4 08:00")
    got = counter.receive("First", REBIRTH)
    counter.receive("Second", REBIRTH)
    counter.wall.go("20/4 08:00")
    page = show()
    acts.finish(counter.office, counter.session, got.code)

    press(DOWN)
    page.tick()
    qtbot.wait(300)
    assert rows(page) == ["Quá hạn", "  First", "  Second"]

    for waits in (page._moving, page._again):
        assert waits.isActive()
        waits.setInterval(10)
    qtbot.waitUntil(lambda: rows(page) == ["Quá hạn", "  Second", "Chờ trả", "  First"])


def height(page: BoardPage) -> int:
    return page.list.visualRect(page.list.currentIndex()).top()


def again(page: BoardPage, qtbot: QtBot, so: Callable[[], bool]) -> None:
    """A minute passes, no hand on the keys."""
    page._moving.stop()
    page.tick()
    qtbot.waitUntil(so)


def ctrl(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)


def fill(qtbot: QtBot, page: BoardPage, *texts: str) -> None:
    """Writes each text where the focus is; Enter goes on, and after the last text does it."""
    qtbot.waitUntil(page.view.band.is_asking)
    for typed in texts:
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.setText(typed)
        press(ENTER)


def told(counter: Counter, got: Received) -> str:
    return tell(counter.story(got).entries[-1])


def test_each_heading_shows_the_key_of_what_it_asks_for(
    counter: Counter, show: Callable[[], BoardPage]
) -> None:
    counter.wall.go("10/4 08:00")
    counter.receive("Late", REBIRTH)
    counter.finish(counter.receive("Ready", COPY))
    counter.wall.go("20/4 08:00")
    counter.receive("Today", COPY)
    model = show().list.model()

    found = [model.index(n, 0).data(Role.ROW) for n in range(model.rowCount())]

    assert [(r.verb, r.key) for r in found if isinstance(r, Heading)] == [
        ("xin lỗi, hẹn ngày mới", "Ctrl+H"),
        ("giục người đang giữ", "Ctrl+Q"),
        ("mời đến lấy", "Ctrl+E"),
    ]


@pytest.mark.parametrize("width", [1206, 864])
def test_the_next_act_of_a_row_is_done_from_the_list_and_the_list_has_the_focus_back(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot, width: int
) -> None:
    counter.wall.go("6/4 08:00")
    counter.receive("First", REBIRTH)
    second = counter.receive("Second", REBIRTH)
    counter.receive("Third", REBIRTH)
    counter.wall.go("20/4 08:00")
    page = show()
    page.resize(width, 672)
    press(DOWN)

    ctrl(Qt.Key.Key_H)
    fill(qtbot, page, "28/4", "chờ xác minh")

    qtbot.waitUntil(lambda: rows(page) == ["Quá hạn", "  First", "  Third"])
    assert counter.story(second).due.day == 28
    assert page.list.hasFocus() and page.list.isVisible()
    assert page.list.here() == row_of(page, "Third").dossier.line.dossier


def test_an_acts_key_means_the_row_here_and_not_the_story_beside(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("6/4 08:00")
    first, second = counter.receive("First", REBIRTH), counter.receive("Second", REBIRTH)
    counter.wall.go("20/4 08:00")
    page = show()
    press(ENTER)
    qtbot.waitUntil(lambda: page.view.dossier is not None)
    press(DOWN)

    ctrl(Qt.Key.Key_Q)
    fill(qtbot, page, "Lò Văn Inh", "chiều nay xong")

    qtbot.waitUntil(lambda: told(counter, second) == "Nhắc Lò Văn Inh: chiều nay xong.")
    assert len(counter.story(first).entries) == 2
    qtbot.waitUntil(page.list.hasFocus)


def test_escape_gives_the_list_back_with_nothing_written(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("6/4 08:00")
    got = counter.receive("First", REBIRTH)
    counter.wall.go("20/4 08:00")
    page = show()

    ctrl(Qt.Key.Key_H)
    qtbot.waitUntil(page.view.band.is_asking)
    press(Qt.Key.Key_Escape)

    assert page.list.hasFocus() and not page.view.band.is_asking()
    assert len(counter.story(got).entries) == 2


def test_what_a_state_forbids_is_said_and_the_list_keeps_the_focus(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("20/4 08:00")
    counter.finish(counter.receive("Ready", COPY))
    page = show()

    with qtbot.waitSignal(page.told) as said:
        ctrl(Qt.Key.Key_H)

    assert "không làm việc đó được" in said.args[0]
    assert page.list.hasFocus() and not page.view.band.is_asking()


@pytest.mark.parametrize(
    ("number", "more", "sentence"),
    [
        ("1", "22/4 buổi sáng", "Gọi số 0900000123 được: sẽ đến ngày 22/4/2026; buổi sáng."),
        ("2", "", "Gọi số 0900000123 không ai nghe máy."),
        ("3", "số của hàng xóm", "Gọi số 0900000123 thì nhầm số; số của hàng xóm."),
        ("4", "trưởng thôn Y Wang", "Đã nhắn qua trưởng thôn Y Wang."),
        ("5", "chiều", "Gọi số 0900000123 được: hẹn gọi lại; chiều."),
    ],
)
def test_a_number_tells_what_came_of_the_call_to_the_citizen_of_the_row(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot, number: str, more: str, sentence: str
) -> None:
    counter.wall.go("20/4 08:00")
    got = counter.finish(counter.receive("Ready", COPY))
    page = show()

    QTest.keyClicks(page.list, number)
    fill(qtbot, page, more)

    qtbot.waitUntil(lambda: told(counter, got) == sentence)
    qtbot.waitUntil(page.list.hasFocus)


def test_a_call_is_chosen_by_number_in_its_fields_too_and_nothing_is_chosen_before(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("20/4 08:00")
    got = counter.finish(counter.receive("Ready", COPY))
    page = show()

    ctrl(Qt.Key.Key_E)
    qtbot.waitUntil(page.view.band.is_asking)
    radios = page.view.band.findChildren(QRadioButton)
    assert [radio.isChecked() for radio in radios] == [False] * 5
    QTest.keyClicks(QApplication.focusWidget(), "4")
    assert QApplication.focusWidget().accessibleName() == "Đã nhắn ai (không bắt buộc)"
    fill(qtbot, page, "")

    qtbot.waitUntil(lambda: told(counter, got) == "Đã nhắn qua người nhà hoặc trưởng thôn.")


def test_a_call_without_an_outcome_is_refused_in_the_band(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("20/4 08:00")
    got = counter.finish(counter.receive("Ready", COPY))
    page = show()

    ctrl(Qt.Key.Key_E)
    qtbot.waitUntil(page.view.band.is_asking)
    press(ENTER)
    fill(qtbot, page, "")

    qtbot.waitUntil(lambda: "cuộc gọi" in page.view.band.complain())
    assert len(counter.story(got).entries) == 3
    assert isinstance(QApplication.focusWidget(), QRadioButton)


def begin_call(page: BoardPage, qtbot: QtBot) -> None:
    """Coming, as the row here says, and what he said; nothing is written yet."""
    QTest.keyClicks(page.list, "1")
    qtbot.waitUntil(page.view.band.is_asking)
    QTest.keyClicks(QApplication.focusWidget(), "22/4")


def begun(page: BoardPage) -> list[str]:
    """What stands in the fields that are open."""
    return [field.text() for field in page.view.band.findChildren(QLineEdit) if field.isVisible()]


@pytest.mark.parametrize("from_list", [False, True])
def test_another_acts_key_does_not_close_what_is_typed_and_says_why(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot, from_list: bool
) -> None:
    counter.wall.go("20/4 08:00")
    got = counter.finish(counter.receive("Ready", COPY))
    page = show()
    begin_call(page, qtbot)
    if from_list:
        page.list.setFocus()

    ctrl(Qt.Key.Key_P)

    assert "Đang ghi dở việc này" in page.view.band.complain()
    assert begun(page) == ["22/4"]
    assert page.view.band.isAncestorOf(QApplication.focusWidget())
    page.view.band.findChildren(QLineEdit)[-1].setFocus()
    press(ENTER)
    qtbot.waitUntil(lambda: told(counter, got) == "Gọi số 0900000123 được: sẽ đến ngày 22/4/2026.")


def test_fields_that_nobody_has_filled_in_give_way_to_another_act(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("20/4 08:00")
    counter.finish(counter.receive("Ready", COPY))
    page = show()
    ctrl(Qt.Key.Key_E)
    qtbot.waitUntil(page.view.band.is_asking)

    ctrl(Qt.Key.Key_P)

    assert QApplication.focusWidget().accessibleName() == "Lý do in lại"


def test_what_is_typed_of_one_dossier_waits_while_another_one_is_looked_at(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("20/4 08:00")
    first = counter.finish(counter.receive("First", COPY))
    second = counter.finish(counter.receive("Second", COPY))
    page = show()
    begin_call(page, qtbot)

    with qtbot.waitSignal(page.told) as said:
        page._beside.open(second.dossier)
        qtbot.waitUntil(lambda: page.view.dossier.id == second.dossier)
    assert first.code in said.args[0]
    assert not page.view.band.is_asking()

    other = StoryPage(counter.desk)  # the same dossier is scanned: it opens on another page
    counter.show(other, 760)
    other.open(first.dossier)
    qtbot.waitUntil(other.view.band.is_asking)
    fields = [field for field in other.view.band.findChildren(QLineEdit) if field.isVisible()]
    assert [field.text() for field in fields] == ["22/4"]
    fields[0].setFocus()
    press(ENTER)
    qtbot.waitUntil(lambda: told(counter, first) == "Gọi số 0900000123 được: sẽ đến ngày 22/4/2026.")
    assert counter.desk.begun == {}


def test_what_is_left_with_escape_is_not_kept(
    counter: Counter, show: Callable[[], BoardPage], qtbot: QtBot
) -> None:
    counter.wall.go("20/4 08:00")
    counter.finish(counter.receive("First", COPY))
    page = show()
    begin_call(page, qtbot)

    press(Qt.Key.Key_Escape)

    assert not page.view.band.is_asking()
    assert counter.desk.begun == {}
