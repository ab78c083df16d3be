"""What the plan of a course says to whoever prepares one of its meetings."""

from collections.abc import Sequence

from trainer.plans.sheet import fill, points
from trainer.store.models import Course, db
from trainer.store.plans import filled
from trainer.web.accounts import host


def points_of_attention(course: Course, part: str) -> Sequence[str]:
    """The points of attention for a part of the programme of a course, each a line of plain text.

    Show them with `plan/points.html`, which wants `points` and `course`. Empty while nobody wrote any, or
    while the form of the plan cannot be read.
    """
    form = host().library.plan
    if form is None:
        return ()
    return points(fill(form, filled(db.session.connection(), course.id)), course.programme, part)
