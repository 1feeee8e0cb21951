"""Runs the benchmarks, all or those named, and prints one table: `python -m benchmarks [name [size]]`."""

from __future__ import annotations

import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Final

from benchmarks.figures import machine, table

NAMES: Final = ("commits", "reads", "painted", "boards", "scanned", "receipts", "coldstart", "sync", "files")
LAST: Final = Path(__file__).with_name("last.txt")


def main(asked: list[str]) -> int:
    names = [word for word in asked if not word.isdigit()]
    sizes = [int(word) for word in asked if word.isdigit()]
    if unknown := [name for name in names if name not in NAMES]:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    where, groups = machine(), []
    for name in names or NAMES:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        bench = import_module(f"benchmarks.{name}")
        groups.append(bench.run(*sizes) if name in ("reads", "boards", "sync") else bench.run())
    shown = f"{date.today().isoformat()}, {where}\n{table(groups)}\n"
    print(shown, end="")
    if not asked:
        LAST.write_text(shown, encoding="utf-8")
    elif names == ["reads"] and sizes:  # a long run of its own
        LAST.with_name(f"reads-{sizes[0]}.txt").write_text(shown, encoding="utf-8")
    elif names in (["sync"], ["files"]) and not sizes:
        LAST.with_name(f"{names[0]}.txt").write_text(shown, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
