"""How many phones came in after others had left: no more can be of somebody who came back."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('meeting', sa.Column('returned', sa.Integer(), nullable=False, server_default='0'))
    # Of meetings that go on nobody knows: as many as left.
    op.execute('UPDATE meeting SET returned = departed')


def downgrade() -> None:
    op.drop_column('meeting', 'returned')
