"""Đồng bộ: what cannot rest, why, and what to do; a conflict is settled and the next one stands there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from counter_app.desk.foot import Foot
from counter_app.desk.pages.sync import SyncPage
from counter_app.desk.sync_watch import SyncWatch
from counter_app.desk.widgets.waiting_rows import WaitingRow
from counter_app.domain.errors import Unreachable
from counter_app.services import exchange, keeping, money, waiting
from counter_app.services.handover import Collector, hand_over
from counter_app.services.reception import Received
from counter_app.services.waiting import Why
from tests.desk.counters import COPY, Counter, pair, swap
from tests.desk.districts import District, district
from tests.desk.hands import press, type_in
from tests.store.machines import dossier_id

ENTER, CTRL, ESCAPE = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Escape
Show = Callable[[], SyncPage]


@pytest.fixture
def other(tmp_path: Path, counter: Counter) -> Iterator[Counter]:
    made = Counter(tmp_path / "two", "QUẦY 2", counter.wall)
    yield made
    made.close()


@pytest.fixture
def above(tmp_path: Path) -> Iterator[District]:
    with district(tmp_path) as made:
        yield made


@pytest.fixture
def show(counter: Counter, qtbot: QtBot) -> Show:
    def shown() -> SyncPage:
        page = SyncPage(counter.desk)
        counter.show(page)
        qtbot.waitUntil(page.isActiveWindow)
        page.entered()
        qtbot.waitUntil(page.is_settled)
        return page

    return shown


def rows(page: SyncPage) -> list[WaitingRow]:
    found = (page.list.rows.index(n, 0).data(Qt.ItemDataRole.UserRole + 1) for n in range(_count(page)))
    return [row for row in found if isinstance(row, WaitingRow)]


def _count(page: SyncPage) -> int:
    return page.list.rows.rowCount()


def returned_twice(above: District, one: Counter, two: Counter, *names: str) -> list[Received]:
    """Dossiers of these people, each handed out by both counters while they did not see each other."""
    got = [one.finish(one.receive(name)) for name in names]
    above.exchange(one, two)
    for counter, who in ((one, "Y Thao Niê"), (two, "H’Nga Ayun")):
        for dossier in got:
            hand_over(counter.office, counter.session, [dossier.code], Collector.read(who, "", ""))
    above.exchange(one, two)
    return got


def test_a_machine_that_is_enrolled_nowhere_is_told_so(counter: Counter, show: Show) -> None:
    counter.receive("Giàng A Dơ")

    page = show()

    assert page.head.says().startswith("Máy này chưa ghi danh với máy chủ\nHồ sơ chỉ nằm ở máy này")
    assert page.says() == "Không có hồ sơ nào chờ bạn chọn."


def test_what_waits_is_told_with_its_reason_and_goes_once_it_is_safe(
    counter: Counter, above: District, show: Show, qtbot: QtBot
) -> None:
    above.join(counter)
    above.exchange(counter)
    got = counter.finish(counter.receive("Giàng A Dơ"))

    page = show()

    (row,) = rows(page)
    assert (row.title, row.about) == ("Giàng A Dơ", "Tiếp nhận, in giấy, ghi là xong")
    assert page.head.says().startswith("An toàn trên máy chủ: 0/1; 1 hồ sơ chờ, cũ nhất 0 phút\nMáy chủ trả")
    assert page.why().startswith("3 việc chưa lên máy chủ; tất cả vẫn nằm trên máy này. Máy tự gửi")
    press(ENTER)
    qtbot.waitUntil(lambda: page.view.dossier is not None and page.view.dossier.id == got.dossier)
    above.exchange(counter)
    page.entered()
    qtbot.waitUntil(lambda: _count(page) == 0)
    assert page.says() == "Mọi hồ sơ đều an toàn trên máy chủ. Không có gì phải chờ."
    assert "1/1" in page.head.says()


def test_an_act_that_is_saved_meanwhile_comes_into_the_list(
    counter: Counter, above: District, show: Show, qtbot: QtBot
) -> None:
    above.join(counter)
    above.exchange(counter)
    page = show()
    assert _count(page) == 0

    counter.desk.tasks.run("store", lambda: counter.receive("Giàng A Dơ"))

    qtbot.waitUntil(lambda: [row.title for row in rows(page)] == ["Giàng A Dơ"])


def test_returned_twice_is_settled_by_keys_and_the_next_one_opens_with_one_key(
    counter: Counter, other: Counter, above: District, show: Show, qtbot: QtBot
) -> None:
    for one in (counter, other):
        above.join(one)
    first, second = returned_twice(above, counter, other, "Giàng A Dơ", "Hà Thị Mơ")
    page = show()
    assert [(row.item.why, row.title, row.about) for row in rows(page)] == [
        (Why.CONFLICT, "Giàng A Dơ", "Việc trả kết quả"),
        (Why.CONFLICT, "Hà Thị Mơ", "Việc trả kết quả"),
    ]

    press(ENTER)
    qtbot.waitUntil(lambda: page.view.disputes.isVisible())
    press(Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: [row.title for row in rows(page)[:1]] == ["Hà Thị Mơ"])
    qtbot.waitUntil(page.list.hasFocus)
    assert page.list.here() == second.dossier
    press(ENTER)
    qtbot.waitUntil(lambda: page.view.dossier is not None and page.view.dossier.id == second.dossier)
    press(Qt.Key.Key_1, CTRL)
    qtbot.waitUntil(lambda: page.list.in_conflict() == [])

    assert keeping.conflict_count(counter.office) == 0
    above.exchange(counter, other)
    assert keeping.conflict_count(other.office) == 0
    states = {keeping.verify(one.office).state for one in (counter, other)}
    assert len(states) == 1
    told = [entry.name for entry in other.story(first).entries]
    assert told.count("returned") == 2


def test_one_reference_on_two_dossiers_says_how_it_is_settled_and_is_gone_by_keys(
    counter: Counter, other: Counter, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    pair(counter, other, tmp_path)
    both = (counter, other)
    got = [here.receive("Hà Thị Mơ", COPY, fee={"amount": 8000}) for here in both]
    for here, dossier in zip(both, got, strict=True):
        money.pay(here.office, here.session, dossier.code, 8000, method="transfer", reference="FT26333001")
    swap(counter, other, tmp_path)
    page = show()
    assert page.why() == (
        f"Trùng số tham chiếu với {got[1].code}: một bên ghi nhầm. "
        "Đối chiếu sao kê, rồi ở hồ sơ ghi nhầm bấm Ctrl+Shift+Z để rút lại khoản ấy."
    )

    press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(page.view.band.is_asking)
    type_in("nhầm hồ sơ")
    press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: page.says() != "" and rows(page) == [])
    assert QApplication.focusWidget() is page.form.address
    assert [counter.story(dossier).conflicts for dossier in got] == [(), ()]


def test_in_a_narrow_window_the_list_is_back_after_a_conflict(
    counter: Counter, other: Counter, above: District, show: Show, qtbot: QtBot
) -> None:
    for one in (counter, other):
        above.join(one)
    _, second = returned_twice(above, counter, other, "Giàng A Dơ", "Hà Thị Mơ")
    page = show()
    page.resize(900, 500)
    press(ENTER)
    qtbot.waitUntil(lambda: page.view.disputes.isVisible() and not page.list.isVisible())

    press(Qt.Key.Key_1, CTRL)

    qtbot.waitUntil(page.list.isVisible)
    qtbot.waitUntil(page.list.hasFocus)
    assert page.list.here() == second.dossier


def test_an_officer_who_may_not_settle_is_told_who_may(
    counter: Counter, other: Counter, above: District, show: Show, qtbot: QtBot
) -> None:
    for one in (counter, other):
        above.join(one)
    returned_twice(above, counter, other, "Giàng A Dơ")
    counter.officer("Nông Thị Xuyến")
    page = show()
    press(ENTER)
    qtbot.waitUntil(lambda: page.view.disputes.isVisible())

    press(Qt.Key.Key_1, CTRL)

    qtbot.waitUntil(lambda: page.view.disputes.fault.words() != "")
    assert keeping.conflict_count(counter.office) == 1


def test_what_belongs_to_no_dossier_has_its_reason_and_opens_nothing(
    counter: Counter, above: District, show: Show
) -> None:
    above.join(counter)
    page = show()
    (row,) = rows(page)

    press(ENTER)

    assert row.title == "Việc chung của cơ quan"
    assert page.view.dossier is None
    assert page.why().endswith("mang sang máy có mạng.")


def test_a_held_dossier_is_told_by_its_number(counter: Counter, show: Show) -> None:
    with counter.office.writing() as (pen, _now):
        pen.append("noted", dossier_id(9), {"text": "có người hỏi"}, "admin")

    page = show()

    (row,) = rows(page)
    assert row.item.why is Why.HELD
    assert row.title.startswith("Hồ sơ ") and row.title.endswith("…")
    assert "phần tiếp nhận chưa về đến máy này" in page.why()


class Chosen:
    """The dialog that saves, answered by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.name, self.kind, self.kinds = "", 0, ""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self)

    def __call__(self, parent: object, title: str, where: str, kinds: str) -> tuple[str, str]:
        self.kinds = kinds
        return self.name, kinds.split(";;")[self.kind]


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> Chosen:
    return Chosen(monkeypatch)


def exported(page: SyncPage, qtbot: QtBot) -> str:
    shift = Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(page.told) as told:
        press(Qt.Key.Key_E, CTRL, shift)
    assert told.args is not None
    return str(told.args[0])


def test_the_list_goes_into_a_spreadsheet_in_which_nothing_is_a_formula(
    counter: Counter, above: District, show: Show, qtbot: QtBot, chosen: Chosen, tmp_path: Path
) -> None:
    above.join(counter)
    above.exchange(counter)
    counter.receive("Giàng A Dơ")
    counter.receive("=1+2 Páo")
    page = show()
    chosen.name = str(tmp_path / "cho.csv")

    said = exported(page, qtbot)

    head, *lines = csv.reader(io.StringIO((tmp_path / "cho.csv").read_text("utf-8-sig")))
    assert head[:3] == ["Mục", "Mã hồ sơ", "Người nộp"]
    assert [line[2] for line in lines] == ["Giàng A Dơ", "'=1+2 Páo"]
    assert said == "Đã ghi danh sách 2 dòng ra cho.csv. Có tên người dân: giữ như hồ sơ giấy."
    assert "*.goi" not in chosen.kinds


def test_the_list_goes_into_plain_text(
    counter: Counter, above: District, show: Show, qtbot: QtBot, chosen: Chosen, tmp_path: Path
) -> None:
    above.join(counter)
    above.exchange(counter)
    got = counter.receive("Giàng A Dơ")
    page = show()
    chosen.name, chosen.kind = str(tmp_path / "cho.csv"), 1

    exported(page, qtbot)

    text = (tmp_path / "cho.txt").read_text("utf-8-sig")
    assert "Chờ gửi: 1" in text and got.code in text


def test_a_bundle_for_the_other_counter_is_written_and_said_to_be_one(
    counter: Counter,
    other: Counter,
    above: District,
    show: Show,
    qtbot: QtBot,
    chosen: Chosen,
    tmp_path: Path,
) -> None:
    for one in (counter, other):
        above.join(one)
    above.exchange(counter, other)
    got = counter.receive("Giàng A Dơ")
    page = show()
    chosen.name, chosen.kind = str(tmp_path / "quay2"), 2

    said = exported(page, qtbot)

    assert "chỉ máy QUẦY 2 mở được, rồi máy ấy gửi tiếp lên máy chủ" in said
    exchange.bring_in(other.office, other.session, tmp_path / "quay2.goi")
    assert other.state(got) == "received"
    assert [one.total for one in waiting.sections(counter.office) if one.why is Why.WAITS] == [1]
    above.exchange(other, counter, rounds=1)
    assert [one.total for one in waiting.sections(counter.office) if one.why is Why.WAITS] == [0]


def test_nothing_is_written_into_the_data_folder(
    counter: Counter, show: Show, qtbot: QtBot, chosen: Chosen
) -> None:
    show()
    chosen.name = str(counter.office.places.data / "cho.csv")

    with qtbot.waitSignal(counter.desk.tasks.failed):
        press(Qt.Key.Key_E, CTRL, Qt.KeyboardModifier.ShiftModifier)

    assert not (counter.office.places.data / "cho.csv").exists()


@pytest.fixture
def watch(counter: Counter, above: District, qtbot: QtBot) -> Iterator[SyncWatch]:
    """What exchanges by itself in the window; here it is asked to."""
    road, over, foot = above.join(counter), QObject(), Foot(counter.desk.now)
    above.exchange(counter)
    qtbot.addWidget(foot)
    counter.desk.sync = SyncWatch(counter.desk, foot, over, lambda known: road)
    counter.desk.sync.exchange()
    qtbot.waitUntil(lambda: counter.desk.sync is not None and counter.desk.sync.last is not None)
    yield counter.desk.sync
    over.deleteLater()


def test_why_nothing_was_sent_is_told_and_retry_sends_it(
    counter: Counter, above: District, watch: SyncWatch, show: Show, qtbot: QtBot
) -> None:
    road = above.roads[counter]
    post = road.post

    def dead(path: str, body: bytes) -> bytes:
        raise Unreachable("district-unreachable")

    road.post = dead  # type: ignore[method-assign]
    counter.receive("Giàng A Dơ")
    page = show()
    page.retry.click()
    qtbot.waitUntil(lambda: "Chưa kết nối được máy chủ" in page.head.says())
    assert [row.title for row in rows(page)] == ["Giàng A Dơ"]
    press(ENTER)
    qtbot.waitUntil(lambda: "còn việc chờ gửi" in page.view.whereabouts.words())

    road.post = post  # type: ignore[method-assign]
    page.retry.click()

    qtbot.waitUntil(lambda: _count(page) == 0)
    assert "đã gửi 2 việc" in page.head.says() and "Chưa kết nối" not in page.head.says()
    qtbot.waitUntil(lambda: page.view.whereabouts.words() == "An toàn: máy chủ có đủ hồ sơ này.")


def test_a_pause_stands_over_what_waits_and_retry_ends_it(
    counter: Counter, watch: SyncWatch, show: Show, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: not watch.busy)
    watch.pause_by_hand(None)
    counter.receive("Giàng A Dơ")
    page = show()
    qtbot.waitUntil(lambda: page.head.says().startswith("Tạm dừng đồng bộ; 1 hồ sơ chờ"))

    page.retry.click()

    qtbot.waitUntil(lambda: page.head.says().startswith("An toàn trên máy chủ: 1/1"))
