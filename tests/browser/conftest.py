"""A server and a browser for all tests here; every test fails when a page asked a third party for anything,
broke the Content Security Policy or threw an error."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.people import House, Sitting, chromium
from tests.support.server import ROOT, RunningServer


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real training, and the small programme that has every kind with posts."""
    folder = tmp_path_factory.mktemp("content")
    shutil.copytree(ROOT / "content" / "training", folder / "training")
    shutil.copytree(ROOT / "tests" / "programmes" / "klein", folder / "klein")
    return folder


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory, content: Path) -> Iterator[RunningServer]:
    # One trainer has many pages here, and presses faster than people do.
    settings = {"CONTENT_DIR": str(content), "POST_RATE": "100", "POST_BURST": "1000"}
    server = RunningServer(tmp_path_factory.mktemp("server"), **settings).start()
    yield server
    server.stop()


@pytest.fixture(scope="package")
def opened_house(server: RunningServer, browser: Browser) -> House:
    """One house for all tests: a meeting of its own keeps a test apart from the others."""
    return House(server, browser)


@pytest.fixture
def house(opened_house: House) -> Iterator[House]:
    with opened_house.visit() as house:
        yield house


@pytest.fixture
def sitting(house: House) -> Sitting:
    """The small programme, opened for this test alone."""
    return house.sitting()
