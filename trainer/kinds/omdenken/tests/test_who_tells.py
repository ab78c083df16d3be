"""Omdenken: who tells says so openly, and alone gets the sheet of what three listeners or more ticked."""

from dataclasses import replace
from functools import partial

import pytest

from tests.kinds.material_support import play_of
from tests.kinds.sizes_support import own_bytes
from tests.kinds.stage_support import Stage
from trainer.kinds.contract import Rejected
from trainer.kinds.sizes import sizes_of

BODY = "Kijk mee.\n\n#### Met jezelf\n\n- moed\n- rust\n\n#### Samen\n\n- humor\n"
GIVEN = Rejected("given", "Het blad van deze ronde is al gegeven.")
LISTENERS = ("a", "b", "c")


def begun(attributes: str = "groepen=2 rondes=2") -> Stage:
    return Stage("omdenken", BODY, attributes)


def told(stage: Stage, *phones: str, group: str = "1") -> Stage:
    for phone in phones:
        stage.send(phone, f"{stage.state.round}-t", group=group, tells="ja")
    return stage


def named(stage: Stage, *phones: str, group: str = "1", words: tuple[str, ...] = ("2",)) -> Stage:
    for phone in phones:
        stage.send(phone, group=group, word=words)
    return stage


def sheet_of(stage: Stage, phone: str) -> tuple[str, ...]:
    found: tuple[str, ...] = stage.own(phone)["sheet"]
    return found


def in_the_second_round(stage: Stage) -> Stage:
    """The trainers went on to the next round: what was sent and given before is still there."""
    kind, settings = stage.play.kind, stage.play.settings
    later = stage.play.begin(stage.sitting.posts.here, kind.forward(settings, stage.state))
    for _ in range(3):
        later = stage.play.begin(later.posts.here, kind.forward(settings, later.inner(stage.play)))
    stage.sitting = stage.play.with_pictures(later, stage.play.pictures(stage.sitting))
    return stage


def known(stage: Stage, phone: str = "x") -> list[int]:
    """What each group is told of who tells."""
    return [number for _, number in stage.own(phone)["told"]]


# The sheet


def test_only_the_phone_that_told_gets_the_sheet_without_how_many() -> None:
    stage = told(begun(), "t")
    named(named(stage, "a", words=("0", "2")), "b"), named(stage, "c", words=("1", "2"))

    stage.press("hand")

    assert sheet_of(stage, "t") == ("moed", "rust", "humor")
    assert [sheet_of(stage, phone) for phone in (*LISTENERS, "x")] == [()] * 4
    shared = [stage.play.shared(name, stage.sitting) for name in ("phone", "screen", "control")]
    assert [html for html in shared if "humor" in html] == []


def test_sheet_stays_with_its_teller_in_the_rounds_after_it() -> None:
    stage = named(told(begun(), "t"), *LISTENERS).press("hand")

    in_the_second_round(stage)

    assert (stage.state.round, sheet_of(stage, "t"), sheet_of(stage, "a")) == (2, ("humor",), ())


def test_two_listeners_give_no_sheet_also_beside_a_group_that_does() -> None:
    stage = named(told(begun(), "t"), *LISTENERS)
    named(told(stage, "u", group="2"), "d", "e", group="2").press("hand")

    assert (sheet_of(stage, "t"), sheet_of(stage, "u")) == (("humor",), ())


def test_press_is_refused_as_long_as_no_group_has_three_listeners() -> None:
    assert named(told(begun(), "t"), "a", "b").refusal("hand").code == "few"


def test_press_in_a_later_round_is_refused_too_when_no_sheet_can_be_given() -> None:
    stage = in_the_second_round(named(told(begun(), "t"), *LISTENERS).press("hand"))

    assert named(told(stage, "t"), "a", "b").refusal("hand").code == "few"
    assert named(stage, "c").refusal("hand") is None


def test_group_whose_teller_has_no_phone_counts_nothing() -> None:
    stage = named(begun(), *LISTENERS)

    assert (stage.refusal("hand").code, stage.seen.pictures) == ("few", {})


def test_sheet_is_given_once_and_what_is_ticked_later_is_refused() -> None:
    stage = named(told(begun(), "t"), *LISTENERS).press("hand")

    assert [stage.offer(phone, group="1", word="1") for phone in ("a", "d")] == [GIVEN, GIVEN]
    assert sheet_of(stage, "t") == ("humor",)


def test_group_that_was_not_ready_gets_its_sheet_at_a_later_press_and_then_there_is_none_left() -> None:
    stage = named(told(begun(), "t"), *LISTENERS).press("hand")
    offered = [control.enabled for control in stage.controls]

    named(told(stage, "u", group="2"), "d", "e", "f", group="2").press("hand")

    assert (sheet_of(stage, "t"), sheet_of(stage, "u")) == (("humor",), ("humor",))
    assert (offered, [control.enabled for control in stage.controls]) == ([True], [False])
    assert stage.refusal("hand") == GIVEN


# Who tells


def test_group_sees_at_once_how_many_tell_and_no_other_group_does() -> None:
    stage = begun()
    seen = [known(stage)]
    for phone in ("t", "u", "v"):
        seen.append(known(told(stage, phone)))

    assert seen == [[0, 0], [1, 0], [2, 0], [2, 0]]


def test_two_that_tell_get_nothing_until_one_of_them_listens() -> None:
    stage = named(told(begun(), "t", "u"), *LISTENERS)
    refused = stage.refusal("hand").code

    stage.withdraw(stage.own("u")["tells"])
    stage.press("hand")

    assert (refused, sheet_of(stage, "t"), sheet_of(stage, "u")) == ("few", ("humor",), ())


def test_who_says_afterwards_that_they_told_is_refused_and_cannot_take_it_from_who_did() -> None:
    stage = named(told(begun(), "t"), *LISTENERS).press("hand")

    assert stage.offer("x", "1-t", group="1", tells="ja") == GIVEN
    assert known(stage) == [3, 0]


def test_sheet_goes_with_who_takes_back_that_they_told_and_to_nobody_else() -> None:
    stage = named(told(begun(), "t"), *LISTENERS).press("hand")

    stage.withdraw(stage.own("t")["tells"])

    assert stage.refusal("hand").code == "few"
    assert (sheet_of(stage, "t"), stage.offer("t", "1-t", group="1", tells="ja")) == ((), GIVEN)


@pytest.mark.parametrize("round_", ["2-t", "3-t", "1-x"])
def test_nobody_tells_in_a_round_that_is_not_in_front_of_the_group(round_: str) -> None:
    assert begun().offer("t", round_, group="1", tells="ja").code in ("late", "invalid")


def test_who_tells_ticks_nothing_for_their_own_sheet_and_the_last_press_counts() -> None:
    stage = told(named(begun(), "t", "a", "b"), "t")
    few = stage.refusal("hand").code
    counted = [post.payload for post in stage.sitting.posts.here if post.author == "t"]

    named(stage, "t")

    assert (few, counted) == ("few", [{"tells": True}, {"choices": []}])
    assert (stage.own("t")["tells"], known(stage)) == ("", [0, 0])


def test_who_got_the_sheet_ticks_nothing_in_that_round() -> None:
    stage = named(told(begun(), "t"), *LISTENERS).press("hand")

    assert stage.offer("t", group="1", word="1").code == "given"


def test_who_tells_in_another_group_no_longer_tells_in_the_first() -> None:
    stage = told(told(begun(), "t"), "t", group="2")

    assert (known(stage), stage.own("t")["group"].number) == ([0, 1], 2)


# The size of what a phone gets


@pytest.mark.parametrize(("groups", "rounds"), [(1, 1), (1, 3), (12, 1), (12, 4)])
@pytest.mark.parametrize("words", [2, 40])
def test_every_fragment_fits_whatever_a_phone_was_told(groups: int, rounds: int, words: int) -> None:
    body = "Kijk.\n\n#### Lijst\n\n" + "".join(f"- een lang woord met {n}\n" for n in range(words))
    game = play_of("omdenken", body, f"groepen={groups} rondes={rounds}")
    bound = sizes_of(game.step, game.kind, partial(game.fragment, "own")).own
    every = tuple(str(number) for number in range(words))
    stage = Stage("omdenken", body, f"groepen={groups} rondes={rounds}")
    sizes = [largest(stage)]

    told(named(stage, *LISTENERS, group=str(groups), words=every), "t", "u", group=str(groups))
    sizes.append(largest(stage))
    stage.withdraw(stage.own("u")["tells"])
    stage.press("hand")
    sizes.append(largest(stage))
    given = stage.state.given
    assert sheet_of(stage, "t") != ()
    for state in game.forwards():
        sitting = game.begin(stage.sitting.posts.here, state=replace(state, given=given))
        stage.sitting = game.with_pictures(sitting, game.pictures(stage.sitting))
        if state.round > 1 and state.moment == 0:
            named(stage, "t", *LISTENERS, group=str(groups), words=every)
        sizes.append(largest(stage))

    assert max(sizes) <= bound


def largest(stage: Stage) -> int:
    return max(own_bytes(stage.play, stage.sitting, phone) for phone in ("t", "u", "a", "x"))
