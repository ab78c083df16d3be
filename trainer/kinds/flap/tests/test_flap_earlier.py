"""Flap: what was kept of the flap of an earlier meeting can be on the screen again, read only."""

from dataclasses import replace
from typing import Any

import pytest

from tests.kinds.material_support import read
from tests.kinds.stage_support import Stage, ask
from trainer.curriculum.model import EarlierStep
from trainer.kinds.contract import Kept, Rejected
from trainer.kinds.flap import KIND
from trainer.kinds.flap.tests.support import flap, loose, on_screen

FROM = "van=dagdeel-1/herstel"
TEXTS = ("hoop", "Hoop!", "rust", "samen eten", "steun")
ANSWERS = Kept("antwoorden", "Wat is herstel?", texts=TEXTS, groups=("Hoop", "Hoop", "", "Samen", "Samen"))
DEFINITION = Kept("definitie", "Onze definitie", texts=("Herstel is van jezelf.",))
WIPED = (replace(ANSWERS, texts=None, groups=()), replace(DEFINITION, texts=None))


def view(stage: Stage, name: str, *kept: Kept) -> dict[str, Any]:
    """What a fragment is made of when these rows were kept of the earlier flap."""
    seen = replace(stage.seen, earlier=kept)
    return dict(getattr(KIND, name)(stage.play.settings, stage.state, seen))


def button(stage: Stage, *kept: Kept) -> tuple[str, str, bool]:
    """The button of the group 'Van eerder'."""
    seen = replace(stage.seen, earlier=kept)
    (found,) = (
        each for each in KIND.controls(stage.play.settings, stage.state, seen) if each.group == "Van eerder"
    )
    return found.name, found.label, found.enabled


def screen(stage: Stage, *kept: Kept) -> str:
    return stage.play.fragment("screen", stage.state, view(stage, "screen", *kept))


def test_step_that_it_comes_from_is_what_the_heading_says() -> None:
    settings, problems = read("flap", "Vraag?", FROM)

    assert (KIND.earlier(settings), problems) == (EarlierStep("dagdeel-1", "herstel"), [])


@pytest.mark.parametrize("text", ["herstel", "dagdeel-1/", "Dagdeel 1/herstel", "a/b/c"])
def test_heading_that_names_no_step_is_a_problem(text: str) -> None:
    assert read("flap", "Vraag?", f'van="{text}"')[1] == ["7 step.bad-value"]


def test_button_is_there_only_when_something_was_kept() -> None:
    label = "Haal de flap van dagdeel 1"

    assert button(flap("", FROM), ANSWERS) == ("fetch", label, True)
    assert button(flap("", FROM), DEFINITION) == ("fetch", label, True)
    assert [button(flap("", FROM), *kept) for kept in ((), WIPED)] == [("fetch", label, False)] * 2


def test_fetched_flap_has_groups_definition_and_piles() -> None:
    shown = view(flap("", FROM).press("fetch"), "screen", ANSWERS, DEFINITION)

    sections = [(part["title"], part["cards"]) for part in shown["sections"]]
    assert [(title, [(card.text, card.count) for card in cards]) for title, cards in sections] == [
        ("Hoop", [("hoop", 2)]),
        ("Samen", [("samen eten", 1), ("steun", 1)]),
        ("", [("rust", 1)]),
    ]
    assert (shown["question"].plain, shown["definition"]) == ("Wat is herstel?", "Herstel is van jezelf.")


def test_fetched_flap_is_on_the_screen_in_place_of_that_of_now_and_says_where_it_is_from() -> None:
    stage = flap("abc", FROM).press("draw", "show-all", "fetch")

    html = screen(stage, ANSWERS)
    assert "Dit maakten we in dagdeel 1." in html
    assert "tekst a" not in html
    assert [*KIND.on_screen(stage.play.settings, stage.state, stage.seen)] == []
    assert "hoop" not in stage.play.fragment("phone", stage.state, view(stage, "phone", ANSWERS))


@pytest.mark.parametrize("command", ["put-away", "cards", "draw"])
def test_flap_of_now_is_back_with_whatever_is_done_to_it(command: str) -> None:
    stage = flap("abc", FROM).press("draw", "show-all", "fetch")
    for phone in "def":
        stage.send(phone, text=f"tekst {phone}")

    assert on_screen(stage.press(command)) == loose("a", "b", "c")


def test_cards_of_many_pages_can_be_turned() -> None:
    many = replace(ANSWERS, texts=tuple(f"{n:03} {'woorden ' * 9}" for n in range(60)), groups=())
    stage = flap("", FROM).press("fetch")

    assert view(stage, "screen", many)["page"] == 1
    assert view(stage.press(ask("page", number="1")), "screen", many)["page"] == 2


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        ((), "niets bewaard"),
        ((Kept("antwoorden", "Wat is herstel?", few=True),), "te weinig telefoons"),
        (WIPED, "de bewaartermijn is om"),
    ],
)
def test_reason_is_told_when_nothing_is_left(kept: tuple[Kept, ...], why: str) -> None:
    stage = flap("", FROM)
    assert why in stage.play.fragment("control", stage.state, view(stage, "control", *kept))

    # It may be wiped while it is on the screen.
    assert why in screen(stage.press("fetch"), *kept)


def test_flap_without_an_earlier_one_has_no_button_for_it() -> None:
    assert flap().refusal("fetch") == Rejected("unknown", "Deze knop bestaat hier niet.")
    assert [control for control in flap().controls if control.group == "Van eerder"] == []


def test_kept_texts_come_with_the_titles_of_their_groups() -> None:
    stage = flap("abcde").press("draw", "show-all", ask("group", title="Rust"))
    stage.press(ask("move", id="b", group="g1"))

    (kept,) = stage.kept
    assert kept.titled[:3] == (("tekst a", ""), ("tekst b", "Rust"), ("tekst c", ""))
