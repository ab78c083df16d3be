"""The worked example of `docs/adding-a-kind.md`, and a copy of Kwartier to which it was added."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.sources import ROOT

NAME = "weerbericht"
PAGE = (ROOT / "docs" / "adding-a-kind.md").read_text("utf-8")
COPIED = ("trainer", "tests", "docs")
LINKED = ("conftest.py", "pyproject.toml", "templates", "static", "content", "node_modules")
FORMAT = Path("docs") / "content-format.md"


def files() -> dict[str, str]:
    """The files of the example, by their path in its folder."""
    found = re.findall(
        rf"`trainer/kinds/{NAME}/([\w./]+)`[^\n]*:\n\n```\w+\n(.*?)\n```", PAGE, flags=re.DOTALL
    )
    return {name: text + "\n" for name, text in found}


def rows() -> list[str]:
    """What the page adds to the tables of `docs/content-format.md`."""
    return re.findall(rf"^\| `{NAME}[.`].*\|$", PAGE, flags=re.MULTILINE)


def unpack(folder: Path) -> None:
    """Writes the files of the example into `folder`, which may exist, as the kind that belongs there."""
    for name, text in files().items():
        path = folder / name.replace(NAME, folder.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = text.replace(f"kinds/{NAME}/", f"kinds/{folder.name}/")
        path.write_text(text.replace(NAME, folder.name.replace("_", "-")), "utf-8")


def copy_with_example(folder: Path) -> Path:
    """A copy of the repository in `folder`, in which somebody did what the page says."""
    for name in COPIED:
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
        )
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    unpack(folder / "trainer" / "kinds" / NAME)
    of_kinds, of_problems = rows()
    text = (folder / FORMAT).read_text("utf-8")
    last_kind = re.search(r"^\| `evaluatie` \| [^|]*\|$", text, flags=re.MULTILINE)
    assert last_kind is not None
    text = f"{text[: last_kind.end()]}\n{of_kinds}{text[last_kind.end() :]}"
    last_problem = text.rindex("\n| `evaluatie.")
    end = text.index("\n", last_problem + 1)
    (folder / FORMAT).write_text(f"{text[:end]}\n{of_problems}{text[end:]}", "utf-8")
    return folder


def run(folder: Path, *arguments: str) -> str:
    """What `python -m <arguments>` prints in the copy; fails when it does."""
    ran = attempt(folder, *arguments)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def attempt(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """What becomes of `python -m <arguments>` in the copy."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    # No test of the example needs a plugin of pytest, and to load them takes longer than its tests.
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )


if __name__ == "__main__":
    unpack(Path(sys.argv[1]))
