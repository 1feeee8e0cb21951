"""The store's tables: the event log that everything stands on, and caches of its fold that can be rebuilt.

`db/counter` holds the history of this schema; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

own = Table(  # what this machine alone knows of itself: keys, clock, names
    "own",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

logs = Table(
    "logs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("log", LargeBinary, nullable=False, unique=True),
    Column("public", LargeBinary, nullable=False),
    Column("sealing", LargeBinary, nullable=False),
    Column("machine", Text, nullable=False),
    Column("commune", LargeBinary, nullable=False),
    Column("trust", Text, nullable=False),  # own | trusted | district | aside
)

# A log is one branch until it is found forked: then the branch ends before `from_seq`, where each of its two
# or more children begins with the event of `from_hash`. A child's chain goes on from its parent's end.
branches = Table(
    "branches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("log_id", Integer, ForeignKey("logs.id"), nullable=False),
    Column("parent_id", Integer, ForeignKey("branches.id")),
    Column("from_seq", Integer, nullable=False),
    Column("from_hash", LargeBinary),
    Column("until", Integer),  # what the branch holds after it is set aside
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("branch_id", Integer, ForeignKey("branches.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("dossier", LargeBinary, nullable=False, index=True),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary),
    Column("proof", LargeBinary),  # only where the payload is absent
    Column("key", LargeBinary),  # only where the salt is gone and the payload is not
    Column("absent", Text, nullable=False, default=""),  # events.Absent: erased | not_carried | unreadable
    UniqueConstraint("branch_id", "seq"),
)

salts = Table(  # where a branch has none for a dossier, that of the nearest branch it parted from holds
    "salts",
    metadata,
    Column("branch_id", Integer, ForeignKey("branches.id"), primary_key=True),
    Column("dossier", LargeBinary, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

signatures = Table(  # at least at the end of a branch, or of each one that parted from it
    "signatures",
    metadata,
    Column("branch_id", Integer, ForeignKey("branches.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("signature", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

dossiers = Table(  # cache: one line a dossier; ids grow with the time of reception
    "dossiers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier", LargeBinary, nullable=False, unique=True),
    Column("code", Text, nullable=False),
    Column("procedure_code", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("applicant", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("national_status", Integer, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("due_minute", Integer),  # minutes since 1970, null where there is no date
    Column("open", Boolean, nullable=False),  # its clock runs
    Column("held", Boolean, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("needs_update", Boolean, nullable=False),
    Column("print", LargeBinary, nullable=False),  # SHA-256 of the fold, so that verify can compare
    Column("month", Integer, nullable=False),  # of the reception in Viet Nam: 202611; 0 where it has none
    Column("fee", Integer, nullable=False),  # đồng
    # Minutes since 1970: when it was handed on to who has not taken it over yet; when its step ends.
    Column("handed_minute", Integer),
    Column("step_minute", Integer),
)
Index("dossiers_by_month", dossiers.c.month, dossiers.c.procedure_code, dossiers.c.state, dossiers.c.fee)
Index("dossiers_by_due", dossiers.c.open, dossiers.c.due_minute)
Index("dossiers_by_state", dossiers.c.state, dossiers.c.due_minute)
# Few dossiers wait for a person: these hold them alone.
Index("dossiers_in_conflict", dossiers.c.conflicts, sqlite_where=text("conflicts > 0"))
Index("dossiers_held", dossiers.c.held, sqlite_where=text("held = 1"))
Index("dossiers_to_update", dossiers.c.needs_update, sqlite_where=text("needs_update = 1"))
Index("dossiers_handed", dossiers.c.handed_minute, sqlite_where=text("handed_minute IS NOT NULL"))
Index("dossiers_in_step", dossiers.c.step_minute, sqlite_where=text("step_minute IS NOT NULL"))

codes = Table(
    "codes",
    metadata,
    Column("key", Text, primary_key=True),
    Column("dossier_id", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
Index("codes_by_dossier", codes.c.dossier_id)

digits = Table(  # numbers reversed, so that "last digits" is a prefix
    "digits",
    metadata,
    Column("reversed", Text, primary_key=True),
    Column("dossier_id", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
Index("digits_by_dossier", digits.c.dossier_id)

attachments = Table(  # cache: the files that a dossier's events name, by the SHA-256 of their content
    "attachments",
    metadata,
    Column("dossier_id", Integer, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("size", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("attachments_by_digest", attachments.c.digest)

blobs = Table(  # what this machine alone knows of its files: not in any event, and not to be rebuilt
    "blobs",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("here", Boolean, nullable=False),
    Column("kept_ms", Integer, nullable=False),
    Column("safe_ms", Integer),  # when the district said that it holds the whole
    Column("sent", Integer, nullable=False, server_default="0"),  # bytes that the district is known to hold
    Column("fault", Text, nullable=False, server_default=""),  # why it was not taken, by the error's name
    sqlite_with_rowid=False,
)
Index("blobs_unsafe", blobs.c.digest, sqlite_where=text("safe_ms IS NULL"))

accesses = Table(  # who looked at which dossier on this machine; synced nowhere
    "accesses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("officer", Text, nullable=False),
    Column("dossier", LargeBinary, nullable=False),
    Column("why", Text, nullable=False),
)
Index("accesses_by_dossier", accesses.c.dossier)
Index("accesses_by_time", accesses.c.at_ms)

terms = Table(  # every word that a dossier has or had
    "terms",
    metadata,
    Column("term", Text, primary_key=True),
    sqlite_with_rowid=False,
)

series = Table(  # the running number of each date's codes
    "series",
    metadata,
    Column("day", Text, primary_key=True),
    Column("prefix", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("last", Integer, nullable=False),
)

volumes = Table(  # the register's running number, one volume a log and year
    "volumes",
    metadata,
    Column("log", LargeBinary, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

procedures = Table(
    "procedures",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("current", Boolean, nullable=False),
    Column("body", Text, nullable=False),
)

# Words are found through FTS5 (`words`), which the first migration makes.
