"""A course may have a plan, and links with which people without an account fill it in."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'plan_answer',
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('field', sa.String(length=200), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('others', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ['course_id'], ['course.id'], name=op.f('fk_plan_answer_course_id_course'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('course_id', 'field', name=op.f('pk_plan_answer')),
    )
    op.create_table(
        'plan_row',
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('section', sa.String(length=60), nullable=False),
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['course_id'], ['course.id'], name=op.f('fk_plan_row_course_id_course'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('course_id', 'section', 'id', name=op.f('pk_plan_row')),
    )
    op.create_table(
        'plan_link',
        sa.Column('id', sa.String(length=36), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('about', sa.String(length=60), nullable=False),
        sa.Column('expires', sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ['course_id'], ['course.id'], name=op.f('fk_plan_link_course_id_course'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_link')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_plan_link_token_hash')),
    )
    op.create_index(op.f('ix_plan_link_course_id'), 'plan_link', ['course_id'])


def downgrade() -> None:
    op.drop_table('plan_link')
    op.drop_table('plan_row')
    op.drop_table('plan_answer')
