"""A store is destroyed on two officers' word, and nothing that it held is lost."""

from __future__ import annotations

import json
import multiprocessing
import os
from hashlib import sha256

import pytest

from counter_app.crypto.wraps import KeyFile
from counter_app.district import devices, parcels
from counter_app.domain.commune import Role
from counter_app.domain.errors import (
    BadInput,
    CannotRead,
    CannotWrite,
    NotAllowed,
    NotPermitted,
    Refused,
    Unreachable,
)
from counter_app.services import (
    accounts,
    attaching,
    backups,
    destroying,
    opening,
    sealing_up,
    syncing,
    unkept,
    wiping,
)
from counter_app.services.attaching import Given
from counter_app.services.blobs import blobs_of
from counter_app.services.office import Office
from counter_app.services.wiping import wipe
from counter_app.store.database import Database
from counter_app.sync import bundle
from counter_app.system import files
from counter_app.words.errors import sentence
from tests.district.scans import PAPERS, scan
from tests.district.test_whole import shown, verdict_of
from tests.independent.verifier import verify_bundle
from tests.services.stores import Counter, receive
from tests.services.test_unkept import page
from tests.vaults import OpenVault

CODE, WHY = "H55.242", "Máy chuyển đi nơi khác"


@pytest.fixture
def office(tmp_path):
    made = Counter(tmp_path / "QUẦY 1", device="QUẦY 1").make().open()
    first = made.session()
    accounts.add_officer(made, first, "lan", "Lò Thị Lan", Role.OFFICER, "2580")
    accounts.set_pin(made, first, "1470")
    yield made
    made.close()


@pytest.fixture
def two(office):
    return office.session("admin", lambda: "1470"), office.session("lan", lambda: "2580")


@pytest.fixture
def road(server, commune, office, two):
    from tests.district.test_exchange import Road, invite

    made = Road(server)
    syncing.enrol(office, two[0], made, "http://localhost", invite(server, commune))
    return made


class Nowhere:
    def post(self, path, body):
        raise Unreachable("district-unreachable")


def end(office, two, road, sealed=None, typed=CODE):
    return wipe(office, *two, typed, WHY, OpenVault(), lambda known: road, sealed)


def attached(office, session, content, code=""):
    code = code or receive(office, session, components=PAPERS).code
    attaching.attach(office, session, code, 1, [Given(content)])
    return code, sha256(content).digest()


def left(office):
    return sorted(path.name for path in office.places.data.iterdir() if path.name != "logs")


def device(server):
    with server.base.reading() as connection:
        return next(devices.lines(connection))


def test_all_is_delivered_first_and_then_the_keys_and_the_store_are_gone(server, commune, office, two, road):
    receive(office, two[0])

    told = end(office, two, road)

    assert (told.delivered, told.confirmed) == (True, True)
    assert len(shown(server, commune)) == 1
    assert not {"store.db", "store.db-wal", "keys.json"} & set(left(office))
    assert json.loads(office.places.wiped.read_bytes())["officers"] == ["admin", "lan"]
    assert device(server)["wiped"] is not None
    with pytest.raises(CannotRead, match="no-store"):
        opening.open_store(office.places, Counter(office.places.data).openers, office.now)


def test_without_a_network_it_is_sealed_for_the_district_which_takes_it_in(
    server, commune, office, two, road, tmp_path
):
    syncing.sync(office, road)
    receive(office, two[0])
    with pytest.raises(Unreachable):
        end(office, two, Nowhere())
    assert office.places.database.exists()

    told = end(office, two, Nowhere(), tmp_path / "niem-phong")

    assert (told.delivered, told.confirmed, len(told.sealed)) == (False, False, 64)
    with server.base.writing() as connection:
        taken = parcels.take_in(connection, server.who, tmp_path / "niem-phong")
    assert (taken["refused"], len(shown(server, commune))) == ([], 1)
    assert verdict_of(server, commune).healthy
    with server.base.writing() as connection:
        assert parcels.take_in(connection, server.who, tmp_path / "niem-phong")["received"] == 0


def test_one_person_or_a_wrong_code_destroys_nothing(server, office, two, road):
    with pytest.raises(NotPermitted, match="two-needed"):
        end(office, (two[0], two[0]), road)
    with pytest.raises(NotPermitted):
        end(office, (two[1], two[0]), road)  # the first must be one who keeps the store
    with pytest.raises(BadInput, match="wipe-not-confirmed"):
        end(office, two, road, typed="H55.243")
    assert office.places.database.exists()


def test_scanned_pages_that_are_on_no_paper_yet_are_not_destroyed(office, two, road):
    got = receive(office, two[0])
    unkept.keep(office, got.dossier, [page(1)])

    with pytest.raises(Refused, match="wipe-pages-wait"):
        end(office, two, road)

    assert office.places.database.exists()


def sealed_to(server, path):
    return parcels.take_whole(server.base, server.who, server.filing, path)


def test_scanned_files_are_sealed_with_the_rest_and_the_district_takes_them_in_once(
    server, commune, office, two, road, tmp_path
):
    syncing.sync(office, road)
    code, small = attached(office, two[0], scan(300_000))
    _, empty = attached(office, two[0], scan(2_000) + bytes(6 << 20), code)  # which shrinks to nothing
    target, told = tmp_path / "niem-phong", []
    assert (wiping.outlook(office).files, wiping.outlook(office).unsent) == (2, True)

    done = wipe(
        office,
        *two,
        CODE,
        WHY,
        OpenVault(),
        lambda known: Nowhere(),
        target,
        lambda so_far: None,
        told.append,
    )

    assert (done.delivered, done.files) == (False, 2)
    assert told == sorted(told) and told[-1] == 1
    assert sha256(target.read_bytes()).hexdigest() == done.sealed and target.stat().st_mode & 0o077 == 0
    assert scan(300_000)[:64] not in target.read_bytes()
    assert verify_bundle(str(target), server.who.sealing.private).faults == []
    taken = sealed_to(server, target)
    assert (taken["files"], taken["refused"], len(shown(server, commune))) == (2, [], 1)
    assert server.depot.read(small) == scan(300_000)
    assert server.depot.read(empty) == scan(2_000) + bytes(6 << 20)
    again = sealed_to(server, target)
    assert (again["received"], again["files"], again["refused"]) == (0, 2, [])


def test_the_district_knows_the_machine_though_it_had_begun_another_log(
    server, commune, office, two, road, tmp_path
):
    syncing.sync(office, road)
    with office.writing() as (pen, _):
        opening.start_new_log(pen)  # as after a restore
    attached(office, two[0], scan(5_000))

    end(office, two, Nowhere(), tmp_path / "niem-phong")

    assert sealed_to(server, tmp_path / "niem-phong")["files"] == 1


def test_a_file_that_is_broken_here_comes_out_of_a_backup_or_keeps_the_store(
    server, commune, office, two, road, tmp_path
):
    syncing.sync(office, road)
    code, digest = attached(office, two[0], scan(5_000))
    backups.run(office)
    _, late = attached(office, two[0], scan(6_000), code)
    for one in (digest, late):
        blobs_of(office).path(one).write_bytes(b"bad sectors")
    target = tmp_path / "niem-phong"

    with pytest.raises(Refused, match="wipe-file-broken") as refused:
        end(office, two, Nowhere(), target)
    assert code in sentence(refused.value) and not target.exists() and office.places.database.exists()
    attaching.detach(office, two[0], code, late.hex(), "tệp hỏng")

    assert end(office, two, Nowhere(), target).files == 1
    assert sealed_to(server, target)["files"] == 1 and server.depot.read(digest) == scan(5_000)


def test_a_sealed_file_that_reads_back_wrong_destroys_nothing(office, two, road, tmp_path, monkeypatch):
    attached(office, two[0], scan(100_000))
    true = files.from_the_disk

    def spoil(path):
        true(path)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    monkeypatch.setattr(files, "from_the_disk", spoil)
    with pytest.raises(CannotWrite, match="sealed-not-readable"):
        end(office, two, Nowhere(), tmp_path / "niem-phong")
    monkeypatch.undo()
    monkeypatch.setattr(sealing_up, "_pieces", lambda *given: iter(()))  # as if a file had been left out
    with pytest.raises(CannotWrite, match="sealed-not-readable"):
        end(office, two, Nowhere(), tmp_path / "niem-phong")

    assert office.places.database.exists() and not office.places.wiping.exists()
    assert [path.name for path in tmp_path.glob("niem-phong*")] == []


STEPS = (
    (bundle, "write"),
    (files, "from_the_disk"),
    (sealing_up, "_reads_back"),
    (files, "move_into_place"),
    (files, "write_atomically"),
    (destroying, "finish"),
)


def test_killed_before_any_step_the_store_stands_or_its_sealed_file_is_whole(
    server, commune, office, two, road, tmp_path
):
    syncing.sync(office, road)
    attached(office, two[0], scan(5_000))
    places, key, target = office.places, office.database.key, tmp_path / "niem-phong"
    office.close()

    def again():
        return Office(places, Database(places.database, key), office._clock, office.settings)

    for module, name in STEPS:
        assert not destroying.begun(places)

        def die(module=module, name=name):
            setattr(module, name, lambda *given, **named: os._exit(9))
            mine = again()
            both = mine.session("admin", lambda: "1470"), mine.session("lan", lambda: "2580")
            end(mine, both, Nowhere(), target)
            os._exit(0)

        child = multiprocessing.get_context("fork").Process(target=die)
        child.start()
        child.join()
        assert child.exitcode == 9
        if not destroying.begun(places):  # all is where it was
            mine = again()
            assert mine.database.integrity() == "ok" and wiping.outlook(mine).files == 1
            mine.close()

    destroying.finish(places, OpenVault())
    assert sealed_to(server, target)["files"] == 1 and len(shown(server, commune)) == 1
    assert [path.name for path in tmp_path.glob("niem-phong*")] == ["niem-phong"]


def test_a_store_that_nobody_else_holds_is_not_destroyed(office, two):
    with pytest.raises(NotAllowed, match="wipe-not-enrolled"):
        end(office, two, Nowhere())
    assert office.places.database.exists()


def test_a_try_again_says_it_once(server, commune, office, two, road):
    for _ in range(2):
        with pytest.raises(Unreachable):
            end(office, two, Nowhere())
    end(office, two, road)

    with server.base.reading() as connection:
        said = [row[0] for row in connection.exec_driver_sql("SELECT payload FROM events")]
    assert sum(WHY in bytes(payload).decode() for payload in said) == 1


def test_what_a_power_cut_stopped_is_ended_by_whoever_opens_the_folder(
    server, office, two, road, monkeypatch
):
    def cut(places, vault):
        raise KeyboardInterrupt

    monkeypatch.setattr(destroying, "finish", cut)
    with pytest.raises(KeyboardInterrupt):
        end(office, two, road)
    monkeypatch.undo()
    assert office.places.database.exists()

    with pytest.raises(CannotRead, match="no-store"):
        opening.open_store(office.places, Counter(office.places.data).openers, office.now)

    assert not office.places.database.exists()


@pytest.mark.parametrize("steps", range(6))
def test_cut_after_any_step_of_it_the_end_is_the_same(office, tmp_path, steps):
    places = office.places
    places.wiping.write_text("{}")
    calls = iter(range(steps))

    def unlink(path, missing_ok=False):
        if next(calls, None) is None:
            os._exit(9)
        os.unlink(path)

    def die():
        type(places.data).unlink = unlink
        destroying.finish(places, OpenVault())
        os._exit(0)

    child = multiprocessing.get_context("fork").Process(target=die)
    child.start()
    child.join()

    destroying.finish(places, OpenVault()) if destroying.begun(places) else None
    assert not {"store.db", "store.db-wal", "keys.json", "wiping.json"} & set(left(office))


def test_what_the_keyring_held_is_gone_too(office):
    vault = OpenVault()
    store = KeyFile.from_bytes(office.places.keys.read_bytes()).store_id
    vault.set(store, bytes(32))
    office.places.wiping.write_text("{}")

    destroying.finish(office.places, vault)

    assert vault.get(store) is None


def test_a_parcel_from_a_stranger_is_refused(server, commune, tmp_path, office, two, road):
    (tmp_path / "torn").write_bytes(b"mc/seal\1" + bytes(200))
    with pytest.raises(Refused), server.base.writing() as connection:
        parcels.take_in(connection, server.who, tmp_path / "torn")
    with pytest.raises(CannotRead, match="file-missing"), server.base.writing() as connection:
        parcels.take_in(connection, server.who, tmp_path / "nowhere")


def test_a_wipe_that_was_cut_when_the_store_was_gone_does_not_take_the_next_one(tmp_path):
    counter = Counter(tmp_path / "QUẦY 1")
    counter.places.data.mkdir()
    counter.places.wiping.write_text("{}")

    office = counter.make().open()

    assert office.places.wiped.exists() and not office.places.wiping.exists()
    receive(office)
    office.close()
    office = counter.open()  # and is still there the next day
    assert office.places.database.exists()
    office.close()


def test_what_it_will_take_is_told_before(office, two, road):
    receive(office, two[0])

    now = wiping.outlook(office)

    assert (now.dossiers, now.waiting, now.unsent) == (1, 1, True)
    assert [one.id for one in now.officers] == ["admin", "lan"]


def test_what_comes_between_the_delivery_and_the_end_is_not_destroyed(office, two, road, monkeypatch):
    deliver = wiping._deliver

    def one_more(*given):
        deliver(*given)
        receive(office, two[0])

    monkeypatch.setattr(wiping, "_deliver", one_more)

    with pytest.raises(Refused, match="wipe-not-delivered"):
        end(office, two, road)

    assert office.places.database.exists() and not office.places.wiping.exists()


def test_what_comes_before_it_is_sealed_is_in_the_file(
    server, commune, office, two, road, tmp_path, monkeypatch
):
    def nowhere(*given):
        receive(office, two[0])
        raise Unreachable("district-unreachable")

    monkeypatch.setattr(wiping, "_deliver", nowhere)
    end(office, two, road, tmp_path / "niem-phong")

    with server.base.writing() as connection:
        parcels.take_in(connection, server.who, tmp_path / "niem-phong")
    assert len(shown(server, commune)) == 1


def test_how_far_the_delivery_is_is_told(office, two, road):
    receive(office, two[0])
    told = []

    wipe(
        office,
        *two,
        CODE,
        WHY,
        OpenVault(),
        lambda known: road,
        None,
        lambda so_far: told.append(so_far.sent),
    )

    assert told[-1] > 0
