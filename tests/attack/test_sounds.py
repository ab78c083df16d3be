"""The quick form of `make attack`: all that a phone can do, on the network."""

from pathlib import Path

from tests.attack.__main__ import sounds
from tests.support.findings import broken


def test_all_that_a_phone_can_do_sounds_alike(tmp_path: Path) -> None:
    assert broken(sounds(tmp_path, quick=True)) == []
