"""Takes runs into a ledger: proven bytes only, each event once, forks kept as branches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from counter_app.crypto.proof import LONGEST_RUN, Proven, headers_of, introduction, prove
from counter_app.domain.errors import Refused
from counter_app.domain.events import NOTHING_BEFORE, Absent, Header, payload_key
from counter_app.domain.runs import Packed, Run
from counter_app.sync.agreed import Tip
from counter_app.sync.ledger import Known, Ledger

_MOST_UNSIGNED: Final = 400  # events between two signatures: none is smaller than 48 bytes


@dataclass
class Taken:
    """What came of it: events new here, events that were here before, runs refused by reason."""

    new: int = 0
    known: int = 0
    forks: int = 0
    refused: tuple[tuple[str, int, str], ...] = ()  # (log name, first seq, reason)
    ends: tuple[Tip, ...] = ()  # of the runs that were taken

    def refuse(self, run: Run, reason: str) -> None:
        self.refused += ((run.log.hex(), run.first, reason),)


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
        at = ledger.root(log_id)
    else:
        log_id = known.id
        at, before, proven = _prove(ledger, run, headers, known)
    # The chain holds the events together: what is here is the run's beginning, what is new its end.
    held = {} if _goes_on(ledger, at, run, before) else ledger.held([event.named for event in proven])
    known_here, new = proven[: len(held)], proven[len(held) :]
    if known_here:
        at = held[known_here[-1].hash].branch
    if new:
        at = _attach(ledger, log_id, at, new, taken)  # before all else, since it may refuse
    for event in known_here:
        here = held[event.hash]
        if here.absent == Absent.NOT_CARRIED and event.packed.payload is not None:
            ledger.complete(here.branch, event, _keys(ledger, here.branch, [event])[0])
    taken.known += len(held)
    taken.ends += (Tip(run.log, run.last, proven[-1].hash),)
    if new:
        ledger.add(at, list(zip(new, _keys(ledger, at, new), strict=True)))
        ledger.sign(at, new[-1].header.seq, run.signature)
        taken.new += len(new)


def _keys(ledger: Ledger, branch: int, events: Sequence[Proven]) -> list[bytes | None]:
    """Each payload's key, where the branch's salt is not, or by a lying author not the only, proof of it."""
    given = {
        event.header.dossier: event.salt
        for event in events
        if event.salt is not None and event.packed.payload is not None
    }
    ledger.add_salts(branch, given)
    kept = ledger.salts(branch, given)

    def key(event: Proven) -> bytes | None:
        if event.packed.payload is None:
            return None
        if event.salt is None:
            return event.packed.key
        if kept.get(event.header.dossier) == event.salt:
            return None
        return payload_key(event.salt, event.header.seq)

    return [key(event) for event in events]


def _prove(ledger: Ledger, run: Run, headers: list[Header], known: Known) -> tuple[int, bytes, list[Proven]]:
    """The branch and the hash that the run continues, and its events."""
    for before in _heads_before(ledger, run):
        at = ledger.root(known.id) if run.first == 1 else ledger.branch_of(run.log, run.first - 1, before)
        assert at is not None, "what stands before the run is here"
        bare = {header.dossier for header in headers} - run.salts.keys()
        whole = replace(run, salts={**ledger.salts(at, bare), **run.salts}) if bare else run
        try:
            return (at, *prove(whole, headers, known.public, [before]))
        except Refused as refusal:
            why = refusal
    raise why


def _heads_before(ledger: Ledger, run: Run) -> list[bytes]:
    if run.first == 1:
        return [NOTHING_BEFORE]
    found = ledger.hashes_at(run.log, run.first - 1)
    if not found:
        raise Refused("run-has-a-gap")
    return found


def _goes_on(ledger: Ledger, branch: int, run: Run, before: bytes) -> bool:
    """Whether the branch ends where the run begins, so that nothing of it can be here."""
    head = ledger.head(branch)
    ends = run.first == 1 if head is None else head == (run.first - 1, before)
    return ends and not ledger.parts_at(branch, run.first)


def _attach(ledger: Ledger, log_id: int, branch: int, new: Sequence[Proven], taken: Taken) -> int:
    """The branch to append to; where another event stands in the place already, the log forks there."""
    first = new[0]
    seq = first.header.seq
    standing = ledger.hash_at(branch, seq)
    if standing is None and not ledger.parts_at(branch, seq):
        return branch
    # Whoever passes the branch on begins where its author last signed: that must fit in one run too.
    if _unsigned(ledger, branch, seq) + sum(_size(event.packed) for event in new) > LONGEST_RUN:
        raise Refused("run-too-long")
    if standing is not None:
        ledger.part(log_id, branch, seq, standing)
    made = ledger.add_branch(log_id, branch, seq, first.hash)
    taken.forks += 1
    return made


def _unsigned(ledger: Ledger, branch: int, end: int) -> int:
    """Bytes of the events before the place `end` that no signature before it covers."""
    twigs = {twig.id: twig for twig in ledger.twigs()}
    size, at, until = 0, twigs[branch], end
    while True:
        start = max(at.first - 1, until - _MOST_UNSIGNED)
        signed = [seq for seq, _ in ledger.signed_after(at.id, start) if seq < until]
        for row in ledger.after(at.id, signed[-1] if signed else start):
            if row.seq >= until:
                break
            size += _size(row.packed)
        if signed or at.parent is None:
            return size
        at, until = twigs[at.parent], at.first


def _size(packed: Packed) -> int:
    return len(packed.header) + len(packed.payload or b"")
