"""What a group shares after closing, and for which steps somebody said no."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

COLUMNS = {'shared_key': sa.String(length=32), 'unwilling': sa.Text(), 'shared': sa.Text()}


def upgrade() -> None:
    # '' for the meetings that there are: nothing of these is shared.
    for name, kind in COLUMNS.items():
        op.add_column('meeting', sa.Column(name, kind, nullable=False, server_default=''))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column('meeting', name)
