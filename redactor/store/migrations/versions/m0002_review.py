"""When a job went to the engine, and what a person approved."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002_review"
down_revision = "0001_job"
branch_labels = None
depends_on = None
ADDED: tuple[sa.Column[Any], ...] = (
    sa.Column("submitted", sa.Double(), nullable=False, server_default="0"),
    sa.Column("review", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("approved", sa.Integer(), nullable=False, server_default="0"),
)


def upgrade() -> None:
    """Make it so."""
    for column in ADDED:
        op.add_column("job", column)


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("job") as job:
        for column in ADDED:
            job.drop_column(column.name)
