"""Every test here has course 1, and an organiser who changes its texts."""

import pytest


@pytest.fixture(autouse=True)
def planned(course: list[str]) -> list[str]:
    """The ids of the meetings of course 1."""
    return course
