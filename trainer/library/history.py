"""The versions of a part that people saved for a course, to be read; `versions.py` saves them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from trainer.curriculum.merging import Merge, merge
from trainer.curriculum.problems import Problem
from trainer.library.texts import Library
from trainer.store.models import Course, Version, db


class State(StrEnum):
    """What became of a version when it was saved."""

    GIVEN = "given"
    DRAFT = "draft"
    # From here on the course gives the national text.
    NATIONAL = "national"
    # Saved by the second of two, and not joined yet.
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Opened:
    """The text that an editor begins with, and the number to save it with: 0 for the national text."""

    number: int
    source: str
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed the same; what was saved is version `number`, aside, until it is joined.

    `merge` has both texts: ours is what was saved now, theirs is version `latest`.
    """

    number: int
    latest: int
    merge: Merge


class History:
    """The versions of parts of courses."""

    def __init__(self, library: Callable[[], Library], now: Callable[[], datetime]) -> None:
        self._library = library
        self._now = now

    def opened(self, course: Course, part_id: str) -> Opened | None:
        """What somebody begins to edit: the last version, a draft too; None when there is no such part."""
        latest = self.latest(course, part_id)
        if latest is not None and latest.state != State.NATIONAL:
            source: str | None = latest.source
        elif latest is None and part_id in course.variants:
            source = course.variants[part_id].source
        else:
            source = self._library().national(course, part_id)
        if source is None:
            return None
        problems = self._library().check(course, part_id, source)
        return Opened(latest.number if latest else 0, source, problems)

    def history(self, course: Course, part_id: str) -> Sequence[Version]:
        """All versions, the newest first."""
        query = select(Version).where(Version.course_id == course.id, Version.part == part_id)
        return db.session.scalars(query.order_by(Version.number.desc())).all()

    def parts(self, course: Course) -> Sequence[str]:
        """The parts of which something was ever saved for a course."""
        query = select(Version.part).where(Version.course_id == course.id).distinct()
        return db.session.scalars(query.order_by(Version.part)).all()

    def version(self, course: Course, part_id: str, number: int) -> Version | None:
        """One version; None when there is none with this number."""
        return db.session.get(Version, (course.id, part_id, number))

    def latest(self, course: Course, part_id: str) -> Version | None:
        """The version that the next one is made from; None when nothing was ever saved."""
        query = select(Version).where(Version.course_id == course.id, Version.part == part_id)
        query = query.where(Version.state != State.ASIDE).order_by(Version.number.desc()).limit(1)
        return db.session.scalar(query)

    def unjoined(self, course: Course, part_id: str) -> Sequence[Version]:
        """The versions aside that nobody joined with the others yet."""
        versions = self.history(course, part_id)
        joined = {one.joined for one in versions}
        return [one for one in versions if one.state == State.ASIDE and one.number not in joined]

    def conflict(self, course: Course, part_id: str, number: int) -> Conflict | None:
        """What is to be decided about a version aside; None when it is none, or is joined already."""
        aside = next((one for one in self.unjoined(course, part_id) if one.number == number), None)
        latest = self.latest(course, part_id)
        if aside is None or latest is None:
            return None
        began = self.begun(course, part_id, aside.began, aside.base)
        return Conflict(number, latest.number, merge(began, aside.source, latest.source))

    def news(self, course: Course, part_id: str) -> Merge | None:
        """What is new in the national text since the last version was made from it; None when nothing is.

        In it, ours is the last version and theirs the national text.
        """
        latest, national = self.latest(course, part_id), self._library().national(course, part_id)
        if latest is None or national is None or not self.is_behind(course, part_id):
            return None
        return merge(latest.base, latest.source, national)

    def is_behind(self, course: Course, part_id: str) -> bool:
        """Is the national text another than the last version was made from?"""
        latest, national = self.latest(course, part_id), self._library().national(course, part_id)
        own = latest is not None and latest.state != State.NATIONAL
        return own and latest is not None and national not in (None, latest.base)

    def base(self, course: Course, part_id: str, latest: Version | None) -> str | None:
        """The national text that the next version is made from."""
        if latest is not None and latest.state != State.NATIONAL:
            return latest.base
        variant = course.variants.get(part_id)
        return variant.base if variant else self._library().national(course, part_id)

    def begun(self, course: Course, part_id: str, number: int, base: str) -> str:
        """The text of a version that somebody began with; of the national text, as it was for the first."""
        if number:
            version = self.version(course, part_id, number)
            return version.source if version else base
        first = self.version(course, part_id, 1)
        return first.base if first else base
