"""What organisers and trainers did, by day."""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'log_line',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('who', sa.String(length=200), nullable=False),
        sa.Column('what', sa.String(length=30), nullable=False),
        sa.Column('about', sa.String(length=200), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=True),
        sa.Column('location_id', sa.Integer(), nullable=True),
        sa.Column('course', sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ['course_id'], ['course.id'], name=op.f('fk_log_line_course_id_course'), ondelete='SET NULL'
        ),
        sa.ForeignKeyConstraint(
            ['location_id'], ['location.id'], name=op.f('fk_log_line_location_id_location'), ondelete='SET NULL'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_log_line')),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f('ix_log_line_course_id'), 'log_line', ['course_id'])
    op.create_index(op.f('ix_log_line_location_id'), 'log_line', ['location_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_log_line_location_id'), table_name='log_line')
    op.drop_index(op.f('ix_log_line_course_id'), table_name='log_line')
    op.drop_table('log_line')
