"""One bank reference on two dossiers is told at the district as at counters; in two communes, there alone."""

from __future__ import annotations

import os

import pytest

from counter_app.district import conflicts, devices, lines
from counter_app.district.house import District, Places
from counter_app.district.references import References
from counter_app.services import keeping, lookup, mending, money, syncing, taking_back
from tests.district.test_exchange import enrol, offices, server
from tests.district.test_metrics import told as metrics
from tests.district.test_whole import verdict_of
from tests.services.stores import MORNING, receive

__all__ = ["offices", "server"]  # the server on SQLite and on PostgreSQL


@pytest.fixture
def district(server, tmp_path):
    server.now_ms = round(MORNING.timestamp() * 1000)
    return District(server.base, server.who, Places(tmp_path / "district"))


def transfer(office, reference="FT26333-1"):
    code = receive(office, fee={"amount": 8000}).code
    money.pay(office, office.session(), code, 8000, method="transfer", reference=reference)
    return code


def counted(server, *communes):
    found = metrics(server)
    names = ("commune_shared_references", "commune_references_elsewhere")
    return [tuple(found[name, commune] for name in names) for commune in communes]


def test_what_two_counters_of_a_commune_marked_is_listed_counted_and_gone_when_it_is_settled(
    server, commune, offices, district
):
    server.exchange.meter.watch_database(server.base)
    roads = [enrol(server, commune, office) for office in offices]
    codes = [transfer(office) for office in offices]
    for office, road in zip(offices + offices[:1], roads + roads[:1], strict=True):
        syncing.sync(office, road)

    told = list(conflicts.listing(district, ""))

    assert sorted(one["code"] for one in told) == sorted(codes)
    for one in told:
        (other,) = set(codes) - {one["code"]}
        assert one["others"] == [{"commune": "H55.242", "code": other}]
        assert (one["commune"], one["fields"]) == ("H55.242", ["reference"])
        assert one["reason"] == f"Trùng số tham chiếu với {other}: một bên ghi nhầm."
        assert "Đối chiếu sao kê" in one["to_do"]
        assert "Niê" not in str(one)
    assert verdict_of(server, commune).conflicts == keeping.verify(offices[0]).conflicts == 2
    assert counted(server, "H55.242") == [(2, 0)]
    shared = References()
    with server.base.reading() as connection:
        shared.read_on(connection, of=commune)
        listed = list(lines.of_commune(connection, commune, shared.disputes(connection, commune)))
    assert [one["conflicts"] for one in listed] == [1, 1]

    taking_back.take_back(offices[0], offices[0].session(), codes[0], "nhầm hồ sơ")
    syncing.sync(offices[0], roads[0])

    assert list(conflicts.listing(district, "H55.242")) == []
    assert verdict_of(server, commune).conflicts == 0
    assert counted(server, "H55.242") == [(0, 0)]


def test_what_two_communes_marked_is_listed_for_both_and_no_counter_s_conflict(
    server, commune, offices, district
):
    server.exchange.meter.watch_database(server.base)
    with server.base.writing() as connection:
        other = devices.add_commune(connection, "H55.243", "UBND xã Tả Van", "2025-07-01", os.urandom)
    roads = [enrol(server, one, office) for one, office in zip((commune, other), offices, strict=True)]
    codes = [
        transfer(office, spelt) for office, spelt in zip(offices, ("FT26333-1", "ft263331"), strict=True)
    ]
    unshared = transfer(offices[0], "FT9")
    for office, road in zip(offices, roads, strict=True):
        syncing.sync(office, road)

    here, there = conflicts.listing(district, "")

    assert ([here["code"], there["code"]], here["commune"], there["commune"]) == (codes, "H55.242", "H55.243")
    assert here["others"] == [{"commune": "H55.243", "code": codes[1]}]
    assert here["reason"] == (f"Mã giao dịch dùng ở hai xã: trùng số tham chiếu với {codes[1]} (H55.243).")
    assert "Hỏi hai xã đối chiếu sao kê" in here["to_do"] and unshared not in str(here)
    assert [one["code"] for one in conflicts.listing(district, "H55.243")] == [codes[1]]
    assert counted(server, "H55.242", "H55.243") == [(0, 1), (0, 1)]
    assert [verdict_of(server, one).conflicts for one in (commune, other)] == [0, 0]
    assert lookup.show(offices[0], codes[0])[0].conflicts == ()


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_other_disagreements_are_listed_by_their_fields_without_what_was_written(
    server, commune, offices, district
):
    roads = [enrol(server, commune, office) for office in offices]
    code = receive(offices[0]).code
    for office, road in zip(offices, roads, strict=True):
        syncing.sync(office, road)
    for office, phone in zip(offices, ("0900000111", "0900000222"), strict=True):
        mending.correct(office, office.session(), code, {"applicant.phone": phone}, "dân báo")
    for office, road in zip(offices, roads, strict=True):
        syncing.sync(office, road)

    (told,) = conflicts.listing(district, "")

    assert (told["code"], told["fields"]) == (code, ["applicant.phone"])
    assert "số điện thoại của người nộp khác nhau" in told["reason"] and "Ctrl+1" in told["to_do"]
    assert "0900000" not in str(told)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_what_is_read_in_parts_is_what_is_read_at_once(server, commune, offices):
    road = enrol(server, commune, offices[0])
    for _ in range(3):
        transfer(offices[0], f"FT{_}")
    syncing.sync(offices[0], road)
    whole, part = References(), References()

    with server.base.reading() as connection:
        assert whole.read_on(connection)
        steps = 0
        while not part.read_on(connection, 5):
            steps += 1

    assert steps > 1
    assert part._bearing == whole._bearing and len(whole._bearing) == 3
