"""The rules are the same on both WebSockets."""

import pytest

from tests.sockets.conftest import Stage


@pytest.fixture
def stage(stage_on_either_websocket: Stage) -> Stage:
    """The rules are the same on both."""
    return stage_on_either_websocket
