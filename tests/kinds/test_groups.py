"""How small groups are told apart."""

import re
from pathlib import Path

from trainer.kinds.groups import COLOURS, MOST_GROUPS, SHAPES, Group, groups

ROOT = Path(__file__).resolve().parents[2]


def test_groups_are_all_told_apart_by_colour_and_shape_together() -> None:
    every = groups(MOST_GROUPS)

    assert len({(group.colour, group.shape) for group in every}) == MOST_GROUPS == 72


def test_first_groups_differ_in_colour_and_in_shape() -> None:
    first = groups(len(COLOURS))

    assert len({group.colour for group in first}) == len({group.shape for group in first}) == 8


def test_group_after_the_last_is_not_made() -> None:
    assert groups(1000) == groups(MOST_GROUPS)


def test_title_is_said_as_people_would() -> None:
    titles = [Group(number).title for number in (1, 4, 9, 12)]

    assert titles == [
        "Groep 1, blauwe cirkel", "Groep 4, roze vierkant", "Groep 9, blauwe ster", "Groep 12, roze druppel",
    ]  # fmt: skip


def test_each_colour_has_a_token_and_a_rule() -> None:
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text()
    rules = (ROOT / "static" / "css" / "base.css").read_text()

    named = {name for name, _ in COLOURS}
    assert set(re.findall(r"--group-(\w+):", tokens)) == named
    assert set(re.findall(r'data-colour="(\w+)"', rules)) == named


def test_each_shape_but_the_last_is_drawn_by_name() -> None:
    drawn = (ROOT / "trainer" / "kinds" / "groups.html").read_text()

    assert re.findall(r"group\.shape == '(\w+)'", drawn) == list(SHAPES[:-1])
