"""Links for a new password, and which accounts got a password by one."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'reset_link',
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('maker_id', sa.Integer(), nullable=True),
        sa.Column('expires', sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ['user_id'], ['user.id'], name=op.f('fk_reset_link_user_id_user'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['maker_id'], ['user.id'], name=op.f('fk_reset_link_maker_id_user'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_reset_link')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_reset_link_token_hash')),
    )
    op.create_table(
        'reset',
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('who', sa.String(length=200), nullable=False),
        sa.Column('told', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ['user_id'], ['user.id'], name=op.f('fk_reset_user_id_user'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('user_id', 'day', 'who', name=op.f('pk_reset')),
    )


def downgrade() -> None:
    op.drop_table('reset')
    op.drop_table('reset_link')
