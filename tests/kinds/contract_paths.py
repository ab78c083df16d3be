"""What a trainer can reach in a kind by pressing its buttons."""

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import product

from tests.kinds.contract_support import MOST_STATES, Play, Sitting, play
from trainer.kinds.contract import Command, Rejected


@cache
def explored(name: str, alike: bool = False) -> tuple[Sitting, ...]:
    """What a trainer can reach by pressing buttons when everybody has posted, or posted the same."""
    game = play(name)
    posts = tuple(game.all_posts(alike))
    reached = [game.begin(posts, state) for state in game.forwards()[:MOST_STATES]]
    for sitting in reached:
        for command in game.commands(sitting) if len(reached) < MOST_STATES else ():
            following = game.press(sitting, command)
            if not isinstance(following, Rejected) and following not in reached:
                reached.append(following)
    return tuple(reached[:MOST_STATES])


@cache
def pressable(name: str) -> tuple[tuple[Sitting, tuple[Command, ...]], ...]:
    """The explored sittings, each with what can be pressed in it."""
    return tuple((sitting, tuple(play(name).commands(sitting))) for sitting in explored(name))


@cache
def paths(name: str, presses: int = 2) -> tuple[tuple[Command, ...], ...]:
    """Ways of so many presses through the buttons of a kind, found where everybody had posted."""
    first = {
        command.name: command for _, commands in pressable(name) for command in commands if not command.args
    }
    return tuple(product(first.values(), repeat=presses))


def pressed(game: Play, sitting: Sitting, path: Sequence[Command]) -> Sitting:
    """What is reached by pressing these, whatever is refused on the way."""
    for command in path:
        after = game.press(sitting, command)
        sitting = sitting if isinstance(after, Rejected) else after
    return sitting


def late(game: Play, sitting: Sitting, phones: int, time: int = 0) -> Sitting:
    """The same with what a few late phones sent; how many there are by now is not told."""
    chance = random.Random(11 + time)
    late = [f"laat-{time}-{number}" for number in range(phones)]
    sent = [game.sent(sitting, phone, number, chance, gently=True) for number, phone in enumerate(late)]
    here = (*sitting.posts.here, *(post for posts in sent for post in posts))
    return replace(sitting, posts=replace(sitting.posts, here=here))
