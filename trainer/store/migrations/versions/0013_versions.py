"""Every text that is saved for a course is a version; what courses give by now is their first."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'version',
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('part', sa.String(length=80), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('base', sa.Text(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('who', sa.String(length=80), nullable=False),
        sa.Column('made', sa.String(length=16), nullable=False),
        sa.Column('note', sa.String(length=200), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('began', sa.Integer(), nullable=False),
        sa.Column('joined', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['course_id'], ['course.id'], name=op.f('fk_version_course_id_course'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('course_id', 'part', 'number', name=op.f('pk_version')),
    )
    op.add_column('variant', sa.Column('number', sa.Integer(), nullable=False, server_default='0'))
    op.execute(
        "INSERT INTO version (course_id, part, number, base, source, who, made, note, state, began)"
        " SELECT course_id, part, 1, base, source, '', '', '', 'given', 0 FROM variant"
    )
    op.execute("UPDATE variant SET number = 1")


def downgrade() -> None:
    op.drop_column('variant', 'number')
    op.drop_table('version')
