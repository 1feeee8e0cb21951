"""The access log: who looked at whose dossier, batched, kept by its days, read by those who may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from counter_app.domain.commune import Role
from counter_app.domain.errors import BadInput, NotPermitted
from counter_app.services import accesses, accounts, exchange, lookup, papers, preferences, records
from counter_app.services.accesses import Why
from counter_app.words.receipt import receipt_facts
from tests.services.stores import MORNING, Counter, receive
from tests.services.test_exchange import pair

TODAY = MORNING.date()


@pytest.fixture
def counter(tmp_path):
    return Counter(tmp_path / "kho").make()


@pytest.fixture
def office(counter):
    office = counter.open()
    yield office
    office.close()


def listed(office, first=TODAY, last=TODAY, **more):
    found = accesses.listing(office, office.session(), first, last, **more)
    return [(one.officer, one.code, one.why) for one in found]


def id_of(office, code):
    return lookup.show(office, code)[0].id


def test_who_looked_is_listed_last_first_and_once_for_what_is_read_again(counter, office):
    one, two = receive(office).code, receive(office).code
    ids = [id_of(office, code) for code in (one, two)]
    lan = office.session()

    accesses.note(office, lan, ids, Why.FIND)
    accesses.note(office, lan, ids[:1], Why.SHOW)
    counter.wall.now += timedelta(minutes=5)
    accesses.note(office, lan, ids[:1], Why.SHOW)  # the page reads it anew
    accesses.note(office, None, ids[1:], Why.SHOW)
    papers.print_receipt(office, lan, one, receipt_facts)
    list(records.named(office, lan, [two]))
    counter.wall.now += timedelta(minutes=6)
    accesses.note(office, lan, ids[:1], Why.SHOW)

    assert listed(office) == [
        ("admin", one, "show"),
        ("admin", two, "export"),
        ("admin", one, "print"),
        ("", two, "show"),
        ("admin", one, "show"),
        ("admin", two, "find"),
        ("admin", one, "find"),
    ]
    assert listed(office, code=two, officer="") == [("", two, "show")]
    tomorrow = TODAY + timedelta(days=1)
    assert listed(office, tomorrow, tomorrow) == []
    with pytest.raises(BadInput, match="span-backwards"):
        listed(office, tomorrow, TODAY)


def rows(office):
    with office.reading() as (connection, _):
        return connection.exec_driver_sql("SELECT count(*) FROM accesses").scalar()


def test_a_look_waits_for_no_disk_and_is_there_after_the_next_act_or_the_end(counter, office):
    id_ = id_of(office, receive(office).code)
    accesses.note(office, office.session(), [id_], Why.SHOW)
    assert rows(office) == 0

    with pytest.raises(RuntimeError), office.writing():
        raise RuntimeError("the act fails")
    assert rows(office) == 0
    receive(office)
    assert rows(office) == 1
    accesses.note(office, office.session(), [id_], Why.SCAN)
    office.close()

    again = counter.open()
    assert rows(again) == 2
    again.close()


def test_it_stays_on_this_machine_and_goes_by_its_days(counter, office, tmp_path):
    other = Counter(tmp_path / "khac", device="B").make().open()
    pair(tmp_path, office, other)
    code = receive(office).code
    accesses.note(office, office.session(), [id_of(office, code)], Why.SHOW)
    accesses.flush(office)
    exchange.export(office, office.session(), tmp_path / "bundle")
    exchange.bring_in(other, other.session(), tmp_path / "bundle")
    assert rows(office) == 1 and rows(other) == 0
    other.close()

    preferences.change(office, office.session(), access_days=30)
    counter.wall.now += timedelta(days=29)
    accesses.note(office, office.session(), [id_of(office, code)], Why.SHOW)
    accesses.flush(office)
    assert rows(office) == 2
    counter.wall.now += timedelta(days=2)
    accesses.note(office, office.session(), [id_of(office, code)], Why.SHOW)
    accesses.flush(office)
    assert rows(office) == 2 and len(listed(office, date(2026, 1, 1), date(2027, 1, 1))) == 2


def test_only_a_head_or_an_administrator_reads_it(office):
    admin = office.session()
    accounts.set_pin(office, admin, "246802")
    admin = office.session("admin", lambda: "246802")
    accounts.add_officer(office, admin, "lan", "Lan", Role.OFFICER.value, "135790")
    session = office.session("lan", lambda: "135790")
    with pytest.raises(NotPermitted, match="role-lacks-right"):
        list(accesses.listing(office, session, TODAY, TODAY))
