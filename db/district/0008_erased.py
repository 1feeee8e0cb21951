"""Dossiers of which an erasure was told, and files of theirs that are still to be removed"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ERASED = b"\x06erased"  # a kind, its length first, behind the 42 bytes before it (domain/events.py)


def upgrade() -> None:
    made = op.create_table(
        "tombstones",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["communes.commune"]),
        sa.PrimaryKeyConstraint("commune", "dossier"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dropped",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
        sqlite_with_rowid=False,
    )
    kept = ("commune", "dossier")
    events = sa.table("events", *(sa.column(name) for name in (*kept, "header")))
    stale = sa.table("stale", *(sa.column(name) for name in kept))
    told = (
        sa.select(events.c.commune, events.c.dossier)
        .where(sa.func.substr(events.c.header, 43, 7) == sa.literal(_ERASED, sa.LargeBinary()))
        .distinct()
    )
    for commune, dossier in op.get_bind().execute(told).all():
        op.execute(sa.insert(made).values(commune=commune, dossier=dossier))
        at = (stale.c.commune == commune, stale.c.dossier == dossier)
        op.execute(sa.delete(stale).where(*at))
        op.execute(sa.insert(stale).values(commune=commune, dossier=dossier))  # and so erased
