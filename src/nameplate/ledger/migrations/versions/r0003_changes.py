"""A log of the entities that were worked out again, and an index to page reports by."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the log; the caches that it is for begin anew."""
    op.create_table(
        "entity_changes",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=True),
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_entity_changes"),
    )
    op.create_index("ix_claims_recorded", "claims", ["recorded"], unique=False)
    op.create_index("ix_documents_published", "documents", ["published"], unique=False)
