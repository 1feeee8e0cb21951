"""Transactions of an open store: what fails leaves nothing, what runs at once runs apart, closing closes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from counter_app.store.database import KEY, Database, driver_of

_SIX = 6  # more than the store keeps connections


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "store.db", bytes(KEY))
    with made.writing() as connection:
        connection.execute(text("CREATE TABLE lines (line TEXT PRIMARY KEY)"))
    yield made
    made.close()


def _add(database: Database, line: str) -> None:
    with database.writing() as connection:
        connection.execute(text("INSERT INTO lines VALUES (:line)"), {"line": line})


def _lines(database: Database) -> list[str]:
    with database.reading() as connection:
        return [row[0] for row in connection.execute(text("SELECT line FROM lines ORDER BY line"))]


def test_what_fails_leaves_nothing_and_the_next_one_works_on(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.execute(text("INSERT INTO lines VALUES ('lost')"))
        driver_of(connection).execute("INSERT INTO lines VALUES ('lost too')")
        raise ZeroDivisionError
    _add(database, "kept")
    assert _lines(database) == ["kept"]


def test_what_the_driver_refuses_leaves_nothing_either(database: Database) -> None:
    _add(database, "there")
    with pytest.raises(sqlcipher.IntegrityError), database.writing() as connection:
        driver_of(connection).execute("INSERT INTO lines VALUES ('new')")
        driver_of(connection).execute("INSERT INTO lines VALUES ('there')")
    assert _lines(database) == ["there"]


def test_one_after_the_other_works_on_the_same_connection(database: Database) -> None:
    with database.reading() as connection:
        first = driver_of(connection)
    with database.writing() as connection:
        assert driver_of(connection) is first


def test_readers_at_once_each_see_the_store_as_it_was_when_they_began(database: Database) -> None:
    begun, written = Barrier(_SIX + 1), Barrier(_SIX + 1)

    def read(_: int) -> tuple[int, int]:
        with database.reading() as connection:
            before = connection.execute(text("SELECT count(*) FROM lines")).scalar_one()
            begun.wait(10)
            written.wait(10)
            return before, connection.execute(text("SELECT count(*) FROM lines")).scalar_one()

    with ThreadPoolExecutor(_SIX) as readers:
        found = readers.map(read, range(_SIX))
        begun.wait(10)
        _add(database, "meanwhile")
        written.wait(10)
        assert list(found) == [(0, 0)] * _SIX
    assert _lines(database) == ["meanwhile"]


def test_a_closed_store_holds_no_file_once_the_last_reader_is_through(database: Database) -> None:
    beside = Path(f"{database.path}-wal")
    with database.reading() as connection:
        connection.execute(text("SELECT count(*) FROM lines")).scalar_one()
        database.close()
        assert beside.exists()
    assert not beside.exists()  # SQLite takes it away with the last connection
