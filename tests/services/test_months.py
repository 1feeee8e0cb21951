"""What a month brought in: by procedure and state, with fees, on every store and after every upgrade."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.domain.lifecycle import State
from counter_app.domain.zone import VIETNAM
from counter_app.services import acts, backup_files, keeping, lookup
from counter_app.services.months import Row, month
from counter_app.services.office import Office
from counter_app.store import upgrade
from counter_app.store.database import Database
from tests.services.stores import Counter, Wall, receive

COPY, BIRTH = "2.000635", "1.004884"
FIRST_SCHEMA = (
    "DROP TABLE accesses",
    "DROP TABLE attachments",
    "DROP TABLE blobs",
    "DROP INDEX dossiers_by_month",
    "ALTER TABLE dossiers DROP COLUMN month",
    "ALTER TABLE dossiers DROP COLUMN fee",
    "DROP TABLE terms",
    "ALTER TABLE branches DROP COLUMN until",
    "DROP INDEX dossiers_handed",
    "DROP INDEX dossiers_in_step",
    "ALTER TABLE dossiers DROP COLUMN handed_minute",
    "ALTER TABLE dossiers DROP COLUMN step_minute",
    "DROP INDEX dossiers_in_conflict",
    "DROP INDEX dossiers_held",
    "DROP INDEX dossiers_to_update",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row)",
    "UPDATE schema_version SET version_num = '0001'",
)
"""What takes a store of today back to the first schema."""


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path / "kho", Wall(datetime(2026, 10, 30, 23, 58, tzinfo=VIETNAM))).make()


@pytest.fixture
def office(counter: Counter) -> Iterator[Office]:
    opened = counter.open()
    yield opened
    opened.close()


def shown(rows: list[Row]) -> set[tuple[str, State, int, int]]:
    return {(row.procedure, row.state, row.count, row.fees) for row in rows}


def test_a_month_is_counted_by_procedure_and_state_with_its_fees(office: Office) -> None:
    fees = [receive(office, procedure=COPY).dossier for _ in range(3)]
    receive(office, procedure=BIRTH)
    owed = sum(lookup.story(office, dossier).owed or 0 for dossier in fees)
    assert owed

    found = month(office, 2026, 10)

    assert sum(row.count for row in found) == 4
    assert sum(row.fees for row in found if row.procedure == COPY) == owed
    assert next(row.name for row in found if row.procedure == BIRTH).startswith("Đăng ký")


def test_a_dossier_moves_to_its_new_state_and_stays_in_its_month(office: Office, counter: Counter) -> None:
    received = receive(office, procedure=BIRTH)
    counter.wall.now = datetime(2026, 11, 2, 8, 0, tzinfo=VIETNAM)
    acts.finish(office, office.session(), received.code)

    assert shown(month(office, 2026, 10)) == {(BIRTH, State.FINISHED, 1, 0)}
    assert month(office, 2026, 11) == []


def test_a_month_ends_at_midnight_in_viet_nam(office: Office, counter: Counter) -> None:
    counter.wall.now = datetime(2026, 10, 31, 23, 59, 30, tzinfo=VIETNAM)
    receive(office)
    counter.wall.now = datetime(2026, 11, 1, 0, 0, 30, tzinfo=VIETNAM)
    receive(office)

    assert [row.count for row in month(office, 2026, 10)] == [1]
    assert [row.count for row in month(office, 2026, 11)] == [1]


def test_a_store_of_the_first_schema_is_copied_and_then_counts_and_finds(counter: Counter) -> None:
    office = counter.open()
    receive(office, procedure=COPY)
    before = month(office, 2026, 10)
    with office.database.writing() as connection:
        for statement in FIRST_SCHEMA:
            connection.exec_driver_sql(statement)
    office.close()

    office = counter.open()

    kept = list(counter.folder.with_name(f"{counter.folder.name}-sao-luu").glob("*-nang-cap-tu-0001-*.zip"))
    backup_files.unpack(kept[0], counter.folder / "old.db")
    old = Database(counter.folder / "old.db", office.database.key)
    with old.reading() as connection:
        assert upgrade.version(connection) == "0001"
    assert old.integrity() == "ok"
    old.close()
    assert month(office, 2026, 10) == before
    assert [line.applicant for line in lookup.find(office, "hloxn")] == ["H’Loan Niê Kđăm"]
    assert keeping.verify(office).healthy
    office.close()
