"""Texts of course 1 and how tests of their pages save and read them: each part begins as `NATIONAL`."""

import re
from functools import partial

from tests.support.site import PART, Site, Visitor
from trainer.store.database import transaction
from trainer.store.models import Course, db

NATIONAL = PART.format(number=1)
HERE = "/beheer/trajecten/1/teksten"
PART_1 = f"{HERE}/dagdeel-1"


def greeting(words: str) -> str:
    return NATIONAL.replace("Fijn dat je er bent.", words)


def save(site: Site, source: str, seen: int, who: str = "Ana", course_id: int = 1) -> None:
    with site.app.app_context():
        course = db.session.get_one(Course, course_id)
        transaction(partial(site.host.versions.save, course, "dagdeel-1", source, seen=seen, who=who))


def given(site: Site, course_id: int = 1) -> str | None:
    with site.app.app_context():
        return site.host.library.source(db.session.get_one(Course, course_id), "dagdeel-1")


def states(site: Site, course_id: int = 1) -> list[tuple[int, str, str]]:
    with site.app.app_context():
        history = site.host.versions.history(db.session.get_one(Course, course_id), "dagdeel-1")
        return [(one.number, one.state, one.who) for one in history]


def publish(site: Site, source: str) -> None:
    (site.host.settings.content_dir / "klein" / "dagdeel-1.md").write_text(source, "utf-8")
    site.host.read_curriculum()


def said(page: str) -> list[str]:
    """The messages on a page."""
    return re.findall(r'<p class="notice[^"]*" role="(?:status|alert)">([^<]+)</p>', page)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def followed(visitor: Visitor, path: str, **fields: object) -> str:
    """Sends the form of a page, and returns the page that it leads to."""
    answer = visitor.post(path, **fields)
    assert answer.status_code == 302, answer.text
    return visitor.get(answer.location).text
