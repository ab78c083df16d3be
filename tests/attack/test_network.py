"""The quick form of `make attack`: sizes and times, beside the screen."""

from pathlib import Path

from tests.attack.__main__ import network
from tests.support.findings import broken


def test_network_does_not_tell_who_wrote_what(tmp_path: Path) -> None:
    assert broken(network(tmp_path, quick=True)) == []
