"""A course, and the versions that people save of its first part."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.desk import Desk
from tests.support.site import Site
from trainer.store.database import transaction
from trainer.store.models import Course, db


@pytest.fixture(scope="session")
def prepared_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with a course and nothing else."""
    folder = tmp_path_factory.mktemp("desk")
    site = Site(folder)
    with site.app.app_context():
        transaction(lambda: db.session.add(Course(title="Oost", programme="klein", place="Gouda")))
    site.stop()
    return folder


@pytest.fixture
def desk(tmp_path: Path, prepared_desk: Path) -> Iterator[Desk]:
    site = Site(tmp_path, prepared_desk)
    with site.app.app_context():
        yield Desk(site)
    site.stop()
