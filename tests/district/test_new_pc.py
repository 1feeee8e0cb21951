"""A new computer from its backup, from the district, from both; a damaged store that has a district."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.district import devices
from counter_app.district.check import check
from counter_app.district.ledger import CommuneLedger
from counter_app.services import backups, keeping, recovering, replacing, syncing
from counter_app.services.office import Office
from tests.district import bases
from tests.district.test_exchange import Road
from tests.services.stores import OPENERS, Counter, receive


@pytest.fixture
def server(tmp_path: Path) -> Iterator[bases.Server]:
    made = bases.Server(bases.fresh(tmp_path))
    yield made
    made.base.close()


def enrol(server: bases.Server, commune: int, office: Office, name: str) -> Road:
    with server.base.writing() as connection:
        code = devices.invite(connection, commune, name, server.now_ms)[1].text
    road = Road(server)
    syncing.enrol(office, office.session(), road, "http://localhost", code)
    return road


def prints(office: Office) -> dict[bytes, bytes]:
    """Each dossier's fold, by its id."""
    assert keeping.verify(office).healthy
    with office.database.reading() as connection:
        return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT dossier, print FROM dossiers")}


def test_a_new_computer_is_what_the_dead_one_was(server: bases.Server, tmp_path: Path) -> None:
    commune = bases.commune_in(server.base)
    dead = Counter(tmp_path / "dead", openers=OPENERS).make().open()
    road = enrol(server, commune, dead, "QUẦY 1")
    for _ in range(3):
        receive(dead)
    syncing.sync(dead, road)
    safe = prints(dead)
    receive(dead)  # which the backup has, and the district does not
    backup = backups.run(dead).backup.path
    kept = prints(dead)
    receive(dead)  # which both lack, and the district is told of now
    syncing.sync(dead, road)
    whole = prints(dead)
    dead.close()

    by_backup = Counter(tmp_path / "backup", openers=OPENERS)
    keeping.restore(by_backup.places, backup, OPENERS, by_backup.wall)
    first = by_backup.open()
    by_server = Counter(tmp_path / "server").make().open()
    way = enrol(server, commune, by_server, "QUẦY 2")
    replacing.fetch(by_server, way)
    both = Counter(tmp_path / "both", openers=OPENERS)
    keeping.restore(both.places, backup, OPENERS, both.wall)
    third = both.open()
    recovering.from_above(third, lambda known: Road(server))

    assert len(safe) < len(kept) < len(whole)
    assert prints(first) == kept
    assert prints(by_server) == whole
    assert prints(third) == whole
    for _ in range(2):  # and all say the same once they have met
        for office, there in ((first, Road(server)), (by_server, way), (third, Road(server))):
            syncing.sync(office, there)
    states = {keeping.verify(office).state for office in (first, by_server, third)}
    with server.base.reading() as connection:
        assert states == {check(CommuneLedger(connection, commune)).state}
    for office in (first, by_server, third):
        office.close()


def test_a_damaged_store_is_given_back_by_the_district_what_no_file_holds(
    server: bases.Server, tmp_path: Path
) -> None:
    commune = bases.commune_in(server.base)
    counter = Counter(tmp_path / "kho").make()
    office = counter.open()
    road = enrol(server, commune, office, "QUẦY 1")
    backups.run(office)
    for _ in range(3):
        receive(office)
    syncing.sync(office, road)
    safe = prints(office)
    unsent = receive(office).code
    office.close()
    counter.places.database.write_bytes(b"")

    done, again = recovering.recover(
        counter.places,
        counter.openers,
        counter.wall,
        fetch=lambda office: recovering.from_above(office, lambda known: Road(server)),
    )

    assert prints(again) == safe
    assert (done.pending, done.missing) == ("", (unsent,))
    assert done.fetched >= len(safe)
    again.close()
