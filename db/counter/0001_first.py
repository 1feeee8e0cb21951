"""The event log, its caches, and what a store knows of itself"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = """
CREATE TABLE own (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL);

CREATE TABLE logs (
    id INTEGER NOT NULL PRIMARY KEY,
    log BLOB NOT NULL UNIQUE,
    public BLOB NOT NULL,
    sealing BLOB NOT NULL,
    machine TEXT NOT NULL,
    commune BLOB NOT NULL,
    trust TEXT NOT NULL
);

CREATE TABLE branches (
    id INTEGER NOT NULL PRIMARY KEY,
    log_id INTEGER NOT NULL REFERENCES logs (id),
    parent_id INTEGER REFERENCES branches (id),
    from_seq INTEGER NOT NULL,
    from_hash BLOB
);

CREATE TABLE events (
    id INTEGER NOT NULL PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branches (id),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    dossier BLOB NOT NULL,
    header BLOB NOT NULL,
    payload BLOB,
    proof BLOB,
    key BLOB,
    absent TEXT NOT NULL,
    UNIQUE (branch_id, seq)
);
CREATE INDEX ix_events_dossier ON events (dossier);

CREATE TABLE salts (
    branch_id INTEGER NOT NULL REFERENCES branches (id),
    dossier BLOB NOT NULL,
    salt BLOB NOT NULL,
    PRIMARY KEY (branch_id, dossier)
) WITHOUT ROWID;

CREATE TABLE signatures (
    branch_id INTEGER NOT NULL REFERENCES branches (id),
    seq INTEGER NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (branch_id, seq)
) WITHOUT ROWID;

CREATE TABLE dossiers (
    id INTEGER NOT NULL PRIMARY KEY,
    dossier BLOB NOT NULL UNIQUE,
    code TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    procedure TEXT NOT NULL,
    applicant TEXT NOT NULL,
    state TEXT NOT NULL,
    national_status INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    due TEXT NOT NULL,
    due_minute INTEGER,
    open BOOLEAN NOT NULL,
    held BOOLEAN NOT NULL,
    conflicts INTEGER NOT NULL,
    needs_update BOOLEAN NOT NULL,
    print BLOB NOT NULL
);
CREATE INDEX dossiers_by_due ON dossiers (open, due_minute);
CREATE INDEX dossiers_by_state ON dossiers (state, due_minute);

CREATE TABLE codes (
    key TEXT NOT NULL, dossier_id INTEGER NOT NULL, PRIMARY KEY (key, dossier_id)
) WITHOUT ROWID;
CREATE INDEX codes_by_dossier ON codes (dossier_id);

CREATE TABLE digits (
    reversed TEXT NOT NULL, dossier_id INTEGER NOT NULL, PRIMARY KEY (reversed, dossier_id)
) WITHOUT ROWID;
CREATE INDEX digits_by_dossier ON digits (dossier_id);

CREATE TABLE series (
    day TEXT NOT NULL PRIMARY KEY,
    prefix TEXT NOT NULL,
    width INTEGER NOT NULL,
    last INTEGER NOT NULL
);

CREATE TABLE volumes (
    log BLOB NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (log, year)
);

CREATE TABLE procedures (
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    current BOOLEAN NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (code, version)
);

CREATE VIRTUAL TABLE words USING fts5(
    folded, content='', contentless_delete=1, detail=none, prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";"):
        if statement.strip():
            op.execute(statement)
