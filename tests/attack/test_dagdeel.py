"""The quick form of `make attack`: a whole dagdeel."""

from pathlib import Path

from tests.attack.__main__ import dagdeel
from tests.support.findings import broken


def test_dagdeel_tells_nobody_who_wrote_what(tmp_path: Path) -> None:
    assert broken(dagdeel(tmp_path, quick=True)) == []
