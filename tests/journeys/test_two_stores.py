"""Stores of one commune that only people's bundles join: they agree, whatever way the files went."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from counter_app.services import lookup
from tests.journeys.offices import Counter, pair


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[tuple[Counter, Counter, Counter]]:
    made = tuple(Counter(tmp_path, name) for name in ("một", "hai", "ba"))
    yield made  # type: ignore[misc]
    for counter in made:
        counter.close()


def agree(*counters: Counter) -> None:
    """Same events, same folds, same disputes on all of them."""
    first, *others = ((c.verdict(), c.conflicts()) for c in counters)
    for verdict, conflicts in others:
        assert verdict.state == first[0].state
        assert (verdict.events, verdict.dossiers) == (first[0].events, first[0].dossiers)
        assert verdict.conflicts == first[0].conflicts == len(first[1])
        assert conflicts == first[1]
        assert verdict.aside == verdict.forks == 0


def shared(one: Counter, two: Counter, number: int) -> None:
    for at in range(number):
        one.receive(f"Người Chung {at}")
    two.take(one.export())


@pytest.mark.parametrize("seed", [1, 2])
def test_two_stores_with_500_acts_each_agree_in_whatever_order_the_bundles_go(
    counters: tuple[Counter, Counter, Counter], seed: int
) -> None:
    one, two, _ = counters
    pair(two, one)
    shared(one, two, 20)
    one.work(500 if seed == 1 else 60)
    two.work(500 if seed == 1 else 60)

    ways = [(one, two), (two, one)] * 2
    random.Random(seed).shuffle(ways)
    bundles = [(taker, giver.export(), giver) for giver, taker in ways]
    received = {one.name: 0, two.name: 0}
    for taker, bundle, _ in bundles:
        received[taker.name] += taker.take(bundle)["received"]

    agree(one, two)
    assert one.conflicts()
    events = one.verdict().events
    for taker, bundle, giver in bundles:
        again = taker.take(bundle)
        assert again["received"] == 0 and again["known"] > 0
        assert taker.take(giver.export())["received"] == 0
    agree(one, two)
    assert one.verdict().events == events
    assert {line.code for line in lookup.newest(one.office, 9999)} == {
        line.code for line in lookup.newest(two.office, 9999)
    }


def test_a_third_store_learns_by_carrying_what_it_never_met(
    counters: tuple[Counter, Counter, Counter],
) -> None:
    one, two, three = counters
    pair(two, one)
    pair(three, two)
    shared(one, two, 5)
    for counter in counters:
        counter.work(40)

    three.take(two.export())
    two.take(three.export())
    one.take(two.export())
    two.take(one.export())
    three.take(two.export())

    agree(one, two, three)
    three.work(10)
    two.take(three.export())
    one.take(two.export())
    agree(one, two, three)


class Exchanges(RuleBasedStateMachine):
    """Acts and bundles in any order; bundles get lost, wait, and come twice."""

    folder: tempfile.TemporaryDirectory[str]

    @initialize(seed=st.integers(0, 2**16))
    def begin(self, seed: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.counters = [Counter(Path(self.folder.name), name, seed) for name in ("một", "hai")]
        one, two = self.counters
        pair(two, one)
        shared(one, two, 3)
        self.on_the_way: list[tuple[Counter, Path]] = []

    @rule(which=st.booleans(), times=st.integers(1, 4))
    def work(self, which: bool, times: int) -> None:
        self.counters[which].work(times)

    @rule(which=st.booleans())
    def write_a_bundle(self, which: bool) -> None:
        self.on_the_way.append((self.counters[not which], self.counters[which].export()))

    @rule(which=st.integers(0, 9), lost=st.booleans())
    def a_bundle_comes(self, which: int, lost: bool) -> None:
        if self.on_the_way:
            taker, bundle = self.on_the_way[which % len(self.on_the_way)]
            if lost:
                self.on_the_way.remove((taker, bundle))
            else:
                taker.take(bundle)

    @invariant()
    def every_dossier_has_one_line(self) -> None:
        for counter in getattr(self, "counters", ()):
            codes = [line.code for line in lookup.newest(counter.office, 999)]
            assert len(codes) == len(set(codes))

    def teardown(self) -> None:
        if not hasattr(self, "counters"):
            return
        one, two = self.counters
        two.take(one.export())
        one.take(two.export())
        two.take(one.export())
        agree(one, two)
        for counter in self.counters:
            counter.close()
        self.folder.cleanup()


TestExchanges = Exchanges.TestCase
TestExchanges.settings = settings(
    max_examples=30, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
)
