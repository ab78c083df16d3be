"""`make screenshots` still makes the pictures of the README."""

import subprocess
import sys
from pathlib import Path

from tests.support.server import ROOT


def test_pictures_of_the_readme_can_be_made(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools" / "screenshots.py"), str(tmp_path)]

    made = subprocess.run(command, capture_output=True, text=True, timeout=120)

    assert made.returncode == 0, made.stdout + made.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["regie.png", "scherm.png", "telefoon.png"]
