"""Locations, each with courses and organisers of its own; what is there by now belongs to none.

No table is made anew: that would let the rows that refer to it be deleted.
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

REFERRING = ('user', 'course', 'invitation')


def upgrade() -> None:
    op.create_table(
        'location',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_location')),
        sa.UniqueConstraint('name', name=op.f('uq_location_name')),
    )
    for table in REFERRING:
        op.execute(
            f'ALTER TABLE "{table}" ADD COLUMN location_id INTEGER'
            f' CONSTRAINT fk_{table}_location_id_location REFERENCES location (id)'
        )


def downgrade() -> None:
    # An older version has organisers of everything only: those of a location go on as trainers.
    op.execute('UPDATE "user" SET is_organiser = 0 WHERE location_id IS NOT NULL')
    op.execute('DELETE FROM invitation WHERE location_id IS NOT NULL')
    for table in REFERRING:
        op.drop_column(table, 'location_id')
    op.drop_table('location')
