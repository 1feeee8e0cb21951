"""The counter's clock, wherever the machine believes itself to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from counter_app.system.clock import now, today


def test_now_is_this_instant_in_viet_nams_zone() -> None:
    before = datetime.now(UTC)

    told = now()

    assert told.utcoffset() == timedelta(hours=7)
    assert before <= told <= datetime.now(UTC)


def test_today_is_the_date_at_the_counter() -> None:
    before = (datetime.now(UTC) + timedelta(hours=7)).date()

    told = today()

    assert before <= told <= (datetime.now(UTC) + timedelta(hours=7)).date()
