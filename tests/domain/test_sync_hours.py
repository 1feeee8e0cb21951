"""The hours in which it synchronises by itself: as they are typed, whether it is time, and when next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.sync_hours import SyncHours, read
from counter_app.domain.zone import VIETNAM

MINUTES = st.integers(0, 24 * 60 - 1)
SPANS = st.tuples(MINUTES, st.integers(0, 24 * 60)).filter(lambda span: span[0] != span[1])
HOURS = st.lists(SPANS, max_size=4).map(lambda spans: SyncHours(tuple(spans)))
TIMES = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-04-20T{clock}+07:00")


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("", ""),
        ("11:30–13:00, 18:00–06:00", "11:30–13:00, 18:00–06:00"),
        ("11h30-13h;18h - 6h", "11:30–13:00, 18:00–06:00"),
        ("8 giờ 05 đến 9 giờ", "08:05–09:00"),
        ("0-24", "00:00–24:00"),
        ("22:00—24:00", "22:00–24:00"),
    ],
)
def test_hours_are_read_as_people_type_them(typed, read_as):
    assert str(read(typed)) == read_as


@pytest.mark.parametrize(
    "typed", ["trưa", "11:30", "11:30–", "25:00–26:00", "8:60–9:00", "8:00–8:00", "8–9–10"]
)
def test_what_is_no_hours_is_refused(typed):
    with pytest.raises(BadInput, match="not-sync-hours"):
        read(typed)


@pytest.mark.parametrize(
    ("clock", "is_time", "begins"),
    [
        ("11:29:59", False, "11:30:00"),
        ("11:30:00", True, "11:30:00"),
        ("12:59:59", True, "12:59:59"),
        ("13:00:00", False, "18:00:00"),
        ("23:00:00", True, "23:00:00"),
        ("05:59:00", True, "05:59:00"),
        ("06:00:00", False, "11:30:00"),
    ],
)
def test_a_span_may_go_over_midnight(clock, is_time, begins):
    hours = read("11:30–13:00, 18:00–06:00")

    assert hours.hold(at(clock)) is is_time
    assert hours.next(at(clock)) == at(begins)


def test_the_next_time_may_be_tomorrow():
    assert read("8:00–9:00").next(at("10:00:00")) == at("08:00:00") + timedelta(days=1)


@given(HOURS, TIMES)
def test_it_is_time_at_the_next_time_and_not_a_minute_sooner(hours, now):
    begins = hours.next(now)

    assert hours.hold(begins)
    assert now <= begins < now + timedelta(days=1)
    if begins > now:
        between = [now + (begins - now) * part / 7 for part in range(7)]
        assert not any(hours.hold(one) for one in between)


@given(HOURS)
def test_what_was_typed_is_read_again_as_it_is_shown(hours):
    assert read(str(hours)) == hours


@given(HOURS, TIMES)
def test_the_clock_on_the_wall_in_viet_nam_counts(hours, now):
    assert hours.hold(now) == hours.hold(now.astimezone(VIETNAM))
