"""Trainers in a meeting in which anything happens: they press what is there, anything else, and too late."""

import random

from hypothesis import strategies as st
from hypothesis.stateful import (
    rule,
)

from tests.sockets.history.phones import STEPS, Phones, chances
from tests.sockets.history.shown import any_of, arguments, buttons, command, forms, item_of, step_of
from tests.support.klein import klein_part
from trainer.kinds import discover
from trainer.live.commands import HANDLERS

SHOWING = [step.id for step in klein_part().steps() if discover()[step.kind].takes_posts]
COMMANDS = sorted(set(HANDLERS) - {"close"})


class Trainers(Phones):
    """The same meeting, with a trainer who has control and a screen."""

    @rule(chance=chances, step=st.sampled_from(SHOWING))
    def a_room_posts_and_the_trainer_shows_it(self, chance: random.Random, step: str) -> None:
        """As it goes: else there are seldom enough of the same step for a trainer to show anything."""
        command(self.control, "goto", {"step": [step]})
        self.everybody_posts(chance)
        for name in ("draw", "show-all", "start", "show", "totals"):
            command(self.control, f"do:{name}", {})
        seen = self.hall.room.seen(step)
        type(self).shown += bool(seen.cards or seen.pictures)

    @rule(chance=chances)
    def presses_what_is_there(self, chance: random.Random) -> None:
        there = [each for each in buttons(self.control, "data-command") if each["data-command"] != "close"]
        for button in any_of(chance, there):
            command(self.control, button["data-command"], arguments(button))

    @rule(step=st.sampled_from(STEPS))
    def goes_to(self, step: str) -> None:
        command(self.control, "goto", {"step": [step]})

    @rule(
        name=st.sampled_from(["next", "back", *COMMANDS]),
        step=st.sampled_from(STEPS),
        on_screen=st.booleans(),
    )
    def presses_anything(self, name: str, step: str, on_screen: bool) -> None:
        command(self.screen if on_screen else self.control, name, {"step": [step]})

    @rule(name=st.sampled_from(["next", "back", *COMMANDS]))
    def presses_too_late(self, name: str) -> None:
        self._wait_for_the_writer()
        before = self.hall.state
        assert command(self.control, name, {}, self.hall.state.version - 1)["ok"] is False
        assert self.hall.state == before

    @rule(chance=chances)
    def types_in_a_paper_card(self, chance: random.Random) -> None:
        for form in any_of(chance, forms(self.control, "data-post")):
            fields = self._filled_in(form, chance)
            self.control.ask("enter", step=step_of(form), item=item_of(form), form=fields)
