"""Two communes become one: machines, dossiers and numbers go on together, nothing is lost or doubled."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from counter_app.district import devices, journal, lines, merging
from counter_app.district.identity import current
from counter_app.district.issuing import issue
from counter_app.district.ledger import CommuneLedger
from counter_app.domain.errors import BadInput, NotFound, Unreachable
from counter_app.domain.issued import Issue, What
from counter_app.services import keeping, lookup, opening, safety, syncing
from counter_app.services.opening import NewStore
from tests.district import bases
from tests.district.test_exchange import Road, enrol, invite, server, states
from tests.district.test_posting import DAY, MS, Posting, line, post
from tests.district.test_revoking import proven
from tests.district.test_whole import shown, verdict_of
from tests.services.stores import MORNING, Counter, Wall, receive

__all__ = ["server"]


def counter(folder, agency, name, late=timedelta()):
    made = Counter(folder, Wall(MORNING + late), device=name)
    new = NewStore(agency, f"UBND xã {agency}", device=name, sheet=lambda words: None)
    opening.create(made.places, new, made.openers, made.wall).close()
    return made


@pytest.fixture
def two(server, tmp_path):
    """Two communes, each with a machine that has received a dossier and synchronised."""
    server.now_ms = round(MORNING.timestamp() * 1000)
    homes = [
        bases.commune_in(server.base, "H55.242", "UBND xã Nậm Mây"),
        bases.commune_in(server.base, "H55.24", "UBND xã Tả Van"),
    ]
    made = [
        counter(tmp_path / str(n), agency, f"QUẦY {n}", n * timedelta(hours=1))
        for n, agency in enumerate(("H55.242", "H55.24"))
    ]
    offices = [one.open() for one in made]
    roads = [enrol(server, home, office) for home, office in zip(homes, offices, strict=True)]
    together(offices, roads)
    for office in offices:
        receive(office)
    together(offices, roads)
    yield homes, offices, roads
    for office in offices:
        office.close()


def together(offices, roads, rounds=3):
    for office, road in [*zip(offices, roads, strict=True)] * rounds:
        syncing.sync(office, road)


def merge(server, source, into):
    with server.base.writing() as connection:
        return merging.merge(connection, current(connection, server.who), source, into, server.now_ms)


def issue_much(server, homes):
    """More than one answer holds, so that a machine can hear of a merging in part."""
    for home in homes:
        for n in range(6):
            text = "".join(f"{hashlib.sha256(bytes([home, n, k])).hexdigest()}\n" for k in range(90))
            with server.base.writing() as connection:
                wanted = Issue(What.NOTICE, f"{home}-{n}", 0, text)
                issue(connection, current(connection, server.who), home, wanted, server.now_ms)


def codes(office):
    return sorted(line.code for line in lookup.newest(office))


def test_all_machines_show_the_dossiers_of_both_under_the_codes_that_they_have(server, two):
    homes, offices, roads = two
    before = [codes(office) for office in offices]
    assert before == [["H55.242-261120-1001"], ["H55.24-261120-1001"]]

    told = merge(server, homes[1], homes[0])
    together(offices, roads)

    assert (told["merged"], told["into"], told["machines"]) == ("H55.24", "H55.242", 1)
    assert codes(offices[0]) == codes(offices[1]) == sorted(before[0] + before[1])
    assert len(set(states(*offices))) == 1
    assert states(offices[0])[0] == verdict_of(server, homes[0]).state
    assert [safety.counts(office).pending for office in offices] == [0, 0]
    assert proven(offices[0]) == proven(offices[1]) == []
    assert verdict_of(server, homes[0]).healthy


def test_they_number_under_the_one_code_and_never_alike(server, two):
    homes, offices, roads = two
    merge(server, homes[1], homes[0])
    offline = receive(offices[1])  # it does not know yet: its own old code, its own old slot
    together(offices, roads)

    new = [receive(office).code for office in (*offices, *offices)]

    assert offline.code == "H55.24-261120-1002"
    assert new == ["H55.242-261120-1002", "H55.242-261120-2001", "H55.242-261120-1003", "H55.242-261120-2002"]
    assert [(o.commune().agency, o.commune().name) for o in offices] == [("H55.242", "UBND xã Nậm Mây")] * 2
    together(offices, roads)
    assert codes(offices[0]) == codes(offices[1])
    assert [conflict for o in offices for conflict in o.commune().conflicts] == []


@pytest.mark.parametrize("way", [(0, 1), (1, 0)])
@pytest.mark.parametrize("cut", [0, 1])
def test_no_number_is_given_twice_while_the_merging_is_known_in_part(server, two, way, cut):
    homes, offices, roads = two
    issue_much(server, homes)
    together(offices, roads)
    merge(server, homes[way[0]], homes[way[1]])

    given = [receive(offices[1 - cut]).code]
    cut_off(offices[cut], roads[cut], lambda so_far: given.append(receive(offices[cut]).code))
    together(offices, roads)

    assert len(given) == len(set(given)) > 1
    assert len(codes(offices[0])) == len(set(codes(offices[0]))) == len(given) + 2


def cut_off(office, road, then):
    """An exchange that gets through portion by portion, its last one never."""
    portions = []

    def progress(so_far):
        if not so_far.more:
            raise Unreachable("district-silent")
        portions.append(then(so_far))

    with pytest.raises(Unreachable):
        syncing.sync(office, road, progress)
    assert portions


@pytest.mark.parametrize("synced", [True, False])
def test_who_was_enrolled_under_the_old_code_takes_the_new_name_without_a_conflict(
    server, two, tmp_path, synced
):
    homes, offices, roads = two
    late = counter(tmp_path / "3", "H55.24", "QUẦY 3").open()
    road = enrol(server, homes[1], late)
    if synced:
        syncing.sync(late, road)
    merge(server, homes[1], homes[0])
    receive(late)
    together([late, *offices], [road, *roads])

    for office in (late, *offices):
        known = office.commune()
        assert (known.agency, known.name) == ("H55.242", "UBND xã Nậm Mây")
        assert known.conflicts == () and known.values["district"]["commune"] == homes[0]
    assert len(set(states(late, *offices))) == 1
    late.close()


def test_what_was_written_in_the_meantime_without_a_network_counts(server, two):
    homes, offices, roads = two
    for office in offices:
        receive(office)
    merge(server, homes[1], homes[0])
    together(offices, roads)

    assert len(codes(offices[0])) == len(codes(offices[1])) == len(shown(server, homes[0])) == 4


def test_the_old_code_finds_the_one_commune_and_its_number_is_never_given_again(server, two):
    homes, _, _ = two
    merge(server, homes[1], homes[0])

    with server.base.reading() as connection:
        assert devices.commune_of(connection, "H55.24") == homes[0]
        assert lines.numbers(connection) == [(homes[0], "H55.242")]
        assert CommuneLedger(connection, homes[1]).map.logs == {}
    assert bases.commune_in(server.base, "H55", "UBND xã Mới") == 3
    assert line(server, 2)["posted"] == [
        {"number": homes[0], "commune": "H55.242", "since": "2026-11-20", "until": None}
    ]


def test_its_days_in_the_one_end_where_those_in_the_other_begin(server, two):
    homes, _, _ = two
    server.now_ms += 5 * MS
    merge(server, homes[1], homes[0])

    assert [(one["number"], one["since"], one["until"]) for one in line(server, 2)["posted"]] == [
        (homes[1], "2026-11-20", "2026-11-24"),
        (homes[0], "2026-11-25", None),
    ]


def test_a_revoked_machine_stays_so_and_a_new_one_enters_with_its_old_code(server, two, tmp_path):
    homes, offices, roads = two
    with server.base.writing() as connection:
        devices.revoke(connection, server.who, 2, "Bị mất", server.now_ms)
    code = invite(server, homes[1], "MÁY MỚI")
    receive(offices[1])
    merge(server, homes[1], homes[0])

    assert syncing.sync(offices[1], roads[1]).revoked
    syncing.sync(offices[0], roads[0])
    assert len(codes(offices[0])) == len(shown(server, homes[0])) == 2
    third = counter(tmp_path / "3", "H55.242", "QUẦY 3").open()
    road = Road(server)
    syncing.enrol(third, third.session(), road, "http://localhost", code)
    together([third, offices[0]], [road, roads[0]])
    assert codes(third) == codes(offices[0])
    assert receive(third).code == "H55.242-261120-2001"
    assert proven(third) == []
    third.close()


def test_a_commune_without_machines_takes_another_in(server, tmp_path, two):
    homes, offices, roads = two
    empty = bases.commune_in(server.base, "H55", "UBND xã Mới")
    for home in homes:
        merge(server, home, empty)
    together(offices, roads)

    assert len(codes(offices[0])) == 2
    assert codes(offices[0]) == codes(offices[1])
    assert offices[0].commune().agency == offices[1].commune().agency == "H55"
    assert len({receive(office).code for office in offices}) == 2
    together(offices, roads)
    assert len(set(states(*offices))) == 1
    assert proven(offices[0]) == []


def test_a_server_put_back_before_it_is_given_all_again(server, two):
    homes, offices, roads = two
    copy = bases.kept(server.base)
    merge(server, homes[1], homes[0])
    together(offices, roads)

    bases.put_back(server.base, copy)
    together(offices, roads, 4)

    assert codes(offices[0]) == codes(offices[1])
    merge(server, homes[1], homes[0])
    together(offices, roads, 4)
    assert len(set(states(*offices))) == 1
    assert verdict_of(server, homes[0]).state == states(offices[0])[0]


def test_a_lent_machine_keeps_its_last_day(server, two):
    homes, offices, roads = two
    post(server, 2, Posting(MORNING.date(), MORNING.date() + 3 * DAY))
    merge(server, homes[1], homes[0])
    server.now_ms += 5 * MS
    receive(offices[0])
    together(offices[:1], roads[:1])

    syncing.sync(offices[1], roads[1])

    assert len(codes(offices[1])) == 1  # given nothing of the other commune


def test_not_into_itself(server, two):
    homes, offices, _ = two
    with pytest.raises(BadInput, match="merge-into-itself"):
        merge(server, homes[0], homes[0])
    assert keeping.verify(offices[0]).healthy


def test_a_merge_cut_off_leaves_both_as_they_were(server, two, monkeypatch):
    homes, offices, roads = two
    states_before = [verdict_of(server, home).state for home in homes]

    def power_cut(*given):
        raise RuntimeError("cut")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "settle_trust", power_cut)
        with pytest.raises(RuntimeError):
            merge(server, homes[1], homes[0])

    assert [verdict_of(server, home).state for home in homes] == states_before
    together(offices, roads)
    assert [len(codes(office)) for office in offices] == [1, 1]


def published(server, home, text, version=0):
    server.now_ms += 60_000
    with server.base.writing() as connection:
        wanted = Issue(What.NOTICE, "lich", version, text)
        issue(connection, current(connection, server.who), home, wanted, server.now_ms)


@pytest.mark.parametrize("older", [1, 3])
def test_of_a_text_that_both_had_the_one_that_was_issued_last_stays(server, two, older):
    homes, offices, roads = two
    for n in range(older):
        published(server, homes[1], f"Cũ {n}")
    published(server, homes[0], "Mới")
    together(offices, roads)
    merge(server, homes[1], homes[0])
    together(offices, roads)

    for office in offices:
        known = office.commune().issued
        assert [one.text for one in known.of(What.NOTICE)] == ["Mới"]
        assert not known.clashes and not known.awaited


def test_a_text_that_both_had_alike_is_not_issued_again(server, two):
    homes, offices, roads = two
    for home in homes:
        published(server, home, "Như nhau")
    merge(server, homes[1], homes[0])
    together(offices, roads)

    highest = offices[1].commune().issued.highest
    assert {key: version for key, version in highest.items() if key[0] == "notice"} == {("notice", "lich"): 1}


def test_who_comes_too_late_with_the_number_of_a_commune_that_was_writes_nothing(server, two):
    homes, _, _ = two
    merge(server, homes[1], homes[0])
    before = verdict_of(server, homes[0]).state

    late = [
        lambda: published(server, homes[1], "Muộn"),
        lambda: invite(server, homes[1], "MUỘN"),
        lambda: merge(server, homes[1], homes[0]),
        lambda: merge(server, homes[0], homes[1]),
    ]
    for act in late:
        with pytest.raises(NotFound, match="commune-gone"):
            act()

    assert verdict_of(server, homes[0]).state == before
    with server.base.reading() as connection:
        assert CommuneLedger(connection, homes[1]).map.logs == {}
        assert len(list(devices.lines(connection))) == 2


def test_a_machine_whose_days_are_over_keeps_its_last_day_and_is_leased_nothing(server, two):
    homes, offices, roads = two
    post(server, 2, Posting(MORNING.date(), MORNING.date() + DAY))
    server.now_ms += 5 * MS
    merge(server, homes[1], homes[0])
    together(offices, roads)

    assert [(one["number"], one["since"], one["until"]) for one in line(server, 2)["posted"]] == [
        (homes[1], "2026-11-20", "2026-11-21"),
        (homes[0], "2026-11-21", "2026-11-21"),
    ]
    assert len(offices[0].commune().leases) == 1
