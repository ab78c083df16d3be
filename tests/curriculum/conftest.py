"""Fixtures that read a curriculum with stand-ins for the kinds."""

from pathlib import Path

import pytest

from tests.curriculum import standins
from tests.curriculum.workshop import HANDOUT, INDEX, PART, write


@pytest.fixture
def read() -> standins.Read:
    return standins.read


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one good programme."""
    write(tmp_path / "workshop", "programma.md", INDEX)
    write(tmp_path / "workshop", "deel.md", PART)
    write(tmp_path / "workshop", "bijlagen/leeslijst.md", HANDOUT)
    (tmp_path / "workshop" / "plaat.png").write_bytes(b"png")
    return tmp_path
