"""What is checked at a start and at closing time, and what is remembered of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.errors import Damaged, DiskFull
from counter_app.services import checks, keeping, reminders, room
from counter_app.services.office import Office
from counter_app.store.checking import check_tail
from counter_app.words.keeping import reminded
from tests.services.stores import OPENERS, Counter, receive

CHANGED = "UPDATE events SET payload = CAST(replace(payload, '0900', '0911') AS BLOB)"


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path / "kho", openers=OPENERS).make()


@pytest.fixture
def office(counter: Counter) -> Iterator[Office]:
    office = counter.open()
    yield office
    office.close()


def run(office: Office, sql: str) -> None:
    with office.database.writing() as connection:
        connection.exec_driver_sql(sql)


def test_a_start_looks_only_at_what_came_since_the_last_check(office: Office) -> None:
    receive(office)
    first = checks.tail(office)

    assert first.healthy
    assert first.events > 5
    assert checks.tail(office).events == 0
    receive(office)
    assert (checks.tail(office).events, checks.tail(office).dossiers) == (1, 0)


def test_of_a_store_that_was_never_checked_a_start_looks_at_the_newest_alone(office: Office) -> None:
    for _ in range(4):
        receive(office)

    with office.database.reading() as connection:
        assert check_tail(connection, {}, 3).events == 3


def test_a_line_that_differs_from_its_events_is_made_anew(office: Office) -> None:
    receive(office)
    run(office, "UPDATE dossiers SET applicant = 'Ai Khác'")

    found = checks.tail(office)

    assert (found.proven, found.differences) == (True, 1)
    assert keeping.verify(office).healthy
    run(office, "UPDATE dossiers SET applicant = 'Ai Khác'")
    assert keeping.verify(office).differences == 1
    assert checks.whole(office, mends=True).differences == 1
    assert checks.whole(office).healthy


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        (
            f"{CHANGED} WHERE id = (SELECT max(id) FROM events)",
            "chain",
        ),
        ("DELETE FROM signatures WHERE seq = (SELECT max(seq) FROM events)", "unsigned"),
        ("UPDATE events SET header = x'01' WHERE id = (SELECT max(id) FROM events)", "unreadable"),
    ],
)
def test_a_changed_event_is_found_at_the_start_and_noted_for_the_next(
    office: Office, sql: str, fault: str
) -> None:
    checks.tail(office)
    receive(office)
    run(office, sql)

    with pytest.raises(Damaged, match="store-does-not-verify"):
        checks.tail(office)

    assert checks.noted_damage(office.places).startswith(fault)


def test_an_event_changed_before_the_last_check_is_found_by_the_whole_alone(office: Office) -> None:
    receive(office)
    checks.tail(office)
    receive(office)
    run(
        office,
        f"{CHANGED} WHERE seq = (SELECT min(seq) FROM events WHERE payload LIKE '%0900%')",
    )

    assert checks.tail(office).healthy
    assert checks.last_whole(office) is None
    found = checks.whole(office)

    assert found.chain.startswith("chain")
    assert checks.noted_damage(office.places) == found.chain
    told = checks.last_whole(office)
    assert told is not None
    assert (told.healthy, told.chain, told.at.date()) == (False, found.chain, office.now().date())


def test_the_remembered_head_must_stand_where_it_stood(office: Office) -> None:
    receive(office)
    checks.tail(office)
    run(office, "UPDATE events SET hash = randomblob(32) WHERE id = (SELECT max(id) FROM events)")

    with pytest.raises(Damaged):
        checks.tail(office)


def test_a_nearly_full_disk_is_told_of_and_refuses_before_a_number_is_drawn(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = receive(office).code
    usage = shutil.disk_usage(office.places.data)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=300_000_000))
    found = reminders.reminders(office, office.now())
    assert (found.room, reminded(found, office.now())[0][:22]) == (300, "Ổ đĩa chỉ còn 300 MB: ")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=room.LEAST - 1))

    with pytest.raises(DiskFull, match="disk-nearly-full"):
        receive(office)

    monkeypatch.undo()
    assert int(receive(office).code[-3:]) == int(first[-3:]) + 1
