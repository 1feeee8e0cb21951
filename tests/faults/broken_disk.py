"""Fails every write, fsync, rename and removal of the real commands, and cuts the power at each of them.

disk.c, which is ours, is preloaded; each point is a child of this process that begins from a fresh copy of an
enrolled store, so that no point pays for imports. Three faults at each call: EIO, ENOSPC, and a power cut
that loses what was not synced. Afterwards the store must open and prove itself, what was told must be there,
the same command must succeed, and nothing may be doubled; for `sync` the district must agree.

python -m tests.faults.broken_disk draws COUNT points and writes what it found, and the words that the officer
saw, to tests/faults/broken_disk.txt; a number draws so many, `all` takes every one, and neither is kept. Exit
code 1 where a point left anything wrong. `sample` takes a few points of `receive`, and a few more of a store
that does not wait for its disk: those must be seen.
"""

from __future__ import annotations

import ctypes
import errno
import io
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

from counter_app.cli.main import main as command_line
from counter_app.district.check import check
from counter_app.district.ledger import CommuneLedger
from counter_app.services import backup_files, keeping, lookup
from counter_app.store import database
from tests.faults import exchanges, points

LAST: Final = Path(__file__).with_name("broken_disk.txt")
COMMANDS: Final = ("receive", "backup", "day", "restore", "sync")
CALLS: Final = ("write", "sync", "rename", "unlink")
POWER: Final = -1
FAULTS: Final = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "power": POWER}
SEED: Final = 20261128
COUNT: Final = 200
SAMPLE: Final = 6
_NAMES: Final = ("Sùng Thị Ú", "H'Lim Êban", "Lò Văn Pâng")
_IDS: Final = tuple(f"0192f0c8-7e3a-7000-8000-00000000000{n}" for n in range(3))


def build(folder: Path) -> Path:
    """The library to be preloaded; raises FileNotFoundError where no compiler is there."""
    made = folder / "disk.so"
    source = Path(__file__).with_name("disk.c")
    command = ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", str(made), str(source)]
    subprocess.run([*command, "-ldl", "-lpthread"], check=True)
    return made


@dataclass(frozen=True)
class Point:
    """The `number`-th call of this kind of the command fails so."""

    command: str
    call: str
    number: int
    fault: str


@dataclass(frozen=True)
class Ended:
    """How the child ended, and what it said; `counts` of its calls where none failed."""

    code: int
    out: str
    said: str
    counts: tuple[int, ...] = ()


class Bench:
    """The prepared folder, and the district that answers from this process."""

    def __init__(self, folder: Path, library: Path) -> None:
        self.folder = folder
        self._library = ctypes.CDLL(str(library))
        self.stage = exchanges.prepare(folder)
        self.lane, self.store = exchanges.lane_of(self.stage)
        lines = [
            {"procedure": "2.000815", "applicant": {"name": name}, "id": id_}
            for name, id_ in zip(_NAMES, _IDS, strict=True)
        ]
        (folder / "lines.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
        case = exchanges.fresh(self.stage, folder / "kept")
        os.environ["COUNTER_RECOVERY"] = self.stage.words
        code, _, said = points.in_process(["--data", str(case / "store"), "backup", str(folder / "kept.zip")])
        assert code == 0, said
        self.before = exchanges.HERE

    def argv(self, command: str, case: Path) -> list[str]:
        words = {
            "receive": ["receive", str(self.folder / "lines.jsonl"), "--papers", str(case / "papers")],
            "backup": ["backup"],
            "day": ["day", "--close"],
            "restore": ["restore", str(self.folder / "kept.zip"), "--replace"],
            "sync": ["sync"],
        }[command]
        return ["--data", str(case / "store"), *words]

    def run(self, command: str, case: Path, call: int = 0, number: int = 0, error: int = 0) -> Ended:
        """The command in a child whose disk is broken so."""
        told = self.folder / "told.json"
        told.unlink(missing_ok=True)
        child = os.fork()
        if child == 0:
            try:
                self._in_child(command, case, call, number, error, told)
            finally:
                os._exit(70)  # it never goes on in the parent's place
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            _put_back(case)
            return Ended(-os.WTERMSIG(status), told.read_text("utf-8") if told.exists() else "", "")
        return Ended(**json.loads(told.read_text("utf-8")))

    def _in_child(self, command: str, case: Path, call: int, number: int, error: int, told: Path) -> None:
        out, said = _Heard(told if error == POWER else None), io.StringIO()
        with redirect_stdout(out), redirect_stderr(said):
            self._library.arm(str(case).encode(), call, ctypes.c_long(number), error)
            code = command_line(self.argv(command, case))
        counts = [self._library.counted(one) for one in range(len(CALLS))]
        self._library.arm(b"/nowhere", 0, ctypes.c_long(0), 0)
        answer = {"code": code, "out": out.getvalue(), "said": said.getvalue(), "counts": counts}
        told.write_text(json.dumps(answer), "utf-8")
        os._exit(0)

    def points(self, commands: Sequence[str]) -> list[Point]:
        """Every call of the commands, with every fault."""
        found = []
        for command in commands:
            case = exchanges.fresh(self.stage, self.folder / "count")
            with self.lane.district(case / "district.db"):
                ended = self.run(command, case)
            assert ended.code == 0, ended.said
            for call, count in zip(CALLS, ended.counts, strict=True):
                found += [Point(command, call, n, fault) for n in range(1, count + 1) for fault in FAULTS]
        return found

    def strike(self, point: Point) -> tuple[str, list[str]]:
        """What the officer saw at the point, and what was wrong afterwards."""
        case = exchanges.fresh(self.stage, self.folder / "case")
        with self.lane.district(case / "district.db") as base:
            ended = self.run(point.command, case, CALLS.index(point.call), point.number, FAULTS[point.fault])
            wrong = (
                [] if ended.code in (0, 3, -signal.SIGKILL) else [f"ended with {ended.code}: {ended.said}"]
            )
            if ended.code == 3 and not ended.said.strip():
                wrong.append("failed without a word")
            wrong += self._left(case, ended)
            again = self.run(point.command, case)
            if again.code:
                wrong.append(f"the second run ended with {again.code}: {again.said}")
            wrong += self._after(point.command, case, base)
        return ended.said.strip().splitlines()[-1] if ended.said.strip() else "", wrong

    def _left(self, case: Path, ended: Ended) -> Iterator[str]:
        with points.open_case(self.stage, case) as office:
            verdict = keeping.verify(office)
            if not verdict.healthy:
                yield f"verify: {verdict}"
            if verdict.dossiers < self.before:
                yield f"{verdict.dossiers} dossiers of {self.before} are left"
            for line in ended.out.splitlines():
                code = json.loads(line).get("code") if line.startswith('{"line"') else None
                if code and "received" not in points.kinds(office, code):
                    yield f"{code} was told and is not there"
        for path in case.glob("store-sao-luu/*.zip"):
            target = self.folder / "opened.db"
            try:
                backup_files.unpack(path, target)
            except Exception as error:  # noqa: BLE001 - whatever it is, the backup is no backup
                yield f"{path.name}: {error!r}"

    def _after(self, command: str, case: Path, base: Any) -> Iterator[str]:
        with points.open_case(self.stage, case) as office:
            verdict = keeping.verify(office)
            codes = [line.code for line in lookup.newest(office, 1000)]
        more = {"receive": len(_NAMES), "sync": exchanges.THERE}.get(command, 0)
        if not verdict.healthy or verdict.dossiers != self.before + more:
            yield f"after the second run: {verdict}"
        if len(codes) != len(set(codes)):
            yield "a code was given twice"
        if command == "sync":
            with base.reading() as connection:
                there = check(CommuneLedger(connection, 1))
            if there.state != verdict.state or not there.healthy:
                yield "store and district do not agree"


class _Heard(io.StringIO):
    """Standard output that is on record as soon as it is flushed: what was said before the power went."""

    def __init__(self, told: Path | None) -> None:
        super().__init__()
        self._told = told

    def flush(self) -> None:
        if self._told is not None:
            self._told.write_text(self.getvalue(), "utf-8")


def _put_back(case: Path) -> None:
    """After the power cut: what was synced, and nothing else; memory is gone too."""
    for kept in case.rglob("*~synced"):
        kept.replace(kept.with_name(kept.name.removesuffix("~synced")))
    for shared in case.rglob("*-shm"):
        shared.unlink()


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


def _unseen(bench: Bench, point: Point) -> list[str]:
    """Complains where a store that waits for no disk passes: then nothing here proves anything."""
    connect = database.connect

    def careless(path: Path, key: bytes) -> Any:
        raw = connect(path, key)
        raw.execute("PRAGMA synchronous=OFF")
        return raw

    database.connect = careless
    _, faults = bench.strike(point)
    database.connect = connect
    return [] if any("is not there" in fault for fault in faults) else ["a careless store was not seen"]


def main() -> int:
    if "disk.so" not in os.environ.get("LD_PRELOAD", ""):
        with tempfile.TemporaryDirectory(prefix="disk-") as folder:
            library = build(Path(folder))
            command = [sys.executable, "-m", "tests.faults.broken_disk", *sys.argv[1:]]
            return subprocess.run(command, env={**os.environ, "LD_PRELOAD": str(library)}).returncode
    library, started = Path(os.environ.pop("LD_PRELOAD")), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="broken-disk-") as folder:
        bench = Bench(Path(folder), library)
        asked = sys.argv[1] if len(sys.argv) > 1 else str(COUNT)
        found = bench.points(("receive",) if asked == "sample" else COMMANDS)
        drawn = found if asked == "all" else draw(found, SAMPLE if asked == "sample" else int(asked))
        seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        wrong = []
        for point in drawn:
            words, faults = bench.strike(point)
            seen[point.command, point.fault][words] += 1
            wrong += [f"{point}: {fault}" for fault in faults]
        if asked == "sample":
            wrong += _unseen(bench, [one for one in found if one.fault == "power"][-40])
    report = _report(found, drawn, seen, wrong, time.monotonic() - started)
    print(report)
    if not wrong and len(sys.argv) == 1:
        LAST.write_text(report + "\n", "utf-8")
    return 1 if wrong else 0


def _report(
    found: list[Point],
    drawn: list[Point],
    seen: dict[tuple[str, str], Counter[str]],
    wrong: list[str],
    seconds: float,
) -> str:
    calls = Counter((point.command, point.call) for point in drawn)
    return "\n".join(
        [
            f"{date.today().isoformat()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}",
            f"{len(drawn)} of {len(found)} points ({' '.join(FAULTS)} at each call); "
            f"{len(wrong)} left anything wrong; {seconds:.0f} s",
            *(f"{command} {call}: {count}" for (command, call), count in sorted(calls.items())),
            "",
            "What the officer saw:",
            *(
                f"{command}, {fault}, {count}×: {words or '(nothing: it went on, or the power was gone)'}"
                for (command, fault), said in sorted(seen.items())
                for words, count in said.most_common()
            ),
            *wrong,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
