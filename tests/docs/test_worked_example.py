"""The worked example in docs/adding-a-kind.md passes what every kind must, once somebody has copied it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.example import NAME, PAGE, copy_with_example, files, run
from tests.support.sources import ROOT

PYTEST = ("pytest", "-q", "-p", "no:cacheprovider")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_with_example(tmp_path_factory.mktemp("copy"))


def test_example_in_its_folder_passes_the_tests_that_the_page_names(copied: Path) -> None:
    contract = [
        str(path.relative_to(copied)) for path in sorted(copied.glob("tests/kinds/test_contract*.py"))
    ]
    own, words = f"trainer/kinds/{NAME}/tests", "tests/curriculum/test_content_format.py"

    printed = run(
        copied, *PYTEST, "-k", f"{NAME} or documented", *contract, "tests/kinds/test_sizes.py", own, words
    )

    passed = re.search(r"(\d+) passed", printed)
    assert passed is not None
    assert int(passed[1]) > 50


def test_example_can_be_given_as_it_is(copied: Path, tmp_path: Path) -> None:
    programme = tmp_path / "probeer"
    programme.mkdir()
    shutil.copy(copied / "trainer" / "kinds" / NAME / "sample.md", programme / "dagdeel-1.md")
    written = re.search(r"printf -- '(.*?)' > \S+/programma\.md", PAGE)
    assert written is not None
    (programme / "programma.md").write_text(written[1].replace("\\n", "\n"), "utf-8")

    assert run(copied, "trainer", "check", str(tmp_path)) == "1 programma, 1 deel, geen problemen\n"


def test_example_is_unpacked_by_the_command_of_the_page(tmp_path: Path) -> None:
    (command,) = re.findall(r"-m (tests\.support\.example) \S+$", PAGE, flags=re.MULTILINE)
    folder = tmp_path / "mijn_werkvorm"

    subprocess.run([sys.executable, "-m", command, str(folder)], cwd=ROOT, check=True)

    unpacked = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(unpacked) == {name.replace(NAME, "mijn_werkvorm") for name in files()}
    assert [name for name, path in unpacked.items() if NAME in path.read_text("utf-8")] == []
    assert "werkvorm=mijn-werkvorm" in (folder / "sample.md").read_text("utf-8")
    assert "kinds/mijn_werkvorm/form.html" in (folder / "own.html").read_text("utf-8")
