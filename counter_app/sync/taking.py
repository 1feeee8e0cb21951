"""Takes runs into a ledger: proven bytes only, each event once, forks kept as branches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.crypto.proof import Proven, headers_of, introduction, prove
from counter_app.domain.errors import Refused
from counter_app.domain.events import NOTHING_BEFORE, Absent, payload_key
from counter_app.domain.runs import Run
from counter_app.sync.ledger import Ledger


@dataclass
class Taken:
    """What came of it: events new here, events that were here before, runs refused by reason."""

    new: int = 0
    known: int = 0
    forks: int = 0
    refused: tuple[tuple[str, str], ...] = ()  # (log name, reason)

    def refuse(self, run: Run, reason: str) -> None:
        self.refused += ((run.log.hex(), reason),)


def take(ledger: Ledger, runs: Iterable[Run]) -> Taken:
    """Takes the runs in, in their order. A run that proves nothing is refused; the others go on."""
    taken = Taken()
    for run in runs:
        try:
            _take(ledger, run, taken)
        except Refused as refusal:
            taken.refuse(run, refusal.why)
    return taken


def _take(ledger: Ledger, run: Run, taken: Taken) -> None:
    known = ledger.find(run.log)
    headers = headers_of(run)
    if known is None:
        stranger = introduction(run, headers[0])
        before, proven = prove(run, headers, stranger.public, _heads_before(ledger, run))
        log_id = ledger.add_log(stranger)
    else:
        log_id = known.id
        before, proven = prove(run, headers, known.public, _heads_before(ledger, run))
    at = _place(ledger, log_id, run.first - 1, before)
    for event in proven:
        here = ledger.held(event.hash)
        if here is not None:
            at, taken.known = here.branch, taken.known + 1
            if here.absent == Absent.NOT_CARRIED and event.packed.payload is not None:
                ledger.complete(at, event, _key(ledger, at, event))
            continue
        at = _attach(ledger, log_id, at, event, taken)
        ledger.add(at, event, _key(ledger, at, event))
        taken.new += 1
        if event is proven[-1]:
            ledger.sign(at, event.header.seq, run.signature)


def _key(ledger: Ledger, branch: int, event: Proven) -> bytes | None:
    """The payload's key, where the branch's salt is not (or, by a lying author, not the only) proof of it."""
    dossier, key = event.header.dossier, event.packed.key
    if event.packed.payload is None:
        return None
    if event.salt is None:
        return key
    ledger.add_salt(branch, dossier, event.salt)
    if ledger.salt(branch, dossier) == event.salt:
        return None
    return payload_key(event.salt, event.header.seq)


def _heads_before(ledger: Ledger, run: Run) -> list[bytes]:
    if run.first == 1:
        return [NOTHING_BEFORE]
    found = ledger.hashes_at(run.log, run.first - 1)
    if not found:
        raise Refused("run-has-a-gap")
    return found


def _place(ledger: Ledger, log_id: int, seq: int, hash_: bytes) -> int:
    """The branch that holds the event before the run."""
    if seq == 0:
        return ledger.root(log_id)
    held = ledger.held(hash_)
    assert held is not None, "its hash was found a moment ago"
    return held.branch


def _attach(ledger: Ledger, log_id: int, branch: int, event: Proven, taken: Taken) -> int:
    """The branch to append to; where another event stands in the place already, the log forks there."""
    seq = event.header.seq
    standing = ledger.hash_at(branch, seq)
    if standing is None and not ledger.parts_at(branch, seq):
        return branch
    taken.forks += 1
    if standing is not None:
        ledger.part(log_id, branch, seq, standing)
    return ledger.add_branch(log_id, branch, seq, event.hash)
