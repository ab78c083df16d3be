"""Omdenken: rounds of four moments, and a list in which whoever listens ticks words."""

from dataclasses import replace

import pytest

from tests.kinds.material_support import read
from tests.kinds.stage_support import Stage
from trainer.kinds.contract import Rejected

BODY = "Kijk mee.\n\n#### Met jezelf\n\n- moed\n- rust\n\n#### Samen\n\n- humor\n"


def given(attributes: str = "groepen=2 rondes=2") -> Stage:
    return Stage("omdenken", BODY, attributes)


def named(stage: Stage, group: str, **words: str) -> Stage:
    """Each of these phones ticks words (by their numbers) for the teller of its group."""
    for phone, numbers in words.items():
        stage.send(phone, group=group, word=tuple(numbers))
    return stage


# The material


def test_words_are_numbered_through_all_parts_of_the_list() -> None:
    settings, problems = read("omdenken", BODY)

    listed = [
        (part.title, [(number, word.plain) for number, word in part.words]) for part in settings.sections
    ]
    assert (problems, listed) == ([], [("Met jezelf", [(0, "moed"), (1, "rust")]), ("Samen", [(2, "humor")])])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Kijk mee.", "7 omdenken.no-words"),
        (f"- los woord\n\n{BODY}", "7 omdenken.no-words"),
        (f"{BODY}- {'x' * 61}\n", "7 omdenken.too-long"),
        (f"{'kijk ' * 81}{BODY}", "7 omdenken.too-long"),
        (BODY + "".join(f"- woord {number}\n" for number in range(60)), "7 omdenken.too-long"),
    ],
)
def test_list_that_is_missing_or_too_long_is_a_problem(body: str, code: str) -> None:
    assert read("omdenken", body) == (None, [code])


# The moments


def test_next_goes_through_four_moments_of_each_round_and_back_again() -> None:
    stage = given()
    kind, settings = stage.play.kind, stage.play.settings
    there = [(state.round, state.moment) for state in stage.play.forwards()]
    last = stage.play.forwards()[-1]

    back = [last]
    while (before := kind.backward(settings, back[-1])) is not None:
        back.append(before)

    assert there == [(number, moment) for number in (1, 2) for moment in range(4)]
    assert [(state.round, state.moment) for state in reversed(back)] == there


# What listeners tick


def test_words_are_for_a_group_and_the_round_that_the_page_showed() -> None:
    assert given().offer("a", "2", group="1", word=("0", "2")) == {"2-1": {"choices": [0, 2]}}


@pytest.mark.parametrize(
    ("item", "group", "word", "code"),
    [
        ("1", "", ("0",), "invalid"),
        ("1", "3", ("0",), "invalid"),
        ("3", "1", ("0",), "invalid"),
        ("1", "1", ("9",), "invalid"),
        ("1", "1", (), "empty"),
    ],
)
def test_what_no_page_offers_is_refused(item: str, group: str, word: tuple[str, ...], code: str) -> None:
    assert given().offer("a", item, group=group, word=word).code == code


def test_one_phone_ticks_for_one_group_in_a_round() -> None:
    stage = named(given(), "1", a="0")
    full = Rejected("full", "Je kruiste al iets aan bij een andere groep. Haal dat eerst weg.")

    assert (stage.offer("a", group="2", word="1"), stage.offer("a", "2", group="2", word="1")) == (
        full,
        {"2-2": {"choices": [1]}},
    )


def test_group_that_is_alone_needs_no_number() -> None:
    assert given("groepen=1").offer("a", word="1") == {"1-1": {"choices": [1]}}


def test_words_for_a_round_that_is_still_to_come_or_was_left_are_taken() -> None:
    # They may have waited for a connection.
    assert given().offer("a", "2", group="1", word="0") == {"2-1": {"choices": [0]}}


# What is kept


def test_nothing_is_kept() -> None:
    stage = named(given(), "1", a="2", b="2", c="2", d="2", e="2")
    stage.send("t", "1-t", group="1", tells="ja")
    stage.press("hand")

    assert (stage.kept, stage.play.kind.lasting(stage.play.settings, stage.state)[1]) == ((), ())


@pytest.mark.parametrize("people", [8, 12, 24])
def test_one_of_each_group_tells_in_each_round_of_a_rehearsal(people: int) -> None:
    stage = given("groepen=2 rondes=4")
    kind, settings = stage.play.kind, stage.play.settings

    for number in range(1, settings.rounds + 1):
        state = replace(stage.state, round=number)
        asked = [kind.answer(settings, state, stage.sitting.seen(stage.play), seed) for seed in range(people)]
        tells = [form.one("group") for form in asked if form and form.item == f"{number}-t"]
        assert sorted(tells) == ["1", "2"]
