"""The full run: at least 200 distinct kill points over receive, instant and bundle import, in two
processes at once.

python -m tests.faults.run [COUNT] writes what it found to tests/faults/last.txt; exit code 1 where a point
left anything wrong.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tests.faults import points
from tests.faults.points import Outcome, Point, Stage

COUNT, SEED = 240, 20261122
LAST = Path(__file__).with_name("last.txt")


def strike_all(stage: Stage, drawn: list[Point], lanes: int = 2) -> Iterable[Outcome]:
    """Every drawn point, in so many processes at once."""
    with ProcessPoolExecutor(lanes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(_strike, stage), drawn)


def _strike(stage: Stage, point: Point) -> Outcome:
    case = stage.folder / f"{point.command}-{point.call}-{point.number}"
    return points.strike(stage, point, case)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    if not points.able():
        print("strace cannot follow a process here", file=sys.stderr)
        return 3
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        stage = points.prepare(Path(folder))
        known = [point for command in points.COMMANDS for point in points.points_of(stage, command)]
        outcomes = list(strike_all(stage, points.draw(known, count, SEED)))
    report = _report(known, outcomes, time.monotonic() - started)
    print(report)
    faults = any(outcome.faults for outcome in outcomes)
    if not faults and len(sys.argv) == 1:
        LAST.write_text(report + "\n", "utf-8")
    return 1 if faults else 0


def _report(known: list[Point], outcomes: list[Outcome], seconds: float) -> str:
    struck = [outcome for outcome in outcomes if outcome.killed]
    lines = [
        f"{date.today().isoformat()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        f"{len({o.point for o in struck})} distinct kill points of {len(known)} calls "
        f"(seed {SEED}, {seconds:.0f} s); {sum(bool(o.faults) for o in outcomes)} left anything wrong",
    ]
    for (command, call), number in sorted(Counter((o.point.command, o.point.call) for o in struck).items()):
        lines.append(f"{command:8} {call:10} {number:4}")
    lines += [f"{o.point}: {fault}" for o in outcomes for fault in o.faults]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
