"""Counters of a commune that meet at a district without a network between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.services import syncing
from tests.desk.counters import Counter
from tests.district import bases
from tests.district.test_exchange import Road, invite


class District:
    """A district with one commune; each counter that joins has a road of its own."""

    def __init__(self, folder: Path) -> None:
        self.base = bases.fresh(folder)
        self.server = bases.Server(self.base)
        self.commune = bases.commune_in(self.base)
        self.roads: dict[Counter, Road] = {}

    def join(self, counter: Counter) -> Road:
        office, road = counter.office, Road(self.server)
        code = invite(self.server, self.commune)
        syncing.enrol(office, office.session(), road, "http://localhost", code)
        self.roads[counter] = road
        return road

    def exchange(self, *counters: Counter, rounds: int = 2) -> None:
        """All of them, one after the other, until each has what the others have."""
        for counter in counters * rounds:
            syncing.sync(counter.office, self.roads[counter])


@contextmanager
def district(folder: Path) -> Iterator[District]:
    made = District(folder)
    yield made
    made.base.close()
