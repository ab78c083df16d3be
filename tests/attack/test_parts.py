"""Every part of `make attack` is tried by `make test` too."""

from pathlib import Path

from tests.attack.__main__ import PARTS

HERE = Path(__file__).parent
# Its quick forms are in tests/browser.
ELSEWHERE = {"browsers"}


def test_every_part_has_a_quick_form() -> None:
    tested = {path.stem.removeprefix("test_") for path in HERE.glob("test_*.py")}

    assert {part.__name__ for part in PARTS} - tested == ELSEWHERE
