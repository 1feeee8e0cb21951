"""The lamp at the foot: what is safe at the server, what waits, and why, without anybody asking."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Qt

from counter_app.desk import sync_watch, theme
from counter_app.desk.foot import Foot
from counter_app.desk.sync_watch import SyncWatch
from counter_app.domain.errors import Unreachable
from counter_app.services.safety import Standing
from counter_app.words.syncing import lamp
from tests.desk.counters import MONDAY
from tests.desk.enrolled import receive_many, settled, slow
from tests.desk.hands import press


def colours(pixmap):
    """Of the pixels that are not see-through."""
    image = pixmap.toImage()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for place in places if (colour := image.pixelColor(*place)).alpha() == 255}


def test_what_was_saved_is_safe_a_moment_later_by_itself(watched, qtbot):
    counter, foot, _, _ = watched
    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 0/0")

    counter.desk.tasks.run("store", lambda: counter.receive("Giàng A Dơ"))

    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 1/1", timeout=10_000)
    assert colours(foot.lamp.pixmap()) == {theme.STATES["in_time"][0].lower()}


def test_a_dead_link_is_told_with_what_waits_and_mended_by_itself(watched, qtbot):
    counter, foot, road, watch = watched
    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 0/0")
    post = road.post

    def dead(path, body):
        raise Unreachable("district-unreachable")

    road.post = dead
    counter.receive("Giàng A Dơ")
    watch.exchange()
    qtbot.waitUntil(lambda: "1 hồ sơ chờ" in foot.lamp.text(), timeout=10_000)
    assert "Chưa kết nối được máy chủ" in foot.lamp.toolTip()

    road.post = post

    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 1/1", timeout=10_000)
    assert foot.lamp.toolTip() == f"{foot.lamp.text()}\nĐồng bộ ngay (Shift+F8)"


@pytest.mark.parametrize("where", ["on the road", "with what came"])
def test_a_bug_of_ours_does_not_end_the_exchanges(watched, qtbot, where):
    counter, foot, road, watch = settled(watched, qtbot)
    thing, name = (road, "post") if where == "on the road" else (foot, "show_lamp")
    whole = getattr(thing, name)

    def stumble(*said):
        setattr(thing, name, whole)
        raise ValueError("of all things")

    setattr(thing, name, stumble)
    counter.receive("Giàng A Dơ")
    with qtbot.capture_exceptions() as caught:
        watch.exchange()
        qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 1/1", timeout=10_000)

    assert [kind for kind, *_ in caught] == [ValueError]


def test_a_narrow_foot_has_the_counts_alone(watched, qtbot):
    _, foot, _, _ = watched
    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 0/0")

    foot.fit(1024, 600)

    assert foot.lamp.text() == "Máy chủ: 0/0"


def test_a_key_synchronises_now_and_says_what_came_of_it(watched, qtbot, monkeypatch):
    monkeypatch.setattr(sync_watch, "_AFTER_SAVE", 60_000)
    monkeypatch.setattr(sync_watch, "_AGAIN", 60_000)
    counter, foot, _, _ = settled(watched, qtbot)
    got = counter.receive("Giàng A Dơ")

    foot.lamp.setFocus()
    press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert foot.told() == "Đang đồng bộ với máy chủ…"

    qtbot.waitUntil(lambda: foot.told().startswith("Đã gửi "), timeout=10_000)
    assert foot.lamp.text() == "An toàn trên máy chủ: 1/1"
    assert got.code not in foot.told()

    press(Qt.Key.Key_Space)  # the lamp is a button too

    qtbot.waitUntil(lambda: foot.told() == "Đã đồng bộ: máy này và máy chủ có như nhau", timeout=10_000)


def test_asked_by_hand_a_fault_is_told_in_its_own_words(watched, qtbot):
    _, foot, road, _ = settled(watched, qtbot)

    def dead(path, body):
        raise Unreachable("captive-portal")

    road.post = dead
    qtbot.mouseClick(foot.lamp, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "đăng nhập" in foot.told(), timeout=10_000)


def test_a_machine_that_is_enrolled_nowhere_says_so_by_hand(counter, qtbot, quick):
    foot, above = Foot(counter.desk.now), QObject()
    qtbot.addWidget(foot)
    watch = SyncWatch(counter.desk, foot, above)
    assert foot.lamp.text() == "Hồ sơ lưu ở máy này"  # nobody has looked yet
    qtbot.waitUntil(lambda: watch.last is not None)

    watch.sync_by_hand()

    qtbot.waitUntil(lambda: "chưa ghi danh" in foot.told(), timeout=10_000)
    assert foot.lamp.text().startswith("Chưa kết nối máy chủ")
    above.deleteLater()


def test_a_network_that_is_back_begins_an_exchange_at_once(watched, qtbot, monkeypatch):
    for name in ("_AGAIN", "_SHORTEST"):
        monkeypatch.setattr(sync_watch, name, 120_000)
    monkeypatch.setattr(sync_watch, "_CROWD", 50)
    counter, foot, road, watch = settled(watched, qtbot)
    post = road.post

    def dead(path, body):
        raise Unreachable("district-unreachable")

    road.post = dead
    counter.receive("Giàng A Dơ")
    watch.sync_by_hand()
    qtbot.waitUntil(lambda: "1 hồ sơ chờ" in foot.lamp.text(), timeout=10_000)
    road.post = post

    watch._network.came_back.emit()

    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 1/1", timeout=10_000)
    assert watch._failed == 0


def test_counters_whose_network_is_back_in_the_same_second_do_not_come_all_at_once(watched, qtbot):
    *_, watch = settled(watched, qtbot)
    drawn = set()
    for _ in range(40):
        watch._at_once = True
        drawn.add(watch._wait())

    assert len(drawn) > 20 and max(drawn) <= 5_000 and max(drawn) - min(drawn) > 1_000


def test_a_long_one_says_how_far_it_is_and_a_short_one_nothing(watched, qtbot, monkeypatch):
    monkeypatch.setattr(sync_watch, "_AFTER_SAVE", 60_000)
    monkeypatch.setattr(sync_watch, "_AGAIN", 60_000)
    monkeypatch.setattr(sync_watch, "_LONG", 0.3)
    counter, foot, road, watch = settled(watched, qtbot)
    assert not any("Đang đồng bộ" in words for words in foot.shown)
    receive_many(counter, monkeypatch)
    slow(road, 0.4)

    watch.sync_by_hand()

    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 24/24", timeout=30_000)
    said = [words for words in foot.shown if "Đang đồng bộ" in words]
    assert any(re.fullmatch(r"Đang đồng bộ: \d+/24 hồ sơ, còn \d+ KB, khoảng .+", words) for words in said)
    assert foot.told().startswith("Đã gửi ")


def test_the_window_never_waits_for_the_store_or_the_network(watched, qtbot):
    counter, _, road, watch = settled(watched, qtbot)
    where, reading, post = set(), counter.office.reading, road.post

    def read():
        where.add(threading.current_thread().name)
        return reading()

    def posted(path, body):
        where.add(threading.current_thread().name)
        return post(path, body)

    counter.office.reading, road.post = read, posted
    watch.sync_by_hand()
    qtbot.waitUntil(lambda: not watch.busy, timeout=10_000)
    watch.pause_by_hand(None)
    qtbot.waitUntil(lambda: watch.last.pause is not None, timeout=10_000)

    assert where == {"lane-sync", "lane-store"}


@pytest.mark.parametrize(
    ("waited", "words", "state"),
    [
        (timedelta(minutes=7), "3 hồ sơ chờ, cũ nhất 7 phút", "soon"),
        (timedelta(hours=2, minutes=50), "3 hồ sơ chờ, cũ nhất 2 giờ", "soon"),
        (timedelta(hours=30), "3 hồ sơ chờ, cũ nhất 30 giờ", "late"),
        (timedelta(days=9), "3 hồ sơ chờ, cũ nhất 9 ngày", "late"),
        (-timedelta(minutes=7), "3 hồ sơ chờ, cũ nhất 0 phút", "soon"),
    ],
)
def test_how_long_the_oldest_has_waited_is_said_and_coloured(waited, words, state):
    told = lamp(Standing(40, 3, MONDAY - waited, None), MONDAY)

    assert told == (f"An toàn trên máy chủ: 37/40; {words}", "Máy chủ: 37/40", state)


def test_a_busy_server_that_tells_when_is_asked_again_then(watched, qtbot, monkeypatch):
    monkeypatch.setattr(sync_watch, "_AGAIN", 120_000)
    _, _, road, watch = settled(watched, qtbot)

    def busy(path, body):
        raise Unreachable("district-busy", after_s=60)

    road.post = busy
    watch.sync_by_hand()

    longest = 60_000 + sync_watch._SHORTEST
    qtbot.waitUntil(lambda: 59_000 < watch._next.remainingTime() <= longest, timeout=10_000)
    assert watch._failed > 0
