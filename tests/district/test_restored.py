"""A district that was put back in time: a new epoch, logs of its own, and no number given twice."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from counter_app.district import devices, identity
from counter_app.district.leasing import LASTS
from counter_app.services import keeping, safety, syncing
from counter_app.sync.courier import Courier
from counter_app.sync.message import read_answer, read_proof
from tests import postgres
from tests.district import bases
from tests.district.serving import Serving, district
from tests.district.test_exchange import enrol, invite, server
from tests.district.test_whole import verdict_of
from tests.services.stores import Counter, receive

__all__ = ["server"]  # on SQLite and on PostgreSQL


@pytest.fixture
def yesterday(server, commune, offices):
    """The server as it was when one machine was enrolled; since then the other one was, and given a slot."""
    road = enrol(server, commune, offices[0])
    syncing.sync(offices[0], road)
    copy = bases.kept(server.base)
    receive(offices[0])
    syncing.sync(offices[0], road)
    other = enrol(server, commune, offices[1])
    syncing.sync(offices[1], other)
    syncing.sync(offices[0], road)
    return copy, [road, other]


@pytest.fixture
def third(tmp_path):
    office = Counter(tmp_path / "third", device="QUẦY 3").make().open()
    yield office
    office.close()


def epoch_of(server):
    with server.base.reading() as connection:
        return identity.load(connection).epoch


def tell(server):
    with server.base.writing() as connection:
        return identity.renew(connection, server.who, server.now_ms)


def no_lease_meets_another(office):
    given = office.commune().leases
    assert len(given) > 1
    for one, other in combinations(given, 2):
        for a in given[one]:
            for b in given[other]:
                assert a.slot != b.slot or a.last < b.first or b.last < a.first


def test_by_its_own_word_it_learns_that_it_was_further(server, commune, offices, yesterday):
    copy, (road, _) = yesterday
    before = epoch_of(server)
    bases.put_back(server.base, copy)

    syncing.sync(offices[0], road)

    assert epoch_of(server) != before
    assert safety.counts(offices[0]).pending == 0
    assert keeping.verify(offices[0]).state == verdict_of(server, commune).state


def test_a_machine_that_was_put_back_begins_no_epoch(server, commune, offices, tmp_path):
    road = enrol(server, commune, offices[0])
    syncing.sync(offices[0], road)
    offices[0].database.fold_in()
    copy = offices[0].database.path.read_bytes()
    for _ in range(3):
        receive(offices[0])
        syncing.sync(offices[0], road)
    before = epoch_of(server)
    offices[0].close()
    (tmp_path / "QUẦY 1" / offices[0].database.path.name).write_bytes(copy)
    again = Counter(tmp_path / "QUẦY 1", device="QUẦY 1").open()

    syncing.sync(again, road)

    assert epoch_of(server) == before
    again.close()


def test_what_nobody_told_it_is_not_leased_again(server, commune, offices, yesterday, third):
    copy, (road, _) = yesterday
    bases.put_back(server.base, copy)
    tell(server)

    another = enrol(server, commune, third)  # before anybody gave back the second machine's lease
    syncing.sync(third, another)
    syncing.sync(offices[0], road)
    syncing.sync(third, another)

    no_lease_meets_another(third)
    (mine,) = third.commune().leases[third_log(third)]
    assert mine.first > date(2026, 11, 1) + LASTS


def third_log(office):
    with office.reading() as (_, where):
        return next(row.log for row in where.logs.values() if row.trust == "own")


def test_a_machine_that_it_forgot_enters_anew_and_nothing_is_lost(server, commune, offices, yesterday):
    copy, (road, other) = yesterday
    receive(offices[1])
    bases.put_back(server.base, copy)
    tell(server)
    with pytest.raises(syncing.Refused, match="device-unknown"):
        syncing.sync(offices[1], other)

    code = invite(server, commune)
    syncing.enrol(offices[1], offices[1].session(), other, "http://localhost", code, anew=True)
    for office, way in ((offices[1], other), (offices[0], road), (offices[1], other)):
        syncing.sync(office, way)

    assert {keeping.verify(office).state for office in offices} == {verdict_of(server, commune).state}
    assert [safety.counts(office).pending for office in offices] == [0, 0]
    no_lease_meets_another(offices[0])


def test_to_tell_it_twice_begins_one_epoch(server, commune, offices, yesterday):
    bases.put_back(server.base, yesterday[0])

    assert tell(server).epoch == tell(server).epoch != server.who.epoch


def test_a_lease_is_lengthened_though_the_row_forgot_it(server, commune, offices, yesterday):
    copy, (road, _) = yesterday
    bases.put_back(server.base, copy)
    tell(server)
    syncing.sync(offices[0], road)
    server.now_ms += timedelta(days=60) // timedelta(milliseconds=1)

    syncing.sync(offices[0], road)
    syncing.sync(offices[0], road)

    one, two = offices[0].commune().leases[third_log(offices[0])]
    assert (one.slot, one.last + timedelta(days=1)) == (two.slot, two.first)


def test_an_acknowledgement_is_proven_by_what_the_machine_keeps_of_it(server, commune, offices):
    road = enrol(server, commune, offices[0])
    receive(offices[0])
    answers = []
    post = road.post
    road.post = lambda path, body: answers.append(post(path, body)) or answers[-1]
    syncing.sync(offices[0], road)
    told = read_answer(answers[-1])
    with offices[0].reading() as (connection, _):
        proof = syncing.own.get(connection, syncing.PROOF)

    found = read_proof(proof, server.who.signing.public)

    assert (found.epoch, found.position) == (told.answer.epoch, told.answer.position)
    for place in range(len(proof)):
        altered = bytearray(proof)
        altered[place] ^= 1
        assert read_proof(bytes(altered), server.who.signing.public) is None
    assert read_proof(proof[:-1], server.who.signing.public) is None


@pytest.mark.postgres
def test_servers_whose_database_is_put_back_while_they_run_are_given_again_what_it_lost(
    tmp_path, postgres_url, offices
):
    folder = tmp_path / "district"
    district(folder, "init", "--name", "Sở mẫu", "--database", postgres_url)
    district(folder, "commune", "add", "H55.242", "UBND xã Nậm Mây")
    codes = [district(folder, "device", "add", "H55.242", f"QUẦY {n}")["code"] for n in (1, 2)]
    servings = [Serving(folder) for _ in range(2)]
    roads = [Courier(serving.url) for serving in servings]
    for office, road, serving, code in zip(offices, roads, servings, codes, strict=True):
        syncing.enrol(office, office.session(), road, serving.url, code)
        syncing.sync(office, road)
    send_out(postgres_url)
    yesterday = postgres.copied(make_url(postgres_url))
    for office in offices:
        receive(office)
    for place in (0, 1, 0):
        syncing.sync(offices[place], roads[place])

    postgres.put_back(make_url(postgres_url), yesterday)
    for place in (1, 0, 1, 0):
        syncing.sync(offices[place], roads[1 - place])  # a counter tells each

    for road in roads:
        road.close()
    for serving in servings:
        serving.kill()
    told = district(folder, "verify")
    assert {keeping.verify(office).state for office in offices} == {told["state"]}
    assert (told["chain"], told["differences"], told["dossiers"]) == ("ok", 0, 2)
    assert [safety.counts(office).pending for office in offices] == [0, 0]
    no_lease_meets_another(offices[0])


def send_out(url):
    """Sends everybody else out of the database: a copy is made of one that nobody is in."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :n AND pid <> :p"
        mine = connection.execute(text("SELECT pg_backend_pid()")).scalar()
        connection.execute(text(out), {"n": engine.url.database, "p": mine})


def test_a_district_whose_log_forked_at_its_first_event_is_believed_all_the_same(server, commune, offices):
    copy = bases.kept(server.base)
    road = enrol(server, commune, offices[0])
    syncing.sync(offices[0], road)
    bases.put_back(server.base, copy)
    other = enrol(server, commune, offices[1])  # the same log is opened once more
    code = invite(server, commune)
    syncing.enrol(offices[0], offices[0].session(), road, "http://localhost", code, anew=True)
    for office, way in [(offices[0], road), (offices[1], other)] * 2:
        syncing.sync(office, way)

    with server.base.writing() as connection:
        devices.revoke(connection, server.who, 2, "", server.now_ms)
    for office, way in [(offices[0], road), (offices[1], other)] * 2:
        syncing.sync(office, way)

    told = verdict_of(server, commune)
    assert told.healthy and keeping.verify(offices[1]).state == told.state
