"""What else befalls a store: two programs at once, a suspended one, a clock years off, flipped bits.

Each gives rows of the fault library's table; `every` says how coarse: of pages, of frames of the log, of
calls, each so manieth is taken, and two programs meet so much less often.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from counter_app.crypto.pages import PAGE
from counter_app.domain.errors import CounterError
from counter_app.store import database
from counter_app.system import clock
from counter_app.system.lock import single_window
from counter_app.system.paths import Places
from counter_app.words.errors import sentence
from tests.faults import exchanges, points
from tests.faults.bench import NAMES, STOP, Bench, Break, Ended, refused
from tests.faults.rows import Row
from tests.faults.small_disk import NAMESPACE, able
from tests.services.stores import receive

_MEET: Final = 24  # times that two programs meet
_CALLS: Final = 48  # at which a process is suspended
_MANY: Final = 60  # receptions that a stale log is older than
_HEAD: Final = 32  # bytes of a log's header, and of a frame's, as SQLite's format says
_FRAME: Final = 24
_YEARS: Final = timedelta(days=3652)
_SHORT_MS: Final = 300


def two_at_once(bench: Bench, every: int) -> Iterator[Row]:
    """Two processes receive in one store at the same moment; two close the day; a window meets a window."""
    for _ in range(0, _MEET, every):
        with bench.fresh() as (case, _base):
            ended = _both(bench, case, "receive", "receive another")
            wrong = [*_all_done(ended), *bench.left(case, *ended), *bench.after(case, 2 * len(NAMES))]
        for name, one in zip(("receive", "receive another"), ended, strict=True):
            yield from _row("two programs at once", name, one.words, wrong)
    for _ in range(0, _MEET, every * 2):
        with bench.fresh() as (case, _base):
            ended = _both(bench, case, "day", "backup")
            wrong = [line for one in ended for line in refused(one)]
            again, failed = bench.expect_done("backup", case)
            wrong += [*failed, *bench.left(case, *ended, again), *bench.after(case, 0)]
        for name, one in zip(("day", "backup"), ended, strict=True):
            yield from _row("two programs at once", name, one.words, wrong)
    with bench.fresh() as (case, _base), single_window(case / "store" / "window.lock"):
        try:
            with single_window(case / "store" / "window.lock"):
                yield from _row("two programs at once", "the window", "", ["two windows opened"])
        except CounterError as error:
            yield from _row("two programs at once", "the window", sentence(error), [])


def _both(bench: Bench, case: Path, *commands: str) -> list[Ended]:
    children = [bench.start(command, case) for command in commands]
    return [bench.end(child) for child in children]


def _all_done(ended: Sequence[Ended]) -> list[str]:
    return [f"ended with {one.code}: {one.said}" for one in ended if one.code]


def suspended(bench: Bench, every: int) -> Iterator[Row]:
    """One is suspended (SIGSTOP) at a call while another receives, and goes on (SIGCONT) afterwards."""

    def in_haste() -> None:
        database.BUSY_MS = _SHORT_MS

    with bench.fresh(name="count") as (case, _base):
        writes, syncs = bench.run("receive", case).counts[:2]
    for call, count in (("write", writes), ("sync", syncs)):
        for number in range(1, count + 1, max(1, count * 2 * every // _CALLS)):
            with bench.fresh() as (case, _base):
                first = bench.start("receive", case, Break(call, number, STOP))
                os.waitpid(first.pid, os.WUNTRACED)
                meanwhile = bench.run("receive another", case, first=in_haste)
                os.kill(first.pid, signal.SIGCONT)
                ended = bench.end(first)
                wrong = [*refused(meanwhile), *_all_done([ended]), *bench.left(case, ended, meanwhile)]
                _, failed = bench.expect_done("receive another", case)
                wrong += [*failed, *bench.after(case, 2 * len(NAMES))]
            yield from _row("suspended process", "receive, meanwhile", meanwhile.words, wrong)


def clock_off(bench: Bench, every: int) -> Iterator[Row]:
    """A command under a clock ten years ahead or behind, then under the right one, set by the supervisor."""
    true = clock.now
    for off, name in ((_YEARS, "clock ten years ahead"), (-_YEARS, "clock ten years behind")):

        def turned(off: timedelta = off) -> None:
            clock.now = lambda: true() + off

        for command in ("receive", "day", "backup", "sync", "verify")[::every]:
            with bench.fresh() as (case, base):
                away = bench.run(command, case, first=turned)
                wrong = [*_rules(away), *bench.left(case, away)]
                right = bench.run("receive", case)
                wrong += _rules(right)
                if right.code:
                    wrong += bench.expect_done(f"clock --set {true().isoformat(timespec='seconds')}", case)[1]
                _, failed = bench.expect_done("receive", case)
                _, unsent = bench.expect_done("sync", case)
                more = len(NAMES) + exchanges.THERE
                wrong += [*failed, *unsent, *bench.left(case, away, right), *bench.after(case, more, base)]
            yield from _row(name, command, away.words, wrong)
            yield from _row(name, "receive, the clock being right again", right.words, wrong)


def _rules(ended: Ended) -> list[str]:
    """A wrong clock may be refused by the rules too, in words."""
    return [] if ended.code == 2 and ended.words else refused(ended)


def flipped(bench: Bench, every: int) -> Iterator[Row]:
    """A bit flips in the file's first bytes, in each so manieth page, in each so manieth frame of the log."""
    with _backed_up(bench) as (case, _base):
        size = (case / "store" / "store.db").stat().st_size
    header = [("bit flipped in the header", at) for at in (3, 20, 60, 2000)[::every]]
    pages = [("bit flipped in a page", n * PAGE + 1500) for n in range(1, size // PAGE, every)]
    for name, at in header + pages:
        with _backed_up(bench) as (case, base):
            yield from _recovered(bench, name, case, base, lambda case, at=at: _flip(case, "store.db", at))
    size = 0
    frame = 0
    while frame == 0 or _HEAD + frame * (_FRAME + PAGE) < size:
        with _backed_up(bench, later=3) as (case, base):
            size = (case / "store" / "store.db-wal").stat().st_size
            at = _HEAD + frame * (_FRAME + PAGE) + _FRAME + 700
            yield from _recovered(
                bench,
                "bit flipped in the log (WAL)",
                case,
                base,
                lambda case, at=at: _flip(case, "store.db-wal", at),
                more=3,
            )
        frame += every


def stale_log(bench: Bench, every: int) -> Iterator[Row]:
    """A log of an hour ago lies beside the file of now."""
    with _backed_up(bench, later=1) as (case, base):
        old = (case / "store" / "store.db-wal").read_bytes()
        with points.open_case(bench.stage, case) as office:
            for _ in range(_MANY):
                receive(office)

        def put_back(case: Path) -> None:
            (case / "store" / "store.db-wal").write_bytes(old)

        yield from _recovered(bench, "stale log (WAL)", case, base, put_back, more=1 + _MANY)


def wrong_key(bench: Bench, every: int) -> Iterator[Row]:
    """The key file of another store: nothing opens or changes it, and with its own it opens again."""
    with bench.fresh() as (case, _base):
        places = Places(case / "store")
        kept, before = places.keys.read_bytes(), places.database.read_bytes()
        shutil.copy(bench.folder / "other" / "keys.json", places.keys)
        for command in ("receive", "verify", "recover", "backup"):
            ended = bench.run(command, case)
            wrong = [] if ended.code == 3 and ended.words else [f"ended with {ended.code}: {ended.said}"]
            if places.database.read_bytes() != before:
                wrong.append("the file was written to")
            yield from _row("wrong key", command, ended.words, wrong)
        places.keys.write_bytes(kept)
        wrong = [*bench.expect_done("receive", case)[1], *bench.after(case, len(NAMES))]
        yield from _row("wrong key", "receive, with its own again", "", wrong)


def small(bench: Bench, every: int) -> Iterator[Row]:
    """A disk of 20 MB, nearly full, full and read-only; see small_disk.py."""
    if not able():
        return
    folder = bench.folder / "small"
    folder.mkdir()
    program = [*NAMESPACE, sys.executable, "-m", "tests.faults.small_disk", str(folder)]
    unseen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(program, capture_output=True, encoding="utf-8", timeout=300, check=True, env=unseen)
    told: dict[str, dict[str, Any]] = json.loads(done.stdout)
    kept = json.loads(told["writable again"]["verify"][1])["dossiers"]
    wanted = 1 + sum("receive" in ends and not ends["receive"][0] for ends in told.values())
    for situation, ends in told.items():
        name = "read-only folder" if situation == "read-only" else "20 MB file system"
        for command, (code, _out, said) in ends.items():
            wrong = [] if code == 0 or said.strip() else [f"{command} failed without a word"]
            if kept != wanted:
                wrong.append(f"{'doubled' if kept > wanted else 'lost'}: {kept} dossiers, not {wanted}")
            yield from _row(name, f"{command}, {situation}", said.strip(), wrong)


@contextmanager
def _backed_up(bench: Bench, later: int = 0) -> Iterator[tuple[Path, Any]]:
    """A fresh case with a backup, and `later` receptions in the log alone, as a power cut leaves them."""
    with bench.fresh() as (case, base):
        assert bench.run("backup", case).code == 0
        if later:
            with points.open_case(bench.stage, case) as office:
                for _ in range(later):
                    receive(office)
                shutil.copytree(case / "store", case / "cut")
            shutil.rmtree(case / "store")
            (case / "cut").rename(case / "store")
        yield case, base


def _recovered(
    bench: Bench, name: str, case: Path, base: Any, damage: Callable[[Path], None], more: int = 0
) -> Iterator[Row]:
    """What the officer sees at his next reception, and at the recovery; then all must be there, once.

    The recovery takes from the district what that has; an exchange brings the same where it had no need to.
    """
    damage(case)
    ended = bench.run("receive", case)
    wrong = refused(ended)
    mended = bench.run("recover", case)
    wrong += [] if mended.code == 0 else [f"recover ended with {mended.code}: {mended.said}"]
    _, failed = bench.expect_done("receive", case)
    _, unsent = bench.expect_done("sync", case)
    more += len(NAMES) + exchanges.THERE
    wrong += [*failed, *unsent, *bench.left(case, ended), *bench.after(case, more, base)]
    yield from _row(name, "receive", ended.words, wrong)
    yield from _row(name, "recover", mended.words, wrong)


def _flip(case: Path, file: str, at: int) -> None:
    path = case / "store" / file
    with path.open("r+b") as store:
        store.seek(at)
        byte = store.read(1)
        store.seek(at)
        store.write(bytes([byte[0] ^ 0x10]))


def _row(fault: str, command: str, words: str, wrong: Sequence[str]) -> Iterator[Row]:
    yield Row.of(fault, command, words, [f"{command}: {one}" for one in wrong], wrong)


QUICK: Final = (two_at_once, suspended, clock_off, stale_log)
ALL: Final = (*QUICK, flipped, wrong_key, small)
