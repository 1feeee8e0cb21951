"""On which days each machine serves which communes, and until when a commune bears a code"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "postings",
        sa.Column("commune", sa.Integer(), primary_key=True),
        sa.Column("device", sa.Integer(), primary_key=True),
        sa.Column("since", sa.Text(), primary_key=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("awaited", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["communes.commune"]),
    )
    op.add_column("devices", sa.Column("machine", sa.Integer(), nullable=True))
    op.add_column("agencies", sa.Column("until", sa.Text(), nullable=True))
