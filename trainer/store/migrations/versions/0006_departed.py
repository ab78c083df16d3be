"""How many phones left a meeting: each may have come back as another one."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('meeting', sa.Column('departed', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    op.drop_column('meeting', 'departed')
