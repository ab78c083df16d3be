"""A meeting of the small programme in this process, with a real database."""

import copy
import shutil
import threading
import time
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from tests.support.klein import PROGRAMMES
from trainer import create_app
from trainer.config import load
from trainer.kinds.contract import Command, Post, Rejected, Submission
from trainer.live.audience import PHONES
from trainer.live.state import MeetingState
from trainer.meetings.door import Answer
from trainer.meetings.host import Host
from trainer.meetings.room import Room
from trainer.operating.welcome import prepare
from trainer.store.database import transaction
from trainer.store.keys import Phone, new_token
from trainer.store.models import Meeting, db


def klein_environment(folder: Path, content: Path | None = None) -> dict[str, str]:
    """Settings for an installation of its own in `folder` that offers the small programme, or others."""
    return {
        "DATA_DIR": str(folder / "data"),
        "KEY_DIR": str(folder / "keys"),
        "CONTENT_DIR": str(content or PROGRAMMES),
        "BASE_URL": "http://127.0.0.1:8000",
        # One phone does in a second here what a real one does in an hour; the limit has its own test.
        "POST_RATE": "10000",
        "POST_BURST": "10000",
    }


class Compiled(BytecodeCache):
    """Templates that were compiled for one hall, for the next: a hundred tests make one each."""

    def __init__(self) -> None:
        self._found: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._found:
            bucket.bytecode_from_string(self._found[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._found[bucket.key] = bucket.bytecode_to_string()


compiled = Compiled()


def _make_app(folder: Path, content: Path | None = None) -> Flask:
    app: Flask = create_app(load(klein_environment(folder, content)))
    app.jinja_env.bytecode_cache = compiled
    host: Host = app.extensions["kwartier"]
    # What is shown next must not hang on when the clock ticks.
    host.signals = replace(host.signals, notify_later=host.tell_counts)
    return app


class Hall:
    """A meeting in this process with a real database: the first dagdeel of the sample course, opened."""

    ahead_at_the_door = 0.0

    def __init__(self, folder: Path, template: Path | None = None, content: Path | None = None) -> None:
        """`template` is the folder of a hall that was prepared before: copying it is quicker."""
        self.folder = folder
        if template is not None:
            shutil.copytree(template, folder, dirs_exist_ok=True)
        self.app = _make_app(folder, content)
        if template is None:
            prepare(self.app)
        self.host: Host = self.app.extensions["kwartier"]
        with self.app.app_context():
            first = db.session.query(Meeting).filter(Meeting.phase == "lobby").one()
            self.meeting, self.code, self.secret = first.id, first.code, first.secret

    def restarted(self) -> "Hall":
        """The same installation in a new process, as far as memory goes."""
        again = object.__new__(Hall)
        again.folder, again.meeting = self.folder, self.meeting
        again.code, again.secret = self.code, self.secret
        again.app = _make_app(self.folder)
        again.host = again.app.extensions["kwartier"]
        # Also one that `age` let run ahead: time did not go back because a process ended.
        again.host.clock = self.host.clock
        return again

    def another(self) -> "Hall":
        """Another meeting of the same course, in the same process: quicker than a hall of its own."""
        again = copy.copy(self)
        again.meeting = str(uuid.uuid4())
        with self.app.app_context():
            first = db.session.get_one(Meeting, self.meeting)
            planned = Meeting(
                id=again.meeting, course_id=first.course_id, part=first.part, date=first.date, phase="planned"
            )
            transaction(lambda: db.session.add(planned))
            assert self.host.open_meeting(again.meeting)
            again.code, again.secret = planned.code, planned.secret
        return again

    def stop(self) -> None:
        """Lets go of the database's files."""
        self.host.engine.dispose()
        self.host.writer.engine.dispose()

    @property
    def room(self) -> Room:
        room = self.host.room(self.meeting)
        assert room is not None
        return room

    @property
    def state(self) -> MeetingState:
        return self.room.state

    def ask(self, name: str, **args: str) -> MeetingState | Rejected:
        command = Command(name, {key: (value,) for key, value in args.items()})
        return self.host.steering.command(self.meeting, command, self.state.version_at())

    def do(self, name: str, **args: str) -> MeetingState:
        outcome = self.ask(name, **args)
        assert isinstance(outcome, MeetingState), outcome
        return outcome

    def phone(self) -> str:
        """The token of a phone that joined; before a shut door a trainer lets it in."""
        token = new_token()
        if self.knock(token) is Answer.SHUT:
            self.later_at_the_door()
            self.knock(token)
            words, _ = self.room.door.words(self.state)
            assert self.host.joining.admit(self.meeting, words) is None
        while not self.host.is_participant(self.meeting, token):
            self.later_at_the_door()
            self.knock(token)
        return token

    def later_at_the_door(self, seconds: float = 2.0) -> None:
        """Lets time pass at the door, and nowhere else."""
        self.ahead_at_the_door += seconds
        self.room.door.now = lambda: time.monotonic() + self.ahead_at_the_door

    def knock(self, token: str) -> Answer:
        """What a phone is told that asks to come in."""
        return self.host.joining.knock(self.meeting, token, anew=True)

    def post(self, token: str, step: str, item: str = "", post_id: str = "", **form: Any) -> Rejected | None:
        fields = {key: value if isinstance(value, tuple) else (value,) for key, value in form.items()}
        made = post_id or str(uuid.uuid4())
        return self.take(token, made, step, Submission(item, fields))

    def take(self, token: str, post_id: str, step: str, submission: Submission) -> Rejected | None:
        """Waits for the answer that a phone would get. Raises NotSaved when that is the answer."""
        answers: list[Rejected | Exception | None] = []
        answered = threading.Event()

        def done(outcome: Rejected | Exception | None) -> None:
            answers.append(outcome)
            answered.set()

        self.host.posting.post(Phone.of(self.meeting, token), post_id, step, submission, done)
        assert answered.wait(10), "no answer to a post"
        if isinstance(answers[0], Exception):
            raise answers[0]
        return answers[0]

    def own(self, token: str, place: str = "") -> str:
        """What a phone shows of its own: its private fragment, or what all phones see when it has none."""
        phones = replace(PHONES, place=place)
        made = self.host.owns.message(self.room, token, phones)
        if made is not None and made.html:
            return made.html
        return str(self.host.messages.phone_values(self.room, phones)["own_html"])

    def posts(self, step: str) -> list[Post]:
        return sorted(self.room.step_posts(step), key=lambda post: post.id)

    def age(self, seconds: float) -> None:
        """Lets the host's clock run ahead."""
        self.host.clock._begun -= seconds

    def written(self) -> bytes:
        """Everything in every file of the data folder, the write-ahead log included."""
        return b"".join(path.read_bytes() for path in (self.folder / "data").rglob("*") if path.is_file())
