"""That the cost of tables can be measured at all; what it is, docs/performance.md says."""

import subprocess
import sys

from tests.support.server import ROOT


def test_bench_measures_one_table_and_twelve() -> None:
    command = [sys.executable, "-m", "bench.tables", "--quick"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)

    assert ran.returncode == 0, ran.stderr
    assert [len(row.split()[-2:]) for row in ran.stdout.splitlines()[-4:]] == [2] * 4
