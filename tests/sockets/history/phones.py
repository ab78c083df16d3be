"""Phones in a meeting in which anything happens: they join, drop off, come back, post, take back, press."""

import random
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
)

from tests.sockets.history.shown import any_of, arguments, buttons, forms, item_of, message, step_of
from tests.support.fragments import Form
from tests.support.hall import Hall
from tests.support.klein import klein_part
from tests.support.loopback import Loopback, phone_cookie
from trainer.kinds.contract import ROOM
from trainer.kinds.gate import is_card
from trainer.live.clock import Clock
from trainer.store.writer import NotSaved

STEPS = [step.id for step in klein_part().steps()]
MOST_PHONES = 5
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


class Phones(RuleBasedStateMachine):
    """One meeting. `template` is the folder of a prepared installation, `cookie` that of its trainer."""

    template: Path
    cookie: str
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

    @rule()
    def joins(self) -> None:
        if len(self.phones) < MOST_PHONES and not self.refusing:
            token = self.hall.phone()
            self.phones.append(Phone(token, [self._open("phone", token)]))

    @rule(chance=chances)
    def comes_back_or_opens_a_second_tab(self, chance: random.Random) -> None:
        for phone in any_of(chance, self.phones):
            while len(phone.pages) > 1:
                phone.pages.pop().close()
            phone.pages.append(self._open("phone", phone.token))
            self._send_what_waits(phone)

    def _send_what_waits(self, phone: Phone) -> None:
        for one in phone.waiting:
            self._hand_over(phone, phone.pages[-1], one)

    @rule(chance=chances)
    def drops_off(self, chance: random.Random) -> None:
        for phone, page in any_of(chance, self.connected):
            page.close()
            phone.pages.remove(page)

    @rule(chance=chances)
    def posts(self, chance: random.Random) -> None:
        for phone, page in any_of(chance, self.connected):
            for form in any_of(chance, forms(page, "data-post")):
                self._send(phone, page, step_of(form), item_of(form), self._filled_in(form, chance))

    @rule(chance=chances)
    def posts_and_drops_off_before_the_answer(self, chance: random.Random) -> None:
        for phone, page in any_of(chance, self.connected):
            for form in any_of(chance, forms(page, "data-post")):
                one = Sent(
                    step_of(form), message(step_of(form), item_of(form), self._filled_in(form, chance))
                )
                phone.sent.append(one)
                page.tell("post", **one.data)
                page.close()
                phone.pages.remove(page)

    @rule(chance=chances, step=st.sampled_from(STEPS))
    def posts_to_another_step(self, chance: random.Random, step: str) -> None:
        for phone, page in any_of(chance, self.connected):
            self._send(phone, page, step, "", {"text": [self._word()], "choice": ["0"], "place": ["1"]})

    def _filled_in(self, form: Form, chance: random.Random) -> dict[str, list[str]]:
        chosen = {name: [chance.choice(values)] for name, values in form.options.items()}
        return chosen | {name: [chance.choice([self._word(), ""])] for name in form.texts}

    def _word(self) -> str:
        self.words += 1
        return f"woord-{self.words}-"

    def _send(self, phone: Phone, page: Loopback, step: str, item: str, fields: dict[str, list[str]]) -> None:
        one = Sent(step, message(step, item, fields))
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
        for _, page in any_of(chance, self.connected):
            for button in any_of(chance, buttons(page, "data-withdraw")):
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
        for phone, page in any_of(chance, self.connected):
            before = self.hall.posts(step)
            own = self.hall.host.posting.own(self.hall.room, step, phone.token)
            for post in any_of(chance, [post for post in before if post not in own]):
                assert page.ask("withdraw", step=step, id=post.id)["ok"] is False
                assert self.hall.posts(step) == before

    @rule(chance=chances)
    def acts(self, chance: random.Random) -> None:
        """Presses a button of the exercise, such as a closed card."""
        for _, page in any_of(chance, self.connected):
            for button in any_of(chance, buttons(page, "data-act")):
                page.ask("act", step=button["data-step"], name=button["data-act"], args=arguments(button))

    @rule(chance=chances)
    def everybody_posts(self, chance: random.Random) -> None:
        for phone in self.phones:
            for page in phone.pages[-1:]:
                for form in forms(page, "data-post")[:1]:
                    words = {name: [self._word()] for name in form.texts}
                    fields = {name: [chance.choice(values)] for name, values in form.options.items()} | words
                    self._send(phone, page, step_of(form), item_of(form), fields)

    def _wait_for_the_writer(self) -> None:
        """All is answered then. That a server keeps its word when it is killed is for `make faults`."""
        try:
            self.hall.host.writer.submit(lambda changes: None)
        except NotSaved:
            # It was in one group with something that was under way when the database refused.
            assert self.refusing
