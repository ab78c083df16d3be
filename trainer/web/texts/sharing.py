"""Which other courses there are to give a text to, or to take one from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from trainer.store.access import manages_course
from trainer.store.models import Course, Variant, db
from trainer.web.accounts import me


@dataclass(frozen=True, slots=True)
class Other:
    """Another course that may get a text: what it gives now, and whether that is the same already."""

    course: Course
    number: int
    same: bool
    near: bool


def others(course: Course, part_id: str) -> Sequence[Other]:
    """The courses of the same programme that the user manages, those of the same location first."""
    own = course.variants.get(part_id)
    query = select(Course).where(Course.programme == course.programme, Course.id != course.id)
    found = []
    for other in db.session.scalars(query.where(~Course.archived).order_by(Course.title, Course.id)):
        if manages_course(me(), other):
            theirs = other.variants.get(part_id)
            same = own is not None and theirs is not None and theirs.source == own.source
            number = theirs.number if theirs else 0
            found.append(Other(other, number, same, _is_near(course, other)))
    return sorted(found, key=lambda other: not other.near)


def offers(course: Course, part_id: str) -> Sequence[Course]:
    """The courses of the same location that give another text of a part, which is their own."""
    own = course.variants.get(part_id)
    query = select(Course).join(Variant).where(Course.programme == course.programme, Course.id != course.id)
    query = query.where(~Course.archived, Variant.part == part_id)
    if own is not None:
        query = query.where(Variant.source != own.source)
    near = [other for other in db.session.scalars(query.order_by(Course.title)) if _is_near(course, other)]
    return [other for other in near if manages_course(me(), other)]


def _is_near(course: Course, other: Course) -> bool:
    """Are both of one location? Without one the place decides that somebody typed."""
    if course.location_id is not None or other.location_id is not None:
        return course.location_id == other.location_id
    return bool(course.place) and course.place.strip().casefold() == other.place.strip().casefold()
