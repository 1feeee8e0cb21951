"""Counters and a district without a network between them: what one has written all have, and all know it."""

from __future__ import annotations

import shutil
from contextlib import nullcontext

import pytest

from counter_app.district import devices
from counter_app.district.check import check
from counter_app.district.ledger import CommuneLedger
from counter_app.domain.errors import AlreadyThere, BadInput, NotAllowed, Refused, Unreachable
from counter_app.services import acts, keeping, safety, syncing
from counter_app.services.packing import packer
from counter_app.store.ledger import Shelf
from counter_app.sync import giving
from counter_app.sync.message import read_request
from counter_app.sync.portions import LARGEST
from tests.district import bases
from tests.services.stores import Counter, Wall, receive


class Road:
    """Straight to the server; `lose` swallows that many answers after the server has given them."""

    def __init__(self, server: bases.Server) -> None:
        self.server = server
        self.lose = 0
        self.bodies: list[bytes] = []

    def post(self, path: str, body: bytes) -> bytes:
        self.bodies.append(body)
        answer = self.server.exchange.enrol if path.endswith("enrol") else self.server.exchange.answer
        data = answer(body)
        if self.lose:
            self.lose -= 1
            raise Unreachable("district-silent")
        return data


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def server(request, tmp_path):
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    base = bases.fresh(tmp_path, url)
    made = bases.Server(base)
    yield made
    base.close()


@pytest.fixture
def commune(server):
    return bases.commune_in(server.base)


@pytest.fixture
def offices(tmp_path):
    made = [Counter(tmp_path / name, device=name).make().open() for name in ("QUẦY 1", "QUẦY 2")]
    yield made
    for office in made:
        office.close()


def invite(server, commune, name="MÁY"):
    with server.base.writing() as connection:
        return devices.invite(connection, commune, name, server.now_ms)[1].text


def enrol(server, commune, office):
    road = Road(server)
    syncing.enrol(office, office.session(), road, "http://localhost", invite(server, commune))
    return road


def states(*offices):
    return [keeping.verify(office).state for office in offices]


def test_what_one_counter_received_the_other_has_after_both_have_synchronised(server, commune, offices):
    one, two = offices
    roads = [enrol(server, commune, office) for office in offices]
    receive(one)
    receive(two)

    syncing.sync(one, roads[0])
    syncing.sync(two, roads[1])
    syncing.sync(one, roads[0])

    assert states(one)[0] == states(two)[0]
    assert [(safety.counts(o).pending, safety.counts(o).acknowledged > 10) for o in offices] == [
        (0, True)
    ] * 2


def test_with_nothing_to_say_one_small_request_is_made(server, commune, offices):
    road = enrol(server, commune, offices[0])
    syncing.sync(offices[0], road)
    syncing.sync(offices[0], road)

    idle = syncing.sync(offices[0], road)

    assert (idle.requests, idle.sent, idle.received) == (1, 0, 0)
    assert idle.bytes_up + idle.bytes_down < 300


def test_an_answer_that_was_lost_after_the_commit_doubles_nothing(server, commune, offices):
    office = offices[0]
    road = enrol(server, commune, office)
    syncing.sync(office, road)
    receive(office)
    stood = bases.vector(server.base, commune)
    road.lose = 1
    with pytest.raises(Unreachable):
        syncing.sync(office, road)
    taken = bases.vector(server.base, commune)

    syncing.sync(office, road)

    assert stood != taken == bases.vector(server.base, commune)
    assert safety.counts(office).pending == 0


def test_an_enrolment_whose_answer_was_lost_is_asked_for_again(server, commune, offices):
    road, code = Road(server), invite(server, commune)
    road.lose = 1
    with pytest.raises(Unreachable):
        syncing.enrol(offices[0], offices[0].session(), road, "http://localhost", code)

    syncing.enrol(offices[0], offices[0].session(), road, "http://localhost", code)
    syncing.sync(offices[0], road)

    assert safety.counts(offices[0]).pending == 0


def test_a_code_takes_one_machine_only_once_and_not_for_ever(server, commune, offices):
    code = invite(server, commune)
    road = Road(server)
    syncing.enrol(offices[0], offices[0].session(), road, "http://localhost", code.lower())

    with pytest.raises(Refused, match="code-used"):
        syncing.enrol(offices[1], offices[1].session(), road, "http://localhost", code)
    with pytest.raises(AlreadyThere, match="enrolled-already"):
        syncing.enrol(offices[0], offices[0].session(), road, "http://localhost", code)
    with pytest.raises(Refused, match="code-unknown"):
        syncing.enrol(offices[1], offices[1].session(), road, "http://localhost", "A" * 16)
    with pytest.raises(BadInput, match="not-a-code-of-enrolment"):
        syncing.enrol(offices[1], offices[1].session(), road, "http://localhost", "A" * 15)
    late = invite(server, commune)
    server.now_ms += devices.CODE_LIVES_MS + 1
    with pytest.raises(Refused, match="code-expired"):
        syncing.enrol(offices[1], offices[1].session(), road, "http://localhost", late)


def test_who_is_not_enrolled_cannot_synchronise(server, offices):
    with pytest.raises(NotAllowed, match="not-enrolled"):
        syncing.sync(offices[0], Road(server))


def test_a_request_that_was_seen_before_is_not_taken_again(server, commune, offices):
    road = enrol(server, commune, offices[0])
    receive(offices[0])
    syncing.sync(offices[0], road)
    stood = bases.vector(server.base, commune)

    for body in list(road.bodies[1:]):
        answer = server.exchange.answer(body)
        assert answer[1] == 1  # again, under another nonce

    assert bases.vector(server.base, commune) == stood


@pytest.mark.parametrize("place", [0, 1, 9, 17, 30, 60, -65, -1])
def test_a_request_that_was_altered_on_its_way_is_refused(server, commune, offices, place):
    road = enrol(server, commune, offices[0])
    receive(offices[0])
    post = road.post

    def altered(path, body):
        changed = bytearray(body)
        changed[place] ^= 0x40
        return post(path, bytes(changed))

    road.post = altered
    stood = bases.vector(server.base, commune)

    with pytest.raises(Refused):
        syncing.sync(offices[0], road)

    assert bases.vector(server.base, commune) == stood


def test_an_answer_that_is_not_the_districts_is_refused(server, commune, offices):
    road = enrol(server, commune, offices[0])
    post = road.post

    def altered(path, body):
        answer = bytearray(post(path, body))
        answer[-70] ^= 1
        return bytes(answer)

    road.post = altered

    with pytest.raises(Refused):
        syncing.sync(offices[0], road)
    assert safety.counts(offices[0]).acknowledged == 0


def test_a_server_put_back_in_time_is_given_again_what_it_lost(server, commune, offices, tmp_path):
    one, two = offices
    roads = [enrol(server, commune, office) for office in offices]
    receive(one)
    for office, road in zip(offices, roads, strict=True):
        syncing.sync(office, road)
    yesterday = bases.kept(server.base)
    for _ in range(3):
        receive(one)
        syncing.sync(one, roads[0])
    syncing.sync(two, roads[1])
    whole = bases.vector(server.base, commune)
    bases.put_back(server.base, yesterday)

    syncing.sync(one, roads[0])
    syncing.sync(two, roads[1])

    assert bases.vector(server.base, commune) == whole
    assert [safety.counts(office).pending for office in offices] == [0, 0]


def copy_of(office, folder):
    """The same machine a second time, as a copied disk makes it; its clock goes as that one's does."""
    office.database.fold_in()
    shutil.copytree(office.places.data, folder)
    return Counter(folder, Wall(office.now())).open()


def test_a_machine_that_was_copied_and_the_copy_both_go_on(server, commune, offices, tmp_path):
    one = offices[0]
    road = enrol(server, commune, one)
    syncing.sync(one, road)
    copy = copy_of(one, tmp_path / "copy")
    for office in (one, copy, one, copy, copy):
        receive(office)
        syncing.sync(office, road)

    syncing.sync(one, road)

    assert states(one) == states(copy)
    assert [safety.counts(office).pending for office in (one, copy)] == [0, 0]
    copy.close()


def test_a_machine_that_began_another_log_synchronises_on(server, commune, offices, tmp_path):
    one, two = offices
    roads = [enrol(server, commune, office) for office in offices]
    syncing.sync(one, roads[0])
    copy = copy_of(one, tmp_path / "copy")
    receive(one)
    syncing.sync(one, roads[0])
    receive(copy)
    syncing.sync(copy, roads[0])
    copy.close()
    copy = Counter(tmp_path / "copy").open()

    receive(copy)
    for office, road in ((two, roads[1]), (copy, roads[0]), (two, roads[1])):
        syncing.sync(office, road)

    assert states(copy) == states(two)
    assert safety.counts(copy).pending == 0
    copy.close()


def test_a_server_put_back_gets_from_others_what_its_author_no_longer_has(server, commune, offices):
    one, two = offices
    roads = [enrol(server, commune, office) for office in offices]
    for office, road in zip(offices, roads, strict=True):
        syncing.sync(office, road)
    for _ in range(2):
        syncing.sync(one, roads[0])
    yesterday = bases.kept(server.base)
    receive(two)
    syncing.sync(two, roads[1])
    syncing.sync(one, roads[0])
    whole = bases.vector(server.base, commune)
    bases.put_back(server.base, yesterday)

    syncing.sync(one, roads[0])

    assert bases.vector(server.base, commune) == whole
    assert safety.counts(one).pending == 0


def test_a_server_put_back_goes_on_in_its_forked_log(server, commune, offices, tmp_path):
    one, two = offices
    road = enrol(server, commune, one)
    yesterday = bases.kept(server.base)
    enrol(server, commune, two)
    syncing.sync(one, road)
    bases.put_back(server.base, yesterday)
    three = Counter(tmp_path / "three").make().open()
    enrol(server, commune, three)
    syncing.sync(one, road)
    four = Counter(tmp_path / "four").make().open()

    another = enrol(server, commune, four)
    for office, way in ((one, road), (four, another), (one, road)):
        syncing.sync(office, way)

    assert states(one) == states(four)
    with one.reading() as (connection, where):
        assert giving.vector(Shelf(connection, where)) == bases.vector(server.base, commune)
    with server.base.reading() as connection:
        assert check(CommuneLedger(connection, commune)).healthy
    three.close()
    four.close()


def runs_of(body):
    return packer().unpack(read_request(body).request.batch)


def test_a_salt_that_the_server_was_told_before_does_not_travel_again(server, commune, offices):
    road = enrol(server, commune, offices[0])
    code = receive(offices[0]).code
    syncing.sync(offices[0], road)
    assert any(run.salts for body in road.bodies[1:] for run in runs_of(body) if run.last > 2)
    acts.finish(offices[0], offices[0].session(), code)

    syncing.sync(offices[0], road)

    (run,) = runs_of(road.bodies[-1])
    assert (len(run.events), run.salts) == (1, {})
    assert safety.counts(offices[0]).pending == 0


def test_a_salt_that_the_server_lost_is_told_again(server, commune, offices):
    road = enrol(server, commune, offices[0])
    code = receive(offices[0]).code
    syncing.sync(offices[0], road)
    with server.base.writing() as connection:
        connection.exec_driver_sql("DELETE FROM salts")
    acts.finish(offices[0], offices[0].session(), code)

    done = syncing.sync(offices[0], road)

    assert (done.requests, done.refused) == (2, ())
    assert safety.counts(offices[0]).pending == 0


def test_where_the_link_broke_less_is_carried_at_a_time_until_it_holds(server, commune, offices):
    road = enrol(server, commune, offices[0])
    syncing.sync(offices[0], road)
    rooms = []
    for lose in (1, 1, 0, 0, 0):
        road.lose = lose
        with pytest.raises(Unreachable) if lose else nullcontext():
            syncing.sync(offices[0], road)
        rooms.append(read_request(road.bodies[-1]).request.room)

    assert rooms == [LARGEST, LARGEST, LARGEST // 2, LARGEST, LARGEST]
