"""What `python -m trainer check` says of the texts that courses have of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.curriculum.problems import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """The problems of local texts that are not given because of them, every line that is told, and why
    nothing could be checked."""

    problems: Sequence[Problem] = ()
    told: Sequence[str] = ()
    unchecked: str = ""


def check() -> Found:
    """Checks the local texts in the database of this installation; nothing where there is none.

    What people should look at is told too, and is no problem: a national text that is newer, and versions
    that were saved at once and not joined yet.
    """
    from trainer.config import database_url
    from trainer.operating.upkeep import open_app
    from trainer.store.aside import database_file
    from trainer.store.health import DatabaseUnusable, require

    try:
        # Before anything makes folders for a database that nobody has.
        require(database_file(database_url()))
    except DatabaseUnusable:
        return Found()
    try:
        app = open_app()
    except DatabaseUnusable as error:
        return Found(unchecked=str(error))
    with app.app_context():
        return _of_courses(app.extensions["kwartier"])


def _of_courses(host: object) -> Found:
    from sqlalchemy import select

    from trainer.meetings.host import Host
    from trainer.store.models import Course, db

    assert isinstance(host, Host)
    problems: list[Problem] = []
    told: list[str] = []
    for course in db.session.scalars(select(Course).order_by(Course.id)):
        found = host.library.flaws(course)
        problems += found
        told += map(str, found)
        for part_id in sorted(course.variants):
            if host.versions.is_behind(course, part_id):
                told.append(f"traject-{course.id}/{part_id}.md: er is een nieuwe landelijke tekst")
        for part_id in host.versions.parts(course):
            for version in host.versions.unjoined(course, part_id):
                told.append(
                    f"traject-{course.id}/{part_id}.md: versie {version.number} is nog niet samengevoegd"
                )
    return Found(problems, told)
