"""Scans between two machines and a district, in any order, over a bad road: never lost, doubled or altered.

Stores, database and folders are real; the road is played. `COUNTER_FILE_STEPS` runs more than the steps of
every day, on files of other sizes.
"""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from counter_app.district import identity, uploads
from counter_app.district.filing import Filing
from counter_app.district.tables import files, pieces
from counter_app.domain.errors import Damaged, NotFound, Refused, Unreachable
from counter_app.services import acts, syncing
from counter_app.services.blobs import Blobs, blobs_of
from counter_app.services.carrying import carry
from counter_app.services.enrolled import BROKE
from counter_app.services.evicting import tidy
from counter_app.services.fetching import fetch
from counter_app.services.filing import FILE, tally
from counter_app.store import blobs, own
from counter_app.store.database import Database
from counter_app.sync.file_message import PIECE, PUT, read_file_request
from tests.district import bases
from tests.district.scans import FileRoad, attached, scan
from tests.district.test_exchange import invite
from tests.district.test_machine import light, spoilt
from tests.services.stores import Counter

STEPS: Final = int(os.environ.get("COUNTER_FILE_STEPS", "120"))
A_RUN: Final = 40
"""Steps between a fresh start and the end, where each machine must have each file."""
SIZES: Final = (900, PIECE, PIECE + 1, 3 * PIECE - 7, 70_000)


@functools.cache
def template() -> Path:
    """Two machines of a commune that have entered a district."""
    folder = Path(tempfile.mkdtemp(prefix="counter-files-"))
    with light(0):
        base = bases.fresh(folder)
        commune = bases.commune_in(base)
        server = bases.Server(base, files=folder / "files")
        for n in range(2):
            office = Counter(folder / str(n), device=f"QUẦY {n + 1}").make().open()
            syncing.enrol(
                office, office.session(), FileRoad(server), "http://localhost", invite(server, commune)
            )
            carry(office, FileRoad(server))
            office.close()
        base.fold_in()
        base.close()
        base.path.rename(folder / "district.db")
    return folder


class District(bases.Server):
    """The one of the template, opened again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now_ms = folder, 1_800_000_000_000
        self.depot = Blobs(folder / "files", bases.KEY)
        self.open()

    def open(self) -> None:
        self.base = Database(self.folder / "district.db", bases.KEY)
        with self.base.reading() as connection:
            self.who = identity.load(connection)
        self.exchange = bases.Exchange(self.base, self.who, bases.packer(), self._clock)
        self.filing = Filing(self.base, self.who, self.depot, self._clock)

    def _clock(self) -> int:
        self.now_ms += 1000
        return self.now_ms


class Road(FileRoad):
    """A machine's; spoils one message, or sends an old one first. No piece goes that has arrived."""

    def __init__(self, server: District, which: int) -> None:
        super().__init__(server)
        self.device = which + 1
        self.spoils: tuple[int, int, int, bool] | None = None
        """Which message, at which place, which bit, and whether it is its answer."""
        self.again = b""

    def post(self, path: str, body: bytes) -> bytes:
        if path == FILE:
            asked = read_file_request(body).request
            with self.server.base.reading() as connection:
                here = uploads.find(connection, 1, self.device, asked.file)
            if asked.act == PUT and here is not None:
                assert asked.offset >= here.held, "a piece that had arrived goes again"
            if self.again:
                self.filing.answer(self.again)
        at, place, bit, answer = self.spoils or (-1, 0, 0, False)
        now = at == len(self.asked)
        self.meddle = lambda body: spoilt(body, place, bit) if now and not answer else body
        self.meddle_answer = lambda data: spoilt(data, place, bit) if now and answer else data
        return super().post(path, body)


FAULTS = st.one_of(
    st.tuples(st.just("cut"), st.integers(0, 90_000)),
    st.tuples(st.just("answer lost"), st.integers(0, 8)),
    st.tuples(st.just("spoilt"), st.integers(0, 8), st.integers(0, 600), st.integers(0, 11), st.booleans()),
    st.tuples(st.just("an old one first"), st.integers(0, 50)),
)
WHICH = st.integers(0, 1)
NUMBER = st.integers(0, 50)


class Machine(RuleBasedStateMachine):
    steps = 0

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        made = template()
        self.light = light(seed)
        self.light.__enter__()
        self.folder = Path(tempfile.mkdtemp(prefix="counter-files-run-"))
        shutil.copytree(made, self.folder, dirs_exist_ok=True)
        self.server = District(self.folder)
        self.counters = [Counter(self.folder / str(n), device=f"QUẦY {n + 1}") for n in range(2)]
        self.offices = [counter.open() for counter in self.counters]
        self.scans: list[tuple[int, str, bytes]] = []  # machine, code, content
        self.ended: set[str] = set()
        self.sent: list[bytes] = []
        self.drawn = 0

    # ---- at the counters

    @rule(which=WHICH, size=st.sampled_from(SIZES), same=st.none() | NUMBER)
    def scan_a_paper(self, which: int, size: int, same: int | None) -> None:
        """A new one, or one that was scanned before for another dossier."""
        self.steps_on()
        if same is not None and self.scans:
            content = self.scans[same % len(self.scans)][2]
        else:
            self.drawn += 1
            content = scan(size, self.drawn)
        code, _ = attached(self.offices[which], content)
        self.scans.append((which, code, content))

    @precondition(lambda self: self.scans)
    @rule(number=NUMBER)
    def end_a_dossier(self, number: int) -> None:
        self.steps_on()
        which, code, _ = self.scans[number % len(self.scans)]
        if code not in self.ended:
            acts.withdraw(self.offices[which], self.offices[which].session(), code, "rút hồ sơ")
            self.ended.add(code)

    @rule(which=WHICH)
    def files_leave_a_full_disk(self, which: int) -> None:
        self.steps_on()
        tidy(self.offices[which], lambda folder: 0)

    @rule(which=WHICH)
    def restart(self, which: int) -> None:
        self.steps_on()
        self.offices[which].close()
        self.offices[which] = self.counters[which].open()

    @rule()
    def restart_the_server(self) -> None:
        self.steps_on()
        self.server.base.close()
        self.server.open()

    @precondition(lambda self: self.scans)
    @rule(which=WHICH, number=NUMBER, place=st.integers(0, 70_000))
    def a_disk_forgets_a_bit(self, which: int, number: int, place: int) -> None:
        """Of a file that the district holds too."""
        self.steps_on()
        digest = sha256(self.scans[number % len(self.scans)][2]).digest()
        path = blobs_of(self.offices[which]).path(digest)
        if path.exists() and self.server.depot.has(digest):
            kept = bytearray(path.read_bytes())
            kept[place % len(kept)] ^= 1
            path.write_bytes(kept)

    @precondition(lambda self: self.scans)
    @rule(number=NUMBER)
    def the_server_is_put_back_without_a_file(self, number: int) -> None:
        """One that a machine still has: it hears of the new epoch, and gives it again."""
        self.steps_on()
        content = self.scans[number % len(self.scans)][2]
        digest = sha256(content).digest()
        if all(self.whole_at(office, digest) is None for office in self.offices):
            return
        self.server.depot.drop(digest)
        with self.server.base.writing() as connection:
            who = identity.current(connection, self.server.who)
            identity.renew(connection, who, self.server.now_ms)
        for which, office in enumerate(self.offices):  # no file leaves one that has not heard of it
            carry(office, Road(self.server, which), stops=lambda: True)

    # ---- the road

    @rule(which=WHICH)
    def carry_well(self, which: int) -> None:
        self.steps_on()
        office, road = self.offices[which], Road(self.server, which)
        carry(office, road)
        self.sent += road.pieces
        assert tally(office).files == sum(self.damaged(office)), "what waits is damaged"

    @rule(which=WHICH, fault=FAULTS)
    def carry_badly(self, which: int, fault: tuple[Any, ...]) -> None:
        self.steps_on()
        office, road = self.offices[which], self.bad(which, fault)
        with suppress(Unreachable, Refused):
            carry(office, road)
        self.sent += road.pieces
        self.forget_the_pace(office)

    @precondition(lambda self: self.scans)
    @rule(which=WHICH, number=NUMBER, fault=st.none() | FAULTS)
    def open_a_file(self, which: int, number: int, fault: tuple[Any, ...] | None) -> None:
        """It is what was scanned, or not there."""
        self.steps_on()
        office, content = self.offices[which], self.scans[number % len(self.scans)][2]
        digest = sha256(content).digest()
        if (kept := self.whole_at(office, digest)) is not None:
            assert kept == content
            return
        try:
            fetch(office, self.bad(which, fault) if fault else Road(self.server, which), digest)
        except (Unreachable, Refused, NotFound, Damaged):
            return
        assert self.whole_at(office, digest) == content

    def bad(self, which: int, fault: tuple[Any, ...]) -> Road:
        road, (what, *how) = Road(self.server, which), fault
        if what == "cut":
            road.cut_after = how[0]
        elif what == "answer lost":
            road.lost = how[0]
        elif what == "spoilt":
            road.spoils = (how[0], how[1], how[2], how[3])
        elif self.sent:
            road.again = self.sent[how[0] % len(self.sent)]
        return road

    # ---- what holds after each step

    def steps_on(self) -> None:
        type(self).steps += 1
        digests = {sha256(content).digest(): content for _, _, content in self.scans}
        for digest, content in digests.items():
            there = self.server.depot.has(digest)
            if there:
                assert b"".join(self.server.depot.parts(digest)) == content
            for office in self.offices:
                with office.reading() as (connection, _):
                    told = blobs.find(connection, digest)
                assert there or told is None or not told.safe, "it was acknowledged, and is not there"
            assert there or any(self.whole_at(office, digest) for office in self.offices), "a scan is lost"
        folder = self.server.folder / "files"
        kept = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
        assert {path.name for path in kept} <= {self.server.depot.path(one).name for one in digests}
        with self.server.base.reading() as connection:
            rows = list(connection.execute(select(files.c.digest)).scalars())
        assert len(rows) == len(set(rows)) and {bytes(one) for one in rows} <= set(digests)

    def whole_at(self, office: Any, digest: bytes) -> bytes | None:
        try:
            return blobs_of(office).read(digest)
        except (NotFound, Damaged):
            return None

    def damaged(self, office: Any) -> list[bool]:
        with office.reading() as (connection, _):
            waiting = blobs.unsafe(connection)
        return [self.whole_at(office, digest) is None for digest, _ in waiting]

    def forget_the_pace(self, office: Any) -> None:
        with office.writing(guard_clock=False) as (pen, _):
            own.drop(pen.connection, BROKE)

    def teardown(self) -> None:
        if not hasattr(self, "server"):
            return
        try:
            for which in (0, 1, 0):
                carry(self.offices[which], Road(self.server, which))
            with self.server.base.reading() as connection:
                assert connection.execute(select(func.count()).select_from(pieces)).scalar() == 0
            for content in {content for _, _, content in self.scans}:
                digest = sha256(content).digest()
                assert b"".join(self.server.depot.parts(digest)) == content
                for which, office in enumerate(self.offices):
                    if self.whole_at(office, digest) is None:
                        fetch(office, Road(self.server, which), digest)
                    assert self.whole_at(office, digest) == content
        finally:
            for office in self.offices:
                office.close()
            self.server.base.close()
            shutil.rmtree(self.folder)
            self.light.__exit__(None, None, None)


@pytest.mark.timeout(0)  # a longer run takes hours
def test_whatever_happens_no_scan_is_lost_doubled_or_altered() -> None:
    Machine.steps = 0
    try:
        while (missing := STEPS - Machine.steps) > 0:
            run_state_machine_as_test(
                Machine,
                settings=settings(
                    max_examples=-(-missing // A_RUN),
                    stateful_step_count=A_RUN,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                    phases=[Phase.generate, Phase.shrink],
                    database=None,
                ),
            )
    finally:
        shutil.rmtree(template())
        template.cache_clear()
    assert Machine.steps >= STEPS
