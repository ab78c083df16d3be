"""Who is responsible for a course, and how to reach them: people read it before they take part."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


# No table is made anew: that would delete the meetings that refer to their course.


def upgrade() -> None:
    for name in ('responsible', 'contact'):
        op.add_column('course', sa.Column(name, sa.String(length=120), nullable=False, server_default=''))


def downgrade() -> None:
    for name in ('contact', 'responsible'):
        op.drop_column('course', name)
