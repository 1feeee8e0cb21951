"""The fault library: one run, one table of what was lost, doubled, and which words the officer saw.

python -m tests.faults.table draws COUNT points of the broken disk (broken_disk.py) and takes each so manieth
of the other faults (others.py); a number draws so many; `all` takes every one, in PARTS parts, `lanes=N` of
them at once: a part that is done lies in .build/faultlib, and a run that was cut goes on where it was, as
long as nothing was committed meanwhile. What it found goes to tests/faults/table.txt where nothing was wrong,
unless a number was given. Exit code 1 where a point left anything wrong. `sample` takes a few points of
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
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Final
from zlib import crc32

from tests.faults import broken_disk, others
from tests.faults.bench import Bench, build
from tests.faults.rows import Row, together
from tests.faults.rows import table as drawn_table

LAST: Final = Path(__file__).with_name("table.txt")
COUNT: Final = 200
SAMPLE: Final = 6
PARTS: Final = 24
OF: Final = "(all points)"
_ROOT: Final = Path(__file__).parents[2]
_COARSE: Final = 19
"""Of pages, frames and calls, each so manieth, unless all are asked for."""


def main() -> int:
    asked = next((word for word in sys.argv[1:] if "=" not in word), "")
    if "disk.so" in os.environ.get("LD_PRELOAD", ""):
        _in_part(asked, _given("part", 0), _given("parts", 1), Path(_word("into")))
        return 0
    lanes = _given("lanes", 1)
    parts = PARTS if asked == "all" else 1
    with tempfile.TemporaryDirectory(prefix="disk-") as folder:
        kept = _kept() if asked == "all" else Path(folder)
        library = build(Path(folder))
        with ThreadPoolExecutor(lanes) as pool:
            codes = list(pool.map(lambda part: _part(asked, part, parts, kept, library), range(parts)))
        if any(codes):
            print(f"{sum(map(bool, codes))} of {parts} parts did not come to their end", file=sys.stderr)
            return 1
        told = [json.loads(path.read_text("utf-8")) for path in sorted(kept.glob("part-*.json"))]
    rows = together(Row.read(said) for part in told for said in part["rows"])
    of = sum(row.points for row in rows if row.fault == OF)
    rows = [row for row in rows if row.fault != OF]
    wrong = any(row.lost or row.doubled or row.other for row in rows)
    report = _head(rows, of, asked, lanes, sum(part["seconds"] for part in told)) + "\n" + drawn_table(rows)
    print(report)
    if not wrong and asked in ("", "all"):
        LAST.write_text(report + "\n", "utf-8")
    return 1 if wrong else 0


def _kept() -> Path:
    """Where the parts of this commit lie that are done."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=_ROOT, capture_output=True, encoding="ascii")
    folder = _ROOT / ".build" / "faultlib" / (head.stdout.strip() or "here")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _part(asked: str, part: int, parts: int, kept: Path, library: Path) -> int:
    """The exit code of the process that takes a part; 0 where that was done before."""
    made = kept / f"part-{part:02}.json"
    if made.exists():
        return 0
    words = [word for word in (asked, f"part={part}", f"parts={parts}", f"into={made}") if word]
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.table", *words],
        env={**os.environ, "LD_PRELOAD": str(library)},
    ).returncode


def _in_part(asked: str, part: int, parts: int, made: Path) -> None:
    """What one process finds of its share, written when all of it is done."""
    started = time.monotonic()
    library = Path(os.environ.pop("LD_PRELOAD"))
    with tempfile.TemporaryDirectory(prefix="broken-disk-") as folder:
        rows = together(_told(_rows(Bench(Path(folder), library), asked, part, parts), part))
    found = {"rows": [vars(row) for row in rows], "seconds": time.monotonic() - started}
    begun = made.with_suffix(".new")
    begun.write_text(json.dumps(found), "utf-8")
    begun.replace(made)
    points = sum(row.points for row in rows if row.fault != OF)
    print(f"part {part}: {points} points in {found['seconds']:.0f} s", file=sys.stderr, flush=True)


def _rows(bench: Bench, asked: str, part: int, parts: int) -> Iterator[Row]:
    sample = asked == "sample"
    every = {"all": 1, "sample": 1000}.get(asked, _COARSE)
    for number, fault in enumerate(others.QUICK if sample else others.ALL):
        if number % parts == part:
            yield from fault(bench, every)
    found = broken_disk.every(bench, ("receive",) if sample else broken_disk.COMMANDS)
    # By what a point is, not by its place: runs differ by a call or two, and each point is of one part alone.
    mine = [point for point in found if crc32(repr(point).encode()) % parts == part]
    yield Row(OF, len(mine))
    count = len(mine) if asked == "all" else SAMPLE if sample else int(asked or COUNT)
    yield from broken_disk.rows(bench, broken_disk.draw(mine, count))
    if sample:
        last = [one for one in found if one.fault == "power"][-40]
        yield Row.of("a careless store", "receive", "", [], broken_disk.unseen(bench, last))


def _told(rows: Iterator[Row], part: int) -> Iterator[Row]:
    """Says on standard error at once what is wrong."""
    for row in rows:
        if row.wrong:
            print(f"part {part}: {row.fault} {row.wrong}", file=sys.stderr, flush=True)
        yield row


def _word(name: str) -> str:
    return next((word[len(name) + 1 :] for word in sys.argv if word.startswith(f"{name}=")), "")


def _given(name: str, otherwise: int) -> int:
    return int(_word(name) or otherwise)


def _head(rows: list[Row], of: int, asked: str, lanes: int, seconds: float) -> str:
    broken = sum(row.points for row in rows if " of " in row.fault or "power cut" in row.fault)
    others_ = "each" if asked == "all" else f"one of {_COARSE}"
    return (
        f"{date.today().isoformat()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {lanes} at once, {seconds:.0f} s in all\n"
        f"Broken disk: {broken} of {of} points: each call of six commands, with each of three faults"
        f"{' (n = 1)' if broken == of else ', drawn'}; of pages, frames and other calls {others_}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
