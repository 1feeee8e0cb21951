"""Statements of the hot path: built by SQLAlchemy Core once, run on the driver in the same transaction.

SQLAlchemy's own execution costs some 45 µs a statement, and a reception has twenty of a row or two each. What
this leaves out: rows come as tuples, and values are those that SQLite itself knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Connection, Executable, Integer, literal_column
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ClauseElement

from counter_app.store.database import driver_of

Row = tuple[Any, ...]
_DIALECT: Final = sqlite.dialect(paramstyle="named")
ONE: Final = literal_column("1", Integer)
"""For `limit`: SQLite plans it anew at each run where it is a parameter, twice the cost of the run."""


class Prepared:
    """A Core statement; an insert names the columns that it is given. Faults are those of the driver.

    It is compiled when it is first run: the start of the program runs a few of the many.
    """

    def __init__(self, statement: Executable, *columns: str) -> None:
        self._statement = statement
        self._columns = columns

    @cached_property
    def _compiled(self) -> tuple[str, dict[str, Any]]:
        """SQL, and the values that the statement brings itself."""
        assert isinstance(self._statement, ClauseElement)
        compiled = self._statement.compile(dialect=_DIALECT, column_keys=self._columns or None)
        return str(compiled), {name: value for name, value in compiled.params.items() if value is not None}

    def all(self, connection: Connection, **values: Any) -> list[Row]:
        found: list[Row] = self._run(connection, values).fetchall()
        return found

    def first(self, connection: Connection, **values: Any) -> Row | None:
        found: Row | None = self._run(connection, values).fetchone()
        return found

    def run(self, connection: Connection, **values: Any) -> None:
        self._run(connection, values)

    def run_each(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        driver_of(connection).executemany(self._compiled[0], rows)

    def _run(self, connection: Connection, values: dict[str, Any]) -> Any:
        sql, brought = self._compiled
        return driver_of(connection).execute(sql, brought | values if brought else values)
