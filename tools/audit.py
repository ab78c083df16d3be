"""Is a vulnerability known of what the lock files name?

Exit status: 0 none known, 1 found, 2 could not be checked.

pip-audit says that none is known, and ends well, when the service that it asks knows no package at all. So
nothing counts as checked but what was answered for.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
NONE, FOUND, UNCHECKED = 0, 1, 2
# Two that know the same; where one cannot be reached the other may be.
SERVICES = ("pypi", "osv")
PATIENCE_SECONDS = 300


class Outcome(NamedTuple):
    """What is known of one lock file: what was found in it, and how much of it was answered for."""

    found: tuple[str, ...] = ()
    asked: int = 0
    unanswered: int = 0

    @property
    def status(self) -> int:
        if self.found:
            return FOUND
        return NONE if self.asked and not self.unanswered else UNCHECKED


def read_pip_audit(report: str) -> Outcome:
    """What pip-audit answered."""
    packages = _object(report).get("dependencies") or []
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}"
        + (f", mended in {', '.join(flaw['fix_versions'])}" if flaw.get("fix_versions") else "")
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    return Outcome(tuple(found), len(packages), sum("vulns" not in package for package in packages))


def read_npm_audit(report: str) -> Outcome:
    """What npm answered; it answers for the whole lock file or for nothing."""
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
    """One that was found counts for more than one that could not be checked."""
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
