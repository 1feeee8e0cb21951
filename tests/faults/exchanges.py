"""Kills the real `counter-app sync` at drawn system calls of its exchanges with a district over TCP.

Each point starts from a fresh copy of one enrolled store, which has dossiers that the district lacks, and of
one district, which has dossiers that the store lacks. Afterwards both must prove themselves, the same command
must bring them together, and both must hold what they hold where nobody interrupted it.

python -m tests.faults.exchanges [COUNT] writes what it found to tests/faults/exchanges.txt; exit code 1 where
a point left anything wrong.
"""

from __future__ import annotations

import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import uvicorn

from counter_app.district import app, devices, identity
from counter_app.district.check import check
from counter_app.district.database import open_base
from counter_app.district.exchange import Exchange
from counter_app.district.ledger import CommuneLedger
from counter_app.domain.errors import Unreachable
from counter_app.services import enrolled, keeping, opening, safety, syncing
from counter_app.services.opening import NewStore, Openers
from counter_app.services.packing import packer
from counter_app.services.roads import FirstRoad, road_to
from counter_app.store import own
from counter_app.store.database import Database
from counter_app.sync.portions import SMALLEST
from counter_app.system import clock
from counter_app.system.paths import Places
from tests.district import bases
from tests.faults import points
from tests.faults.points import Outcome, Point, Stage
from tests.services.stores import receive
from tests.vaults import NoVault

COUNT, SEED = 200, 20261127
LAST = Path(__file__).with_name("exchanges.txt")
HERE, THERE = 20, 50  # dossiers that the store and the district alone have
CALLS = (
    *("connect", "sendto", "recvfrom", "pwrite64", "fsync", "fdatasync"),
    *("ftruncate", "unlink", "openat", "write"),
)
_COMMUNE = 1


@dataclass(frozen=True)
class End:
    """What both sides hold when all went well: by their digest, and how many events and dossiers."""

    events: int
    dossiers: int


class Lane:
    """A district that answers on a port of this process, and a store that is enrolled with it there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._serving: Any = None
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            self._asked, interface="asgi3", lifespan="off", access_log=False, log_config=None
        )
        self._server = uvicorn.Server(config)
        threading.Thread(target=self._server.run, args=([self._socket],), daemon=True).start()

    async def _asked(self, scope: Any, receive: Any, send: Any) -> None:
        await self._serving(scope, receive, send)

    @contextmanager
    def district(self, file: Path) -> Iterator[Any]:
        """Serves the database in that file."""
        base = open_base(file, bases.KEY)
        with base.reading() as connection:
            who = identity.load(connection)
        self._serving = app.make(Exchange(base, who, packer(), now_ms))
        try:
            yield base
        finally:
            base.close()


def now_ms() -> int:
    return int(time.time() * 1000)


_lanes: dict[Path, tuple[Lane, Path]] = {}


def lane_of(stage: Stage) -> tuple[Lane, Path]:
    """This process's lane, and the stage's store as it is enrolled at the lane's address."""
    if stage.folder not in _lanes:
        lane = Lane(Path(tempfile.mkdtemp(dir=stage.folder)))
        shutil.copytree(stage.folder / "store", lane.folder / "ready" / "store")
        with points.open_case(stage, lane.folder / "ready") as office:
            known = enrolled.district(office)
            assert known is not None
            with office.writing(guard_clock=False) as (pen, _):
                own.put_text(pen.connection, enrolled.DISTRICT, replace(known, url=lane.url).to_json())
                own.put_text(pen.connection, enrolled.ROOM, str(SMALLEST))  # so that it takes several
            assert isinstance(office.database, Database)
            office.database.fold_in()
        _lanes[stage.folder] = lane, lane.folder / "ready" / "store"
    return _lanes[stage.folder]


def prepare(folder: Path) -> Stage:
    """A store and a district that met once, and have each gone on since."""
    sheets: dict[str, str] = {}
    file = folder / "district.db"
    base = bases.fresh(folder)
    with base.writing() as connection:
        identity.draw(connection, "Sở mẫu")
    bases.commune_in(base)
    base.close()
    next(folder.glob("district-*.db")).rename(file)
    lane = Lane(folder)
    with lane.district(file) as base:
        for name in ("store", "other"):
            order = NewStore(
                "H55.242", "UBND xã thử", name, sheet=lambda words, n=name: sheets.update({n: words})
            )
            opening.create(Places(folder / name), order, Openers(NoVault()), clock.now).close()
            with base.writing() as connection:
                code = devices.invite(connection, _COMMUNE, name, now_ms())[1].text
            openers = Openers(NoVault(), recovery=sheets[name])
            office = opening.open_store(Places(folder / name), openers, clock.now)
            with FirstRoad(lane.url) as road:
                syncing.enrol(office, office.session(), road, lane.url, code, road.confirm)
                syncing.sync(office, road)
                for _ in range(HERE if name == "store" else THERE):
                    receive(office)
                if name == "other":
                    syncing.sync(office, road)
            office.database.fold_in()
            office.close()
        base.fold_in()
    stage = Stage(folder, sheets["store"], "")
    return stage


def end_of(stage: Stage) -> End:
    """After an exchange that nobody interrupted."""
    lane, _ = lane_of(stage)
    case = fresh(stage, lane.folder / "end")
    with points.recovering(stage.words), lane.district(case / "district.db") as base:
        code, _, said = points.in_process(_command(case))
        assert code == 0, said
        with base.reading() as connection:
            verdict = check(CommuneLedger(connection, _COMMUNE))
    assert verdict.healthy and verdict.dossiers == HERE + THERE
    return End(verdict.events, verdict.dossiers)


def fresh(stage: Stage, case: Path) -> Path:
    shutil.rmtree(case, ignore_errors=True)
    shutil.copytree(lane_of(stage)[1], case / "store")
    shutil.copy(stage.folder / "district.db", case / "district.db")
    return case


def _command(case: Path) -> list[str]:
    return ["--data", str(case / "store"), "sync"]


def points_of(stage: Stage) -> list[Point]:
    """Every point of a whole run from the opening of the store on; of openings only our own."""
    lane, _ = lane_of(stage)
    for _ in range(2):  # the first also writes bytecode
        case = fresh(stage, lane.folder / "trace")
        log = case / "calls"
        with lane.district(case / "district.db"):
            options = ["-o", str(log), "-s", "400", "-e", f"trace={','.join(CALLS)}"]
            done = _strace(stage, case, options)
        assert done.returncode == 0, done.stderr
    numbers: Counter[str] = Counter()
    found, opened, main = [], False, ""
    for line in log.read_text("utf-8", "replace").splitlines():
        told = points.CALL.match(line)
        main = main or (told[1] if told else "")
        if told is None or told[1] != main:
            continue
        numbers[told[2]] += 1
        opened = opened or (told[2] == "openat" and "store.db" in told[3])
        if opened and (told[2] != "openat" or str(case) in told[3]):
            found.append(Point("sync", told[2], numbers[told[2]]))
    return found


def _strace(stage: Stage, case: Path, options: list[str]) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "counter_app", *_command(case)]
    return subprocess.run(
        ["strace", "-f", "-qq", "-e", "signal=none", *options, *program],
        env=stage.environment(),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def strike(stage: Stage, end: End, point: Point) -> Outcome:
    """Kills the command at the point, looks at both sides, and lets them meet again."""
    lane, _ = lane_of(stage)
    case = fresh(stage, lane.folder / f"{point.call}-{point.number}")
    inject = f"inject={point.call}:signal=KILL:when={point.number}"
    with lane.district(case / "district.db") as base:
        done = _strace(stage, case, ["-o", os.devnull, "-e", f"trace={point.call}", "-e", inject])
        killed = done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        faults = [] if killed or done.returncode == 0 else [f"ended with {done.returncode}: {done.stderr}"]
        faults += left(stage, base, case)
        faults += met_again(stage, base, case, end)
    if not faults:
        shutil.rmtree(case)
    return Outcome(point, killed, tuple(faults))


def left(stage: Stage, base: Any, case: Path) -> Iterator[str]:
    """What must hold right after the kill."""
    with base.reading() as connection:
        there = check(CommuneLedger(connection, _COMMUNE))
    if not there.healthy:
        yield f"the district after the kill: {there}"
    with points.open_case(stage, case) as office:
        here = keeping.verify(office)
        safe = safety.counts(office)
    if not here.healthy:
        yield f"the store after the kill: {here}"
    if not HERE <= here.dossiers <= HERE + THERE:
        yield f"{here.dossiers} dossiers in the store after the kill"
    if safe.acknowledged > there.events:
        yield f"{safe.acknowledged} events count as safe at a district that has {there.events}"


def met_again(stage: Stage, base: Any, case: Path, end: End) -> Iterator[str]:
    """What must hold once the command has run again."""
    with points.open_case(stage, case) as office:
        known = enrolled.district(office)
        assert known is not None
        with road_to(known) as road:
            try:
                done = syncing.sync(office, road)
            except Unreachable as error:
                yield f"the second run found no district: {error.why}"
                return
        here, safe = keeping.verify(office), safety.counts(office)
    with base.reading() as connection:
        there = check(CommuneLedger(connection, _COMMUNE))
    if done.refused or safe.pending:
        yield f"refused {done.refused}, {safe.pending} events wait"
    if here.state != there.state:
        yield "store and district do not agree"
    if not (here.healthy and there.healthy):
        yield f"{here} {there}"
    if (there.events, there.dossiers) != (end.events, end.dossiers) or safe.acknowledged != end.events:
        yield f"{there.events} events, {there.dossiers} dossiers, {safe.acknowledged} safe instead of {end}"


def strike_all(stage: Stage, end: End, drawn: list[Point], lanes: int = 2) -> Iterable[Outcome]:
    """Every drawn point, in so many processes at once."""
    with ProcessPoolExecutor(lanes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(strike, stage, end), drawn)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    if not points.able():
        print("strace cannot follow a process here", file=sys.stderr)
        return 3
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="exchanges-") as folder:
        stage = prepare(Path(folder))
        known, end = points_of(stage), end_of(stage)
        outcomes = list(strike_all(stage, end, points.draw(known, count, SEED)))
    report = _report(known, outcomes, time.monotonic() - started)
    print(report)
    faults = any(outcome.faults for outcome in outcomes)
    if not faults and len(sys.argv) == 1:
        LAST.write_text(report + "\n", "utf-8")
    return 1 if faults else 0


def _report(known: list[Point], outcomes: list[Outcome], seconds: float) -> str:
    struck = [outcome.point for outcome in outcomes if outcome.killed]
    calls = Counter(point.call for point in struck)
    wrong = [outcome for outcome in outcomes if outcome.faults]
    return "\n".join(
        [
            f"{date.today().isoformat()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}",
            f"{len(set(struck))} distinct points of {len(known)} calls of `sync`, killed as they began; "
            f"{len(wrong)} left anything wrong; {seconds:.0f} s",
            ", ".join(f"{name} {count}" for name, count in sorted(calls.items())),
            *(f"{outcome.point}: {'; '.join(outcome.faults)}" for outcome in wrong),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
