"""What another place lacks: what a ledger knows, as a vector, and runs cut where their authors signed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import Final

from counter_app.domain.events import payload_key
from counter_app.domain.runs import Run
from counter_app.domain.vectors import Vector, sample_places
from counter_app.sync.agreed import Tip
from counter_app.sync.ledger import Readable, Row, Twig

Met = Callable[[int, int, Collection[bytes]], set[bytes]]
"""Those of the dossiers of which a branch, or one above it, has an event at or before that seq."""
RUN_BYTES: Final = 15 * 1024  # what a run holds at the most, where its signatures lie close enough


def vector(ledger: Readable) -> Vector:
    """What this place knows of all logs, trusted or not."""
    samples: dict[bytes, dict[int, set[bytes]]] = {}
    for twig in ledger.twigs():
        tip = ledger.head(twig.id)
        if tip is None:
            continue
        places = samples.setdefault(twig.log, {})
        for seq in sample_places(twig.first, tip[0]):
            found = ledger.hash_at(twig.id, seq)
            if found is not None:
                places.setdefault(seq, set()).add(found)
    return Vector({name: {s: frozenset(h) for s, h in at.items()} for name, at in samples.items()})


def runs_for(
    ledger: Readable, theirs: Vector, met: Met | None = None, first: Collection[bytes] = ()
) -> Iterator[Run]:
    """Runs that bring a place that knows `theirs` to what is known here, parents before branches, the logs
    `first` before all others.

    With `met` the salts stay away of dossiers that the log has told it of before: it looks them up.
    """
    twigs = list(ledger.twigs())
    by_id = {twig.id: twig for twig in twigs}
    known = {twig.id: _common(ledger, twig, theirs) for twig in twigs}
    for twig in reversed(twigs):
        # Who knows an event of a branch knows all before it, on the branch that it parted from too.
        if twig.parent is not None and known[twig.id] >= twig.first:
            known[twig.parent] = max(known[twig.parent], twig.first - 1)
    for twig in sorted(twigs, key=lambda twig: twig.log not in first):
        yield from _runs(ledger, by_id, twig, known[twig.id], met)


def ends(ledger: Readable, runs: Iterable[Run]) -> Iterator[Tip]:
    """The last event of each run that was given: of a forked log its signature tells the branch."""
    for run in runs:
        for hash_ in ledger.hashes_at(run.log, run.last):
            branch = ledger.branch_of(run.log, run.last, hash_)
            if branch is not None and (run.last, run.signature) == next(
                iter(ledger.signed_after(branch, run.last - 1)), None
            ):
                yield Tip(run.log, run.last, hash_)


def _runs(ledger: Readable, twigs: dict[int, Twig], twig: Twig, known: int, met: Met | None) -> Iterator[Run]:
    signed = ledger.signed_after(twig.id, known)
    if (cut := next(signed, None)) is None:  # nothing new, or nothing that can be proven yet
        return
    before = [] if known >= twig.first else _unsigned_end(ledger, twigs, twig, twig.parent)
    waiting: list[tuple[Row, int]] = []
    ready: tuple[int, bytes] | None = None
    size = 0
    for row in chain(before, ledger.after(twig.id, known)):
        length = len(row.packed.header) + len(row.packed.payload or b"") + 8
        if ready and size + length > RUN_BYTES:
            yield _run(ledger, twig, [w for w, _ in waiting[: ready[0]]], ready[1], known, met)
            waiting = waiting[ready[0] :]
            size = sum(n for _, n in waiting)
            ready = None
        waiting.append((row, length))
        size += length
        if cut is not None and row.seq == cut[0]:
            ready = (len(waiting), cut[1])
            cut = next(signed, None)
    if ready:
        yield _run(ledger, twig, [w for w, _ in waiting[: ready[0]]], ready[1], known, met)


def _unsigned_end(ledger: Readable, twigs: dict[int, Twig], twig: Twig, branch: int | None) -> list[Row]:
    """What a branch that forked between two signatures holds after the first: only the second proves it.

    The rows have keys where a lying author drew another salt for `twig`, in whose run they travel.
    """
    if branch is None:
        return []
    parent, signed = twigs[branch], ledger.last_signed(branch)
    rows = list(ledger.after(branch, parent.first - 1 if signed is None else signed))
    dossiers = {row.dossier for row in rows}
    then, now = ledger.salts(branch, dossiers), ledger.salts(twig.id, dossiers)
    before = _unsigned_end(ledger, twigs, twig, parent.parent) if signed is None else []
    return [*before, *(_keyed(row, then.get(row.dossier), now.get(row.dossier)) for row in rows)]


def _keyed(row: Row, salt: bytes | None, other: bytes | None) -> Row:
    if salt is None or salt == other or row.packed.payload is None or row.packed.key is not None:
        return row
    return row._replace(packed=row.packed._replace(key=payload_key(salt, row.seq)))


def _common(ledger: Readable, twig: Twig, theirs: Vector) -> int:
    """The last place on this branch that the other is sure to know; the place before it where none is."""
    for seq in sorted(theirs.samples.get(twig.log, {}), reverse=True):
        if seq >= twig.first:
            here = ledger.hash_at(twig.id, seq)
            if here is not None and theirs.knows(twig.log, seq, here):
                return seq
    return twig.first - 1


def _run(ledger: Readable, twig: Twig, rows: list[Row], signature: bytes, known: int, met: Met | None) -> Run:
    dossiers = {row.dossier for row in rows}
    if met is not None and known:
        dossiers -= met(twig.id, known, dossiers)
    salts = ledger.salts(twig.id, dossiers)
    return Run(twig.log, rows[0].seq, tuple(row.packed for row in rows), salts, signature)
