"""The page that finds: what is typed, what stands there, what opens beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.find import FindPage
from counter_app.desk.widgets.rows import Role
from counter_app.services import acts
from tests.desk.counters import COPY, GUARDIAN, Counter, Wall
from tests.desk.walking import Flashes, nameless

pytestmark = pytest.mark.usefixtures("app")
NOTHING = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def show(counter: Counter, qtbot: QtBot) -> Callable[[], FindPage]:
    """The page in front, the list read."""

    def shown() -> FindPage:
        page = FindPage(counter.desk)
        counter.show(page)
        page.entered()
        qtbot.waitUntil(lambda: page.says() != "")
        return page

    return shown


def names(page: FindPage) -> list[str]:
    model = page.list.model()
    return [model.index(n, 0).data(Role.ROW).line.applicant for n in range(model.rowCount())]


def type_in(words: str) -> None:
    """As an input method delivers it; QTest's keys abort on letters beyond ASCII."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def test_an_empty_store_tells_what_to_do(show: Callable[[], FindPage]) -> None:
    page = show()

    assert "Chưa có hồ sơ nào" in page.says() and "F2" in page.says()


def test_the_newest_dossiers_stand_there_before_a_key_is_typed(
    counter: Counter, show: Callable[[], FindPage]
) -> None:
    counter.receive("Giàng A Páo")
    counter.receive("H’Nguyệt Niê Ê Ban")

    page = show()

    assert names(page) == ["H’Nguyệt Niê Ê Ban", "Giàng A Páo"]
    assert page.box.hasFocus()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("giang pao", ["Giàng A Páo"]),
        ("Giàng", ["Giàng A Páo"]),
        ("Gia\u0300ng", ["Giàng A Páo"]),  # an input method that sends the mark apart
        ("hnguyet", ["H’Nguyệt Niê Ê Ban"]),
        ("321", ["H’Nguyệt Niê Ê Ban"]),
        ("giam ho", ["Giàng A Páo"]),
        ("H99.042-2604", ["H’Nguyệt Niê Ê Ban", "Giàng A Páo"]),
    ],
)
def test_a_folded_name_last_digits_a_procedure_or_a_code_find(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot, typed: str, found: list[str]
) -> None:
    counter.receive("Giàng A Páo", GUARDIAN, phone="0900000456")
    counter.receive("H’Nguyệt Niê Ê Ban", phone="0900000321")
    page = show()

    type_in(typed)

    qtbot.waitUntil(lambda: typed[:3] in page.says() or typed[:2] in page.says())
    qtbot.waitUntil(lambda: names(page) == found)


def test_only_the_last_of_many_keys_comes_home(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot
) -> None:
    counter.receive("Giàng A Páo")
    counter.receive("Lò Văn Inh")
    page = show()
    shown: list[list[str]] = []
    page.list.model().modelReset.connect(lambda: shown.append(names(page)))

    QTest.keyClicks(page.box, "lo")
    QTest.keyClicks(page.box, " inh")

    qtbot.waitUntil(lambda: names(page) == ["Lò Văn Inh"])
    assert shown == [["Lò Văn Inh"]]


def test_nothing_found_says_what_to_try(counter: Counter, show: Callable[[], FindPage], qtbot: QtBot) -> None:
    counter.receive("Giàng A Páo")
    page = show()

    page.search("không có ai")

    qtbot.waitUntil(lambda: "không có ai" in page.says())
    assert "tên không dấu" in page.says() and "3 số cuối" in page.says()


def test_arrows_and_enter_open_the_story_and_the_list_keeps_the_focus(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot
) -> None:
    first = counter.receive("Giàng A Páo")
    counter.receive("Lò Văn Inh")
    page = show()

    QTest.keyClick(page.box, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.view.dossier is not None)
    assert page.view.dossier is not None and page.view.dossier.id == first.dossier
    assert page.list.hasFocus() and page.list.here() == first.dossier


def test_enter_on_what_is_typed_opens_the_only_match(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot
) -> None:
    first = counter.receive("Giàng A Páo")
    counter.receive("Lò Văn Inh")
    page = show()

    page.box.setText("pao")
    QTest.keyClick(page.box, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.view.dossier is not None)
    assert page.view.dossier is not None and page.view.dossier.id == first.dossier


def test_enter_opens_none_of_many(counter: Counter, show: Callable[[], FindPage], qtbot: QtBot) -> None:
    counter.receive("Giàng A Páo")
    counter.receive("Lò A Páo")
    page = show()

    page.box.setText("pao")
    QTest.keyClick(page.box, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "“pao”" in page.says())
    qtbot.wait(100)
    assert page.view.dossier is None


def test_a_row_says_how_late_it_is_and_when_it_was_due(
    counter: Counter, show: Callable[[], FindPage]
) -> None:
    counter.wall.go("6/4 08:05")
    counter.receive("Giàng A Páo", GUARDIAN)
    counter.wall.go("14/4 10:00")

    page = show()

    row = page.list.row()
    assert (row.standing.state, row.standing.days, row.due) == ("late", 3, "9/4")
    assert "Giàng A Páo" in row.spoken and "Quá hạn 3 ngày" in row.spoken


@pytest.mark.parametrize(
    ("procedure", "stage", "state", "brief"),
    [
        ("1.004884", "", "in_time", "Trong hạn"),
        (GUARDIAN, "", "soon", "Sắp đến hạn"),
        (COPY, "", "soon", "Hôm nay"),
        (COPY, "finished", "in_time", "Chờ trả"),
        (COPY, "asked", "paused", "Chờ bổ sung"),
    ],
)
def test_each_state_has_its_colour_and_word(
    counter: Counter, show: Callable[[], FindPage], procedure: str, stage: str, state: str, brief: str
) -> None:
    got = counter.receive("Giàng A Páo", procedure)
    if stage == "finished":
        counter.finish(got)
    elif stage == "asked":
        acts.ask_supplement(counter.office, counter.session, got.code, ["ảnh 4×6"])

    page = show()

    assert (page.list.row().standing.state, page.list.row().standing.brief) == (state, brief)


def test_a_forged_receipt_is_told_and_opens_nothing(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot
) -> None:
    slip = counter.slip(counter.receive("Giàng A Páo"))
    page = show()

    page.search(slip[:-3] + ("AAA" if not slip.endswith("AAA") else "BBB"))

    qtbot.waitUntil(lambda: "không đúng chữ ký" in page.says())
    assert names(page) == []


def test_an_act_in_the_story_is_seen_in_the_list(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo")
    page = show()
    QTest.keyClick(page.box, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.view.dossier is not None)

    QTest.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.list.row() is not None and page.list.row().standing.brief == "Chờ trả")
    assert counter.state(got) == "finished"


def test_an_act_s_key_means_the_row_that_was_found_while_its_name_is_still_being_typed(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot
) -> None:
    owes, _ = (counter.receive(name, COPY, fee={"amount": 8000}) for name in ("Giàng A Páo", "Lò Văn Inh"))
    page = show()
    assert page.box.hasFocus()
    QTest.keyClicks(page.box, "giang")

    QTest.keyClick(page.box, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not page.view.is_about_to_ask()  # the row may still be another's
    qtbot.waitUntil(lambda: names(page) == ["Giàng A Páo"])
    QTest.keyClick(page.box, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.view.band.is_asking)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: counter.story(owes).paid == 8000)


def test_what_is_typed_in_the_list_goes_on_in_the_box(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot
) -> None:
    counter.receive("Giàng A Páo")
    counter.receive("Lò Văn Inh")
    page = show()
    page.list.setFocus()

    QTest.keyClick(page.list, Qt.Key.Key_L)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_O)

    qtbot.waitUntil(lambda: names(page) == ["Lò Văn Inh"])
    assert page.box.text() == "lo"


def test_a_narrow_window_shows_the_story_in_the_lists_place_and_escape_returns(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot
) -> None:
    counter.receive("Giàng A Páo")
    page = show()
    page.resize(888, 500)
    QTest.keyClick(page.box, Qt.Key.Key_Down)

    QTest.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.view.isVisible() and not page.list.isVisible())
    qtbot.waitUntil(lambda: page.view.timeline.hasFocus())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    assert page.list.isVisible() and page.list.hasFocus() and not page.view.isVisible()


def test_nothing_pops_up_over_the_work(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot, app: QApplication
) -> None:
    counter.receive("Giàng A Páo")
    flashes = Flashes(app)

    page = show()
    QTest.keyClick(page.box, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.view.dossier is not None)

    assert flashes.seen == ["FindPage"] and page.list.hasFocus()


def test_whatever_takes_the_focus_has_a_name(
    counter: Counter, show: Callable[[], FindPage], qtbot: QtBot
) -> None:
    counter.receive("Giàng A Páo")
    page = show()
    QTest.keyClick(page.box, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.view.dossier is not None)

    assert nameless(page) == []


def test_a_story_of_yesterday_is_reckoned_by_todays_clock(tmp_path: Path, qtbot: QtBot) -> None:
    counter = Counter(tmp_path / "two", wall=Wall())
    counter.receive("Giàng A Páo", COPY)
    counter.wall.go("21/4 08:00")
    page = FindPage(counter.desk)
    counter.show(page)

    page.entered()

    qtbot.waitUntil(lambda: page.list.row() is not None)
    assert page.list.row().standing.words == "Quá hạn 1 ngày"
    counter.close()
