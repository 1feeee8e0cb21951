"""Two formats of batches in use: each side writes what the other has told to read, whichever is older.

That counters of the program before understand the answers of this one: test_recorded.py.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import Refused
from counter_app.services import keeping, safety, syncing
from counter_app.sync.batch import COMMON, FORMAT, Dictionary, Packer
from counter_app.sync.message import read_answer, read_request
from counter_app.system.paths import resource
from tests.district.test_exchange import enrol
from tests.services.stores import receive


def older(server):
    """The server under the program that knew formats 1 and 2 alone."""
    known = Packer([Dictionary(1, resource("wire/1.zdict").read_bytes())])
    server.exchange = replace(server.exchange, packer=known)


@pytest.fixture
def roads(server, commune, offices):
    """Both counters', and the formats of all batches that went over them."""
    return [Tapped(enrol(server, commune, office)) for office in offices]


class Tapped:
    def __init__(self, road):
        self.road, self.up, self.down = road, [], []

    def post(self, path, body):
        self.up += read_request(body).request.batch[:1]
        answer = self.road.post(path, body)
        self.down += read_answer(answer).answer.batch[:1]
        return answer


def meet(offices, roads):
    """Until both hold the same."""
    for _ in range(2):
        for office, road in zip(offices, roads, strict=True):
            syncing.sync(office, road)
    assert keeping.verify(offices[0]).state == keeping.verify(offices[1]).state
    assert all(safety.counts(office).pending == 0 for office in offices)


def test_the_newest_format_is_written_once_both_sides_have_told_to_read_it(offices, roads):
    for office in offices:
        receive(office)
    meet(offices, roads)
    assert [set(road.up) for road in roads] == [{COMMON}, {COMMON}]
    assert all(set(road.down) == {FORMAT} for road in roads)

    for office in offices:
        receive(office)
    meet(offices, roads)

    assert all(road.up[-1] == road.down[-1] == FORMAT for road in roads)


def test_a_server_of_the_program_before_is_sent_what_it_reads(server, offices, roads):
    older(server)
    for office in offices * 2:
        receive(office)
        meet(offices, roads)

    assert all(set(road.up) == set(road.down) == {COMMON} for road in roads)


def test_a_server_put_back_to_the_program_before_refuses_once_and_is_sent_what_it_reads(
    server, offices, roads
):
    for office in offices * 2:
        receive(office)
        meet(offices, roads)
    assert roads[0].up[-1] == FORMAT
    new = server.exchange

    older(server)
    receive(offices[0])
    meet(offices, roads)
    assert roads[0].up[-2:] == [FORMAT, COMMON]
    assert roads[1].down[-1] == COMMON

    server.exchange = new
    for office in offices * 2:
        receive(office)
        meet(offices, roads)
    assert all(road.up[-1] == FORMAT for road in roads)


def test_a_server_that_is_older_than_all_formats_is_asked_twice_and_no_more(server, offices, roads):
    receive(offices[0])
    meet(offices, roads)
    server.exchange = replace(server.exchange, packer=Packer([]))
    receive(offices[0])
    before = len(roads[0].up)

    with pytest.raises(Refused, match="district-older"):
        syncing.sync(offices[0], roads[0])

    assert roads[0].up[before:] == [FORMAT, COMMON]
