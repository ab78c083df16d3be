"""The first part of course 1, as somebody changes it with the forms of its pages."""

import re
from html import unescape

from tests.support.site import PART, Site, Visitor
from trainer.library.versions import Saved
from trainer.store.database import transaction
from trainer.store.models import Course, Version, db

TEXTS = "/beheer/trajecten/1/teksten"
OUTLINE = f"{TEXTS}/dagdeel-1/opbouw"
STEP = f"{TEXTS}/dagdeel-1/onderdeel/{{}}"
WHOLE = f"{TEXTS}/dagdeel-1/tekst"
NATIONAL = PART.format(number=1)


def given(site: Site, course_id: int = 1) -> str:
    """What a meeting would be opened with."""
    with site.app.app_context():
        return site.host.library.source(db.session.get_one(Course, course_id), "dagdeel-1") or ""


def notes(site: Site) -> list[tuple[str, str, str]]:
    with site.app.app_context():
        return [(one.who, one.note, one.state) for one in db.session.query(Version).order_by(Version.number)]


def save(site: Site, source: str, seen: int) -> None:
    """What a colleague saves meanwhile."""
    with site.app.app_context():
        found = db.session.get_one(Course, 1)
        outcome = transaction(
            lambda: site.host.versions.save(found, "dagdeel-1", source, seen=seen, who="Bo")
        )
        assert isinstance(outcome, Saved)


def fields(page: str) -> dict[str, str]:
    """The fields of the form of a step, as a browser would send them."""
    found = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page)
    }
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page)
    return found | {name: unescape(value).replace("\n", "\r\n") for name, value in areas}


def press(visitor: Visitor, path: str, done: str, **typed: str) -> str:
    """Presses a button of a form as it stands there, with other words typed into it. Gives the next page."""
    sent = fields(visitor.get(path).text) | typed | {"doe": done}
    answer = visitor.client.post(path, data=sent, follow_redirects=True)
    assert answer.status_code in (200, 400, 409), answer.status_code
    return answer.text
