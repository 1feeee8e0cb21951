"""Counters of a commune that meet at a district without a network between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from counter_app.district import devices
from counter_app.domain.errors import Unreachable
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
        self.cut = False
        """Whether nobody gets through to it; asked at each message."""

    def invite(self, replaces: int | None = None) -> str:
        """A one-time code."""
        with self.base.writing() as connection:
            return devices.invite(connection, self.commune, "MÁY", self.server.now_ms, replaces)[1].text

    def post(self, path: str, body: bytes) -> bytes:
        """As a road of its own for whoever comes without one."""
        if self.cut:
            raise Unreachable("district-unreachable")
        return Road(self.server).post(path, body)

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


def answer_everywhere(made: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever address is asked, this district answers, without a network between."""

    class Straight:
        def __init__(self, url: str, pins: tuple[bytes, ...] = ()) -> None:
            self.url = url

        def post(self, path: str, body: bytes) -> bytes:
            return made.post(path, body)

        def confirm(self, pins: tuple[bytes, ...]) -> None:
            return None

        def __enter__(self) -> Straight:
            return self

        def __exit__(self, *error: object) -> None:
            return None

    monkeypatch.setattr("counter_app.services.joining.FirstRoad", Straight)


@contextmanager
def district(folder: Path) -> Iterator[District]:
    made = District(folder)
    yield made
    made.base.close()
