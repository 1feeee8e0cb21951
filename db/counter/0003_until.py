"""Where the district has revoked a machine: what its logs hold after that place is set aside"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE branches ADD COLUMN until INTEGER")
