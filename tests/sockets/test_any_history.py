"""Whatever people do, in whatever order: what a page shows is what a page that opens now would show.

A Hypothesis state machine over the whole live engine with a real database: phones join, drop off, come back,
post, take back and press; trainers press, at once or too late; time passes; the database refuses; the server
restarts.
"""

import difflib
import logging
import random
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.kinds.contract_support import Form
from tests.kinds.contract_support import Page as Fragment
from tests.support.klein import Hall, klein_part
from tests.support.loopback import Loopback, phone_cookie
from tests.support.site import trainer_cookie
from trainer.kinds import discover
from trainer.kinds.contract import ROOM
from trainer.kinds.gate import is_card
from trainer.live.clock import Clock
from trainer.live.commands import HANDLERS
from trainer.meetings.room import Room
from trainer.sockets import broadcast
from trainer.store.writer import NotSaved

STEPS = [step.id for step in klein_part().steps()]
SHOWING = [step.id for step in klein_part().steps() if discover()[step.kind].takes_posts]
COMMANDS = sorted(set(HANDLERS) - {"close"})
# Some end early: together at least ten thousand steps.
HISTORIES, STEPS_EACH = 68, 200
MOST_PHONES = 5
# A post of the evaluation has a row for each question.
MOST_ROWS = 20
PATIENCE = 5.0

Thing = TypeVar("Thing")
# What a rule chooses from has ids that differ each time, so Hypothesis draws only the seed of the choices.
chances = st.integers(0, 2**16).map(random.Random)


class SetClock(Clock):
    """A clock that only the test moves."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock.zone)
        self.moment = clock.now()

    def seconds(self) -> float:
        return self.moment.timestamp()


@dataclass
class Sent:
    """What a phone sends again until it is told that it is saved; `run`: how often the step had begun."""

    step: str
    data: dict[str, Any]
    run: int = 0
    saved: bool = False
    refused: bool = False


@dataclass
class Phone:
    token: str
    pages: list[Loopback] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)

    @property
    def waiting(self) -> list[Sent]:
        return [one for one in self.sent if not one.saved and not one.refused]


class History(RuleBasedStateMachine):
    """One meeting. `template` is the folder of a prepared installation, `cookie` that of its trainer."""

    template: Path
    cookie: str
    steps = 0
    # How often there was something to see of what a room posted.
    shown = 0

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=self.template.parent))
        self.hall = Hall(self.folder, self.template)
        self.hall.host.clock = SetClock(self.hall.host.clock)
        self.phones: list[Phone] = []
        self.refusing = False
        self.words = 0
        self._open_trainers()
        for _ in range(ROOM):
            self.joins()

    def _open(self, role: str, token: str = "") -> Loopback:
        cookie = phone_cookie(token) if token else self.cookie
        return Loopback(self.hall.app, self.hall.meeting, role, cookie)

    def _open_trainers(self) -> None:
        self.control, self.screen = self._open("control"), self._open("screen")

    @property
    def connected(self) -> list[tuple[Phone, Loopback]]:
        return [(phone, page) for phone in self.phones for page in phone.pages]

    @invariant()
    def count(self) -> None:
        History.steps += 1

    @invariant()
    def gate_looks_at_every_card_and_paper(self) -> None:
        room = self.hall.host.room(self.hall.meeting)
        for step_id in room.posts if room else ():
            posts = room.gate_posts(step_id)
            apart = {post.id: post for post in posts.here if post.paper or post.leaving or is_card(post)}
            assert {post.id: post for post in posts.visible} == apart

    # Phones

    @rule()
    def joins(self) -> None:
        if len(self.phones) < MOST_PHONES and not self.refusing:
            token = self.hall.phone()
            self.phones.append(Phone(token, [self._open("phone", token)]))

    @rule(chance=chances)
    def comes_back_or_opens_a_second_tab(self, chance: random.Random) -> None:
        for phone in _one(chance, self.phones):
            while len(phone.pages) > 1:
                phone.pages.pop().close()
            phone.pages.append(self._open("phone", phone.token))
            self._send_what_waits(phone)

    def _send_what_waits(self, phone: Phone) -> None:
        for one in phone.waiting:
            self._hand_over(phone, phone.pages[-1], one)

    @rule(chance=chances)
    def drops_off(self, chance: random.Random) -> None:
        for phone, page in _one(chance, self.connected):
            page.close()
            phone.pages.remove(page)

    @rule(chance=chances)
    def posts(self, chance: random.Random) -> None:
        for phone, page in _one(chance, self.connected):
            for form in _one(chance, _forms(page, "data-post")):
                self._send(phone, page, _step(form), _item(form), self._filled_in(form, chance))

    @rule(chance=chances)
    def posts_and_drops_off_before_the_answer(self, chance: random.Random) -> None:
        for phone, page in _one(chance, self.connected):
            for form in _one(chance, _forms(page, "data-post")):
                one = Sent(_step(form), _post(_step(form), _item(form), self._filled_in(form, chance)))
                phone.sent.append(one)
                page.tell("post", **one.data)
                page.close()
                phone.pages.remove(page)

    @rule(chance=chances, step=st.sampled_from(STEPS))
    def posts_to_another_step(self, chance: random.Random, step: str) -> None:
        for phone, page in _one(chance, self.connected):
            self._send(phone, page, step, "", {"text": [self._word()], "choice": ["0"], "place": ["1"]})

    def _filled_in(self, form: Form, chance: random.Random) -> dict[str, list[str]]:
        chosen = {name: [chance.choice(values)] for name, values in form.options.items()}
        return chosen | {name: [chance.choice([self._word(), ""])] for name in form.texts}

    def _word(self) -> str:
        self.words += 1
        return f"woord-{self.words}-"

    def _send(self, phone: Phone, page: Loopback, step: str, item: str, fields: dict[str, list[str]]) -> None:
        one = Sent(step, _post(step, item, fields))
        phone.sent.append(one)
        self._hand_over(phone, page, one)

    def _hand_over(self, phone: Phone, page: Loopback, one: Sent) -> None:
        answer = page.ask("post", **one.data)
        assert not answer.get("retry") or self.refusing, answer
        one.saved, one.refused = answer["ok"], not answer["ok"] and not answer["retry"]
        if one.saved:
            one.run = self.hall.state.runs.get(one.step, 0)

    @rule(chance=chances)
    def takes_back(self, chance: random.Random) -> None:
        for _, page in _one(chance, self.connected):
            for button in _one(chance, _buttons(page, "data-withdraw")):
                step, post_id = button["data-step"], button["data-withdraw"]
                warned, now = "data-confirm" in button, "data-now" in button
                if page.ask("withdraw", step=step, id=post_id, warned=warned, now=now)["ok"]:
                    left = {post.id: post for post in self.hall.room.step_posts(step)}
                    assert post_id not in left or (
                        left[post_id].leaving and is_card(left[post_id]) and not now
                    )

    @rule(chance=chances, step=st.sampled_from(STEPS))
    def takes_back_what_is_anothers(self, chance: random.Random, step: str) -> None:
        # A post of which nobody waits for the answer may still be under way.
        self._wait_for_the_writer()
        for phone, page in _one(chance, self.connected):
            before = self.hall.posts(step)
            own = self.hall.host.posting.own(self.hall.room, step, phone.token)
            for post in _one(chance, [post for post in before if post not in own]):
                assert page.ask("withdraw", step=step, id=post.id)["ok"] is False
                assert self.hall.posts(step) == before

    @rule(chance=chances)
    def acts(self, chance: random.Random) -> None:
        """Presses a button of the exercise, such as a closed card."""
        for _, page in _one(chance, self.connected):
            for button in _one(chance, _buttons(page, "data-act")):
                page.ask("act", step=button["data-step"], name=button["data-act"], args=_arguments(button))

    @rule(chance=chances)
    def everybody_posts(self, chance: random.Random) -> None:
        for phone in self.phones:
            for page in phone.pages[-1:]:
                for form in _forms(page, "data-post")[:1]:
                    words = {name: [self._word()] for name in form.texts}
                    fields = {name: [chance.choice(values)] for name, values in form.options.items()} | words
                    self._send(phone, page, _step(form), _item(form), fields)

    # Trainers

    @rule(chance=chances, step=st.sampled_from(SHOWING))
    def a_room_posts_and_the_trainer_shows_it(self, chance: random.Random, step: str) -> None:
        """As it goes: else there are seldom enough of the same step for a trainer to show anything."""
        _command(self.control, "goto", {"step": [step]})
        self.everybody_posts(chance)
        for name in ("draw", "show-all", "start", "show", "totals"):
            _command(self.control, f"do:{name}", {})
        seen = self.hall.room.seen(step)
        History.shown += bool(seen.cards or seen.pictures)

    @rule(chance=chances)
    def presses_what_is_there(self, chance: random.Random) -> None:
        there = [each for each in _buttons(self.control, "data-command") if each["data-command"] != "close"]
        for button in _one(chance, there):
            _command(self.control, button["data-command"], _arguments(button))

    @rule(step=st.sampled_from(STEPS))
    def goes_to(self, step: str) -> None:
        _command(self.control, "goto", {"step": [step]})

    @rule(
        name=st.sampled_from(["next", "back", *COMMANDS]),
        step=st.sampled_from(STEPS),
        on_screen=st.booleans(),
    )
    def presses_anything(self, name: str, step: str, on_screen: bool) -> None:
        _command(self.screen if on_screen else self.control, name, {"step": [step]})

    @rule(name=st.sampled_from(["next", "back", *COMMANDS]))
    def presses_too_late(self, name: str) -> None:
        self._wait_for_the_writer()
        before = self.hall.state
        assert _command(self.control, name, {}, self.hall.state.version - 1)["ok"] is False
        assert self.hall.state == before

    @rule(chance=chances)
    def types_in_a_paper_card(self, chance: random.Random) -> None:
        for form in _one(chance, _forms(self.control, "data-enter")):
            fields = self._filled_in(form, chance)
            self.control.ask("enter", step=_step(form), item=_item(form), form=fields)

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

    def _wait_for_the_writer(self) -> None:
        """All is answered then. That a server keeps its word when it is killed is for `make faults`."""
        try:
            self.hall.host.writer.submit(lambda changes: None)
        except NotSaved:
            # It was in one group with something that was under way when the database refused.
            assert self.refusing

    def _restart(self) -> None:
        self._wait_for_the_writer()
        before, withdrawn = _kept(self.hall.room), self.hall.room.withdrawn
        for page in (self.control, self.screen, *(page for _, page in self.connected)):
            page.close()
        self.hall.stop()
        self.hall = self.hall.restarted()
        self.refusing = False
        assert _kept(self.hall.room) == before
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
            assert time.monotonic() < late, _difference(held, fresh)
            time.sleep(0.001)
        fresh.close()

    def _has_what_it_sent(self, phone: Phone, step: str) -> None:
        """A phone has in a step what it was told is saved, once, less what it took back."""
        room, keys = self.hall.room, self.hall.host.keys
        sent = [one for one in phone.sent if one.step == step]
        if step in room.state.sealed or not keys.has(room.id, step) or not sent:
            return
        author, own = (
            keys.author(room.id, step, phone.token),
            self.hall.host.posting.own(room, step, phone.token),
        )
        row = partial(self.hall.host.posting.row_id, room, step, author)
        rows = {row(one.data["id"], place) for one in sent for place in range(MOST_ROWS)}
        assert {post.id for post in own} <= rows
        if room.kinds[room.steps[step].kind].multiple:
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


def _one(chance: random.Random, things: Sequence[Thing]) -> Sequence[Thing]:
    """One of them, or none when there are none."""
    return [chance.choice(things)] if things else []


def _difference(held: Loopback, fresh: Loopback) -> str:
    lines = difflib.unified_diff(
        held.shown.split("\n"), fresh.shown.split("\n"), held.role, "fresh", n=2, lineterm=""
    )
    return "\n".join(lines)


def _forms(page: Loopback, attribute: str) -> list[Form]:
    return [form for form in Fragment(page.shown).forms if attribute in form.attributes]


def _buttons(page: Loopback, attribute: str) -> list[dict[str, str]]:
    return [button for button in Fragment(page.shown).buttons if attribute in button]


def _step(form: Form) -> str:
    return form.attributes["data-step"]


def _item(form: Form) -> str:
    return form.attributes.get("data-item", "")


def _arguments(button: dict[str, str]) -> dict[str, list[str]]:
    found = {name: [value] for name, value in button.items() if name.startswith("data-arg-")}
    return {name.removeprefix("data-arg-"): value for name, value in found.items()}


def _post(step: str, item: str, fields: dict[str, list[str]]) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "step": step, "item": item, "form": fields}


def _command(
    page: Loopback, name: str, args: dict[str, list[str]], version: int | None = None
) -> dict[str, Any]:
    seen = page.version if version is None else version
    return page.ask("command", version=seen, name=name, args=args)


def _kept(room: Room) -> Any:
    """All that a restart must not change: the version runs ahead when something could not be stored."""
    running = [step for step in STEPS if step not in room.state.sealed]
    posts = {step: found for step, found in room.posts.items() if found}
    gone = {step: found for step in running if (found := room.gone.get(step))}
    ever = {
        step: {i: phones for i, phones in room.ever[step].items() if phones}
        for step in running
        if room.ever.get(step)
    }
    return posts, gone, ever, room.participants, replace(room.state, version=0)


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

    assert History.steps >= 10_000
    # Some 140, give or take twenty.
    assert History.shown >= 30
