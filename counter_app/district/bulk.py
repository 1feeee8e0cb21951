"""Rows by the hundred, straight to the driver: to bind them one by one costs more than to write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table

Values = tuple[Any, ...]
_MANY: Final = 500  # values of one question: SQLite and PostgreSQL both take as many


class Bulk:
    """Puts rows into the columns of a table; with `again` a row that is there stays as it is."""

    def __init__(self, table: Table, *columns: str, again: bool = False) -> None:
        assert set(columns) <= set(table.c.keys())
        self._begin: Final = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES "  # noqa: S608  names of our own
        self._count: Final = len(columns)
        self._end: Final = " ON CONFLICT DO NOTHING" if again else ""  # SQLite and PostgreSQL both

    def put(self, connection: Connection, rows: Sequence[Values]) -> None:
        if rows:
            mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
            marks = f"({', '.join([mark] * self._count)})"
            connection.exec_driver_sql(self._begin + marks + self._end, list(rows))


class Among:
    """Finds rows of a table that are `at` one place, by the values of one more column."""

    def __init__(self, table: Table, *columns: str, at: Sequence[str], among: str) -> None:
        assert {*columns, *at, among} <= set(table.c.keys())
        self._begin: Final = f"SELECT {', '.join(columns)} FROM {table.name} WHERE "  # noqa: S608  as above
        self._at: Final = at
        self._among: Final = among

    def find(self, connection: Connection, at: Values, values: Sequence[Any]) -> Iterator[Values]:
        """The columns of each; `at` are the values of the place."""
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        where = self._begin + "".join(f"{name} = {mark} AND " for name in self._at)
        for start in range(0, len(values), _MANY):
            some = values[start : start + _MANY]
            marks = ", ".join([mark] * len(some))
            yield from connection.exec_driver_sql(f"{where}{self._among} IN ({marks})", (*at, *some)).all()


class Waiting:
    """Rows that are written together: a statement for all runs of a batch costs less than one for each."""

    def __init__(self) -> None:
        self._rows: dict[Bulk, list[Values]] = {}

    def put(self, bulk: Bulk, rows: Sequence[Values]) -> None:
        if rows:
            self._rows.setdefault(bulk, []).extend(rows)

    def write(self, connection: Connection) -> None:
        if self._rows:
            rows, self._rows = self._rows, {}
            for bulk, some in rows.items():
                bulk.put(connection, some)
