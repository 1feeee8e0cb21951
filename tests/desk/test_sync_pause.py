"""A pause and the hours of paid data: nothing goes by itself, all by hand, and the lamp says until when."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, Qt

from counter_app.desk import sync_watch
from counter_app.desk.sync_watch import HOUR, SyncWatch
from counter_app.services import pausing, preferences, safety, syncing
from tests.desk.enrolled import receive_many, settled, slow
from tests.desk.hands import press

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def messages(road):
    return len(road.bodies)


def test_a_key_pauses_for_an_hour_once_more_for_ever_and_a_key_goes_on(watched, qtbot):
    counter, foot, road, _ = settled(watched, qtbot)
    foot.lamp.setFocus()
    counter.wall.go("20/4 13:30")

    press(Qt.Key.Key_F8, CTRL, SHIFT)
    qtbot.waitUntil(lambda: foot.lamp.text() == "Tạm dừng đồng bộ đến 14:30", timeout=10_000)
    assert foot.told() == "Đã tạm dừng; đồng bộ tiếp: Shift+F8"
    before = messages(road)
    counter.desk.tasks.run("store", lambda: counter.receive("Giàng A Dơ"))
    qtbot.waitUntil(lambda: foot.lamp.text() == "Tạm dừng đồng bộ đến 14:30; 1 hồ sơ chờ", timeout=10_000)
    press(Qt.Key.Key_F8, CTRL, SHIFT)
    qtbot.waitUntil(lambda: foot.lamp.text() == "Tạm dừng đồng bộ; 1 hồ sơ chờ", timeout=10_000)
    qtbot.wait(400)
    assert messages(road) == before

    press(Qt.Key.Key_F8, SHIFT)

    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 1/1", timeout=10_000)
    assert pausing.paused(counter.office) is None


def test_a_pause_ends_by_itself(watched, qtbot):
    counter, foot, _, watch = settled(watched, qtbot)
    watch.pause_by_hand(HOUR)
    qtbot.waitUntil(lambda: foot.lamp.text().startswith("Tạm dừng đồng bộ đến "), timeout=10_000)
    counter.receive("Giàng A Dơ")

    counter.wall.now += timedelta(minutes=61)
    watch.refresh()

    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 1/1", timeout=10_000)


def test_a_pause_outlasts_the_window_and_a_wrong_clock_does_not_make_it_endless(watched, qtbot):
    counter, foot, road, watch = settled(watched, qtbot)
    watch.pause_by_hand(HOUR)
    qtbot.waitUntil(lambda: watch.last.pause is not None, timeout=10_000)
    watch.end()
    before, above = messages(road), QObject()

    again = SyncWatch(counter.desk, foot, above, lambda known: road)
    qtbot.waitUntil(lambda: again.last is not None, timeout=10_000)
    qtbot.wait(400)

    assert again.last.pause is not None and messages(road) == before
    kept = pausing.paused(counter.office)
    assert not kept.holds(kept.since - timedelta(days=300))
    again.end()
    above.deleteLater()


def test_one_that_is_under_way_ends_between_two_messages_and_goes_on_where_it_was(
    watched,
    qtbot,
    monkeypatch,
):
    monkeypatch.setattr(sync_watch, "_AFTER_SAVE", 60_000)
    monkeypatch.setattr(sync_watch, "_AGAIN", 60_000)
    counter, foot, road, watch = settled(watched, qtbot)
    receive_many(counter, monkeypatch)
    before = messages(road)
    slow(road, 0.3)
    watch.sync_by_hand()
    qtbot.waitUntil(lambda: messages(road) > before, timeout=10_000)

    watch.pause_by_hand(None)

    qtbot.waitUntil(lambda: not watch.busy and watch.last.pause is not None, timeout=10_000)
    waits = safety.standing(counter.office).waiting
    assert 0 < waits < 24
    sent = messages(road) - before
    qtbot.wait(500)
    assert messages(road) - before == sent
    watch.sync_by_hand()
    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 24/24", timeout=30_000)


def test_out_of_its_hours_it_synchronises_by_hand_alone(watched, qtbot):
    counter, foot, road, watch = settled(watched, qtbot)
    preferences.change(counter.office, counter.session, sync_hours="18h-6h")
    watch.refresh()
    before = messages(road)
    counter.desk.tasks.run("store", lambda: counter.receive("Giàng A Dơ"))
    qtbot.waitUntil(lambda: "1 hồ sơ chờ" in foot.lamp.text(), timeout=10_000)
    assert foot.lamp.text().endswith("; đồng bộ lúc 18:00")
    qtbot.wait(400)
    assert messages(road) == before

    watch.sync_by_hand()

    qtbot.waitUntil(
        lambda: foot.lamp.text() == "An toàn trên máy chủ: 1/1; đồng bộ lúc 18:00", timeout=10_000
    )
    assert counter.office.settings.sync_hours == "18:00–06:00"


def test_its_hour_begins_an_exchange(watched, qtbot, monkeypatch):
    monkeypatch.setattr(sync_watch, "_CROWD_AT_HOUR", 20)
    counter, foot, _, watch = settled(watched, qtbot)
    preferences.change(counter.office, counter.session, sync_hours="18:00-06:00")
    watch.refresh()
    counter.receive("Giàng A Dơ")
    qtbot.wait(300)
    assert foot.lamp.text() != "An toàn trên máy chủ: 1/1"

    counter.wall.go("20/4 18:00")

    qtbot.waitUntil(lambda: foot.lamp.text() == "An toàn trên máy chủ: 1/1", timeout=10_000)


def test_a_command_synchronises_whatever_the_hour_and_a_pause(watched, qtbot):
    counter, _, road, _ = settled(watched, qtbot)
    preferences.change(counter.office, counter.session, sync_hours="18:00-06:00")
    pausing.pause(counter.office, None)
    counter.receive("Giàng A Dơ")

    assert syncing.sync(counter.office, road).sent > 0
    assert safety.standing(counter.office).waiting == 0
