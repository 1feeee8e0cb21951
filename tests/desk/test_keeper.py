"""The store is backed up by itself, and a day that was left open is said once, without holding anybody up."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from counter_app.desk.foot import Foot
from counter_app.desk.keeper import Keeper
from counter_app.desk.pages.board import BoardPage
from counter_app.services import backups, checks
from counter_app.system.printing import PrinterState
from counter_app.words.keeping import checked
from tests.desk.counters import Counter

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def foot(counter: Counter, qtbot: QtBot) -> Foot:
    foot = Foot(counter.desk.now)
    qtbot.addWidget(foot)
    return foot


@pytest.fixture
def keeper(counter: Counter, foot: Foot) -> Keeper:
    keeper = counter.desk.keeper = Keeper(counter.desk, foot, QObject(foot))
    return keeper


def tended(counter: Counter, keeper: Keeper, qtbot: QtBot) -> None:
    done = counter.desk.tasks.done("keep")
    keeper.tend()
    qtbot.waitUntil(lambda: counter.desk.tasks.done("keep") > done and not keeper._busy, timeout=60_000)


def test_it_backs_up_once_and_tells_of_an_open_day_once(
    counter: Counter, keeper: Keeper, foot: Foot, qtbot: QtBot
) -> None:
    counter.receive("Giàng A Páo")
    with qtbot.waitSignal(keeper.kept, timeout=60_000):
        keeper.tend()
    assert backups.standing(counter.office).count == 1 and foot.told() == ""

    counter.wall.now += timedelta(hours=16 - counter.wall.now.hour)
    tended(counter, keeper, qtbot)

    assert foot.told().startswith("Hôm nay chưa chốt sổ")
    foot.hush()
    tended(counter, keeper, qtbot)
    assert foot.told() == ""
    assert backups.standing(counter.office).count == 1


def test_what_stands_in_its_way_is_told_once(
    counter: Counter, keeper: Keeper, foot: Foot, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(counter.office.places.data)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=0))
    tended(counter, keeper, qtbot)
    assert "Ổ đĩa đã đầy" in foot.told()
    foot.hush()

    tended(counter, keeper, qtbot)

    assert foot.told() == "" and backups.standing(counter.office).count == 0


def test_the_board_reminds_as_long_as_it_is_so(
    counter: Counter, keeper: Keeper, show_board: Callable[..., BoardPage], tmp_path: Path, qtbot: QtBot
) -> None:
    counter.receive("Giàng A Páo")
    board = show_board(None)
    assert board.reminding.words() == ""
    counter.wall.now += timedelta(days=1)
    board.entered()
    qtbot.waitUntil(lambda: "Hôm qua chưa chốt sổ" in board.reminding.words(), timeout=60_000)
    tended(counter, keeper, qtbot)
    counter.wall.now += timedelta(days=10)
    board.entered()
    qtbot.waitUntil(lambda: "chưa có bản sao lưu mới" in board.reminding.words(), timeout=60_000)

    keeper.back_up()

    qtbot.waitUntil(lambda: "sao lưu" not in board.reminding.words(), timeout=60_000)


def test_the_whole_is_checked_after_the_day_and_damage_is_told(
    counter: Counter, keeper: Keeper, foot: Foot, qtbot: QtBot
) -> None:
    counter.receive("Giàng A Páo")
    keeper.back_up()
    qtbot.waitUntil(lambda: checks.last_whole(counter.office) is not None, timeout=60_000)
    told = checked(checks.last_whole(counter.office))
    assert "nguyên vẹn" in told[0] and told[1] == "in_time"
    counter.receive("Giàng A Páo")
    with counter.office.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM signatures")

    keeper.check_tail()

    qtbot.waitUntil(lambda: "mở lại chương trình" in foot.told(), timeout=60_000)
    assert checks.noted_damage(counter.office.places).startswith("unsigned")


def test_a_long_sentence_at_the_foot_is_read_whole_and_gives_the_room_back(foot: Foot, qtbot: QtBot) -> None:
    foot.resize(1366, 40)
    foot.fit(1366, 768)
    foot.tick()
    foot.show_officer("Quản trị")
    foot.show_printer(PrinterState("Giay-hen", is_folder=True))
    foot.show_lamp("An toàn trên máy chủ: 285/285; còn việc khác chờ gửi", "An toàn: 285/285", "", "soon")
    foot.show()
    said = "Đã thu lệ phí. Ngày 29/11/2026 đã chốt sổ ở máy này; hãy chốt lại, có tiền mặt thì đếm lại két."

    foot.tell(said)

    told = foot._told
    qtbot.waitUntil(lambda: told.width() >= told.fontMetrics().horizontalAdvance(said))
    foot.hush()
    assert (
        foot.lamp.text().startswith("An toàn trên") and foot.lamp.shows_words() and foot._printer.isVisible()
    )
