"""Lawful erasure at the district: nothing of an erased dossier is left there, nor does anything come back."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from counter_app.district import devices, lines, registering, statements
from counter_app.district.check import check
from counter_app.district.house import District, Places
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import metadata, salts
from counter_app.domain.errors import CannotWrite
from counter_app.services import acts, erasing, keeping, lookup, mending, syncing
from counter_app.services.blobs import blobs_of
from counter_app.services.carrying import carry
from counter_app.services.erasing import Ruling
from tests.district import bases
from tests.district.scans import PAPERS, FileRoad, attached, scan
from tests.services.stores import MORNING, Counter, receive

LAW = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 14"
PHONE = "0912345678"


both = pytest.mark.parametrize(
    "server", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def server(request, tmp_path):
    kind = getattr(request, "param", "sqlite")
    url = request.getfixturevalue("postgres_url") if kind == "postgres" else ""
    base = bases.fresh(tmp_path, url)
    yield bases.Server(base, files=tmp_path / "files")
    base.close()


def enrolled(server, commune, office):
    with server.base.writing() as connection:
        code = devices.invite(connection, commune, "MÁY", server.now_ms)[1].text
    syncing.enrol(office, office.session(), FileRoad(server), "http://localhost", code)
    return sync(server, office)


def sync(server, *offices):
    for office in offices:
        carry(office, FileRoad(server))
    return offices[-1]


@pytest.fixture
def machines(server, commune, offices):
    return [enrolled(server, commune, office) for office in offices]


def refused(office, content=None):
    code = receive(office, applicant={"name": "Giàng A Páo", "phone": PHONE}, components=PAPERS).code
    if content is not None:
        attached(office, content, code)
    acts.refuse(office, office.session(), code, "không thuộc thẩm quyền")
    return code


def erase(office, code):
    return erasing.erase(office, office.session(), code, Ruling(LAW), code)


def held(base):
    """Every value of every table, as one text."""
    with base.reading() as connection:
        values = [v for table in metadata.sorted_tables for r in connection.execute(select(table)) for v in r]
    return "\n".join(v.decode(errors="replace") if isinstance(v, bytes) else str(v) for v in values)


def verdict(server, commune):
    with server.base.reading() as connection:
        return check(CommuneLedger(connection, commune))


def listed(server, commune):
    lines.bring_up_to_date(server.base, commune)
    with server.base.reading() as connection:
        return {line["code"]: line for line in lines.of_commune(connection, commune)}


@both
def test_nothing_of_it_is_left_at_the_district_and_whoever_comes_later_agrees(
    server, commune, machines, tmp_path
):
    one, two = machines
    alone, both = scan(30_000), scan(30_000, seed=2)
    code, other = refused(one, alone), receive(one, components=PAPERS).code
    attached(one, both, code, 2)
    attached(one, both, other)
    sync(server, one, two)
    digests = [blobs_of(one).keep(content) for content in (alone, both)]
    assert listed(server, commune)[code]["applicant"] == "Giàng A Páo" and PHONE in held(server.base)
    assert all(server.depot.has(digest) for digest in digests)
    mending.correct(two, two.session(), code, {"applicant.phone": "0987654321"}, "gọi lại")

    erase(one, code)
    sync(server, one)
    left = held(server.base)
    sync(server, two)

    for found in (left, held(server.base)):
        assert "Páo" not in found and PHONE not in found and "0987654321" not in found and "91/2025" in found
    assert [server.depot.has(digest) for digest in digests] == [False, True]
    with server.base.reading() as connection:
        drawn = connection.execute(select(salts.c.dossier)).scalars().all()
    assert lookup.show(one, code)[0].id not in drawn and lookup.show(one, other)[0].id in drawn
    line = listed(server, commune)[code]
    assert (line["applicant"], line["note"]) == ("", "đã xóa nội dung theo quy định")
    three = enrolled(server, commune, Counter(tmp_path / "QUẦY 3", device="QUẦY 3").make().open())
    sync(server, one, two, three)
    found = [keeping.verify(office) for office in (one, two, three)]
    assert carry(two, FileRoad(server)).events.refused == ()
    assert all(one.healthy for one in found) and lookup.show(three, code)[0].erased is not None
    assert {one.state for one in found} == {verdict(server, commune).state}
    assert verdict(server, commune).healthy
    three.close()


def test_a_district_that_was_put_back_is_not_given_it_again(server, commune, machines):
    one, two = machines
    code = refused(one, scan(20_000))
    sync(server, one)
    copy = bases.kept(server.base)
    sync(server, two)
    erase(one, code)
    sync(server, one, two)
    bases.put_back(server.base, copy)
    assert PHONE in held(server.base)

    sync(server, two, one, two)

    assert PHONE not in held(server.base) and PHONE not in repr(machines_hold(two))
    assert verdict(server, commune).healthy
    assert keeping.verify(one).state == keeping.verify(two).state == verdict(server, commune).state


def machines_hold(office):
    with office.reading() as (connection, _):
        return connection.exec_driver_sql("SELECT payload FROM events").all()


@both
def test_a_tombstone_that_does_not_count_erases_nothing(server, commune, machines):
    one, two = machines
    code = refused(one)
    sync(server, one, two)
    with server.base.writing() as connection:
        devices.revoke(connection, server.who, 2, "máy bị mất", server.now_ms)
    erase(two, code)
    sync(server, two)

    assert PHONE in held(server.base) and listed(server, commune)[code]["applicant"] == "Giàng A Páo"
    with server.base.writing() as connection:
        devices.admit(connection, server.who, 2, "máy đã tìm lại được", server.now_ms)
    assert PHONE not in held(server.base)
    assert verdict(server, commune).healthy


def test_files_that_a_fault_left_go_with_the_next_sweep(server, commune, machines, monkeypatch):
    one, _ = machines
    content = scan(20_000)
    code = refused(one, content)
    sync(server, one)
    digest = blobs_of(one).keep(content)

    def full(digest):
        raise CannotWrite("cannot-write", path="kho")

    monkeypatch.setattr(server.depot, "drop", full)
    erase(one, code)
    sync(server, one)
    monkeypatch.undo()
    assert server.depot.has(digest)

    server.exchange.sweep()

    assert not server.depot.has(digest)
    attached(one, content, receive(one, components=PAPERS).code)
    sync(server, one)
    server.exchange.sweep()
    assert server.depot.has(digest)


def test_what_the_bank_or_the_portal_says_of_an_erased_dossier_is_refused(
    server, commune, machines, tmp_path
):
    one, _ = machines
    house = District(server.base, server.who, Places(tmp_path), server.depot)
    code = "H55.242-261118-0007777"
    line = {"code": code, "procedure": "1.004884", "applicant": {"name": "Giàng A Páo"}}
    (tmp_path / "portal").write_text(json.dumps(line))
    (tmp_path / "bank").write_text(json.dumps({"code": code, "amount": 8000, "reference": "FT1"}))
    now = lambda: MORNING  # noqa: E731
    assert "error" not in next(registering.register(house, "H55.242", str(tmp_path / "portal"), now))
    sync(server, one)
    acts.refuse(one, one.session(), code, "không thuộc thẩm quyền")
    erase(one, code)
    sync(server, one)

    again = next(registering.register(house, "H55.242", str(tmp_path / "portal"), now))
    paid = next(statements.pay(house, str(tmp_path / "bank"), "", now))

    assert "đã xóa" in again["error"] and "đã xóa" in paid["error"]
    assert "Páo" not in held(server.base) and verdict(server, commune).healthy
