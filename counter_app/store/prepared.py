"""The store's statements: SQL as it is, run on the driver in the transaction of the connection handed in.

SQLAlchemy Core stood here once: to import it took half of the program's start, and each of the twenty
statements of a save 45 µs more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counter_app.store.database import Connection

Row = Any  # a tuple, or the named tuple that the statement was given


class Prepared:
    """A statement with its parameters by name (`:n`). Its rows are tuples, or of the named tuple `row`."""

    def __init__(self, sql: str, row: Any = None) -> None:
        self.sql = sql
        self._row = row

    def each(self, connection: Connection, **values: Any) -> Iterator[Row]:
        """The rows one by one, as they are read."""
        found = connection.raw.execute(self.sql, values)
        return map(self._row._make, found) if self._row else iter(found)

    def all(self, connection: Connection, **values: Any) -> list[Row]:
        return list(self.each(connection, **values))

    def first(self, connection: Connection, **values: Any) -> Row | None:
        return next(self.each(connection, **values), None)

    def value(self, connection: Connection, **values: Any) -> Any:
        """The first column of the first row; None where there is no row."""
        found = connection.raw.execute(self.sql, values).fetchone()
        return None if found is None else found[0]

    def column(self, connection: Connection, **values: Any) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in connection.raw.execute(self.sql, values)]

    def run(self, connection: Connection, **values: Any) -> int:
        """Writes; the number of the row that an insert made last."""
        return int(connection.raw.execute(self.sql, values).lastrowid or 0)

    def run_each(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        connection.raw.executemany(self.sql, rows)


def inserting(table: str, *columns: str, insert: str = "INSERT") -> Prepared:
    """Puts a row in; `insert` may be INSERT OR REPLACE or INSERT OR IGNORE."""
    values = ", ".join(f":{name}" for name in columns)
    return Prepared(f"{insert} INTO {table} ({', '.join(columns)}) VALUES ({values})")
