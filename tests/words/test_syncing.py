"""How far an exchange is, what came of it, and a pause: what the foot says of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from counter_app.domain.zone import VIETNAM
from counter_app.services.course import Progress
from counter_app.services.pausing import Pause
from counter_app.services.safety import Standing
from counter_app.services.syncing import Synced
from counter_app.words import language
from counter_app.words.syncing import course, left, outcome, pause_told, paused, size, waits_until

NOON = datetime(2026, 4, 20, 12, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (
            Progress(12, 40, 96_200, timedelta(seconds=118), 3, more=False),
            "Đang đồng bộ: 12/40 hồ sơ, còn 96 KB, khoảng 2 phút",
        ),
        (Progress(0, 40, None, None, 0, more=False), "Đang đồng bộ: 0/40 hồ sơ"),
        (Progress(12, 40, 96_200, None, 3, more=True), "Đang đồng bộ: 12/40 hồ sơ, còn 96 KB"),
        (Progress(40, 40, 0, None, 250, more=True), "Đang đồng bộ: đã nhận 250 việc, máy chủ còn gửi tiếp"),
        (
            Progress(0, 0, 4_000, timedelta(seconds=3), 0, more=False),
            "Đang đồng bộ: còn 4 KB, khoảng vài giây",
        ),
        (Progress(0, 0, 0, timedelta(0), 0, more=False), "Đang đồng bộ"),
    ],
)
def test_how_far_it_is_stands_in_one_line(progress, words):
    assert course(progress)[0] == words


def test_a_narrow_foot_has_the_count():
    assert course(Progress(12, 40, 96_200, None, 0, more=False))[1] == "Đồng bộ: 12/40"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "vài giây"),
        (5, "vài giây"),
        (8, "10 giây"),
        (44, "40 giây"),
        (89, "90 giây"),
        (90, "2 phút"),
        (149, "2 phút"),
        (151, "3 phút"),
        (3_700, "1 giờ"),
    ],
)
def test_a_guessed_time_is_told_in_round_numbers(seconds, words):
    assert left(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 KB"), (96_400, "96 KB"), (999_400, "999 KB"), (1_640_000, "1,6 MB")]
)
def test_bytes_are_told_in_whole_kilobytes(count, words):
    assert size(count) == words


def test_a_pause_says_until_when_and_what_waits():
    standing = Standing(40, 3, NOON, None)

    assert paused(Pause(NOON, NOON + timedelta(hours=1)), standing)[0] == (
        "Tạm dừng đồng bộ đến 13:00; 3 hồ sơ chờ"
    )
    assert paused(Pause(NOON), Standing(40, 0, None, None)) == ("Tạm dừng đồng bộ", "Tạm dừng", "paused")
    assert pause_told("Shift+F8") == "Đã tạm dừng; đồng bộ tiếp: Shift+F8"


def test_out_of_its_hours_the_lamp_says_when_the_next_exchange_is():
    assert waits_until("An toàn trên máy chủ: 37/40", NOON + timedelta(hours=6)) == (
        "An toàn trên máy chủ: 37/40; đồng bộ lúc 18:00"
    )


def test_what_came_of_it_is_counted():
    assert outcome(Synced(12, 3)) == "Đã gửi 12 việc, nhận 3"
    assert outcome(Synced()) == "Đã đồng bộ: máy này và máy chủ có như nhau"


def test_it_is_said_in_english_too():
    language.use("en")
    try:
        said = course(Progress(12, 40, 1_640_000, timedelta(seconds=118), 3, more=False))[0]
    finally:
        language.use(language.SOURCE)

    assert said == "Synchronising: 12/40 dossiers, 1.6 MB left, about 2 minutes"
