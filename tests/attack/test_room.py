"""The quick form of `make attack`: what somebody in the room sees."""

from pathlib import Path

from tests.attack.__main__ import room
from tests.support.findings import broken


def test_nobody_in_the_room_learns_who_wrote_what(tmp_path: Path) -> None:
    assert broken(room(tmp_path, quick=True)) == []
