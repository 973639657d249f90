"""Copies of reports; claims found by their value.

The tables are filled by the program, which alone knows when two texts are alike.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add tables and an index; what is recorded stays as it is."""
    op.create_index("ix_claims_measure_value", "claims", ["measure", "value"], unique=False)
    op.create_table(
        "copies",
        sa.Column("document_key", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("document_key", name="pk_copies"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("document_key", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("band", "document_key", name="pk_source_bands"),
        sqlite_with_rowid=False,
    )
