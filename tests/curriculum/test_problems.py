"""Every bad input in `specs/`, with exactly the problems that an author gets to see.

A spec is a name, a line with a point, the file, a line with a point, and the problems up to an empty line.
"""

import re
from pathlib import Path

import pytest

from tests.curriculum.standins import Read

SPECS = Path(__file__).parent / "specs"


def cases() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted(SPECS.glob("*.md")):
        pieces = re.split(r"^\.\n", path.read_text("utf-8"), flags=re.MULTILINE)
        # name, input, problems and the next name, input, ...
        name = pieces[0].strip()
        for source, after in zip(pieces[1::2], pieces[2::2], strict=True):
            problems, _, following = after.partition("\n\n")
            found.append((f"{path.stem}: {name}", source, problems.strip()))
            name = following.strip()
    return found


@pytest.mark.parametrize(("name", "source", "expected"), cases(), ids=[case[0] for case in cases()])
def test_problems_of_bad_input(read: Read, name: str, source: str, expected: str) -> None:
    part, problems = read(source)

    assert problems == expected.splitlines()
    assert part is None
