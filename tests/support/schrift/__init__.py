"""Kwartier with a kind that works with the notebook, and a programme of two parts that has it."""

import shutil
from pathlib import Path

from tests.support.server import ROOT, RunningServer

HERE = Path(__file__).parent
LINKED = ("templates", "static", "content", "docs", "node_modules")


class SchriftServer(RunningServer):
    """A copy of Kwartier in `folder` to which the folder of the kind was added, and nothing else."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.root = folder / "house"
        shutil.copytree(ROOT / "trainer", self.root / "trainer", ignore=shutil.ignore_patterns("__pycache__"))
        for name in LINKED:
            (self.root / name).symlink_to(ROOT / name)
        shutil.copytree(
            HERE / "kind",
            self.root / "trainer" / "kinds" / "schrift",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        shutil.copytree(HERE / "programme", folder / "content" / "schrift")
        super().__init__(folder, CONTENT_DIR=str(folder / "content"), **environment)
