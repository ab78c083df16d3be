"""The gate: marks on posts, and results in place of the posts of closed meetings.

Revision ID: 0002
Revises: 0001
"""
import json

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('post', schema=None, table_kwargs={'sqlite_with_rowid': False}) as batch_op:
        for name in ('paper', 'alone', 'leaving'):
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('seen', sa.String(length=200), nullable=False, server_default=''))
    op.create_table('result',
    sa.Column('meeting_id', sa.String(length=36), nullable=False),
    sa.Column('step', sa.String(length=80), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('texts', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_result_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('meeting_id', 'step', 'place', name=op.f('pk_result'))
    )
    # What was shown before there was a gate cannot be told from what was not: none of it may leave.
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM post"))
    for meeting, state in connection.execute(sa.text("SELECT id, state FROM meeting WHERE state <> ''")).all():
        rest = {name: value for name, value in json.loads(state).items() if name not in ('kinds', 'people')}
        connection.execute(
            sa.text("UPDATE meeting SET state = :state WHERE id = :id"), {'state': json.dumps(rest), 'id': meeting}
        )


def downgrade() -> None:
    op.drop_table('result')
    with op.batch_alter_table('post', schema=None, table_kwargs={'sqlite_with_rowid': False}) as batch_op:
        for name in ('seen', 'leaving', 'alone', 'paper'):
            batch_op.drop_column(name)
