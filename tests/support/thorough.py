"""How much of a thing is tried: enough in `make test`, all of it in `make attack` and `make faults`."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

Item = TypeVar("Item")
# How many times as much is left to chance.
TIMES = 16


def is_thorough() -> bool:
    """Was the thorough profile of Hypothesis asked for?"""
    return settings.get_current_profile_name() == "thorough"


def examples(number: int) -> settings:
    """So many examples of a property that wants another number than most."""
    return settings(max_examples=number * (TIMES if is_thorough() else 1), deadline=None)


def seeds(number: int, first: int = 0) -> range:
    """So many seeds for what chance does."""
    return range(first, first + number * (TIMES if is_thorough() else 1))


def some(items: Sequence[Item], most: int) -> Sequence[Item]:
    """At most this many of them, spread over all."""
    return items if is_thorough() or len(items) <= most else items[:: -(-len(items) // most)]
