"""Trainers may leave out sections of a meeting's report, and add texts to it."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'meeting_note',
        sa.Column('meeting_id', sa.String(length=36), nullable=False),
        sa.Column('section', sa.String(length=100), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('others', sa.Text(), nullable=False),
        sa.Column('left_out', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_note_meeting_id_meeting'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('meeting_id', 'section', name=op.f('pk_meeting_note')),
    )


def downgrade() -> None:
    op.drop_table('meeting_note')
