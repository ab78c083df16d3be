"""Omdenken: rounds of four moments, and a sheet of words that at least three listeners of a group ticked."""

import pytest

from tests.kinds.material_support import read
from tests.kinds.stage_support import Stage
from tests.support.fragments import Page
from trainer.kinds.contract import Rejected

BODY = "Kijk mee.\n\n#### Met jezelf\n\n- moed\n- rust\n\n#### Samen\n\n- humor\n"


def given(attributes: str = "groepen=2 rondes=2") -> Stage:
    return Stage("omdenken", BODY, attributes)


def named(stage: Stage, group: str, **words: str) -> Stage:
    """Each of these phones ticks words (by their numbers) for the teller of its group."""
    for phone, numbers in words.items():
        stage.send(phone, group=group, word=tuple(numbers))
    return stage


def sheets(stage: Stage) -> dict[tuple[int, int], tuple[tuple[str, int], ...]]:
    """What is on the sheets, by group and round; without those that were not given."""
    found = stage.view("phone")["sheets"]
    return {(group.number, number): words for group, listed in found for number, words in listed if words}


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


# The sheet


def test_three_listeners_give_one_sheet_with_what_most_of_them_saw_first() -> None:
    stage = named(given(), "1", a="02", b="2", c="12")

    stage.press("hand")

    assert sheets(stage) == {(1, 1): (("humor", 3), ("moed", 1), ("rust", 1))}


def test_two_listeners_give_no_sheet_also_beside_a_group_that_does() -> None:
    stage = named(named(given(), "1", a="0", b="0", c="0"), "2", d="1", e="1")

    stage.press("hand")

    assert sheets(stage) == {(1, 1): (("moed", 3),)}


def test_press_is_refused_as_long_as_no_group_has_three() -> None:
    assert named(given(), "1", a="0", b="0").refusal("hand").code == "few"


def test_what_is_ticked_later_is_not_on_the_sheet_until_three_more_did_so() -> None:
    stage = named(given(), "1", a="0", b="0", c="0").press("hand")

    named(stage, "1", d="1").press("hand")

    assert sheets(stage) == {(1, 1): (("moed", 3),)}


def test_sheet_is_on_phones_alone_where_the_page_shows_it_to_its_group() -> None:
    stage = named(given(), "1", a="2", b="2", c="2").press("hand")
    pages = {name: stage.play.shared(name, stage.sitting) for name in ("phone", "screen", "control")}

    page = Page(pages["phone"])
    parts = [
        each["data-for-group"] for tag, each in page.elements if tag == "div" and "data-for-group" in each
    ]
    assert [name for name, html in pages.items() if "humor" in html] == ["phone"]
    assert parts == ["1", "2"]


@pytest.mark.parametrize(("groups", "told"), [(1, False), (2, True)])
def test_phone_says_beforehand_that_other_groups_can_look_at_a_sheet(groups: int, told: bool) -> None:
    stage = given(f"groepen={groups}")

    page = stage.play.shared("phone", stage.sitting)

    assert ("Wie dat wil, kan het blad van een andere groep bekijken." in page) == told


def test_nothing_is_kept() -> None:
    stage = named(given(), "1", a="2", b="2", c="2", d="2", e="2").press("hand")

    assert (stage.kept, stage.play.kind.lasting(stage.play.settings, stage.state)[1]) == ((), ())
