"""Machines, a district and a bad road, in any order: nothing lost, nothing doubled, all alike in the end.

Devices are real stores and the district a real database; only the network is played. `COUNTER_STEPS` runs
more than the 10,000 steps of every day.
"""

from __future__ import annotations

import functools
import itertools
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from counter_app.crypto.sealing import SealingKey
from counter_app.crypto.signing import Signer
from counter_app.district import devices, identity
from counter_app.district import exchange as districts
from counter_app.district.check import check
from counter_app.district.exchange import Exchange
from counter_app.district.issuing import issue
from counter_app.district.journal import known_of
from counter_app.district.ledger import CommuneLedger
from counter_app.domain.codes import Lease
from counter_app.domain.errors import AlreadyThere, ClockWrong, NotAllowed, NotFound, Refused, Unreachable
from counter_app.domain.issued import Issue, What
from counter_app.domain.vectors import Vector
from counter_app.domain.zone import VIETNAM
from counter_app.services import enrolled, exchange, keeping, pacing, safety, syncing
from counter_app.services.office import Office, new_dossier_id
from counter_app.services.packing import packer
from counter_app.store import database as databases
from counter_app.store import own
from counter_app.store.database import Database
from counter_app.store.ledger import Shelf
from counter_app.sync import giving
from tests.district import bases
from tests.domain.acts import RECEPTION
from tests.services.stores import MORNING, Counter, Wall

STEPS: Final = int(os.environ.get("COUNTER_STEPS", "10000"))
A_RUN: Final = 300
"""Steps between a fresh start and the end, where all must agree."""
ROUNDS: Final = 12
"""Synchronisations of each machine at the end, at the most."""
MOST_DEVICES: Final = 5
YEARS: Final = (datetime(1990, 1, 1, tzinfo=VIETNAM), datetime(2090, 1, 1, tzinfo=VIETNAM))
DAY: Final = timedelta(days=1)
JUMPS: Final = tuple(
    sign * jump for jump in (timedelta(minutes=10), DAY, 60 * DAY, 3653 * DAY) for sign in (1, -1)
)

# Small, so that a dozen events already go in several messages of several runs.
SMALL = {
    (pacing, "LARGEST"): 4000,
    (pacing, "SMALLEST"): 300,
    (districts, "LARGEST"): 4000,
    (districts, "SMALLEST"): 300,
    (giving, "RUN_BYTES"): 1500,
}


@contextmanager
def light(seed: int) -> Iterator[None]:
    """Without fsync, in small messages, and with drawn bytes that come again when the run does."""
    chance = random.Random(seed)
    connect = databases.connect

    def quick(path: Path, key: bytes) -> Any:
        raw = connect(path, key)
        raw.execute("PRAGMA synchronous=OFF")
        return raw

    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(databases, "connect", quick))
        patches.enter_context(mock.patch.object(os, "urandom", chance.randbytes))
        for kind in (Signer, SealingKey):
            drawn = functools.partial(_drawn, kind, chance)
            patches.enter_context(mock.patch.object(kind, "generate", drawn))
        for (where, name), value in SMALL.items():
            patches.enter_context(mock.patch.object(where, name, value))
        yield


def _drawn(kind: Any, chance: random.Random) -> Any:
    return kind(chance.randbytes(32))


class District:
    """The server; `answer` is asked as the network would."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now_ms = round(MORNING.timestamp() * 1000)
        self.copies: list[bytes] = []
        self.open()

    def open(self) -> None:
        self.base = Database(self.path, bases.KEY)
        with self.base.reading() as connection:
            who = identity.load(connection)
        self.exchange = Exchange(self.base, who, packer(), self._clock)

    def _clock(self) -> int:
        self.now_ms += 1000
        return self.now_ms

    @contextmanager
    def ledger(self) -> Iterator[CommuneLedger]:
        with self.base.reading() as connection:
            yield CommuneLedger(connection, 1)

    def held(self) -> set[bytes]:
        with self.base.reading() as connection:
            return hashes(connection)

    def vector(self) -> Vector:
        with self.ledger() as ledger:
            return giving.vector(ledger)

    def close(self) -> None:
        self.base.close()


class Device:
    """One machine of the commune, with its road to the district."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        # Each with whether what it tells as safe is so: a server put back since knows nothing of it.
        self.copies: list[tuple[bytes, bool]] = []
        self.open()

    def open(self) -> None:
        self.office: Office = self.counter.open()

    def restart(self) -> None:
        self.office.close()
        self.open()

    def must_start_anew(self) -> bool:
        """Whether its log was found to have gone on elsewhere too."""
        with self.office.database.reading() as connection:
            return own.get(connection, own.RENEW) is not None

    @property
    def wall(self) -> Wall:
        return self.counter.wall

    def held(self) -> set[bytes]:
        with self.office.database.reading() as connection:
            return hashes(connection)

    def vector(self) -> Vector:
        with self.office.reading() as (connection, where):
            return giving.vector(Shelf(connection, where))

    def acknowledged(self) -> set[bytes]:
        """The last events of all that it says is safe at the district."""
        with self.office.reading() as (connection, _):
            return {tip.hash for tip in enrolled.tips_in(connection, enrolled.THEIRS).tips}

    def dossiers(self) -> list[bytes]:
        with self.office.database.reading() as connection:
            return [row[0] for row in connection.exec_driver_sql("SELECT dossier FROM dossiers ORDER BY id")]


def hashes(connection: Any) -> set[bytes]:
    """Of all events that are here; none stands twice."""
    found = [bytes(row[0]) for row in connection.exec_driver_sql("SELECT hash FROM events")]
    assert len(found) == len(set(found)), "an event stands twice"
    return set(found)


def put_back(database: Database, copy: bytes) -> None:
    """The file as it once was, and nothing of what lay beside it."""
    database.close()
    for rest in ("-wal", "-shm"):
        database.path.with_name(database.path.name + rest).unlink(missing_ok=True)
    database.path.write_bytes(copy)
    vars(database).update(vars(Database(database.path, database.key)))  # open again, for all who hold it


def copy_of(database: Database) -> bytes:
    database.fold_in()
    return database.path.read_bytes()


@dataclass
class Link:
    """The road to the district: what befalls each message in turn, and all goes well after that."""

    server: District
    befalls: list[tuple[Any, ...]] = field(default_factory=list)
    late: list[tuple[str, bytes]] = field(default_factory=list)
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)

    def post(self, path: str, body: bytes) -> bytes:
        what, *how = self.befalls.pop(0) if self.befalls else ("arrives",)
        earlier, older = list(self.sent), list(self.answers)
        self.sent.append((path, body))
        if what == "lost":
            raise Unreachable("district-unreachable")
        if what == "late":
            self.late.append((path, body))
            raise Unreachable("district-silent")
        if what == "request spoilt":
            return self.deliver(path, spoilt(body, *how))
        if what == "after an old one" and earlier:
            self.deliver(*earlier[how[0] % len(earlier)])
        answer = self.deliver(path, body)
        self.answers.append(answer)
        if what == "answer lost":
            raise Unreachable("district-silent")
        if what == "twice":
            again = self.deliver(path, body)
            return again if how[0] else answer
        if what == "answer spoilt":
            return spoilt(answer, *how)
        if what == "an old answer" and older:
            return older[how[0] % len(older)]
        return answer

    def deliver(self, path: str, body: bytes) -> bytes:
        return (self.server.exchange.enrol if path.endswith("enrol") else self.server.exchange.answer)(body)


def spoilt(message: bytes, place: int, bit: int) -> bytes:
    """Cut off at the place, or with one bit of it turned."""
    place %= max(1, len(message))
    if bit > 7:
        return message[:place]
    changed = bytearray(message)
    changed[place] ^= 1 << bit
    return bytes(changed)


PLACES = st.integers(0, 4000)
BITS = st.integers(0, 11)  # 8 and more: the message is cut
FAULTS = st.one_of(
    st.tuples(st.sampled_from(["arrives", "lost", "late", "answer lost"])),
    st.tuples(st.sampled_from(["request spoilt", "answer spoilt"]), PLACES, BITS),
    st.tuples(st.just("twice"), st.booleans()),
    st.tuples(st.sampled_from(["after an old one", "an old answer"]), st.integers(0, 50)),
)
WHICH = st.integers(0, MOST_DEVICES - 1)


@functools.cache
def template() -> Path:
    """Three machines that have entered a district; two of them have synchronised."""
    folder = Path(tempfile.mkdtemp(prefix="counter-machine-"))
    with light(0):
        base = bases.fresh(folder)
        commune = bases.commune_in(base)
        with base.writing() as connection:
            identity.draw(connection, "Sở mẫu")
        base.fold_in()
        base.close()
        base.path.rename(folder / "district.db")
        server = District(folder / "district.db")
        for number in range(3):
            device = Device(Counter(folder / str(number), device=f"QUẦY {number}").make())
            with server.base.writing() as connection:
                code = devices.invite(connection, commune, f"QUẦY {number}", server.now_ms)[1].text
            link = Link(server)
            syncing.enrol(device.office, device.office.session(), link, "http://localhost", code)
            if number:
                syncing.sync(device.office, link)
            device.office.database.fold_in()
            device.office.close()
        server.base.fold_in()
        server.close()
    return folder


class Machine(RuleBasedStateMachine):
    """`model` holds every event that was ever on a disk, but those that only a disk put back in time had."""

    steps = 0

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        made = template()
        self.light = light(seed)
        self.light.__enter__()
        self.folder = Path(tempfile.mkdtemp(prefix="counter-machine-run-"))
        shutil.copytree(made, self.folder, dirs_exist_ok=True)
        self.server = District(self.folder / "district.db")
        self.devices = [Device(Counter(self.folder / str(n), device=f"QUẦY {n}")) for n in range(3)]
        self.links = [Link(self.server) for _ in self.devices]
        self.doubtful: set[int] = set()
        self.leases_may_meet = False
        self.numbers = 1000
        self.model: set[bytes] = set()
        self.note()

    # ---- acts

    @rule(
        which=WHICH,
        what=st.lists(
            st.tuples(st.sampled_from(["received", "corrected", "finished", "returned"]), st.integers(0, 50)),
            min_size=1,
            max_size=6,
        ),
        at_once=st.booleans(),
        length=st.sampled_from([0, 0, 0, 300, 2500]),
    )
    def act(self, which: int, what: list[tuple[str, int]], at_once: bool, length: int) -> None:
        device, _ = self.chosen(which)
        known = device.dossiers()
        groups = [what] if at_once else [[one] for one in what]
        try:
            for group in groups:
                with device.office.writing() as (pen, _now):
                    for kind, number in group:
                        dossier = known[number % len(known)] if known else b""
                        if kind == "received" or not known:
                            kind, dossier = "received", new_dossier_id(pen.now_ms)
                            known.append(dossier)
                        pen.append(kind, dossier, self.payload(kind, length), "admin")
        except ClockWrong:
            pass
        self.note(device)

    def payload(self, kind: str, length: int) -> dict[str, Any]:
        self.numbers += 1
        note = random.Random(self.numbers).randbytes(length // 2).hex()
        if kind == "received":
            return RECEPTION | {"code": f"H55.242-261122-{self.numbers}", "note": note}
        if kind == "corrected":
            return {"set": {"applicant.name": f"Người {self.numbers}"}, "reason": note}
        return {"note": note} | ({"to": "người nộp"} if kind == "returned" else {})

    # ---- the road

    @rule(which=WHICH)
    def sync_well(self, which: int) -> None:
        self.sync(which, [])

    @rule(which=WHICH, befalls=st.lists(FAULTS, min_size=1, max_size=4))
    def sync_badly(self, which: int, befalls: list[tuple[Any, ...]]) -> None:
        self.sync(which, befalls)

    def sync(self, which: int, befalls: list[tuple[Any, ...]]) -> None:
        device, link = self.chosen(which)
        link.befalls = list(befalls)
        whole = revoked = False
        try:
            revoked = syncing.sync(device.office, link).revoked
            whole = True
        except (Unreachable, Refused) as error:
            forgotten = isinstance(error, Refused) and error.why == "device-unknown"
            assert befalls or forgotten, "nothing stood in the way"
        link.befalls.clear()
        self.note(device, self.server)
        if whole:
            self.doubtful.discard(self.devices.index(device))
        if whole and not befalls:
            assert revoked or device.held() == self.server.held()
            assert safety.counts(device.office).pending == 0
        self.what_is_told_as_safe_is_safe()

    @precondition(lambda self: any(link.late for link in self.links))
    @rule(which=WHICH, number=st.integers(0, 20))
    def a_late_request_comes(self, which: int, number: int) -> None:
        waiting = [link for link in self.links if link.late]
        link = waiting[which % len(waiting)]
        link.deliver(*link.late.pop(number % len(link.late)))
        self.note(self.server)

    @rule(giver=WHICH, taker=WHICH)
    def carry_a_bundle(self, giver: int, taker: int) -> None:
        one, two = self.chosen(giver)[0], self.chosen(taker)[0]
        file = self.folder / "bundle"
        try:
            exchange.export(one.office, one.office.session(), file)
            exchange.bring_in(two.office, two.office.session(), file)
        except (NotAllowed, Refused):
            return
        self.note(two)

    # ---- what comes from above

    @rule(
        what=st.sampled_from([What.NOTICE, What.CATALOGUE]),
        name=st.sampled_from("ab"),
        text=st.sampled_from(["", "Mai nghỉ bão.", "Danh mục năm sau\n" * 400]),
    )
    def issue_a_text(self, what: What, name: str, text: str) -> None:
        with self.server.base.writing() as connection:
            who = identity.current(connection, self.server.exchange.who)
            issue(connection, who, 1, Issue(what, name, 0, text), self.server.now_ms)
        self.note(self.server)

    # ---- who may speak

    @rule(which=WHICH, admitted=st.booleans())
    def revoke_or_admit(self, which: int, admitted: bool) -> None:
        how = devices.admit if admitted else devices.revoke
        try:
            with self.server.base.writing() as connection:
                how(connection, self.server.exchange.who, 1 + which, "", self.server.now_ms)
        except (AlreadyThere, NotAllowed, NotFound):
            return
        self.note(self.server)

    @rule(which=WHICH, befalls=st.lists(FAULTS, max_size=1))
    def enrol_anew(self, which: int, befalls: list[tuple[Any, ...]]) -> None:
        device, link = self.chosen(which)
        link.befalls = list(befalls)
        try:
            self.enter(device, link)
        except (Unreachable, Refused):
            assert befalls, "nothing stood in the way"
        link.befalls.clear()
        self.note(device, self.server)

    def enter(self, device: Device, link: Link) -> None:
        with self.server.base.writing() as connection:
            code = devices.invite(connection, 1, "QUẦY", self.server.now_ms)[1].text
        office = device.office
        syncing.enrol(office, office.session(), link, "http://localhost", code, anew=True)

    # ---- what happens to machines

    @rule(which=WHICH)
    def restart(self, which: int) -> None:
        device, _ = self.chosen(which)
        device.restart()
        self.note(device)

    @rule()
    def restart_the_server(self) -> None:
        self.server.close()
        self.server.open()

    @rule(which=WHICH)
    def keep_a_copy(self, which: int) -> None:
        device, _ = self.chosen(which)
        sure = self.devices.index(device) not in self.doubtful
        device.copies = [*device.copies, (copy_of(device.office.database), sure)][-3:]

    @rule()
    def keep_a_copy_of_the_server(self) -> None:
        self.server.copies = [*self.server.copies, copy_of(self.server.base)][-3:]

    @precondition(lambda self: any(device.copies for device in self.devices))
    @rule(which=WHICH, number=st.integers(0, 2))
    def put_a_device_back(self, which: int, number: int) -> None:
        kept = [device for device in self.devices if device.copies]
        device = kept[which % len(kept)]
        before = device.held()
        copy, sure = device.copies[number % len(device.copies)]
        put_back(device.office.database, copy)
        if not sure:
            self.doubtful.add(self.devices.index(device))
        device.office.close()
        device.open()
        self.lose(before)

    @precondition(lambda self: self.server.copies)
    @rule(number=st.integers(0, 2), told=st.booleans())
    def put_the_server_back(self, number: int, told: bool) -> None:
        before = self.server.held()
        put_back(self.server.base, self.server.copies[number % len(self.server.copies)])
        self.server.open()
        if told:
            with self.server.base.writing() as connection:
                identity.renew(connection, self.server.exchange.who, self.server.now_ms)
            self.server.close()
            self.server.open()
        self.leases_may_meet |= not told
        self.doubtful = set(range(len(self.devices)))
        for device in self.devices:
            device.copies = [(copy, False) for copy, _ in device.copies]
        self.lose(before)

    @precondition(lambda self: len(self.devices) < MOST_DEVICES)
    @rule(which=WHICH)
    def clone(self, which: int) -> None:
        device, _ = self.chosen(which)
        device.office.database.fold_in()
        place = self.folder / str(len(self.devices))
        shutil.copytree(device.counter.folder, place)
        copy = Counter(place, wall=Wall(device.wall.now))
        if self.devices.index(device) in self.doubtful:
            self.doubtful.add(len(self.devices))
        self.devices.append(Device(copy))
        self.links.append(Link(self.server))
        self.note(self.devices[-1])

    @rule(which=WHICH, jump=st.sampled_from(JUMPS), mend=st.booleans())
    def a_clock_jumps(self, which: int, jump: timedelta, mend: bool) -> None:
        device, _ = self.chosen(which)
        device.wall.now = min(YEARS[1], max(YEARS[0], device.wall.now + jump))
        if mend:
            device.office.set_clock(device.office.session(), MORNING)
            self.note(device)

    @rule(jump=st.sampled_from(JUMPS))
    def the_servers_clock_jumps(self, jump: timedelta) -> None:
        low, high = (round(year.timestamp() * 1000) for year in YEARS)
        self.server.now_ms = min(high, max(low, self.server.now_ms + round(jump.total_seconds() * 1000)))
        self.leases_may_meet = True  # what it leased in a year to come, and forgot, it may lease then again

    # ---- what holds

    @invariant()
    def a_step_was_made(self) -> None:
        Machine.steps += 1

    def chosen(self, which: int) -> tuple[Device, Link]:
        which %= len(self.devices)
        return self.devices[which], self.links[which]

    def note(self, *places: Device | District) -> None:
        for place in places or (*self.devices, self.server):
            self.model |= place.held()

    def lose(self, before: set[bytes]) -> None:
        """What a place put back in time had, and nobody else, nobody can give back."""
        places = (*self.devices, self.server)
        held: set[bytes] = set().union(*(place.held() for place in places))
        self.model -= before - held
        self.model |= held

    def what_is_told_as_safe_is_safe(self) -> None:
        held = self.server.held()
        for number, device in enumerate(self.devices):
            if number not in self.doubtful:
                assert device.acknowledged() <= held

    def teardown(self) -> None:
        if not hasattr(self, "devices"):
            return
        try:
            self.come_to_rest()
            self.all_agree()
        finally:
            for device in self.devices:
                device.office.close()
            self.server.close()
            shutil.rmtree(self.folder)
            self.light.__exit__(None, None, None)

    def come_to_rest(self) -> None:
        """Every machine starts anew and synchronises, round after round, until nothing moves."""
        stood: list[Vector] = []
        for _ in range(ROUNDS):
            for device in self.devices:
                if not stood or device.must_start_anew():
                    device.restart()
                    self.note(device)
                self.sync_to_the_end(device)
                self.note(device, self.server)
            stands = [place.vector() for place in (*self.devices, self.server)]
            if stands == stood:
                return
            stood = stands
        raise AssertionError("it does not come to rest")

    def sync_to_the_end(self, device: Device) -> None:
        """A machine that may not speak any more, or was forgotten, is enrolled anew."""
        link = Link(self.server)
        try:
            if not syncing.sync(device.office, link).revoked:
                return
        except Refused as refusal:
            assert refusal.why == "device-unknown"
        self.enter(device, link)
        assert not syncing.sync(device.office, link).revoked

    def all_agree(self) -> None:
        vectors = [place.vector() for place in (*self.devices, self.server)]
        assert all(vector == vectors[0] for vector in vectors)
        for place in (*self.devices, self.server):
            assert not self.model - place.held(), "an event is lost"
        with self.server.ledger() as ledger:
            whole = check(ledger)
            issued = known_of(ledger).issued
        assert whole.healthy, whole.faults
        assert not issued.awaited
        for device in self.devices:
            verdict = keeping.verify(device.office)
            assert verdict.healthy, verdict
            assert (verdict.state, verdict.conflicts) == (whole.state, whole.conflicts)
            assert safety.counts(device.office).pending == 0
            assert device.office.commune().issued == issued
        if not self.leases_may_meet:
            given = self.devices[0].office.commune().leases
            for one, other in itertools.combinations(given, 2):
                assert not any(meet(a, b) for a in given[one] for b in given[other])


def meet(one: Lease, other: Lease) -> bool:
    return one.slot == other.slot and one.first <= other.last and other.first <= one.last


@pytest.mark.timeout(0)  # some minutes; a longer run takes hours
def test_whatever_happens_nothing_is_lost_or_doubled_and_all_agree() -> None:
    Machine.steps = 0
    try:
        while (missing := STEPS - Machine.steps) > 0:  # some runs end sooner
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
