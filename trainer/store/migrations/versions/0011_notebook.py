"""A course has a notebook of its own: SQLite gives the number of a deleted course to the next one."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # '' for the courses that there are: their notebooks keep the name that they have.
    op.add_column('course', sa.Column('notebook', sa.String(length=32), nullable=False, server_default=''))


def downgrade() -> None:
    op.drop_column('course', 'notebook')
