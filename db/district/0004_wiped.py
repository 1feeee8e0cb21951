"""When a machine said that it has destroyed its store"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("devices", sa.Column("wiped_ms", sa.BigInteger(), nullable=True))
