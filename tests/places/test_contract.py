"""The made-up kind with tables, in its folder, passes what every kind passes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.server import ROOT
from tests.support.tables import HERE


def test_kind_with_tables_passes_the_tests_of_the_contract(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("trainer", "tests/kinds", "tests/support", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copytree(HERE / "tafels", tmp_path / "trainer" / "kinds" / "tafels", ignore=ignored)

    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "tafels"]
    ran = subprocess.run(
        [*command, *map(str, sorted(tmp_path.glob("tests/kinds/test_contract*.py")))],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    passed = re.search(r"(\d+) passed", ran.stdout)
    assert passed is not None
    assert int(passed[1]) > 30
