"""What every file of the program and of its tests has in common."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import trainer
from tests.support.sources import PROGRAM, ROOT, TESTS

HOUSE = Path(trainer.__file__).parent
FILES = [path for path in PROGRAM if "migrations" not in path.parts]
ROOMS = sorted(
    path.stem for path in HOUSE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
)
MOST_ROOMS, MOST_LINES, MOST_LINES_A_FUNCTION = 20, 300, 40

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
    )


def is_short_and_says_what_it_is_about(path: Path) -> None:
    text = path.read_text("utf-8")

    assert len(text.splitlines()) <= MOST_LINES
    assert ast.get_docstring(ast.parse(text))


def test_house_has_twenty_rooms_at_most() -> None:
    rooms = [room for room in ROOMS if not room.startswith("__")]

    assert len(rooms) <= MOST_ROOMS, rooms


@every_file
def test_file_is_short_and_says_what_it_is_about(path: Path) -> None:
    is_short_and_says_what_it_is_about(path)


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_of_the_tests_is_short_and_says_what_it_is_about(path: Path) -> None:
    is_short_and_says_what_it_is_about(path)


@every_file
def test_function_is_short(path: Path) -> None:
    long = [
        node.name
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_A_FUNCTION
    ]

    assert long == []
