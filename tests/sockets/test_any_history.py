"""Whatever people do, in whatever order: what a page shows is what a page that opens now would show.

A Hypothesis state machine over the whole live engine with a real database: phones join, drop off, come back,
post, take back and press; trainers press, at once or too late; time passes; the database refuses; the server
restarts.
"""

import logging
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.sockets.history.phones import STEPS, Phone, SetClock
from tests.sockets.history.shown import difference
from tests.sockets.history.trainers import Trainers
from tests.support.hall import Hall
from tests.support.loopback import Loopback, phone_cookie
from tests.support.site import trainer_cookie
from trainer.kinds.gate import is_card
from trainer.meetings.room import Room
from trainer.sockets import broadcast

# `make faults` plays eight times as many, and others each time.
HISTORIES, STEPS_EACH = min(200, settings().max_examples), 200
# A post of the evaluation has a row for each question.
MOST_ROWS = 20
PATIENCE = 5.0


class History(Trainers):
    """The whole: time passes, the database refuses, the server restarts, and everybody is right."""

    steps = 0

    @invariant()
    def count(self) -> None:
        type(self).steps += 1

    @invariant()
    def gate_looks_at_every_card_and_paper(self) -> None:
        room = self.hall.host.room(self.hall.meeting)
        for step_id in room.posts if room else ():
            posts = room.gate_posts(step_id)
            apart = {post.id: post for post in posts.here if post.paper or post.leaving or is_card(post)}
            assert {post.id: post for post in posts.visible} == apart

    # Time, the database, the server

    @rule(minutes=st.sampled_from([0, 1, 11]))
    def time_passes(self, minutes: int) -> None:
        clock = self.hall.host.clock
        assert isinstance(clock, SetClock)
        clock.moment += timedelta(minutes=minutes)
        try:
            self.hall.host.sweep()
        except Exception:
            # `server._sweep` tries it again.
            assert self.refusing

    # It takes more often than it refuses.
    @rule(refusing=st.sampled_from([False, False, True]))
    def the_database_refuses_or_takes_again(self, refusing: bool) -> None:
        self.refusing = refusing
        with self.hall.host.writer.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA query_only={int(refusing)}")

    @rule(really=st.sampled_from([False, False, False, True]))
    def the_server_restarts(self, really: bool) -> None:
        if really:
            self._restart()
            self._open_trainers()
            for phone in self.phones:
                phone.pages = [self._open("phone", phone.token)]
                self._send_what_waits(phone)

    def _restart(self) -> None:
        self._wait_for_the_writer()
        before, withdrawn = kept(self.hall.room), self.hall.room.withdrawn
        for page in (self.control, self.screen, *(page for _, page in self.connected)):
            page.close()
        self.hall.stop()
        self.hall = self.hall.restarted()
        self.refusing = False
        assert kept(self.hall.room) == before
        # Who answered the question of sharing was in memory alone.
        assert self.hall.room.state.asked_again == self.hall.room.state.shared
        # Of steps that began again or were sealed, only memory still knows what was taken back.
        assert self.hall.room.withdrawn <= withdrawn

    # What must always be so

    @rule()
    def everybody_is_right(self) -> None:
        """Every page shows what one that opens now shows, and nothing shows who somebody is."""
        for page in (self.control, self.screen):
            self._is_right(page, self.cookie)
        for phone, page in self.connected:
            self._is_right(page, phone_cookie(phone.token))
        authors = {post.author for posts in self.hall.room.posts.values() for post in posts.values()}
        tokens = {phone.token for phone in self.phones}
        for page in (self.control, self.screen, *(page for _, page in self.connected)):
            assert [word for word in authors | tokens if word in page.shown] == []
        for phone in self.phones:
            for step in STEPS:
                self._has_what_it_sent(phone, step)

    def _is_right(self, held: Loopback, cookie: str) -> None:
        fresh = Loopback(self.hall.app, self.hall.meeting, held.role, cookie)
        late = time.monotonic() + PATIENCE
        while held.shown != fresh.shown:
            assert time.monotonic() < late, difference(held, fresh)
            time.sleep(0.001)
        fresh.close()

    def _has_what_it_sent(self, phone: Phone, step: str) -> None:
        """A phone has in a step what it was told is saved, once, less what it took back."""
        room, keys = self.hall.room, self.hall.host.keys
        sent = [one for one in phone.sent if one.step == step]
        if step in room.state.sealed or not keys.has(room.id, step) or not sent:
            return
        name, own = (
            keys.author(room.id, step, phone.token),
            self.hall.host.posting.own(room, step, phone.token),
        )
        row = partial(self.hall.host.posting.row_id, room, step, name)
        rows = {row(one.data["id"], place) for one in sent for place in range(MOST_ROWS)}
        assert {post.id for post in own} <= rows
        if room.kinds[room.steps[step].kind].multiple(""):
            run = room.state.runs.get(step, 0)
            told = {row(one.data["id"]) for one in sent if one.saved and one.run == run}
            assert told - room.withdrawn <= {post.id for post in own}, "told saved and lost"

    def teardown(self) -> None:
        """However it went, it can be closed; and then everybody sees that it is."""
        if not hasattr(self, "hall"):
            return
        try:
            self.the_database_refuses_or_takes_again(False)
            self.everybody_is_right()
            self.hall.do("close")
            self.everybody_is_right()
            self._restart()
            assert self.hall.room.participants == set()
        finally:
            self.hall.stop()
            shutil.rmtree(self.folder)


def kept(room: Room) -> Any:
    """All that a restart must not change: the version runs ahead when something could not be stored."""
    running = [step for step in STEPS if step not in room.state.sealed]
    posts = {step: found for step, found in room.posts.items() if found}
    gone = {step: found for step in running if (found := room.gone.get(step))}
    ever = {
        step: {i: phones for i, phones in room.ever[step].items() if phones}
        for step in running
        if room.ever.get(step)
    }
    return posts, gone, ever, room.participants, replace(room.state, version=0, asked_again=())


@pytest.fixture
def machine(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[type[RuleBasedStateMachine]]:
    # The same gathering, only quicker.
    monkeypatch.setattr(broadcast, "INTERVAL_SECONDS", 0.002)
    monkeypatch.setattr(broadcast, "OWN_SECONDS", 0.002)
    monkeypatch.setattr(broadcast, "OWN_PAUSE_SECONDS", 0.002)
    monkeypatch.setattr(broadcast, "TICK_SECONDS", 0.002)
    logging.disable(logging.ERROR)
    History.template = tmp_path / "template"
    hall = Hall(History.template, prepared)
    History.cookie = trainer_cookie(hall.app, hall.meeting)
    hall.stop()
    yield History
    logging.disable(logging.NOTSET)


def test_every_page_shows_what_one_that_opens_now_shows(machine: type[RuleBasedStateMachine]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS_EACH,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    # Some end early.
    assert History.steps >= 120 * HISTORIES
    # Some two in each.
    assert History.shown >= HISTORIES / 2
