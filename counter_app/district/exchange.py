"""One exchange: what a device sends is taken in, what it lacks is given, and both know what both hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, Protocol

from sqlalchemy import Connection

from counter_app.crypto.signing import SIGNATURE_BYTES
from counter_app.district import devices, identity, journal, leasing, machine_list, posting
from counter_app.district.database import Base
from counter_app.district.devices import NONCE, Device
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.district.meter import Meter
from counter_app.district.posting import Stands
from counter_app.domain.errors import Refused, Surroundings
from counter_app.domain.runs import Run
from counter_app.domain.vectors import Vector
from counter_app.store.log import ASIDE
from counter_app.sync import enrolment, giving
from counter_app.sync.agreed import NOTHING, Agreed, Tip, held, highest, vector_of
from counter_app.sync.batch import COMMON, FORMAT, Packer
from counter_app.sync.message import (
    AGAIN,
    LOST,
    MORE,
    REFUSED,
    REVOKED,
    TAKEN,
    WOVEN,
    Answer,
    Facts,
    Request,
    Signed,
    Unproven,
    read_proof,
    read_request,
)
from counter_app.sync.portions import LARGEST, SMALLEST, Portions
from counter_app.sync.taking import Taken, take
from counter_app.system.logs import Word

_NOBODY: Final = bytes(NONCE)
_VECTOR_BYTES: Final = 48 * 1024  # of an answer that tells all that is here
_MOST_WAITING: Final = 1 << 30
_LONGEST_MIN: Final = 1 << 24  # minutes: 32 years
_MOST_TOLD: Final = 8  # refused runs of one request that are noted one by one


class Moved(NamedTuple):
    """Events that an exchange took in and gave, and payloads that it erased."""

    new: int = 0
    given: int = 0
    erased: int = 0


class Notes(Protocol):
    """Where refusals and faults are written down: logs.Log, which can carry nothing of a person."""

    def log(self, event: str, **facts: object) -> None: ...

    def failure(self, event: str, error: BaseException) -> None: ...


class Unnoted:
    def log(self, event: str, **facts: object) -> None:
        pass

    def failure(self, event: str, error: BaseException) -> None:
        pass


@dataclass
class Visit:
    """A machine in its commune, under the commune's lock, whatever road it came by."""

    ledger: CommuneLedger
    who: Identity
    device: Device
    revoked: bool
    stands: Stands


@dataclass(frozen=True)
class Exchange:
    """Answers requests over one database; several may do so at once. `clock` gives ms since 1970."""

    base: Base
    who: Identity
    packer: Packer
    clock: Callable[[], int]
    pins: tuple[bytes, ...] = ()
    """Of the keys that its TLS shows, by itself or before it."""
    notes: Notes = field(default_factory=Unnoted)
    meter: Meter = field(default_factory=Meter)
    erased: Callable[[], object] = lambda: None
    """Removes the files of erased dossiers; called once an exchange that erased something is on the disk."""
    listed: dict[int, int] = field(default_factory=dict)
    """When the list of machines was last looked at for each commune, in ms since 1970."""

    def enrol(self, data: bytes) -> bytes:
        try:
            entry = enrolment.read_request(data)
            with self.base.writing() as connection:
                who = identity.current(connection, self.who)
                place = devices.enter(connection, who, self.packer, entry, self.clock(), self.pins)
        except Refused as refusal:
            why = heard_by(refusal.why)
            self.meter.entered(why)
            self.notes.log("enrolment-refused", why=Word(why), bytes=len(data))
            return enrolment.refusal(why)
        self.meter.entered("taken")
        return place

    def answer(self, data: bytes) -> bytes:
        """The answer to a request, signed, once all that it says is on the disk."""
        try:
            signed = read_request(data)
        except Refused as refusal:
            # In every version a message begins with its format and ends in its signature.
            return self._refuse(data, data[-SIGNATURE_BYTES:].rjust(SIGNATURE_BYTES, b"\0"), refusal.why)
        with self.base.reading() as connection:
            device = devices.find(connection, signed.request.log)
        if device is None:
            return self._refuse(data, signed.signature, "device-unknown")
        if not signed.by(device.public or b"", self.who.signing.public):
            return self._refuse(data, signed.signature, "request-forged", device)
        try:
            with self.base.writing() as connection:
                answer, agreed, moved = self._exchange(connection, signed, device.commune)
        except Refused as refusal:
            return self._refuse(data, signed.signature, refusal.why, device)
        self.meter.exchanged(answer.verdict)
        self.meter.events(moved.new, moved.given)
        if moved.erased:
            self.sweep()
        self.note_runs(device, answer)
        digest = agreed.digest if answer.verdict == TAKEN else bytes(32)
        return answer.to_bytes(self.who.signing, signed.signature, digest)

    def sweep(self) -> None:
        """Removes what erasures have left to be removed; a fault is noted."""
        try:
            self.erased()
        except Surroundings as fault:  # what is left goes with the next one, or at the next start
            self.notes.failure("erased-files-stay", fault)

    def _refuse(self, data: bytes, request: bytes, why: str, device: Device | None = None) -> bytes:
        why = heard_by(why)
        self.meter.refused(why)
        number = None if device is None else device.device
        self.notes.log("request-refused", device=number, why=Word(why), bytes=len(data))
        answer = Answer(REFUSED, _NOBODY, self.clock(), why=why)
        return answer.to_bytes(self.who.signing, request)

    def note_runs(self, device: Device, answer: Answer) -> None:
        for run in answer.refused:
            self.meter.run_refused(run.why)
        for run in answer.refused[:_MOST_TOLD]:
            self.notes.log("run-refused", device=device.device, why=Word(run.why), first=run.first)
        if (more := len(answer.refused) - _MOST_TOLD) > 0:
            self.notes.log("more-runs-refused", device=device.device, runs=more)

    def _exchange(self, connection: Connection, signed: Signed, commune: int) -> tuple[Answer, Agreed, Moved]:
        """The answer, what is agreed on, and what it moved."""
        asked, now_ms = signed.request, self.clock()
        visit = self.visit(connection, asked, commune)
        ledger, device = visit.ledger, visit.device
        if device.nonce != asked.nonce:
            nonce = device.nonce or os.urandom(NONCE)
            devices.spoke(connection, device, nonce=nonce)
            return Answer(AGAIN, nonce, now_ms), NOTHING, Moved()
        nonce = os.urandom(NONCE)
        told = {
            "nonce": nonce,
            "counter": asked.counter,
            "seen_ms": now_ms,
            "behind_ms": now_ms - asked.time_ms,
        }
        if asked.facts.wiped:
            told["wiped_ms"] = now_ms
        before = _named(device, asked.agreed)
        if before is None:
            devices.spoke(connection, device, **told, **waits(asked.facts, 0, now_ms))
            vector = _fitting(ledger, giving.vector(ledger))
            return Answer(LOST, nonce, now_ms, epoch=visit.who.epoch, vector=vector), NOTHING, Moved()
        taken = self.hear(visit, asked.batch)
        theirs = {*before.tips, *held(ledger, asked.claims), *taken.ends}
        changed = _changed(before, highest(ledger, theirs))
        agreed = before.moved(changed)
        lacks = self.lacking(visit, asked, theirs)
        given, batch = lacks.take(max(SMALLEST, min(asked.room, LARGEST)))
        more = lacks.more
        position = ledger.finish()
        told |= waits(asked.facts, taken.new + taken.known, now_ms)
        devices.spoke(connection, device, **told, agreed=agreed.to_bytes(), agreed_before=before.to_bytes())
        answer = replace(self.taken(visit, asked, changed, taken.refused, position), nonce=nonce, batch=batch)
        answer = replace(answer, flags=answer.flags | more * MORE)
        return answer, agreed, Moved(taken.new, sum(len(run.events) for run in given), ledger.erased)

    def visit(self, connection: Connection, asked: Request, commune: int) -> Visit:
        """Locks the commune that the machine is in; raises Refused("device-unknown")."""
        ledger = CommuneLedger(connection, commune)
        who = self._in_epoch(connection, asked.proof, ledger.lock())
        device = devices.find(connection, asked.log)
        if device is None:
            raise Refused("device-unknown")
        if device.commune != commune:  # the communes were merged while this one waited
            return self.visit(connection, asked, device.commune)
        # A district that was put back may know of it only by its own events, which others gave it again.
        revoked = device.revoked_ms is not None or ledger.limited(asked.log)
        return Visit(ledger, who, device, revoked, posting.stands(ledger, device.device, self.clock()))

    def hear(self, visit: Visit, batch: bytes) -> Taken:
        """Takes in what the machine brings, and does what its days and the commune's list ask for."""
        ledger, who, device, log = visit.ledger, visit.who, visit.device, visit.device.log or b""
        now_ms = self.clock()
        if visit.stands is Stands.LAPSED and not visit.revoked:
            devices.end(ledger, who, device.device, log, "", now_ms)
            visit.revoked = True
        taken = self._take(ledger, batch)
        if not ledger.above.isdisjoint(tip.log for tip in taken.ends):
            posting.learn(ledger)
            visit.stands = posting.stands(ledger, device.device, now_ms)
        if visit.stands is Stands.WITHIN and not visit.revoked:
            leasing.lease(ledger, who, device.device, log, now_ms)
        if abs(now_ms - self.listed.get(ledger.commune, 0)) >= machine_list.LOOKED_AT_MS:
            self.listed[ledger.commune] = now_ms
            machine_list.bring(ledger, who, now_ms)
        return taken

    def lacking(self, visit: Visit, asked: Request, theirs: Iterable[Tip]) -> Portions:
        """What a machine that holds so much is to be given."""
        runs = iter(()) if visit.revoked else _given(visit.ledger, vector_of(theirs), visit.stands)
        return Portions(self.packer, runs, form=FORMAT if self._woven(asked) else COMMON)

    def taken(
        self,
        visit: Visit,
        asked: Request,
        agreed: Iterable[Tip],
        refused: Iterable[tuple[str, int, str]],
        position: int,
    ) -> Answer:
        """The answer without nonce and batch, once all is written; `refused` as in Taken."""
        return Answer(
            TAKEN,
            _NOBODY,
            self.clock(),
            epoch=visit.who.epoch,
            position=position,
            agreed=tuple(tip.claim for tip in agreed),
            refused=tuple(Unproven(bytes.fromhex(log), first, why) for log, first, why in refused),
            aside=sum(1 for row in visit.ledger.map.logs.values() if row.trust == ASIDE),
            flags=visit.revoked * REVOKED + self._woven(asked) * WOVEN,
        )

    def _woven(self, asked: Request) -> bool:
        return min(asked.facts.reads, self.packer.newest) >= FORMAT

    def _in_epoch(self, connection: Connection, proof: bytes, position: int) -> Identity:
        """Who the district is now; one that once was further, by its own word, begins a new epoch."""
        who = identity.current(connection, self.who)
        told = read_proof(proof, who.signing.public) if proof else None
        if told is None or told.epoch != who.epoch or told.position <= position:
            return who
        self.notes.log("server-put-back", position=position, acknowledged=told.position)
        self.meter.epoch_begun()
        return identity.renew(connection, who, self.clock())

    def _take(self, ledger: CommuneLedger, batch: bytes) -> Taken:
        if not batch:
            return Taken()
        runs = self.packer.unpack(batch)
        ledger.expect(runs)
        taken = take(ledger, runs)
        journal.settle_trust(ledger)
        return taken


def heard_by(why: str) -> str:
    """The reason as the device must hear it: what is too new for this server is so because it is old."""
    return "district-older" if why in ("message-newer", "batch-newer") else why


def waits(facts: Facts, came: int, now_ms: int) -> dict[str, int | None]:
    """What the device still has to send once so many events of it came."""
    waiting = max(0, min(facts.waiting, _MOST_WAITING) - came)
    since = now_ms - min(facts.oldest, _LONGEST_MIN) * 60_000
    return {"waiting": waiting, "oldest_ms": since if waiting else None}


def _named(device: Device, name: bytes) -> Agreed | None:
    """What the request means by that name; None where this server never agreed on it, or has forgotten."""
    known = (NOTHING, Agreed.from_bytes(device.agreed), Agreed.from_bytes(device.agreed_before))
    return next((agreed for agreed in known if agreed.name == name), None)


def _changed(before: Agreed, now: Iterable[Tip]) -> list[Tip]:
    """All tips of each log that does not stand where it stood."""
    tips = frozenset(now)
    logs = {tip.log for tip in tips ^ before.tips}
    return [tip for tip in tips if tip.log in logs]


def _given(ledger: CommuneLedger, theirs: Vector, stands: Stands) -> Iterator[Run]:
    """What the machine lacks; outside its days the district's own word alone, which ends or begins them.

    That word comes first: who hears of another commune's officers knows by then that it was merged.
    """
    runs = giving.runs_for(ledger, theirs, first=ledger.above)
    return runs if stands is Stands.WITHIN else (run for run in runs if run.log in ledger.above)


def _fitting(ledger: CommuneLedger, whole: Vector) -> Vector:
    """As much of it as an answer holds, trusted logs first: what is left out is only offered once more."""
    aside = {row.log for row in ledger.map.logs.values() if row.trust == ASIDE}
    told, room = {}, _VECTOR_BYTES
    for log, places in sorted(whole.samples.items(), key=lambda one: (one[0] in aside, one[0])):
        room -= 18 + sum(20 + 32 * len(hashes) for hashes in places.values())
        if room < 0:
            break
        told[log] = places
    return Vector(told)
