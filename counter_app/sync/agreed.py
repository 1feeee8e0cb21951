"""What two places both hold, as the last answer between them said it.

A tip is the last event of a log, or of each branch of a forked one, that both hold. The same tips have the
same name at both ends: so a request names all of them by eight bytes, and says only what has changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from counter_app.domain.hlc import LARGEST
from counter_app.domain.vectors import Vector
from counter_app.sync.columns import Column, Cursor
from counter_app.sync.ledger import Readable, Twig

NAME: Final = 8
"""Bytes that name what was agreed on."""
_LOG, _HASH, _MARK = 8, 32, 8


class Tip(NamedTuple):
    log: bytes
    seq: int
    hash: bytes

    @property
    def claim(self) -> Claim:
        return Claim(self.log, self.seq, self.hash[:_MARK])


class Claim(NamedTuple):
    """A tip as it travels: the first 8 bytes of its hash stand for it."""

    log: bytes
    seq: int
    mark: bytes

    def write(self, column: Column) -> None:
        column.raw(self.log)
        column.number(self.seq)
        column.raw(self.mark)

    @classmethod
    def read(cls, cursor: Cursor) -> Claim:
        """Raises ValueError for what names no event."""
        return cls(cursor.raw(_LOG), place(cursor.number()), cursor.raw(_MARK))


@dataclass(frozen=True)
class Agreed:
    tips: frozenset[Tip] = field(default_factory=frozenset)

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of the tips in their order: log 8, seq 8, hash 32 each."""
        rows = (tip.log + tip.seq.to_bytes(8, "big") + tip.hash for tip in sorted(self.tips))
        return hashlib.sha256(b"".join(rows)).digest()

    @property
    def name(self) -> bytes:
        return self.digest[:NAME]

    def of(self, log: bytes) -> frozenset[Tip]:
        return frozenset(tip for tip in self.tips if tip.log == log)

    def moved(self, tips: Iterable[Tip]) -> Agreed:
        """With these tips in the place of all that there were of their logs."""
        new = frozenset(tips)
        logs = {tip.log for tip in new}
        return Agreed(frozenset(tip for tip in self.tips if tip.log not in logs) | new)

    def vector(self) -> Vector:
        return vector_of(self.tips)

    def to_bytes(self) -> bytes:
        column = Column()
        column.number(len(self.tips))
        for tip in sorted(self.tips):
            column.raw(tip.log)
            column.number(tip.seq)
            column.raw(tip.hash)
        return column.data()

    @classmethod
    def from_bytes(cls, data: bytes) -> Agreed:
        """Reads `to_bytes`; raises ValueError for anything else."""
        cursor = Cursor(data)
        count = cursor.number()
        tips = frozenset(Tip(cursor.raw(_LOG), cursor.number(), cursor.raw(_HASH)) for _ in range(count))
        cursor.end()
        return cls(tips)


NOTHING: Final = Agreed()


def place(seq: int) -> int:
    """The seq; raises ValueError where no log can have reached it."""
    if not 1 <= seq <= LARGEST:
        raise ValueError("a place that no log has")
    return seq


def vector_of(tips: Iterable[Tip]) -> Vector:
    samples: dict[bytes, dict[int, frozenset[bytes]]] = {}
    for tip in tips:
        places = samples.setdefault(tip.log, {})
        places[tip.seq] = places.get(tip.seq, frozenset()) | {tip.hash}
    return Vector(samples)


def tips_of(ledger: Readable) -> frozenset[Tip]:
    """The last events that are here: one a log, several of a forked one."""
    twigs = list(ledger.twigs())
    parents = {twig.parent for twig in twigs}
    found = ((twig, ledger.head(twig.id)) for twig in twigs if twig.id not in parents)
    return frozenset(Tip(twig.log, *head) for twig, head in found if head is not None)


def held(ledger: Readable, claims: Iterable[Claim]) -> set[Tip]:
    """Those of the claims that are here too."""
    found = set()
    for claim in claims:
        for hash_ in ledger.hashes_at(claim.log, claim.seq):
            if hash_[:_MARK] == claim.mark:
                found.add(Tip(claim.log, claim.seq, hash_))
    return found


def highest(ledger: Readable, tips: Iterable[Tip]) -> frozenset[Tip]:
    """Of the tips that are here those that no other of them has behind it.

    A damaged store that was recovered may lack what it had agreed on.
    """
    wanted = set(tips)
    places = ledger.held(wanted)
    above = _ancestors(ledger.twigs())
    by_branch: dict[int, Tip] = {}
    for tip in wanted:
        if tip.hash not in places:
            continue
        branch = places[tip.hash].branch
        if branch not in by_branch or by_branch[branch].seq < tip.seq:
            by_branch[branch] = tip
    passed = {ancestor for branch in by_branch for ancestor in above[branch]}
    return frozenset(tip for branch, tip in by_branch.items() if branch not in passed)


def reach(ledger: Readable, tips: Iterable[Tip]) -> dict[int, int]:
    """How far along each branch the tips have events behind them, themselves included."""
    twigs = {twig.id: twig for twig in ledger.twigs()}
    wanted = list(tips)
    places = ledger.held(wanted)
    found: dict[int, int] = {}
    for tip in wanted:
        if tip.hash not in places:
            continue
        at: int | None = places[tip.hash].branch
        seq = tip.seq
        while at is not None:
            found[at] = max(seq, found.get(at, 0))
            seq, at = twigs[at].first - 1, twigs[at].parent
    return found


def _ancestors(twigs: Iterable[Twig]) -> Mapping[int, frozenset[int]]:
    above: dict[int, frozenset[int]] = {}
    for twig in twigs:
        above[twig.id] = frozenset() if twig.parent is None else above[twig.parent] | {twig.parent}
    return above
