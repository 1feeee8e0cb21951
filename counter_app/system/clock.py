"""The machine's wall clock in Viet Nam's time; the services read it and hand the time down."""

from __future__ import annotations

from datetime import date, datetime

from counter_app.domain.zone import VIETNAM


def now() -> datetime:
    return datetime.now(VIETNAM)


def today() -> date:
    """The date at the counter, whatever zone the machine is set to."""
    return now().date()
