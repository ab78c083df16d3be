"""The disk is full; another process holds the database: nothing is told saved that is not, and it goes on."""

import contextlib
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.pulse import Pulse
from tests.support.findings import Finding
from tests.support.klein import PROGRAMMES
from tests.support.pages import Control, Phone
from tests.support.server import RunningServer, csrf_token
from tests.support.trainers import Trainer

FLAP = "wat-brengt-ervaring"
NOT_SAVED = "Opslaan lukt nu niet"
# A phone may send this many texts; each fault takes less than half of them.
MOST_TEXTS = 20
ROUNDS = 8
# What is written first may still fit in the log, also on a disk that is full.
FEWEST = 3
SETTINGS = {"POST_RATE": "10000", "POST_BURST": "10000"}
STALL_MILLISECONDS = 100.0
HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
database.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
database.execute("ROLLBACK")
"""


@dataclass
class Room:
    """A meeting at an exercise that takes texts, with phones that keep what was not acknowledged."""

    server: RunningServer
    trainer: Trainer
    control: Control
    phones: list[Phone]
    acknowledged: set[str] = field(default_factory=set)
    waiting: list[tuple[Phone, str, str]] = field(default_factory=list)
    refusals: set[str] = field(default_factory=set)

    @classmethod
    def opened(cls, server: RunningServer, number: int) -> "Room":
        trainer = Trainer(server).make_account().expect(number)
        phones = [Phone(server) for _ in range(number)]
        for phone in phones:
            phone.connect()
        control = trainer.control(phones[0].meeting)
        control.go("goto", step=FLAP)
        return cls(server, trainer, control, phones)

    def everybody_posts(self) -> None:
        """Each phone makes one more text; what is not acknowledged is kept with its id."""
        self._send([(phone, str(uuid.uuid4()), f"tekst {uuid.uuid4().hex[:20]}") for phone in self.phones])

    def send_again(self) -> None:
        """What phones do by themselves: the same post, the same id."""
        self._send([self.waiting.pop() for _ in range(len(self.waiting))])

    def _send(self, entries: list[tuple[Phone, str, str]]) -> None:
        with ThreadPoolExecutor(max(1, len(entries))) as pool:
            answers = list(pool.map(lambda one: one[0].post(FLAP, post_id=one[1], text=one[2]), entries))
        for entry, answer in zip(entries, answers, strict=True):
            if answer["ok"]:
                self.acknowledged.add(entry[2])
            else:
                self.refusals.add(answer["message"] if answer["retry"] else f"FOR GOOD: {answer['message']}")
                self.waiting.append(entry)

    def stored(self) -> list[str]:
        """The texts in the database, as another process sees them."""
        database = sqlite3.connect(self.server.folder / "disk" / "data" / "kwartier.db", timeout=10)
        with contextlib.closing(database):
            rows = database.execute("SELECT json_extract(payload, '$.text') FROM post WHERE step = ?", [FLAP])
            return [text for (text,) in rows]

    def refused_command(self) -> str:
        """What a trainer reads who presses a button now; '' when it worked."""
        answer = self.control.command(
            "cover", to="yes" if 'data-covered="no"' in self.control.view["html"] else "no"
        )
        return "" if answer["ok"] else str(answer["message"])

    def page_that_saves(self) -> tuple[int, str]:
        """What an organiser gets who asks for an invitation: a page that has to write."""
        home = self.trainer.session.get(f"{self.server.url}/beheer", timeout=20)
        form = {"csrf_token": csrf_token(home.text)}
        page = self.trainer.session.post(f"{self.server.url}/beheer/uitnodigen", data=form, timeout=20)
        return page.status_code, page.text

    def close(self) -> None:
        for page in (*self.phones, self.control):
            page.socket.eio.disconnect(abort=True)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A file system of 4 MB at `folder`; False when this machine may not mount one."""
    folder.mkdir()
    mounted = not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True, check=False
    ).returncode
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.contextmanager
def full(server: RunningServer, mounted: bool) -> Iterator[None]:
    """No byte more fits: on a small disk because it is full, else because the process may write no more."""
    if mounted:
        filler = server.folder / "disk" / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            for size in (65536, 4096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(b"x" * size)
        try:
            yield
        finally:
            filler.unlink()
    else:
        _, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (1, hard))
        try:
            yield
        finally:
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (hard, hard))


@contextlib.contextmanager
def held(server: RunningServer) -> Iterator[None]:
    """Another process holds the database."""
    path = server.folder / "disk" / "data" / "kwartier.db"
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    try:
        yield
    finally:
        other.communicate("go on\n", timeout=10)


def _trouble(
    name: str, room: Room, fault: contextlib.AbstractContextManager[None], seconds: float
) -> list[Finding]:
    """The fault for some seconds while everybody goes on, and what everybody saw of it."""
    with Pulse(room.server) as quiet:
        time.sleep(0.5)
    commands: set[str] = set()
    pages: set[tuple[int, bool]] = set()
    with fault, Pulse(room.server) as pulse, ThreadPoolExecutor(3) as pool:
        deadline = time.monotonic() + seconds
        for number in range(ROUNDS):
            if number >= FEWEST and time.monotonic() > deadline:
                break
            time.sleep(seconds / ROUNDS)
            posts = pool.submit(room.everybody_posts)
            asked = [pool.submit(room.page_that_saves), pool.submit(room.page_that_saves)]
            commands.add(room.refused_command())
            for page in asked:
                status, html = page.result()
                pages.add((status, "Opslaan" in html))
            posts.result()
            ready = room.trainer.session.get(f"{room.server.url}/readyz", timeout=5).json()["checks"][
                "saving"
            ]
        # Who comes in now sees where the meeting is.
        tab = room.phones[0].another_tab().connect()
        right = tab.place == f"{FLAP}/"
        tab.socket.eio.disconnect(abort=True)
        untrue = room.acknowledged - set(room.stored())
    recovered = time.monotonic()
    while room.waiting and time.monotonic() - recovered < 10:
        room.send_again()
        time.sleep(0.2)
    after = time.monotonic() - recovered
    room.control.go("cover", to="yes")
    room.control.go("cover", to="no")
    stored = room.stored()
    lost = room.acknowledged - set(stored)
    doubled = len(stored) - len(set(stored))
    saving = room.trainer.session.get(f"{room.server.url}/readyz", timeout=5).json()["checks"]["saving"]
    plain = all(message.startswith(NOT_SAVED) for message in (room.refusals | commands) - {""})
    refused = bool(room.refusals and commands - {""})
    room.refusals = set()
    return [
        Finding(
            f"{name}: told saved and not stored",
            f"{len(untrue)} of {len(room.acknowledged)}",
            "0",
            not untrue,
        ),
        Finding(
            f"{name}: phones and trainer read that saving fails",
            f"{'plain' if plain and refused else 'NOT: ' + str(sorted(room.refusals | commands))}",
            "a plain message",
            plain and refused,
        ),
        Finding(
            f"{name}: pages that save say so",
            ", ".join(f"{status}" for status, _ in sorted(pages)),
            "503, or 200 when saved",
            {status for status, _ in pages} <= {200, 503} and (503, False) not in pages,
        ),
        Finding(f"{name}: who comes in sees the right view", str(right), "True", right),
        Finding(f"{name}: /readyz says it", str(not ready), "True", not ready),
        Finding(
            f"{name}: others wait (quiet: {quiet.waits})",
            str(pulse.waits),
            f"{STALL_MILLISECONDS:.0f} ms",
            pulse.waits.worst < STALL_MILLISECONDS,
            clock=True,
        ),
        Finding(
            f"{name}: goes on by itself",
            f"{len(room.waiting)} waiting after {after:.1f} s, {len(lost)} lost, {doubled} doubled",
            "0, 0, 0",
            not room.waiting and not lost and not doubled and saving,
        ),
    ]


def _content(folder: Path) -> Path:
    """The small programme, with room for more texts of a phone."""
    shutil.copytree(PROGRAMMES, folder / "content")
    part = folder / "content" / "klein" / "dagdeel-1.md"
    part.write_text(part.read_text().replace("max=3", f"max={MOST_TEXTS}"))
    return folder / "content"


def prove(quick: bool, seed: int) -> list[Finding]:
    """Both faults on one server. `seed` is not used: nothing here is drawn."""
    with tempfile.TemporaryDirectory() as name, small_disk(Path(name) / "disk") as mounted:
        folder = Path(name)
        places = {"DATA_DIR": str(folder / "disk" / "data"), "KEY_DIR": str(folder / "disk" / "keys")}
        server = RunningServer(folder, **SETTINGS, **places, CONTENT_DIR=str(_content(folder))).start()
        try:
            room = Room.opened(server, 6 if quick else 40)
            how = "disk full" if mounted else "disk full (by a limit: this machine may not mount)"
            room.everybody_posts()
            findings = _trouble(how, room, full(server, mounted), 0.5 if quick else 10)
            findings += _trouble("database held", room, held(server), 2.5 if quick else 10)
            room.close()
            return findings
        finally:
            server.stop()
