"""Somebody who adds a kind and forgets something reads what to do: tried on the worked example."""

from pathlib import Path

import pytest

from tests.support.example import NAME, attempt, copy_with_example

TESTS = (
    "tests/kinds/test_contract_folder.py",
    "tests/kinds/test_contract_seen.py::test_nothing_posted_is_a_sane_view",
    "tests/curriculum/test_content_format.py",
)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the tests print for an example in which everything below was forgotten."""
    copy = copy_with_example(tmp_path_factory.mktemp("copy"))
    folder = copy / "trainer" / "kinds" / NAME
    (folder / "print.html").unlink()
    change(folder / "sample.md", "- Zon", "- Zon ![Een zon](zon.png)")
    change(folder / "__init__.py", "    takes_posts = True\n", "")
    change(folder / "__init__.py", "    State = WeatherState\n", "")
    change(folder / "__init__.py", f'"{NAME}.no-weathers"', f'"{NAME}.no-weather"')
    ran = attempt(copy, "pytest", "-q", "-p", "no:cacheprovider", "-k", f"{NAME} or documented", *TESTS)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.parametrize(
    "said",
    [
        f"add to {NAME}: see 'The folder' in docs/adding-a-kind.md",
        f"{NAME}/sample.md shows zon.png: put it into that folder, or into a programme in content/",
        "say 'takes_posts = True' in the class: ['form.html'] has a form",
        "there is no 'shown' in NoState: name the class of the state, as State = ...",
        "add a row for each to 'Problems' in docs/content-format.md",
    ],
)
def test_what_was_forgotten_is_told_with_what_to_do(printed: str, said: str) -> None:
    assert said in printed
