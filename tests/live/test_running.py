"""Going through a part: next and back, items within a step, options, blocks that are skipped."""

import pytest

from tests.support.klein import Desk, klein_part
from trainer.kinds.contract import Rejected
from trainer.live.commands import HANDLERS, NOT_NOW, NOTHING_BEFORE, NOTHING_FURTHER
from trainer.live.obey import STALE

COMMANDS = [*HANDLERS, "do:show"]
WALK = [
    "welkom/",
    "wat-is-herstel/1",
    "wat-is-herstel/2",
    "eens-of-oneens/1/1",
    "eens-of-oneens/2/1",
    "over-de-lijn/1",
    "over-de-lijn/2",
    "pauze/",
    "stigma/",
    "stickers/",
    "napraten/",
    "wat-brengt-ervaring/",
    "huiswerk/",
    "hoe-was-het/",
]


def walk(desk: Desk, name: str) -> list[str]:
    """The keys of what is in front of people while `name` is pressed until it is refused."""
    seen = [desk.scene().key]
    while not isinstance(desk.ask(name), Rejected):
        seen.append(desk.scene().key)
    return seen


def test_next_goes_through_every_step_and_every_item(desk: Desk) -> None:
    desk.do("start")

    assert walk(desk, "next") == WALK


def test_back_goes_the_same_way(desk: Desk) -> None:
    desk.do("start")
    walk(desk, "next")

    # A step that was left at its last item is found there again.
    assert walk(desk, "back") == WALK[::-1]


def test_next_in_the_lobby_starts(desk: Desk) -> None:
    assert desk.do("next").step == "welkom"


def test_next_at_the_end_says_so(desk: Desk) -> None:
    desk.do("goto", step="hoe-was-het")

    assert desk.ask("next") == NOTHING_FURTHER


def test_back_at_the_beginning_says_so(desk: Desk) -> None:
    desk.do("start")

    assert desk.ask("back") == NOTHING_BEFORE


def test_back_in_the_lobby_is_refused(desk: Desk) -> None:
    assert desk.ask("back") == NOT_NOW


def test_every_change_makes_the_version_one_higher(desk: Desk) -> None:
    versions = [desk.do(name).version for name in ("start", "next", "back", "cover", "theme")]

    assert versions == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("seen", [0, 2, -1, 10**30])
def test_a_command_with_another_version_is_refused(desk: Desk, seen: int) -> None:
    desk.do("start")
    before = desk.state

    assert {name: desk.ask(name, version=seen) for name in COMMANDS} == dict.fromkeys(COMMANDS, STALE)
    assert desk.state == before


def test_the_refusal_of_a_stale_command_is_kind() -> None:
    assert "je collega was je voor" in STALE.message.lower()


def test_an_unknown_command_is_refused(desk: Desk) -> None:
    assert desk.ask("explode") == Rejected("unknown", "Deze knop ken ik niet.")


def test_goto_shows_any_step_even_of_an_option_not_chosen(desk: Desk) -> None:
    desk.do("start")

    assert desk.do("goto", step="diagnose-me").step == "diagnose-me"
    assert desk.do("next").step == "wat-brengt-ervaring"


def test_goto_a_step_that_is_not_there_is_refused(desk: Desk) -> None:
    assert desk.ask("goto", step="../welkom") == NOT_NOW


def test_goto_from_the_lobby_goes_live(desk: Desk) -> None:
    assert desk.do("goto", step="pauze").phase == "live"


def test_a_skipped_block_is_passed_over_both_ways(desk: Desk) -> None:
    desk.do("goto", step="over-de-lijn")
    desk.do("next")
    desk.do("skip", block="pauze")

    assert desk.do("next").step == "stigma"
    assert desk.do("back").step == "over-de-lijn"


def test_the_block_that_is_being_given_cannot_be_skipped(desk: Desk) -> None:
    desk.do("goto", step="stickers")

    outcome = desk.ask("skip", block="stigma")

    assert isinstance(outcome, Rejected)
    assert outcome.code == "not-now"


def test_unskip_brings_a_block_back(desk: Desk) -> None:
    desk.do("goto", step="over-de-lijn")
    desk.do("next")
    desk.do("skip", block="pauze")
    desk.do("unskip", block="pauze")

    assert desk.state.skipped == ()
    assert desk.do("next").step == "pauze"


def test_skipping_twice_is_skipping_once(desk: Desk) -> None:
    desk.do("skip", block="pauze")

    assert desk.do("skip", block="pauze").skipped == ("pauze",)


def test_skipping_what_is_not_there_is_refused(desk: Desk) -> None:
    assert desk.ask("skip", block="stickers") == NOT_NOW


def test_with_every_block_skipped_there_is_nothing_to_start(desk: Desk) -> None:
    for block in klein_part().blocks:
        desk.do("skip", block=block.id)

    assert desk.ask("start") == NOT_NOW


def test_the_first_option_is_given_when_nothing_was_chosen(desk: Desk) -> None:
    desk.do("goto", step="stigma")

    assert desk.do("next").step == "stickers"


def test_a_chosen_option_is_given_instead(desk: Desk) -> None:
    desk.do("goto", step="stigma")
    desk.do("choose", group="stigma:1", option="2")

    assert desk.state.step == "stigma"
    assert desk.do("next").step == "diagnose-me"
    assert desk.do("next").step == "wat-brengt-ervaring"


@pytest.mark.parametrize("inside", ["stickers", "napraten"])
def test_choosing_another_option_from_inside_one_goes_there(desk: Desk, inside: str) -> None:
    desk.do("goto", step=inside)

    assert desk.do("choose", group="stigma:1", option="2").step == "diagnose-me"


def test_choosing_the_option_one_is_in_stays_there(desk: Desk) -> None:
    desk.do("goto", step="napraten")

    assert desk.do("choose", group="stigma:1", option="1").step == "napraten"


@pytest.mark.parametrize(
    ("group", "option"),
    [("stigma:1", "3"), ("stigma:1", "0"), ("stigma:1", "²"), ("stigma:2", "1"), ("", "")],
)
def test_choosing_what_is_not_offered_is_refused(desk: Desk, group: str, option: str) -> None:
    assert desk.ask("choose", group=group, option=option) == NOT_NOW


def test_restart_lets_a_step_begin_again(desk: Desk) -> None:
    desk.do("goto", step="wat-is-herstel")
    desk.do("next")
    assert desk.scene().key == "wat-is-herstel/2"

    desk.do("restart")

    # Another key than before: what a phone still shows of the first time must not stay there.
    assert desk.scene().key == "wat-is-herstel/1#1"


def test_restart_opens_a_sealed_step(desk: Desk) -> None:
    from dataclasses import replace

    desk.do("goto", step="wat-brengt-ervaring")
    desk.state = replace(desk.state, sealed=("stickers", "wat-brengt-ervaring"))

    assert desk.do("restart").sealed == ("stickers",)


def test_a_command_for_the_exercise_goes_to_its_kind(desk: Desk) -> None:
    desk.do("goto", step="wat-is-herstel")

    desk.do("do:go", number="2")

    assert desk.scene().key == "wat-is-herstel/2"


def test_a_refusal_of_the_kind_changes_nothing(desk: Desk) -> None:
    before = desk.do("goto", step="wat-is-herstel")

    assert isinstance(desk.ask("do:go", number="9"), Rejected)
    assert desk.state == before


def test_a_command_for_the_exercise_in_the_lobby_is_refused(desk: Desk) -> None:
    assert desk.ask("do:go", number="2") == NOT_NOW


def test_next_puts_the_join_code_away(desk: Desk) -> None:
    desk.do("start")
    desk.do("join")

    assert desk.do("next").join_shown is False


def test_cover_join_and_theme_are_switches(desk: Desk) -> None:
    for name in ("cover", "join", "theme"):
        desk.do(name)
    assert (desk.state.cover, desk.state.join_shown, desk.state.theme) == (True, True, "dark")

    for name in ("cover", "join", "theme"):
        desk.do(name)
    assert (desk.state.cover, desk.state.join_shown, desk.state.theme) == (False, False, "light")


def test_close_ends_the_meeting(desk: Desk) -> None:
    desk.do("start")
    desk.do("cover")
    state = desk.do("close")

    assert (state.phase, state.cover, state.timer) == ("closed", False, None)


def test_after_the_end_nothing_is_possible(desk: Desk) -> None:
    desk.do("start")
    desk.do("close")
    asked = {"step": "pauze", "block": "pauze", "minutes": "10", "group": "stigma:1", "option": "2"}

    assert {name: desk.ask(name, **asked) for name in COMMANDS} == dict.fromkeys(COMMANDS, NOT_NOW)
