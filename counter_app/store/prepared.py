"""Statements of the hot path: built by SQLAlchemy Core once, run on the driver in the same transaction.

SQLAlchemy's own execution costs some 45 µs a statement, and a reception has twenty of a row or two each. What
this leaves out: rows come as tuples, and values are those that SQLite itself knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ClauseElement

Row = tuple[Any, ...]
_DIALECT: Final = sqlite.dialect(paramstyle="named")


class Prepared:
    """A Core statement; an insert names the columns that it is given. Faults are those of the driver."""

    def __init__(self, statement: Executable, *columns: str) -> None:
        assert isinstance(statement, ClauseElement)
        compiled = statement.compile(dialect=_DIALECT, column_keys=columns or None)
        self._sql = str(compiled)
        self._set = {name: value for name, value in compiled.params.items() if value is not None}

    def all(self, connection: Connection, **values: Any) -> list[Row]:
        found: list[Row] = self._run(connection, values).fetchall()
        return found

    def first(self, connection: Connection, **values: Any) -> Row | None:
        found: Row | None = self._run(connection, values).fetchone()
        return found

    def run(self, connection: Connection, **values: Any) -> None:
        self._run(connection, values)

    def run_each(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        _driver(connection).executemany(self._sql, rows)

    def _run(self, connection: Connection, values: dict[str, Any]) -> Any:
        return _driver(connection).execute(self._sql, self._set | values if self._set else values)


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
