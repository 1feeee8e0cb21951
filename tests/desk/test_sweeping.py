"""Garbage goes on the window's thread; what is old of it waits until nobody does."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from counter_app.desk import sweeping


class Knot:
    def __init__(self) -> None:
        self.self = self


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.undo()  # nothing is kept frozen here
    gc.unfreeze()
    gc.collect()
    gc.disable()
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    gc.enable()


def test_what_is_young_goes_at_the_next_sweep() -> None:
    gone = weakref.ref(Knot())
    gc.set_threshold(1, 10, 10)
    kept = [[n] for n in range(10)]

    sweeping._sweep()

    assert gone() is None and len(kept) == 10


def test_what_is_old_is_not_gone_through_until_there_is_time() -> None:
    knot = Knot()
    gone = weakref.ref(knot)
    gc.collect(0)
    gc.collect(1)  # it is old now
    del knot
    gc.set_threshold(1, 1, 1)
    kept = [[n] for n in range(10)]

    for _ in range(20):
        gc.collect(1)
    sweeping._sweep()

    assert gone() is not None and len(kept) == 10
    assert gc.get_freeze_count() > 0

    sweeping.sweep_all()

    assert gone() is None
    assert gc.get_freeze_count() == 0
