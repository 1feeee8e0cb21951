"""Clocks: always ahead of what was seen, whatever the wall says."""

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import hlc

WALL = st.integers(0, 2**46)


@given(st.integers(0, 2**62), WALL)
def test_the_next_event_is_later_than_all_that_was_seen(last, now):
    assert hlc.tick(last, now) > last


@given(st.lists(WALL, min_size=2))
def test_a_wall_that_steps_back_never_takes_the_order_back(walls):
    last, ticks = 0, []
    for wall in walls:
        last = hlc.tick(last, wall)
        ticks.append(last)

    assert ticks == sorted(set(ticks))


def test_a_clock_more_than_a_day_ahead_is_not_merged():
    now = 1_790_000_000_000

    assert hlc.merge(5, hlc.at(now + hlc.DAY_MS), now) == hlc.at(now + hlc.DAY_MS)
    assert hlc.merge(5, hlc.at(now + hlc.DAY_MS + 1), now) == 5


def test_a_full_counter_carries_into_the_milliseconds():
    full = hlc.at(1000) + 0xFFFF

    assert hlc.wall_ms(hlc.tick(full, 900)) == 1001


def test_the_largest_clock_can_be_shown():
    assert hlc.moment(hlc.LARGEST).year == 6429
