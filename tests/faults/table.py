"""The fault library: one run, one table of what was lost, doubled, and which words the officer saw.

python -m tests.faults.table draws COUNT points of the broken disk (broken_disk.py) and takes each so manieth
of the other faults (others.py); a number draws so many; `all` takes every one, `lanes=N` of it at once, and
for no longer than `minutes=N`. What it found goes to tests/faults/table.txt where nothing was wrong, unless a
number was given. Exit code 1 where a point left anything wrong. `sample` takes a few points of
`receive` and of QUICK, and one more of a store that does not wait for its disk: that must be seen.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from tests.faults import broken_disk, others
from tests.faults.bench import Bench, build
from tests.faults.rows import Row, together
from tests.faults.rows import table as drawn_table

LAST: Final = Path(__file__).with_name("table.txt")
COUNT: Final = 200
SAMPLE: Final = 6
OF: Final = "(all points)"
_COARSE: Final = 19
"""Of pages, frames and calls, each so manieth, unless all are asked for."""


def main() -> int:
    lanes = _given("lanes", 1)
    asked = next((word for word in sys.argv[1:] if "=" not in word), "")
    if "disk.so" in os.environ.get("LD_PRELOAD", ""):
        print(json.dumps([vars(row) for row in _lane(asked, lanes)]))
        return 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="disk-") as folder:
        environment = {**os.environ, "LD_PRELOAD": str(build(Path(folder)))}
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.faults.table", *sys.argv[1:], f"lane={lane}"],
                env=environment,
                stdout=subprocess.PIPE,
            )
            for lane in range(lanes)
        ]
        told = [lane.communicate()[0] for lane in running]
    if any(lane.returncode for lane in running):
        return 1
    rows = together(Row.read(said) for lane in told for said in json.loads(lane))
    of = sum(row.points for row in rows if row.fault == OF)
    rows = [row for row in rows if row.fault != OF]
    wrong = any(row.lost or row.doubled or row.other for row in rows)
    report = _head(rows, of, asked, lanes, time.monotonic() - started) + "\n" + drawn_table(rows)
    print(report)
    if not wrong and asked in ("", "all"):
        LAST.write_text(report + "\n", "utf-8")
    return 1 if wrong else 0


def _lane(asked: str, lanes: int) -> list[Row]:
    """What one process finds of its share."""
    lane, started = _given("lane", 0), time.monotonic()
    library = Path(os.environ.pop("LD_PRELOAD"))
    with tempfile.TemporaryDirectory(prefix="broken-disk-") as folder:
        bench = Bench(Path(folder), library)
        return together(_told(_rows(bench, asked, lane, lanes), lane, started))


def _rows(bench: Bench, asked: str, lane: int, lanes: int) -> Iterator[Row]:
    sample = asked == "sample"
    every = {"all": 1, "sample": 1000}.get(asked, _COARSE)
    for number, fault in enumerate(others.QUICK if sample else others.ALL):
        if number % lanes == lane:
            yield from fault(bench, every)
    found = broken_disk.every(bench, ("receive",) if sample else broken_disk.COMMANDS)
    mine = [point for point in found if point.number % lanes == lane]
    yield Row(OF, len(mine))
    count = len(mine) if asked == "all" else SAMPLE if sample else int(asked or COUNT) // lanes
    yield from broken_disk.rows(bench, broken_disk.draw(mine, count))
    if sample:
        last = [one for one in found if one.fault == "power"][-40]
        yield Row.of("a careless store", "receive", "", [], broken_disk.unseen(bench, last))


def _told(rows: Iterator[Row], lane: int, started: float) -> Iterator[Row]:
    """Tells how far it is, on standard error, and ends where its time is over: a whole run takes an hour."""
    last = started + 60 * _given("minutes", 24 * 60)
    for number, row in enumerate(rows, 1):
        if number % 100 == 0 or row.wrong:
            at = time.monotonic() - started
            print(f"{lane}: {number} in {at:.0f} s, {row.fault} {row.wrong}", file=sys.stderr, flush=True)
        yield row
        if time.monotonic() > last:
            return


def _given(name: str, otherwise: int) -> int:
    return next((int(word[len(name) + 1 :]) for word in sys.argv if word.startswith(f"{name}=")), otherwise)


def _head(rows: list[Row], of: int, asked: str, lanes: int, seconds: float) -> str:
    broken = sum(row.points for row in rows if " of " in row.fault or "power cut" in row.fault)
    others_ = "each" if asked == "all" else f"one of {_COARSE}"
    return (
        f"{date.today().isoformat()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {lanes} at once, {seconds:.0f} s\n"
        f"Broken disk: {broken} of {of} points: each call of six commands, with each of three faults"
        f"{' (n = 1)' if broken == of else ', drawn'}; of pages, frames and other calls {others_}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
