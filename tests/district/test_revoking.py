"""A machine that was revoked still delivers; what it wrote since is set aside until it is admitted."""

from __future__ import annotations

import shutil

import pytest

from counter_app.district import devices
from counter_app.domain.errors import AlreadyThere, NotAllowed, NotFound, Refused, Unreachable
from counter_app.services import exchange, keeping, lookup, safety, syncing
from counter_app.services.opening import start_new_log
from tests.district.test_exchange import Road, enrol, invite
from tests.district.test_whole import shown, verdict_of
from tests.independent.verifier import verify_store
from tests.services.stores import Counter, receive


@pytest.fixture
def met(server, commune, offices):
    """Two counters that know each other; the first one has received a dossier."""
    roads = [enrol(server, commune, office) for office in offices]
    receive(offices[0])
    together(offices, roads)
    return offices, roads


def proven(office):
    """By the independent verifier, which reckons trust and limits by itself."""
    office.database.fold_in()
    return verify_store(str(office.database.path), office.database.key).faults


def together(offices, roads, rounds=2):
    for office, road in [*zip(offices, roads, strict=True)] * rounds:
        syncing.sync(office, road)


def rule(server, how, number=1):
    with server.base.writing() as connection:
        how(connection, server.who, number, "Máy bị mất", server.now_ms)


def test_what_it_wrote_before_stays_and_what_it_writes_after_is_set_aside(server, commune, met):
    (one, two), roads = met
    rule(server, devices.revoke)
    receive(one)

    told = syncing.sync(one, roads[0])
    syncing.sync(two, roads[1])

    assert (told.revoked, told.received, safety.counts(one).pending) == (True, 0, 0)
    assert len(shown(server, commune)) == len(lookup.newest(two)) == 1
    assert keeping.verify(two).state == verdict_of(server, commune).state
    assert proven(two) == []
    assert verdict_of(server, commune).healthy


def test_it_is_given_nothing_any_more(server, commune, met):
    (one, two), roads = met
    rule(server, devices.revoke)
    receive(two)
    syncing.sync(two, roads[1])

    assert syncing.sync(one, roads[0]).received == 0


def test_what_is_admitted_counts_everywhere(server, commune, met):
    (one, two), roads = met
    rule(server, devices.revoke)
    receive(one)
    syncing.sync(one, roads[0])
    syncing.sync(two, roads[1])

    rule(server, devices.admit)
    syncing.sync(two, roads[1])

    assert len(shown(server, commune)) == len(lookup.newest(two)) == 2
    assert keeping.verify(two).state == verdict_of(server, commune).state
    assert proven(two) == []


def test_who_was_let_in_by_a_word_beyond_the_limit_is_not_let_in(server, commune, met, tmp_path):

    (one, two), roads = met
    rule(server, devices.revoke)
    stranger = Counter(tmp_path / "LẠ", device="LẠ").make().open()
    try:
        exchange.offer(stranger, tmp_path / "offer")
        exchange.accept(one, one.session(), tmp_path / "offer", tmp_path / "reply")
        exchange.finish(stranger, stranger.session(), tmp_path / "reply")
        receive(stranger)
        exchange.export(stranger, stranger.session(), tmp_path / "bundle")
        exchange.bring_in(one, one.session(), tmp_path / "bundle")
    finally:
        stranger.close()
    syncing.sync(one, roads[0])
    syncing.sync(two, roads[1])

    assert len(shown(server, commune)) == len(lookup.newest(two)) == 1
    assert keeping.verify(two).state == verdict_of(server, commune).state
    assert proven(two) == []


def begin_another_log(office):
    with office.writing() as (pen, _now):
        start_new_log(pen)


def test_a_machine_whose_later_log_was_revoked_with_it_enters_anew_under_another(server, commune, met):
    (one, two), roads = met
    begin_another_log(one)
    receive(one)
    together((one, two), roads)
    rule(server, devices.revoke)
    rule(server, devices.admit)  # each log is named twice
    assert syncing.sync(one, roads[0]).revoked

    code = invite(server, commune)
    syncing.enrol(one, one.session(), roads[0], "http://localhost", code, anew=True)
    received = receive(one)
    told = syncing.sync(one, roads[0])
    together((one, two), roads)

    assert not told.revoked
    assert received.code in {line.code for line in lookup.newest(two)}
    assert len(lookup.newest(one)) == len(lookup.newest(two)) == len(shown(server, commune)) == 3
    assert proven(two) == []


def test_a_log_that_it_begins_afterwards_is_set_aside_too(server, commune, met):
    (one, two), roads = met
    rule(server, devices.revoke)
    begin_another_log(one)
    receive(one)
    begin_another_log(one)
    receive(one)
    syncing.sync(one, roads[0])
    syncing.sync(two, roads[1])

    assert safety.counts(one).pending == 0
    assert len(shown(server, commune)) == len(lookup.newest(two)) == 1
    assert keeping.verify(two).state == verdict_of(server, commune).state
    assert proven(two) == []

    rule(server, devices.admit)
    syncing.sync(two, roads[1])

    assert len(shown(server, commune)) == len(lookup.newest(two)) == 3
    assert keeping.verify(two).state == verdict_of(server, commune).state
    assert proven(two) == []


def test_what_it_wrote_before_under_another_log_stays(server, commune, met):
    offices, roads = met
    begin_another_log(offices[0])
    receive(offices[0])
    together(offices, roads)
    rule(server, devices.revoke)
    receive(offices[0])
    together(offices, roads)

    assert len(shown(server, commune)) == len(lookup.newest(offices[1])) == 2
    assert keeping.verify(offices[1]).state == verdict_of(server, commune).state


def test_a_branch_that_parts_before_the_limit_is_set_aside(server, commune, met, tmp_path):
    """Whoever has the machine has its key, and may write the past anew."""
    (one, two), roads = met
    copy = tmp_path / "copy"
    one.database.fold_in()
    shutil.copytree(one.places.data, copy)
    receive(one)
    together((one, two), roads)
    rule(server, devices.revoke)
    thief = Counter(copy).open()
    try:
        receive(thief)
        syncing.sync(thief, roads[0])
    finally:
        thief.close()
    syncing.sync(two, roads[1])

    with two.reading() as (_, where):
        assert len(where.branches) > len(where.logs), "the log is forked"
    assert len(shown(server, commune)) == len(lookup.newest(two)) == 2
    assert keeping.verify(two).state == verdict_of(server, commune).state
    assert proven(two) == []


def test_a_machine_that_is_enrolled_anew_counts_again_and_is_given_all(server, commune, met):
    (one, two), roads = met
    rule(server, devices.revoke)
    receive(one)
    syncing.sync(one, roads[0])
    receive(two)
    code = invite(server, commune)
    with pytest.raises(AlreadyThere, match="enrolled-already"):
        syncing.enrol(one, one.session(), roads[0], "http://localhost", code)

    syncing.enrol(one, one.session(), roads[0], "http://localhost", code, anew=True)
    receive(one)
    together((one, two), roads)

    verdicts = [keeping.verify(office) for office in (one, two)]
    assert {verdict.state for verdict in verdicts} == {verdict_of(server, commune).state}
    assert [len(lookup.newest(office)) for office in (one, two)] == [3, 3]  # one is still set aside

    rule(server, devices.admit)
    together((one, two), roads)
    receive(one)
    together((one, two), roads)

    assert [len(lookup.newest(office)) for office in (one, two)] == [5, 5]
    assert keeping.verify(one).state == keeping.verify(two).state == verdict_of(server, commune).state
    assert proven(one) == proven(two) == []


def test_a_try_to_enrol_anew_that_fails_leaves_all_as_it_was(server, commune, met):
    (one, _), roads = met
    for _ in range(2):
        with pytest.raises(Refused, match="code-unknown"):
            syncing.enrol(one, one.session(), roads[0], "http://localhost", "AAAA-AAAA-AAAA-AAAA", anew=True)

    receive(one)
    together(*met)

    with one.reading() as (_, where):
        assert sum(row.trust == "own" for row in where.logs.values()) == 2
    assert keeping.verify(one).state == verdict_of(server, commune).state


def test_a_machine_that_learns_of_it_from_a_stick_sets_its_own_acts_aside(server, commune, met, tmp_path):
    (one, two), roads = met
    rule(server, devices.revoke)
    syncing.sync(two, roads[1])
    exchange.export(two, two.session(), tmp_path / "bundle")
    exchange.bring_in(one, one.session(), tmp_path / "bundle")

    receive(one)

    assert keeping.verify(one).healthy
    assert len(lookup.newest(one)) == 1
    assert proven(one) == []


def test_a_place_that_a_lost_answer_gave_is_left_for_another(server, commune, offices):
    one, road = offices[0], Road(server)
    road.lose = 1
    with pytest.raises(Unreachable):
        syncing.enrol(one, one.session(), road, "http://localhost", invite(server, commune))

    syncing.enrol(one, one.session(), road, "http://localhost", invite(server, commune))  # another code
    receive(one)
    syncing.sync(one, road)

    assert safety.counts(one).pending == 0
    assert keeping.verify(one).state == verdict_of(server, commune).state


def test_a_machine_cannot_revoke_another_by_itself(server, commune, met):
    (one, two), roads = met
    with one.reading() as (_, where):
        theirs = next(row for row in where.logs.values() if row.machine == "QUẦY 2")
    with one.writing() as (pen, _now):
        pen.append("revoked", pen.commune, {"log": theirs.log.hex(), "seq": 1, "hash": "00" * 32}, "admin")
    receive(two)
    together((one, two), roads)

    assert len(lookup.newest(one)) == len(lookup.newest(two)) == len(shown(server, commune)) == 2
    assert keeping.verify(one).state == keeping.verify(two).state == verdict_of(server, commune).state
    assert proven(one) == proven(two) == []


def test_who_is_not_there_or_not_revoked_is_said(server, commune, met):
    with pytest.raises(NotFound, match="no-such-machine"):
        rule(server, devices.revoke, 9)
    with pytest.raises(NotAllowed, match="not-revoked"):
        rule(server, devices.admit)
    rule(server, devices.revoke)
    with pytest.raises(AlreadyThere, match="revoked-already"):
        rule(server, devices.revoke)
