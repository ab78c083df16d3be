"""A course may have a version of its own of a part."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'variant',
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('part', sa.String(length=80), nullable=False),
        sa.Column('base', sa.Text(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ['course_id'], ['course.id'], name=op.f('fk_variant_course_id_course'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('course_id', 'part', name=op.f('pk_variant')),
    )


def downgrade() -> None:
    op.drop_table('variant')
