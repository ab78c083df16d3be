"""Turns: what a kind deals by, without anything that tells in which order phones came.

A phone's post holds its turn in each lane that it is in: `{"turns": {"lane": 4}}`, numbers from 0, each of
one phone. As long as nothing follows from them (`Kind.mixes`), whoever comes changes turns with somebody, by
chance: so the numbers are a shuffle of the phones, and not the order in which they came. Each deal shuffles
them again (`Kind.redeals`): it says nothing of the turns of the deal before it, nor of who came after that.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from trainer.kinds.values import Post

TURNS = "turns"


@dataclass(frozen=True, slots=True)
class Lanes:
    """The id of the post that has a turn, by lane and turn; kept, because a thousand phones ask for it."""

    held: dict[str, dict[int, str]] = field(default_factory=dict)

    def put(self, post: Post) -> None:
        """Notes the turns of a post, in place of their owners."""
        for lane, turn in post.payload.get(TURNS, {}).items():
            self.held.setdefault(lane, {})[turn] = post.id

    def remove(self, post: Post) -> None:
        """Forgets the turns of a post."""
        for lane, turn in post.payload.get(TURNS, {}).items():
            if self.held.get(lane, {}).get(turn) == post.id:
                del self.held[lane][turn]

    def next(self) -> dict[str, int]:
        """The lowest turn in each lane that no post has; in a lane that is not named nobody has any."""
        return {
            lane: next(turn for turn in range(len(held) + 1) if turn not in held)
            for lane, held in self.held.items()
        }

    def mixed(self, posts: Mapping[str, Post], new: Post, below: Callable[[int], int]) -> tuple[Post, ...]:
        """A new post and those with which it changes turns, one in each lane; `below(n)` is by chance."""
        changed: dict[str, Post] = {}
        for lane, turn in new.payload.get(TURNS, {}).items():
            others = [each for each in self.held.get(lane, {}) if each != turn]
            number = below(len(others) + 1)
            if number < len(others):
                picked = others[number]
                key = self.held[lane][picked]
                changed[key] = _at(changed.get(key, posts[key]), lane, turn)
                new = _at(new, lane, picked)
        return (new, *changed.values())

    def shuffled(self, posts: Mapping[str, Post], chance: random.Random) -> tuple[Post, ...]:
        """Every post that has turns, each with others: in each lane from 0, without the gaps of leavers."""
        changed: dict[str, Post] = {}
        for lane, held in self.held.items():
            keys = sorted(held.values())
            for turn, key in enumerate(chance.sample(keys, len(keys))):
                changed[key] = _at(changed.get(key, posts[key]), lane, turn)
        return tuple(changed.values())


def _at(post: Post, lane: str, turn: int) -> Post:
    return replace(post, payload={**post.payload, TURNS: {**post.payload[TURNS], lane: turn}})
