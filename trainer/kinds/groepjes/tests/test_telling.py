"""What deals tell of roles to whoever notes who sat with whom: next to nothing once, and nothing after."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from tests.kinds.stage_support import Stage, ask
from tests.support.thorough import seeds
from trainer.kinds.contract import Command
from trainer.kinds.groepjes.dealing import DealState, deal
from trainer.live.obey import Obeyed, obey

ROLES = {"T": "teamlid", "E": "ervaring"}
# Far more than chance does with as many phones as are looked at below.
NOISE = 0.035


def joined(roles: str, attributes: str) -> Stage:
    """Phones that chose a role, T or E, in any order."""
    stage = Stage("groepjes", "Zoek je groepje.", attributes)
    for number in random.Random(7).sample(range(len(roles)), len(roles)):
        stage.send(f"{roles[number]}{number}", role=ROLES[roles[number]])
    return stage


def dealt(stage: Stage, people: int, without: int = 0, seed: int = 5) -> Stage:
    return stage.press(ask("deal", seed, people=str(people), without=str(without)))


def groups(stage: Stage) -> dict[str, int]:
    """The group of each phone, by what it shows."""
    return {
        author: stage.own(author)["group"].number for author in {p.author for p in stage.sitting.posts.here}
    }


def of_both_roles(found: dict[str, int]) -> float:
    """The share of the pairs in one group that is of both roles."""
    pairs = [(a, b) for a, b in combinations(sorted(found), 2) if found[a] == found[b]]
    return sum(a[0] != b[0] for a, b in pairs) / len(pairs)


def seatings(team: int, experts: int, people: int, without: int, how: str) -> Iterator[dict[str, list[str]]]:
    """Many deals by role: the roles of the phones in each group, by what all can see there."""
    size, number = (int(each) for each in how.split("/"))
    for seed in seeds(600):
        phones = team + experts
        state = deal(DealState(people, without), size, number, phones, seed, by_role=True)
        cards, room = Counter(state.cards), defaultdict[str, list[str]](list)
        there = Counter(state.seats)
        for group, role in zip(state.seats, "T" * team + "E" * experts, strict=True):
            room[f"{state.sizes[group - 1]} {cards[group]} {there[group]}"].append(role)
        yield room


# Cards for people without a phone


@pytest.mark.parametrize(
    ("team", "experts", "people", "without", "how"),
    [
        (5, 2, 10, 3, "2/0"),
        (4, 3, 10, 3, "2/0"),
        (3, 4, 10, 3, "2/0"),
        (3, 2, 9, 4, "4/3"),
        (8, 4, 44, 32, "4/0"),
        (6, 6, 44, 32, "4/0"),
        (8, 4, 17, 5, "4/0"),
        (12, 8, 23, 3, "3/0"),
        (9, 3, 20, 8, "4/0"),
        (10, 2, 14, 0, "4/0"),
        (5, 2, 8, 0, "2/0"),
        (3, 4, 6, 0, "2/0"),
        (8, 4, 28, 0, "4/0"),
        (9, 3, 4, 0, "2/0"),
    ],
)
def test_how_many_cards_a_group_has_makes_nobody_guess_roles_better(
    team: int, experts: int, people: int, without: int, how: str
) -> None:
    seen = defaultdict[str, Counter[str]](Counter)
    for room in seatings(team, experts, people, without, how):
        for seats, roles in room.items():
            seen[seats].update(roles)

    guessed = sum(max(roles.values()) for roles in seen.values())
    right = guessed / sum(roles.total() for roles in seen.values())
    assert right < max(team, experts) / (team + experts) + NOISE
    alone = Counter[str]()
    for what, roles in seen.items():
        alone += roles if what.endswith(" 1") else Counter()
    assert not alone or abs(alone["T"] / alone.total() - team / (team + experts)) < NOISE


# Many deals


def test_first_deal_of_a_meeting_mixes_roles_and_no_other_depends_on_them() -> None:
    stage = dealt(joined("T" * 6 + "E" * 6, "grootte=2"), 12)
    first = of_both_roles(groups(stage))

    later = [of_both_roles(groups(stage.press(ask("shuffle", seed)))) for seed in range(400)]

    assert first == 1
    assert abs(sum(later) / len(later) - 6 / 11) < NOISE


def test_deal_with_other_numbers_or_after_dissolving_is_no_first_one() -> None:
    stage = dealt(joined("T" * 6 + "E" * 6, "grootte=3"), 12)

    again = [dealt(stage, people, without).state.by_role for people, without in ((12, 0), (13, 1), (14, 2))]

    assert again == [False] * 3
    assert not dealt(stage.press("dissolve"), 12).state.by_role


def test_step_that_is_begun_again_mixes_roles_no_second_time() -> None:
    stage = dealt(joined("T" * 6 + "E" * 6, "grootte=4"), 12)
    before = stage.sitting.meeting

    after = obey(stage.play.context(stage.sitting), before, Command("restart"), before.version_at())
    assert isinstance(after, Obeyed)
    again = joined("T" * 6 + "E" * 6, "grootte=4")
    again.sitting = replace(again.sitting, meeting=replace(after.state, version=0))

    assert again.state == DealState()
    assert not dealt(again, 12).state.by_role


def test_roles_that_another_step_of_the_meeting_mixed_are_mixed_by_chance_here() -> None:
    stage = joined("T" * 6 + "E" * 6, "grootte=4")
    stage.sitting = replace(stage.sitting, meeting=replace(stage.sitting.meeting, dealt=1))

    assert stage.view("control")["mixed"] == "before"
    assert not dealt(stage, 12).state.by_role


@pytest.mark.parametrize(
    ("people", "without", "mixed"),
    [(12, 0, "role"), (21, 0, "role"), (22, 0, "early"), (48, 20, "early"), (48, 32, "role"), (4, 0, "role")],
)
def test_roles_wait_while_far_fewer_phones_take_part_than_there_are_seats(
    people: int, without: int, mixed: str
) -> None:
    stage = dealt(joined("T" * 8 + "E" * 4, "grootte=4"), people, without)

    assert (stage.view("control")["mixed"], stage.state.by_role) == (mixed, mixed == "role")


def test_deal_by_chance_because_few_took_part_is_not_the_one_by_role() -> None:
    stage = dealt(joined("T" * 6 + "E" * 6, "grootte=2"), 28)

    assert dealt(stage, 12).state.by_role


def test_deal_by_chance_gives_each_phone_the_same_group_whatever_was_chosen() -> None:
    found = []
    for roles in ("TTTTTTEEEEEE", "EEEEEETTTTTT"):
        stage = Stage("groepjes", "Zoek je groepje.", "grootte=4")
        for number, role in enumerate(roles):
            stage.send(f"phone {number}", role=ROLES[role])
        found.append(groups(dealt(stage, 30)))

    assert found[0] == found[1]


def test_sealed_step_does_not_say_how_many_phones_took_part() -> None:
    stages = [dealt(joined("T" * number, "grootte=4"), 12) for number in (9, 11)]

    lasting = [stage.play.kind.lasting(stage.play.settings, stage.state) for stage in stages]

    assert len(stages[0].state.seats) != len(stages[1].state.seats)
    assert lasting[0] == lasting[1]
