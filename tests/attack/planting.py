"""Somebody who gives the trainers a programme: a folder with links to all that lies on the laptop."""

import http.client
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import product
from pathlib import Path

from tests.attack.stolen import none
from tests.support.findings import Finding
from tests.support.klein import PROGRAMMES
from tests.support.pages import Phone
from tests.support.server import ROOT, RunningServer

PICTURE = b"een plaatje"
ENDINGS = ("png", "svg", "md", "db")
# From a programme's folder to the folder of the installation.
UP = "../.."
TARGETS = (
    "data/kwartier.db", "data/kwartier.db-wal", "data/kwartier.db-shm", "keys/secret-key",
    "data", "keys", ".", "/proc/self/environ", "/proc/self/mem", "/dev/zero", "/etc/passwd",
)  # fmt: skip


def planting(folder: Path) -> list[Finding]:
    """One programme has its links before the server starts, the other gets them while it runs."""
    content = folder / "content"
    for name in ("eerder", "later"):
        shutil.copytree(PROGRAMMES / "klein", content / name)
        (content / name / "eigen.png").write_bytes(PICTURE)
    (folder / "data").mkdir()
    (folder / "keys").mkdir()
    _plant(content, "eerder")
    (content / "map").symlink_to("../data")
    server = RunningServer(folder, CONTENT_DIR=str(content)).start()
    try:
        own = _ask(server, "/programma/later/eigen.png")
        _plant(content, "later")
        phone = Phone(server)
        answers = [_ask(server, path) for path in _paths()]
        leaked = sum(word in answer for answer in answers for word in _secrets(server, phone))
        offered = server.printed().count("[file.link]")
    finally:
        server.stop()
    told = _check(content)
    links = sum(path.is_symlink() for path in content.rglob("*"))
    number = len(answers)
    strange = sum(b"Deze pagina is er niet" not in answer for answer in answers)
    return [
        Finding("planted: requests without a login", str(number), "over 500", number > 500),
        Finding("planted: its own picture is shown", str(own == PICTURE), "True", own == PICTURE),
        none("planted: secrets in what came back", leaked),
        none("planted: answers that are no 'not found'", strange),
        Finding("planted: links that `check` told of", str(told), str(links), told == links),
        Finding("planted: links of which the start told", str(offered), "over 0", offered > 0),
    ]


def _plant(content: Path, programme: str) -> None:
    home = content / programme
    for number, target in enumerate(TARGETS):
        for ending in ENDINGS:
            (home / f"link{number}.{ending}").symlink_to(Path(UP) / target)
        (home / "bijlagen" / f"link{number}.png").symlink_to(content.parent / target)
    (home / "map").symlink_to(UP)


def _paths() -> list[str]:
    """Everything that one could ask for, in the ways in which one can write it."""
    names = [f"link{number}.{ending}" for number, ending in product(range(len(TARGETS)), ENDINGS)]
    names += [f"bijlagen/link{number}.png" for number in range(len(TARGETS))]
    names += [f"bijlage/link{number}" for number in range(len(TARGETS))]
    ups = ("..", "%2e%2e", "..%2f..", "%2e%2e%2f%2e%2e", "..%5c..", "....//", "./..", "%252e%252e")
    for target in TARGETS:
        names += [f"map/{target}", f"map/{target}.png", f"{target}", f"/{target}", f"%2f{target}"]
        names += [f"{up}/{up}/{target}" for up in ups]
    paths = [f"/programma/{programme}/{name}" for programme in ("eerder", "later", "map") for name in names]
    others = product(("static", "kinds/flap", "j", "m"), ups, TARGETS)
    return paths + [f"/{route}/{up}/{up}/{up}/{target}" for route, up, target in others]


def _ask(server: RunningServer, path: str) -> bytes:
    """As it is written: other clients tidy a path up first. A redirect is followed."""
    for _ in range(3):
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as connection:
            connection.putrequest("GET", path, skip_accept_encoding=True)
            connection.endheaders()
            answer = connection.getresponse()
            if answer.status not in (301, 302, 307, 308):
                return answer.read()
            path = answer.headers["Location"].removeprefix(server.url)
    return b"Deze pagina is er niet"


def _secrets(server: RunningServer, phone: Phone) -> list[bytes]:
    """What must not come back: how each of the files begins, and what is in them."""
    with closing(sqlite3.connect(server.folder / "data" / "kwartier.db")) as database:
        people = [people for (people,) in database.execute("SELECT token_hash FROM participant")]
    assert people
    return [
        b"SQLite format 3",
        b"\x37\x7f\x06\x82",
        b"\x37\x7f\x06\x83",
        b"root:",
        b"DATA_DIR=",
        b"\0" * 100,
        (server.folder / "keys" / "secret-key").read_bytes(),
        phone.token.encode(),
        *(found.encode() for found in people),
    ]


def _check(content: Path) -> int:
    """How many links `python -m trainer check` names, each with a file and a line."""
    command = [sys.executable, "-m", "trainer", "check", str(content)]
    ran = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 1, ran.stderr
    return len(re.findall(r"^\S+:\d+: .* \[file\.link\]$", ran.stdout, re.MULTILINE))
