"""A server with a kind that works with the notebook, and one with those that Kwartier has."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import House, Sitting
from tests.support.schrift import SchriftServer


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
