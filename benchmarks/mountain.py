"""A month without a network, then one thin line for a whole commune: two counters, a laptop, the server.

`make mountain` writes 5,000 dossiers with their lives into three stores that do not see each other, with
results that two of them handed out; then all three synchronise at once, by the command line, over one line of
64 kbit/s, 600 ms and 5 % loss that is cut every 20 seconds, in network namespaces, by TLS. In the end stores,
server and the independent verifier must tell the same. It needs root and Linux.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from threading import Thread
from typing import Any, Final

from benchmarks import figures, linkemu, lives, stores, workload
from benchmarks.served import Server, certificate
from counter_app.domain.lifecycle import State
from counter_app.services import acts, lookup, opening, syncing
from counter_app.services.enrolled import district
from counter_app.services.opening import NewStore, Openers
from counter_app.services.roads import FirstRoad, road_to
from counter_app.system.paths import Places
from tests.independent.verifier import verify_store
from tests.vaults import NoVault

DOSSIERS: Final = int(os.environ.get("COUNTER_DOSSIERS", "5000"))
SHARED: Final = 120
"""Dossiers that all three knew before the month, and acted on in it."""
TWICE: Final = 40
"""Of these, as many had their result handed out at two machines."""
CUT_EVERY_S, CUT_FOR_S = 20.0, 5.0
_BEGIN: Final = date(2026, 9, 28)
_MACHINES: Final = ("QUẦY 1", "QUẦY 2", "MÁY XÁCH TAY")
_NEAR, _FAR, _PORT = "mountain-near", "mountain-far", 8470
_LONGEST_S: Final = 3600
_OPENERS: Final = Openers(NoVault(), lambda: stores.PASSPHRASE)


def main() -> None:
    if not linkemu.possible():
        sys.exit("The line needs network namespaces: Linux, root, /dev/net/tun.")
    with tempfile.TemporaryDirectory(prefix="counter-mountain-") as folder:
        _run(Path(folder))


def _run(folder: Path) -> None:
    machines = [_Machine(folder / str(number), name) for number, name in enumerate(_MACHINES)]
    for machine in machines:
        machine.make()
    server = Server.make(folder / "district")
    words = certificate(folder)
    with _line() as before, server.serving([*_INSIDE, _FAR], linkemu.FAR, _PORT, words=words) as url:
        for machine in machines:
            machine.phase("enter", url, server.invite())
        machines[0].phase("share")
        for machine in machines:
            machine.phase("meet")
    for number, machine in enumerate(machines):
        machine.phase("month", str(number))
    print(f"{datetime.now():%d %B %Y}; {figures.machine()}")
    print(f"{len(machines)} machines, {DOSSIERS} dossiers in a month without a network")
    began = time.monotonic()
    with (
        _line(CUT_EVERY_S, CUT_FOR_S) as whole,
        server.serving([*_INSIDE, _FAR], linkemu.FAR, _PORT, words=words) as url,
    ):
        lanes = [Thread(target=machine.come_back) for machine in machines]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()
        together = time.monotonic() - began
        for machine in machines * 2:
            machine.come_back()
        memory = server.peak_mb()
    _tell(machines, server, whole, together, memory, before)


def _tell(
    machines: Sequence[_Machine],
    server: Server,
    line: dict[str, int],
    seconds: float,
    memory: float,
    before: dict[str, int],
) -> None:
    verdicts = [machine.counter("verify") for machine in machines]
    above = server.run("verify")
    states = {verdict["state"] for verdict in [*verdicts, above]}
    conflicts = {verdict["conflicts"] for verdict in [*verdicts, above]}
    counted = {(verdict["events"], verdict["dossiers"]) for verdict in [*verdicts, above]}
    reports = [machine.report() for machine in machines]
    assert len(states) == len(conflicts) == len(counted) == 1, (states, conflicts, counted)
    assert all(report.healthy for report in reports), [report.faults for report in reports]
    assert {(report.events, report.dossiers) for report in reports} == counted
    assert conflicts == {TWICE}, conflicts
    ((events, dossiers),) = counted
    tries = sum(machine.tries for machine in machines)
    failed = sum(machine.failed for machine in machines)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"all four agree: {events} events, {dossiers} dossiers, {TWICE} returned twice; verified by")
    print("  three `verify`, `counter-district verify`, and the independent verifier on each store")
    print(f"time until the last machine had given and got all: {seconds / 60:.1f} minutes")
    print(f"on the line: {line['up'] / 1e6:.2f} MB up, {line['down'] / 1e6:.2f} MB down, IP and TLS and all;")
    print(
        f"  {line['lost']} packets lost, {line['cuts']} cuts of {CUT_FOR_S:.0f} s every {CUT_EVERY_S:.0f} s"
    )
    print(f"synchronisations begun: {tries}, of which the line broke {failed}")
    print(f"peak memory: server {memory:.0f} MB, the largest of the machines' processes {peak:.0f} MB")
    print(f"(to enter and share {SHARED} dossiers before: {sum(before.values()) / 1e3:.0f} KB)")


_INSIDE: Final = ("ip", "netns", "exec")


@contextmanager
def _line(every: float = 0.0, length: float = 0.0) -> Iterator[dict[str, int]]:
    """The commune's line; what it carried is in the mapping when it is taken down."""
    told: dict[str, int] = {}
    program = [sys.executable, "-m", "benchmarks.linkemu", _NEAR, _FAR, "1", str(every), str(length)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError("no line")
        try:
            yield told
        finally:
            process.terminate()
            told.update(json.loads(process.stdout.readline()))


@dataclass
class _Machine:
    """One of the commune's computers; what it does on the line it does in a process of its own there."""

    folder: Path
    name: str
    tries: int = 0
    failed: int = 0
    draw: random.Random = field(default_factory=random.Random)

    def make(self) -> None:
        order = NewStore(workload.AGENCY, "UBND xã Séo Phìn", device=self.name, passphrase=stores.PASSPHRASE)
        opening.create(Places(self.folder), order, _OPENERS, _clock()).close()

    def phase(self, *words: str) -> None:
        inside = [] if words[0] == "month" else [*_INSIDE, _NEAR]
        asked = [*inside, sys.executable, "-m", "benchmarks.mountain", *words, str(self.folder)]
        subprocess.run(asked, check=True, env=_surroundings(), timeout=_LONGEST_S)

    def come_back(self) -> None:
        """As the window does it: again and again, after ever longer random pauses where the line broke."""
        ends, failed = time.monotonic() + _LONGEST_S, 0
        while time.monotonic() < ends:
            self.tries += 1
            done = subprocess.run(
                [*_INSIDE, _NEAR, *self._program("sync")],
                env=_surroundings(),
                capture_output=True,
                text=True,
            )
            if done.returncode == 0:
                told = json.loads(done.stdout)
                assert told["pending"] == 0, told
                return
            assert done.returncode == 3, done.stderr
            failed += 1
            self.failed += 1
            time.sleep(self.draw.uniform(2, min(60, 2**failed)))
        raise RuntimeError("it never came through")

    def counter(self, *words: str) -> dict[str, Any]:
        done = subprocess.run(
            self._program(*words), env=_surroundings(), check=True, stdout=subprocess.PIPE, text=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def report(self) -> Any:
        key = opening.open_key(Places(self.folder), _OPENERS)
        return verify_store(str(Places(self.folder).database), key)

    def _program(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "counter_app", "--data", str(self.folder), *words]


def _surroundings() -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    return given | {"COUNTER_PASSPHRASE": stores.PASSPHRASE, "COUNTER_LANGUAGE": "en"}


def _clock() -> lives.Clock:
    return lives.Clock(datetime.combine(_BEGIN, hour(7), workload.VIETNAM))


# ---- what a machine's own process does


def _enter(url: str, code: str, data: str) -> None:
    office = opening.open_store(Places(Path(data)), _OPENERS, _clock())
    with FirstRoad(url) as road:
        syncing.enrol(office, office.session(), road, url, code, road.confirm)
    office.close()


def _share(data: str) -> None:
    clock = _clock()
    office = opening.open_store(Places(Path(data)), _OPENERS, clock)
    counter = lives.Counter(office, clock)
    counter.receive(lives.deeds(SHARED, 7, _BEGIN))
    for code in list(counter.codes.values())[:TWICE]:
        acts.finish(office, office.session(), code)
    office.close()
    _meet(data)


def _meet(data: str) -> None:
    office, _ = lives.after_all(Path(data))
    known = district(office)
    assert known is not None
    with road_to(known) as road:
        syncing.sync(office, road)
    office.close()


def _month(which: str, data: str) -> None:
    number = int(which)
    office, clock = lives.after_all(Path(data))
    counter = lives.Counter(office, clock)
    shared = sorted(lookup.newest(office, 2 * SHARED), key=lambda line: line.code)
    for at, line in enumerate(shared):
        clock.now += timedelta(seconds=20)
        if line.state == State.FINISHED:
            if number < 2:
                acts.hand_back(office, office.session(), line.code, f"Người nhận {number}")
        elif at % 3 == number:
            acts.process(office, office.session(), line.code, "Thẩm định hồ sơ", "Địa chính")
    mine = (DOSSIERS - SHARED) // 3 + (number < (DOSSIERS - SHARED) % 3)
    counter.live(lives.deeds(mine, 100 + number, _BEGIN + timedelta(days=7)))
    office.close()


if __name__ == "__main__":
    phases = {"enter": _enter, "share": _share, "meet": _meet, "month": _month}
    if len(sys.argv) > 1:
        phases[sys.argv[1]](*sys.argv[2:])
    else:
        main()
