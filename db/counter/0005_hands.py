"""Find the dossiers that nobody has taken over yet, and those whose step has an end, among the many others"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE dossiers ADD COLUMN handed_minute INTEGER")
    op.execute("ALTER TABLE dossiers ADD COLUMN step_minute INTEGER")
    op.execute("CREATE INDEX dossiers_handed ON dossiers (handed_minute) WHERE handed_minute IS NOT NULL")
    op.execute("CREATE INDEX dossiers_in_step ON dossiers (step_minute) WHERE step_minute IS NOT NULL")
