"""Batches: many case files in one request."""

import sqlalchemy as sa
from alembic import op

revision = "0006_batch"
down_revision = "0005_outward"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "batch",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("maker", sa.String(length=80), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("jobs", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_index("ix_batch_unit", "batch", ["unit"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("batch")
