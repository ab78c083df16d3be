"""Who is responsible for a course, and how to reach them: people read it before they take part."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('course') as course:
        for name in ('responsible', 'contact'):
            course.add_column(sa.Column(name, sa.String(length=120), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('course') as course:
        for name in ('responsible', 'contact'):
            course.drop_column(name)
