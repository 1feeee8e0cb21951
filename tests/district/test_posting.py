"""A machine serves a commune on its days alone: what it is given, what it takes in, what of it counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from counter_app.district import devices, posting
from counter_app.district.identity import current
from counter_app.domain.errors import AlreadyThere, BadInput, NotAllowed, NotFound
from counter_app.domain.postings import Posting
from counter_app.services import lookup, safety, syncing
from counter_app.words.errors import sentence
from tests.district import bases
from tests.district.test_exchange import Road, enrol
from tests.district.test_revoking import proven
from tests.district.test_whole import shown, verdict_of
from tests.services.stores import MORNING, Counter, receive

TODAY = MORNING.date()
DAY = timedelta(days=1)
MS = 24 * 3600 * 1000


@pytest.fixture(autouse=True)
def same_day(server):
    server.now_ms = round(MORNING.timestamp() * 1000)


def enter(server, commune, office, posted, **more):
    with server.base.writing() as connection:
        code = devices.invite(connection, commune, "MÁY", server.now_ms, posted=posted, **more)[1]
    road = Road(server)
    syncing.enrol(office, office.session(), road, "http://localhost", code.text)
    return road


def post(server, device, posted, reason=""):
    with server.base.writing() as connection:
        row, ledger = devices.locked(connection, device)
        who = current(connection, server.who)
        posting.post(ledger, who, row.device, row.log, posted, reason, server.now_ms)
        ledger.finish()


def line(server, device):
    with server.base.reading() as connection:
        return next(one for one in devices.lines(connection) if one["device"] == device)


def go_on(server, office_walls, days):
    server.now_ms += days * MS
    for wall in office_walls:
        wall.now += days * DAY


@pytest.fixture
def lent(server, commune, tmp_path):
    """The commune's own counter, and a laptop that is lent to it for three days."""
    own, laptop = (Counter(tmp_path / name, device=name) for name in ("QUẦY 1", "XÁCH TAY"))
    offices = [counter.make().open() for counter in (own, laptop)]
    days = Posting(TODAY, TODAY + 2 * DAY)
    roads = [enrol(server, commune, offices[0]), enter(server, commune, offices[1], days)]
    receive(offices[0])
    for _ in range(2):
        for office, road in zip(offices, roads, strict=True):
            syncing.sync(office, road)
    yield offices, roads, [own.wall, laptop.wall]
    for office in offices:
        office.close()


def test_a_lent_machine_takes_in_nothing_after_its_last_day_and_says_why(server, lent):
    (_, laptop), _, walls = lent
    assert len(lookup.newest(laptop)) == 1
    receive(laptop)
    go_on(server, walls, 3)

    with pytest.raises(NotAllowed, match="posting-over") as refused:
        receive(laptop)
    assert sentence(refused.value) == (
        "Máy này được giao nhận hồ sơ của xã đến hết ngày 22/11/2026; hãy nhận ở máy khác,"
        " hoặc xin gia hạn rồi đồng bộ."
    )
    assert len(lookup.newest(laptop)) == 2
    # A paper of its days that is keyed in later is still its own.
    receive(laptop, received_at=(MORNING + DAY).isoformat(), late_reason="Mất điện")


def test_what_it_wrote_on_its_days_counts_and_it_is_given_no_dossier_more(server, commune, lent):
    (own, laptop), roads, walls = lent
    receive(laptop)
    receive(own)
    syncing.sync(own, roads[0])
    go_on(server, walls, 5)

    told = syncing.sync(laptop, roads[1])
    syncing.sync(own, roads[0])

    assert (told.revoked, told.more, safety.counts(laptop).pending) == (False, False, 0)
    assert len(lookup.newest(own)) == len(shown(server, commune)) == 3
    assert len(lookup.newest(laptop)) == 2
    assert proven(own) == proven(laptop) == []


def test_longer_days_reach_it_after_its_last_one(server, commune, lent):
    (own, laptop), roads, walls = lent
    receive(own)
    syncing.sync(own, roads[0])
    go_on(server, walls, 5)
    syncing.sync(laptop, roads[1])
    with pytest.raises(NotAllowed, match="posting-over"):
        receive(laptop)

    post(server, 2, Posting(TODAY, TODAY + 10 * DAY), "Thêm một tuần")
    syncing.sync(laptop, roads[1])

    receive(laptop)
    assert len(lookup.newest(laptop)) == 3
    assert line(server, 2)["posted"] == [
        {"number": commune, "commune": "H55.242", "since": "2026-11-20", "until": "2026-11-30"}
    ]


def test_days_cut_short_reach_it_although_it_is_given_nothing_else(server, lent):
    (own, laptop), roads, walls = lent
    go_on(server, walls, 1)
    receive(own)
    syncing.sync(own, roads[0])
    post(server, 2, Posting(TODAY, TODAY))

    syncing.sync(laptop, roads[1])

    with pytest.raises(NotAllowed, match="posting-over"):
        receive(laptop)
    assert len(lookup.newest(laptop)) == 1


def test_a_month_after_its_last_day_it_is_as_one_that_was_revoked(server, commune, lent):
    (own, laptop), roads, walls = lent
    receive(laptop)
    go_on(server, walls, 2 + posting.HANDS_OVER.days)
    syncing.sync(laptop, roads[1])
    walls[1].now = MORNING + DAY  # its clock says that it is still its time
    laptop.set_clock(laptop.session(), walls[1].now)
    receive(laptop)
    server.now_ms += MS

    told = syncing.sync(laptop, roads[1])
    syncing.sync(own, roads[0])

    assert told.revoked
    assert line(server, 2)["revoked"] == server.now_ms
    assert len(lookup.newest(own)) == len(shown(server, commune)) == 2  # the first and what came in the month
    with server.base.writing() as connection:
        devices.admit(connection, server.who, 2, "Đã xem", server.now_ms)
    syncing.sync(own, roads[0])
    assert len(lookup.newest(own)) == 3
    assert proven(own) == []


def test_before_its_first_day_it_is_told_the_rules_and_no_dossier(server, commune, offices):
    own, laptop = offices
    road = enrol(server, commune, own)
    receive(own)
    syncing.sync(own, road)
    assert line(server, 1)["posted"][0]["until"] is None

    early = enter(server, commune, laptop, Posting(TODAY + 2 * DAY, None, True))
    syncing.sync(laptop, early)

    assert lookup.newest(laptop) == []
    assert laptop.commune().leases.keys() == own.commune().leases.keys()  # its own begins with its days
    with pytest.raises(NotAllowed, match="posting-not-begun"):
        receive(laptop)

    server.now_ms += 2 * MS
    syncing.sync(laptop, early)
    syncing.sync(laptop, early)
    assert len(lookup.newest(laptop)) == 1
    assert len(laptop.commune().leases) == 2


@pytest.mark.parametrize("told", [True, False])
def test_a_server_put_back_learns_the_days_again_from_the_machines(server, commune, lent, told):
    (own, laptop), roads, walls = lent
    copy = bases.kept(server.base)
    post(server, 2, Posting(TODAY, TODAY))
    for _ in range(2):
        syncing.sync(own, roads[0])
    receive(own)
    if told:
        syncing.sync(laptop, roads[1])

    bases.put_back(server.base, copy)
    go_on(server, walls, 1)
    for _ in range(3):
        syncing.sync(own, roads[0])
    syncing.sync(laptop, roads[1])
    syncing.sync(laptop, roads[1])

    assert len(lookup.newest(laptop)) == 1
    assert line(server, 2)["posted"][0]["until"] == TODAY.isoformat()
    with pytest.raises(NotAllowed, match="posting-over"):
        receive(laptop)


def test_a_machine_of_two_communes_has_a_store_for_each_and_is_revoked_in_both(server, commune, offices):
    other = bases.commune_in(server.base, "H55.24", "UBND xã Khác")
    one, two = offices
    roads = [enrol(server, commune, one), enter(server, other, two, Posting(TODAY), also=1)]
    receive(one)
    for office, road in zip(offices, roads, strict=True):
        syncing.sync(office, road)
    assert (len(lookup.newest(one)), lookup.newest(two)) == (1, [])
    assert [line(server, n)["machine"] for n in (1, 2)] == [1, 1]

    with server.base.writing() as connection:
        devices.revoke(connection, server.who, 2, "Bị mất", server.now_ms)

    assert [syncing.sync(o, r).revoked for o, r in zip(offices, roads, strict=True)] == [True, True]
    with pytest.raises(AlreadyThere), server.base.writing() as connection:
        devices.revoke(connection, server.who, 1, "", server.now_ms)


def test_bad_days_and_unknown_machines_are_refused_and_nothing_is_written(server, commune, offices):
    enrol(server, commune, offices[0])
    with pytest.raises(BadInput, match="posting-ends-first"):
        Posting.set_on(TODAY, None, TODAY - DAY)
    with pytest.raises(NotFound, match="no-such-machine"):
        enter(server, commune, offices[1], Posting(TODAY), also=7)
    assert line(server, 1)["posted"][0]["until"] is None
    assert verdict_of(server, commune).healthy
    assert date.fromisoformat(line(server, 1)["posted"][0]["since"]) == TODAY


def test_a_clock_turned_back_takes_no_day_away_that_has_begun(server, commune, lent):
    (own, laptop), roads, walls = lent
    receive(own)
    syncing.sync(own, roads[0])
    server.now_ms -= 60 * MS
    walls[1].now -= 60 * DAY
    laptop.set_clock(laptop.session(), walls[1].now)

    syncing.sync(laptop, roads[1])
    receive(laptop)
    syncing.sync(laptop, roads[1])
    syncing.sync(own, roads[0])

    assert len(lookup.newest(laptop)) == len(lookup.newest(own)) == len(shown(server, commune)) == 3
