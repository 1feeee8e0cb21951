"""Proof that a store is whole: every event's chain and signatures, every cache against the fold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, func, select, text

from counter_app.crypto.signing import HEAD, verify
from counter_app.domain import canonical, commune, fold
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput
from counter_app.domain.events import NOTHING_BEFORE, Header, chain, head_data
from counter_app.store import caches, log
from counter_app.store.database import Database
from counter_app.store.log import Head
from counter_app.store.prepared import Prepared
from counter_app.store.references import with_disputes
from counter_app.store.tables import attachments, codes, digits, dossiers, events, signatures
from counter_app.store.tables import terms as words_known


@dataclass
class Verdict:
    """What a check found; `chain` and `integrity` are "ok" or name the first fault."""

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
    differing: list[bytes] = field(default_factory=list)
    """The dossiers whose lines say something else than their events."""
    walked: int = 0
    """Events that prove themselves."""
    heads: dict[int, Head] = field(default_factory=dict)
    """How far each branch was walked, and found whole."""

    @property
    def healthy(self) -> bool:
        return self.proven and self.differences == 0

    @property
    def proven(self) -> bool:
        """Whether the events are whole; what differs otherwise is a cache, which is made anew from them."""
        return self.chain == "ok" and self.integrity == "ok"


def check(database: Database, breathe: Callable[[], object] = lambda: None) -> Verdict:
    """Walks every event: chain, signatures, payloads against proofs; then every cache against the fold.

    `breathe` is called between the small steps.
    """
    verdict = Verdict(integrity=database.integrity())
    if verdict.integrity != "ok":
        return verdict
    with database.reading() as connection:
        where = log.read_map(connection)
        for branch in sorted(where.branches.values(), key=lambda b: len(where.path(b.id))):
            _check_branch(connection, where, branch, _begin(connection, branch), verdict)
            breathe()
        if verdict.faults:  # what does not prove itself may not even be readable
            verdict.chain = verdict.faults[0]
            return verdict
        _check_caches(connection, where, verdict, breathe)
    return verdict


def check_tail(connection: Connection, checked: dict[int, Head], most: int) -> Verdict:
    """Walks what came after the heads that were found whole before, at most so many events of a branch, and
    the lines of the dossiers that those speak of."""
    verdict, where = Verdict(), log.read_map(connection)
    touched: set[bytes] = set()
    for branch in where.branches.values():
        begin = _tail_of(connection, branch, checked.get(branch.id), most, verdict)
        if begin is not None:
            touched |= _check_branch(connection, where, branch, begin, verdict)
    verdict.chain = verdict.faults[0] if verdict.faults else "ok"
    for dossier in sorted(touched):
        found = log.dossier_events(connection, dossier, where)
        if caches.is_listed(dossier, found, where):
            verdict.dossiers += 1
            folded = with_disputes(connection, fold.fold(dossier, found))
            if not _line_stands(connection, folded, _has_term(connection)):
                verdict.differences += 1
                verdict.differing.append(dossier)
    return verdict


def proven_ends(connection: Connection, where: log.Map) -> dict[int, int]:
    """Of each branch the last signed event up to which all proves itself from the log's first on."""
    ends: dict[int, int] = {}
    for branch in sorted(where.branches.values(), key=lambda b: len(where.path(b.id))):
        if branch.parent_id is not None and ends.get(branch.parent_id, 0) < branch.from_seq - 1:
            continue
        verdict = Verdict()
        _check_branch(connection, where, branch, _begin(connection, branch), verdict)
        whole = branch.from_seq - 1 + verdict.walked
        signed = connection.execute(_LAST_SIGNED, {"b": branch.id, "s": whole}).scalar()
        # A branch that forked between two signatures is proven by those beyond the fork.
        parted = any(row.parent_id == branch.id for row in where.branches.values())
        ends[branch.id] = whole if parted else max(branch.from_seq - 1, signed or 0)
    return ends


def _begin(connection: Connection, branch: log.BranchRow) -> Head:
    """The place before the branch's first event."""
    before = None
    if branch.parent_id is not None:
        before = connection.execute(_HASH, {"b": branch.parent_id, "s": branch.from_seq - 1}).scalar()
    return Head(branch.from_seq - 1, bytes(before) if before else NOTHING_BEFORE)


def _tail_of(
    connection: Connection, branch: log.BranchRow, checked: Head | None, most: int, verdict: Verdict
) -> Head | None:
    """Where the walk of the tail begins; None where what was found whole is not what stands there."""
    last = log.head(connection, branch.id).seq
    if checked is not None and (
        stands := connection.execute(_HASH, {"b": branch.id, "s": checked.seq}).scalar()
    ):
        if bytes(stands) != checked.hash:
            verdict.faults.append(f"chain {branch.id}:{checked.seq}")
            return None
        if last - checked.seq <= most:
            return checked
    # Checked never, or long ago, or parted since: the newest of it, from where its own row says it stood.
    earliest = max(branch.from_seq - 1, last - most)
    stands = connection.execute(_HASH, {"b": branch.id, "s": earliest}).scalar()
    return Head(earliest, bytes(stands)) if stands else _begin(connection, branch)


def _check_branch(
    connection: Connection, where: log.Map, branch: log.BranchRow, begin: Head, verdict: Verdict
) -> set[bytes]:
    """Walks the branch after `begin`; the dossiers that its events speak of."""
    owner = where.log_of(branch.id)
    seq, head = begin
    touched: set[bytes] = set()
    verdict.forks += branch.parent_id is not None
    place_of = {"b": branch.id, "s": seq}
    signed = {row.seq: bytes(row.signature) for row in connection.execute(_SIGNED, place_of)}
    salts: dict[bytes, bytes | None] = {}
    count = 0
    for row in connection.execute(_WALK, place_of):
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
            return touched
        dossier = bytes(row.dossier)
        if dossier not in salts:
            salts[dossier] = log.salt_for(connection, branch.id, dossier, where)
        mark = log.proof_of(row, salts[dossier])
        if mark is None or (header.log, header.seq, header.dossier) != (owner.log, seq, dossier):
            verdict.faults.append(f"misplaced {place}")
            return touched
        head = chain(head, row.header, mark)
        if row.seq != seq or head != row.hash:
            verdict.faults.append(f"chain {place}")
            return touched
        signature = signed.pop(seq, None)
        if signature is not None and not verify(
            owner.public, HEAD, head_data(owner.log, seq, head), signature
        ):
            verdict.faults.append(f"signature {place}")
            return touched
        last_signed = signature is not None
        verdict.walked += 1
        touched.add(dossier)
    # A branch that forked between two signatures is proven by those beyond the fork.
    parted = any(row.parent_id == branch.id for row in where.branches.values())
    if signed or (count and not last_signed and not parted):
        verdict.faults.append(f"unsigned {owner.log.hex()}:{seq}")
        return touched
    if seq >= branch.from_seq:
        verdict.heads[branch.id] = Head(seq, head)
    return touched


def _check_caches(
    connection: Connection, where: log.Map, verdict: Verdict, breathe: Callable[[], object]
) -> None:
    trusted = {row.commune for row in where.logs.values() if row.trust != log.ASIDE}
    total = hashlib.sha256()
    own_events = []
    seen, known = 0, set(caches.terms(connection))
    for dossier, found in log.every_dossier(connection, where):
        breathe()
        if not caches.is_listed(dossier, found, where):
            if dossier in trusted:
                own_events += found
            continue
        seen += 1
        folded = with_disputes(connection, fold.fold(dossier, found))
        total.update(dossier + caches.fingerprint(folded))
        verdict.conflicts += len(folded.conflicts) > 0
        if not _line_stands(connection, folded, known.issuperset):
            verdict.differences += 1
            verdict.differing.append(dossier)
    verdict.dossiers = seen
    for table in ("dossiers", "words"):
        lines = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
        verdict.differences += abs(lines - seen)
    total.update(canonical.plain(commune.fold(own_events, where.above).fingerprint()))
    verdict.state = total.hexdigest()


def _line_stands(connection: Connection, folded: Dossier, known: Callable[[Iterable[str]], bool]) -> bool:
    """Whether a dossier's line, and all that it is found by, is what its events say."""
    line = caches.line_of(folded)
    row = connection.execute(_LINE, {"d": folded.id}).mappings().first()
    if row is None or any(row[name] != value for name, value in line.items()):
        return False
    held = (
        set(connection.execute(_CODES, {"i": row["id"]}).scalars()),
        set(connection.execute(_DIGITS, {"i": row["id"]}).scalars()),
        {bytes(one.digest): one.size for one in connection.execute(_FILES, {"i": row["id"]})},
    )
    found_by = (caches.codes_of(folded), caches.numbers_of(folded), caches.files_of(folded))
    return held == found_by and known(caches.words_of(folded).split())


def _has_term(connection: Connection) -> Callable[[Iterable[str]], bool]:
    return lambda words: all(_TERM.first(connection, t=word) is not None for word in words)


_HASH = select(events.c.hash).where(events.c.branch_id == bindparam("b"), events.c.seq == bindparam("s"))
_WALK = (
    select(events)
    .where(events.c.branch_id == bindparam("b"), events.c.seq > bindparam("s"))
    .order_by(events.c.seq)
)
_SIGNED = select(signatures.c.seq, signatures.c.signature).where(
    signatures.c.branch_id == bindparam("b"), signatures.c.seq > bindparam("s")
)
_LAST_SIGNED = select(func.max(signatures.c.seq)).where(
    signatures.c.branch_id == bindparam("b"), signatures.c.seq <= bindparam("s")
)
_LINE = select(dossiers).where(dossiers.c.dossier == bindparam("d"))
_CODES = select(codes.c.key).where(codes.c.dossier_id == bindparam("i"))
_FILES = select(attachments.c.digest, attachments.c.size).where(attachments.c.dossier_id == bindparam("i"))
_DIGITS = select(digits.c.reversed).where(digits.c.dossier_id == bindparam("i"))
_TERM = Prepared(select(words_known.c.term).where(words_known.c.term == bindparam("t")))
