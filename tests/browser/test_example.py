"""The kind that is worked out in `docs/adding-a-kind.md`, added to a copy, is for everybody as it stands."""

from pathlib import Path

from tests.support.example import NAME, copy_with_example, run


def test_everybody_can_take_part_in_the_worked_example(tmp_path: Path) -> None:
    copied = copy_with_example(tmp_path)

    visit = "tests/browser/test_every_kind.py"
    printed = run(copied, "pytest", "-q", "-p", "no:cacheprovider", "-k", NAME, visit)

    assert "1 passed" in printed
