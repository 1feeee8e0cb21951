"""Kills the real program at drawn system calls, and looks at what it left behind.

A complete run under strace lists the calls after the store is opened; a point is one of them, by its name and
its number among the program's calls of that name. At a point the kernel kills the process (SIGKILL) as it
enters the call. Every point starts from a fresh copy of one prepared folder.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pypdf import PdfReader

from counter_app.cli.main import main as command_line
from counter_app.services import keeping, lookup, opening
from counter_app.services.office import Office
from counter_app.services.opening import NewStore, Openers
from counter_app.system import clock
from counter_app.system.paths import Places
from tests.vaults import NoVault

CALLS = (
    *("pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "linkat", "openat"),
    *("unlink", "ftruncate", "write"),
)
COMMANDS = ("receive", "instant", "import")
_NAMES = ("Sùng Thị Ú", "H'Lim Êban", "Lò Văn Pâng")
_PHONES = ("0900012345", "0900054321", "0900098765")
_IDS = tuple(f"0192f0c8-7e3a-7000-8000-00000000000{n}" for n in range(3))
_SECRETS = [text.encode() for text in (*_NAMES, *_PHONES)]
CALL = re.compile(r"^(\d+) +(\w+)\((.*)")
_OFFERED = 40  # dossiers in the bundle


@dataclass(frozen=True, order=True)
class Point:
    """The process is killed as it enters its `number`-th call of this name."""

    command: str
    call: str
    number: int


@dataclass(frozen=True)
class Stage:
    """The prepared folder: `store` to copy for every point, and how its commands are run."""

    folder: Path
    words: str  # of the recovery sheet: it opens a store without argon2id
    end: str  # the store's state after an import that nobody interrupted

    def fresh(self, target: Path) -> Path:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.folder / "store", target / "store")
        return target

    def command(self, name: str, case: Path) -> list[str]:
        words = {
            "receive": ["receive", str(self.folder / "lines.jsonl"), "--papers", str(case / "papers")],
            "instant": ["instant", str(self.folder / "given.jsonl"), "--papers", str(case / "papers")],
            "import": ["bundle", "import", str(self.folder / "bundle")],
        }[name]
        return ["--data", str(case / "store"), *words]

    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("COUNTER_", "DBUS_", "PYTHON"))
        }
        # Bytecode lies beside the stage, so that every run imports by the same calls.
        return {**kept, "COUNTER_RECOVERY": self.words, "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode")}


def able() -> bool:
    """Whether strace can follow a process here."""
    found = shutil.which("strace")
    return bool(found) and subprocess.run([found or "", "-qq", "-o", os.devnull, "true"]).returncode == 0


def prepare(folder: Path) -> Stage:
    """Two paired stores, one with dossiers in a bundle for the other."""
    sheets: dict[str, str] = {}
    for name in ("store", "other"):
        order = NewStore(
            "H55.242", "UBND xã thử", name, sheet=lambda words, n=name: sheets.update({n: words})
        )
        opening.create(Places(folder / name), order, Openers(NoVault()), clock.now).close()

    def run(store: str, *words: object) -> None:
        with recovering(sheets[store]):
            code, _, said = in_process(["--data", str(folder / store), *map(str, words)])
        assert code == 0, said

    run("other", "pair", "offer", folder / "offer")
    run("store", "pair", "accept", folder / "offer", "--out", folder / "reply")
    run("other", "pair", "finish", folder / "reply")
    (folder / "lines.jsonl").write_text(_lines(_NAMES, _PHONES, _IDS), "utf-8")
    (folder / "given.jsonl").write_text(_lines(_NAMES, _PHONES, _IDS, what="Học bạ"), "utf-8")
    many = [f"{_NAMES[n % 3]} {n}" for n in range(_OFFERED)]
    (folder / "many.jsonl").write_text(_lines(many, [_PHONES[n % 3] for n in range(_OFFERED)]), "utf-8")
    run("other", "receive", folder / "many.jsonl")
    run("other", "bundle", "export", folder / "bundle")
    stage = Stage(folder, sheets["store"], "")
    case = stage.fresh(folder / "whole")
    with recovering(stage.words):
        code, _, said = in_process(stage.command("import", case))
        assert code == 0, said
        with open_case(stage, case) as office:
            end = keeping.verify(office).state
    return Stage(folder, stage.words, end)


def _lines(names: Any, phones: Any, ids: Any = (), **more: Any) -> str:
    entries = [
        {"procedure": "2.000815", "applicant": {"name": name, "phone": phone}, **more}
        for name, phone in zip(names, phones, strict=True)
    ]
    for entry, id_ in zip(entries, ids, strict=False):
        entry["id"] = id_
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


def points_of(stage: Stage, command: str) -> list[Point]:
    """Every point of a complete run from the opening of the store on; of openings only our own."""
    numbers: Counter[str] = Counter()
    points = []
    opened = False
    for call, rest in _traced(stage, command):
        numbers[call] += 1
        opened = opened or (call == "openat" and "store.db" in rest)
        ours = call != "openat" or str(stage.folder / "trace") in rest
        if opened and ours:
            points.append(Point(command, call, numbers[call]))
    return points


def _traced(stage: Stage, command: str) -> Iterator[tuple[str, str]]:
    for _ in range(2):
        case = stage.fresh(stage.folder / "trace")
        log = case / "calls"
        done = _strace(stage, command, case, ["-o", str(log), "-s", "400", "-e", f"trace={','.join(CALLS)}"])
        assert done.returncode == 0, done.stderr
    main = ""
    for line in log.read_text("utf-8", "replace").splitlines():
        found = CALL.match(line)
        if found:
            main = main or found[1]
            if found[1] == main:
                yield found[2], found[3]


def _strace(stage: Stage, command: str, case: Path, options: list[str]) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "counter_app", *stage.command(command, case)]
    return subprocess.run(
        ["strace", "-f", "-qq", "-e", "signal=none", *options, *program],
        env=stage.environment(),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def draw(points: list[Point], count: int, seed: int) -> list[Point]:
    """So many points, in turn from each call of each command, so that the rare calls are all among them."""
    rng = Random(seed)
    shuffled = sorted(points)
    rng.shuffle(shuffled)
    by_call: dict[tuple[str, str], list[Point]] = {}
    for point in shuffled:
        by_call.setdefault((point.command, point.call), []).append(point)
    drawn: list[Point] = []
    while len(drawn) < min(count, len(points)):
        for rest in by_call.values():
            if rest and len(drawn) < count:
                drawn.append(rest.pop())
    return drawn


@dataclass(frozen=True)
class Outcome:
    """What was found at a point; `killed` is False where the run ended before it."""

    point: Point
    killed: bool
    faults: tuple[str, ...]


def strike(stage: Stage, point: Point, case: Path) -> Outcome:
    """Kills the command at the point, looks at what is left, and lets the same command run again."""
    stage.fresh(case)
    inject = f"inject={point.call}:signal=KILL:when={point.number}"
    done = _strace(stage, point.command, case, ["-o", os.devnull, "-e", f"trace={point.call}", "-e", inject])
    killed = done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    faults = [] if killed or done.returncode == 0 else [f"ended with {done.returncode}: {done.stderr}"]
    with recovering(stage.words):
        with open_case(stage, case) as office:
            faults += left(office, stage, point.command, case, done.stdout)
        code, out, said = in_process(stage.command(point.command, case))
        faults += [f"the second run ended with {code}: {said}"] if code else []
        with open_case(stage, case) as office:
            faults += left(office, stage, point.command, case, out)
            faults += _after(office, stage, point.command, done.stdout, out)
    if not faults:
        shutil.rmtree(case)
    return Outcome(point, killed, tuple(faults))


def left(office: Office, stage: Stage, command: str, case: Path, out: str) -> Iterator[str]:
    """What must hold at any moment."""
    verdict = keeping.verify(office)
    if not verdict.healthy:
        yield f"verify: {verdict}"
    said = [json.loads(line) for line in out.splitlines(keepends=True) if line.endswith("\n")]
    if command == "import" and said and verdict.state != stage.end:
        yield "the import was announced and is not there"
    for answer in said if command != "import" else []:
        if "received" not in kinds(office, answer["code"]):
            yield f"{answer['code']} was told and is not there"
    for line in lookup.newest(office) if command == "instant" else []:
        if kinds(office, line.code) != ["received", "paid", "finished", "returned", "printed"]:
            yield f"{line.code} was given in part"
    papers = case / "papers"
    for path in papers.iterdir() if papers.is_dir() else []:
        if path.suffix != ".pdf":
            yield f"{path.name} is left among the papers"
            continue
        if not path.read_bytes().rstrip().endswith(b"%%EOF") or not PdfReader(path).pages:
            yield f"{path.name} is not whole"
        if "printed" not in kinds(office, path.stem.rpartition("-")[0]):
            yield f"{path.name} has no event"
    for path in (case / "store").rglob("*"):
        if path.is_file() and any(secret in path.read_bytes() for secret in _SECRETS):
            yield f"{path.name} holds what a person told"


def _after(office: Office, stage: Stage, command: str, first: str, second: str) -> Iterator[str]:
    """What must hold once the command has run again."""
    verdict = keeping.verify(office)
    if command == "import":
        if verdict.state != stage.end:
            yield "the state differs from that of an import that nobody interrupted"
        return
    codes = [json.loads(line)["code"] for line in second.splitlines()]
    told = [json.loads(line)["code"] for line in first.splitlines(keepends=True) if line.endswith("\n")]
    if codes[: len(told)] != told:
        yield f"told {told} at first, then {codes}"
    if not len(codes) == len(set(codes)) == verdict.dossiers == len(_NAMES):
        yield f"{verdict.dossiers} dossiers under {codes}"
    if command == "instant" and [json.loads(line)["number"] for line in second.splitlines()] != [1, 2, 3]:
        yield f"the register has {second}"
    for code in codes:
        if kinds(office, code).count("received") != 1:
            yield f"{code} was received more than once"


def kinds(office: Office, code: str) -> list[str]:
    with office.reading() as (connection, _):
        if not lookup.search.by_exact_code(connection, code):
            return []
    return [entry.event.header.kind for found in lookup.show(office, code) for entry in found.entries]


@contextmanager
def open_case(stage: Stage, case: Path) -> Iterator[Office]:
    """The store of a case, as the services see it."""
    openers = Openers(NoVault(), recovery=stage.words)
    office = opening.open_store(Places(case / "store"), openers, clock.now)
    try:
        yield office
    finally:
        office.close()


@contextmanager
def recovering(words: str) -> Iterator[None]:
    before = os.environ.get("COUNTER_RECOVERY")
    os.environ["COUNTER_RECOVERY"] = words
    try:
        yield
    finally:
        if before is None:
            del os.environ["COUNTER_RECOVERY"]
        else:
            os.environ["COUNTER_RECOVERY"] = before


def in_process(argv: list[str]) -> tuple[int, str, str]:
    """The command line without the cost of a process; code, output and words."""
    out, said = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(said):
        code = command_line(argv)
    return code, out.getvalue(), said.getvalue()
