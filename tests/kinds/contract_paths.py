"""What a trainer can reach in a kind by pressing its buttons."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, reduce
from itertools import product

from tests.kinds.contract_support import AUTHOR, MOST_STATES, Play, Sitting, play
from tests.kinds.contract_walks import walked
from trainer.kinds.contract import Command, Post, Rejected

MANY_PHONES = 60


def outcome(game: Play, sitting: Sitting, command: Command) -> Sitting | Rejected:
    """What `Play.press` makes of it, worked out once; of equal sittings there is then one."""
    key = f"{game.step.id} {command}"
    if key not in sitting._after:
        found = game.press(sitting, command)
        sitting._after[key] = found if isinstance(found, Rejected) else met(game, found)
    return sitting._after[key]


def met(game: Play, sitting: Sitting) -> Sitting:
    """The sitting equal to this one that was met before, if there was one."""
    posts = sitting.posts
    # A payload is never made anew: what is pressed only marks posts.
    marked = [(post.id, post.seen, post.leaving, id(post.payload)) for post in (*posts.here, *posts.gone)]
    key = (repr(sitting.meeting), len(posts.here), tuple(posts.ever.items()), *marked)
    return game._met.setdefault(key, sitting)


@cache
def explored(name: str, alike: bool = False) -> tuple[Sitting, ...]:
    """What a trainer can reach by pressing buttons when everybody has posted, or posted the same.

    Before these come the moments of walks in which phones go on sending, unless all must be `alike`.
    """
    game = play(name)
    posts = tuple(game.all_posts(alike))
    reached = [game.begin(posts, state) for state in game.forwards()[:MOST_STATES]]
    for sitting in reached:
        for command in game.commands(sitting) if len(reached) < MOST_STATES else ():
            following = outcome(game, sitting, command)
            if not isinstance(following, Rejected) and following not in reached:
                reached.append(following)
    return (*(() if alike else walked(name)), *reached[:MOST_STATES])


@cache
def pressable(name: str) -> tuple[tuple[Sitting, tuple[Command, ...]], ...]:
    """The explored sittings, each with what can be pressed in it."""
    return tuple((sitting, tuple(play(name).commands(sitting))) for sitting in explored(name))


@cache
def presses(name: str) -> tuple[Command, ...]:
    """The buttons of a kind, each once, found where everybody had posted."""
    found = {
        command.name: command for _, commands in pressable(name) for command in commands if not command.args
    }
    return tuple(found.values())


def paths(name: str) -> Iterator[tuple[Command, ...]]:
    """Ways of two presses through the buttons of a kind."""
    return product(presses(name), repeat=2)


def press(game: Play, sitting: Sitting, command: Command) -> Sitting:
    """What is reached by a press; the same when it is refused."""
    after = outcome(game, sitting, command)
    return sitting if isinstance(after, Rejected) else after


def pressed(game: Play, sitting: Sitting, path: Sequence[Command]) -> Sitting:
    """What is reached by pressing these, whatever is refused on the way."""
    return reduce(lambda at, command: press(game, at, command), path, sitting)


def late(game: Play, sitting: Sitting, phones: int, time: int = 0) -> Sitting:
    """The same with what a few late phones sent; how many there are by now is not told."""
    authors = [f"laat-{time}-{number}" for number in range(phones)]
    sent = game.sent(sitting, authors, random.Random(11 + time), gently=True)
    return replace(sitting, posts=replace(sitting.posts, here=(*sitting.posts.here, *sent)))


def full_wall(game: Play) -> list[Post]:
    """The longest texts, of so many phones that no screen has room for all."""
    authors = [f"{AUTHOR}-{number}" for number in range(MANY_PHONES)]
    return game.sent(game.begin(), authors, random.Random(7), long=True)
