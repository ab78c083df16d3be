"""That the cost of small groups can be measured at all; what it is, docs/performance.md says."""

import subprocess
import sys

from tests.support.server import ROOT


def test_bench_measures_a_step_and_a_deal() -> None:
    command = [sys.executable, "-m", "bench.groups", "--quick"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)

    assert ran.returncode == 0, ran.stderr
    rows = [line[:30].strip() for line in ran.stdout.splitlines()[-3:]]
    assert rows == ["a step to a question", "a step to groepjes", "a deal, until all have a group"]
