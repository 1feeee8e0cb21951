"""Transfers' references among the codes; the caches, which an upgrade builds anew, hold them"""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No table changes."""
