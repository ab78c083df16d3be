"""The texts of programmes and of courses, and which of the two a course gives."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

from trainer.curriculum.checks import Images
from trainer.curriculum.files import Missing, Unfit, read_inside
from trainer.curriculum.limits import MOST_BYTES
from trainer.curriculum.model import Part, Programme
from trainer.curriculum.parse import Interpret, base_of, images_of, read_library, read_part
from trainer.curriculum.problems import Problem, Problems
from trainer.plans.form import load_form
from trainer.store.models import Course, Meeting, Variant

# Texts of which the part is remembered: pages that list meetings ask for the same ones each time.
REMEMBERED = 128


class Library:
    """The programmes in a folder, as they were when it was made, and what courses give of them.

    `plan` is the form of the plan van aanpak in that folder; None when there is none, or it has a problem.

    A course's own version of a part passes the same checks as a file. One that does not is not stored
    (`keep`); one that was stored and no longer passes, because an image or a setting is gone, is not given:
    the group gets the national text, and `flaws` says why.
    """

    def __init__(self, content: Path, interpret: Interpret) -> None:
        self.programmes, self.problems = read_library(content, interpret)
        self.plan, flaws = load_form(content)
        self.problems += flaws
        self._content = content
        self._interpret = interpret
        self._read = lru_cache(REMEMBERED)(self._parse)

    def programme(self, programme_id: str) -> Programme | None:
        """A national programme; None when it is not there or has a problem."""
        return self.programmes.get(programme_id)

    def part(self, course: Course, part_id: str) -> Part | None:
        """What a course gives as a part; None when its programme is not offered, or has no such part."""
        programme = self.programme(course.programme)
        if programme is None:
            return None
        national = next((part for part in programme.parts if part.id == part_id), None)
        return self._own(course, part_id)[0] or national

    def parts(self, course: Course) -> Sequence[Part]:
        """All that a course can give, in the order of its programme."""
        programme = self.programme(course.programme)
        found = (self.part(course, part.id) for part in programme.parts) if programme else ()
        return [part for part in found if part]

    def source(self, course: Course, part_id: str) -> str | None:
        """The Markdown of that part, for a meeting to keep.

        None when there is no such part, or when its file has changed since and can no longer be read.
        """
        if self.part(course, part_id) is None:
            return None
        if self._own(course, part_id)[0] is not None:
            return course.variants[part_id].source
        return self.national(course, part_id)

    def national(self, course: Course, part_id: str) -> str | None:
        """The Markdown of a national part as its file is now; None when it has a problem.

        Its lines end as those of a text that somebody saved in a browser.
        """
        try:
            names = (course.programme, f"{part_id}.md")
            source = read_inside(self._content, names, MOST_BYTES).decode("utf-8-sig")
        except (Missing, Unfit, UnicodeDecodeError):
            return None
        source = source.replace("\r\n", "\n").replace("\r", "\n")
        return source if self.stored(source, course.programme, part_id)[0] else None

    def given(self, meeting: Meeting) -> Part | None:
        """What a meeting gives: the text it was opened with, and before that the text of its course."""
        programme, part_id = meeting.course.programme, meeting.part
        opened = meeting.source and self.stored(meeting.source, programme, part_id)[0]
        return opened or self.part(meeting.course, part_id)

    def stored(self, source: str, programme: str, part_id: str) -> tuple[Part | None, Sequence[Problem]]:
        """The part in the text that a meeting was opened with, or None; and what is wrong with it.

        Its images are not checked: a meeting goes on without one that was removed since.
        """
        return self._read(source, programme, f"{programme}/{part_id}.md", None)

    def keep(
        self, course: Course, part_id: str, source: str, *, base: str | None = None, number: int = 0
    ) -> Sequence[Problem]:
        """Makes `source` what the course gives as a part, unless it has problems: returns those.

        The national text that it was made from is kept beside it, so that later changes of both can be told
        apart: `base`, or what was kept before, or the national text of this moment. `number` is that of the
        version: see `versions.py`, which keeps what somebody saved in any case. Call it inside a transaction.
        """
        problems = self.check(course, part_id, source)
        if problems:
            return problems
        variant = course.variants.get(part_id)
        base = base or (variant.base if variant else self.national(course, part_id))
        if base is None:
            path = _shown(course, part_id)
            return (Problem(path, 1, "dit deel heeft geen landelijke tekst", "variant.no-base"),)
        if variant is None:
            variant = course.variants[part_id] = Variant(part=part_id)
        variant.base, variant.source, variant.number = base, source, number
        return ()

    def check(
        self, course: Course, part_id: str, source: str, *, more: frozenset[str] = frozenset()
    ) -> Sequence[Problem]:
        """What is wrong with a text as a course's own version of a part; `more` are pictures to be added."""
        return tuple(self._checked(course, part_id, source, more)[1])

    def has_image(self, course: Course, name: str) -> bool:
        """May a text of this course show this image: is it one of its programme, or of its own?"""
        try:
            self._images(course.programme, _names(course))(name)
        except (Missing, Unfit):
            return False
        return True

    def flaws(self, course: Course) -> Sequence[Problem]:
        """Why the course's own versions of parts are not given, if any are not."""
        return [flaw for part_id in sorted(course.variants) for flaw in self._own(course, part_id)[1]]

    def _own(self, course: Course, part_id: str) -> tuple[Part | None, Sequence[Problem]]:
        variant = course.variants.get(part_id)
        if variant is None:
            return None, ()
        return self._checked(course, part_id, variant.source)

    def _checked(
        self, course: Course, part_id: str, source: str, more: frozenset[str] = frozenset()
    ) -> tuple[Part | None, Sequence[Problem]]:
        return self._read(source, course.programme, _shown(course, part_id), _names(course) | more)

    def _images(self, programme: str, own: Collection[str]) -> Images:
        """A check for images: those beside the parts of a programme, and a course's `own`."""
        national = images_of(self._content, programme)

        def check(name: str) -> None:
            if name not in own:
                national(name)

        return check

    def _parse(
        self, source: str, programme: str, path: str, own: frozenset[str] | None
    ) -> tuple[Part | None, Sequence[Problem]]:
        problems = Problems()
        # Whatever is stored: one damaged row must not keep a whole list from being shown.
        data = str(source).encode(errors="replace")
        images = self._images(programme, own) if own is not None else None
        part = read_part(data, path, self._interpret, problems, base=base_of(programme), images=images)
        return part, problems.sorted()


def _shown(course: Course, part_id: str) -> str:
    """How problems name a course's own version of a part."""
    return f"traject-{course.id}/{part_id}.md"


def _names(course: Course) -> frozenset[str]:
    """The names of the pictures of a course."""
    return frozenset(picture.name for picture in course.pictures)
