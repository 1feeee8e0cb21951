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
