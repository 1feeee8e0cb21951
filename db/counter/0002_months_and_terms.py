"""What the month's board counts, and the words of the index as a list that is quick to read"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The program builds these caches anew after an upgrade: they stand empty until then.
STATEMENTS = """
ALTER TABLE dossiers ADD COLUMN month INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dossiers ADD COLUMN fee INTEGER NOT NULL DEFAULT 0;
CREATE INDEX dossiers_by_month ON dossiers (month, procedure_code, state, fee);
CREATE TABLE terms (term TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
DROP TABLE vocabulary;
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";"):
        if statement.strip():
            op.execute(statement)
