"""A site with empty tables, and people who look at its pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.clocks import Clock
from tests.support.courses import make_course
from tests.support.hall import Hall
from tests.support.site import Site, Visitor


@pytest.fixture(scope="session")
def prepared_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with empty tables."""
    folder = tmp_path_factory.mktemp("site")
    Site(folder).stop()
    return folder


@pytest.fixture
def site(tmp_path: Path, prepared_site: Path) -> Iterator[Site]:
    site = Site(tmp_path, prepared_site)
    yield site
    site.stop()


@pytest.fixture
def organiser(site: Site) -> Visitor:
    return site.logged_in("olga", is_organiser=True)


@pytest.fixture
def gonda(site: Site, organiser: Visitor) -> Visitor:
    """Gonda, account 2, organises in Gouda, where Sam, account 3, trains; Olga, account 1, is national."""
    visitor = site.logged_in("gonda", is_organiser=True, location_id=site.location("Gouda"))
    make_course(visitor)
    site.logged_in("sam").post(site.invitation(course_id=1))
    return visitor


@pytest.fixture
def course(site: Site, organiser: Visitor) -> list[str]:
    """The ids of the two meetings of a new course."""
    make_course(organiser)
    return [meeting.id for meeting in site.meetings()]


@pytest.fixture
def still(still_hall: Hall) -> FlaskClient:
    """A browser for looking around in a meeting that nothing happens to."""
    return still_hall.app.test_client()


@pytest.fixture
def browser(hall: Hall) -> FlaskClient:
    return hall.app.test_client()


@pytest.fixture
def clock() -> Clock:
    return Clock()
