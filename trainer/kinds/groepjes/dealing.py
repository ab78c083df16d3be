"""How many people each group is for, and which seat is in which group.

Seats have no names: the groups are made of the number that a trainer typed, and a phone finds its own seat by
its turn (`trainer/kinds/turns.py`).
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any

from trainer.kinds.groups import MOST_GROUPS
from trainer.kinds.turns import TURNS

# One role takes seats from the front, the other from the back. Who keeps it to themselves is with the first.
FRONT, BACK = "voor", "achter"


@dataclass(frozen=True, slots=True)
class DealState:
    """Groups for `people`, of whom `without` have no phone. `round` counts how often seats were dealt.

    `sizes` is how many people each group is for. `seats` holds the group of each seat for a phone, `cards` of
    each card for somebody without one. `late` says to which group whoever comes after that goes.
    """

    people: int = 0
    without: int = 0
    round: int = 0
    sizes: tuple[int, ...] = ()
    seats: tuple[int, ...] = ()
    cards: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    page: int = 0


def sizes(people: int, size: int, number: int) -> tuple[int, ...]:
    """How many people are in each group: of `size` people, or as many groups as `number` when that is not 0.

    What is left over is one smaller group. Nobody is alone.
    """
    full, rest = divmod(people, size)
    if number or full + 1 > MOST_GROUPS:
        return _evenly(people, number or MOST_GROUPS)
    if not full:
        return (people,)
    if rest != 1:
        return (size,) * full + ((rest,) if rest else ())
    # The last group and the one who is left make two groups; from two people, one of three.
    last = (size + 1,) if size == 2 else ((size + 2) // 2, (size + 1) // 2)
    return (size,) * (full - 1) + last


def _evenly(people: int, number: int) -> tuple[int, ...]:
    number = max(1, min(number, people // 2, MOST_GROUPS))
    size, more = divmod(people, number)
    return (size + 1,) * more + (size,) * (number - more)


def deal(state: DealState, size: int, number: int, seed: int) -> DealState:
    """The groups, dealt anew.

    Seats lie in rows of one seat in each group, each row shuffled by itself: from two groups nobody can
    tell how many seats lie between. The first row and the last are whole, so that each role is in as many
    groups as it can be. Those without a phone get theirs from the middle.
    """
    chance = random.Random(seed)  # noqa: S311  the seed has 128 bits from `secrets`
    found = sizes(state.people, size, number)
    rows = [
        chance.sample(row, len(row))
        for turn in range(max(found))
        if (row := [group for group, people in enumerate(found, 1) if people > turn])
    ]
    front, back, middle = rows[0], rows[1:2], rows[2:]
    pool = [*chain(*middle, *back), *front]
    cards, kept = pool[: state.without], pool[state.without :]
    rest = max(0, len(kept) - len(front))
    return replace(
        state,
        round=state.round + 1,
        sizes=found,
        seats=(*kept[rest:], *kept[:rest]),
        cards=tuple(sorted(cards)),
        late=_late(found, chance),
        page=0,
    )


def _late(found: Sequence[int], chance: random.Random) -> tuple[int, ...]:
    """The smallest group, again and again until all are as large; then each group once, in any order."""
    now = dict(enumerate(found, 1))
    order: list[int] = []
    while min(now.values()) < max(found):
        smallest = min(now, key=now.__getitem__)
        now[smallest] += 1
        order.append(smallest)
    return (*order, *chance.sample(sorted(now), len(now)))


def late_group(state: DealState, turn: int, other_than: int = 0) -> int:
    """The group for whoever is number `turn` of those who come later or change groups."""
    return next(group for each in count(turn) if (group := _late_at(state, each)) != other_than)


def _late_at(state: DealState, turn: int) -> int:
    every = state.late[-len(state.sizes) :]
    return state.late[turn] if turn < len(state.late) else every[(turn - len(state.late)) % len(every)]


def group_of(state: DealState, payload: Mapping[str, Any]) -> int:
    """The group of a phone, by what it sent; 0 while there are none."""
    if not state.sizes:
        return 0
    if payload["round"] == state.round:
        return int(payload["group"])
    lane, seats = payload["lane"], len(state.seats)
    turn: int = payload[TURNS][lane]
    if not seats:
        return late_group(state, turn)
    return state.seats[turn % seats if lane == FRONT else -1 - turn % seats]
