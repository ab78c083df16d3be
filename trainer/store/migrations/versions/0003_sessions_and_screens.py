"""Sessions that end, first-run links that are told apart, and screens that can be closed.

No table is made anew: that would let the rows that refer to it be deleted.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('user', sa.Column('session_key', sa.String(length=32), nullable=False, server_default=''))
    connection = op.get_bind()
    for (user_id,) in connection.execute(sa.text('SELECT id FROM "user"')).all():
        connection.execute(
            sa.text('UPDATE "user" SET session_key = :key WHERE id = :id'),
            {'key': secrets.token_urlsafe(16), 'id': user_id},
        )
    op.create_index(op.f('ix_user_session_key'), 'user', ['session_key'], unique=True)
    # Nothing tells which of these are first-run links of earlier starts: an organiser can make new ones.
    op.execute(sa.text('DELETE FROM invitation WHERE is_organiser'))
    op.add_column('invitation', sa.Column('first_run', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('meeting', sa.Column('screens', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    op.drop_column('meeting', 'screens')
    op.drop_column('invitation', 'first_run')
    op.drop_index(op.f('ix_user_session_key'), table_name='user')
    op.drop_column('user', 'session_key')
