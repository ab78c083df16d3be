"""A server with each of the two WebSockets, and one with ours."""

from collections.abc import Iterator

import pytest

from tests.sockets.websocket.echoing import Server, serving


@pytest.fixture(scope="module", params=["fast", "stock"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving(request.param) as found:
        yield found


@pytest.fixture(scope="module")
def fast() -> Iterator[Server]:
    with serving("fast") as found:
        yield found
