"""The district's tables, the same on SQLite and PostgreSQL; the commune's number comes first in each key.

So all that one act touches lies together, and the tables can be spread over several databases by commune.
`db/district` holds the history of this schema; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

server = Table(  # what the district is: its keys, its epoch, its name
    "server",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

communes = Table(
    "communes",
    metadata,
    Column(
        "commune", Integer, primary_key=True, autoincrement=False
    ),  # a number that means nothing, for ever
    Column("name", Text, nullable=False),
    Column("position", BigInteger, nullable=False),  # of the last event taken in: pages are cut by it
)

agencies = Table(  # the commune's codes on its dossiers, dated: communes merge
    "agencies",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("since", Text, nullable=False),
    Column("until", Text),  # the last day of a code that its commune no longer gives
    ForeignKeyConstraint(["commune"], ["communes.commune"]),
)

aliases = Table(  # the commune's ids: number 1 is the district's for it, the others its stores drew
    "aliases",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("id", LargeBinary, nullable=False),
    ForeignKeyConstraint(["commune"], ["communes.commune"]),
)
Index("aliases_by_id", aliases.c.id, unique=True)

devices = Table(
    "devices",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("device", Integer, primary_key=True),  # counted through all communes
    Column("name", Text, nullable=False),
    Column("code", LargeBinary),  # names the one-time code
    Column("code_key", LargeBinary),  # what only its holder and this server know
    Column("code_until", BigInteger),  # ms since 1970
    Column("machine", Integer),  # the first place of the same machine, which keeps a store for each commune
    Column("replaces", Integer),  # the machine whose store's key it is handed
    Column("log", LargeBinary),  # null until it is enrolled
    Column("public", LargeBinary),
    Column("slot", Integer),
    Column("slot_from", Text),
    Column("slot_to", Text),
    Column("enrolled_ms", BigInteger),
    Column("revoked_ms", BigInteger),
    Column("wiped_ms", BigInteger),  # when it said that it has destroyed its store
    Column("nonce", LargeBinary),  # of its next request
    Column("counter", BigInteger, nullable=False),  # of its last request
    Column("agreed", LargeBinary),  # what the last answer acknowledged, and the one before it
    Column("agreed_before", LargeBinary),
    Column("seen_ms", BigInteger),  # its last request, by this server's clock
    Column("behind_ms", BigInteger),  # by how much its clock is behind this server's
    Column("waiting", Integer),  # events that it still had to send, as it said
    Column("oldest_ms", BigInteger),  # since when the first of these waits, by this server's clock
    ForeignKeyConstraint(["commune"], ["communes.commune"]),
)
Index("devices_by_number", devices.c.device, unique=True)
Index("devices_by_log", devices.c.log, unique=True)
Index("devices_by_code", devices.c.code, unique=True)

postings = Table(  # each machine's dated set of communes; who has none serves its own without an end
    "postings",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("device", Integer, primary_key=True),
    Column("since", Text, primary_key=True),  # first day, in Viet Nam
    Column("until", Text),  # last day; null while none is set
    Column("awaited", Integer, nullable=False),  # 1 where the first day lay ahead when it was set
    ForeignKeyConstraint(["commune"], ["communes.commune"]),
)

uploads = Table(  # files on their way from a device: how much of each is here
    "uploads",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("device", Integer, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),  # SHA-256 of the whole
    Column("size", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),  # bytes from the beginning that are in `pieces`
    Column("touched_ms", BigInteger, nullable=False),
    ForeignKeyConstraint(["commune"], ["communes.commune"]),
    sqlite_with_rowid=False,
)

pieces = Table(
    "pieces",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("device", Integer, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("start", BigInteger, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(["commune"], ["communes.commune"]),
)

files = Table(  # the commune's files that are whole, verified, and in the store of files
    "files",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("whole_ms", BigInteger, nullable=False),
    ForeignKeyConstraint(["commune"], ["communes.commune"]),
    sqlite_with_rowid=False,
)

tombstones = Table(  # dossiers of which an erasure was told, whether or not it counts
    "tombstones",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("dossier", LargeBinary, primary_key=True),
    ForeignKeyConstraint(["commune"], ["communes.commune"]),
    sqlite_with_rowid=False,
)

dropped = Table(  # files that a commune has no more, and that may still lie in the store of files
    "dropped",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    sqlite_with_rowid=False,
)

logs = Table(
    "logs",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("log", LargeBinary, nullable=False),
    Column("public", LargeBinary, nullable=False),
    Column("sealing", LargeBinary, nullable=False),
    Column("machine", Text, nullable=False),
    Column("origin", LargeBinary, nullable=False),  # the commune's id as the log's first event states it
    Column("trust", Text, nullable=False),  # own | trusted | district (of an earlier epoch) | aside
    UniqueConstraint("commune", "log"),  # a stranger to one commune may be at home in another
    ForeignKeyConstraint(["commune"], ["communes.commune"]),
)

branches = Table(  # as in the counter's store
    "branches",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("log_id", Integer, nullable=False),
    Column("parent_id", Integer),
    Column("from_seq", BigInteger, nullable=False),
    Column("from_hash", LargeBinary),
    Column("until", BigInteger),
    ForeignKeyConstraint(["commune", "log_id"], ["logs.commune", "logs.id"]),
)

# No index by hash: it would be the one that each event changes at another place, most of what a commit
# writes; an event is found by its branch and seq.
events = Table(
    "events",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("branch_id", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("dossier", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary),
    Column("proof", LargeBinary),  # only where the payload is absent
    Column("key", LargeBinary),  # only where the salt is gone and the payload is not
    Column("absent", Text, nullable=False),  # events.Absent: erased | not_carried | unreadable
    UniqueConstraint("commune", "branch_id", "seq"),
    ForeignKeyConstraint(["commune", "branch_id"], ["branches.commune", "branches.id"]),
)
Index("events_by_dossier", events.c.commune, events.c.dossier)

salts = Table(
    "salts",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("branch_id", Integer, primary_key=True),
    Column("dossier", LargeBinary, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

signatures = Table(
    "signatures",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("branch_id", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("signature", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

stale = Table(  # dossiers whose line is older than their events
    "stale",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("dossier", LargeBinary, primary_key=True),
    sqlite_with_rowid=False,
)

dossiers = Table(  # cache: a line a dossier, folded when somebody looks
    "dossiers",
    metadata,
    Column("commune", Integer, primary_key=True),
    Column("dossier", LargeBinary, primary_key=True),
    Column("received_at", Text, nullable=False),
    Column("print", LargeBinary, nullable=False),  # SHA-256 of the fold, so that verify can compare
    Column("line", Text, nullable=False),  # JSON: what `dossiers` prints
    sqlite_with_rowid=False,
)

pages = Table(  # what a receipt's QR leads to: filled with the lines, and kept when the dossier is erased
    "pages",
    metadata,
    Column("token", LargeBinary, primary_key=True),  # domain/receipt_code.token
    Column("commune", Integer, nullable=False),
    Column("dossier", LargeBinary, nullable=False),
    ForeignKeyConstraint(["commune"], ["communes.commune"]),
    sqlite_with_rowid=False,
)
