"""What every file of the program, its scripts and its tests has in common."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import trainer
from tests.support.sources import PROGRAM, ROOT, SCRIPTS, TESTS
from trainer import kinds

HOUSE = Path(trainer.__file__).parent
FILES = [path for path in PROGRAM if "migrations" not in path.parts]
ROOMS = sorted(
    path.stem for path in HOUSE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
)
BEFORE = (tokenize.COMMENT, tokenize.NL)
# A kind's own folder begins with the kind.
PACKAGES = [path for path in HOUSE.glob("*/**/__init__.py") if path.parent.parent.name != "kinds"]
KINDS = [(name, kinds.path(kind).name) for name, kind in kinds.discover().items()]
OUTSIDE = [
    path
    for folder in ("trainer", "static/js", "static/css", "templates")
    for path in (ROOT / folder).rglob("*.*")
    if path.suffix in (".py", ".js", ".css", ".html") and not path.is_relative_to(HOUSE / "kinds")
]
# The kind of a step that names none; and words that are also what something else is called.
NO_KINDS = {
    ("trainer/curriculum/part.py", '"uitleg"'),
    ("trainer/exports/harvest.py", '"evaluatie"'),
    ("trainer/exports/papers.py", '"werkblad"'),
    ("trainer/live/ready.py", "'werkblad'"),
    ("trainer/web/reports/comparing.py", '"evaluatie"'),
    ("templates/organiser/comparison.html", '"evaluatie"'),
}
# 'For who ...' is Dutch word for word; the others are what a reviewer stumbled over.
STUMBLES = re.compile(r"\b(?:for|by) who (?!in\b)|told saved|lets go of the interpreter")
MOST_ROOMS, MOST_LINES, MOST_LINES_A_FUNCTION = 20, 300, 40


def begins_with_words(path: Path) -> bool:
    """Is the first of the file, after comments, a text?"""
    with tokenize.open(path) as file:
        tokens = tokenize.generate_tokens(file.readline)
        return next(each for each in tokens if each.type not in BEFORE).type == tokenize.STRING


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > MOST_LINES_A_FUNCTION:
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {lines} lines"


def test_house_has_twenty_rooms_at_most() -> None:
    rooms = [room for room in ROOMS if not room.startswith("__")]

    assert len(rooms) <= MOST_ROOMS, rooms


def test_every_room_says_what_lives_there_and_what_may_be_touched() -> None:
    said = {path: ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "" for path in PACKAGES}

    assert [str(path) for path, text in said.items() if len(re.findall(r"\.(?:\s|$)", text)) < 2] == []


def test_no_kind_is_named_outside_its_room() -> None:
    named = re.compile(
        "|".join(rf"kinds[./]{folder}\b|\bk-{name}\b|[\"']{name}[\"']" for name, folder in KINDS)
    )
    found = {
        (str(path.relative_to(ROOT)), match[0])
        for path in OUTSIDE
        for match in named.finditer(path.read_text("utf-8"))
    }

    assert found - NO_KINDS == set()


def test_english_is_what_a_native_reader_expects() -> None:
    texts = [*FILES, *SCRIPTS, *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "decisions").glob("*.md")]
    found = {
        (str(path.relative_to(ROOT)), match[0])
        for path in texts
        for match in STUMBLES.finditer(path.read_text("utf-8"))
    }

    assert found == set()


def test_every_file_is_short() -> None:
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in [*FILES, *SCRIPTS, *TESTS]
    }

    assert {path: number for path, number in lines.items() if number > MOST_LINES} == {}


def test_every_file_says_what_it_is_about() -> None:
    assert [str(path) for path in [*FILES, *TESTS] if not begins_with_words(path)] == []


def test_every_function_of_the_program_is_short() -> None:
    assert [long for path in FILES for long in long_functions(path)] == []


def test_a_page_is_never_measured_before_it_is_drawn_in_its_size() -> None:
    """`looks.resize` waits for it; a size that is set in another way is measured too soon now and then."""
    setters = [path.name for path in TESTS if "." + "set_viewport_size(" in path.read_text("utf-8")]

    assert setters == ["looks.py"]
