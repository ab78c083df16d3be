"""The day on which a meeting was closed: from then on the retention time of its texts counts."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('meeting', sa.Column('closed_on', sa.Date(), nullable=True))
    # Nobody noted it. A planned day that is still to come was not the day.
    fill = sa.text(
        "UPDATE meeting SET closed_on = CASE WHEN date < :today THEN date ELSE :today END WHERE phase = 'closed'"
    ).bindparams(sa.bindparam('today', date.today(), type_=sa.Date))
    op.get_bind().execute(fill)


def downgrade() -> None:
    op.drop_column('meeting', 'closed_on')
