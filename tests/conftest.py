"""What every test may use. A test that needs the whole application gets one of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.klein import Desk, Hall

# Thoroughly, after a change in what the properties are about: pytest --hypothesis-profile=thorough
settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.load_profile("quick")


@pytest.fixture
def desk() -> Desk:
    """A meeting in its lobby, at the planned time, without a database."""
    return Desk()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with its tables and its sample course."""
    folder = tmp_path_factory.mktemp("prepared")
    Hall(folder).stop()
    return folder


@pytest.fixture(scope="session")
def still_hall(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Hall]:
    """The same, shared: for tests that only look."""
    hall = Hall(tmp_path_factory.mktemp("still"), prepared)
    yield hall
    hall.stop()


@pytest.fixture
def hall(tmp_path: Path, prepared: Path) -> Iterator[Hall]:
    """A meeting in its lobby, with a real database."""
    hall = Hall(tmp_path, prepared)
    yield hall
    hall.stop()
