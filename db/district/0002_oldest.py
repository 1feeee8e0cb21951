"""Keep since when the oldest of what a machine says that waits has waited"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("devices", sa.Column("oldest_ms", sa.BigInteger(), nullable=True))
