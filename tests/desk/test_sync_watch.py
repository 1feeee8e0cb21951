"""The lamp at the foot: what is safe at the server, what waits, and why, without anybody asking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QObject

from counter_app.desk import sync_watch, theme
from counter_app.desk.foot import Foot
from counter_app.desk.sync_watch import SyncWatch
from counter_app.domain.errors import Unreachable
from counter_app.services import syncing
from counter_app.services.safety import Standing
from counter_app.words.syncing import lamp
from tests.desk.counters import MONDAY
from tests.district import bases
from tests.district.test_exchange import Road, invite


@pytest.fixture
def quick(monkeypatch):
    for name, ms in (("_FIRST", 10), ("_LOOK", 20), ("_AFTER_SAVE", 30), ("_SHORTEST", 20), ("_AGAIN", 200)):
        monkeypatch.setattr(sync_watch, name, ms)


@pytest.fixture
def district(tmp_path):
    base = bases.fresh(tmp_path)
    server = bases.Server(base)
    server.commune = bases.commune_in(base)
    yield server
    base.close()


@pytest.fixture
def watched(counter, district, qtbot, quick):
    """A counter that is enrolled, its foot, and its road, which may be cut."""
    road = Road(district)
    foot, above = Foot(counter.desk.now), QObject()
    qtbot.addWidget(foot)
    foot.resize(1366, 40)
    foot.show()
    office = counter.desk.office
    code = invite(district, district.commune)
    syncing.enrol(office, office.session(), road, "http://localhost", code)
    watch = SyncWatch(counter.desk, foot, above, lambda url: road)
    yield counter, foot, road, watch
    above.deleteLater()


def colours(pixmap):
    """Of the pixels that are not see-through."""
    image = pixmap.toImage()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for place in places if (colour := image.pixelColor(*place)).alpha() == 255}


def test_what_was_saved_is_safe_a_moment_later_by_itself(watched, qtbot):
    counter, foot, _, _ = watched
    qtbot.waitUntil(lambda: foot._lamp.text() == "An toàn trên máy chủ: 0/0")

    counter.desk.tasks.run("store", lambda: counter.receive("Giàng A Dơ"))

    qtbot.waitUntil(lambda: foot._lamp.text() == "An toàn trên máy chủ: 1/1", timeout=10_000)
    assert colours(foot._lamp_icon.pixmap()) == {theme.STATES["in_time"][0].lower()}


def test_a_dead_link_is_told_with_what_waits_and_mended_by_itself(watched, qtbot):
    counter, foot, road, watch = watched
    qtbot.waitUntil(lambda: foot._lamp.text() == "An toàn trên máy chủ: 0/0")
    post = road.post

    def dead(path, body):
        raise Unreachable("district-unreachable")

    road.post = dead
    counter.receive("Giàng A Dơ")
    watch.exchange()
    qtbot.waitUntil(lambda: "1 hồ sơ chờ" in foot._lamp.text(), timeout=10_000)
    assert "Chưa kết nối được máy chủ" in foot._lamp.toolTip()

    road.post = post

    qtbot.waitUntil(lambda: foot._lamp.text() == "An toàn trên máy chủ: 1/1", timeout=10_000)
    assert foot._lamp.toolTip() == foot._lamp.text()


def test_a_narrow_foot_has_the_counts_alone(watched, qtbot):
    _, foot, _, _ = watched
    qtbot.waitUntil(lambda: foot._lamp.text() == "An toàn trên máy chủ: 0/0")

    foot.fit(1024, 600)

    assert foot._lamp.text() == "Máy chủ: 0/0"


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
