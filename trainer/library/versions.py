"""The versions of a part that people saved for a course. Every save makes one, and none is ever changed.

What a course gives is its last sound one. A text with problems is a draft: kept, and not given. When two
people edit at once, the second to save gets both texts in one; or, where both changed the same lines, a
version aside: it is in the list, somebody joins it with the others, and until then nothing of it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select, update

from trainer.curriculum.limits import MOST_BYTES, MOST_LINES
from trainer.curriculum.merging import merge
from trainer.curriculum.problems import Problem
from trainer.library.folders import origin_of
from trainer.library.history import Conflict, History, Opened, State
from trainer.library.pictures import give_pictures
from trainer.store.models import Course, Version, db

__all__ = ["Conflict", "Opened", "Refused", "Saved", "State", "Versions", "tidied"]

LONGEST_NOTE = 200
LONGEST_WHO = 80


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


class Versions(History):
    """Reads and saves them; every method that saves is to be called inside a transaction."""

    def save(
        self, course: Course, part_id: str, source: str, *, seen: int, who: str, note: str = ""
    ) -> Saved | Refused | Conflict:
        """Saves what somebody made of version `seen`, or of the national text when that is 0."""
        self._wait_for_others(course)
        source, latest = tidied(source), self.latest(course, part_id)
        base = self.base(course, part_id, latest)
        if refused := self._refusal(course, part_id, source, base):
            return refused
        written = _Written(source, base or "", who, note, seen)
        if latest is None or latest.number == seen:
            return self._save(course, part_id, written, latest)
        both = merge(self.begun(course, part_id, seen, written.base), source, latest.source)
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
        note = f"Samengevoegd met versie {aside}"
        outcome = self.save(course, part_id, source, seen=seen, who=who, note=note)
        if isinstance(outcome, Refused):
            return outcome
        made = self.version(course, part_id, outcome.number)
        if made is None or made.number < aside or made.joined is not None:
            # Nothing had to change for it; a version of its own says that it was looked at.
            outcome = self._again(course, part_id, who, note)
            made = self.version(course, part_id, outcome.number)
        if made is not None:
            made.joined = aside
        return outcome

    def update(
        self, course: Course, part_id: str, source: str, *, national: str, seen: int, who: str
    ) -> Saved | Refused | None:
        """Saves what was made of version `seen` and a newer `national` text, which is its base from now on.

        None when either is not the last one any more: there is something new to decide.
        """
        self._wait_for_others(course)
        source, latest = tidied(source), self.latest(course, part_id)
        if refused := self._refusal(course, part_id, source, national):
            return refused
        if latest is None or latest.number != seen or self._library().national(course, part_id) != national:
            return None
        note = "Nieuwe landelijke tekst bekeken"
        return self._save(course, part_id, _Written(source, national, who, note, seen), latest)

    def restore(self, course: Course, part_id: str, number: int, *, who: str) -> Saved | None:
        """Makes a new version that is as version `number` was; None when there is none."""
        self._wait_for_others(course)
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
        self._wait_for_others(course)
        national, latest = self._library().national(course, part_id), self.latest(course, part_id)
        if national is None or latest is None:
            return None
        if latest.state == State.NATIONAL:
            return Saved(latest.number)
        written = _Written(national, national, who, "Terug naar de landelijke tekst", latest.number)
        course.variants.pop(part_id, None)
        return Saved(self._store(course, part_id, written, State.NATIONAL).number)

    def share(self, course: Course, part_id: str, target: Course, *, who: str) -> Saved | None:
        """Makes what a course gives of a part a new version of another; None when it has no text of its own.

        Both courses follow the same programme. What the other had is still among its versions.
        """
        self._wait_for_others(target)
        own, latest = course.variants.get(part_id), self.latest(target, part_id)
        if own is None or target.programme != course.programme:
            return None
        give_pictures(course, target, own.source)
        note = f"Overgenomen van '{course.title}', versie {own.number}"
        began = latest.number if latest else 0
        return self._save(target, part_id, _Written(own.source, own.base, who, note, began), latest)

    def began_with(self, course: Course, part_id: str, origin: str) -> int:
        """The version that somebody began with, by what `folders.origin_of` says of its text.

        0 for the national text, and the last version when it was none of them.
        """
        versions = self.history(course, part_id)
        for version in versions:
            if origin_of(version.source) == origin:
                return version.number
        if versions and origin_of(versions[-1].base) == origin:
            return 0
        latest = self.latest(course, part_id)
        return latest.number if latest else 0

    def _wait_for_others(self, course: Course) -> None:
        """Takes the database for this transaction, and forgets what was read before others were done."""
        # SQLite takes it for what writes; this writes nothing new.
        statement = update(Course).where(Course.id == course.id).values(archived=Course.archived)
        db.session.execute(statement, execution_options={"synchronize_session": False})
        db.session.expire_all()

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

    def _again(self, course: Course, part_id: str, who: str, note: str) -> Saved:
        """Saves the last version once more."""
        latest = self.latest(course, part_id)
        assert latest is not None, "there is one that was joined with"
        written = _Written(latest.source, latest.base, who, note, latest.number)
        if latest.state == State.NATIONAL:
            return Saved(self._store(course, part_id, written, State.NATIONAL).number)
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
