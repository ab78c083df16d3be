"""The gate and pictures: between two of them at least three phones changed, on both sides, or nobody."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.gate_support import SIZE, House, Room, Step, code, vote
from tests.kinds.stage_support import votes
from tests.support.thorough import examples
from trainer.kinds import counting
from trainer.kinds.contract import HOUSE, ROOM, Kind, Picture, Post, Tally
from trainer.kinds.posts import Posts

# Phones


def test_count_of_three_phones_is_a_picture_and_of_two_must_wait() -> None:
    step = Step().vote(*votes("1", 0, 2))
    assert (code(step.count()), step.phones()) == ("few", None)

    assert step.vote(vote("c", 2)).count() is None
    assert step.phones() == (1, 0, 2)


def test_count_of_who_skipped_is_no_count() -> None:
    step = Step().vote(*votes("1", 0, 1), Post("c", "1", "c", {}), Post("d", "1", "d", {"choices": []}))

    assert code(step.count()) == "few"


@pytest.mark.parametrize(
    ("moved", "came", "left", "expected"),
    [
        (3, 0, 0, True),
        (0, 3, 0, True),
        (0, 0, 3, True),
        (3, 3, 3, True),
        (2, 1, 0, False),
        (2, 0, 1, False),
        (1, 1, 1, False),
        (0, 2, 3, False),
        (2, 3, 0, False),
        (0, 0, 0, False),
    ],
)
def test_next_picture_wants_three_phones_on_both_sides(
    moved: int, came: int, left: int, expected: bool
) -> None:
    step = Step().vote(*votes("1", *[0] * 9))
    assert step.count() is None

    step.vote(*votes("1", *[1] * moved), *(vote(f"late-{number}", 2) for number in range(came)))
    step.withdraw(*[f"1-a{8 - number}" for number in range(left)])
    assert (step.count() is None) is expected
    assert step.phones() == ((9 - moved - left, moved, came) if expected else (9, 0, 0))


def test_picture_does_not_leave_one_or_two_phones_in_it() -> None:
    step = Step().vote(*votes("1", 0, 0, 0, 1, 2))
    assert step.count() is None

    step.withdraw("1-a0", "1-a1", "1-a2")
    assert code(step.count()) == "few"
    assert step.withdraw("1-a3", "1-a4").count() is None
    assert step.phones() == (0, 0, 0)


def test_votes_that_were_taken_back_are_gone_from_one_picture_to_the_next_and_not_again() -> None:
    step = Step().vote(*votes("1", 0, 0, 0, 1, 1, 1))
    assert step.count() is None
    assert step.withdraw("1-a0", "1-a1", "1-a2").count() is None

    assert step.phones() == (0, 3, 0)
    assert code(step.count()) == "few"


def test_picture_is_taken_when_three_sent_the_same_again() -> None:
    step = Step().vote(*votes("1", 0, 1, 2))
    assert step.count() is None

    step.vote(*votes("1", 0, 1, 2))

    assert step.count() is None
    assert step.phones() == (1, 1, 1)


def test_picture_is_taken_when_three_took_theirs_back_and_sent_it_again() -> None:
    step = Step().vote(*votes("1", 0, 1, 2))
    assert step.count() is None

    step.withdraw("1-a0", "1-a1", "1-a2").vote(*votes("1", 0, 1, 2))

    assert step.count() is None
    assert step.phones() == (1, 1, 1)


def test_count_of_several_items_is_granted_for_all_or_for_none() -> None:
    step = Step().vote(*votes("1", 0, 1, 2), *votes("2", 0, 1))

    assert code(step.ask(count={"1": SIZE, "2": SIZE})) == "few"
    assert (step.pictures, {post.seen for post in step.posts.here}) == ({}, {""})


def test_count_if_possible_takes_the_pictures_that_may_be_taken() -> None:
    step = Step().vote(*votes("1", 0, 1, 2), *votes("2", 0, 1))

    assert step.ask(count_if_possible={"1": SIZE, "2": SIZE}) is None
    assert set(step.pictures) == {"1"}


def test_picture_of_another_item_is_no_answer_to_what_was_asked() -> None:
    step = Step().vote(*votes("1", 0, 1, 2), *votes("2", 0, 1))
    assert step.ask(count={"1": SIZE}) is None

    assert code(step.ask(count_if_possible={"2": SIZE})) == "few"
    assert step.ask(count_if_possible={"1": SIZE, "2": SIZE}) is None
    assert step.ask(count_if_possible={"2": SIZE}, anyway=True) is None
    assert step.phones("2") is None


def test_count_if_possible_without_any_picture_must_wait() -> None:
    assert code(Step().vote(*votes("1", 0, 1)).ask(count_if_possible={"1": SIZE})) == "few"


def test_picture_of_what_leaves_the_house_wants_five_phones_on_both_sides() -> None:
    step = Step(kind=House()).vote(*votes("1", 0, 0, 1, 1))
    assert code(step.count()) == "few"
    assert step.vote(vote("e", 2)).count() is None

    assert code(step.vote(*votes("1", 2, 2, 2, 2)).count()) == "few"
    assert step.phones() == (2, 2, 1)


# Paper


def test_paper_may_be_counted_without_phones_and_helps_none_over_the_threshold() -> None:
    step = Step().vote(*votes("1", 0, 0), *votes("1", 1, 2, paper=True))

    assert step.count() is None
    assert step.pictures["1"] == Picture(Tally((0, 0, 0)), Tally((0, 1, 1), 2))


def test_new_paper_does_not_bring_two_new_phones_along() -> None:
    step = Step().vote(*votes("1", 0, 0, 0))
    assert step.count() is None

    step.vote(*votes("1", 1, 1), vote("p", 2, paper=True))
    assert step.count() is None
    assert step.pictures["1"] == Picture(Tally((3, 0, 0), 3), Tally((0, 0, 1), 1), number=1)


def test_paper_alone_outside_the_room_is_of_five_people() -> None:
    step = Step(kind=House()).vote(*votes("1", *[0] * 4, paper=True), *votes("1", *[1] * 4))
    assert code(step.count()) == "few"

    assert step.vote(vote("p5", 0, paper=True)).count() is None
    assert step.pictures["1"] == Picture(Tally((0, 0, 0)), Tally((5, 0, 0), 5))


def test_picture_stays_as_it_was_when_the_posts_are_gone_at_sealing() -> None:
    step = Step().vote(*votes("1", 0, 1, 2), vote("p", 2, paper=True))
    assert step.count() is None
    before = step.pictures

    step.posts = Posts()
    assert step.ask(count_if_possible={"1": SIZE}) is None
    assert step.pictures == before


VOTES = st.tuples(
    st.sampled_from(["send", "send", "withdraw", "paper", "count"]), st.integers(0, 7), st.integers(0, 2)
)


@examples(100)
@given(st.sampled_from([Room(), House()]), st.lists(VOTES, max_size=60))
def test_any_history_gives_pictures_that_differ_by_nobody_or_by_a_crowd(
    kind: Kind, history: list[Any]
) -> None:
    step = Step(kind=kind)
    now, counted, paper, paper_counted = dict[int, int](), dict[int, int](), 0, 0
    answers, shown = dict[int, int](), [0] * SIZE
    lived, taken = dict[int, str](), 0
    for number, (name, who, answer) in enumerate(history):
        if name == "send":
            # Sent again: which answer it is makes no difference.
            now[who] = number
            step.vote(vote(f"phone-{who}", answer))
            answers[who] = answer
        elif name == "withdraw":
            now.pop(who, None)
            step.withdraw(f"1-phone-{who}")
        elif name == "paper":
            paper += 1
            step.vote(vote(f"paper-{number}", answer, paper=True))
        else:
            first, refused = not step.pictures, step.count()
            went = {one for one in counted if now.get(one) != counted[one]}
            came = {one for one in now if counted.get(one) != now[one]}
            stayed = {one for one in counted if now.get(one) == counted[one]} if went else set()
            crowds = all(len(side) == 0 or len(side) >= kind.crowd for side in (went, came, stayed))
            lives = {one: lived.get(one, "a" * taken) + _letter(one, now, counted) for one in {*now, *lived}}
            lives = {one: life for one, life in lives.items() if "n" in life}
            alike = all(list(lives.values()).count(life) >= ROOM for life in lives.values())
            may = bool(went or came) and crowds and alike
            lived, taken = (lives, taken + 1) if may else (lived, taken)
            # Whether one or two phones changed, or nobody, is not in the answer either.
            enough_paper = paper >= (1 if kind.crowd == ROOM else HOUSE) if first else paper > paper_counted
            assert (refused is None) == (may or enough_paper)
            if may:
                counted = dict(now)
                shown = [[answers[one] for one in now].count(choice) for choice in range(SIZE)]
            paper_counted = paper if refused is None else paper_counted
        picture = step.pictures.get("1", Picture())
        assert picture.phones.answered == len(counted)
        assert picture.paper.answered == paper_counted
        assert list(picture.phones.counts or (0,) * SIZE) == shown


def _letter(one: int, now: dict[int, int], counted: dict[int, int]) -> str:
    """What a picture is to a phone: none of it, what it sent for the last one, or what it sent since."""
    return "a" if one not in now else "s" if counted.get(one) == now[one] else "n"


def test_mark_tells_what_was_sent_later_and_nothing_of_what_it_is() -> None:
    first, again = Post("1", "1", "a", {"choices": [1]}), Post("2", "1", "a", {"choices": [1]})

    assert counting.mark(first, b"") != counting.mark(again, b"")
    assert counting.mark(first, b"") == counting.mark(Post("1", "1", "a", {"choices": [2]}), b"")


@pytest.mark.parametrize("answer", [0, 1])
def test_picture_waits_for_who_sent_again_whether_they_moved_or_not(answer: int) -> None:
    step = Step().vote(*votes("1", 0, 0, 0, 0))
    assert step.count() is None

    step.vote(*(vote(f"late-{number}", 2) for number in range(3)), vote("a3", answer))

    assert code(step.count()) == "few"
    assert step.phones() == (4, 0, 0)
