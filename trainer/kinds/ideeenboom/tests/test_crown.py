"""Where leaves hang: large letters for few, several pages for many, and every leaf exactly once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.kinds.ideeenboom.crown import SIZES, Branch, Crown, Leaf, crowns
from trainer.kinds.ideeenboom.drawing import WIDTH, boughs


def branch(key: str, number: int, text: str = "Samen koffie drinken") -> Branch:
    return Branch(key, key, tuple(Leaf(f"{key}{place}", "idee", "Idee", text) for place in range(number)))


def ids(pages: tuple[Crown, ...]) -> list[str]:
    return sorted(key for page in pages for key in page.ids)


@pytest.mark.parametrize(
    ("each", "size", "pages"), [(0, "size-xl", 1), (1, "size-xl", 1), (4, "size-l", 1), (15, "size-s", 3)]
)
def test_letters_get_smaller_and_then_there_are_pages(each: int, size: str, pages: int) -> None:
    grown = crowns([branch(key, each) for key in "abcd"])

    assert (grown[0].size, len(grown)) == (size, pages)
    assert [(page.number, page.total) for page in grown] == [(number, pages) for number in range(pages)]


def test_bare_branches_stay_in_the_tree() -> None:
    (page,) = crowns([branch("a", 3), branch("b", 0), branch("c", 0), branch("d", 0)])

    assert [(limb.title, len(limb.boughs)) for limb in page.limbs] == [("a", 1), ("b", 1), ("c", 1), ("d", 1)]


def test_fullest_branch_gets_another_bough_where_letters_are_small() -> None:
    page = crowns([branch("a", 9), branch("b", 1), branch("c", 1), branch("d", 1)])[0]

    assert (page.size, [len(limb.boughs) for limb in page.limbs]) == ("size-s", [2, 1, 1, 1])


def test_long_word_is_not_broken_while_smaller_letters_avoid_it() -> None:
    (page,) = crowns([branch("a", 1, "ervaringsdeskundige"), *(branch(key, 0) for key in "bcd")])

    assert page.size == "size-m"


@given(
    st.lists(st.lists(st.text("ab cd", min_size=1, max_size=120), max_size=20), min_size=2, max_size=6),
    st.floats(0, 12),
)
def test_every_leaf_hangs_on_its_branch_exactly_once(texts: list[list[str]], taken: float) -> None:
    tree = [
        Branch(
            str(place),
            str(place),
            tuple(Leaf(f"{place}-{n}", "plan", "Plan", text) for n, text in enumerate(found)),
        )
        for place, found in enumerate(texts)
    ]

    pages = crowns(tree, taken)

    assert ids(pages) == sorted(leaf.id for each in tree for leaf in each.leaves)
    for page in pages:
        assert page.size in {size.name for size in SIZES}
        for limb in page.limbs:
            assert {leaf.id.split("-")[0] for bough in limb.boughs for leaf in bough} <= {limb.title}


@pytest.mark.parametrize("number", [1, 2, 4, 5, 6])
def test_wood_has_a_bough_in_the_middle_of_each_part_of_the_width(number: int) -> None:
    ends = [bough.stem.rsplit(" ", 2)[-2] for bough in boughs(number)]

    assert ends == [str(round(WIDTH * (place + 0.5) / number)) for place in range(number)]
