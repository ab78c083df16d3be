"""What must be in the folder of every kind, so that nothing that is forgotten goes unseen."""

from pathlib import Path

from tests.kinds.contract_support import every_kind
from tests.support.samples import write_sample
from trainer import kinds
from trainer.curriculum.parse import read_library

NEEDED = (
    "__init__.py",
    "sample.md",
    "begeleiding.md",
    "phone.html",
    "screen.html",
    "print.html",
    "style.css",
)


@every_kind
def test_folder_has_every_file_that_is_needed(name: str) -> None:
    folder = kinds.path(kinds.discover()[name])
    missing = [file for file in NEEDED if not (folder / file).exists()]
    assert missing == [], f"add to {folder.name}: see 'The folder' in docs/adding-a-kind.md"


@every_kind
def test_sample_is_a_programme_with_all_its_pictures(name: str, tmp_path: Path) -> None:
    _, problems = read_library(write_sample(tmp_path, kinds.discover()[name]), kinds.interpret)
    assert problems == []


@every_kind
def test_kind_that_shows_its_notes_itself_does_so_for_who_prepares_it(name: str) -> None:
    kind = kinds.discover()[name]
    is_there = (kinds.path(kind) / "read.html").exists()
    assert is_there or not kind.shows_notes, "its notes would be nowhere on 'Voorbereiden': add read.html"


@every_kind
def test_kind_with_a_form_takes_posts(name: str) -> None:
    # Without it nothing that a phone may send is tried by the other tests.
    kind = kinds.discover()[name]
    forms = [path.name for path in _private_fragments(kinds.path(kind)) if "<form" in path.read_text("utf-8")]
    assert forms == [] or kind.takes_posts, f"say 'takes_posts = True' in the class: {forms} has a form"


def _private_fragments(folder: Path) -> list[Path]:
    """The fragments with which somebody sends something."""
    return [path for path in sorted(folder.glob("*.html")) if path.stem in ("form", "own", "enter")]
