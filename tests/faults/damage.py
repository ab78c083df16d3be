"""Damaged database, unknown migration, lost key, broken curriculum: a plain word, and the others go on."""

import contextlib
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import requests

from tests.faults.starts import STARTS, refuses, start
from tests.support.findings import Finding
from tests.support.klein import PROGRAMMES
from tests.support.pages import Page, Phone
from tests.support.server import RunningServer, csrf_token, wait_for
from tests.support.trainers import Trainer

FLAP = "wat-brengt-ervaring"
MANY = {"POST_RATE": "10000", "POST_BURST": "10000"}
SECOND_PART = "dagdeel-2"


def _database(server: RunningServer) -> Path:
    return server.folder / "data" / "kwartier.db"


@contextlib.contextmanager
def _sql(server: RunningServer) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(_database(server), timeout=10)) as database, database:
        yield database


def _content(server_folder: Path) -> Path:
    folder = server_folder / "content"
    shutil.copytree(PROGRAMMES, folder)
    # Another programme, that stays whole.
    shutil.copytree(PROGRAMMES / "klein", folder / "heel")
    return folder


class Installation:
    """A server with one meeting at an exercise, and a phone that wrote something in it."""

    def __init__(self, folder: Path) -> None:
        self.content = _content(folder)
        self.server = RunningServer(folder, CONTENT_DIR=str(self.content), **MANY).start()
        self.trainer = Trainer(self.server).make_account()
        self.phone = Phone(self.server)
        tab = self.phone.another_tab().connect()
        control = self.trainer.control(self.phone.meeting)
        control.go("goto", step=FLAP)
        assert tab.send("post", **post("blijft")) == {"ok": True}
        self.first = self.phone.meeting
        with _sql(self.server) as database:
            self.programme, self.secret = database.execute(
                "SELECT programme, secret FROM meeting JOIN course ON course.id = course_id"
                " WHERE meeting.id = ?",
                [self.first],
            ).fetchone()
            self.second = database.execute(
                "SELECT id FROM meeting WHERE part = ? ORDER BY position", [SECOND_PART]
            ).fetchone()[0]
        _hang_up(tab, control)

    def restart(self, between: Callable[[], None]) -> None:
        self.server.stop()
        between()
        self.server.start()

    def open_second(self) -> str:
        """What the organiser reads after asking to open the second meeting."""
        home = self.trainer.session.get(f"{self.server.url}/beheer", timeout=10)
        return self.trainer.session.post(
            f"{self.server.url}/beheer/bijeenkomsten/{self.second}/openen",
            data={"csrf_token": csrf_token(home.text)},
            timeout=10,
        ).text

    def write(self, statement: str, *values: str) -> None:
        with _sql(self.server) as database:
            database.execute(statement, values)


def post(text: str) -> dict[str, object]:
    return {"id": str(uuid.uuid4()), "step": FLAP, "item": "", "form": {"text": [text]}}


def _hang_up(*pages: Page) -> None:
    for page in pages:
        page.socket.eio.disconnect(abort=True)


def _while_running(there: Installation) -> list[Finding]:
    """Every page of the file is overwritten under a server that runs; then it is put back as it was before.

    SQLite holds pages in memory, so what it says of it and when differs. What must not happen: silence.
    """
    tab = there.phone.another_tab().connect()
    control = there.trainer.control(there.first)
    path = _database(there.server)
    whole = there.server.folder / "whole"
    with _sql(there.server) as database, contextlib.closing(sqlite3.connect(whole)) as copy:
        database.backup(copy)
        # Otherwise the write-ahead log would still have every page.
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(bytes(byte ^ 0xFF for byte in path.read_bytes()))
    answers = [tab.send("post", **post(f"kapot {number}")) for number in range(5)]
    told = all(answer["ok"] or "Opslaan lukt nu niet" in answer["message"] for answer in answers)
    hello = control.send("hello")
    said = str(hello["ok"] or "Opslaan lukt nu niet" in hello["message"])
    alive = requests.get(f"{there.server.url}/healthz", timeout=10).status_code
    _hang_up(tab, control)
    there.server.stop()
    started = start(there.server, there.server.folder / "data")
    for left in path.parent.glob("kwartier.db*"):
        left.unlink()
    shutil.copy(whole, path)
    there.server.start()
    refused = started.returncode == 1 and "the database is damaged. Stop Kwartier" in started.stderr
    tab = there.phone.another_tab().connect()
    back = "blijft" in tab.own.get("html", "") or wait_for(lambda: "blijft" in tab.own["html"], "the text")
    _hang_up(tab)
    return [
        Finding("damaged while running: a phone is told saved, or why not", str(told), "True", told),
        Finding("damaged while running: control goes on, or is told why not", said, "True", said == "True"),
        Finding("damaged while running: /healthz", f"{alive}", "200", alive == 200),
        Finding("damaged while running: the next start says so", str(refused), "True", refused),
        Finding("damaged while running: after putting it back", str(back), "True", bool(back)),
    ]


def _curriculum(there: Installation) -> list[Finding]:
    """First while running, then at the start: the meeting that runs has a text of its own."""
    part = there.content / there.programme / f"{SECOND_PART}.md"
    whole = part.read_bytes()
    part.write_bytes(b"\xff\xfe broken")
    said = "programma kan nu niet gelezen worden" in there.open_second()
    tab = there.phone.another_tab().connect()
    running = tab.send("post", **post("gaat door"))["ok"]
    _hang_up(tab)
    there.restart(lambda: None)
    listed = f"{SECOND_PART}.md:" in there.server.printed().rsplit("Kwartier is running", 1)[1]
    ready = requests.get(f"{there.server.url}/readyz", timeout=10).status_code
    tab = there.phone.another_tab().connect()
    control = there.trainer.control(there.first)
    control.go("next")
    control.go("goto", step=FLAP)
    own = tab.place == f"{FLAP}/"
    _hang_up(tab, control)
    part.write_bytes(whole)
    there.restart(lambda: None)
    return [
        Finding("curriculum broken while running: the organiser reads so", str(said), "True", said),
        Finding("curriculum broken while running: its meeting goes on", str(running), "True", running),
        Finding("curriculum broken at the start: listed with file and line", str(listed), "True", listed),
        Finding("curriculum broken at the start: ready with the others", str(ready), "200", ready == 200),
        Finding("curriculum broken at the start: its meeting goes on", str(own), "True", own),
    ]


def _key(there: Installation) -> list[Finding]:
    keys = list((there.server.folder / "keys").glob(f"{there.first}.{FLAP}.key"))
    assert keys

    def lose() -> None:
        for key in keys:
            key.unlink()

    there.restart(lose)
    tab = there.phone.another_tab().connect()
    says = "afgesloten" in tab.view["html"]
    answer = tab.send("post", **post("te laat"))
    _hang_up(tab)
    refused = not answer["ok"] and "afgesloten" in answer["message"]
    return [
        Finding("key lost: the phone says that the step is closed", str(says), "True", says),
        Finding("key lost: a post", answer.get("message", "taken"), "told why not", refused),
    ]


def _one_meeting(there: Installation, quick: bool) -> list[Finding]:
    """One meeting cannot be read; another is opened, joined and posted in."""
    found: list[Finding] = []
    damages = {"state": '{"version": "x', "source": "# geen dagdeel"}
    with _sql(there.server) as database:
        whole = dict(
            zip(
                damages,
                database.execute("SELECT state, source FROM meeting WHERE id = ?", [there.first]).fetchone(),
                strict=True,
            )
        )
    there.open_second()
    for column, damage in list(damages.items())[: 1 if quick else 2]:
        change = f"UPDATE meeting SET {column} = ? WHERE id = ?"
        there.restart(lambda change=change, damage=damage: there.write(change, damage, there.first))
        page = requests.get(f"{there.server.url}/j/{there.secret}", timeout=10)
        told = page.status_code == 503 and "kan niet gelezen worden" in page.text
        home = there.trainer.session.get(f"{there.server.url}/beheer", timeout=10).status_code
        with _sql(there.server) as database:
            secret = database.execute("SELECT secret FROM meeting WHERE id = ?", [there.second]).fetchone()[0]
        other = Phone(there.server, secret)
        other.connect()
        control = there.trainer.control(there.second)
        control.go("cover", to="yes" if column == "state" else "no")
        going = f"meeting {there.first} cannot be read" in there.server.printed()
        _hang_up(other, control)
        found += [
            Finding(
                f"one meeting's {column} damaged: its page", f"{page.status_code}", "503, in words", told
            ),
            Finding(f"one meeting's {column} damaged: organiser", f"{home}", "200", home == 200),
            Finding(f"one meeting's {column} damaged: another meeting", "goes on", "goes on", True),
            Finding(f"one meeting's {column} damaged: the operator reads which", str(going), "True", going),
        ]
        if not quick:
            there.restart(
                lambda change=change, column=column: there.write(change, whole[column], there.first)
            )
    return found


def prove(quick: bool, seed: int) -> list[Finding]:
    """Everything on one installation, mended after each. `seed` is not used: nothing here is drawn."""
    with tempfile.TemporaryDirectory() as name:
        there = Installation(Path(name))
        try:
            findings = [] if quick else _curriculum(there)
            findings += _one_meeting(there, quick)
            findings += [] if quick else _while_running(there) + _key(there)
            there.server.stop()
            starts = STARTS[4:] if quick else STARTS
            return findings + [refuses(there.server, *one) for one in starts]
        finally:
            there.server.stop()
