"""Files of scanned papers: which dossier has them, which of them lie on this machine and how far they went"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE TABLE attachments (dossier_id INTEGER NOT NULL, digest BLOB NOT NULL, size INTEGER NOT NULL, "
        "PRIMARY KEY (dossier_id, digest)) WITHOUT ROWID"
    )
    op.execute("CREATE INDEX attachments_by_digest ON attachments (digest)")
    op.execute(
        "CREATE TABLE blobs (digest BLOB NOT NULL, size INTEGER NOT NULL, here BOOLEAN NOT NULL, "
        "kept_ms INTEGER NOT NULL, safe_ms INTEGER, sent INTEGER DEFAULT 0 NOT NULL, "
        "fault TEXT DEFAULT '' NOT NULL, PRIMARY KEY (digest)) WITHOUT ROWID"
    )
    op.execute("CREATE INDEX blobs_unsafe ON blobs (digest) WHERE safe_ms IS NULL")
