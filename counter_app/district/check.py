"""Proves a commune's logs at the district anew, and compares its lists with the fold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import bindparam, func, select

from counter_app.crypto.proof import headers_of, prove
from counter_app.district.ledger import CommuneLedger
from counter_app.district.references import References
from counter_app.district.tables import dossiers, events, stale
from counter_app.domain import canonical, commune, fold
from counter_app.domain.errors import Refused
from counter_app.domain.events import NOTHING_BEFORE, Event
from counter_app.domain.runs import Run
from counter_app.domain.vectors import EMPTY
from counter_app.store.caches import is_listed, line_of
from counter_app.store.log import ASIDE, as_event
from counter_app.sync import giving


@dataclass
class Verdict:
    """`state` is the digest that a counter's `verify` gives for the same events."""

    events: int = 0
    dossiers: int = 0
    conflicts: int = 0
    differences: int = 0
    faults: list[str] = field(default_factory=list)
    state: str = ""

    @property
    def chain(self) -> str:
        return self.faults[0] if self.faults else "ok"

    @property
    def healthy(self) -> bool:
        return not self.faults and not self.differences


def check(ledger: CommuneLedger) -> Verdict:
    """Walks all that the commune has here."""
    verdict = Verdict()
    proven: set[bytes] = set()
    for run in giving.runs_for(ledger, EMPTY):
        proven |= _prove(ledger, run, verdict)
    verdict.events = len(proven)
    count = ledger.connection.execute(_COUNT, {"c": ledger.commune}).scalar_one()
    if count != verdict.events and not verdict.faults:
        verdict.faults.append("unsigned")
    _fold(ledger, verdict)
    return verdict


def _prove(ledger: CommuneLedger, run: Run, verdict: Verdict) -> set[bytes]:
    """The run's events, by their hashes; that of a fork may repeat its parent's end."""
    row = ledger.map.find(run.log)
    assert row is not None, "a run is of a log that is here"
    befores = [NOTHING_BEFORE] if run.first == 1 else ledger.hashes_at(run.log, run.first - 1)
    try:
        _, proven = prove(run, headers_of(run), row.public, befores)
    except Refused as refusal:
        verdict.faults.append(f"{refusal.why} {run.log.hex()}:{run.first}")
        return set()
    held = ledger.held([event.named for event in proven])
    if len(held) != len(proven):
        verdict.faults.append(f"chain {run.log.hex()}:{run.first}")
    return set(held)


def _fold(ledger: CommuneLedger, verdict: Verdict) -> None:
    trusted = {row.commune for row in ledger.map.logs.values() if row.trust != ASIDE}
    waiting = set(ledger.connection.execute(_STALE, {"c": ledger.commune}).scalars())
    kept = {row.dossier: row.print for row in ledger.connection.execute(_PRINTS, {"c": ledger.commune})}
    total = hashlib.sha256()
    shared = References()
    shared.read_on(ledger.connection, of=ledger.commune)
    elsewhere = shared.disputes(ledger.connection, ledger.commune)
    own: list[Event] = []
    for dossier, found in _every_dossier(ledger):
        if not is_listed(dossier, found, ledger.map):
            own += found if dossier in trusted else ()
            continue
        line = line_of(fold.fold(dossier, found))
        total.update(dossier + line["print"])
        verdict.dossiers += 1
        verdict.conflicts += line["conflicts"] > 0 or dossier in elsewhere
        if dossier not in waiting and kept.get(dossier) != line["print"]:
            verdict.differences += 1
        kept.pop(dossier, None)
    verdict.differences += len(kept.keys() - waiting)
    total.update(canonical.plain(commune.fold(own, ledger.above).fingerprint()))
    verdict.state = total.hexdigest()


def _every_dossier(ledger: CommuneLedger) -> Iterator[tuple[bytes, list[Event]]]:
    current, found = b"", list[Event]()
    few = {"yield_per": 1000}  # all of a commune would not fit into memory
    for row in ledger.connection.execute(_BY_DOSSIER, {"c": ledger.commune}, execution_options=few):
        if row.dossier != current:
            if found:
                yield current, found
            current, found = bytes(row.dossier), []
        found.append(as_event(row, ledger.map))
    if found:
        yield current, found


_COUNT = select(func.count()).select_from(events).where(events.c.commune == bindparam("c"))
_STALE = select(stale.c.dossier).where(stale.c.commune == bindparam("c"))
_PRINTS = select(dossiers.c.dossier, dossiers.c["print"]).where(dossiers.c.commune == bindparam("c"))
_BY_DOSSIER = (
    select(
        events.c.branch_id,
        events.c.hash,
        events.c.dossier,
        events.c.header,
        events.c.payload,
        events.c.absent,
    )
    .where(events.c.commune == bindparam("c"))
    .order_by(events.c.dossier, events.c.branch_id, events.c.seq)
)
