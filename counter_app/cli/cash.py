"""The day's cash book, and the count of this machine's drawer."""

from __future__ import annotations

from typing import Any

from counter_app.cli.context import Context, put
from counter_app.domain.payments import Method
from counter_app.domain.zone import VIETNAM
from counter_app.services import cashbook
from counter_app.services.cashbook import CashBook, Count, Moved


def cash(context: Context) -> int:
    """A line for each sum that was taken or given back, then one of the day."""
    asked, office = context.asked, context.office
    day = asked.on or office.now().astimezone(VIETNAM).date()
    if asked.count is None:
        book = cashbook.cash_book(office, day)
    else:
        book = cashbook.count(office, context.session(), day, asked.count, asked.note)
    for moved in book.moved:
        put(_moved(moved))
    put(_whole(book))
    return 0


def _moved(one: Moved) -> dict[str, Any]:
    return {
        "at": one.at.isoformat(),
        "code": one.code,
        "payer": one.payer,
        "amount": one.amount,
        "method": one.method.value,
        "receipt": one.receipt,
        "officer": one.officer,
        "machine": one.machine,
        **({"mistaken": one.mistaken} if one.mistaken else {}),
        **({"erased": True} if one.erased else {}),
    }


def _whole(book: CashBook) -> dict[str, Any]:
    by_method = {method.value: book.by_method.get(method, 0) for method in Method}
    return {
        "day": book.day.isoformat(),
        **by_method,
        "by_officer": dict(book.by_officer),
        "in_drawer": book.in_drawer,
        "counts": [_count(book, one) for one in book.counts],
    }


def _count(book: CashBook, one: Count) -> dict[str, Any]:
    told = {
        "at": one.at.isoformat(),
        "machine": one.machine,
        "officer": one.officer,
        "counted": one.counted,
        "expected": one.expected,
        "difference": one.difference,
        "note": one.note,
    }
    if book.outdated(one):
        told |= {"outdated": True, "expected_now": one.now, "difference_now": one.difference_now}
    return told
