"""A machine is locked by the last order that the district gave it."""

from __future__ import annotations

from counter_app.domain import commune
from tests.domain.acts import machine

LOG, OTHER = bytes(8), bytes([7] * 8)


def locks(by, above=True):
    return commune.fold(by.known.values(), (by.name,) if above else ()).locks


def order(by, what, log=LOG, **more):
    return by.write("ordered", {"log": log.hex(), "order": what, **more})


def test_the_last_order_decides():
    above = machine(9)
    first = order(above, "lock", reason="máy bị mất")
    order(above, "lock", OTHER)
    assert {log: (lock.event, lock.reason) for log, lock in locks(above).items()}[LOG] == (
        first.hash,
        "máy bị mất",
    )

    order(above, "unlock")
    assert set(locks(above)) == {OTHER}

    again = order(above, "lock")
    assert locks(above)[LOG].event == again.hash


def test_in_another_log_it_says_nothing_and_an_order_of_later_neither():
    above = machine(9)
    order(above, "dance")
    assert locks(above) == {}

    order(above, "lock")
    assert locks(above, above=False) == {}
