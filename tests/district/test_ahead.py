"""While the district answers the next batch is packed; it is sent only where all before it was taken."""

from __future__ import annotations

import random
import threading

import pytest

from counter_app.services import ahead, safety, syncing
from counter_app.services.enrolled import ROOM
from counter_app.store import own
from counter_app.sync.portions import SMALLEST
from tests.district import bases
from tests.district.test_exchange import enrol, states
from tests.district.test_whole import verdict_of
from tests.services.stores import receive

DOSSIERS = 60


@pytest.fixture
def road(server, commune, offices):
    """Of a counter that has several messages to send, over a link that bore little."""
    road = enrol(server, commune, offices[0])
    syncing.sync(offices[0], road)
    draw = random.Random(7)
    for _ in range(DOSSIERS):
        receive(offices[0], note=draw.randbytes(200).hex())  # which nothing shortens by more than half
    with offices[0].writing() as (pen, _now):
        own.put_text(pen.connection, ROOM, str(SMALLEST))
    road.bodies.clear()
    return road


@pytest.fixture
def packed(monkeypatch):
    """For each batch that was packed, whether it was ahead."""
    found = []
    portion = ahead._portion

    def noted(*asked):
        found.append(threading.current_thread() is not threading.main_thread())
        return portion(*asked)

    monkeypatch.setattr(ahead, "_portion", noted)
    return found


def test_each_batch_but_the_first_is_packed_ahead_and_none_twice(server, commune, offices, road, packed):
    done = syncing.sync(offices[0], road)

    assert done.requests > 2
    assert packed == [False] + [True] * (done.requests - 1)
    assert safety.counts(offices[0]).pending == 0
    assert states(offices[0]) == [verdict_of(server, commune).state]


def test_what_is_written_meanwhile_goes_too(server, commune, offices, road):
    written = []

    def write(_so_far):
        if len(written) < 2:
            written.append(receive(offices[0]))

    syncing.sync(offices[0], road, write)

    assert safety.counts(offices[0]).pending == 0
    assert states(offices[0]) == [verdict_of(server, commune).state]


def test_what_was_packed_for_a_district_that_was_then_put_back_is_not_sent(
    server, commune, offices, road, packed
):
    empty = bases.kept(server.base)

    def put_back(_so_far):
        if len(road.bodies) == 2:
            bases.put_back(server.base, empty)

    syncing.sync(offices[0], road, put_back)

    assert packed.count(False) > 1
    assert safety.counts(offices[0]).pending == 0
    assert states(offices[0]) == [verdict_of(server, commune).state]
