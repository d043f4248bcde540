"""Keep what a choice or event means beside its inbox row.

Revision ID: 0010
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add inbox.payload."""
    with op.batch_alter_table("inbox") as batch_op:
        batch_op.add_column(
            sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True)
        )


def downgrade() -> None:
    """Take inbox.payload away."""
    with op.batch_alter_table("inbox") as batch_op:
        batch_op.drop_column("payload")
