"""What another place lacks: vectors of this store, and runs cut where their authors signed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from counter_app.domain.runs import Packed, Run
from counter_app.domain.vectors import Vector, sample_places
from counter_app.store import log
from counter_app.store.tables import events, signatures

RUN_BYTES: Final = 15 * 1024  # what a run holds at the most, where its signatures lie close enough


def vector(connection: Connection, where: log.Map) -> Vector:
    """What this store knows of all logs, trusted or not."""
    samples: dict[bytes, dict[int, set[bytes]]] = {}
    for branch in where.branches.values():
        tip = log.head(connection, branch.id)
        if tip.seq == 0:
            continue
        places = samples.setdefault(where.log_of(branch.id).log, {})
        for seq in sample_places(branch.from_seq, tip.seq):
            found = connection.execute(_HASH_AT, {"b": branch.id, "s": seq}).scalar()
            if found is not None:
                places.setdefault(seq, set()).add(bytes(found))
    return Vector({name: {s: frozenset(h) for s, h in at.items()} for name, at in samples.items()})


def runs_for(connection: Connection, where: log.Map, theirs: Vector) -> Iterator[Run]:
    """Runs that bring a place that knows `theirs` to what is known here, parents before branches."""
    for branch in sorted(where.branches.values(), key=lambda row: (row.log_id, len(where.path(row.id)))):
        yield from _branch_runs(connection, where, branch, theirs)


def _branch_runs(
    connection: Connection, where: log.Map, branch: log.BranchRow, theirs: Vector
) -> Iterator[Run]:
    name = where.log_of(branch.id).log
    known = _common(connection, name, branch, theirs)
    signed = iter(connection.execute(_SIGNATURES, {"b": branch.id, "s": known}).all())
    cut = next(signed, None)
    before = [] if known >= branch.from_seq else _unsigned_end(connection, where, branch.parent_id)
    waiting: list[tuple[Any, int]] = []
    ready: tuple[int, bytes] | None = None
    size = 0
    for row in chain(before, connection.execute(_AFTER, {"b": branch.id, "s": known})):
        length = len(row.header) + len(row.payload or b"") + 8
        if ready and size + length > RUN_BYTES:
            yield _run(connection, where, name, branch.id, [w for w, _ in waiting[: ready[0]]], ready[1])
            waiting = waiting[ready[0] :]
            size = sum(n for _, n in waiting)
            ready = None
        waiting.append((row, length))
        size += length
        if cut is not None and row.seq == cut.seq:
            ready = (len(waiting), cut.signature)
            cut = next(signed, None)
    if ready:
        yield _run(connection, where, name, branch.id, [w for w, _ in waiting[: ready[0]]], ready[1])


def _unsigned_end(connection: Connection, where: log.Map, branch_id: int | None) -> list[Any]:
    """What a branch that forked between two signatures holds after the first: only the second proves it."""
    if branch_id is None:
        return []
    branch = where.branches[branch_id]
    signed = connection.execute(_LAST_SIGNED, {"b": branch_id}).scalar()
    start = branch.from_seq - 1 if signed is None else int(signed)
    rows = connection.execute(_AFTER, {"b": branch_id, "s": start}).all()
    return [*(_unsigned_end(connection, where, branch.parent_id) if signed is None else ()), *rows]


def _common(connection: Connection, name: bytes, branch: log.BranchRow, theirs: Vector) -> int:
    """The last place on this branch that the other is sure to know; the place before it where none is."""
    for seq in sorted(theirs.samples.get(name, {}), reverse=True):
        if seq >= branch.from_seq:
            here = connection.execute(_HASH_AT, {"b": branch.id, "s": seq}).scalar()
            if here is not None and theirs.knows(name, seq, bytes(here)):
                return seq
    return branch.from_seq - 1


def _run(
    connection: Connection, where: log.Map, name: bytes, branch: int, rows: list[Any], signature: bytes
) -> Run:
    salts = {}
    for dossier in {bytes(row.dossier) for row in rows}:
        salt = log.salt_for(connection, branch, dossier, where)
        if salt is not None:
            salts[dossier] = salt
    packed = tuple(
        Packed(row.header, row.payload, row.key, row.proof, row.absent if row.payload is None else "")
        for row in rows
    )
    return Run(name, rows[0].seq, packed, salts, signature)


_HASH_AT = select(events.c.hash).where(events.c.branch_id == bindparam("b"), events.c.seq == bindparam("s"))
_AFTER = (
    select(events)
    .where(events.c.branch_id == bindparam("b"), events.c.seq > bindparam("s"))
    .order_by(events.c.seq)
)
_LAST_SIGNED = select(func.max(signatures.c.seq)).where(signatures.c.branch_id == bindparam("b"))
_SIGNATURES = (
    select(signatures.c.seq, signatures.c.signature)
    .where(signatures.c.branch_id == bindparam("b"), signatures.c.seq > bindparam("s"))
    .order_by(signatures.c.seq)
)
