"""`make screenshots` still makes the pictures of README and guide, and contact sheets of everything."""

import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.support.server import ROOT


def made(tool: str, *arguments: str) -> None:
    """Runs one of the tools, which must end well."""
    command = [sys.executable, str(ROOT / "tools" / tool), *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_pictures_of_readme_and_guide_can_be_made(tmp_path: Path) -> None:
    made("screenshots.py", str(tmp_path))

    kept = sorted(path.name for path in (ROOT / "docs" / "images").iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == kept


def test_contact_sheets_can_be_made_of_a_page_and_of_an_exercise(tmp_path: Path) -> None:
    (tmp_path / "old.png").touch()

    made("sheets.py", str(tmp_path), "evaluatie")

    names = (
        "beheer-bijeenkomsten-meeting-evaluatie",
        "beheer-trajecten-1-evaluatie",
        "evaluatie-regie",
        "evaluatie-scherm",
        "evaluatie-telefoon",
    )
    pictures = [f"{name}.png" for name in names]
    assert sorted(path.name for path in tmp_path.iterdir()) == [*pictures, "index.html"]
    index = (tmp_path / "index.html").read_text("utf-8")
    assert [index.count(f'src="{picture}"') for picture in pictures] == [1] * len(pictures)
    sizes = [Image.open(tmp_path / picture).size for picture in pictures]
    assert [wide > 480 and high > 960 for wide, high in sizes] == [True] * len(pictures)
