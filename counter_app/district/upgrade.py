"""The schema of the district's database: one history for SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from counter_app.district.database import Base
from counter_app.domain.errors import NewerStore
from counter_app.store.upgrade import migrate

# Oldest first; a test holds it to db.
HISTORY: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
_ONE_AT_A_TIME: Final = 0x6D63  # of PostgreSQL's advisory locks


def bring_up_to_date(base: Base, migrations: Path, history: tuple[str, ...] = HISTORY) -> None:
    """Leaves the schema at the newest of `history`, or all as it was; several processes may start at once.

    Raises NewerStore where a later version of the program has written the database.
    """
    with base.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ONE_AT_A_TIME})
        found = _version(connection)
        if found == history[-1]:
            return
        if found is not None and found not in history:
            raise NewerStore("store-newer", version=found)
        migrate(connection, migrations, "district")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("schema_version"):
        return None
    return connection.execute(text("SELECT version_num FROM schema_version")).scalar()
