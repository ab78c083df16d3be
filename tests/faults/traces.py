"""What was deleted or replaced is in no file once Kwartier has stopped, or has started again after a kill."""

import json
import re
import signal
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import requests

from tests.support.findings import Finding
from tests.support.klein import PROGRAMMES
from tests.support.pages import Phone
from tests.support.server import RunningServer, csrf_token, wait_for
from tests.support.trainers import Trainer
from trainer.store.keys import token_hash

SETTINGS = {"CONTENT_DIR": str(PROGRAMMES), "POST_RATE": "10000", "POST_BURST": "10000"}
FLAP, EVALUATION = "wat-brengt-ervaring", "hoe-was-het"
PEOPLE = 6
# Wiping may take two.
STOP_SECONDS = 2.5
LONG_AGO = "2021-01-01"


class House:
    """A server with one meeting that goes on, and the words that were deleted in it, by how."""

    def __init__(self, folder: Path) -> None:
        self.server = RunningServer(folder, **SETTINGS).start()
        self.trainer = Trainer(self.server).make_account()
        self.trainer.expect(PEOPLE)
        self.phones = [Phone(self.server) for _ in range(PEOPLE)]
        for phone in self.phones:
            phone.connect()
        self.meeting = self.phones[0].meeting
        self.control = self.trainer.control(self.meeting)
        self.words: dict[str, list[str]] = {}

    def word(self, how: str) -> str:
        """A word that is nowhere else, which is going to be deleted in this way."""
        made = f"woord-{uuid.uuid4().hex[:12]}"
        self.words.setdefault(how, []).append(made)
        return made

    def go(self, name: str, **args: str) -> None:
        """A trainer's command, once her page shows what phones changed before it."""
        query = "SELECT version FROM meeting WHERE id = ?"
        wait_for(lambda: self.sql(query, self.meeting) == [(self.control.version,)], "the newest view")
        self.control.go(name, **args)

    def ask(self, page: str, action: str = "", **form: str) -> requests.Response:
        """Presses a button of an organiser's page."""
        home = f"{self.server.url}/beheer"
        token = csrf_token(self.trainer.session.get(f"{home}{page}").text)
        answer = self.trainer.session.post(f"{home}{action or page}", data={"csrf_token": token, **form})
        assert answer.ok, answer.text
        return answer

    def planned(self) -> str:
        """A meeting that was not opened yet."""
        return str(self.sql("SELECT id FROM meeting WHERE phase = 'planned'")[0][0])

    def sql(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        path = self.server.folder / "data" / "kwartier.db"
        with closing(sqlite3.connect(path, timeout=10)) as database, database:
            return database.execute(query, values).fetchall()

    def hang_up(self) -> None:
        for page in (*self.phones, self.control):
            page.socket.eio.disconnect(abort=True)

    def traces(self) -> dict[str, int]:
        """How many of the words some file still holds, by how they were deleted."""
        files = [path for path in self.server.folder.rglob("*") if path.is_file()]
        files = [path for path in files if path != self.server.output]
        held = b"\0".join(path.read_bytes() for path in files)
        return {how: sum(word.encode() in held for word in words) for how, words in self.words.items()}


def taken_back(house: House) -> None:
    house.go("goto", step=FLAP)
    phone, key = house.phones[0], str(uuid.uuid4())
    assert phone.post(FLAP, post_id=key, text=house.word("taken back")) == {"ok": True}
    (stored,) = house.sql("SELECT id FROM post WHERE payload LIKE ?", f"%{house.words['taken back'][0]}%")
    assert phone.send("withdraw", step=FLAP, id=stored[0]) == {"ok": True}


def begun_again(house: House) -> None:
    house.go("goto", step=FLAP)
    assert house.phones[1].post(FLAP, text=house.word("begun again")) == {"ok": True}
    house.go("restart")


def replaced(house: House) -> None:
    house.go("goto", step=EVALUATION)
    phone = house.phones[2]
    field = wait_for(lambda: re.search(r'name="([^"]*beter[^"]*)"', phone.view["html"]), "a field")[1]
    for text in (house.word("replaced"), "niets"):
        assert phone.post(EVALUATION, **{field: text}) == {"ok": True}


def left(house: House) -> None:
    phone = house.phones[4]
    page = f"{house.server.url}/m/{house.meeting}"
    house.words["left"] = [token_hash(house.meeting, phone.token)]
    assert phone._session.post(f"{page}/verlaten").ok


def not_opened(house: House) -> None:
    meeting = house.planned()
    house.ask("", f"/bijeenkomsten/{meeting}/openen")
    ((secret,),) = house.sql("SELECT secret FROM meeting WHERE id = ?", meeting)
    phone = Phone(house.server, secret)
    house.words["not opened"] = [token_hash(meeting, phone.token), secret]
    house.ask(f"/bijeenkomsten/{meeting}", f"/bijeenkomsten/{meeting}/niet-openen")


def meeting_deleted(house: House) -> None:
    meeting = house.planned()
    house.words["meeting deleted"] = [meeting]
    house.ask(f"/bijeenkomsten/{meeting}/verwijderen")


def course_replaced(house: House) -> None:
    words = [house.word("course changed"), house.word("course changed")]
    for place, contact in (words, ("Elders", "Iemand")):
        settings = {"title": "Traject", "responsible": "Stichting", "retention_days": "30"}
        house.ask("/trajecten/1", place=place, contact=contact, **settings)


def course_deleted(house: House) -> None:
    """Its title stays in the log for as long as lines do (decision 43)."""
    words = [house.word("course deleted") for _ in range(2)]
    house.sql(
        "INSERT INTO course (title, place, contact, programme, retention_days)"
        " VALUES ('Weg', ?, ?, 'klein', 30)",
        *words,
    )
    ((key,),) = house.sql("SELECT max(id) FROM course")
    house.ask(f"/trajecten/{key}/verwijderen")


def not_seen(house: House) -> list[str]:
    """Cards that nobody saw, which stay until the meeting closes; with who wrote them, and every phone."""
    house.go("goto", step=FLAP)
    cards = [f"kaart-{uuid.uuid4().hex[:12]}" for _ in range(2)]
    for phone, text in zip(house.phones, cards, strict=False):
        assert phone.post(FLAP, text=text) == {"ok": True}
    phones = house.sql("SELECT token_hash FROM participant WHERE meeting_id = ?", house.meeting)
    authors = house.sql("SELECT author FROM post WHERE step = ?", FLAP)
    return [*cards, *(word for (word,) in (*phones, *authors))]


def closed(house: House, words: list[str]) -> None:
    house.words = {"closed": words}
    house.control = house.trainer.control(house.meeting)
    house.go("close")
    house.control.socket.eio.disconnect(abort=True)


# Typing and closing wipe by themselves: what comes after the first is left to the end of the process.
WAYS: tuple[Callable[[House], None], ...] = (
    taken_back,
    begun_again,
    replaced,
    left,
    not_opened,
    meeting_deleted,
    course_replaced,
    course_deleted,
)


def _soon(what: str, took: float) -> Finding:
    return Finding(what, f"{took:.1f} s", f"{STOP_SECONDS:g} s", took < STOP_SECONDS, clock=True)


def _stopped(house: House, number: signal.Signals) -> list[Finding]:
    began = time.monotonic()
    house.server.stop(number)
    took = time.monotonic() - began
    findings = [
        *_none(house, f"stopped by {number.name}"),
        _soon(f"stopped by {number.name}", took),
    ]
    house.server.start()
    return findings


def _killed(house: House) -> list[Finding]:
    house.server.kill()
    house.server.start()
    return _none(house, "killed, and the first page")


def _held(house: House) -> list[Finding]:
    """Another program holds the database, so that nothing can be wiped: the stop does not wait for it."""
    house.words = {}
    course_replaced(house)
    path = house.server.folder / "data" / "kwartier.db"
    with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        house.server.stop()
        took = time.monotonic() - began
        other.execute("ROLLBACK")
    house.server.start()
    return [
        _soon("stopped while the database was held", took),
        *_none(house, "which was held at the stop, and the first page"),
    ]


def _none(house: House, when: str) -> list[Finding]:
    return [
        Finding(f"{how}, {when}", f"{found} of {len(house.words[how])} words in files", "0", not found)
        for how, found in house.traces().items()
    ]


def _while_off(house: House) -> list[Finding]:
    """What became too old, or cannot be read, while Kwartier did not run: at the first page it is gone."""
    house.words = {}
    house.server.stop()
    texts, name, post = house.word("too old"), house.word("unreadable"), house.word("unreadable")
    house.sql("UPDATE meeting SET closed_on = ? WHERE id = ?", LONG_AGO, house.meeting)
    house.sql("INSERT INTO result VALUES (?, 'x', 99, '{}', ?)", house.meeting, json.dumps([texts]))
    other = str(uuid.uuid4())
    state = json.dumps({"phase": "live", "begun": {"een": 1.0}, "kinds": {"x": name}})
    house.sql(
        "INSERT INTO meeting"
        " (id, course_id, part, position, date, start, phase, source, version, screens, state)"
        " VALUES (?, 1, 'dagdeel-1', 9, '2026-01-01', '09:30', 'live', '?', 1, 0, ?)",
        other,
        state,
    )
    house.sql(
        "INSERT INTO post (meeting_id, step, item, author, slot, id, payload)"
        " VALUES (?, 'x', '', '', '', '', ?)",
        other,
        json.dumps({"text": post}),
    )
    held = sum(house.traces().values())
    house.server.start()
    return [
        Finding("written while it was off", f"{held} of 3 words", "3", held == 3),
        *_none(house, "and the first page"),
    ]


def prove(quick: bool, seed: int) -> list[Finding]:
    """Every way of deleting, and then each end of a process. `seed` is not used: nothing here is drawn."""
    ends: list[Callable[[House], list[Finding]]] = [
        lambda house: _stopped(house, signal.SIGTERM),
        _killed,
    ]
    if not quick:
        ends.append(lambda house: _stopped(house, signal.SIGINT))
    findings: list[Finding] = []
    for end in ends:
        with tempfile.TemporaryDirectory() as name:
            house = House(Path(name))
            try:
                for way in WAYS:
                    way(house)
                unseen = not_seen(house)
                house.hang_up()
                findings += end(house)
                closed(house, unseen)
                findings += end(house)
                if end is _killed:
                    findings += _held(house) + _while_off(house)
            finally:
                house.server.stop()
    return findings
