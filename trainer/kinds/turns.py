"""Turns: what a kind deals by, without anything that tells in which order phones came.

A phone's post holds its turn in each lane that it is in: `{"turns": {"lane": 4}}`, numbers from 0, each of
one phone. As long as nothing follows from them (`Kind.mixes`), whoever comes changes turns with somebody, by
chance: so the numbers are a shuffle of the phones, and not the order in which they came.
"""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from trainer.kinds.values import Post

TURNS = "turns"


def next_turns(posts: Iterable[Post]) -> dict[str, int]:
    """The lowest number in each lane that no phone has; a lane that is not named has them all."""
    taken: dict[str, set[int]] = {}
    for post in posts:
        for lane, turn in post.payload.get(TURNS, {}).items():
            taken.setdefault(lane, set()).add(turn)
    return {
        lane: next(turn for turn in range(len(found) + 1) if turn not in found)
        for lane, found in taken.items()
    }


def mixed(posts: Iterable[Post], new: Post, below: Callable[[int], int]) -> tuple[Post, ...]:
    """`new` and the posts with which it changed turns, one in each lane; `below(n)` is a chance number."""
    others = tuple(posts)
    changed: dict[str, Post] = {}
    for lane, turn in new.payload.get(TURNS, {}).items():
        held = {each.payload[TURNS][lane]: each for each in others if lane in each.payload.get(TURNS, {})}
        numbers = sorted({turn, *held})
        picked = numbers[below(len(numbers))]
        if picked != turn:
            other = held[picked]
            changed[other.id] = _at(changed.get(other.id, other), lane, turn)
            new = _at(new, lane, picked)
    return (new, *changed.values())


def _at(post: Post, lane: str, turn: int) -> Post:
    return replace(post, payload={**post.payload, TURNS: {**post.payload[TURNS], lane: turn}})
