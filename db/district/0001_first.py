"""Communes, machines, the event logs of each"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "communes",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("commune"),
    )
    op.create_table(
        "dossiers",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("print", sa.LargeBinary(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("commune", "dossier"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "salts",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("commune", "branch_id", "dossier"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "server",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "signatures",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("commune", "branch_id", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stale",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("commune", "dossier"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agencies",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune"],
            ["communes.commune"],
        ),
        sa.PrimaryKeyConstraint("commune", "code"),
    )
    op.create_table(
        "aliases",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune"],
            ["communes.commune"],
        ),
        sa.PrimaryKeyConstraint("commune", "number"),
    )
    op.create_index("aliases_by_id", "aliases", ["id"], unique=True)
    op.create_table(
        "devices",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=True),
        sa.Column("code_key", sa.LargeBinary(), nullable=True),
        sa.Column("code_until", sa.BigInteger(), nullable=True),
        sa.Column("log", sa.LargeBinary(), nullable=True),
        sa.Column("public", sa.LargeBinary(), nullable=True),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("slot_from", sa.Text(), nullable=True),
        sa.Column("slot_to", sa.Text(), nullable=True),
        sa.Column("enrolled_ms", sa.BigInteger(), nullable=True),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.Column("nonce", sa.LargeBinary(), nullable=True),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.LargeBinary(), nullable=True),
        sa.Column("agreed_before", sa.LargeBinary(), nullable=True),
        sa.Column("seen_ms", sa.BigInteger(), nullable=True),
        sa.Column("behind_ms", sa.BigInteger(), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["commune"],
            ["communes.commune"],
        ),
        sa.PrimaryKeyConstraint("commune", "device"),
    )
    op.create_index("devices_by_code", "devices", ["code"], unique=True)
    op.create_index("devices_by_log", "devices", ["log"], unique=True)
    op.create_index("devices_by_number", "devices", ["device"], unique=True)
    op.create_table(
        "logs",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log", sa.LargeBinary(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("sealing", sa.LargeBinary(), nullable=False),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("origin", sa.LargeBinary(), nullable=False),
        sa.Column("trust", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune"],
            ["communes.commune"],
        ),
        sa.PrimaryKeyConstraint("commune", "id"),
        sa.UniqueConstraint("commune", "log"),
    )
    op.create_table(
        "branches",
        sa.Column("commune", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("from_seq", sa.BigInteger(), nullable=False),
        sa.Column("from_hash", sa.LargeBinary(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["commune", "log_id"],
            ["logs.commune", "logs.id"],
        ),
        sa.PrimaryKeyConstraint("commune", "id"),
    )
    op.create_table(
        "events",
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
        sa.UniqueConstraint("commune", "hash"),
    )
    op.create_index("events_by_dossier", "events", ["commune", "dossier"], unique=False)
