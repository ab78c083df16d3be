"""Groepjes on paper: cards come out as groups on phones do, also when more were printed than people came."""

import re

import pytest

from tests.kinds.stage_support import Stage
from tests.kinds.template_support import template_of
from trainer.kinds.groepjes.dealing import sizes


def left_of(whole: list[int], people: int) -> list[int]:
    """What the page says: whole signs until there are enough, and what is too much off each in turn."""
    signs: list[int] = []
    for cards in whole:
        if sum(signs) < people:
            signs.append(cards)
    for turn in range(sum(signs) - people):
        signs[turn % len(signs)] -= 1
    return sorted(signs, reverse=True)


@pytest.mark.parametrize("size", [3, 4, 5, 6])
def test_cards_that_are_laid_down_as_the_page_says_are_the_groups_of_a_deal(size: int) -> None:
    printed = [size] * 30
    # With fewer there is no group of which nobody is alone.
    several = range(size + 1, 60)

    assert [people for people in several if left_of(printed, people) != list(sizes(people, size, 0))] == []


@pytest.mark.parametrize(
    ("attributes", "people", "said"),
    [
        ("grootte=4", 23, "precies genoeg voor 23 mensen"),
        ("grootte=4", 0, "alle kaartjes van een teken"),
        ("aantal=3", 0, "van elk teken evenveel"),
    ],
)
def test_page_says_how_many_cards_of_each_sign_to_take(attributes: str, people: int, said: str) -> None:
    play = Stage("groepjes", "Zoek je groepje.", attributes).play
    template = template_of(play.kind, "print")
    assert template is not None

    page = template.render(settings=play.settings, step={"title": "Zoek je groepje"}, people=people)

    assert said in re.sub(r"\s+", " ", page)
