"""The gate and what is kept: what leaves the meeting has five phones behind it, or none."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.gate_support import SIZE, Step, card, cards, vote
from tests.kinds.kept_support import TOTALS, drawn, texts, wall
from tests.kinds.stage_support import votes
from trainer.kinds import gate, keeping
from trainer.kinds.contract import Answers, Post, Rejected, Written
from trainer.kinds.disclosure import Kept
from trainer.kinds.posts import Doubles, Posts

ANSWERS = Answers("open", "Wat kan beter?", "2")


# Texts that the group saw


def test_texts_of_five_phones_are_kept_in_alphabetical_order() -> None:
    step = drawn(*cards(*"edcba"))

    assert texts((wall(*"cebad"),), step.posts) == tuple(f"tekst {key}" for key in "abcde")


@pytest.mark.parametrize("shown", ["abcd", ["a", "a2", "b", "c", "d"]])
def test_texts_of_four_phones_are_not_kept(shown: Sequence[str]) -> None:
    step = drawn(*cards(*"abcde", "a2"))

    assert keeping.keep((wall(*shown),), step.posts, {}) == (Kept("kaarten", "Waar denk je aan?", few=True),)


@pytest.mark.parametrize("held", ["a", "a2", "b", "e"])
def test_whether_texts_are_kept_says_nothing_of_whose_card_a_trainer_held_back(held: str) -> None:
    keys = ["a", "a2", "b", "c", "d", "e"]
    step = drawn(*cards(*keys))

    assert texts((wall(*(key for key in keys if key != held)),), step.posts) is None
    assert texts((wall(*keys),), step.posts) is not None


@pytest.mark.parametrize("left", ["abcd", "bcde"])
def test_whether_texts_are_kept_says_nothing_of_whose_card_is_of_who_left(left: str) -> None:
    step = drawn(*cards(*"abcdex"))
    doubles = Doubles(left={"a": 1}, late={"x": 1})

    assert texts((wall(*left, "x"),), replace(step.posts, doubles=doubles)) is None


def test_totals_count_a_phone_that_sent_more_than_one_once() -> None:
    sent = [Post(f"{who}{n}", "1", who, {"choices": [0]}) for who in "ab" for n in range(4)]

    (kept,) = keeping.keep((TOTALS,), Posts(sent), {})

    assert (kept.counts, kept.answered) == ((None,) * SIZE, None)


def test_text_that_the_gate_did_not_let_through_is_not_kept() -> None:
    step = drawn(*cards(*"abcde")).send(*cards("f", "g"))

    assert texts((wall(*"abcdefg"),), step.posts) == tuple(f"tekst {key}" for key in "abcde")


def test_text_that_was_let_through_and_never_on_the_screen_is_not_kept() -> None:
    step = drawn(*cards(*"abcde")).send(*cards(*"fgh"))
    assert step.ask(1, draw=("",)) is None

    assert texts((wall(*"abcdefgh"),), step.posts) == tuple(f"tekst {key}" for key in "abcde")


def test_texts_of_five_phones_of_which_four_were_on_the_screen_are_not_kept() -> None:
    step = Step().send(*cards(*"abcde"))
    assert step.ask(draw=("",)) is None

    step.look("a", "b", "c", "d")
    assert texts((wall(*"abcde"),), step.posts) is None


def test_card_of_which_the_room_knows_the_owner_stays_one_that_was_on_the_screen() -> None:
    step = drawn(*cards(*"abcdef"))
    told = gate.claim(step.posts, "a")
    assert not isinstance(told, Rejected)
    step.posts = step.posts.marked(told)

    assert texts((wall(*"abcdef"),), step.posts) == tuple(f"tekst {key}" for key in "abcdef")


def test_text_that_was_taken_back_is_not_kept() -> None:
    step = drawn(*cards(*"abcdef")).withdraw("a")

    assert texts((wall(*"abcdef"),), step.posts) == tuple(f"tekst {key}" for key in "bcdef")


def test_texts_that_fall_with_one_that_was_taken_back_are_not_kept() -> None:
    step = drawn(*cards(*"abc")).send(*cards(*"defgh"))
    assert step.ask(1, draw=("",)) is None

    step.look().withdraw("a")
    assert texts((wall(*"abcdefgh"),), step.posts) == tuple(f"tekst {key}" for key in "defgh")


def test_paper_is_kept_with_the_phones_and_is_not_one_of_five() -> None:
    four, paper = cards(*"abcd"), card("p", paper=True)

    assert texts((wall(*"abcdp"),), drawn(*four, paper).posts) is None
    assert texts((wall(*"abcdep"),), drawn(*four, card("e"), paper).posts) is not None


def test_paper_of_five_is_kept_alone_beside_four_phones_and_says_so() -> None:
    step = drawn(*cards(*"abcd"), *cards(*"pqrst", paper=True))

    (kept,) = keeping.keep((wall(*"abcdpqrst"),), step.posts, {})
    assert (kept.texts, kept.paper) == (tuple(f"tekst {key}" for key in "pqrst"), True)


def test_card_that_might_be_alone_is_kept_with_five_others_and_is_not_one_of_five() -> None:
    five = [*cards(*"abcd"), card("x", alone=True)]

    assert texts((wall(*"abcdx"),), drawn(*five).posts) is None
    assert texts((wall(*"abcdex"),), drawn(*five, card("e")).posts) == tuple(
        f"tekst {key}" for key in "abcdex"
    )


# Open answers, totals, and what trainers wrote


def answers(*authors: str, paper: bool = False) -> list[Post]:
    return [Post(f"2-{who}", "2", who, {"text": f"van {who}"}, paper) for who in authors]


def test_open_answers_of_five_phones_are_kept_though_no_screen_shows_them() -> None:
    assert texts((ANSWERS,), Posts(answers(*"abcde"))) == tuple(f"van {who}" for who in "abcde")


def test_open_answers_that_were_skipped_count_nobody() -> None:
    posts = Posts([*answers(*"abcd"), Post("2-e", "2", "e", {})])

    assert texts((ANSWERS,), posts) is None


def test_answers_of_which_the_room_saw_some_are_not_kept() -> None:
    # It would know that the others are of those who sent nothing before the screen showed them.
    step = Step().send(*answers(*"abc"))
    assert step.ask(draw=("2",)) is None
    step.send(*answers(*"defgh"))

    assert texts((ANSWERS,), step.posts) is None


def test_totals_are_kept_as_they_may_be_seen() -> None:
    (kept,) = keeping.keep((TOTALS,), Posts(votes("1", *[0] * 6, *[1] * 7, 2, 2, 2)), {})

    assert (kept.counts, kept.answered) == ((None, 7, None), 16)


@pytest.mark.parametrize(("late", "answered"), [(4, 6), (5, 11)])
def test_totals_are_those_that_the_room_saw_until_five_phones_more_changed(late: int, answered: int) -> None:
    step = Step().vote(*votes("1", *[0] * 6))
    assert step.count() is None

    step.vote(*[vote(f"late-{number}", 1) for number in range(late)])
    (kept,) = keeping.keep((TOTALS,), step.posts, step.pictures)
    assert kept.answered == answered


def test_totals_of_what_no_screen_showed_are_those_of_the_end() -> None:
    (kept,) = keeping.keep((TOTALS,), Posts(votes("1", *[0] * 7)), {})

    assert kept.answered == 7


def test_what_trainers_wrote_is_kept() -> None:
    (kept,) = keeping.keep((Written("definitie", "Onze definitie", "Samen"),), Posts(), {})

    assert (kept.texts, kept.is_open) == (("Samen",), True)


WHO = st.sampled_from("abcd")
MANY_PAPERS = st.integers(0, 8)
CHOICES = st.lists(st.integers(0, SIZE - 1), min_size=12, max_size=12)


@given(st.sets(WHO, min_size=1), MANY_PAPERS, CHOICES, st.booleans(), st.booleans())
def test_one_to_four_phones_leave_no_trace_in_what_is_kept(
    phones: set[str], papers: int, chosen: list[int], alone: bool, counted: bool
) -> None:
    on_paper, authors = [f"p{number}" for number in range(papers)], sorted(phones)
    paper = Step().send(
        *[card(who, author=who, paper=True) for who in on_paper],
        *[vote(who, chosen[place], paper=True) for place, who in enumerate(on_paper)],
        *answers(*on_paper, paper=True),
    )
    both = replace(paper).send(
        *cards(*authors, alone=alone),
        *[vote(who, chosen[8 + place]) for place, who in enumerate(authors)],
        *answers(*authors),
    )
    report = (TOTALS, ANSWERS, wall(*authors, *on_paper))

    kept = []
    for step in (paper, both):
        step.ask(draw=("",))
        step.look()
        if counted:
            step.count()
        rows = keeping.keep(report, step.posts, step.pictures)
        kept.append([replace(row, few=False, paper=False) for row in rows])
    assert kept[0] == kept[1]


@given(st.permutations(list("abcdef")), st.lists(st.sampled_from(["ja", "nee"]), min_size=6, max_size=6))
def test_order_of_posts_is_not_in_what_is_kept(order: list[str], said: list[str]) -> None:
    posts = [Post(f"2-{who}", "2", who, {"text": text}) for who, text in zip("abcdef", said, strict=True)]
    place = {who: number for number, who in enumerate(order)}

    mixed = sorted(posts, key=lambda post: place[post.author])
    assert keeping.keep((ANSWERS,), Posts(mixed), {}) == keeping.keep((ANSWERS,), Posts(posts), {})
