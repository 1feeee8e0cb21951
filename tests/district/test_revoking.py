"""A machine that was revoked still delivers; what it wrote since is set aside until it is admitted."""

from __future__ import annotations

import pytest

from counter_app.district import devices
from counter_app.domain.errors import AlreadyThere, NotAllowed, NotFound
from counter_app.services import keeping, lookup, safety, syncing
from tests.district.test_exchange import enrol
from tests.district.test_whole import shown, verdict_of
from tests.services.stores import receive


@pytest.fixture
def met(server, commune, offices):
    """Two counters that know each other; the first one has received a dossier."""
    roads = [enrol(server, commune, office) for office in offices]
    receive(offices[0])
    together(offices, roads)
    return offices, roads


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


def test_who_was_let_in_by_a_word_beyond_the_limit_is_not_let_in(server, commune, met, tmp_path):
    from counter_app.services import exchange
    from tests.services.stores import Counter

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


def test_who_is_not_there_or_not_revoked_is_said(server, commune, met):
    with pytest.raises(NotFound, match="no-such-machine"):
        rule(server, devices.revoke, 9)
    with pytest.raises(NotAllowed, match="not-revoked"):
        rule(server, devices.admit)
    rule(server, devices.revoke)
    with pytest.raises(AlreadyThere, match="revoked-already"):
        rule(server, devices.revoke)
