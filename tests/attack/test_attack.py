"""The quick form of `make attack`."""

from pathlib import Path

from tests.attack.__main__ import prove


def test_nobody_can_find_out_who_wrote_what(tmp_path: Path) -> None:
    found = [finding for some in prove(tmp_path, quick=True) for finding in some]

    assert [finding for finding in found if not finding.holds] == []
