"""One day at closing time: what came and went, money, numbers, what is not sent; and its closing."""

from __future__ import annotations

from typing import Any

from counter_app.cli.context import Context, put, tell
from counter_app.domain.errors import CounterError
from counter_app.domain.payments import Method
from counter_app.domain.zone import VIETNAM
from counter_app.services import backups, closing
from counter_app.services.closing import Closed, DayView
from counter_app.services.day import Done
from counter_app.words import keeping
from counter_app.words.errors import sentence


def day(context: Context) -> int:
    """One line of the day; with --close it is closed, and a backup made: if that fails, it stays closed."""
    asked, office = context.asked, context.office
    on = asked.on or office.now().astimezone(VIETNAM).date()
    if not asked.close:
        put(_whole(closing.look(office, on)))
        return 0
    put(_whole(closing.close(office, context.session(), on, asked.note)))
    if not office.training:
        try:
            tell(keeping.made(backups.run(office)))
        except CounterError as fault:
            tell(sentence(fault))
    return 0


def _whole(seen: DayView) -> dict[str, Any]:
    counted, unsent = seen.book.counted_here, seen.unsent
    return {
        "day": seen.day.isoformat(),
        "received": seen.received,
        "returned": seen.returned,
        **{method.value: seen.book.by_method.get(method, 0) for method in Method},
        "in_drawer": seen.book.in_drawer,
        "counted": counted.counted if counted is not None else None,
        "given": seen.given,
        "slips_open": seen.slips_open,
        "missing": list(seen.missing),
        "unprinted": seen.unprinted,
        "papers_out": seen.papers_out,
        "unpaid": seen.unpaid,
        "left_open": [_left(one) for one in seen.left_open],
        "waiting": unsent.waiting if unsent is not None else None,
        "oldest": unsent.oldest.isoformat() if unsent is not None and unsent.oldest is not None else None,
        "closes": [_close(one) for one in seen.closes],
        "closed": seen.closed_here is not None,
    }


def _left(one: Done) -> dict[str, Any]:
    unpaid = one.glance.unpaid if one.glance is not None else 0
    return {"code": one.line.code, "unprinted": one.unprinted, "unpaid": unpaid}


def _close(one: Closed) -> dict[str, Any]:
    return {"at": one.at.isoformat(), "machine": one.machine, "officer": one.officer, "note": one.note}
