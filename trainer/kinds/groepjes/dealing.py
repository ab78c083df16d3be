"""How many people each group is for, and which seat is in which group.

Seats have no names: the groups are made of the number that a trainer typed, and a phone finds its own seat by
its turn (`trainer/kinds/turns.py`).
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, cycle, islice
from typing import Any

from trainer.kinds.groups import MOST_GROUPS
from trainer.kinds.turns import TURNS

# One role takes seats from the front, the other from the back. Who keeps it to themselves is with the first.
# Where chance deals, all take seats in one lane.
FRONT, BACK, ALL = "voor", "achter", "allen"


@dataclass(frozen=True, slots=True)
class DealState:
    """Groups for `people`, of whom `without` have no phone. `round` counts how often seats were dealt.

    `sizes` is how many people each group is for. `seats` holds the group of each seat for a phone, `cards` of
    each card for somebody without one. `late` says to which group whoever comes after that goes. `by_role`:
    did roles decide who has which seat? If not, chance did.
    """

    people: int = 0
    without: int = 0
    round: int = 0
    sizes: tuple[int, ...] = ()
    seats: tuple[int, ...] = ()
    cards: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    page: int = 0
    by_role: bool = False


def sizes(people: int, size: int, number: int) -> tuple[int, ...]:
    """How many people are in each group: at most `size`, or as many groups as `number` when that is not 0.

    There are as few groups as can be, all within one of each other: what does not come out makes some groups
    one smaller, and none larger. Nobody is alone: so of pairs one may be of three.
    """
    wanted = number or -(-people // size)
    groups = max(1, min(wanted, people // 2, MOST_GROUPS))
    least, more = divmod(people, groups)
    return (least + 1,) * more + (least,) * (groups - more)


def deal(state: DealState, size: int, number: int, phones: int, seed: int, *, by_role: bool) -> DealState:
    """The groups, dealt anew: a seat for each of the `phones` that take part.

    Who has no phone sits where most seats are, and so does who has not come: so groups have as many seats for
    phones as each other, and a seat that stays empty says nothing of a role.
    """
    chance = random.Random(seed)  # noqa: S311  the seed has 128 bits from `secrets`
    found = sizes(state.people, size, number)
    every = [
        (turn, chance.random(), group) for group, people in enumerate(found, 1) for turn in range(people)
    ]
    taken = [group for _, _, group in sorted(every, reverse=True)]
    cards, late = taken[: state.without], _late(found, chance)
    kept = taken[max(state.without, state.people - phones) :]
    kept += islice(cycle(late), max(0, phones - len(kept)))
    return replace(
        state,
        round=state.round + 1,
        sizes=found,
        seats=_in_rows(Counter(kept), chance),
        cards=tuple(sorted(cards)),
        late=late,
        page=0,
        by_role=by_role,
    )


def _in_rows(seats: Mapping[int, int], chance: random.Random) -> tuple[int, ...]:
    """The group of each seat, from the front to the back, given how many seats each group has.

    The first row and the last are whole, so that each role is in as many groups as it can be; in between,
    each group has its seats spread over the whole. Within that, chance: from two groups nobody can tell how
    many seats lie between. The only seat of a group lies anywhere: always in one row, it would tell a role.
    """
    several = {group: number for group, number in seats.items() if number > 1}
    lying = sorted(
        (_place_of(turn, number, chance), group)
        for group, number in several.items()
        for turn in range(number)
    )
    order = [group for _, group in lying]
    for alone in seats.keys() - several.keys():
        order.insert(chance.randrange(len(order) + 1), alone)
    return tuple(order)


def _place_of(turn: int, number: int, chance: random.Random) -> float:
    """Where seat `turn` of the `number` of a group lies: below 0 in the first row, from 1 in the last."""
    if turn in (0, number - 1):
        return (1 if turn else -1) + chance.random()
    return (turn - 1 + chance.random()) / (number - 2)


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
    lane, seats = payload["lane"] if state.by_role else ALL, len(state.seats)
    turn: int = payload[TURNS][lane]
    if not seats:
        return late_group(state, turn)
    return state.seats[-1 - turn % seats if lane == BACK else turn % seats]
