"""What every test may use. A test that needs the whole application gets one of its own."""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.support.hall import Hall
    from tests.support.klein import Desk

# What is compiled is kept, also where the environment says otherwise: each worker, and each of the hundred
# servers that tests start, would compile it all again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What tests write need not survive a power cut: where memory has room for it, nobody waits for a disk.
MEMORY, ROOM = "/dev/shm", 4 << 30
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    tempfile.tempdir = os.environ["TMPDIR"] = MEMORY

# What takes longest begins first: else the last of it runs alone.
FIRST = (
    "tests/attack/observer/",
    "tests/attack/",
    "tests/sockets/test_any_history.py",
    "tests/faults/",
    "tests/browser/",
)

# The same examples each time: whether a change may land does not hang on chance. Others, and many more,
# after a change in what the properties are about: pytest --hypothesis-profile=thorough
settings.register_profile("quick", max_examples=12, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.load_profile("quick")


BUNDLE = pytest.StashKey["subprocess.Popen[bytes]"]()


def pytest_configure(config: pytest.Config) -> None:
    """What browsers get is made of the files as they are now; a copy of the house has what was made here."""
    bundle = config.rootpath / "tools" / "bundle.mjs"
    if bundle.exists() and not hasattr(config, "workerinput"):
        config.stash[BUNDLE] = subprocess.Popen(["node", bundle])


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """It is made while the tests are found, and is there before the first one runs."""
    made = session.config.stash.get(BUNDLE, None)
    if made and made.wait():
        pytest.exit("tools/bundle.mjs failed", returncode=made.returncode)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: ([not item.nodeid.startswith(start) for start in FIRST], _kind_of(item)))


def _kind_of(item: pytest.Item) -> str:
    """The kind that a test of every kind is about; '' for any other test.

    Those of one kind follow each other, so that one worker explores and draws it, and the other another one.
    """
    called = getattr(item, "callspec", None) if item.nodeid.startswith("tests/kinds/") else None
    return str(called.params.get("name", "")) if called else ""


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage costs quick tests a tenth of their time.

    So does looking again and again through what tests remember for each other.
    """
    gc.freeze()
    gc.set_threshold(50_000, 50, 20)


def pytest_sessionfinish() -> None:
    """What is left goes with the process: nothing looks through it once more."""
    gc.freeze()


def _hall(folder: Path, template: Path | None = None) -> "Hall":
    # Tests of what is pure never load the web and the database.
    from tests.support.hall import Hall

    return Hall(folder, template)


@pytest.fixture
def desk() -> "Desk":
    """A meeting in its lobby, at the planned time, without a database."""
    # Not before it is said that bytecode is kept.
    from tests.support.klein import Desk

    return Desk()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with its tables and its sample course."""
    folder = tmp_path_factory.mktemp("prepared")
    _hall(folder).stop()
    return folder


@pytest.fixture(scope="session")
def still_hall(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> "Iterator[Hall]":
    """The same, shared: for tests that only look."""
    hall = _hall(tmp_path_factory.mktemp("still"), prepared)
    yield hall
    hall.stop()


@pytest.fixture
def hall(tmp_path: Path, prepared: Path) -> "Iterator[Hall]":
    """A meeting in its lobby, with a real database."""
    hall = _hall(tmp_path, prepared)
    yield hall
    hall.stop()
