"""The district's database: SQLite encrypted by SQLCipher, or PostgreSQL by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import URL, Connection, create_engine, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from counter_app.domain.errors import BadInput, Unreachable
from counter_app.store.database import Database

_CONNECTIONS: Final = 12


class Base(Protocol):
    """Where the district's tables lie."""

    def reading(self) -> AbstractContextManager[Connection]:
        """One consistent view."""

    def writing(self) -> AbstractContextManager[Connection]:
        """All that is written inside is on the disk at the end, or none of it."""

    def integrity(self) -> str:
        """ok, or what is wrong with its file."""

    def close(self) -> None: ...


class Postgres:
    """A PostgreSQL database, which several processes of the server may share."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, pool_size=_CONNECTIONS, max_overflow=4, pool_pre_ping=True)
        self._reads = self._engine.execution_options(isolation_level="REPEATABLE READ")

    @property
    def url(self) -> URL:
        return self._engine.url

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _told(), self._reads.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with _told(), self._engine.connect() as connection, connection.begin():
            yield connection

    def integrity(self) -> str:
        return "ok"  # PostgreSQL's own page checksums and tools watch over its files

    def close(self) -> None:
        self._engine.dispose()


def at_once(base: Base) -> int:
    """How many exchanges of one process go on together.

    The embedded database has one writer: whoever else came to it would poll for its place, the unlucky for
    long, while a queue has an order.
    """
    return _CONNECTIONS if isinstance(base, Postgres) else 1


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise Unreachable("database-unreachable") from error


def open_base(file: Path, key: bytes, url: str = "") -> Base:
    """The embedded database in `file`, or the one at `url`; raises BadInput("not-a-database-url")."""
    if not url:
        return Database(file, key)
    try:
        driver = make_url(url).get_backend_name()
    except ArgumentError as error:
        raise BadInput("not-a-database-url", field="database") from error
    if driver != "postgresql":
        raise BadInput("not-a-database-url", field="database")
    return Postgres(make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
