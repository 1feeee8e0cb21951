"""Dossiers by the token on their receipts, for the public page"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pages",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["communes.commune"]),
        sa.PrimaryKeyConstraint("token"),
        sqlite_with_rowid=False,
    )
    kept = ("commune", "dossier")
    lines, stale = (sa.table(name, *(sa.column(c) for c in kept)) for name in ("dossiers", "stale"))
    there = sa.select(stale.c.commune).where(
        stale.c.commune == lines.c.commune, stale.c.dossier == lines.c.dossier
    )
    folded = sa.select(lines.c.commune, lines.c.dossier).where(~there.exists())
    op.execute(sa.insert(stale).from_select(list(kept), folded))  # and so each gets its token
