"""The quick form of `make attack`: files, disks and backups."""

from pathlib import Path

from tests.attack.__main__ import files
from tests.support.findings import broken


def test_no_file_tells_who_wrote_what(tmp_path: Path) -> None:
    assert broken(files(tmp_path, quick=True)) == []
