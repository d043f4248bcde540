"""Count wrong proofs by the number that was tried, too.

Revision ID: 0030
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add proof_attempts.subject."""
    with op.batch_alter_table("proof_attempts") as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_proof_attempts_subject"), ["subject"], unique=False)


def downgrade() -> None:
    """Take proof_attempts.subject away."""
    with op.batch_alter_table("proof_attempts") as batch_op:
        batch_op.drop_index(batch_op.f("ix_proof_attempts_subject"))
        batch_op.drop_column("subject")
