"""Fails every write, fsync, rename and removal of the real commands, and cuts the power at each of them.

Three faults at each call: EIO, ENOSPC, and a power cut that loses what was not synced. Afterwards the store
must open and prove itself, what was told must be there, the same command must succeed, and nothing may be
doubled; for `sync` the district must agree. `upgrade` begins from a store of the first schema.
"""

from __future__ import annotations

import errno
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from counter_app.store import database
from tests.faults import exchanges
from tests.faults.bench import CALLS, NAMES, POWER, Bench, Break, refused
from tests.faults.rows import Row

COMMANDS: Final = ("receive", "backup", "day", "restore", "sync", "upgrade")
FAULTS: Final = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "power": POWER}
SEED: Final = 20261128


@dataclass(frozen=True)
class Point:
    """The `number`-th call of this kind of the command fails so."""

    command: str
    call: str
    number: int
    fault: str

    @property
    def row(self) -> str:
        """The line of the table that it belongs to."""
        call = "fsync" if self.call == "sync" else self.call
        what = "power cut at" if self.fault == "power" else f"{self.fault} of"
        return f"half-done migration, {what} {call}" if self.command == "upgrade" else f"{what} {call}"


def every(bench: Bench, commands: Sequence[str]) -> list[Point]:
    """Every call of the commands, with every fault."""
    found = []
    for command in commands:
        with bench.fresh(command, "count") as (case, _):
            ended = bench.run(command, case)
        assert ended.code == 0, ended.said
        for call, count in zip(CALLS, ended.counts, strict=True):
            found += [Point(command, call, n, fault) for n in range(1, count + 1) for fault in FAULTS]
    return found


def strike(bench: Bench, point: Point) -> tuple[str, list[str]]:
    """What the officer saw, after a power cut at the next start, and what was wrong afterwards."""
    with bench.fresh(point.command) as (case, base):
        ended = bench.run(point.command, case, Break(point.call, point.number, FAULTS[point.fault]))
        wrong = [*refused(ended), *bench.left(case, ended)]
        again, failed = bench.expect_done(point.command, case)
        more = {"receive": len(NAMES), "sync": exchanges.THERE}.get(point.command, 0)
        wrong += [*failed, *bench.after(case, more, base if point.command == "sync" else None)]
    return ended.words or (again.words if point.fault == "power" else ""), wrong


def rows(bench: Bench, drawn: Iterable[Point]) -> Iterator[Row]:
    """One for each point."""
    for point in drawn:
        words, wrong = strike(bench, point)
        yield Row.of(point.row, point.command, words, [f"{point}: {one}" for one in wrong], wrong)


def draw(found: list[Point], count: int) -> list[Point]:
    """So many points, in turn of each command, call and fault."""
    rng = Random(SEED)
    groups: dict[tuple[str, str, str], list[Point]] = defaultdict(list)
    for point in found:
        groups[point.command, point.call, point.fault].append(point)
    for group in groups.values():
        rng.shuffle(group)
    drawn: list[Point] = []
    while len(drawn) < min(count, len(found)):
        for group in groups.values():
            if group and len(drawn) < count:
                drawn.append(group.pop())
    return drawn


def unseen(bench: Bench, point: Point) -> list[str]:
    """Complains where a store that waits for no disk passes: then nothing here proves anything."""
    connect = database.connect

    def careless(path: Path, key: bytes) -> Any:
        raw = connect(path, key)
        raw.execute("PRAGMA synchronous=OFF")
        return raw

    database.connect = careless
    _, wrong = strike(bench, point)
    database.connect = connect
    return [] if any("is not there" in one for one in wrong) else ["a careless store was not seen"]
