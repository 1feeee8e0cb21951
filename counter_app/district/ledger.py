"""The logs of one commune at the district, as an exchange sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Connection, Select, insert, select, update

from counter_app.crypto.proof import Introduction, Proven
from counter_app.district import erasing, queries
from counter_app.district.bulk import Waiting
from counter_app.district.tables import (
    branches,
    communes,
    events,
    logs,
    salts,
    signatures,
)
from counter_app.domain.erasing import KIND as ERASED
from counter_app.domain.errors import Refused
from counter_app.domain.names import clean_line
from counter_app.domain.runs import Packed, Run
from counter_app.store.log import ASIDE, DISTRICT, OWN, BranchRow, LogRow, Map
from counter_app.sync.ledger import Held, Known, Named, Row, Twig

MOST_NEW: Final = 64
"""Logs and branches that one transaction may begin: each costs a look at all others."""
MOST_ASIDE: Final = 256
"""Branches that all logs of a commune that are not trusted may have together."""
MOST_BRANCHES: Final = 64
"""Branches of one log: only who holds its key, or a copy of its store, can make any."""
_LONGEST_NAME: Final = 200  # letters


class CommuneLedger:
    """Takes into the connection's transaction, under the commune's lock where it writes.

    `connection`, and `finish` at the end, write what was taken in.
    """

    def __init__(self, connection: Connection, commune: int) -> None:
        self._connection = connection
        self._waiting = Waiting()
        self.commune = commune
        self._position: int | None = None
        self._stale: set[bytes] = set()
        self._tombstones: set[bytes] = set()
        self.erased = 0
        """Payloads that tombstones took with this transaction."""
        self._begun = 0
        self._trust_moved = False
        self._heads: dict[int, tuple[int, bytes] | None] = {}
        self._salts: dict[int, dict[bytes, bytes | None]] = {}  # of each branch, as far as was asked

    @cached_property
    def map(self) -> Map:
        """Its logs and branches, as they were last read."""
        return read_map(self.connection, self.commune)

    @property
    def connection(self) -> Connection:
        """Sees all that was taken in: what waited to be written is written first."""
        self._waiting.write(self._connection)
        return self._connection

    @property
    def trust_moved(self) -> bool:
        """Whether this transaction brought what decides whose events count: an event of the commune itself,
        a log, a branch; or whether a limit stands, which any event of that log may reach."""
        return self._trust_moved or any(row.until is not None for row in self.map.branches.values())

    @property
    def above(self) -> frozenset[bytes]:
        """The district's own logs, of all its epochs."""
        return frozenset(row.log for row in self.map.logs.values() if row.trust in (OWN, DISTRICT))

    def knows(self, public: bytes) -> bool:
        """Whether a log of this key is here, or one that was enrolled."""
        return any(row.public == public for row in self.map.logs.values())

    def limited(self, log: bytes) -> bool:
        """Whether the district has revoked the machine of this log."""
        row = self.map.find(log)
        return row is not None and any(one.until is not None for one in self.map.branches_of(row.id))

    def lock(self) -> int:
        """Makes every other writer of this commune wait, and reads anew what he has written.

        Gives the commune's counter.
        """
        self._position = position = int(
            self.connection.execute(queries.LOCK, {"c": self.commune}).scalar_one()
        )
        self.reload()
        self._trust_moved = False
        return position

    def finish(self) -> int:
        """Leaves the commune's counter, which it gives, and the dossiers that must be folded anew.

        Of erased ones nothing is left that came.
        """
        assert self._position is not None, "what writes locks first"
        connection = self.connection
        if not self._stale:
            return self._position
        connection.execute(
            update(communes).where(communes.c.commune == self.commune).values(position=self._position)
        )
        self.erased += erasing.settle(connection, self.commune, self.map, self._tombstones, self._stale)
        self._salts.clear()
        queries.STALE.put(connection, [(self.commune, dossier) for dossier in sorted(self._stale)])
        self._stale.clear()
        self._tombstones.clear()
        return self._position

    # ---- what is here

    def twigs(self) -> list[Twig]:
        rows = sorted(self.map.branches.values(), key=lambda row: (row.log_id, len(self.map.path(row.id))))
        return [Twig(row.id, self.map.log_of(row.id).log, row.parent_id, row.from_seq) for row in rows]

    def head(self, branch: int) -> tuple[int, bytes] | None:
        if branch not in self._heads:
            row = self.connection.execute(queries.HEAD, self._at(branch)).first()
            self._heads[branch] = None if row is None else (row.seq, bytes(row.hash))
        return self._heads[branch]

    def hash_at(self, branch: int, seq: int) -> bytes | None:
        head = self.head(branch)
        if head is None or head[0] <= seq:
            return head[1] if head is not None and head[0] == seq else None
        found = self.connection.execute(queries.HASH_AT, self._at(branch, seq)).scalar()
        return None if found is None else bytes(found)

    def after(self, branch: int, seq: int) -> Iterator[Row]:
        # In pages: who reads may stop anywhere, and no cursor is left open behind him.
        while rows := self.connection.execute(queries.AFTER, self._at(branch, seq)).all():
            for row in rows:
                absent = row.absent if row.payload is None else ""
                packed = Packed(
                    bytes(row.header), _maybe(row.payload), _maybe(row.key), _maybe(row.proof), absent
                )
                yield Row(row.seq, bytes(row.dossier), packed)
            seq = rows[-1].seq

    def signed_after(self, branch: int, seq: int) -> Iterator[tuple[int, bytes]]:
        rows = self.connection.execute(queries.SIGNATURES, self._at(branch, seq)).all()
        return ((row.seq, bytes(row.signature)) for row in rows)

    def last_signed(self, branch: int) -> int | None:
        found = self.connection.execute(queries.LAST_SIGNED, self._at(branch)).scalar()
        return None if found is None else int(found)

    def salts(self, branch: int, dossiers: Collection[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for row in self.map.lineage(branch):
            here = self._salts_of(row.id, [dossier for dossier in dossiers if dossier not in found])
            found.update((dossier, salt) for dossier, salt in here.items() if salt is not None)
        return found

    def expect(self, runs: Iterable[Run]) -> None:
        """Asks for the salts of all that the runs name at once: a question a run costs more."""
        named: dict[bytes, dict[bytes, None]] = {}
        for run in runs:
            named.setdefault(run.log, {}).update(dict.fromkeys([header.dossier for header in run.headers]))
        for log, dossiers in named.items():
            row = self.map.find(log)
            found = [] if row is None else self.map.branches_of(row.id)
            if len(found) == 1:  # of a forked log each run tells where it belongs
                self._salts_of(found[0].id, list(dossiers))

    def _salts_of(self, branch: int, dossiers: Sequence[bytes]) -> dict[bytes, bytes | None]:
        """Each dossier's salt on this branch alone, or None."""
        known = self._salts.setdefault(branch, {})
        new = [dossier for dossier in dossiers if dossier not in known]
        known.update(dict.fromkeys(new))
        # None of those that wait to be written is among them.
        rows = queries.SALTS.find(self._connection, (self.commune, branch), new)
        known.update((bytes(dossier), bytes(salt)) for dossier, salt in rows)
        return {dossier: known[dossier] for dossier in dossiers}

    def hashes_at(self, log: bytes, seq: int) -> list[bytes]:
        row = self.map.find(log)
        if row is None:
            return []
        found = (self.hash_at(branch.id, seq) for branch in self.map.branches_of(row.id))
        return [hash_ for hash_ in found if hash_ is not None]

    def held(self, named: Collection[Named]) -> dict[bytes, Held]:
        places: dict[bytes, set[int]] = {}
        for log, seq, _ in named:
            places.setdefault(log, set()).add(seq)
        wanted = {hash_ for _, _, hash_ in named}
        found: dict[bytes, Held] = {}
        for log, seqs in places.items():
            row = self.map.find(log)
            for branch in [] if row is None else self.map.branches_of(row.id):
                at = self.commune, branch.id
                for hash_, absent in queries.HELD.find(self.connection, at, sorted(seqs)):
                    if bytes(hash_) in wanted:
                        found[bytes(hash_)] = Held(branch.id, absent)
        return found

    def branch_of(self, log: bytes, seq: int, hash_: bytes) -> int | None:
        for branch, head in self._heads.items():
            if head == (seq, hash_):
                return branch
        found = self.held([(log, seq, hash_)])
        return found[hash_].branch if found else None

    # ---- taking in

    def find(self, log: bytes) -> Known | None:
        row = self.map.find(log)
        return None if row is None else Known(row.id, row.public)

    def add_log(self, who: Introduction) -> int:
        """Raises Refused("log-of-another-commune" | "too-many-logs")."""
        home = self.connection.execute(queries.HOME, {"id": who.commune}).scalar()
        if home not in (None, self.commune):
            raise Refused("log-of-another-commune")
        at_home = (
            self.connection.execute(queries.ENROLLED, {"c": self.commune, "log": who.log}).first() is not None
        )
        self._begin("too-many-logs", aside=not at_home)
        made = 1 + max(self.map.logs, default=0)
        self.connection.execute(
            insert(logs).values(
                commune=self.commune,
                id=made,
                log=who.log,
                public=who.public,
                sealing=who.sealing,
                machine=shown(who.machine),
                origin=who.commune,
                trust=ASIDE,
            )
        )
        self._add_branch(made, None, 1, None)
        self.reload()
        return made

    def root(self, log_id: int) -> int:
        return next(row.id for row in self.map.branches_of(log_id) if row.parent_id is None)

    def parts_at(self, branch: int, seq: int) -> bool:
        return any(row.parent_id == branch and row.from_seq == seq for row in self.map.branches.values())

    def add_branch(self, log_id: int, parent: int, seq: int, hash_: bytes) -> int:
        """Raises Refused("too-many-forks")."""
        self._fork(log_id, 1)
        made = self._add_branch(log_id, parent, seq, hash_)
        self.reload()
        return made

    def part(self, log_id: int, branch: int, seq: int, hash_: bytes) -> None:
        """Raises Refused("too-many-forks"), before anything is moved for a branch without a place."""
        self._fork(log_id, 2)
        grandchildren = [
            row.id for row in self.map.branches.values() if row.parent_id == branch and row.from_seq > seq
        ]
        moved = self._add_branch(log_id, branch, seq, hash_)
        for table in (events, signatures):
            self.connection.execute(
                update(table)
                .where(table.c.commune == self.commune, table.c.branch_id == branch, table.c.seq >= seq)
                .values(branch_id=moved)
            )
        # The moved events' salts go with them: the other branch may draw another one for the same dossier.
        theirs = self._of(salts.c.dossier, salts.c.salt).where(salts.c.branch_id == branch)
        copies = [
            {"commune": self.commune, "branch_id": moved, "dossier": dossier, "salt": salt}
            for dossier, salt in self.connection.execute(theirs)
        ]
        if copies:
            self.connection.execute(insert(salts), copies)
        if grandchildren:
            self.connection.execute(
                update(branches)
                .where(branches.c.commune == self.commune, branches.c.id.in_(grandchildren))
                .values(parent_id=moved)
            )
        touched = self._of(events.c.dossier).where(events.c.branch_id == moved).distinct()
        self._stale.update(bytes(dossier) for dossier in self.connection.execute(touched).scalars())
        self.reload()

    def add_salts(self, branch: int, given: Mapping[bytes, bytes]) -> None:
        there = self._salts_of(branch, list(given))
        new = {dossier: salt for dossier, salt in given.items() if there[dossier] is None}
        self._waiting.put(queries.ADD_SALTS, [(self.commune, branch, *one) for one in new.items()])
        self._salts[branch].update(new)

    def add(self, branch: int, new: Sequence[tuple[Proven, bytes | None]]) -> None:
        assert self._position is not None, "events are added under the commune's lock"
        first = self._position + 1
        rows = [
            (
                self.commune,
                position,
                branch,
                event.header.seq,
                event.hash,
                event.header.dossier,
                event.packed.header,
                *_kept(event, key),
            )
            for position, (event, key) in enumerate(new, first)
        ]
        self._position += len(rows)
        self._touch(event.header.dossier for event, _ in new)
        self._tombstones.update(event.header.dossier for event, _ in new if event.header.kind == ERASED)
        self._waiting.put(queries.ADD, rows)
        last = new[-1][0]
        self._heads[branch] = (last.header.seq, last.hash)

    def complete(self, branch: int, event: Proven, key: bytes | None) -> None:
        self.connection.execute(
            update(events)
            .where(events.c.commune == self.commune, events.c.hash == event.hash)
            .values(dict(zip(queries.KEPT, _kept(event, key), strict=True)))
        )
        self._touch([event.header.dossier])

    def sign(self, branch: int, seq: int, signature: bytes) -> None:
        self._waiting.put(queries.SIGN, [(self.commune, branch, seq, signature)])

    def touch_branch(self, branch: int) -> None:
        """Has the dossiers of a branch folded anew: its standing changed."""
        found = self._of(events.c.dossier).where(events.c.branch_id == branch).distinct()
        self._stale.update(bytes(dossier) for dossier in self.connection.execute(found).scalars())

    # ---- within

    def _touch(self, dossiers: Iterable[bytes]) -> None:
        """Has the dossiers folded anew."""
        touched = set(dossiers)
        self._stale |= touched
        if not touched.isdisjoint(row.commune for row in self.map.logs.values()):
            self._trust_moved = True

    def _fork(self, log_id: int, more: int) -> None:
        if len(self.map.branches_of(log_id)) + more > MOST_BRANCHES:
            raise Refused("too-many-forks")
        self._begin("too-many-forks", aside=self.map.logs[log_id].trust == ASIDE, more=more)

    def _begin(self, why: str, *, aside: bool, more: int = 1) -> None:
        """Counts what is about to begin; `why` where it would be too many."""
        if self._begun + more > MOST_NEW:
            raise Refused(why)
        if aside:
            trust = (self.map.log_of(branch).trust for branch in self.map.branches)
            if sum(standing == ASIDE for standing in trust) + more > MOST_ASIDE:
                raise Refused(why)
        self._begun += 1

    def _add_branch(self, log_id: int, parent: int | None, seq: int, hash_: bytes | None) -> int:
        top = self.connection.execute(queries.TOP_BRANCH, {"c": self.commune}).scalar() or 0
        values = {"id": top + 1, "log_id": log_id, "parent_id": parent, "from_seq": seq, "from_hash": hash_}
        self.connection.execute(insert(branches).values(commune=self.commune, **values))
        return int(top) + 1

    def reload(self) -> None:
        self._heads.clear()
        self._salts.clear()
        self._trust_moved = True
        self.__dict__.pop("map", None)

    def _at(self, branch: int, seq: int | None = None) -> dict[str, int]:
        values = {"c": self.commune, "b": branch}
        return values if seq is None else {**values, "s": seq}

    def _of(self, *columns: Any) -> Select[Any]:
        """A query of this commune's rows alone."""
        return select(*columns).where(columns[0].table.c.commune == self.commune)


def shown(machine: str) -> str:
    """A machine's name that its store stated, as it may stand in a column and on a screen."""
    return clean_line(machine[:_LONGEST_NAME])


def read_map(connection: Connection, commune: int) -> Map:
    """The commune's logs and branches: a handful of rows."""
    found = {}
    for row in connection.execute(queries.LOGS, {"c": commune}):
        keys = (bytes(row.log), bytes(row.public), bytes(row.sealing))
        found[row.id] = LogRow(row.id, *keys, row.machine, bytes(row.origin), row.trust)
    parts = {}
    for id_, log_id, parent, seq, hash_, until in connection.execute(queries.BRANCHES, {"c": commune}):
        parts[id_] = BranchRow(id_, log_id, parent, seq, _maybe(hash_), until)
    return Map(found, parts)


def _kept(event: Proven, key: bytes | None) -> tuple[bytes | None, bytes | None, bytes | None, str]:
    """What stands in the columns `queries.KEPT`."""
    payload = event.packed.payload
    return payload, event.mark if payload is None else None, key, str(event.absent)


def _maybe(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
