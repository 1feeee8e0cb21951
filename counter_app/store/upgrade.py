"""The store's schema: made at the start, upgraded after a backup (the caches anew), a newer one refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

from counter_app.domain.errors import NewerStore
from counter_app.store.database import Database

# Oldest first; a test holds it against db/counter.
HISTORY: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
_VERSION = text("SELECT version_num FROM schema_version")


def version(connection: Connection) -> str | None:
    """The schema's version; None for an empty file."""
    made = connection.execute(
        text("SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'")
    ).scalar()
    return connection.execute(_VERSION).scalar() if made else None


def bring_up_to_date(
    database: Database,
    migrations: Path,
    before_upgrade: Callable[[str], None] = lambda old: None,
    history: tuple[str, ...] = HISTORY,
) -> None:
    """Leaves the schema at the newest of `history`, with the caches that belong to it, or all as it was.

    `before_upgrade` is called first, with the old version, to take a backup. Raises NewerStore where a later
    version of the program has written the file.
    """
    with database.reading() as connection:
        found = version(connection)
    if found == history[-1]:
        return
    if found is not None:
        if found not in history:
            raise NewerStore("store-newer", version=found)
        before_upgrade(found)
    _migrate(database, migrations, rebuilds=found is not None)


def migrate(connection: Connection, migrations: Path, history: str) -> None:
    """Brings the schema to the end of one of the histories in `migrations`."""
    # Alembic takes a tenth of a second to import, and is needed once in a store's life and at upgrades.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("version_locations", str(migrations / history))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _migrate(database: Database, migrations: Path, *, rebuilds: bool) -> None:
    from counter_app.store.keeping import rebuild

    with database.writing() as connection:
        migrate(connection, migrations, "counter")
        if rebuilds:
            rebuild(connection)
