from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.site import Site


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
