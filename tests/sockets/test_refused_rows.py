"""Phones of one meeting whose rows the database refuses, beside phones of another, on a server that runs."""

import sqlite3
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from tests.sockets.conftest import Stage, staged
from tests.support.pages import Phone
from tests.support.server import PATIENCE
from tests.support.trainers import Trainer

FLAP = "wat-brengt-ervaring"
PHONES = 6


@pytest.fixture(params=["trainer", "threaded_trainer"], ids=["eventlet", "threading"])
def stages(request: pytest.FixtureRequest) -> Iterator[list[Stage]]:
    """Two meetings on one server, at the same exercise."""
    trainer: Trainer = request.getfixturevalue(request.param)
    first, second = staged(trainer), staged(trainer)
    yield [next(each).at(FLAP) for each in (first, second)]
    for each in (first, second):
        next(each, None)


class Sent:
    """A post on its way, and its answer."""

    def __init__(self, phone: Phone) -> None:
        self.text = f"tekst {uuid.uuid4().hex[:12]}"
        self._answer: dict[str, Any] = {}
        self._answered = threading.Event()
        message = {"id": str(uuid.uuid4()), "step": FLAP, "item": "", "form": {"text": [self.text]}}
        phone.socket.emit("post", message, callback=self._take)
        # The server reads one message after the other: the post waits for the writer now.
        phone.send("hello")

    def _take(self, answer: dict[str, Any]) -> None:
        self._answer = answer
        self._answered.set()

    @property
    def answer(self) -> dict[str, Any]:
        assert self._answered.wait(PATIENCE), "no answer to a post"
        return self._answer


def test_a_deleted_meeting_costs_the_phones_of_another_no_post(stages: list[Stage]) -> None:
    gone, other = stages
    phones = {stage.meeting: [stage.phone() for _ in range(PHONES)] for stage in stages}
    early = other.phone()
    path = other.server.folder / "data" / "kwartier.db"
    with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys=ON")
        database.execute("BEGIN IMMEDIATE")
        database.execute("DELETE FROM meeting WHERE id = ?", [gone.meeting])

        # The first waits for the database, and the others for the first: they are one group.
        first = Sent(early)
        with ThreadPoolExecutor(2 * PHONES) as pool:
            sent = {meeting: list(pool.map(Sent, some)) for meeting, some in phones.items()}
        database.execute("COMMIT")
        answers = {meeting: [each.answer for each in some] for meeting, some in sent.items()}
        stored = database.execute("SELECT json_extract(payload, '$.text') FROM post WHERE step = ?", [FLAP])
        texts = {text for (text,) in stored}

    assert first.answer == {"ok": True}
    assert answers[other.meeting] == [{"ok": True}] * PHONES
    assert {each.text for each in sent[other.meeting]} <= texts
    assert {answer["ok"] for answer in answers[gone.meeting]} == {False}
