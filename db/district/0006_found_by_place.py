"""Events are found by branch and seq: no index by hash"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("events_commune_hash_key", "events", type_="unique")
        return
    # SQLite drops no constraint: the table is written anew.
    op.create_table(
        "events_now",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("dossier", sa.LargeBinary(), nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("absent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune", "branch_id"],
            ["branches.commune", "branches.id"],
        ),
        sa.PrimaryKeyConstraint("commune", "position"),
        sa.UniqueConstraint("commune", "branch_id", "seq"),
    )
    op.execute("INSERT INTO events_now SELECT * FROM events")
    op.drop_table("events")
    op.rename_table("events_now", "events")
    op.create_index("events_by_dossier", "events", ["commune", "dossier"], unique=False)
