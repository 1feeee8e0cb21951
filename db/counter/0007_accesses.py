"""Who looked at which dossier on this machine, when and how; synced nowhere"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE TABLE accesses (id INTEGER NOT NULL, at_ms INTEGER NOT NULL, officer TEXT NOT NULL, "
        "dossier BLOB NOT NULL, why TEXT NOT NULL, PRIMARY KEY (id))"
    )
    op.execute("CREATE INDEX accesses_by_dossier ON accesses (dossier)")
    op.execute("CREATE INDEX accesses_by_time ON accesses (at_ms)")
