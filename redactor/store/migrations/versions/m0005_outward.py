"""Webhooks with their outbox, and requests that were sent before."""

import sqlalchemy as sa
from alembic import op

revision = "0005_outward"
down_revision = "0004_forgiven"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "webhook",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("events", sa.String(length=300), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("maker", sa.String(length=80), nullable=False),
        sa.Column("made", sa.Double(), nullable=False),
        sa.Column("gone", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
    )
    op.create_index("ix_webhook_unit", "webhook", ["unit"])
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("webhook", sa.String(length=32), nullable=False),
        sa.Column("job", sa.String(length=32), nullable=False),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made", sa.Double(), nullable=False),
        sa.Column("due", sa.Double(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("over", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
    )
    op.create_index("ix_delivery_over_due", "delivery", ["over", "due"])
    op.create_index("ix_delivery_webhook", "delivery", ["webhook"])
    op.create_table(
        "sent",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sent"),
    )
    op.create_index("ix_sent_at", "sent", ["at"])


def downgrade() -> None:
    """Undo it."""
    for table in ("sent", "delivery", "webhook"):
        op.drop_table(table)
