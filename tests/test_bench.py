"""That the measurements can be made at all. What they measure is not asserted: see docs/performance.md."""

import json
import subprocess
import sys
from pathlib import Path

from tests.support.server import ROOT


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=180, check=False
    )


def test_bench_measures_both_servers_and_tells_every_goal(tmp_path: Path) -> None:
    ran = _run("bench.run", "--quick", "--json", str(tmp_path / "bench.json"))

    assert ran.returncode == 0, ran.stderr
    report = json.loads((tmp_path / "bench.json").read_text())
    assert {name: list(sizes) for name, sizes in report["medians"].items()} == {
        "kwartier": ["25"],
        "node": ["25"],
    }
    assert ran.stdout.count("(at ") == len(report["goals"]) == 6


def test_a_small_house_loses_no_vote() -> None:
    ran = _run("bench.house", "--meetings", "2", "--phones", "4", "--minutes", "0.3", "--reconnects", "10")

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert [line.split()[0] for line in ran.stdout.splitlines()[-4:]] == ["holds"] * 4


def test_bench_measures_how_a_phone_comes_in(tmp_path: Path) -> None:
    ran = _run("bench.load", "--quick", "--json", str(tmp_path / "load.json"))

    assert ran.returncode == 0, ran.stderr
    report = json.loads((tmp_path / "load.json").read_text())
    assert all(value > 0 for value in report["figures"].values())
    assert set(report["trainers"]) == {"control", "screen"}
