"""No statement of the store goes through a whole table that grows with the years: SQLite tells its plan."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.expression import ColumnElement

import counter_app.store
from counter_app.store import hands, upgrade
from counter_app.store.database import KEY, Database
from counter_app.store.prepared import Prepared
from counter_app.system import paths

GROW = ("events", "salts", "signatures", "dossiers", "codes", "digits")
# A check of the whole store, and the newest lines by the primary key, which end at their limit.
MEANT = {"log._BY_DOSSIER", "search._NEWEST"}
_DIALECT = sqlite.dialect(paramstyle="named")


def statements() -> Iterator[tuple[str, ClauseElement]]:
    for found in pkgutil.iter_modules(counter_app.store.__path__):
        for name, value in vars(importlib.import_module(f"counter_app.store.{found.name}")).items():
            statement = value._statement if isinstance(value, Prepared) else value
            if isinstance(statement, ClauseElement) and not isinstance(statement, ColumnElement):
                yield f"{found.name}.{name}", statement


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = Database(tmp_path_factory.mktemp("plans") / "store.db", bytes(KEY))
    upgrade.bring_up_to_date(made, paths.migrations())
    yield made
    made.close()


def test_every_statement_finds_what_it_seeks_by_an_index(database: Database) -> None:
    seen, scanning = 0, []
    with database.reading() as connection:
        for name, statement in statements():
            compiled = statement.compile(dialect=_DIALECT)
            if not str(compiled).startswith(("SELECT", "UPDATE", "DELETE")):
                continue
            seen += 1
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {compiled}", dict.fromkeys(compiled.params, 1)
            )
            steps = [str(row[3]) for row in plan]
            if name not in MEANT and any(f"SCAN {table}" in steps_ for steps_ in steps for table in GROW):
                scanning.append((name, steps))

    assert seen > 30
    assert scanning == []


def test_the_plan_of_a_scan_is_told(database: Database) -> None:
    with database.reading() as connection:
        plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN SELECT hash FROM events WHERE seq = 1")

        assert any("SCAN events" in str(row[3]) for row in plan)


def test_a_prepared_statement_is_planned_once() -> None:
    """A LIMIT that is a parameter has SQLite plan anew at each run: `prepared.ONE` is none."""
    prepared = {name: str(one.compile(dialect=_DIALECT)) for name, one in statements() if _is_prepared(name)}
    assert "\n LIMIT 1" in prepared["log._HEAD"]
    assert [name for name, sql in prepared.items() if "LIMIT :" in sql] == []


def _is_prepared(name: str) -> bool:
    module, _, of = name.partition(".")
    return isinstance(vars(importlib.import_module(f"counter_app.store.{module}"))[of], Prepared)


def test_what_lies_between_two_hands_is_found_by_the_indexes_that_hold_only_that(database: Database) -> None:
    with database.reading() as connection:
        for statement in (hands._BEYOND, *hands._COUNTS.values(), *hands._LISTS.values()):
            compiled = str(statement.compile(dialect=_DIALECT))
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {compiled}", dict.fromkeys(statement.compile().params, 1)
            )
            used = [str(row[3]).split(" INDEX ")[1].split()[0] for row in plan if " INDEX " in str(row[3])]

            assert used and set(used) <= {"dossiers_handed", "dossiers_in_step"}
