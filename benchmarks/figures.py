"""Figures: what was timed, beside its floor and its goal, as one table."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher


@dataclass(frozen=True)
class Figure:
    """One line of the table. Times in ms, None of what is no time; `met` None where there is no goal."""

    what: str
    p50: float | None
    p99: float | None = None
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


Group = tuple[str, Sequence[Figure]]  # a title and its lines


def timed(act: Callable[[Any], object], items: Iterable[Any]) -> list[float]:
    """Milliseconds of `act` on each item."""
    found = []
    for item in items:
        start = time.perf_counter()
        act(item)
        found.append((time.perf_counter() - start) * 1000)
    return found


def p50(times: Sequence[float]) -> float:
    return statistics.median(times)


def p99(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * 99 // 100)]


def machine() -> str:
    """The class of machine and what else ran on it, as far as that explains a figure."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}, "
        f"SQLite {sqlcipher.sqlite_version} under SQLCipher{load}"
    )


def table(groups: Iterable[Group]) -> str:
    lines = [f"{'':54}{'p50 ms':>10}{'p99 ms':>10}  {'ratio':<22}{'goal':<22}"]
    for title, figures in groups:
        lines += ["", title]
        for f in figures:
            middle = "" if f.p50 is None else f"{f.p50:.2f}"
            worst = "" if f.p99 is None else f"{f.p99:.2f}"
            verdict = {None: "", True: "met", False: "missed"}[f.met]
            lines.append(f"  {f.what:52}{middle:>10}{worst:>10}  {f.ratio:<22}{f.goal:<22}{verdict}".rstrip())
    return "\n".join(lines)
