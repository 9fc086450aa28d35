"""Jobs of several files: what is told of each of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007_packet"
down_revision = "0006_batch"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.add_column("job", sa.Column("documents", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("job") as job:
        job.drop_column("documents")
