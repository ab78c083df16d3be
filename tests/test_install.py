"""What the Makefile promises about what it installs, as far as that can be seen without a network."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.server import ROOT

LOCKS = ("requirements", "requirements-dev", "requirements-lock", "requirements-audit")
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
# By which one could install from elsewhere than the lock file says, or say where.
ELSEWHERE = re.compile(r"index-url|find-links|registry\s*=|trusted-host|npx |npm (?:i|install)\b|curl |wget ")
OWN_HOSTS = re.compile(r"https?://(?:kwartier\.example|localhost|127\.0\.0\.1)")


def commands(target: str) -> list[str]:
    """All that `make TARGET` would do in a fresh clone."""
    ran = subprocess.run(
        ["make", "--dry-run", "--always-make", target], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()


def installs(target: str) -> list[str]:
    return [line for line in commands(target) if re.search(r"\bpip install\b|\bnpm ci\b", line)]


def required(target: str) -> set[str]:
    return {name for line in installs(target) for name in re.findall(r"-r (\S+)", line)}


def names(path: str) -> set[str]:
    found = re.findall(r"^([A-Za-z0-9][\w.-]*)", (ROOT / path).read_text(), re.MULTILINE)
    return {name.lower().replace("_", "-") for name in found}


def test_run_installs_what_kwartier_runs_on_and_nothing_else() -> None:
    assert required("run") == {"requirements.txt"}
    assert [line for line in installs("run") if "npm" in line and "--omit=dev" not in line] == []


def test_run_needs_no_package_of_the_tests() -> None:
    only_tests = names("requirements-dev.in") - names("requirements.in")

    assert {"pytest", "ruff", "mypy", "playwright"} <= only_tests
    # The tests need more of this one, which Flask-SocketIO brings along.
    assert only_tests & names("requirements.txt") == {"python-socketio"}


def test_tests_install_no_tool_that_they_do_not_need() -> None:
    assert required("test") == {"requirements.txt", "requirements-dev.txt"}
    assert names("requirements-dev.txt") & {"uv", "pip-audit"} == set()


@pytest.mark.parametrize(
    ("target", "lock"), [("lock", "requirements-lock.txt"), ("audit", "requirements-audit.txt")]
)
def test_a_tool_comes_from_a_lock_file_of_its_own_into_a_place_of_its_own(target: str, lock: str) -> None:
    assert required(target) == {lock}
    assert all(line.startswith(".venv-tools/") for line in installs(target))


@pytest.mark.parametrize("target", TARGETS)
def test_everything_is_installed_by_hash_and_without_scripts(target: str) -> None:
    for line in installs(target):
        assert ("--ignore-scripts" if "npm" in line else "--require-hashes") in line
    assert [line for line in commands(target) if ELSEWHERE.search(line)] == []


def test_npm_runs_no_scripts_whoever_calls_it() -> None:
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text().splitlines()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_has_a_version_and_a_hash_of_everything(lock: str) -> None:
    entries = (ROOT / f"{lock}.txt").read_text().replace("\\\n", " ").splitlines()

    assert all(re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert names(f"{lock}.in") <= names(f"{lock}.txt")


def test_nothing_names_where_packages_come_from() -> None:
    files = [ROOT / "Makefile", ROOT / "README.md", ROOT / ".npmrc", ROOT / "package.json"]
    files += [ROOT / f"{lock}.{end}" for lock in LOCKS for end in ("in", "txt")]

    named = {path.name: OWN_HOSTS.sub("", path.read_text()).count("://") for path in files}
    assert {name: number for name, number in named.items() if number} == {}
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WELL = {"name": "flask", "version": "3.1.2", "vulns": []}
ILL = {"name": "flask", "version": "0.1", "vulns": [{"id": "CVE-1", "fix_versions": ["0.2"], "aliases": []}]}
UNKNOWN = {
    "name": "flask",
    "skip_reason": "Dependency not found on PyPI and could not be audited: flask (3.1.2)",
}


@pytest.mark.parametrize(
    ("packages", "status", "found"),
    [
        ([WELL, WELL], 0, ()),
        ([WELL, ILL], 1, ("flask 0.1: CVE-1, mended in 0.2",)),
        ([ILL, UNKNOWN], 1, ("flask 0.1: CVE-1, mended in 0.2",)),
        # pip-audit itself ends with 0 here.
        ([WELL, UNKNOWN], 2, ()),
        ([UNKNOWN, UNKNOWN], 2, ()),
        ([], 2, ()),
    ],
)
def test_a_python_package_is_well_only_when_it_was_answered_for(
    audit: ModuleType, packages: list[object], status: int, found: tuple[str, ...]
) -> None:
    outcome = audit.read_pip_audit(json.dumps({"dependencies": packages, "fixes": []}))

    assert (outcome.status, outcome.found) == (status, found)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"auditReportVersion": 2, "vulnerabilities": {}, "metadata": {}}, 0),
        ({"auditReportVersion": 2, "vulnerabilities": {"ws": {"severity": "high"}}, "metadata": {}}, 1),
        ({"message": "405 Method Not Allowed", "statusCode": 405, "error": {"summary": "", "detail": ""}}, 2),
        ([], 2),
    ],
)
def test_npm_has_answered_only_with_a_report(audit: ModuleType, answer: object, status: int) -> None:
    assert audit.read_npm_audit(json.dumps(answer)).status == status


@pytest.mark.parametrize("said", ["", "Traceback (most recent call last):", "{", "null"])
def test_no_answer_is_not_checked(audit: ModuleType, said: str) -> None:
    assert (audit.read_pip_audit(said).status, audit.read_npm_audit(said).status) == (2, 2)


@pytest.mark.parametrize(("statuses", "status"), [("00", 0), ("01", 1), ("12", 1), ("02", 2), ("22", 2)])
def test_found_counts_for_more_than_not_checked(audit: ModuleType, statuses: str, status: int) -> None:
    made = {"0": audit.Outcome(asked=1), "1": audit.Outcome(("x",), 1), "2": audit.Outcome()}

    assert audit.overall([made[each] for each in statuses]) == status


def test_an_audit_that_cannot_ask_says_so(tmp_path: Path) -> None:
    """The Python of the tests has no pip-audit, and without a PATH there is no npm."""
    ran = subprocess.run(
        [sys.executable, ROOT / "tools" / "audit.py"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert ran.returncode == 2
    assert ran.stdout.count("could not be checked") == len(LOCKS) + 1
    assert ran.stdout.endswith("NOT CHECKED.\n")
