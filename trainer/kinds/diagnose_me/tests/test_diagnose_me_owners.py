"""Diagnose me!: owners say that a card is theirs as long as three others have not, and may take it back."""

import pytest

from tests.kinds.stage_support import ask
from trainer.kinds.diagnose_me.tests.support import (
    GONE,
    SECRET,
    card,
    dealt,
    discussed,
    labels,
    opened,
    says_so,
    write,
    written,
)

# Whose it was


@pytest.mark.parametrize("keys", ["abcd", "abcdef"])
def test_owners_say_so_as_long_as_three_others_have_not(keys: str) -> None:
    stage = dealt(keys)
    *first, last = keys[:-2]

    discussed(stage, *first).press("open")
    assert stage.state.open == last
    assert says_so(stage, last) == SECRET
    assert stage.view("screen")["claimed"] is False


def test_no_owner_of_three_says_so() -> None:
    stage = opened("abc")

    assert says_so(stage, "c") == SECRET


@pytest.mark.parametrize("who", ["a", "b", "c", "without a card"])
def test_refusal_to_say_so_is_the_same_for_everybody(who: str) -> None:
    assert says_so(opened("abc"), who) == SECRET


def test_refusal_before_the_last_three_is_the_same_for_whoever_is_not_the_owner() -> None:
    assert says_so(opened("abcdef"), "a") == SECRET


def test_owner_that_a_trainer_heard_is_one_of_those_who_said_so() -> None:
    assert opened("abc").refusal("told") == SECRET

    stage = opened("abcd").press("told", "open")
    assert stage.refusal("told") == SECRET
    assert says_so(stage, "a") == SECRET


def test_exercise_goes_on_when_nobody_may_say_so_any_more() -> None:
    stage = opened("abc")
    assert stage.refusal("told") == SECRET

    view = stage.press("silent", "open", "silent", "open", "silent", "finish").view("screen")
    assert view["phase"] == "done"


def test_card_on_paper_does_not_count_as_somebody_who_did_not_say_so() -> None:
    stage = written("abc")
    write(stage, "p", paper=True)
    stage.press("start", "open")

    assert says_so(stage, "a") == SECRET


def test_owner_of_a_card_on_paper_may_always_say_so() -> None:
    stage = written("bcd")
    write(stage, "a", paper=True)
    stage.press("start", "open", "told")

    assert stage.view("screen")["claimed"] is True


def test_card_that_is_taken_back_does_not_count_as_somebody_who_did_not_say_so() -> None:
    stage = opened("abcd")

    stage.withdraw("d")
    assert says_so(stage, "c") == SECRET


def test_owner_who_said_so_does_not_keep_the_cards_of_two_others_on_the_table() -> None:
    stage = discussed(dealt("abcde"), "a", "b")
    assert stage.view("screen")["closed"] == (3, 4, 5)

    stage.withdraw("c")
    stage.press("turn")
    assert stage.view("screen")["closed"] == ()


def test_owner_who_said_so_may_take_the_card_back_without_the_others() -> None:
    stage = discussed(dealt("abcd"), "a")

    stage.withdraw("a")
    stage.press("turn")
    assert stage.view("screen")["closed"] == (2, 3, 4)


def test_who_said_so_is_not_forgotten_when_the_cards_come_back() -> None:
    stage = discussed(dealt("abcd"), "a").press("away", "finish", "resume", "open")

    assert says_so(stage, "b") == SECRET


def test_owner_who_says_so_twice_is_not_refused_the_second_time() -> None:
    stage = discussed(dealt("abcd"), "a")

    assert says_so(stage, "a") is None


# Taking back


def test_card_that_is_taken_back_leaves_with_the_next_press() -> None:
    stage = opened("abcd")

    stage.withdraw("c")
    assert stage.view("screen")["open"] == card("c")

    stage.press("silent")
    assert stage.view("screen")["open"] is None
    assert "kwetsbaar-c" not in str(stage.view("control")) + str(stage.own("b"))


def test_card_that_is_taken_back_leaves_with_the_next_act_of_anybody() -> None:
    stage = dealt("abcd")

    stage.withdraw("c")
    assert stage.act("b", "open", card="1") is None
    assert stage.view("screen")["closed"] == (2, 4)


def test_closed_card_that_is_taken_back_leaves_its_number_empty() -> None:
    stage = dealt("abcd", turn=0).press("open")

    stage.withdraw("b")
    stage.press(ask("silent", 1))
    assert stage.view("screen")["closed"] == (3, 4)
    assert stage.own("c")["choices"] == (3, 4)
    assert stage.act("c", "open", card="2") == GONE


@pytest.mark.parametrize("leaves_first", [False, True])
def test_who_took_the_own_card_back_gets_the_turn_and_chooses_as_everybody_does(leaves_first: bool) -> None:
    stage = dealt("abcd", turn=0)
    stage.withdraw("b")
    if leaves_first:
        stage.press("open", "away")

    had = set[str]()
    while not stage.own("b")["my_turn"] or len(had) < 3:
        had |= {who for who in "abcd" if stage.own(who)["my_turn"]}
        stage.press("turn")
    assert stage.own("b")["choices"] == stage.view("screen")["closed"]
    assert stage.act("b", "open", card="3") is None
    assert stage.view("screen")["open"] == card("c")


def test_phone_that_took_its_card_back_has_the_button_of_all_phones_and_is_refused_as_they_are() -> None:
    stage = opened("abcdef")

    stage.withdraw("c")
    stage.press("away", "open")
    assert [stage.own(who)["may_claim"] for who in "abcdefz"] == [*[True] * 6, False]
    assert says_so(stage, "c") == SECRET
    assert (stage.own("c")["card"], stage.own("c")["took_back"]) == (None, True)


@pytest.mark.parametrize("who", ["a", "b"])
def test_turn_does_not_tell_whether_the_card_that_was_taken_back_was_of_who_had_it(who: str) -> None:
    # Both cards were discussed: that one of them is gone shows nowhere.
    stage = dealt("abcde").press("open", "silent", "open", "away")
    assert stage.own("a")["my_turn"] is True
    before = stage.view("screen")

    stage.withdraw(who)
    assert stage.press("away").view("screen") == before


def test_two_cards_do_not_stay_on_the_table_when_the_third_is_taken_back() -> None:
    stage = dealt()

    stage.withdraw("a")
    stage.press("turn")
    assert stage.view("screen")["closed"] == ()
    assert labels(stage) == ["Naar de nabespreking"]
