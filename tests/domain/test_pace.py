"""What is left is told by the last exchanges."""

from __future__ import annotations

from datetime import timedelta

from counter_app.domain.pace import Pace


def test_nothing_is_guessed_before_something_has_gone():
    pace = Pace()
    pace.note(3.0, 0, 400)

    assert (pace.size(10), pace.left(10)) == (None, None)


def test_what_is_left_goes_as_what_went():
    pace = Pace()
    pace.note(2.0, 100, 15_000)
    pace.note(4.0, 100, 13_000)

    assert pace.size(400) == 56_000
    assert pace.left(400) == timedelta(seconds=12)
    assert pace.left(0) == timedelta(0)


def test_a_link_that_has_slowed_down_is_believed():
    pace = Pace()
    for seconds in (*[1.0] * 10, *[5.0] * 6):
        pace.note(seconds, 10, 1_000)

    assert pace.left(10) == timedelta(seconds=5)
