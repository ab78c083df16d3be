"""Where people edit the first part of course 1."""

from collections.abc import Callable
from typing import TypeVar

from tests.support.site import PART, Site
from trainer.library.versions import Conflict, Refused, Saved, Versions
from trainer.store.database import transaction
from trainer.store.models import Course, db

NATIONAL = PART.format(number=1)
GREETING = "Fijn dat je er bent."
FAULTY = NATIONAL.replace("werkvorm=evaluatie", "werkvorm=evaluati")
Result = TypeVar("Result")


def greeting(words: str, source: str = NATIONAL) -> str:
    """A text that greets with other words."""
    return source.replace(GREETING, words)


class Desk:
    """Saves and reads, each in a transaction of its own."""

    part = "dagdeel-1"

    def __init__(self, site: Site) -> None:
        self.site = site

    @property
    def versions(self) -> Versions:
        return self.site.host.versions

    @property
    def course(self) -> Course:
        return db.session.get_one(Course, 1)

    def do(self, work: Callable[[], Result]) -> Result:
        result = transaction(work)
        db.session.expire_all()
        return result

    def save(self, source: str, seen: int, who: str = "Ana", note: str = "") -> Saved | Refused | Conflict:
        return self.do(
            lambda: self.versions.save(self.course, self.part, source, seen=seen, who=who, note=note)
        )

    def restore(self, number: int) -> Saved | None:
        return self.do(lambda: self.versions.restore(self.course, self.part, number, who="Bo"))

    def to_national(self) -> Saved | None:
        return self.do(lambda: self.versions.to_national(self.course, self.part, who="Bo"))

    def opened(self) -> tuple[int, str]:
        found = self.versions.opened(self.course, self.part)
        assert found is not None
        return found.number, found.source

    def given(self) -> str | None:
        """The text that a meeting would be opened with."""
        return self.site.host.library.source(self.course, self.part)

    def states(self) -> list[tuple[int, str]]:
        return [(one.number, one.state) for one in self.versions.history(self.course, self.part)]

    def texts(self) -> list[str]:
        return [one.source for one in self.versions.history(self.course, self.part)]

    def publish(self, source: str) -> None:
        """A newer national text."""
        path = self.site.host.settings.content_dir / "klein" / f"{self.part}.md"
        path.write_text(source, "utf-8")
        self.site.host.read_curriculum()
