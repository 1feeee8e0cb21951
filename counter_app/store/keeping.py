"""Keeps the store: copies of it, proof that it is whole, caches built anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, bindparam, select, text

from counter_app.crypto.signing import HEAD, verify
from counter_app.domain import canonical, commune, fold
from counter_app.domain.errors import BadInput, Damaged
from counter_app.domain.events import NOTHING_BEFORE, Header, chain, head_data
from counter_app.store import caches, log
from counter_app.store.database import Database, integrity_of, known_faults
from counter_app.store.prepared import Prepared
from counter_app.store.tables import attachments, codes, digits, dossiers, events, signatures

Told = Callable[[float], object]
"""Is told how far a long work is, from 0 to 1; on the thread that does it."""


def copy_to(database: Database, target: Path, told: Told = lambda part: None) -> None:
    """A consistent copy under the same key, by SQLite's backup interface, on the disk when this returns.

    It is read through: raises Damaged("backup-unsound") where it is not whole.
    """

    def progress(_: int, left: int, total: int) -> None:
        told(1 - left / max(1, total))

    with known_faults():
        source, copy = database.raw(), database.raw_like(target)
        try:
            # A copy must be one file, and one that is not finished is thrown away: it needs no journal.
            copy.execute("PRAGMA journal_mode=OFF").fetchone()
            source.backup(copy, pages=2000, progress=progress)
            if integrity_of(copy) != "ok":
                raise Damaged("backup-unsound", path=target)
        finally:
            source.close()
            copy.close()


def lacking(database: Database, other: Database) -> int:
    """How many events of the `other` store this one does not hold."""
    missing = 0
    with other.reading() as theirs, database.reading() as ours:
        found = theirs.execution_options(yield_per=_AT_ONCE).execute(select(events.c.hash))
        for rows in found.scalars().partitions():
            missing += sum(_HELD.first(ours, h=hash_) is None for hash_ in rows)
    return missing


def rebuild(connection: Connection) -> int:
    """Builds all caches anew from the events; the number of dossiers."""
    where = log.read_map(connection)
    caches.clear(connection)
    count = 0
    for dossier, found in log.every_dossier(connection, where):
        caches.refresh(connection, dossier, found, where)
        count += 1
    return count


def dossier_count(database: Database) -> int:
    with database.reading() as connection:
        return dossiers_in(connection)


def dossiers_in(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM dossiers")).scalar_one())


def conflict_count(database: Database) -> int:
    """Dossiers that a person must settle."""
    with database.reading() as connection:
        found = connection.execute(text("SELECT count(*) FROM dossiers WHERE conflicts > 0"))
        return int(found.scalar_one())


@dataclass
class Verdict:
    """What a check of the whole store found; `chain` and `integrity` are "ok" or name the first fault."""

    events: int = 0
    dossiers: int = 0
    chain: str = "ok"
    integrity: str = "ok"
    differences: int = 0
    forks: int = 0
    aside: int = 0
    conflicts: int = 0  # dossiers that a person must settle
    state: str = ""  # SHA-256 over every dossier's fold: equal on machines that agree
    faults: list[str] = field(default_factory=list)

    @property
    def healthy(self) -> bool:
        return self.chain == "ok" and self.integrity == "ok" and self.differences == 0


def check(database: Database) -> Verdict:
    """Walks every event: chain, signatures, payloads against proofs; then every cache against the fold."""
    verdict = Verdict(integrity=database.integrity())
    if verdict.integrity != "ok":
        return verdict
    with database.reading() as connection:
        where = log.read_map(connection)
        for branch in sorted(where.branches.values(), key=lambda b: len(where.path(b.id))):
            _check_branch(connection, where, branch, verdict)
        verdict.chain = verdict.faults[0] if verdict.faults else "ok"
        _check_caches(connection, where, verdict)
    return verdict


def _check_branch(connection: Connection, where: log.Map, branch: log.BranchRow, verdict: Verdict) -> None:
    owner = where.log_of(branch.id)
    head, seq = NOTHING_BEFORE, branch.from_seq - 1
    verdict.forks += branch.parent_id is not None
    if branch.parent_id is not None:
        head = connection.execute(_HASH, {"b": branch.parent_id, "s": seq}).scalar() or head
    signed = {row.seq: bytes(row.signature) for row in connection.execute(_SIGNED, {"b": branch.id})}
    salts: dict[bytes, bytes | None] = {}
    count = 0
    for row in connection.execute(_WALK, {"b": branch.id}):
        count += 1
        verdict.events += 1
        verdict.aside += owner.trust == log.ASIDE
        seq += 1
        place = f"{owner.log.hex()}:{row.seq}"
        try:
            header = Header.from_bytes(row.header)
            if not row.absent:
                canonical.decode(row.payload)
        except (BadInput, TypeError):
            verdict.faults.append(f"unreadable {place}")
            return
        dossier = bytes(row.dossier)
        if dossier not in salts:
            salts[dossier] = log.salt_for(connection, branch.id, dossier, where)
        mark = log.proof_of(row, salts[dossier])
        if mark is None or (header.log, header.seq, header.dossier) != (owner.log, seq, dossier):
            verdict.faults.append(f"misplaced {place}")
            return
        head = chain(head, row.header, mark)
        if row.seq != seq or head != row.hash:
            verdict.faults.append(f"chain {place}")
            return
        signature = signed.pop(seq, None)
        if signature is not None and not verify(
            owner.public, HEAD, head_data(owner.log, seq, head), signature
        ):
            verdict.faults.append(f"signature {place}")
            return
        last_signed = signature is not None
    # A branch that forked between two signatures is proven by those beyond the fork.
    parted = any(row.parent_id == branch.id for row in where.branches.values())
    if signed or (count and not last_signed and not parted):
        verdict.faults.append(f"unsigned {owner.log.hex()}:{seq}")


def _check_caches(connection: Connection, where: log.Map, verdict: Verdict) -> None:
    trusted = {row.commune for row in where.logs.values() if row.trust != log.ASIDE}
    total = hashlib.sha256()
    own_events = []
    seen, known = 0, set(caches.terms(connection))
    for dossier, found in log.every_dossier(connection, where):
        if not caches.is_listed(dossier, found, where):
            if dossier in trusted:
                own_events += found
            continue
        seen += 1
        folded = fold.fold(dossier, found)
        line = caches.line_of(folded)
        total.update(dossier + line["print"])
        verdict.conflicts += line["conflicts"] > 0
        row = connection.execute(_LINE, {"d": dossier}).mappings().first()
        if row is None or any(row[name] != value for name, value in line.items()):
            verdict.differences += 1
            continue
        held = (
            set(connection.execute(_CODES, {"i": row["id"]}).scalars()),
            set(connection.execute(_DIGITS, {"i": row["id"]}).scalars()),
            {bytes(one.digest): one.size for one in connection.execute(_FILES, {"i": row["id"]})},
        )
        found_by = held == (caches.codes_of(folded), caches.numbers_of(folded), caches.files_of(folded))
        if not found_by or not known.issuperset(caches.words_of(folded).split()):
            verdict.differences += 1
    verdict.dossiers = seen
    for table in ("dossiers", "words"):
        lines = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
        verdict.differences += abs(lines - seen)
    total.update(canonical.plain(commune.fold(own_events, where.above).fingerprint()))
    verdict.state = total.hexdigest()


_AT_ONCE = 500
_HELD = Prepared(select(events.c.id).where(events.c.hash == bindparam("h")))
_HASH = select(events.c.hash).where(events.c.branch_id == bindparam("b"), events.c.seq == bindparam("s"))
_WALK = select(events).where(events.c.branch_id == bindparam("b")).order_by(events.c.seq)
_SIGNED = select(signatures.c.seq, signatures.c.signature).where(signatures.c.branch_id == bindparam("b"))
_LINE = select(dossiers).where(dossiers.c.dossier == bindparam("d"))
_CODES = select(codes.c.key).where(codes.c.dossier_id == bindparam("i"))
_FILES = select(attachments.c.digest, attachments.c.size).where(attachments.c.dossier_id == bindparam("i"))
_DIGITS = select(digits.c.reversed).where(digits.c.dossier_id == bindparam("i"))
