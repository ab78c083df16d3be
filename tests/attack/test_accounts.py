"""The quick form of `make attack`: codes, passwords, cookies and links."""

from pathlib import Path

from tests.attack.__main__ import accounts
from tests.support.findings import broken


def test_nobody_comes_in_who_may_not(tmp_path: Path) -> None:
    assert broken(accounts(tmp_path, quick=True)) == []
