"""Two machines shut each other's administrators: both shuttings stand, and the sheet gives one back."""

import pytest

from counter_app.domain.errors import NoKey, NotAllowed, NotPermitted
from counter_app.services import accounts, exchange, keeping, opening
from counter_app.services.opening import NewStore, Openers
from counter_app.system.paths import Places
from tests.services.stores import Wall
from tests.vaults import OpenVault

PINS = {"hoa": "1111", "nam": "2222", "lan": "3333"}


def as_(office, officer):
    return office.session(officer, lambda: PINS[officer])


def make(folder, device, wall):
    words = []
    order = NewStore("H55.242", "UBND xã Ea Mlung", device=device, sheet=words.append)
    return opening.create(Places(folder), order, Openers(OpenVault()), wall), words[0]


@pytest.fixture
def pair(tmp_path):
    """Two machines on which Hoa and Nam are the administrators, and the words of their sheets."""
    wall = Wall()
    (one, sheet), (two, other) = make(tmp_path / "1", "QUẦY 1", wall), make(tmp_path / "2", "QUẦY 2", wall)
    exchange.offer(two, tmp_path / "offer")
    exchange.accept(one, one.session(), tmp_path / "offer", tmp_path / "reply")
    exchange.finish(two, two.session(), tmp_path / "reply")
    admin = one.session()
    accounts.add_officer(one, admin, "hoa", "Hoa", "administrator", PINS["hoa"])
    accounts.add_officer(one, as_(one, "hoa"), "nam", "Nam", "administrator", PINS["nam"])
    accounts.add_officer(one, as_(one, "hoa"), "lan", "H’Lan", "officer", PINS["lan"])
    accounts.change_officer(one, as_(one, "hoa"), "admin", active=False)
    exchange.export(one, as_(one, "hoa"), tmp_path / "all")
    exchange.bring_in(two, two.session(), tmp_path / "all")
    yield one, two, sheet, other
    one.close()
    two.close()


def meet(one, two, folder, first="hoa", second="nam"):
    """Both export before either imports."""
    exchange.export(one, as_(one, first), folder / "from-one")
    exchange.export(two, as_(two, second), folder / "from-two")
    exchange.bring_in(one, as_(one, "lan"), folder / "from-two")
    exchange.bring_in(two, as_(two, "lan"), folder / "from-one")


def shut_each_other(one, two, folder, **change):
    accounts.change_officer(one, as_(one, "hoa"), "nam", **change)
    accounts.change_officer(two, as_(two, "nam"), "hoa", **change)
    meet(one, two, folder)


@pytest.mark.parametrize("change", [{"active": False}, {"role": "officer"}])
def test_both_stand_and_both_machines_say_that_nobody_is_left(pair, tmp_path, change):
    one, two, _, _ = pair

    shut_each_other(one, two, tmp_path, **change)

    assert keeping.verify(one).state == keeping.verify(two).state
    for office in (one, two):
        known = office.commune()
        assert known.leaderless
        assert [officer.id for officer in known.administrators_ever] == ["admin", "hoa", "nam"]
        assert [officer.id for officer in accounts.at_the_counter(office).reopenable] == [
            "admin",
            "hoa",
            "nam",
        ]


def test_the_sheet_gives_one_back_and_the_other_machine_learns_of_it(pair, tmp_path):
    one, two, sheet, _ = pair
    shut_each_other(one, two, tmp_path, active=False)

    back = accounts.reopen_administrator(one, "hoa", "7777", sheet)

    assert (back.active, back.role.value) == (True, "administrator")
    hoa = one.session("hoa", lambda: "7777")
    accounts.change_officer(one, hoa, "nam", active=True)
    told = [event.header.actor for event in one.commune().arranged.events[-2:]]
    assert told == ["hoa", "hoa"]
    exchange.export(one, hoa, tmp_path / "after")
    exchange.bring_in(two, as_(two, "lan"), tmp_path / "after")
    assert two.session("hoa", lambda: "7777").officer.id == "hoa"
    assert as_(two, "nam").officer.id == "nam"
    assert keeping.verify(one).state == keeping.verify(two).state


def test_each_machine_may_take_one_back_by_its_own_sheet_and_both_are_there_then(pair, tmp_path):
    one, two, sheet, other = pair
    shut_each_other(one, two, tmp_path, active=False)

    accounts.reopen_administrator(one, "hoa", PINS["hoa"], sheet)
    accounts.reopen_administrator(two, "nam", PINS["nam"], other)
    meet(one, two, tmp_path)

    assert keeping.verify(one).state == keeping.verify(two).state
    for office in (one, two):
        assert as_(office, "hoa").officer.active and as_(office, "nam").officer.active


def test_while_an_administrator_is_there_the_sheet_opens_no_account(pair):
    one, _, sheet, _ = pair

    with pytest.raises(NotAllowed, match="administrator-there"):
        accounts.reopen_administrator(one, "admin", "7777", sheet)


def test_only_who_was_an_administrator_comes_back_and_only_by_this_stores_sheet(pair, tmp_path):
    one, two, sheet, other = pair
    shut_each_other(one, two, tmp_path, active=False)

    with pytest.raises(NotPermitted, match="never-administrator"):
        accounts.reopen_administrator(one, "lan", "7777", sheet)
    with pytest.raises(NoKey):
        accounts.reopen_administrator(one, "hoa", "7777", other)
    assert one.commune().leaderless


def test_where_nobody_at_all_may_sit_down_the_store_can_still_be_read(pair, tmp_path):
    one, two, _, _ = pair
    accounts.change_officer(one, as_(one, "hoa"), "lan", active=False)
    accounts.change_officer(one, as_(one, "hoa"), "nam", active=False)
    accounts.change_officer(two, as_(two, "nam"), "hoa", active=False)
    exchange.export(two, as_(two, "nam"), tmp_path / "bundle")

    exchange.bring_in(one, as_(one, "hoa"), tmp_path / "bundle")

    assert one.session().officer is None
    assert accounts.at_the_counter(one).officers == ()
