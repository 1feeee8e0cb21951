"""A thousand enrolled machines come back to their district after a day without a network.

python -m benchmarks.storm [MACHINES] prints how all were served; without a number it keeps that in storm.txt.
Each machine is a light one (tests/district/storming.py): it holds its log in memory, speaks through the
counter's own courier with its time-outs, and waits after a failure as a counter waits. All of them, servers
and database stand on one machine, so that a second here is none of a server of its own.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.figures import machine
from counter_app.district.exchange import Exchange
from counter_app.services.packing import packer
from tests import postgres
from tests.district.serving import Serving, district
from tests.district.storming import (
    EVENTS,
    Machine,
    Storm,
    a_day_passes,
    come_back,
    gather,
    many_files,
    scraped,
)
from tests.district.test_processes import now_ms, opened_whole
from tests.postgres import PostgresServer

MACHINES: Final = 1_000
A_COMMUNE: Final = 8
LAST: Final = Path(__file__).with_name("storm.txt")
_STORMS: Final = ((60.0, "within a minute"), (5.0, "network back everywhere in the same second: within 5 s"))


@dataclass(frozen=True)
class _Cost:
    """Of the serving processes, from the storm's begin to its end; sizes in bytes."""

    rested: int
    peak: int
    cpu_s: float
    exchanges: int


def main(asked: list[str]) -> int:
    many_files()
    count = int(asked[0]) if asked else MACHINES
    lines = [
        f"{date.today().isoformat()}, {machine()}",
        f"{count:,} machines of {-(-count // A_COMMUNE)} communes, {EVENTS} new events each; "
        "machines, servers and database on the same cores",
    ]
    with tempfile.TemporaryDirectory(prefix="storm-", ignore_cleanup_errors=True) as folder:
        lines += _measured(Path(folder) / "sqlite", "SQLite, one process", count, 1)
        if postgres.programs() is None:
            lines.append("PostgreSQL: not measured, it is not on this machine")
        else:
            with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp", ignore_cleanup_errors=True) as place:
                server = PostgresServer(Path(place), durable=True)
                server.start()
                try:
                    with postgres.database(server.url) as url:
                        name = "PostgreSQL, four processes"
                        lines += _measured(Path(folder) / "postgres", name, count, 4, url)
                finally:
                    server.stop()
    shown = "\n".join(lines) + "\n"
    print(shown, end="")
    if not asked:
        LAST.write_text(shown, "utf-8")
    return 0


def _measured(folder: Path, name: str, count: int, processes: int, url: str = "") -> list[str]:
    print(f"{name}: {count} machines enter …", file=sys.stderr, flush=True)
    district(folder, "init", "--name", "Sở mẫu", *(("--database", url) if url else ()))
    with opened_whole(folder) as found:
        exchange = Exchange(found.base, found.who, packer(), now_ms)
        communes = gather(found.base, exchange, count, A_COMMUNE)
    machines = [one for some in communes.values() for one in some]
    lines = []
    for over_s, told in _STORMS:
        a_day_passes(machines)
        storm, cost, own_s = _storm(folder, machines, over_s, processes)
        if any(one.acknowledged != one.author.seq for one in machines):
            raise RuntimeError("a machine has more than the district acknowledged")
        lines += ["", f"{name}, {told}", *_told(storm, cost, own_s, count)]
    return lines


def _storm(
    folder: Path, machines: Sequence[Machine], over_s: float, processes: int
) -> tuple[Storm, _Cost, float]:
    with ExitStack() as stack:
        servings = [Serving(folder, "--metrics-port", "0") for _ in range(processes)]
        for serving in servings:
            stack.callback(serving.kill)
        urls = [serving.url for serving in servings]
        metrics = [serving.told["metrics"] for serving in servings]
        before = [scraped(url) for url in metrics]
        own = time.process_time()
        storm = come_back(
            machines,
            lambda number: urls[number % processes],
            over_s,
            random.Random("storm"),
            lambda: sum(int(scraped(url)["queued_exchanges"]) for url in metrics),
        )
        own = time.process_time() - own
        after = [scraped(url) for url in metrics]
        cost = _Cost(
            rested=sum(int(one["process_resident_memory_bytes"]) for one in before),
            peak=sum(_peak(serving.pid) for serving in servings),
            cpu_s=_more("process_cpu_seconds_total", before, after),
            exchanges=round(_more("exchange_seconds_count", before, after)),
        )
        return storm, cost, own


def _more(name: str, before: Sequence[dict[str, float]], after: Sequence[dict[str, float]]) -> float:
    return sum(one[name] for one in after) - sum(one[name] for one in before)


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def _told(storm: Storm, cost: _Cost, own_s: float, count: int) -> list[str]:
    served = sorted(storm.served)
    middle = statistics.median(served)
    failed = ", ".join(f"{why} {times}" for why, times in sorted(storm.failures.items()))
    return [
        f"  all {count:,} served {storm.last_s:.1f} s after the first came back; "
        f"calm after {storm.calm_s:.1f} s; at the most {storm.most_queued} exchanges waited for a place",
        f"  a machine was served in {middle:.2f} s (median), {served[len(served) * 95 // 100]:.2f} s (p95), "
        f"{served[-1]:.2f} s (slowest, {served[-1] / middle:.1f} times the median)",
        f"  {cost.exchanges:,} exchanges; failed and tried again: {failed or 'none'}",
        f"  servers: {cost.rested / 1e6:.0f} MB before, {cost.peak / 1e6:.0f} MB at the most; "
        f"CPU {cost.cpu_s:.1f} s, {cost.cpu_s / cost.exchanges * 1000:.1f} ms an exchange; "
        f"the machines' own CPU {own_s:.1f} s; {os.cpu_count()} cores",
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
