"""The versions of a part that people saved for a course. Every save makes one, and none is ever changed.

What a course gives is its last sound one. A text with problems is a draft: kept, and not given. When two
people edit at once, the second to save gets both texts in one; or, where both changed the same lines, a
version aside: it is in the list, somebody joins it with the others, and until then nothing of it is given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from trainer.curriculum.limits import MOST_BYTES, MOST_LINES
from trainer.curriculum.merging import Merge, merge
from trainer.curriculum.problems import Problem
from trainer.library.texts import Library
from trainer.store.models import Course, Version, db

LONGEST_NOTE = 200
LONGEST_WHO = 80


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
class Saved:
    """A version was saved. It is given, unless it has `problems`: then it is a draft.

    `merged`: somebody else had saved in between, and the version has the changes of both.
    """

    number: int
    problems: Sequence[Problem] = ()
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was saved: no version can be made of this text at all."""

    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed the same; what was saved is version `number`, aside, until it is joined.

    `merge` has both texts: ours is what was saved now, theirs is version `latest`.
    """

    number: int
    latest: int
    merge: Merge


class Versions:
    """The versions of parts of courses. Every method that saves is to be called inside a transaction."""

    def __init__(self, library: Callable[[], Library], now: Callable[[], datetime]) -> None:
        self._library = library
        self._now = now

    # Reading

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
        began = self._begun(course, part_id, aside.began, aside.base)
        return Conflict(number, latest.number, merge(began, aside.source, latest.source))

    def news(self, course: Course, part_id: str) -> Merge | None:
        """What is new in the national text since the last version was made from it; None when nothing is.

        In it, ours is the last version and theirs the national text.
        """
        latest = self.latest(course, part_id)
        national = self._library().national(course, part_id)
        if latest is None or latest.state == State.NATIONAL or national in (None, latest.base):
            return None
        assert national is not None, "it is in the line above"
        return merge(latest.base, latest.source, national)

    # Saving

    def save(
        self, course: Course, part_id: str, source: str, *, seen: int, who: str, note: str = ""
    ) -> Saved | Refused | Conflict:
        """Saves what somebody made of version `seen`, or of the national text when that is 0."""
        source, latest = tidied(source), self.latest(course, part_id)
        base = self._base(course, part_id, latest)
        if refused := self._refusal(course, part_id, source, base):
            return refused
        written = _Written(source, base or "", who, note, seen)
        if latest is None or latest.number == seen:
            return self._save(course, part_id, written, latest)
        both = merge(self._begun(course, part_id, seen, written.base), source, latest.source)
        if not both.clean:
            aside = self._store(course, part_id, written, State.ASIDE)
            return Conflict(aside.number, latest.number, both)
        saved = self._save(course, part_id, replace(written, source=both.text()), latest)
        return replace(saved, merged=both.mixed)

    def join(
        self, course: Course, part_id: str, aside: int, source: str, *, seen: int, who: str
    ) -> Saved | Refused | Conflict:
        """Saves the text in which version `aside` was joined with version `seen`.

        When there is a newer one than `seen`, that may be another Conflict, about a version of its own.
        """
        outcome = self.save(
            course, part_id, source, seen=seen, who=who, note=f"Samengevoegd met versie {aside}"
        )
        if isinstance(outcome, Refused):
            return outcome
        made = self.version(course, part_id, outcome.number)
        if made is not None and made.joined is None:
            made.joined = aside
        return outcome

    def update(
        self, course: Course, part_id: str, source: str, *, national: str, seen: int, who: str
    ) -> Saved | Refused | None:
        """Saves what was made of version `seen` and a newer `national` text, which is its base from now on.

        None when either is not the last one any more: there is something new to decide.
        """
        source, latest = tidied(source), self.latest(course, part_id)
        if refused := self._refusal(course, part_id, source, national):
            return refused
        if latest is None or latest.number != seen or self._library().national(course, part_id) != national:
            return None
        note = "Nieuwe landelijke tekst bekeken"
        return self._save(course, part_id, _Written(source, national, who, note, seen), latest)

    def restore(self, course: Course, part_id: str, number: int, *, who: str) -> Saved | None:
        """Makes a new version that is as version `number` was; None when there is none."""
        old, latest = self.version(course, part_id, number), self.latest(course, part_id)
        if old is None or latest is None:
            return None
        note = f"Teruggezet: versie {number}"
        saved = self._give(course, part_id, _Written(old.source, old.base, who, note, latest.number))
        if old.state == State.ASIDE:
            db.session.get_one(Version, (course.id, part_id, saved.number)).joined = number
        return saved

    def to_national(self, course: Course, part_id: str, *, who: str) -> Saved | None:
        """Lets a course give the national text again, and follow it; its versions stay. None without one."""
        national, latest = self._library().national(course, part_id), self.latest(course, part_id)
        if national is None or latest is None:
            return None
        if latest.state == State.NATIONAL:
            return Saved(latest.number)
        written = _Written(national, national, who, "Terug naar de landelijke tekst", latest.number)
        course.variants.pop(part_id, None)
        return Saved(self._store(course, part_id, written, State.NATIONAL).number)

    def _save(self, course: Course, part_id: str, written: "_Written", latest: Version | None) -> Saved:
        """Saves a version after `latest`, unless it would be the same."""
        own = latest is not None and latest.state != State.NATIONAL
        if latest is not None and own:
            same = (latest.source, latest.base) == (written.source, written.base)
        else:
            same = written.source == tidied(written.base) and part_id not in course.variants
        if same:
            number = latest.number if latest else 0
            return Saved(number, self._library().check(course, part_id, written.source))
        return self._give(course, part_id, written)

    def _give(self, course: Course, part_id: str, written: "_Written") -> Saved:
        problems = self._library().check(course, part_id, written.source)
        row = self._store(course, part_id, written, State.DRAFT if problems else State.GIVEN)
        self._library().keep(course, part_id, written.source, base=written.base, number=row.number)
        return Saved(row.number, problems)

    def _store(self, course: Course, part_id: str, written: "_Written", state: State) -> Version:
        query = select(func.max(Version.number)).where(
            Version.course_id == course.id, Version.part == part_id
        )
        row = Version(
            course_id=course.id,
            part=part_id,
            number=(db.session.scalar(query) or 0) + 1,
            base=written.base,
            source=written.source,
            who=written.who[:LONGEST_WHO],
            made=self._now().strftime("%Y-%m-%d %H:%M"),
            note=written.note[:LONGEST_NOTE],
            state=state,
            began=written.began,
        )
        db.session.add(row)
        db.session.flush()
        return row

    def _base(self, course: Course, part_id: str, latest: Version | None) -> str | None:
        """The national text that the next version is made from."""
        if latest is not None and latest.state != State.NATIONAL:
            return latest.base
        variant = course.variants.get(part_id)
        return variant.base if variant else self._library().national(course, part_id)

    def _begun(self, course: Course, part_id: str, number: int, base: str) -> str:
        """The text of a version that somebody began with; of the national text, as it was for the first."""
        if number:
            version = self.version(course, part_id, number)
            return version.source if version else base
        first = self.version(course, part_id, 1)
        return first.base if first else base

    def _refusal(self, course: Course, part_id: str, source: str, base: str | None) -> Refused | None:
        path = f"traject-{course.id}/{part_id}.md"
        if base is None:
            return Refused([Problem(path, 1, "dit deel heeft geen landelijke tekst", "variant.no-base")])
        # Anything else that is wrong makes a draft; merging one of this size would take too long.
        if len(source.encode()) > MOST_BYTES or source.count("\n") > MOST_LINES:
            return Refused(self._library().check(course, part_id, source))
        return None


@dataclass(frozen=True, slots=True)
class _Written:
    """What is to be a version: its text, the national one that it is made from, and whose it is."""

    source: str
    base: str
    who: str
    note: str
    began: int


def tidied(source: str) -> str:
    """A text as it is stored: browsers end lines in two characters, and every text ends with one line end.

    What no file can hold is replaced, which shows as a problem.
    """
    plain = source.encode(errors="replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    return plain.rstrip("\n") + "\n"
