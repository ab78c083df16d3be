"""What Kwartier leaves for others on the same machine to read: nothing."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.hall import Hall, klein_environment
from tests.support.klein import PROGRAMMES
from tests.support.pages import Phone
from tests.support.server import ROOT, RunningServer
from tests.support.trainers import Trainer

KLEIN = {"CONTENT_DIR": str(PROGRAMMES)}
WAL = ("kwartier.db", "kwartier.db-wal", "kwartier.db-shm")
INSIDE = """
import ctypes, os, resource, runpy, sys
sys.argv = ["trainer", "check"]
try:
    runpy.run_module("trainer", run_name="__main__")
except SystemExit:
    pass
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), oct(os.umask(0)), resource.getrlimit(resource.RLIMIT_CORE))
"""


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


@pytest.fixture
def careless() -> Iterator[None]:
    """Whoever starts it lets everybody read what it makes."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def server(tmp_path: Path, careless: None) -> Iterator[RunningServer]:
    """On a folder that was there, open to everybody, with a database of before that is open too."""
    (tmp_path / "data").mkdir(mode=0o777)
    first = RunningServer(tmp_path, **KLEIN).start()
    first.kill()
    for path in (tmp_path / "data").iterdir():
        path.chmod(0o666)
    server = RunningServer(tmp_path, fresh=True, **KLEIN).start()
    yield server
    server.stop()


def typed(environment: Mapping[str, str], *arguments: str) -> bytes:
    """What it prints, in a process that is forked from no other."""
    command = [sys.executable, "-m", "trainer", *arguments]
    environ = {**os.environ, **environment}
    ran = subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True, timeout=60)
    return ran.stdout


def test_nobody_else_can_read_a_file_of_a_running_server(server: RunningServer) -> None:
    Phone(server)
    data = server.folder / "data"

    assert {name: mode(data / name) for name in WAL} == dict.fromkeys(WAL, "0o600")
    assert {mode(path) for path in (server.folder / "keys").rglob("*") if path.is_file()} == {"0o600"}
    assert mode(server.folder / "keys") == "0o700"


def test_a_fresh_database_is_for_its_owner_alone(tmp_path: Path, careless: None) -> None:
    (tmp_path / "data").mkdir(mode=0o777)
    server = RunningServer(tmp_path, fresh=True, **KLEIN).start()
    try:
        assert {mode(path) for path in (tmp_path / "data").iterdir()} == {"0o600"}
    finally:
        server.stop()


def test_what_the_command_line_writes_is_for_its_owner_alone(server: RunningServer, tmp_path: Path) -> None:
    out = tmp_path / "uit"
    out.mkdir(mode=0o777)
    control = Trainer(server).make_account().control(Phone(server).meeting)
    control.go("start")
    control.go("close")
    control.close()

    typed(server.environment, "backup", str(out / "kwartier.backup"))
    typed(
        server.environment,
        "export",
        "--course",
        "1",
        "--format",
        "csv",
        "--output",
        str(out / "evaluatie.csv"),
    )

    assert {path.name: mode(path) for path in out.iterdir()} == {
        "kwartier.backup": "0o600",
        "evaluatie.csv": "0o600",
    }


def test_a_restored_database_is_for_its_owner_alone(server: RunningServer, tmp_path: Path) -> None:
    typed(server.environment, "backup", str(tmp_path / "kwartier.backup"))
    again = RunningServer(tmp_path / "opnieuw", **KLEIN)
    (tmp_path / "opnieuw" / "data").mkdir(mode=0o777, parents=True)

    typed(again.environment, "restore", str(tmp_path / "kwartier.backup"))

    assert mode(tmp_path / "opnieuw" / "data" / "kwartier.db") == "0o600"
    with closing(sqlite3.connect(tmp_path / "opnieuw" / "data" / "kwartier.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_a_system_that_cannot_run_it_is_told_so_in_one_line() -> None:
    elsewhere = (
        "import sys, runpy; sys.modules['fcntl'] = None; runpy.run_module('trainer', run_name='__main__')"
    )

    outcome = subprocess.run([sys.executable, "-c", elsewhere], cwd=ROOT, capture_output=True, text=True)

    assert outcome.returncode == 1
    assert outcome.stderr == ("kwartier: this system is not supported. Kwartier runs on Linux.\n")


def test_a_running_server_leaves_no_core_and_makes_no_file_for_others(server: RunningServer) -> None:
    status = Path(f"/proc/{server.pid}/status").read_text()
    limits = Path(f"/proc/{server.pid}/limits").read_text()

    assert "Umask:\t0077" in status
    assert [line.split()[4:6] for line in limits.splitlines() if line.startswith("Max core")] == [["0", "0"]]


def test_a_command_works_in_a_process_that_has_nothing_loaded(hall: Hall) -> None:
    for command in (("programme",), ("purge", "--dry-run"), ("user", "invite")):
        assert typed(klein_environment(hall.folder), *command), command


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_every_command_keeps_its_memory_to_itself(careless: None) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", INSIDE], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    assert ran.stdout.splitlines()[-1] == "0 0o77 (0, 0)"
