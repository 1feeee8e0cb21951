"""A dead machine is replaced: the new one has all that was safe, and what the old disk still holds."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from counter_app.crypto.escrow import open_key, seal_key
from counter_app.crypto.sealing import SealingKey
from counter_app.crypto.signing import Signer
from counter_app.district import devices
from counter_app.domain.errors import CannotRead, NoKey, NotAllowed, NotFound, Refused
from counter_app.domain.training import AGENCY
from counter_app.services import accounts, keeping, lookup, opening, safety, syncing, yielding
from counter_app.services.opening import NewStore, Openers
from counter_app.services.salvage import released, salvage
from counter_app.system.paths import Places
from tests.district.test_exchange import Road, enrol
from tests.district.test_whole import verdict_of
from tests.services.stores import MORNING, OPENERS, PASSPHRASE, Counter, Wall, receive
from tests.vaults import NoVault

SHUT = Openers(NoVault())


@pytest.fixture
def dead(server, commune, tmp_path):
    """The data folder of a machine that died with one dossier safe and one that was never sent."""
    office = Counter(tmp_path / "dead", device="QUẦY CŨ", openers=OPENERS).make().open()
    road = enrol(server, commune, office)
    receive(office)
    syncing.sync(office, road)
    receive(office)
    office.close()
    return tmp_path / "dead"


@pytest.fixture
def new(tmp_path):
    office = Counter(tmp_path / "new", device="QUẦY MỚI").make().open()
    yield office
    office.close()


def enter(server, commune, office, replaces=1):
    with server.base.writing() as connection:
        code = devices.invite(connection, commune, "QUẦY MỚI", server.now_ms, replaces)[1].text
    road = Road(server)
    syncing.enrol(office, office.session(), road, "http://localhost", code)
    syncing.sync(office, road)
    return road


def test_what_was_safe_comes_from_the_district_and_the_rest_from_the_old_disk(server, commune, dead, new):
    road = enter(server, commune, new)
    assert len(lookup.newest(new)) == 1

    told = salvage(new, new.session(), dead, SHUT)  # neither keyring, passphrase nor sheet
    syncing.sync(new, road)

    assert (told["received"], told["refused"], len(lookup.newest(new))) == (1, [], 2)
    assert (told["dossiers"], told["aside"]) == (2, False)
    assert keeping.verify(new).state == verdict_of(server, commune).state
    assert safety.counts(new).pending == 0


def test_again_is_harmless_and_the_old_disk_is_not_written(server, commune, dead, new):
    enter(server, commune, new)
    before = {path: path.read_bytes() for path in dead.rglob("*") if path.is_file()}
    salvage(new, new.session(), dead, SHUT)

    told = salvage(new, new.session(), dead, SHUT)

    assert (told["received"], len(lookup.newest(new))) == (0, 2)
    assert {path: path.read_bytes() for path in dead.rglob("*") if path.is_file()} == before
    assert not list(new.places.data.glob("salvage-*"))


def test_a_store_that_was_killed_gives_what_its_journal_holds(server, commune, tmp_path, new):
    office = Counter(tmp_path / "dead", device="QUẦY CŨ", openers=OPENERS).make().open()
    syncing.sync(office, enrol(server, commune, office))
    receive(office)
    shutil.copytree(office.places.data, tmp_path / "disk")  # its write-ahead log was never folded in
    office.close()
    enter(server, commune, new)

    assert salvage(new, new.session(), tmp_path / "disk", SHUT)["received"] == 1


def test_without_the_district_the_old_passphrase_opens_it(server, commune, dead, new):
    road = enrol(server, commune, new)
    syncing.sync(new, road)
    with pytest.raises(NoKey, match="old-store-shut"):
        salvage(new, new.session(), dead, SHUT)

    assert salvage(new, new.session(), dead, Openers(NoVault(), lambda: PASSPHRASE))["received"] == 1


def test_a_key_is_released_to_the_new_machine_alone(server, commune, dead, new, offices):
    road = enrol(server, commune, offices[0])
    enter(server, commune, new)
    syncing.sync(offices[0], road)

    assert len(released(new)) == 1
    assert released(offices[0]) == {}


def test_what_is_no_old_store_is_said(server, commune, dead, new, tmp_path):
    with pytest.raises(CannotRead, match="no-old-store"):
        salvage(new, new.session(), tmp_path / "nothing", SHUT)
    with pytest.raises(NotAllowed, match="salvage-itself"):
        salvage(new, new.session(), new.places.data, SHUT)
    with pytest.raises(NotFound, match="no-such-machine"), server.base.writing() as connection:
        devices.invite(connection, commune, "QUẦY MỚI", server.now_ms, 9)


def test_a_store_to_practise_on_is_not_taken_in(server, commune, new, tmp_path):
    practice = Places(tmp_path / "practice")
    order = NewStore(AGENCY, "Xã tập", passphrase=PASSPHRASE, training=True)
    opening.create(practice, order, OPENERS, Wall()).close()

    with pytest.raises(Refused, match="training-into-real"):
        salvage(new, new.session(), practice.data, OPENERS)


def test_a_sealed_key_opens_for_its_recipient_and_no_byte_may_change():
    to, signer = SealingKey.generate(), Signer.generate()
    sealed = seal_key("ab" * 16, bytes(range(32)), to.public, signer)

    assert open_key(sealed, to) == ("ab" * 16, bytes(range(32)))
    with pytest.raises(Refused):
        open_key(sealed, SealingKey.generate())
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(Refused):
            open_key(bytes(altered), to)


def test_a_disk_is_searched_where_the_program_keeps_its_data(server, commune, dead, new, tmp_path):
    enter(server, commune, new)
    data = tmp_path / "disk" / "Users" / "lan" / "AppData" / "Local" / "counter-app"
    shutil.copytree(dead, data)

    assert salvage(new, new.session(), tmp_path / "disk", SHUT)["received"] == 1
    with pytest.raises(NotAllowed, match="salvage-itself"):
        shutil.rmtree(data)
        data.symlink_to(new.places.data)
        salvage(new, new.session(), tmp_path / "disk", SHUT)


def test_what_a_power_cut_left_of_a_salvage_goes_with_the_next_one(server, commune, dead, new):
    enter(server, commune, new)
    (new.places.data / "salvage-torn").mkdir()

    salvage(new, new.session(), dead, SHUT)

    assert not list(new.places.data.glob("salvage-*"))


def test_a_new_machine_renames_neither_its_commune_nor_its_administrator(server, commune, tmp_path):
    old = Counter(tmp_path / "dead", device="QUẦY CŨ", openers=OPENERS).make().open()
    accounts.change_officer(old, old.session(), "admin", name="Nông Thị Xuyến")
    road = enrol(server, commune, old)
    syncing.sync(old, road)
    later = Wall(MORNING + timedelta(days=30))
    new = Counter(tmp_path / "new", wall=later, device="QUẦY MỚI").make().open()
    its = enter(server, commune, new)
    assert new.commune().officers["admin"].name == "Quản trị"  # said later

    assert yielding.give_way(new) == 1

    assert yielding.give_way(new) == 0
    for office, way in ((new, its), (old, road)):
        syncing.sync(office, way)
        assert office.commune().officers["admin"].name == "Nông Thị Xuyến"
        assert office.commune().conflicts == ()
        assert yielding.give_way(office) == 0
        office.close()


def test_what_an_officer_says_at_the_new_machine_does_not_give_way(server, commune, tmp_path):
    old = Counter(tmp_path / "dead", device="QUẦY CŨ", openers=OPENERS).make().open()
    accounts.change_officer(old, old.session(), "admin", name="Nông Thị Xuyến")
    syncing.sync(old, enrol(server, commune, old))
    later = Wall(MORNING + timedelta(days=30))
    new = Counter(tmp_path / "new", wall=later, device="QUẦY MỚI").make().open()
    accounts.change_officer(new, new.session(), "admin", name="Lò Văn Pâng")
    enter(server, commune, new)

    assert yielding.give_way(new) == 0
    assert new.commune().officers["admin"].name == "Lò Văn Pâng"
    old.close()
    new.close()
