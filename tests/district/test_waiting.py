"""What cannot rest is told with its reason: what waits, is refused, held, set aside, in conflict."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from counter_app.cli import syncing as command
from counter_app.district import devices
from counter_app.services import acts, handover, keeping, lookup, mending, safety, syncing, waiting
from counter_app.services.enrolled import AGREED, tips_in
from counter_app.services.packing import packer
from counter_app.services.waiting import MOST, Why
from counter_app.store import ingest
from counter_app.sync.message import Unproven
from tests.district.test_exchange import enrol
from tests.district.test_false_server import FalseServer, taken
from tests.district.test_revoking import rule, together
from tests.services.stores import receive
from tests.store.authors import Author
from tests.store.machines import dossier_id


@pytest.fixture
def met(server, commune, offices):
    """Two counters that know each other, all of both at the district."""
    roads = [enrol(server, commune, office) for office in offices]
    receive(offices[0])
    together(offices, roads)
    return offices, roads


def section(office, why, most=MOST):
    return next(one for one in waiting.sections(office, most) if one.why is why)


def totals(office):
    return {one.why: one.total for one in waiting.sections(office) if one.total}


def test_a_machine_without_a_district_has_nothing_that_waits(offices):
    receive(offices[0])

    assert totals(offices[0]) == {}
    assert safety.last_answer(offices[0]) is None


def test_what_waits_is_told_with_its_acts_since_when_and_the_oldest_first(met):
    (one, _), roads = met
    first, second = receive(one), receive(one)
    acts.finish(one, one.session(), second.code)

    found = section(one, Why.WAITS)

    assert [(item.dossier, item.events, item.kinds) for item in found.items] == [
        (first.dossier, 1, ("received",)),
        (second.dossier, 2, ("received", "finished")),
    ]
    assert [item.line.code for item in found.items] == [first.code, second.code]
    assert found.items[0].since < found.items[1].since
    syncing.sync(one, roads[0])
    assert totals(one) == {}


def test_the_communes_own_acts_that_wait_are_one_item(server, commune, offices):
    enrol(server, commune, offices[0])

    (item,) = section(offices[0], Why.WAITS).items

    assert (item.dossier, item.line, item.kinds[0]) == (None, None, "log_opened")


def test_of_more_than_it_lists_a_section_tells_the_whole_count(met):
    (one, _), _ = met
    for _ in range(4):
        receive(one)

    found = section(one, Why.WAITS, most=2)

    assert (found.total, len(found.items)) == (4, 2)


def test_of_more_events_than_are_looked_at_the_count_is_whole(met, monkeypatch):
    (one, _), _ = met
    for _ in range(5):
        receive(one)
    monkeypatch.setattr(waiting, "_LOOKED_AT", 2)

    assert section(one, Why.WAITS).total == 5


def refuse(office, server):
    """The district answers that the next run of this machine's log proves nothing."""
    with office.reading() as (connection, where):
        mine = next(row for row in where.logs.values() if row.trust == "own")
        agreed = tips_in(connection, AGREED)
    (tip,) = agreed.of(mine.log)
    answer = taken(refused=(Unproven(mine.log, tip.seq + 1, "run-not-proven"),))
    syncing.sync(office, FalseServer(server, [answer], agreed))


def test_what_the_district_refused_is_told_until_it_is_agreed(server, met):
    (one, _), roads = met
    syncing.sync(one, roads[0])
    got = receive(one)
    refuse(one, server)
    first = section(one, Why.REFUSED)
    refuse(one, server)

    found = section(one, Why.REFUSED)

    assert [(item.dossier, item.reason) for item in found.items] == [(got.dossier, "run-not-proven")]
    assert first == found
    assert section(one, Why.WAITS).total == 0
    assert waiting.tally(one).refused == 1
    syncing.sync(one, roads[0])
    assert totals(one) == {}
    assert waiting.tally(one).refused == 0


def test_what_came_and_proved_nothing_is_told_until_it_comes_no_more(server, met):
    (one, _), roads = met
    bad = replace(Author(51).open(dossier_id(51), commune=dossier_id(51).hex()).run(), signature=bytes(64))
    with one.reading() as (connection, _):
        agreed = tips_in(connection, AGREED)
    syncing.sync(one, FalseServer(server, [taken(batch=packer().pack([bad]))], agreed))

    (item,) = section(one, Why.REFUSED).items

    assert (item.dossier, item.machine, item.reason) == (None, bad.log.hex(), "run-not-proven")
    syncing.sync(one, roads[0])
    assert totals(one) == {}


def test_a_dossier_whose_reception_has_not_come_is_held(met):
    (one, _), _ = met
    with one.writing() as (pen, _now):
        pen.append("noted", dossier_id(9), {"text": "có người hỏi"}, "admin")

    (item,) = section(one, Why.HELD).items

    assert (item.dossier, item.kinds, item.machine) == (dossier_id(9), ("noted",), "QUẦY 1")
    assert waiting.tally(one).held == 1


def test_acts_of_a_later_program_are_told(met):
    (one, _), _ = met
    got = receive(one)
    with one.reading() as (_, where):
        home = next(iter(where.logs.values())).commune
    later = Author(60).open(home, commune=home.hex())
    later.add("blessed", got.dossier, {"how": "twice"}, fact=True)
    with one.writing() as (pen, _now):
        pen.append("paired", pen.commune, later.opening(commune=home.hex()), "admin")
        ingest.ingest(pen, [later.run()])

    (item,) = section(one, Why.UPDATE).items

    assert (item.dossier, item.kinds, item.machine) == (got.dossier, ("blessed",), "MÁY LẠ")
    assert waiting.tally(one).needs_update == 1


def test_a_strangers_log_is_set_aside_and_told(met):
    (one, _), _ = met
    got = receive(one)
    stranger = Author(61).open(dossier_id(61), commune=dossier_id(61).hex())
    stranger.add("noted", got.dossier, {"text": "lạ"})
    with one.writing() as (pen, _now):
        ingest.ingest(pen, [stranger.run()])

    found = section(one, Why.ASIDE)

    assert [(item.dossier, item.reason, item.machine) for item in found.items] == [
        (got.dossier, "stranger", "MÁY LẠ"),
        (None, "stranger", "MÁY LẠ"),
    ]
    assert waiting.tally(one).aside == 2


def test_what_a_revoked_machine_wrote_since_is_set_aside_and_told(server, met):
    (one, two), roads = met
    rule(server, devices.revoke)
    got = receive(one)
    syncing.sync(one, roads[0])
    syncing.sync(two, roads[1])

    (item,) = section(two, Why.ASIDE).items

    assert (item.dossier, item.line, item.reason, item.machine) == (got.dossier, None, "revoked", "QUẦY 1")
    assert waiting.tally(two).aside == keeping.verify(two).aside + 1 == 1
    assert safety.last_answer(one).revoked and not safety.last_answer(two).revoked


def test_a_conflict_is_told_until_it_is_settled(met):
    (one, two), roads = met
    got = receive(one)
    acts.finish(one, one.session(), got.code)
    together((one, two), roads)
    for office, who in ((one, "Y Thao Niê"), (two, "H’Nga Ayun")):
        handover.hand_over(office, office.session(), [got.code], handover.Collector.read(who, "", ""))
    together((one, two), roads)

    (item,) = section(one, Why.CONFLICT).items

    assert (item.dossier, item.fields, item.kinds) == (got.dossier, ("return",), ("returned",))
    assert waiting.tally(one).conflicts == waiting.tally(two).conflicts == 1
    mending.resolve(one, one.session(), got.code, _side(one, got))
    together((one, two), roads)
    assert totals(one) == totals(two) == {}


def _side(office, got):
    return str(lookup.story(office, got.dossier).conflicts[0].sides[0].event)


def test_the_last_answer_tells_what_the_whole_exchange_came_to(met):
    (one, two), roads = met
    receive(one)
    receive(two)
    syncing.sync(two, roads[1])

    done = syncing.sync(one, roads[0])
    told = safety.last_answer(one)

    assert (told.sent, told.received) == (done.sent, done.received) == (1, 1)
    assert (told.bytes_up, told.bytes_down) == (done.bytes_up, done.bytes_down)


def test_the_status_on_the_command_line_counts_them(server, met, capsys):
    (one, _), roads = met
    syncing.sync(one, roads[0])
    receive(one)
    refuse(one, server)
    with one.writing() as (pen, _now):
        pen.append("noted", dossier_id(9), {"text": "có người hỏi"}, "admin")

    code = command.sync(SimpleNamespace(office=one, asked=SimpleNamespace(status=True)))

    line = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {name: line[name] for name in ("pending", "held", "refused", "aside", "needs_update")} == {
        "pending": 2,
        "held": 1,
        "refused": 1,
        "aside": 0,
        "needs_update": 0,
    }
