"""Officers' accounts: nobody is locked out, nobody acts without his PIN."""

import pytest

from counter_app.domain.errors import AlreadyThere, BadInput, NotPermitted
from counter_app.services import accounts
from tests.services.stores import Counter, receive


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


def knows(pin):
    return lambda: pin


def test_the_first_pin_guards_all_acts(office):
    accounts.add_officer(office, office.session(), "lan", "H’Lan", "officer", "1234")

    with pytest.raises(NotPermitted, match="officer-needed"):
        receive(office)
    with pytest.raises(NotPermitted, match="wrong-pin"):
        office.session("lan", knows("4321"))
    assert receive(office, office.session("lan", knows("1234"))).code


def test_an_administrator_whom_the_first_pin_overtook_may_set_his_own_and_nothing_else(office):
    accounts.add_officer(office, office.session(), "lan", "H’Lan", "officer", "1234")
    admin = office.session("admin")

    with pytest.raises(NotPermitted, match="pin-missing"):
        receive(office, admin)
    with pytest.raises(NotPermitted, match="pin-missing"):
        accounts.add_officer(office, admin, "hoa", "Hoa", "officer", "1234")
    accounts.set_pin(office, admin, "9876")

    with pytest.raises(NotPermitted, match="wrong-pin"):
        office.session("admin")
    accounts.add_officer(office, office.session("admin", knows("9876")), "hoa", "Hoa", "reader", "1111")
    assert {officer.id for officer in accounts.officers(office)} == {"admin", "lan", "hoa"}


def test_an_officer_without_a_pin_does_not_act_where_others_have_one(office):
    accounts.add_officer(office, office.session(), "hoa", "Hoa", "officer")
    accounts.add_officer(office, office.session(), "lan", "H’Lan", "officer", "1234")

    with pytest.raises(NotPermitted, match="pin-missing"):
        office.session("hoa")


@pytest.mark.parametrize(
    ("account", "role", "failure"),
    [("Lan!", "officer", BadInput), ("lan", "chief", BadInput), ("admin", "officer", AlreadyThere)],
)
def test_what_is_no_account_is_refused(office, account, role, failure):
    with pytest.raises(failure):
        accounts.add_officer(office, office.session(), account, "Lan", role)


def admin_with_pin(office):
    accounts.set_pin(office, office.session(), "9876")
    return office.session("admin", knows("9876"))


def officer(office, account):
    return office.commune().officers[account]


def events(office):
    return len(office.commune().arranged.events)


def test_an_account_is_renamed_given_another_role_shut_and_opened_again(office):
    admin = admin_with_pin(office)
    accounts.add_officer(office, admin, "lan", "H’Lan", "officer", "1234")

    accounts.change_officer(office, admin, "lan", name="H’Lan Niê", role="cashier")
    accounts.change_officer(office, admin, "lan", active=False)
    with pytest.raises(NotPermitted, match="no-such-officer"):
        office.session("lan", knows("1234"))
    accounts.change_officer(office, admin, "lan", active=True)

    lan = office.session("lan", knows("1234")).officer
    assert (lan.name, lan.role.value) == ("H’Lan Niê", "cashier")


def test_what_is_so_already_is_not_written_again(office):
    admin = admin_with_pin(office)
    accounts.add_officer(office, admin, "lan", "H’Lan", "officer", "1234")
    before = events(office)

    accounts.change_officer(office, admin, "lan", name=" H’Lan ", role="officer", active=True)

    assert events(office) == before


@pytest.mark.parametrize("change", [{"active": False}, {"role": "officer"}])
def test_the_last_administrator_with_a_pin_stays(office, change):
    admin = admin_with_pin(office)
    accounts.add_officer(office, admin, "hoa", "Hoa", "administrator")

    with pytest.raises(NotPermitted, match="last-administrator"):
        accounts.change_officer(office, admin, "admin", **change)

    accounts.change_officer(office, admin, "admin", name="Chị Quản trị")
    accounts.add_officer(office, admin, "nam", "Nam", "administrator", "1111")
    accounts.change_officer(office, admin, "admin", **change)
    assert office.session("nam", knows("1111")).officer.id == "nam"


def test_while_nobody_has_a_pin_no_administrator_is_shut(office):
    accounts.add_officer(office, office.session(), "hoa", "Hoa", "administrator")

    with pytest.raises(NotPermitted, match="last-administrator"):
        accounts.change_officer(office, office.session(), "admin", active=False)


@pytest.mark.parametrize("role", ["officer", "head", "cashier", "reader"])
def test_only_an_administrator_changes_accounts(office, role):
    admin = admin_with_pin(office)
    accounts.add_officer(office, admin, "lan", "H’Lan", role, "1234")

    with pytest.raises(NotPermitted, match="role-lacks-right"):
        accounts.change_officer(office, office.session("lan", knows("1234")), "admin", name="Lan")


def test_a_strangers_account_is_not_made_by_changing_it(office):
    with pytest.raises(NotPermitted, match="no-such-officer"):
        accounts.change_officer(office, office.session(), "khach", name="Khách")


def test_ones_own_pin_changes_only_with_the_old_one_and_a_reader_has_one_too(office):
    admin = admin_with_pin(office)
    accounts.add_officer(office, admin, "xem", "Người xem", "reader", "4321")
    reader = office.session("xem", knows("4321"))

    with pytest.raises(NotPermitted, match="wrong-pin"):
        accounts.change_pin(office, reader, "0000", "5555")
    accounts.change_pin(office, reader, "4321", "5555")

    assert office.session("xem", knows("5555")).officer.id == "xem"


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("Nguyễn Thị Lan", "lan.nt"),
        ("Đặng Văn Đức", "duc.dv"),
        ("H’Loan Niê Kđăm", "hloan.nk"),
        ("Y Bhim Mlô", "ybhim.m"),
        ("Hoa", "hoa"),
        ("9 Núi", "nui.9"),
        ("Núi 9", "cb.9.n"),
        ("…", ""),
    ],
)
def test_an_id_is_proposed_from_a_name(name, proposed):
    assert accounts.proposed_id(name, ()) == proposed
    if proposed:
        assert accounts.proposed_id(name, {proposed, proposed + "2"}) == proposed + "3"


def test_who_sat_here_last_stands_first(office):
    admin = admin_with_pin(office)
    for account, name in (("lan", "Lan"), ("hoa", "Hoa"), ("nghi", "Nghỉ")):
        accounts.add_officer(office, admin, account, name, "officer", "1234")
    accounts.change_officer(office, admin, "nghi", active=False)

    accounts.sat_down(office, "hoa")
    accounts.sat_down(office, "lan")
    accounts.sat_down(office, "hoa")

    assert [o.id for o in accounts.at_the_counter(office).officers] == ["hoa", "lan", "admin"]


def test_an_administrator_gives_a_first_pin_and_never_a_second(office):
    admin = admin_with_pin(office)
    accounts.add_officer(office, admin, "hoa", "Hoa", "officer")

    accounts.give_pin(office, admin, "hoa", "1111")

    assert office.session("hoa", knows("1111")).officer.id == "hoa"
    with pytest.raises(NotPermitted, match="pin-there"):
        accounts.give_pin(office, admin, "hoa", "2222")
    with pytest.raises(NotPermitted, match="role-lacks-right"):
        accounts.give_pin(office, office.session("hoa", knows("1111")), "admin", "2222")
