"""A meeting that is over does not tell when something was done in it, nor how many phones left."""

import json

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

MOMENTS = ('timer', 'timers', 'begun', 'left', 'ended', 'opened', 'origin')


def upgrade() -> None:
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE meeting SET departed = 0, returned = 0 WHERE phase = 'closed'"))
    closed = connection.execute(sa.text("SELECT id, state FROM meeting WHERE phase = 'closed'")).all()
    for meeting, stored in closed:
        try:
            state = dict(json.loads(stored))
        except (TypeError, ValueError):
            # Of one that cannot be read nothing is used but its phase, which has a column of its own.
            state = {'phase': 'closed'}
        kept = {key: value for key, value in state.items() if key not in MOMENTS}
        row = {'state': json.dumps(kept), 'id': meeting}
        connection.execute(sa.text('UPDATE meeting SET state = :state WHERE id = :id'), row)


def downgrade() -> None:
    pass
