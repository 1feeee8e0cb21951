"""Officers of communes that became one: each keeps his account, his PIN and his acts."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import NotPermitted
from counter_app.services import accounts, boards, lookup
from tests.district.test_exchange import server
from tests.district.test_merging import merge, together, two
from tests.district.test_posting import DAY
from tests.services.stores import receive

__all__ = ["server", "two"]
PINS = ("246810", "135791")
THEIRS = "admin~H55.24"


@pytest.fixture
def staffed(two):
    """In each commune an `admin` and a `lan`, with names and PINs of their own, who have worked."""
    _, offices, roads = two
    for n, (office, pin) in enumerate(zip(offices, PINS, strict=True)):
        accounts.change_officer(office, office.session(), "admin", name=f"Quản Trị {n}")
        accounts.set_pin(office, office.session(), pin)
        chief = office.session("admin", lambda pin=pin: pin)
        accounts.add_officer(office, chief, "lan", f"Lan {n}", "officer", f"11223{n}")
        receive(office, session=office.session("lan", lambda n=n: f"11223{n}"))
    together(offices, roads)
    return two


def sits(office, officer, pin):
    return office.session(officer, lambda: pin)


def people(office):
    return {one.id: (one.name, one.role.value) for one in accounts.officers(office)}


def named(office):
    """Who acted, event by event, of all dossiers."""
    known = office.commune()
    return {
        entry.ref: known.name_of(entry.event.header)
        for line in lookup.newest(office)
        for entry in lookup.story(office, line.dossier).entries
    }


def test_each_sits_down_with_his_own_pin_and_as_nobody_else(server, staffed):
    homes, offices, roads = staffed
    acts = [named(office) for office in offices]

    told = merge(server, homes[1], homes[0])
    together(offices, roads)

    assert told["accounts"] == [THEIRS, "lan~H55.24"]
    for office in offices:
        assert sits(office, "admin", PINS[0]).officer.name == "Quản Trị 0"
        assert sits(office, THEIRS, PINS[1]).officer.name == "Quản Trị 1"
        for officer, pin in (("admin", PINS[1]), (THEIRS, PINS[0]), ("lan", "112231")):
            with pytest.raises(NotPermitted, match="wrong-pin"):
                sits(office, officer, pin)
        assert named(office) == acts[0] | acts[1]
        assert office.commune().conflicts == ()
    assert people(offices[0]) == people(offices[1])


def test_who_sat_there_as_it_came_goes_on_as_himself(server, staffed):
    homes, offices, roads = staffed
    office = offices[1]
    session = sits(office, "lan", "112231")
    accounts.sat_down(office, "lan")
    merge(server, homes[1], homes[0])
    together(offices, roads)

    received = receive(office, session=session)
    together(offices, roads)

    for one in offices:
        known = one.commune()
        [act] = lookup.show(one, received.code)[0].entries[:1]
        assert (known.who(act.event.header), known.name_of(act.event.header)) == ("lan~H55.24", "Lan 1")
        items = [item for part in boards.board(one, one.now() + 30 * DAY) for item in part.items]
        holders = {item.line.code: item.holder for item in items}
        assert holders[received.code] == "Lan 1"
    assert office.standing_of(session, office.commune()).officer.id == "lan~H55.24"
    assert accounts.at_the_counter(office).officers[0].id == "lan~H55.24"
    accounts.change_pin(office, session, "112231", "998877")
    assert sits(office, "lan~H55.24", "998877").officer.name == "Lan 1"
    assert sits(office, "lan", "112230").officer.name == "Lan 0"


def test_wrong_pins_of_before_count_for_him_who_typed_them_alone(server, staffed):
    homes, offices, roads = staffed
    office = offices[1]
    for _ in range(4):
        with pytest.raises(NotPermitted):
            sits(office, "lan", "000000")
    merge(server, homes[1], homes[0])
    together(offices, roads)

    assert office.wait("lan~H55.24") > 0 and office.wait("lan") == 0
    assert sits(office, "lan", "112230").officer.name == "Lan 0"


@pytest.mark.parametrize("at", [0, 1])
def test_what_is_changed_afterwards_reaches_that_account_and_no_other(server, staffed, at):
    homes, offices, roads = staffed
    merge(server, homes[1], homes[0])
    together(offices, roads)
    office = offices[at]
    chief = sits(office, *(("admin", PINS[0]), (THEIRS, PINS[1]))[1 - at])  # he of the other commune

    accounts.change_officer(office, chief, "lan", role="cashier")
    accounts.change_officer(office, chief, "lan~H55.24", role="head", name="Lan Mới")
    accounts.add_officer(office, chief, "thu", "Thu", "officer")
    together(offices, roads)

    for one in offices:
        assert people(one) == {
            "admin": ("Quản Trị 0", "administrator"),
            "lan": ("Lan 0", "cashier"),
            THEIRS: ("Quản Trị 1", "administrator"),
            "lan~H55.24": ("Lan Mới", "head"),
            "thu": ("Thu", "officer"),
        }
        last = one.commune().arranged.events[-1]
        assert one.commune().who(last.header) == (THEIRS, "admin")[at]
