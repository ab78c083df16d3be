"""A server with a kind that works with the notebook, and one with those that Kwartier has."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import House, Sitting
from tests.support.samples import write_samples
from tests.support.schrift import SchriftServer
from tests.support.server import RunningServer
from tests.support.sources import ROOT


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SchriftServer]:
    server = SchriftServer(tmp_path_factory.mktemp("schrift"), POST_RATE="100", POST_BURST="1000")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="package")
def opened_house(server: SchriftServer, browser: Browser) -> House:
    return House(server, browser)


@pytest.fixture
def sitting(house: House) -> Sitting:
    return house.sitting("schrift")


@pytest.fixture(scope="package")
def samples(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    """A house in which each kind's sample is a programme, and the training is one."""
    content = write_samples(tmp_path_factory.mktemp("content"))
    shutil.copytree(ROOT / "content" / "training", content / "training")
    server = RunningServer(tmp_path_factory.mktemp("server"), CONTENT_DIR=str(content)).start()
    yield House(server, browser)
    server.stop()
