"""Does any package in the lock files have a known vulnerability?

Exit status: 0 none known, 1 found, 2 could not be checked.

pip-audit reports none, and exits with 0, when the service it asks knows none of the packages. So a package
counts as checked only when a service answered for it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
NONE, FOUND, UNCHECKED = 0, 1, 2
# Both have the same data; when one cannot be reached, try the other.
SERVICES = ("pypi", "osv")
PATIENCE_SECONDS = 300


class Outcome(NamedTuple):
    """The result for one lock file: flaws found, packages asked about, and packages without an answer."""

    found: tuple[str, ...] = ()
    asked: int = 0
    unanswered: int = 0

    @property
    def status(self) -> int:
        if self.found:
            return FOUND
        return NONE if self.asked and not self.unanswered else UNCHECKED


def read_pip_audit(report: str) -> Outcome:
    """Parses pip-audit's JSON report."""
    packages = _object(report).get("dependencies") or []
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}"
        + (f", mended in {', '.join(flaw['fix_versions'])}" if flaw.get("fix_versions") else "")
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    return Outcome(tuple(found), len(packages), sum("vulns" not in package for package in packages))


def read_npm_audit(report: str) -> Outcome:
    """Parses npm's JSON report. npm answers for the whole lock file, counted as one, or not at all."""
    answer = _object(report)
    if "auditReportVersion" not in answer:
        return Outcome()
    found = [f"{name}: {flaw['severity']}" for name, flaw in answer["vulnerabilities"].items()]
    return Outcome(tuple(found), 1)


def _object(report: str) -> dict[str, Any]:
    try:
        answer = json.loads(report)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def overall(outcomes: list[Outcome]) -> int:
    """The exit status for all lock files: a found vulnerability outranks a file that could not be checked."""
    statuses = {outcome.status for outcome in outcomes}
    return next((status for status in (FOUND, UNCHECKED) if status in statuses), NONE)


def ask() -> Iterator[tuple[str, Outcome]]:
    for lock in sorted(ROOT.glob("requirements*.txt")):
        yield lock.name, _ask_python(lock)
    yield "package-lock.json", read_npm_audit(_said("npm", "audit", "--package-lock-only", "--json"))


def _ask_python(lock: Path) -> Outcome:
    outcome = Outcome()
    for service in SERVICES:
        command = (sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", str(lock))
        outcome = read_pip_audit(_said(*command, "-s", service, "-f", "json", "--progress-spinner", "off"))
        if outcome.status != UNCHECKED:
            break
    return outcome


def _said(*command: str) -> str:
    try:
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout


def main() -> int:
    outcomes = []
    for name, outcome in ask():
        outcomes.append(outcome)
        for flaw in outcome.found:
            print(f"{name}: {flaw}")
        if outcome.status == NONE:
            print(f"{name}: no vulnerability is known")
        elif outcome.unanswered or not outcome.asked:
            print(f"{name}: could not be checked: no service that knows its packages could be reached")
    status = overall(outcomes)
    print(("No vulnerability is known.", "There are known vulnerabilities.", "NOT CHECKED.")[status])
    return status


if __name__ == "__main__":
    raise SystemExit(main())
