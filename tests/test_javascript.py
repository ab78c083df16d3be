"""The scripts of our pages, in Node: what needs a real browser is in `tests/browser`."""

import subprocess
from pathlib import Path

import pytest

from tests.support.server import ROOT

FILES = sorted((ROOT / "tests" / "js").glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_scripts(file: Path) -> None:
    ran = subprocess.run(
        ["node", "--test", "--test-reporter=spec", "--test-timeout=20000", file],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )

    assert ran.returncode == 0, ran.stdout
