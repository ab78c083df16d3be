"""A step as it is really given: phones send, take back and act, and trainers press, in an order of chance.

Each phone uses the page that it has at that moment, with its own posts on it.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from tests.kinds.contract_support import AUTHOR, PHONES, Play, Sitting, filled, play
from tests.kinds.stage_support import Stage
from tests.support.fragments import Form, read_page
from tests.support.thorough import seeds
from trainer.kinds.contract import Command, Rejected, Submission
from trainer.kinds.gate import is_card

WALKS, MOVES, LOOKS = 2, 60, 3
# Moves at the beginning, in which phones send and nothing else happens.
OPENING = 2 * PHONES


class Walk(Stage):
    """One step of a kind, in the hands of chance."""

    def __init__(self, game: Play, seed: int) -> None:
        self.play: Play = game
        self.sitting: Sitting = game.begin()
        self.phones: dict[str, set[str]] = {}
        self.spent = []
        self._seen = None
        self._chance = random.Random(seed)
        self._typed = 0

    def move(self, only_sending: bool) -> None:
        """Something happens, or is refused."""
        moves: tuple[Callable[[], None], ...] = (
            *[self._sends] * 5,
            *[self._presses] * 3,
            self._takes_back,
            self._acts,
            self._turns,
        )
        (self._sends if only_sending else self._chance.choice(moves))()

    def _fresh(self, author: str) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))

    def _phone(self) -> str:
        return f"{AUTHOR}-{self._chance.randrange(PHONES)}"

    def _sends(self) -> None:
        author = self._phone()
        forms = self.play.forms(self.sitting, author)
        if not forms:
            return
        form, self._typed = self._chance.choice(forms), self._typed + 1
        if not self._may_say(author, form):
            return
        item, fields = form.attributes["data-item"], filled(form, self._typed)
        asked, own = Submission(item, fields), self.sitting.of(author)
        accepted = self.play.kind.accept(self.play.settings, self.state, asked, own)
        single = {post.item for post in own if is_card(post) and not self.play.kind.multiple(post.item)}
        if not isinstance(accepted, Rejected) and not single & accepted.keys():
            self.send(author, item, **fields)

    def _may_say(self, author: str, form: Form) -> bool:
        """What follows from what is said openly may follow for one phone, and not for several."""
        return self.play.kind.openly not in form.options or author == f"{AUTHOR}-0"

    def _takes_back(self) -> None:
        pages = read_page(self.play.own(self.sitting, self._phone()))
        ids = [button["data-withdraw"] for button in pages.buttons if "data-withdraw" in button]
        if ids:
            self.withdraw(self._chance.choice(ids))

    def _acts(self) -> None:
        author = self._phone()
        buttons = [one for one in read_page(self.play.own(self.sitting, author)).buttons if "data-act" in one]
        if buttons:
            button = self._chance.choice(buttons)
            args = {key[9:]: value for key, value in button.items() if key.startswith("data-arg-")}
            self.act(author, button["data-act"], self._chance.getrandbits(64), **args)

    def _presses(self) -> None:
        commands = self.play.commands(self.sitting)
        if commands:
            command = self._chance.choice(commands)
            self.refusal(Command(command.name, command.args, self._chance.getrandbits(64)))

    def _turns(self) -> None:
        move = self._chance.choice((self.play.kind.forward, self.play.kind.backward))
        state = move(self.play.settings, self.state)
        if state is not None:
            meeting = replace(self.sitting.meeting, kinds={self.play.step.id: state})
            self.sitting = replace(self.sitting, meeting=meeting)


@cache
def walked(name: str) -> tuple[Sitting, ...]:
    """The step of a kind at several moments of several walks; none where phones take no part."""
    found: list[Sitting] = []
    for seed in seeds(WALKS) if play(name).kind.takes_posts else ():
        walk = Walk(play(name), seed)
        for number in range(1, MOVES + 1):
            walk.move(only_sending=number <= OPENING)
            if number % (MOVES // LOOKS) == 0:
                found.append(walk.sitting)
    return tuple(found)
