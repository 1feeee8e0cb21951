"""Every statement of the store's modules is one that the schema's history can answer."""

import os
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

from counter_app import store
from counter_app.store import upgrade
from counter_app.store.database import Database
from counter_app.store.prepared import Prepared
from counter_app.system import paths


def statements() -> dict[str, Prepared]:
    found = {}
    for info in pkgutil.iter_modules(store.__path__):
        for name, value in vars(import_module(f"counter_app.store.{info.name}")).items():
            for number, one in enumerate(value if isinstance(value, list | tuple) else [value]):
                if isinstance(one, Prepared):
                    found[f"{info.name}.{name}.{number}"] = one
    return found


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    database = Database(tmp_path_factory.mktemp("store") / "store.db", os.urandom(32))
    upgrade.bring_up_to_date(database, paths.migrations())
    yield database
    database.close()


class Anything(dict):
    def __missing__(self, name):
        return None


@pytest.mark.parametrize("name", sorted(statements()))
def test_a_statement_names_tables_and_columns_that_there_are(database, name):
    statement = statements()[name]

    with database.reading() as connection:
        found = connection.raw.execute(f"EXPLAIN {statement.sql}", Anything()).fetchall()

    assert found


def test_the_statements_are_found():
    assert {"log._HEAD.0", "caches._CLEAR.3", "search._BY_WORDS.0"} <= set(statements())


def test_a_store_is_opened_without_what_only_upgrades_need(tmp_path):
    database = Database(tmp_path / "store.db", bytes(32))
    upgrade.bring_up_to_date(database, paths.migrations())
    database.close()
    script = (
        "import sys; from pathlib import Path\n"
        "from counter_app.services import lookup, opening\n"
        "from counter_app.store import database, upgrade\n"
        f"store = database.Database(Path({str(database.path)!r}), bytes(32))\n"
        "upgrade.bring_up_to_date(store, Path('nowhere'))\n"
        "print([name for name in ('sqlalchemy', 'alembic') if name in sys.modules])"
    )

    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "[]"
