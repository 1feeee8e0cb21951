"""Find the few dossiers that wait for a person among the many that do not"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX dossiers_in_conflict ON dossiers (conflicts) WHERE conflicts > 0")
    op.execute("CREATE INDEX dossiers_held ON dossiers (held) WHERE held = 1")
    op.execute("CREATE INDEX dossiers_to_update ON dossiers (needs_update) WHERE needs_update = 1")
