"""The quick form of `make attack`: whatever somebody types."""

from pathlib import Path

from tests.attack.__main__ import texts
from tests.support.findings import broken


def test_no_text_breaks_a_page_or_an_export(tmp_path: Path) -> None:
    assert broken(texts(tmp_path, quick=True)) == []
