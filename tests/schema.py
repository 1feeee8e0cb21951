"""A new store's schema: made by the migrations once in a process, then as it turned out, in less time.

That the migrations make it at all, and from each older one, tests/store and the journeys prove.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from sqlalchemy import Connection

from counter_app.store import upgrade
from counter_app.store.database import Database, driver_of
from counter_app.system import paths

_MIGRATE = upgrade.migrate


@contextmanager
def remembered() -> Iterator[None]:
    """As long as it lasts, new stores get their schema so."""
    with mock.patch.object(upgrade, "migrate", _migrate):
        yield


def _migrate(connection: Connection, migrations: Path, history: str) -> None:
    raw = driver_of(connection)
    empty = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if history != "counter" or migrations != paths.migrations() or not empty:
        _MIGRATE(connection, migrations, history)
        return
    for statement in _statements():
        raw.execute(statement)


@cache
def _statements() -> tuple[str, ...]:
    with TemporaryDirectory() as folder:
        made = Database(Path(folder) / "empty.db", bytes(32))
        with made.writing() as connection:
            _MIGRATE(connection, paths.migrations(), "counter")
            raw = driver_of(connection)
            whole = raw.execute("SELECT name, type, sql FROM sqlite_master ORDER BY rowid").fetchall()
            named = tuple(f"{name}_" for name, _, sql in whole if sql and sql.startswith("CREATE VIRTUAL"))
            own = [row for row in whole if row[2] and not row[0].startswith((*named, "sqlite_"))]
            filled = [
                name
                for name, kind, _ in own
                if kind == "table" and raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            ]
            assert filled == ["schema_version"], "a migration brings rows, which are not remembered"
            (version,) = raw.execute("SELECT version_num FROM schema_version").fetchone()
        made.close()
    return (*(sql for _, _, sql in own), f"INSERT INTO schema_version VALUES ('{version}')")
