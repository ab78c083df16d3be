"""That the measurements can be made at all. What they measure is not asserted: see docs/performance.md."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.server import ROOT

PATIENCE = 240
MEASUREMENTS = {
    "run": ("--quick",),
    "house": ("--meetings", "2", "--phones", "4", "--minutes", "0.3", "--reconnects", "10"),
    "load": ("--quick",),
}


class Measurements:
    """All of them at once: most of the time they wait, and how fast they find anything is not asserted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begun = {name: self._begin(name, *options) for name, options in MEASUREMENTS.items()}

    def _begin(self, name: str, *options: str) -> subprocess.Popen[str]:
        written = () if name == "house" else ("--json", str(self._folder / f"{name}.json"))
        command = [sys.executable, "-m", f"bench.{name}", *options, *written]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def printed(self, name: str) -> str:
        """What one printed, which must have succeeded."""
        printed, said = self._begun[name].communicate(timeout=PATIENCE)
        assert self._begun[name].returncode == 0, printed + said
        return printed

    def report(self, name: str) -> dict:
        return json.loads((self._folder / f"{name}.json").read_text())

    def stop(self) -> None:
        for process in self._begun.values():
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def measurements(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measurements]:
    measurements = Measurements(tmp_path_factory.mktemp("bench"))
    yield measurements
    measurements.stop()


def test_bench_measures_both_servers_and_tells_every_goal(measurements: Measurements) -> None:
    printed, report = measurements.printed("run"), measurements.report("run")

    assert {name: list(sizes) for name, sizes in report["medians"].items()} == {
        "kwartier": ["25"],
        "node": ["25"],
    }
    assert printed.count("(at ") == len(report["goals"]) == 6


def test_a_small_house_loses_no_vote(measurements: Measurements) -> None:
    lines = measurements.printed("house").splitlines()

    assert [line.split()[0] for line in lines[-4:]] == ["holds"] * 4


def test_bench_measures_how_a_phone_comes_in(measurements: Measurements) -> None:
    measurements.printed("load")

    report = measurements.report("load")
    assert all(value > 0 for value in report["figures"].values())
    assert set(report["trainers"]) == {"control", "screen"}
