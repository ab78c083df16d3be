"""The quick form of `make attack`: one machine that makes phones."""

from pathlib import Path

from tests.attack.__main__ import crowd
from tests.support.findings import broken


def test_one_machine_is_no_crowd(tmp_path: Path) -> None:
    assert broken(crowd(tmp_path, quick=True)) == []
