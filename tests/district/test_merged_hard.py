"""Communes that become one while something else is amiss: copies, locks, sticks, disputes, a lost machine."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.district import devices
from counter_app.district.ordering import order
from counter_app.domain.errors import NotAllowed, NotPermitted
from counter_app.domain.orders import Order
from counter_app.services import accounts, acts, exchange, keeping, lookup, safety, slips
from counter_app.services.salvage import salvage
from tests.district.test_exchange import copy_of, server, states
from tests.district.test_merged_accounts import PINS, named, people, sits, staffed
from tests.district.test_merging import codes, counter, cut_off, enrol, issue_much, merge, together, two
from tests.district.test_replacing import SHUT, enter
from tests.district.test_revoking import proven
from tests.district.test_whole import verdict_of
from tests.services.stores import receive

__all__ = ["server", "staffed", "two"]


def whole(server, home, *offices):
    """All show the same, what the district has is safe, and nothing is broken."""
    assert len(set(states(*offices))) == 1
    assert verdict_of(server, home).state == states(offices[0])[0]
    assert [safety.counts(office).pending for office in offices] == [0] * len(offices)
    assert [proven(office) for office in offices] == [[]] * len(offices)
    assert len({frozenset(people(office).items()) for office in offices}) == 1


@pytest.mark.parametrize("cut", [0, 1])
def test_nobody_is_another_while_the_merging_is_known_in_part(server, staffed, cut):
    homes, offices, roads = staffed
    issue_much(server, homes)
    together(offices, roads)
    merge(server, homes[1], homes[0])
    together(offices[1 - cut :][:1], roads[1 - cut :][:1])
    office = offices[cut]
    found = []

    def look(_):
        known = office.commune()
        id_ = known.homes.account(office.origin, "lan")
        found.append(known.officers[id_].name)
        assert sits(office, id_, f"11223{cut}")
        assert not [one for one in known.conflicts if one.field.startswith("officer/")]

    cut_off(office, roads[cut], look)
    assert set(found) == {f"Lan {cut}"}


@pytest.mark.parametrize("which", [0, 1])
def test_a_copied_machine_and_its_copy_both_go_on_in_the_one_commune(server, staffed, tmp_path, which):
    homes, offices, roads = staffed
    copy = copy_of(offices[which], tmp_path / "copy")
    for n, office in enumerate((offices[which], copy)):
        receive(office, session=sits(office, "lan", f"11223{which}"), applicant={"name": f"Nhánh {n}"})
    merge(server, homes[1], homes[0])
    for _ in range(3):
        together([*offices, copy], [*roads, roads[which]])

    whole(server, homes[0], *offices, copy)
    mine = "lan" if which == 0 else "lan~H55.24"
    for office in (*offices, copy):
        who = {line.applicant: named_first(office, line.dossier) for line in lookup.newest(office)}
        assert who["Nhánh 0"] == who["Nhánh 1"] == (mine, f"Lan {which}")
    copy.close()


def named_first(office, dossier):
    known, entry = office.commune(), lookup.story(office, dossier).entries[0]
    return known.who(entry.event.header), known.name_of(entry.event.header)


def test_a_locked_machine_stays_locked_and_opens_by_the_one_district(server, staffed):
    homes, offices, roads = staffed
    with server.base.writing() as connection:
        order(connection, server.who, 2, Order.LOCK, "Kiểm tra", server.now_ms)
    merge(server, homes[1], homes[0])
    together(offices, roads)
    with pytest.raises(NotPermitted, match="machine-locked"):
        sits(offices[1], "admin~H55.24", PINS[1])
    assert sits(offices[0], "admin~H55.24", PINS[1])

    with server.base.writing() as connection:
        order(connection, server.who, 2, Order.UNLOCK, "", server.now_ms)
    together(offices, roads)
    assert sits(offices[1], "admin~H55.24", PINS[1])
    whole(server, homes[0], *offices)


def test_of_a_revoked_machine_the_acts_keep_their_person(server, staffed):
    homes, offices, roads = staffed
    before = named(offices[1])
    with server.base.writing() as connection:
        devices.revoke(connection, server.who, 2, "Bị mất", server.now_ms)
    merge(server, homes[1], homes[0])
    receive(offices[1], session=sits(offices[1], "lan", "112231"))
    together(offices, roads)

    assert named(offices[0]).items() >= before.items()
    assert verdict_of(server, homes[0]).state == states(offices[0])[0]


def test_a_machine_that_takes_the_place_of_a_dead_one_shows_both_and_what_its_disk_held(
    server, staffed, tmp_path
):
    homes, offices, roads = staffed
    late = receive(offices[1], session=sits(offices[1], "lan", "112231"))  # was never sent
    offices[1].database.fold_in()
    offices[1].close()
    merge(server, homes[1], homes[0])
    new = counter(tmp_path / "new", "H55.242", "MÁY THAY").open()
    road = enter(server, homes[0], new, 2)
    salvage(new, sits(new, "admin~H55.24", PINS[1]), tmp_path / "1", SHUT)
    together([new, offices[0]], [road, roads[0]])

    whole(server, homes[0], new, offices[0])
    for office in (new, offices[0]):
        [found] = lookup.show(office, late.code)
        assert named_first(office, found.id) == ("lan~H55.24", "Lan 1")
        assert sits(office, "admin", PINS[0]).officer.name == "Quản Trị 0"
    new.close()


def test_a_stick_tells_a_machine_of_the_merging_and_it_keeps_its_people(server, staffed, tmp_path):
    homes, offices, roads = staffed
    third = counter(tmp_path / "3", "H55.24", "QUẦY 3").open()
    road = enrol(server, homes[1], third)
    together([third, offices[1]], [road, roads[1]])
    merge(server, homes[1], homes[0])
    together(offices, roads)
    exchange.export(offices[1], sits(offices[1], "lan~H55.24", "112231"), tmp_path / "stick")
    exchange.bring_in(third, sits(third, "lan", "112231"), tmp_path / "stick")

    assert people(third) == people(offices[0])
    assert sits(third, "lan~H55.24", "112231").officer.name == "Lan 1"
    received = receive(third, session=sits(third, "lan", "112230"))  # one of the other commune sits here
    exchange.export(third, sits(third, "admin", PINS[0]), tmp_path / "back")
    exchange.bring_in(offices[0], sits(offices[0], "admin", PINS[0]), tmp_path / "back")
    for office in (third, offices[0]):
        [found] = lookup.show(office, received.code)
        assert named_first(office, found.id) == ("lan", "Lan 0")
    together([third, *offices], [road, *roads])
    whole(server, homes[0], third, *offices)
    third.close()


def test_a_stick_between_strangers_is_refused_until_the_district_has_made_them_one(server, staffed, tmp_path):
    homes, offices, roads = staffed
    stick, chief = tmp_path / "stick", sits(offices[1], "admin", PINS[1])
    with pytest.raises(NotAllowed, match="nobody-paired"):
        exchange.export(offices[0], sits(offices[0], "admin", PINS[0]), stick)
    merge(server, homes[1], homes[0])
    together(offices[:1], roads[:1])

    exchange.export(offices[0], sits(offices[0], "admin", PINS[0]), stick)
    exchange.bring_in(offices[1], chief, stick)  # it brings the district's word that they are one

    assert people(offices[1]) == people(offices[0])
    assert sits(offices[1], "admin~H55.24", PINS[1]).officer.name == "Quản Trị 1"
    together(offices, roads)
    whole(server, homes[0], *offices)


def test_machines_that_were_paired_before_part_their_accounts_again(server, staffed, tmp_path):
    homes, offices, roads = staffed
    chiefs = [sits(office, "admin", pin) for office, pin in zip(offices, PINS, strict=True)]
    exchange.offer(offices[1], tmp_path / "offer")
    exchange.accept(offices[0], chiefs[0], tmp_path / "offer", tmp_path / "reply")
    exchange.finish(offices[1], chiefs[1], tmp_path / "reply")
    exchange.export(offices[0], chiefs[0], tmp_path / "stick")
    exchange.bring_in(offices[1], chiefs[1], tmp_path / "stick")
    together(offices, roads)

    merge(server, homes[1], homes[0])
    together(offices, roads)

    whole(server, homes[0], *offices)
    for office in offices:
        assert sits(office, "admin", PINS[0]).officer.name == "Quản Trị 0"
        assert sits(office, "admin~H55.24", PINS[1]).officer.name == "Quản Trị 1"


def test_a_dispute_within_one_commune_stays_one_and_is_settled_in_the_other(server, two, tmp_path):
    homes, offices, roads = two
    third = counter(tmp_path / "3", "H55.24", "QUẦY 3").open()
    road = enrol(server, homes[1], third)
    apart, roads_apart = [third, offices[1]], [road, roads[1]]
    together(apart, roads_apart)
    [code] = codes(offices[1])
    for n, office in enumerate(apart):
        accounts.change_officer(office, office.session(), "admin", name=f"Tên {n}")
        acts.finish(office, office.session(), code)
        acts.hand_back(office, office.session(), code, to=f"Người {n}")
    merge(server, homes[1], homes[0])
    together([third, *offices], [road, *roads])

    for office in (third, *offices):
        [found] = lookup.show(office, code)
        assert "return" in {one.field for one in found.conflicts}
        assert [one.field for one in office.commune().conflicts] == ["officer/admin~H55.24/name"]
    accounts.change_officer(offices[0], offices[0].session(), "admin~H55.24", name="Tên Chung")
    together([third, *offices], [road, *roads])
    assert offices[1].commune().conflicts == ()
    whole(server, homes[0], third, *offices)
    third.close()


def test_a_dossier_of_the_commune_that_was_is_returned_at_the_other_counter(server, staffed):
    homes, offices, roads = staffed
    merge(server, homes[1], homes[0])
    together(offices, roads)
    office, code = offices[0], "H55.24-261120-1001"

    lan = sits(office, "lan", "112230")
    acts.finish(office, lan, code)
    acts.hand_back(office, lan, code, to="Người nhận")
    together(offices, roads)

    for one in offices:
        [found] = lookup.show(one, code)
        assert [one.commune().who(e.event.header) for e in found.entries][-1] == "lan"
        assert found.state == "returned"


def test_slips_of_before_are_keyed_in_and_reconciled_under_the_code_on_their_paper(server, two):
    homes, offices, roads = two
    other = receive(offices[0]).code
    old = slips.print_pad(offices[1], offices[1].session(), 2, paper="a5").codes
    merge(server, homes[1], homes[0])
    together(offices, roads)
    day = date(2026, 11, 20)
    assert other == "H55.242-261120-1002"
    assert slips.reconcile(offices[1], day)["slips_open"] == 2

    receive(offices[1])
    keyed = receive(offices[1], slip=old[0], late_reason="mất điện")
    told = slips.reconcile(offices[1], day)

    assert keyed.code == old[0] and old[0].startswith("H55.24-")
    assert told["given"] == 4
    assert (told["received"], told["slips_open"], told["missing"]) == (3, 1, [])
    together(offices, roads)
    assert slips.find(offices[0], old[0]).state == slips.USED
    assert keeping.verify(offices[0]).healthy
