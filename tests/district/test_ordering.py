"""A counter that the district locked: nobody sits there, all stays, and the sheet opens it."""

from __future__ import annotations

import pytest

from counter_app.district.ordering import order
from counter_app.domain.errors import AlreadyThere, BadInput, NoKey, NotAllowed, NotFound, NotPermitted
from counter_app.domain.orders import Order
from counter_app.services import accounts, lookup, opening, syncing
from counter_app.services.opening import NewStore
from counter_app.words.errors import sentence
from tests.district.test_exchange import enrol, invite
from tests.services.stores import Counter, receive


@pytest.fixture
def counter(tmp_path):
    """A machine whose recovery sheet is at hand."""
    made, words = Counter(tmp_path / "one"), []
    new = NewStore("H55.242", "UBND xã Ea Mlung", device="QUẦY 1", sheet=words.append)
    opening.create(made.places, new, made.openers, made.wall).close()
    office = made.open()
    office.sheet = words[0]
    yield office
    office.close()


@pytest.fixture
def met(server, commune, counter):
    road = enrol(server, commune, counter)
    syncing.sync(counter, road)
    return counter, lambda: syncing.sync(counter, road)


def tell(server, wanted, number=1, reason="máy bị mất"):
    with server.base.writing() as connection:
        return order(connection, server.who, number, wanted, reason, server.now_ms)


def test_nobody_sits_there_until_it_is_opened_again(server, met):
    office, sync = met
    session = office.session()
    received = receive(office, session)
    tell(server, Order.LOCK)
    sync()

    with pytest.raises(NotPermitted, match="machine-locked") as refused:
        office.session()
    assert sentence(refused.value) == (
        "Quầy này bị máy chủ khóa, lý do: máy bị mất; hãy hỏi nơi quản lý máy chủ, "
        "hoặc mở bằng phiếu khôi phục."
    )
    assert accounts.at_the_counter(office).lock is not None
    assert [line.dossier for line in lookup.newest(office)] == [received.dossier]

    tell(server, Order.UNLOCK)
    sync()
    assert office.session().officer is not None


def test_the_other_counter_goes_on(server, commune, met, offices):
    _, sync = met
    road = enrol(server, commune, offices[1])
    tell(server, Order.LOCK)
    sync()
    syncing.sync(offices[1], road)

    assert offices[1].session().officer is not None


def test_the_sheet_opens_it_until_the_next_order(server, met):
    office, sync = met
    tell(server, Order.LOCK)
    sync()
    wrong = office.sheet.replace(office.sheet[:5], "babab")
    with pytest.raises((BadInput, NoKey)):
        accounts.overrule_lock(office, wrong)
    assert office.lock() is not None

    accounts.overrule_lock(office, office.sheet)
    assert office.session().officer is not None
    with pytest.raises(NotAllowed, match="not-locked-here"):
        accounts.overrule_lock(office, office.sheet)

    tell(server, Order.UNLOCK)
    tell(server, Order.LOCK)
    sync()
    assert office.lock() is not None


@pytest.mark.parametrize(
    ("number", "wanted", "why"),
    [
        (9, Order.LOCK, "no-such-machine"),
        (2, Order.LOCK, "machine-not-entered"),
        (1, Order.UNLOCK, "machine-not-locked"),
    ],
)
def test_an_order_that_cannot_be_is_refused_with_a_sentence(server, commune, met, number, wanted, why):
    invite(server, commune)
    with pytest.raises((NotFound, NotAllowed), match=why) as refused:
        tell(server, wanted, number)
    assert sentence(refused.value).endswith(".") and str(number) in sentence(refused.value)


def test_to_lock_twice_is_told(server, met):
    tell(server, Order.LOCK)
    with pytest.raises(AlreadyThere, match="machine-locked-already"):
        tell(server, Order.LOCK)
