"""Real commands as children of this process, over a disk that breaks at a chosen call.

disk.c, which is ours, is preloaded; each run begins from a fresh copy of an enrolled store, and none pays for
imports. Its district answers from this process.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from counter_app.cli.main import main as command_line
from counter_app.district.check import check
from counter_app.district.ledger import CommuneLedger
from counter_app.services import backup_files, keeping, lookup
from counter_app.services.keeping import Verdict
from tests.faults import exchanges, points
from tests.services.test_months import FIRST_SCHEMA

CALLS: Final = ("write", "sync", "rename", "unlink")
POWER: Final = -1
STOP: Final = -2
LOST: Final = "lost: "
DOUBLED: Final = "doubled: "
"""What a complaint begins with, where it is one of these."""
NAMES: Final = ("Sùng Thị Ú", "H'Lim Êban", "Lò Văn Pâng")
_COMMANDS: Final = {
    "receive": ("receive", "{folder}/lines.jsonl", "--papers", "{case}/papers"),
    "receive another": ("receive", "{folder}/more.jsonl", "--papers", "{case}/papers"),
    "backup": ("backup",),
    "day": ("day", "--close"),
    "restore": ("restore", "{folder}/kept.zip", "--replace"),
    "sync": ("sync",),
    "upgrade": ("verify",),
    "verify": ("verify",),
    "recover": ("recover",),
}


def build(folder: Path) -> Path:
    """The library to be preloaded; raises FileNotFoundError where no compiler is there."""
    made = folder / "disk.so"
    source = Path(__file__).with_name("disk.c")
    command = ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", str(made), str(source)]
    subprocess.run([*command, "-ldl", "-lpthread"], check=True)
    return made


@dataclass(frozen=True)
class Break:
    """The `number`-th call of a kind fails with that errno, is where the power goes, or the process stops."""

    call: str = CALLS[0]
    number: int = 0
    error: int = 0


@dataclass(frozen=True)
class Ended:
    """How the child ended, and what it said; `counts` of its calls where none failed."""

    code: int
    out: str
    said: str
    counts: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The last sentence."""
        return self.said.strip().splitlines()[-1] if self.said.strip() else ""

    @property
    def codes(self) -> list[str]:
        """Of the dossiers whose reception was told."""
        lines = [json.loads(line) for line in self.out.splitlines() if line.startswith('{"line"')]
        return [line["code"] for line in lines if "code" in line]


@dataclass(frozen=True)
class Child:
    pid: int
    told: Path
    case: Path


def nothing() -> None:
    """What is done in a child before its command, unless something else is."""


class Bench:
    """The prepared folder, and the district that answers from this process."""

    def __init__(self, folder: Path, library: Path) -> None:
        self.folder = folder
        self._library = ctypes.CDLL(str(library))
        self._children = 0
        self.stage = exchanges.prepare(folder)
        self.lane, _ = exchanges.lane_of(self.stage)
        for file, tail in (("lines", "0"), ("more", "1")):
            lines = [
                {
                    "procedure": "2.000815",
                    "applicant": {"name": name},
                    "id": f"0192f0c8-7e3a-7000-8000-0000000000{tail}{n}",
                }
                for n, name in enumerate(NAMES)
            ]
            (folder / f"{file}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
        os.environ["COUNTER_RECOVERY"] = self.stage.words
        case = exchanges.fresh(self.stage, folder / "kept")
        code, _, said = points.in_process(["--data", str(case / "store"), "backup", str(folder / "kept.zip")])
        assert code == 0, said
        with points.open_case(self.stage, case) as office, office.database.writing() as connection:
            for statement in FIRST_SCHEMA:
                connection.exec_driver_sql(statement)
        self._old = case / "store"
        self.before = exchanges.HERE

    @contextmanager
    def fresh(self, command: str = "", name: str = "case") -> Iterator[tuple[Path, Any]]:
        """A copy of the store, of the first schema for `upgrade`, and the district's base, which serves."""
        case = exchanges.fresh(self.stage, self.folder / name)
        if command == "upgrade":
            shutil.rmtree(case / "store")
            shutil.copytree(self._old, case / "store")
        with self.lane.district(case / "district.db") as base:
            yield case, base

    def run(
        self, command: str, case: Path, broken: Break | None = None, first: Callable[[], None] = nothing
    ) -> Ended:
        """The command in a child whose disk is broken so."""
        return self.end(self.start(command, case, broken, first))

    def start(
        self, command: str, case: Path, broken: Break | None = None, first: Callable[[], None] = nothing
    ) -> Child:
        """The command in a child that goes on by itself."""
        self._children += 1
        told = self.folder / f"told-{self._children}.json"
        words = _COMMANDS.get(command, tuple(command.split()))
        argv = [word.format(folder=self.folder, case=case) for word in words]
        child = os.fork()
        if child == 0:
            try:
                first()
                self._in_child(["--data", str(case / "store"), *argv], case, broken or Break(), told)
            finally:
                os._exit(70)  # it never goes on in the parent's place
        return Child(child, told, case)

    def end(self, child: Child) -> Ended:
        """Waits for it; after a power cut only what was synced is left."""
        _, status = os.waitpid(child.pid, 0)
        told = child.told.read_text("utf-8") if child.told.exists() else ""
        child.told.unlink(missing_ok=True)
        if os.WIFSIGNALED(status):
            _put_back(child.case)
            return Ended(-os.WTERMSIG(status), told, "")
        return Ended(**json.loads(told))

    def _in_child(self, argv: Sequence[str], case: Path, broken: Break, told: Path) -> None:
        out, said = _Heard(told if broken.error == POWER else None), io.StringIO()
        with redirect_stdout(out), redirect_stderr(said):
            call, number = CALLS.index(broken.call), ctypes.c_long(broken.number)
            self._library.arm(str(case).encode(), call, number, broken.error)
            code = command_line(argv)
        counts = [self._library.counted(one) for one in range(len(CALLS))]
        self._library.arm(b"/nowhere", 0, ctypes.c_long(0), 0)
        answer = {"code": code, "out": out.getvalue(), "said": said.getvalue(), "counts": counts}
        told.write_text(json.dumps(answer), "utf-8")
        os._exit(0)

    def left(self, case: Path, *ended: Ended) -> Iterator[str]:
        """What is wrong right after: all that was there, and was told, must be."""
        with points.open_case(self.stage, case) as office:
            verdict = keeping.verify(office)
            if not verdict.healthy:
                yield f"verify: {verdict}"
            if verdict.dossiers < self.before:
                yield f"{LOST}{verdict.dossiers} dossiers of {self.before} are left"
            for code in (code for one in ended for code in one.codes):
                if "received" not in points.kinds(office, code):
                    yield f"{LOST}{code} was told and is not there"
        for path in case.glob("store-sao-luu/*.zip"):
            try:
                backup_files.unpack(path, self.folder / "opened.db")
            except Exception as error:  # noqa: BLE001 - whatever it is, the backup is no backup
                yield f"{path.name}: {error!r}"

    def after(self, case: Path, more: int, base: Any = None) -> Iterator[str]:
        """What is wrong once all was done again: so many dossiers `more`, each once; as `base` has them."""
        with points.open_case(self.stage, case) as office:
            verdict = keeping.verify(office)
            codes = [line.code for line in lookup.newest(office, 1000)]
        if not verdict.healthy:
            yield f"verify at the end: {verdict}"
        if (count := verdict.dossiers - self.before - more) != 0:
            yield f"{DOUBLED if count > 0 else LOST}{count:+} dossiers at the end"
        if len(codes) != len(set(codes)):
            yield f"{DOUBLED}a code was given twice"
        if base is not None:
            yield from _differ(verdict, base)

    def expect_done(self, command: str, case: Path) -> tuple[Ended, list[str]]:
        """The command with a whole disk, and a complaint where it fails."""
        ended = self.run(command, case)
        return ended, [f"{command} ended with {ended.code}: {ended.said}"] if ended.code else []


def _differ(verdict: Verdict, base: Any) -> Iterator[str]:
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


def refused(ended: Ended) -> list[str]:
    """Complains of a run that neither succeeded nor was refused in words, nor was cut."""
    if ended.code not in (0, 3, -signal.SIGKILL):
        return [f"ended with {ended.code}: {ended.said}"]
    return ["failed without a word"] if ended.code == 3 and not ended.words else []
