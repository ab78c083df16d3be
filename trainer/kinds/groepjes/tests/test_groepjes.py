"""Groepjes: everybody gets a group, both roles are in it, and nobody knows who is who."""

from collections import Counter
from functools import partial
from itertools import combinations

import pytest

from tests.kinds.material_support import read
from tests.kinds.stage_support import Stage, ask
from trainer import wire
from trainer.kinds.contract import Rejected
from trainer.kinds.groepjes.dealing import sizes
from trainer.kinds.groups import MOST_GROUPS
from trainer.kinds.private import private_view
from trainer.kinds.sizes import sizes_of

TEAM, EXPERT, SILENT = "teamlid", "ervaring", "geen"


def seated(stage: Stage) -> dict[str, int]:
    """The group of each phone, by what it shows."""
    authors = {post.author for post in stage.sitting.posts.here}
    return {author: stage.own(author)["group"].number for author in authors}


def joined(roles: str, attributes: str) -> Stage:
    """Phones that chose a role: T or E, or j where nothing is asked."""
    stage = Stage("groepjes", "Zoek je groepje.", attributes)
    values = {"T": TEAM, "E": EXPERT, "j": "ja"}
    for number, role in enumerate(roles):
        stage.send(f"{role}{number}", role=values[role])
    return stage


def dealt(stage: Stage, people: int, without: int = 0, seed: int = 5) -> Stage:
    return stage.press(ask("deal", seed, people=str(people), without=str(without)))


# How large groups are


@pytest.mark.parametrize(
    ("people", "size", "expected"),
    [
        (23, 3, (3,) * 7 + (2,)),
        (23, 4, (4,) * 5 + (3,)),
        (22, 4, (4,) * 4 + (3, 3)),
        (22, 3, (3,) * 6 + (2, 2)),
        (13, 4, (4, 3, 3, 3)),
        (14, 4, (4, 4, 3, 3)),
        (17, 4, (4, 4, 3, 3, 3)),
        (18, 4, (4, 4, 4, 3, 3)),
        (21, 5, (5, 4, 4, 4, 4)),
        (7, 2, (3, 2, 2)),
        (24, 4, (4,) * 6),
        (3, 4, (3,)),
    ],
)
def test_what_does_not_come_out_makes_some_groups_one_smaller(
    people: int, size: int, expected: tuple[int, ...]
) -> None:
    assert sizes(people, size, 0) == expected


@pytest.mark.parametrize("size", range(2, 13))
def test_groups_differ_by_one_at_most_and_nobody_is_alone(size: int) -> None:
    for people in range(2, 200):
        found = sizes(people, size, 0)

        assert (sum(found), max(found) - min(found) <= 1, min(found) >= 2) == (people, True, True)
        assert max(found) <= size or size == 2


def test_number_of_groups_divides_people_evenly() -> None:
    assert sizes(23, 4, 3) == (8, 8, 7)
    assert sizes(5, 4, 4) == (3, 2)


def test_as_many_people_as_there_may_be_are_dealt_into_groups_with_signs() -> None:
    found = sizes(1000, 2, 0)

    assert (len(found), sum(found), max(found) - min(found)) == (MOST_GROUPS, 1000, 1)


# Who is where


def test_phones_fill_each_group_as_it_is_meant() -> None:
    stage = dealt(joined("j" * 23, "grootte=3 mengen=toeval"), 23)

    assert Counter(Counter(seated(stage).values()).values()) == {3: 7, 2: 1}


@pytest.mark.parametrize("experts", [8, 11, 15])
def test_each_group_has_both_roles_when_there_are_enough_of_them(experts: int) -> None:
    stage = dealt(joined("T" * (23 - experts) + "E" * experts, "grootte=3"), 23)

    found = seated(stage)
    roles = {(author[0], group) for author, group in found.items()}
    assert roles == {(role, group) for role in "TE" for group in range(1, 9)}
    assert Counter(Counter(found.values()).values()) == {3: 7, 2: 1}


def test_small_role_is_in_as_many_groups_as_it_can_be() -> None:
    stage = dealt(joined("T" * 18 + "E" * 5, "grootte=3"), 23)

    experts = [group for author, group in seated(stage).items() if author[0] == "E"]
    assert len(set(experts)) == 5


def test_who_keeps_the_role_to_themselves_is_dealt_among_the_others() -> None:
    stage = joined("TTEE", "grootte=3")
    stage.send("stil", role=SILENT)

    dealt(stage, 5)

    assert Counter(Counter(seated(stage).values()).values()) == {3: 1, 2: 1}


def test_phones_that_have_not_come_yet_are_missing_in_no_group_more_than_in_another() -> None:
    stage = dealt(joined("T" * 13 + "E" * 9, "grootte=3"), 24)

    assert Counter(Counter(seated(stage).values()).values()) == {3: 6, 2: 2}


def test_cards_for_people_without_a_phone_complete_the_groups() -> None:
    stage = dealt(joined("T" * 12 + "E" * 8, "grootte=3"), 23, without=3)

    cards = [card["group"].number for card in stage.view("control")["cards"]]
    together = Counter([*seated(stage).values(), *cards])
    assert len(set(cards)) == 3
    assert Counter(together.values()) == {3: 7, 2: 1}


def test_everybody_without_a_phone_gets_a_card() -> None:
    stage = dealt(joined("", "grootte=4"), 9, without=9)

    cards = [card["group"].number for card in stage.view("control")["cards"]]
    assert cards == [1] * 3 + [2] * 3 + [3] * 3
    stage.send("laat", role=TEAM)
    assert seated(stage) == {"laat": 3}


def test_who_comes_later_joins_the_smallest_group() -> None:
    stage = dealt(joined("j" * 22, "grootte=4 mengen=toeval"), 22)

    for number in range(2):
        stage.send(f"laat{number}", role="ja")

    assert Counter(Counter(seated(stage).values()).values()) == {4: 6}
    stage.send("nog later", role="ja")
    assert Counter(Counter(seated(stage).values()).values()) == {4: 5, 5: 1}


def test_shuffling_moves_everybody_and_keeps_the_sizes() -> None:
    stage = dealt(joined("T" * 13 + "E" * 10, "grootte=3"), 23)
    stage.send("laat", role=EXPERT)
    before = seated(stage)

    stage.press(ask("shuffle", 6))

    after = seated(stage)
    assert after != before
    assert Counter(Counter(after.values()).values()) in ({3: 8}, {3: 6, 2: 1, 4: 1})


def test_shuffling_promises_nobody_another_group_since_chance_may_give_the_same() -> None:
    stage = dealt(joined("T" * 13 + "E" * 10, "grootte=3"), 23)
    asked = next(each.confirm for each in stage.controls if each.name == "shuffle")
    before = seated(stage)

    after = seated(stage.press(ask("shuffle", 6)))

    assert any(after[author] == group for author, group in before.items())
    assert "Alle groepjes worden nieuw gemaakt." in asked
    assert "Iedereen" not in asked


def test_any_two_of_the_same_role_meet_when_everybody_is_dealt_often_enough() -> None:
    stage, met = dealt(joined("T" * 12, "grootte=4"), 12), set()

    for seed in range(80):
        groups = seated(stage.press(ask("shuffle", seed)))
        met |= {(a, b) for a, b in combinations(sorted(groups), 2) if groups[a] == groups[b]}

    assert len(met) == 12 * 11 / 2


# Changing groups


def test_phone_that_asks_for_another_group_gets_the_smallest_other_one() -> None:
    stage = dealt(joined("j" * 11, "grootte=4 mengen=toeval"), 11)
    before = seated(stage)
    mover = next(author for author, group in before.items() if group == 1)

    stage.send(mover, other="ja")

    assert seated(stage) == {**before, mover: 3}


def test_phone_that_asks_again_is_never_left_where_it_was() -> None:
    stage = dealt(joined("j" * 12, "grootte=4 mengen=toeval"), 12)
    for _ in range(7):
        before = seated(stage)["j0"]
        stage.send("j0", other="ja")
        assert seated(stage)["j0"] != before


def test_no_other_group_when_there_is_none() -> None:
    stage = joined("jj", "grootte=4 mengen=toeval")
    early = stage.offer("j0", other="ja")
    alone = dealt(stage, 2).offer("j0", other="ja")

    assert [each.code for each in (early, alone) if isinstance(each, Rejected)] == ["closed", "closed"]


def test_dissolving_takes_every_group_away_and_keeps_who_takes_part() -> None:
    stage = dealt(joined("TTEE", "grootte=2"), 4)

    stage.press("dissolve")

    assert [stage.own(author)["group"] for author in ("T0", "E3")] == [None, None]
    assert [(control.name, control.label) for control in stage.controls] == [("deal", "Deel 4 mensen in")]


# What the trainer types, and what nobody learns


@pytest.mark.parametrize(
    ("people", "without"), [("", "0"), ("1", "0"), ("1001", "0"), ("²", "0"), ("5", "6")]
)
def test_number_that_cannot_be_is_refused(people: str, without: str) -> None:
    refused = joined("", "grootte=4").refusal(ask("deal", people=people, without=without))

    assert refused is not None and refused.code == "invalid"


def test_what_others_see_is_the_same_whatever_phones_chose() -> None:
    views = []
    for roles in ("T" * 22, "E" * 22, "TE" * 11, "T" * 21):
        stage = dealt(joined(roles, "grootte=3"), 23)
        views.append([stage.view(name) for name in ("phone", "screen", "control")])

    assert views.count(views[0]) == 4
    assert stage.kept == ()


@pytest.mark.parametrize(("phones", "few"), [(0, True), (13, True), (15, False), (23, False)])
def test_control_says_when_far_fewer_phones_take_part_than_there_are_seats(phones: int, few: bool) -> None:
    assert dealt(joined("TE" * 12, "grootte=3"), 23).view("control")["few"] is False
    assert dealt(joined("j" * phones, "grootte=3 mengen=toeval"), 23).view("control")["few"] is few


def test_private_fragment_of_each_group_fits_in_the_one_size_of_the_step() -> None:
    places = "\n".join(f"- {'naast de koffie ' * (number % 3)}{number}" for number in range(1, 60))
    stage = Stage("groepjes", f"Zoek.\n\n{places}", "grootte=2")
    stage.send("a", role=EXPERT)
    draw = partial(stage.play.fragment, "own")
    found = sizes_of(stage.play.step, stage.play.kind, draw).own

    largest = 0
    for seed in range(150):
        dealt(stage, 144, seed=seed)
        view = private_view(
            stage.play.kind, stage.play.settings, stage.state, stage.sitting.of("a"), stage.seen
        )
        message = {"key": f"{stage.play.step.id}/#12", "html": draw(stage.state, view)}
        largest = max(largest, len(wire.event("own", message).encode()))

    assert found - 128 < largest <= found


def test_long_place_and_both_ways_of_counting_are_reported() -> None:
    body = f"Zoek.\n\n- Bij het raam\n- {'a' * 41}"

    _, problems = read("groepjes", body, "grootte=3 aantal=4")

    assert problems == ["7 groepjes.both", "12 groepjes.long-place"]
