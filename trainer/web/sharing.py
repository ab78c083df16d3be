"""Which other courses there are to give a text to, or to take one from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from trainer.store.access import manages_course
from trainer.store.models import Course, db
from trainer.web.accounts import me


@dataclass(frozen=True, slots=True)
class Other:
    """Another course that may get a text: what it gives now, and whether that is the same already."""

    course: Course
    number: int
    same: bool
    near: bool


def others(course: Course, part_id: str) -> Sequence[Other]:
    """The courses of the same programme that the user manages, those of the same place first."""
    own = course.variants.get(part_id)
    query = select(Course).where(Course.programme == course.programme, Course.id != course.id)
    found = []
    for other in db.session.scalars(query.where(~Course.archived).order_by(Course.title, Course.id)):
        if manages_course(me(), other):
            theirs = other.variants.get(part_id)
            same = own is not None and theirs is not None and theirs.source == own.source
            near = bool(course.place) and _place(other) == _place(course)
            found.append(Other(other, theirs.number if theirs else 0, same, near))
    return sorted(found, key=lambda other: not other.near)


def _place(course: Course) -> str:
    return course.place.strip().casefold()


def offers(course: Course, part_id: str) -> Sequence[Course]:
    """The courses in the same place that give another text of a part, which is their own."""
    return [one.course for one in others(course, part_id) if one.near and one.number and not one.same]
