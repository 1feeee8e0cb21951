"""The schema's history: it makes what the tables say, is upgraded after a copy, and refuses the future."""

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import inspect

from counter_app.domain.errors import NewerStore
from counter_app.store import tables, upgrade
from counter_app.store.database import Database
from counter_app.system import paths

NEXT = '''"""A column more."""
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "LAST", None, None
def upgrade():
    op.execute("ALTER TABLE logs ADD COLUMN seen_at TEXT")
'''
LAST = upgrade.HISTORY[-1]
NEXT = NEXT.replace("LAST", LAST)
LATER = (*upgrade.HISTORY, "9999")
BROKEN = NEXT + '    op.execute("INSERT INTO nowhere VALUES (1)")\n'


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "store.db", os.urandom(32))
    yield database
    database.close()


@pytest.fixture
def two_steps(tmp_path) -> Path:
    return Path(shutil.copytree(paths.migrations(), tmp_path / "db"))


def columns(database: Database, table: str) -> list[str]:
    with database.reading() as connection:
        return [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]


def test_the_history_makes_the_tables_that_the_code_speaks_to(database):
    upgrade.bring_up_to_date(database, paths.migrations())

    with database.reading() as connection:
        found = inspect(connection)
        for name, table in tables.metadata.tables.items():
            assert [c["name"] for c in found.get_columns(name)] == [c.name for c in table.columns]
            assert {c["name"] for c in found.get_columns(name) if c["nullable"]} == {
                c.name for c in table.columns if c.nullable
            }
            indexes = {i["name"]: i["column_names"] for i in found.get_indexes(name)}
            assert indexes == {i.name: [c.name for c in i.columns] for i in table.indexes}


def test_the_code_knows_the_whole_history():
    revisions = sorted(path.name.split("_")[0] for path in (paths.migrations() / "counter").glob("0*.py"))

    assert tuple(revisions) == upgrade.HISTORY


def test_an_upgrade_is_announced_before_it_begins(database, two_steps):
    upgrade.bring_up_to_date(database, two_steps)
    (two_steps / "counter" / "9999_next.py").write_text(NEXT)
    told = []

    upgrade.bring_up_to_date(database, two_steps, told.append, LATER)
    upgrade.bring_up_to_date(database, two_steps, told.append, LATER)

    assert told == [LAST]
    assert "seen_at" in columns(database, "logs")


def test_an_upgrade_that_fails_leaves_the_old_schema(database, two_steps):
    upgrade.bring_up_to_date(database, two_steps)
    (two_steps / "counter" / "9999_next.py").write_text(BROKEN)

    with pytest.raises(Exception, match="nowhere"):
        upgrade.bring_up_to_date(database, two_steps, history=LATER)

    with database.reading() as connection:
        assert upgrade.version(connection) == LAST
    assert "seen_at" not in columns(database, "logs")


def test_a_later_programs_store_is_refused_untouched(database, two_steps):
    (two_steps / "counter" / "9999_next.py").write_text(NEXT)
    upgrade.bring_up_to_date(database, two_steps, history=LATER)

    with pytest.raises(NewerStore):
        upgrade.bring_up_to_date(database, paths.migrations())
