"""Printed receipts that a store put back, or made anew, knows nothing of."""

from __future__ import annotations

from datetime import date

from counter_app.services import marks, slips
from counter_app.services.office import Office
from counter_app.store import log


def missing(office: Office) -> tuple[str, ...]:
    """Numbers that were printed after what is here of their log, and stand on nothing."""
    with office.reading() as (connection, where):
        ends = {where.log_of(one).log: log.head(connection, one).seq for one in where.branches}
    days = {
        date.fromisoformat(mark.day)
        for mark in marks.all_of(office.places)
        if mark.seq > ends.get(bytes.fromhex(mark.log), 0)
    }
    return tuple(code for day in sorted(days) for code in slips.reconcile(office, day)["missing"])
