"""Kwartier's pages without a server: an app with a folder and a programme of its own, and its visitors."""

import re
import uuid
from datetime import date
from pathlib import Path
from queue import Queue
from shutil import copytree

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.hall import compiled
from trainer import create_app
from trainer.config import load
from trainer.cookies import SESSION, screen
from trainer.kinds.contract import Command, Submission
from trainer.meetings.door import Answer
from trainer.meetings.host import Host
from trainer.store.database import transaction, upgrade_database
from trainer.store.keys import Phone
from trainer.store.locations import make
from trainer.store.models import Meeting, User, db
from trainer.web.accounts import Passwords, accept, invite, passwords

PASSWORD = "een lang wachtwoord"
PROGRAMME = """---
titel: Kleine training
doel: Uitproberen.
delen: [dagdeel-1, dagdeel-2]
bronnen: [Geschreven voor Kwartier]
---

Een programma om mee te testen.
"""
PART = """---
titel: Dagdeel {number}
doel: Uitproberen.
bronnen: [Geschreven voor Kwartier]
---

## Welkom {{#welkom minuten=15}}

Fijn dat je er bent.

## Afsluiting {{#afsluiting minuten=15}}

### Hoe was het vandaag? {{#hoe-was-het werkvorm=evaluatie}}

| id | vraag | soort | antwoorden |
| --- | --- | --- | --- |
| tempo | Het tempo was | keuze | te langzaam; precies goed; te snel |
| beter | Wat kan er beter? | open | |
"""


def write_content(folder: Path) -> None:
    """A programme of two parts that end in the same evaluation."""
    programme = folder / "klein"
    programme.mkdir(parents=True)
    (programme / "programma.md").write_text(PROGRAMME, encoding="utf-8")
    for number in (1, 2):
        (programme / f"dagdeel-{number}.md").write_text(PART.format(number=number), encoding="utf-8")


class Visitor:
    """Somebody with a browser: sends the forms of the pages that were asked for."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, page: str | None = None, **fields: object) -> TestResponse:
        """Sends a form with the token that is on `page` (default: the page of the form itself)."""
        return self.client.post(path, data={"csrf_token": self.token(page or path), **fields})

    def token(self, page: str) -> str:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(page).text)
        assert found, f"there is no form on {page}"
        return found.group(1)

    def log_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/inloggen", login=login, password=password)


class Site:
    """The application, and what tests arrange in it."""

    def __init__(self, folder: Path, prepared: Path | None = None, **settings: str) -> None:
        """An installation in `folder`; `prepared` has its tables already, which saves making them."""
        write_content(folder / "content")
        if prepared is not None:
            copytree(prepared / "data", folder / "data")
        environment = {
            "DATA_DIR": str(folder / "data"),
            "KEY_DIR": str(folder / "keys"),
            "CONTENT_DIR": str(folder / "content"),
            **settings,
        }
        self.app: Flask = create_app(load(environment))
        self.app.jinja_env.bytecode_cache = compiled
        # The same algorithm, only quick: a test makes many passwords.
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.app.extensions["kwartier_passwords"] = Passwords(quick)
        if prepared is None:
            upgrade_database(self.app)
        self.host: Host = self.app.extensions["kwartier"]

    @property
    def today(self) -> date:
        """The day that Kwartier has: around midnight the machine may have another."""
        return self.host.clock.now().date()

    def stop(self) -> None:
        """Closes the database: its files are complete, and can be copied."""
        with self.app.app_context():
            db.engine.dispose()
        self.host.writer.engine.dispose()

    def visitor(self) -> Visitor:
        return Visitor(self.app.test_client())

    def invitation(
        self,
        *,
        is_organiser: bool = False,
        course_id: int | None = None,
        location_id: int | None = None,
        day: date | None = None,
        first_run: bool = False,
    ) -> str:
        """The address of a one-time link, made on `day` (default: today)."""
        with self.app.app_context():
            made = day or self.today
            organiser = is_organiser or first_run
            token = invite(
                made,
                is_organiser=organiser,
                course_id=course_id,
                location_id=location_id,
                first_run=first_run,
            )
            return f"/welkom/{token}"

    def location(self, name: str) -> int:
        """Makes a location; returns its id."""
        with self.app.app_context():
            return int(transaction(lambda: make(name)).id)

    def account(self, login: str, *, is_organiser: bool = False, location_id: int | None = None) -> None:
        with self.app.app_context():
            token = invite(self.today, is_organiser=is_organiser, location_id=location_id)
            encoded = passwords().hasher.hash(PASSWORD)
            name = login.partition("@")[0].capitalize()
            accept(token, self.today, login=login, name=name, password_hash=encoded)

    def logged_in(self, login: str, *, is_organiser: bool = False, location_id: int | None = None) -> Visitor:
        """Somebody with a new account; an organiser is one of `location_id`, or national."""
        self.account(login, is_organiser=is_organiser, location_id=location_id)
        visitor = self.visitor()
        assert visitor.log_in(login).status_code == 302
        return visitor

    def logins(self) -> list[str]:
        with self.app.app_context():
            return list(db.session.scalars(select(User.login).order_by(User.login)))

    def meetings(self, course_id: int = 1) -> list[Meeting]:
        with self.app.app_context():
            query = select(Meeting).where(Meeting.course_id == course_id).order_by(Meeting.position)
            return list(db.session.scalars(query))

    def trainers(self, meeting_id: str) -> list[str]:
        with self.app.app_context():
            return sorted(user.login for user in db.session.get_one(Meeting, meeting_id).trainers)

    def hold(self, meeting_id: str, tempos: list[int], texts: list[str]) -> None:
        """Gives a meeting from lobby to end, with one phone for each answer."""
        with self.app.app_context():
            self.host.open_meeting(meeting_id)
            self.command(meeting_id, "next")
            self.command(meeting_id, "next")
            for place, tempo in enumerate(tempos):
                self._answer(meeting_id, str(tempo), texts[place] if place < len(texts) else "")
            self.command(meeting_id, "close")

    def command(self, meeting_id: str, name: str) -> None:
        room = self.host.room(meeting_id)
        assert room is not None
        self.host.steering.command(meeting_id, Command(name), room.state.version)

    def _answer(self, meeting_id: str, tempo: str, text: str) -> None:
        room = self.host.room(meeting_id)
        assert room is not None
        settings = next(step.settings for step in room.part.steps() if step.kind == "evaluatie")
        names = {question.id: question.name for question in settings.questions}
        token = uuid.uuid4().hex
        assert self.host.joining.knock(meeting_id, token, anew=True) is Answer.IN
        form = {names["tempo"]: [tempo], names["beter"]: [text]}
        outcome: Queue[object] = Queue()
        phone = Phone.of(meeting_id, token)
        self.host.posting.post(phone, str(uuid.uuid4()), "hoe-was-het", Submission("", form), outcome.put)
        assert outcome.get(timeout=10) is None


def trainer_cookie(app: Flask, meeting: str) -> str:
    """What the browser of a new trainer sends, who has control and a screen of `meeting` open."""
    host: Host = app.extensions["kwartier"]
    with app.app_context():
        today = host.clock.now().date()
        course = invite(today, is_organiser=True, course_id=1)
        accept(course, today, login="t", name="T", password_hash=passwords().hasher.hash(PASSWORD))
    visitor = Visitor(app.test_client())
    assert visitor.log_in("t").status_code == 302
    visitor.get(f"/scherm/{meeting}")
    names = (host.cookies.name(SESSION), host.cookies.name(screen(meeting)))
    found = [visitor.client.get_cookie(name) for name in names]
    assert None not in found
    return "; ".join(f"{each.key}={each.value}" for each in found if each)
