"""What the district shows and proves is what its counters show and prove; each machine numbers by itself."""

from __future__ import annotations

from datetime import timedelta

from counter_app.district import lines
from counter_app.district.check import check
from counter_app.district.ledger import CommuneLedger
from counter_app.domain.codes import tail_shape
from counter_app.services import keeping, safety, syncing
from counter_app.services.safety import Safe
from tests.district.test_exchange import enrol
from tests.services.stores import receive


def verdict_of(server, commune):
    with server.base.reading() as connection:
        return check(CommuneLedger(connection, commune))


def shown(server, commune):
    lines.bring_up_to_date(server.base, commune)
    with server.base.reading() as connection:
        return list(lines.of_commune(connection, commune))


def test_the_district_and_its_counters_show_the_same(server, commune, offices):
    roads = [enrol(server, commune, office) for office in offices]
    receive(offices[0])
    receive(offices[1])
    for office, road in [*zip(offices, roads, strict=True)] * 2:
        syncing.sync(office, road)

    told = verdict_of(server, commune)

    assert {keeping.verify(office).state for office in offices} == {told.state}
    assert (told.healthy, told.dossiers, len(shown(server, commune))) == (True, 2, 2)
    assert verdict_of(server, commune).healthy


def test_a_byte_changed_behind_its_back_is_found(server, commune, offices):
    road = enrol(server, commune, offices[0])
    receive(offices[0])
    syncing.sync(offices[0], road)
    with server.base.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE events SET payload = CAST(replace(CAST(payload AS TEXT), 'H55', 'H56') AS BLOB)"
            " WHERE CAST(payload AS TEXT) LIKE '%H55%'"
        )

    assert not verdict_of(server, commune).healthy


def test_an_enrolled_machine_numbers_with_a_slot_of_its_own(server, commune, offices):
    roads = [enrol(server, commune, office) for office in offices]
    before = receive(offices[0]).code
    for office, road in zip(offices, roads, strict=True):
        syncing.sync(office, road)

    codes = [receive(office).code for office in offices]

    assert tail_shape(before.rsplit("-", 1)[1]) == "unenrolled"
    assert [code.rsplit("-", 1)[1] for code in codes] == ["1001", "2001"]


def test_a_lease_is_lengthened_long_before_its_end_and_a_slot_is_never_two_machines(server, commune, offices):
    roads = [enrol(server, commune, office) for office in offices]
    for office, road in zip(offices, roads, strict=True):
        syncing.sync(office, road)
    server.now_ms += timedelta(days=60) // timedelta(milliseconds=1)
    for office, road in [*zip(offices, roads, strict=True)] * 2:
        syncing.sync(office, road)

    leases = [list(office.commune().leases.values()) for office in offices]

    assert leases[0] == leases[1]
    for one, other in leases[0]:
        assert (one.slot, one.last + timedelta(days=1)) == (other.slot, other.first)
    assert {run[0].slot for run in leases[0]} == {1, 2}


def test_a_dossier_is_safe_once_the_server_holds_all_of_it(server, commune, offices):
    office = offices[0]
    first = receive(office).dossier
    assert safety.states(office, [first]) == {first: Safe("local")}
    road = enrol(server, commune, office)
    assert safety.states(office, [first]) == {first: Safe("waiting")}

    syncing.sync(office, road)
    second = receive(office).dossier

    assert safety.states(office, [first, second]) == {first: Safe("safe"), second: Safe("waiting")}
