"""Files of scanned papers: on their way, piece by piece, and whole in the store of files"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("touched_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["communes.commune"]),
        sa.PrimaryKeyConstraint("commune", "device", "digest"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pieces",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["communes.commune"]),
        sa.PrimaryKeyConstraint("commune", "device", "digest", "start"),
    )
    op.create_table(
        "files",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("whole_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["communes.commune"]),
        sa.PrimaryKeyConstraint("commune", "digest"),
        sqlite_with_rowid=False,
    )
