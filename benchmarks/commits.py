"""Saving a dossier against the floor: the same rows, ready made, in one raw encrypted commit with fsync.

Both sides are taken in turns, block by block, so that a noisy machine troubles them alike.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher

from benchmarks import stores, workload
from benchmarks.figures import Figure, Group, p50, p99, timed
from benchmarks.workload import Invented
from counter_app.domain import fold
from counter_app.services import reception, rules
from counter_app.services.entry import read_form
from counter_app.store import caches, log
from counter_app.store.database import Database
from counter_app.store.writer import writing

_TITLE: Final = "Save of one received dossier: events, signature, caches, fsync (WAL, FULL)"
GOAL: Final = 0.5  # of the raw commits per second
_BLOCKS, _EACH = 7, 120

# table -> the rows that one dossier's save left in it
_LEFT = {
    "events": "SELECT * FROM events WHERE dossier = :dossier ORDER BY id",
    "salts": "SELECT * FROM salts WHERE dossier = :dossier",
    "signatures": "SELECT s.* FROM events JOIN signatures s USING (branch_id, seq) WHERE dossier = :dossier",
    "dossiers": "SELECT * FROM dossiers WHERE dossier = :dossier",
    "codes": "SELECT * FROM codes WHERE dossier_id = :line",
    "digits": "SELECT * FROM digits WHERE dossier_id = :line",
    "own": "SELECT * FROM own WHERE name IN ('clock', 'wall')",
    "series": "SELECT * FROM series WHERE day = :day",
    "volumes": "SELECT * FROM volumes",
}
_REPLACED = ("own", "series", "volumes")
Rows = list[tuple[str, list[tuple[Any, ...]]]]  # statement, parameters


def run() -> Group:
    found = list(workload.dossiers((_BLOCKS + 1) * _EACH, seed=11))
    blocks = [found[n : n + _EACH] for n in range(0, len(found), _EACH)]
    figures = []
    for name, save, goal in (
        ("the store's writer", _through_writer, GOAL),
        # More than a commit: entry read, date reckoned, code drawn, the number fsynced in a second place.
        ("the service that receives", _through_service, None),
    ):
        with tempfile.TemporaryDirectory(dir=stores.scratch()) as folder:
            figures += _compare(Path(folder), name, save, blocks, goal)
    return _TITLE, figures


Save = Callable[[Invented], object]


def _through_writer(folder: Path) -> tuple[Database, Save]:
    """The event and its caches, nothing else."""
    database = stores.new(folder / "ours.db")

    def save(item: Invented) -> None:
        act = item.acts[0]
        with writing(database, stores.ms(act)) as pen:
            pen.append(act.kind, item.id, act.payload, item.actor)

    return database, save


def _through_service(folder: Path) -> tuple[Database, Save]:
    """All that one key does before the paper: the entry read, return date, code, register number, rights."""
    office = stores.office(folder / "data", lambda: workload.NOW)
    offered = [procedure for procedure in rules.catalogue(office) if procedure.limit]
    session, turn = office.session(), cycle(offered)

    def save(item: Invented) -> None:
        fields = {
            "id": item.id.hex(),
            "procedure": next(turn).code,
            "applicant": item.reception["applicant"],
        }
        reception.receive(office, session, read_form(fields, offered, workload.NOW))

    return office.database, save


def _compare(
    folder: Path,
    name: str,
    open_: Callable[[Path], tuple[Database, Save]],
    blocks: Sequence[Sequence[Invented]],
    goal: float | None,
) -> list[Figure]:
    ours, save = open_(folder)
    raw = stores.twin(ours, folder / "floor.db")
    warm, *measured = blocks
    mine: list[list[float]] = []
    bare: list[list[float]] = []
    for block in [warm, *measured]:
        gc.collect()
        gc.freeze()  # the workload itself is nothing for the collector to walk through
        mine.append(timed(save, block))
        ready = [_rows(ours, item) for item in block]
        bare.append(timed(lambda rows: _commit(raw, rows), ready))
    raw.close()
    ours.close()
    mine, bare = mine[1:], bare[1:]
    speeds = sorted(sum(b) / sum(m) for m, b in zip(mine, bare, strict=True))
    ratio = speeds[len(speeds) // 2]
    verdict = () if goal is None else (f">= {goal}x", ratio >= goal)
    return [
        _figure("floor: the same rows, ready made", bare),
        _figure(f"through {name}", mine, f"{ratio:.2f}x of the floor", *verdict),
    ]


def _figure(what: str, blocks: list[list[float]], *judged: Any) -> Figure:
    every = [ms for block in blocks for ms in block]
    per_s = sorted(len(block) / sum(block) * 1000 for block in blocks)[len(blocks) // 2]
    return Figure(f"{what}, {per_s:,.0f}/s", p50(every), p99(every), *judged)


def _commit(raw: sqlcipher.Connection, rows: Rows) -> None:
    raw.execute("BEGIN IMMEDIATE")
    for statement, parameters in rows:
        raw.executemany(statement, parameters)
    raw.execute("COMMIT")


def _rows(database: Database, item: Invented) -> Rows:
    raw = database.raw()
    line, received_at = raw.execute(
        "SELECT id, received_at FROM dossiers WHERE dossier = ?", (item.id,)
    ).fetchone()
    known = {"dossier": item.id, "line": line, "day": received_at[:10]}
    rows: Rows = []
    for table, query in _LEFT.items():
        if found := raw.execute(query, known).fetchall():
            verb = "REPLACE" if table in _REPLACED else "INSERT"
            marks = ", ".join("?" * len(found[0]))
            rows.append((f"{verb} INTO {table} VALUES ({marks})", found))
    raw.close()
    with database.reading() as connection:
        folded = fold.fold(item.id, log.dossier_events(connection, item.id, log.read_map(connection)))
    rows.append(("INSERT INTO words(rowid, folded) VALUES (?, ?)", [(line, caches.words_of(folded))]))
    return rows
