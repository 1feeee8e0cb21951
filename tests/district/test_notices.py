"""A notice stands at each counter from its first day to its last, until it is read there."""

from __future__ import annotations

import argparse
from datetime import date, timedelta

import pytest

from counter_app.district import publishing
from counter_app.district.house import District, Places
from counter_app.domain.errors import NotFound
from counter_app.services import notices, syncing
from counter_app.words import issuing
from counter_app.words.errors import sentence
from tests.district import bases
from tests.district.test_exchange import enrol
from tests.district.test_in_force import tell
from tests.services.stores import MORNING

DAY = timedelta(days=1)
TODAY = MORNING.date()


@pytest.fixture
def told(server, commune, offices, tmp_path):
    """Sends a notice, and brings it to both counters."""
    district = District(server.base, server.who, Places(tmp_path / "district"))
    roads = [enrol(server, commune, office) for office in offices]

    def tell(text, later_ms=0, **given):
        asked = argparse.Namespace(
            text=text, commune="all", **{"title": "", "first": None, "last": None, "id": "", **given}
        )
        at = round(MORNING.timestamp() * 1000) + later_ms
        (line,) = publishing.send(district, asked, at)
        for office, road in zip(offices, roads, strict=True):
            syncing.sync(office, road)
        return line["name"]

    return tell


def left(office):
    return [one.text for one in notices.news(office).left]


def test_the_newest_stands_first(offices, told):
    told("cũ")
    told("mới", later_ms=60_000)

    assert [left(office) for office in offices] == [["mới", "cũ"]] * 2


def test_what_is_read_at_one_machine_stands_on_at_the_other_and_a_new_version_anew(offices, told):
    one, two = offices
    name = told("Mai nghỉ.")
    notices.read(one, name)
    notices.read(one, name)

    assert (left(one), left(two)) == ([], ["Mai nghỉ."])
    assert [notices.to_line(shown)["read"] for shown in notices.standing(one)] == [True]

    told("Mai vẫn làm.", id=name)
    assert left(one) == ["Mai vẫn làm."]


@pytest.mark.parametrize(
    ("first", "last", "stands"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + DAY, None, False),
        (None, TODAY - DAY, False),
    ],
)
def test_it_stands_from_its_first_day_to_its_last(offices, told, first, last, stands):
    told("Mai nghỉ.", first=first, last=last)

    assert bool(left(offices[0])) is stands


def test_one_that_is_withdrawn_is_gone(server, offices, told, commune, tmp_path):
    name = told("Mai nghỉ.")
    district = District(server.base, server.who, Places(tmp_path / "district"))
    list(publishing.withdraw(district, argparse.Namespace(id=name, commune="all"), bases.START_MS))
    told("khác")

    assert left(offices[0]) == ["khác"]
    with pytest.raises(NotFound, match="no-such-notice") as refused:
        notices.read(offices[0], name)
    assert "danh sách thông báo" in sentence(refused.value)


def test_what_this_program_is_too_old_for_is_told(server, commune, offices):
    road = enrol(server, commune, offices[0])
    tell(server, commune, "catalogue", "procedures", "của năm sau")
    syncing.sync(offices[0], road)

    (issue,) = notices.news(offices[0]).unreadable

    assert issuing.unreadable(issue) == (
        "Danh mục thủ tục mới (bản 1) cần phần mềm mới hơn để đọc; vẫn dùng danh mục đang có, "
        "hãy cập nhật phần mềm."
    )


def test_a_long_notice_begins_with_whole_words():
    assert issuing.beginning("ngắn") == "ngắn"
    assert issuing.beginning("một\nhai\nba\nbốn") == "một\nhai\nba…"
    short = issuing.beginning("chữ " * 200)
    assert short.endswith("chữ…") and len(short) < 290


def test_its_head_tells_the_day_and_the_title(offices, told):
    told("Mai nghỉ.", title="Nghỉ bão", last=date(2026, 12, 1))
    (notice,) = notices.news(offices[0]).left

    assert issuing.head(notice) == "Thông báo ngày 20/11/2026 – Nghỉ bão:"
