"""Flap: the cloud of what a group wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.stage_support import ask
from trainer.kinds.flap.tests.support import drawn
from trainer.kinds.flap.words import MOST_WORDS, SIZES, Word, cloud


def said(*texts: str) -> list[str]:
    return [word.text for word in cloud((text, 1) for text in texts)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("geen stigma", ["geen stigma"]),
        ("Niet alleen!", ["Niet alleen"]),
        ("De rust", ["rust"]),
        ("rust, ritme en regelmaat", ["ritme en regelmaat", "rust"]),
        ("Ik wil dat mensen mij niet meer zielig vinden", ["mensen", "niet meer zielig", "vinden"]),
        ("Dat ik er nooit alleen voor sta met mijn zorgen", ["nooit alleen", "sta", "zorgen"]),
        ("de het een", []),
        ("a", []),
    ],
)
def test_short_answer_is_one_and_a_longer_one_is_its_words(text: str, words: list[str]) -> None:
    assert said(text) == words


def test_cloud_counts_the_cards_that_say_it_whatever_the_capitals() -> None:
    cards = [("Geen stigma", 1), ("geen stigma!", 1), ("Stigma", 1), ("geen stigma, geen stigma", 1)]

    assert cloud(cards) == (Word("geen stigma", 3, 3), Word("Stigma", 1, 1))


def test_cards_under_a_card_count_as_what_it_says() -> None:
    stage = drawn("", a="rust", b="stilte", c="ritme").press(
        "show-all", ask("merge", id="b", into="a"), "cloud"
    )

    assert stage.view("screen")["cloud"] == (Word("ritme", 1, 1), Word("rust", 2, 2))


def test_size_follows_the_count_also_when_many_say_it() -> None:
    cards = [("rust", 30), ("ritme", 10), ("samen", 1)]

    assert [(word.text, word.size) for word in cloud(cards)] == [("ritme", 3), ("rust", SIZES), ("samen", 1)]


def test_short_answers_in_the_cloud_are_on_the_screen_and_sentences_are_not() -> None:
    stage = drawn("", a="rust", b="Dat mensen mij zien zoals ik ben", c="ritme").press("show-all", "cloud")

    found = stage.play.kind.on_screen(stage.play.settings, stage.state, stage.seen)
    assert sorted(found) == ["a", "c"]


def test_cloud_of_nothing_is_empty() -> None:
    assert cloud([]) == ()


@given(st.lists(st.tuples(st.text(max_size=80), st.integers(1, 40)), max_size=90))
def test_cloud_of_any_texts_has_so_many_words_and_sizes(cards: list[tuple[str, int]]) -> None:
    words = cloud(cards)

    assert len(words) <= MOST_WORDS
    assert {word.size for word in words} <= set(range(1, SIZES + 1))
