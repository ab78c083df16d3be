"""Turns: numbers of phones that say nothing of the order in which they came."""

import random
from collections import Counter

from trainer.kinds.contract import Post
from trainer.kinds.turns import Lanes


def post(author: str, **turns: int) -> Post:
    return Post(author, "", author, {"turns": turns})


def lanes(*posts: Post) -> Lanes:
    found = Lanes()
    for each in posts:
        found.put(each)
    return found


def test_next_turn_is_the_lowest_that_is_free_in_each_lane() -> None:
    found = lanes(post("a", one=0), post("b", one=2, two=0), Post("c", "", "c", {}))
    assert found.next() == {"one": 1, "two": 1}

    found.remove(post("a", one=0))

    assert found.next() == {"one": 0, "two": 1}


def test_newcomer_changes_turns_with_one_and_nothing_else_changes() -> None:
    here = {"a": post("a", one=0), "b": post("b", one=1, other=4)}

    changed = lanes(*here.values()).mixed(here, post("c", one=2), lambda below: 1)

    assert changed == (post("c", one=1), post("b", one=2, other=4))


def test_newcomer_may_keep_its_turn() -> None:
    new, here = post("c", one=1), {"a": post("a", one=0)}

    assert lanes(*here.values()).mixed(here, new, lambda below: below - 1) == (new,)


def test_shuffle_gives_everybody_a_turn_of_the_same_lanes_and_leaves_no_gap() -> None:
    here = {key: post(key, one=turn, other=9 - turn) for key, turn in (("a", 1), ("b", 4), ("c", 6))}

    found = {
        tuple(
            (each.id, *each.payload["turns"].values())
            for each in lanes(*here.values()).shuffled(here, random.Random(n))
        )
        for n in range(300)
    }

    assert {tuple(sorted(turn for _, turn, _ in each)) for each in found} == {(0, 1, 2)}
    assert len({frozenset(each) for each in found}) == 36


def test_after_many_came_each_turn_is_anybodys() -> None:
    chance, first = random.Random(3), Counter[int]()
    for _ in range(3000):
        here: dict[str, Post] = {}
        found = Lanes()
        for author in "abcde":
            for each in found.mixed(here, post(author, one=found.next().get("one", 0)), chance.randrange):
                here[each.id] = each
                found.put(each)
        assert sorted(each.payload["turns"]["one"] for each in here.values()) == [0, 1, 2, 3, 4]
        first[here["a"].payload["turns"]["one"]] += 1

    assert all(500 < first[turn] < 700 for turn in range(5))
