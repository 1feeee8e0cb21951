"""Many machines that come back to one district after a day without a network."""

from __future__ import annotations

import random
import resource
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlsplit

from prometheus_client.parser import text_string_to_metric_families

from counter_app.crypto.pinning import PinnedContext
from counter_app.crypto.proof import headers_of, introduction, prove
from counter_app.district import devices
from counter_app.district.database import Base
from counter_app.district.exchange import Exchange
from counter_app.domain.backoff import back_off
from counter_app.domain.errors import Unreachable
from counter_app.domain.events import NOTHING_BEFORE
from counter_app.services.packing import packer
from counter_app.services.syncing import Road
from counter_app.sync import enrolment
from counter_app.sync.agreed import Agreed, Claim, Tip
from counter_app.sync.courier import Courier
from counter_app.sync.enrolment import OneTimeCode
from counter_app.sync.message import AGAIN, LOST, TAKEN, Request, read_answer
from counter_app.sync.portions import LARGEST
from tests.district.serving import Talker
from tests.store.machines import dossier_id

EVENTS = 8  # of a day, two to a dossier
_ENROL, _EXCHANGE = "/sync/v1/enrol", "/sync/v1/exchange"


class Machine(Talker):
    """A light machine that also hears what the others wrote: of each log the hashes, and its key."""

    def __init__(self, seed: int, home: bytes) -> None:
        super().__init__(seed, home)
        self.hashes = {(self.author.log, seq): hash_ for seq, hash_ in self.tips.items()}
        self.keys = {self.author.log: self.author.signer.public}
        self.ends = {self.author.log: 1}

    def write(self, dossier: bytes, text: str) -> None:
        super().write(dossier, text)
        self.hashes[self.author.log, self.author.seq] = self.author.head
        self.ends[self.author.log] = self.author.seq

    def enter(self, road: Road, code: OneTimeCode) -> None:
        sent = enrolment.request(code, 1, packer().pack(self.runs[:1]), self.author.signer)
        place = enrolment.read_answer(road.post(_ENROL, sent), code, sent)
        self.server, self.nonce = place.ed25519, place.nonce

    @property
    def acknowledged(self) -> int:
        own = (tip.seq for tip in self.agreed.tips if tip.log == self.author.log)
        return max(own, default=0)

    def sync(self, road: Road) -> None:
        """Exchanges until neither side has more for the other, as a counter does; raises Unreachable."""
        while True:
            sent = self._asked()
            told = read_answer(road.post(_EXCHANGE, sent))
            answer = told.answer
            self.nonce = answer.nonce
            if answer.verdict == LOST:
                self.agreed = Agreed(frozenset())
            if answer.verdict in (AGAIN, LOST):
                continue
            assert (answer.verdict, answer.refused) == (TAKEN, ()), answer.why or answer.refused
            agreed = self.agreed.moved(self._tip(claim) for claim in answer.agreed)
            assert told.by(self.server, sent[-64:], agreed.digest)
            self.agreed = agreed
            self._hear(answer.batch)
            if not answer.more and self.acknowledged == self.author.seq:
                return

    def _asked(self) -> bytes:
        self.counter += 1
        lacks = [run for run in self.runs if run.last > self.acknowledged][:50]
        sent = {(run.log, run.last) for run in lacks}
        tips = {Tip(log, seq, self.hashes[log, seq]) for log, seq in self.ends.items()}
        claims = {tip.claim for tip in tips - self.agreed.tips if (tip.log, tip.seq) not in sent}
        return Request(
            self.author.log,
            self.nonce,
            self.counter,
            1,
            self.agreed.name,
            tuple(sorted(claims)),
            room=LARGEST,
            batch=packer().pack(lacks) if lacks else b"",
        ).to_bytes(self.author.signer, self.server)

    def _tip(self, claim: Claim) -> Tip:
        tip = Tip(claim.log, claim.seq, self.hashes[claim.log, claim.seq])
        assert tip.claim == claim
        return tip

    def _hear(self, batch: bytes) -> None:
        for run in packer().unpack(batch) if batch else []:
            headers = headers_of(run)
            if run.first == 1:
                self.keys[run.log] = introduction(run, headers[0]).public
            before = NOTHING_BEFORE if run.first == 1 else self.hashes[run.log, run.first - 1]
            _, proven = prove(run, headers, self.keys[run.log], [before])
            for place, event in enumerate(proven, run.first):
                self.hashes[run.log, place] = event.hash
            self.ends[run.log] = max(self.ends.get(run.log, 0), run.last)


class Straight:
    """To an exchange in this process."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def post(self, path: str, body: bytes) -> bytes:
        return (self._exchange.enrol if path == _ENROL else self._exchange.answer)(body)


def gather(base: Base, exchange: Exchange, count: int, a_commune: int) -> dict[int, list[Machine]]:
    """So many machines, enrolled, by their communes; each knows all the others of its commune."""
    road = Straight(exchange)
    found: dict[int, list[Machine]] = {}
    for place in range(-(-count // a_commune)):
        with base.writing() as connection:
            code, name = f"H55.{100 + place}", f"UBND xã {place}"
            number = devices.add_commune(
                connection, code, name, "2025-07-01", lambda size, n=place: dossier_id(0xD0000000 + n)[:size]
            )
        found[number] = [
            Machine(100_000 + seed, dossier_id(0xE0000000 + place))
            for seed in range(place * a_commune, min(count, (place + 1) * a_commune))
        ]
        for machine in found[number]:
            with base.writing() as connection:
                _, code = devices.invite(connection, number, "MÁY", exchange.clock())
            machine.enter(road, code)
            machine.sync(road)
        for machine in found[number]:
            machine.sync(road)
            machine.sync(road)
    return found


def a_day_passes(machines: Sequence[Machine]) -> None:
    for machine in machines:
        for number in range(EVENTS):
            dossier = dossier_id((machine.author.seq << 20) + number // 2)
            machine.write(dossier, f"Đã nhận đủ giấy tờ, chuyển bộ phận chuyên môn {number}")


@dataclass
class Storm:
    """What came of it; times in seconds."""

    served: list[float] = field(default_factory=list)
    """From a machine's return until all it has is acknowledged and it has all that was there for it."""
    last_s: float = 0.0
    """From the first return until the last machine is served."""
    calm_s: float = 0.0
    """From the first return until no exchange waits for a place any more."""
    most_queued: int = 0
    failures: Counter[str] = field(default_factory=Counter)


def come_back(
    machines: Sequence[Machine],
    url_of: Callable[[int], str],
    over_s: float,
    draw: random.Random,
    queued: Callable[[], int],
) -> Storm:
    """All of them return at drawn moments of `over_s` seconds, each to the address that `url_of` gives it."""
    storm, lock, over = Storm(), threading.Lock(), threading.Event()
    tls = PinnedContext()
    returns = [draw.uniform(0, over_s) for _ in machines]
    began = time.monotonic() + 0.5
    roads = [Courier(url_of(number), tls) for number in range(len(machines))]

    def live(number: int) -> None:
        time.sleep(max(0.0, began + returns[number] - time.monotonic()))
        failed = 0
        while True:
            try:
                machines[number].sync(roads[number])
                break
            except Unreachable as error:
                failed += 1
                with lock:
                    storm.failures[error.why] += 1
                told = error.facts.get("after_s")
                time.sleep(back_off(failed, after_s=told if isinstance(told, int) else 0) / 1000)
        with lock:
            now = time.monotonic() - began
            storm.served.append(now - returns[number])
            storm.last_s = max(storm.last_s, now)

    def watch() -> None:
        while not over.wait(0.25):
            if waiting := queued():
                storm.calm_s = time.monotonic() - began
                storm.most_queued = max(storm.most_queued, waiting)

    stack = threading.stack_size(512 * 1024)
    watching = threading.Thread(target=watch)
    try:
        watching.start()
        with ThreadPoolExecutor(len(machines)) as pool:
            for done in [pool.submit(live, number) for number in range(len(machines))]:
                done.result()
    finally:
        over.set()
        watching.join()
        threading.stack_size(stack)
        for road in roads:
            road.close()
    return storm


def many_files() -> None:
    """A thousand connections need as many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def scraped(url: str) -> dict[str, float]:
    """The samples without labels that a serving process tells, by their names."""
    at = urlsplit(url)
    line = HTTPConnection(at.hostname or "", at.port, timeout=30)
    line.request("GET", at.path)
    text = line.getresponse().read().decode()
    line.close()
    return {
        one.name.removeprefix("counter_district_"): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
        if not one.labels
    }
