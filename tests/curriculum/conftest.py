"""Fixtures that read a curriculum with stand-ins for the kinds."""

import pytest

from tests.curriculum import standins


@pytest.fixture
def read() -> standins.Read:
    return standins.read
