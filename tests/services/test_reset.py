"""A forgotten PIN is set anew by a second officer who has the recovery sheet in hand."""

import pytest

from counter_app.domain.errors import BadInput, NoKey, NotPermitted
from counter_app.services import accounts, opening
from counter_app.services.opening import NewStore, Openers
from counter_app.system.paths import Places
from tests.services.stores import Wall
from tests.vaults import OpenVault


def make(folder, vault):
    """A store, and the words of its sheet."""
    words = []
    order = NewStore("H55.242", "UBND xã Ea Mlung", device="QUẦY 1", sheet=words.append)
    office = opening.create(Places(folder), order, Openers(vault), Wall())
    return office, words[0]


@pytest.fixture
def made(tmp_path):
    office, words = make(tmp_path / "store", OpenVault())
    accounts.set_pin(office, office.session(), "9999")
    admin = office.session("admin", lambda: "9999")
    accounts.add_officer(office, admin, "lan", "H’Lan", "officer", "1234")
    accounts.add_officer(office, admin, "xem", "Người xem", "reader", "4321")
    yield office, words
    office.close()


def as_(office, officer, pin):
    return office.session(officer, lambda: pin)


def test_a_second_officer_with_the_sheet_sets_a_new_pin(made):
    office, words = made
    for _ in range(3):
        with pytest.raises(NotPermitted):
            as_(office, "admin", "0000")

    accounts.reset_pin(office, as_(office, "lan", "1234"), "admin", "7777", words)

    assert as_(office, "admin", "7777").officer.id == "admin"
    told = office.commune().arranged.events[-1]
    assert (told.header.kind, told.header.actor) == ("officer_set", "lan")


def test_nobody_resets_his_own_and_a_reader_resets_none(made):
    office, words = made

    with pytest.raises(NotPermitted, match="second-officer"):
        accounts.reset_pin(office, as_(office, "lan", "1234"), "lan", "7777", words)
    with pytest.raises(NotPermitted, match="role-lacks-right"):
        accounts.reset_pin(office, as_(office, "xem", "4321"), "lan", "7777", words)
    with pytest.raises(NotPermitted, match="no-such-officer"):
        accounts.reset_pin(office, as_(office, "lan", "1234"), "ai", "7777", words)


def test_the_sheet_of_another_store_does_not_do(made, tmp_path):
    office, words = made
    other, others = make(tmp_path / "other", OpenVault())
    other.close()
    lan = as_(office, "lan", "1234")

    for sheet, refusal in ((others, NoKey), ("", BadInput), (words[:-6], BadInput)):
        with pytest.raises(refusal):
            accounts.reset_pin(office, lan, "admin", "7777", sheet)
    with pytest.raises(BadInput, match="pin-shape"):
        accounts.reset_pin(office, lan, "admin", "7", words)

    assert as_(office, "admin", "9999").officer.id == "admin"
