"""Files and real servers: killed between two pieces, two processes on one PostgreSQL, bytes on the wire."""

from __future__ import annotations

import pytest

from benchmarks.wire import Wire
from counter_app.domain.errors import Unreachable
from counter_app.services import digitised, syncing
from counter_app.services.blobs import blobs_of
from counter_app.services.carrying import carry
from counter_app.services.delivering import deliver, written
from counter_app.services.digitised import Where
from counter_app.services.fetching import fetch
from counter_app.services.filing import FILE
from counter_app.services.roads import FirstRoad
from counter_app.sync.courier import Courier
from counter_app.sync.file_message import PIECE
from tests.district import bases
from tests.district.scans import FileRoad, attached, scan
from tests.district.serving import Serving, district
from tests.district.test_exchange import invite
from tests.district.test_processes import communes, invited, opened
from tests.services.stores import Counter

SCAN = 250 * 1024


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "counter").make().open()
    yield office
    office.close()


def enrol(office, folder, url):
    with opened(folder) as base:
        [commune] = communes(base, 1)
        code = invited(base, commune)
    with FirstRoad(url()) as road:
        syncing.enrol(office, office.session(), road, url(), code.text, road.confirm)


@pytest.mark.faults
def test_a_scan_costs_two_hundredths_on_the_wire_and_outlives_its_servers_death(tmp_path, office):
    folder = tmp_path / "district"
    district(folder, "init", "--name", "Sở mẫu")
    serving = Serving(folder)
    try:
        enrol(office, folder, lambda: serving.url)
        up, down = measured(office, serving.url)
        content = scan(8 * PIECE)
        _, one = attached(office, content)
        with Courier(serving.url) as road, pytest.raises(Unreachable):
            carry(office, Killing(road, serving, after=4))
        serving = Serving(folder)
        with Courier(serving.url) as road:
            counted = Killing(road, serving, after=1000)
            carry(office, counted)
            assert counted.pieces == 4, "the four that were answered are not sent again"
            assert digitised.where(office, one.sha256) is Where.SAFE
            blobs_of(office).drop(one.sha256)
            fetch(office, road, one.sha256)
            assert blobs_of(office).read(one.sha256) == content
    finally:
        serving.kill()

    told = district(folder, "verify")
    assert (told["files"], told["files_lost"]) == (2, 0)
    assert SCAN < up <= 1.02 * SCAN, up / SCAN
    assert SCAN < down <= 1.02 * SCAN, down / SCAN


def measured(office, url):
    """Bytes on the wire both ways, HTTP and all, for a scan to go up, and for it to come down."""
    _, one = attached(office, scan(SCAN))
    wire = Wire(int(url.rsplit(":", 1)[1]))
    with Courier(wire.url) as road:
        carry(office, road, stops=lambda: True)
        wire.reset()
        deliver(office, road, written(office))
        up = wire.up + wire.down
        wire.reset()
        fetch(office, road, one.sha256)
        down = wire.up + wire.down
    wire.close()
    return up, down


class Killing:
    """A road whose server dies where the piece after so many is about to go."""

    def __init__(self, road, serving, after):
        self.road, self.serving, self.left, self.pieces = road, serving, after, 0

    def post(self, path, body):
        if path == FILE and len(body) > PIECE:
            if not self.left:
                self.serving.kill()
            self.left, self.pieces = self.left - 1, self.pieces + 1
        return self.road.post(path, body)


@pytest.mark.postgres
def test_two_processes_on_one_postgresql_take_turns_with_one_file(tmp_path, postgres_url, office):
    server = bases.Server(bases.fresh(tmp_path, postgres_url), files=tmp_path / "files")
    other = bases.fresh(tmp_path, postgres_url)
    second = type(server.filing)(other, server.who, server.depot, lambda: server.now_ms)
    commune = bases.commune_in(server.base)
    content = scan(9 * PIECE + 5)
    try:
        road = FileRoad(server)
        syncing.enrol(office, office.session(), road, "http://localhost", invite(server, commune))
        _, one = attached(office, content)
        road = Turns(FileRoad(server), FileRoad(server, second))
        carry(office, road)

        assert digitised.where(office, one.sha256) is Where.SAFE
        assert server.depot.read(one.sha256) == content
        blobs_of(office).drop(one.sha256)
        fetch(office, road, one.sha256)
        assert blobs_of(office).read(one.sha256) == content
    finally:
        other.close()
        server.base.close()


class Turns:
    """Each message goes to the other of two processes."""

    def __init__(self, *roads):
        self.roads = list(roads)

    def post(self, path, body):
        self.roads.reverse()
        return self.roads[0].post(path, body)
