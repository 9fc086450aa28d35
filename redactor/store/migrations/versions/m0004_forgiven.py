"""Claims of a job that do not count towards quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0004_forgiven"
down_revision = "0003_door"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.add_column("job", sa.Column("forgiven", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("job") as job:
        job.drop_column("forgiven")
