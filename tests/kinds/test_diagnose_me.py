"""Diagnose me!: cards stay closed until opened, and nobody but the owner's phone knows whose they are."""

import random

import msgspec
import pytest
from diagnose_support import SECRET, card, dealt, discussed, opened, says_so, write, written
from stage_support import Stage, ask

from trainer.kinds.contract import Count, Rejected
from trainer.kinds.diagnose_me.game import ANOTHER, DiagnoseState

GONE = Rejected("gone", "Deze kaart ligt er niet meer. Kies een andere.")
NOT_YOUR_TURN = Rejected("turn", "Je bent nu niet aan de beurt.")


def labels(stage: Stage) -> list[str]:
    return [control.label for control in stage.controls if control.enabled]


# Writing


def test_accept_stores_both_texts_as_one_card() -> None:
    assert written("").offer("me", vulnerability=" slecht slapen ", passion="duiven") == {
        "kaart": {"vulnerability": "slecht slapen", "passion": "duiven"}
    }


def test_accept_without_one_of_both_says_which() -> None:
    assert written("").offer("me", vulnerability="slecht slapen", passion=" ") == Rejected(
        "empty", "Hobby of passie: vul ook dit in."
    )
    assert written("").offer("me", vulnerability="x" * 121, passion="duiven") == Rejected(
        "too-long", "Kwetsbaarheid: je tekst is 1 teken te lang. Kort hem in en stuur opnieuw."
    )


def test_accept_asks_for_no_name() -> None:
    fields = {"vulnerability": "slecht slapen", "passion": "duiven", "name": "Bo"}

    assert written("").offer("me", **fields) == {
        "kaart": {"vulnerability": "slecht slapen", "passion": "duiven"}
    }


@pytest.mark.parametrize("author", ["a", "late"])
def test_accept_when_the_cards_are_on_the_table_is_refused_for_everybody(author: str) -> None:
    assert dealt().offer(author, vulnerability="a", passion="b") == Rejected(
        "closed", "De kaarten liggen al op tafel. Je mag wel mee raden."
    )


def test_only_a_count_in_threes_is_seen_while_writing() -> None:
    stage = written("abcd")

    assert stage.view("control")["count"] == Count(3)
    assert stage.view("screen") == written("").view("screen")
    assert "kwetsbaar" not in str(stage.view("control"))


# Dealing


@pytest.mark.parametrize("keys", ["", "a", "ab"])
def test_start_needs_the_cards_of_three_phones(keys: str) -> None:
    stage = written(keys)

    refused = stage.refusal("start")
    assert refused is not None
    assert (refused.code, stage.state.phase) == ("few", "writing")


def test_start_with_two_phones_and_paper_waits_for_the_phones() -> None:
    stage = written("ab")
    write(stage, "p", paper=True)
    assert stage.refusal("start") is not None

    write(stage, "c")
    assert stage.press("start").view("screen")["closed"] == (1, 2, 3, 4)


def test_start_is_offered_whatever_came_in() -> None:
    assert labels(written("")) == labels(written()) == ["Leg de kaarten op tafel"]


def test_start_gives_a_random_card_the_turn() -> None:
    assert {dealt(turn=seed).state.turn for seed in range(3)} == {"a", "b", "c"}


def test_cards_stay_on_the_table_once_they_are_there() -> None:
    assert dealt().refusal("write") == Rejected("unknown", "Deze knop bestaat hier niet.")


# A turn


def test_turn_chooses_a_closed_card_on_the_own_phone_alone() -> None:
    stage = dealt()

    assert [stage.own(who)["choices"] for who in "abc"] == [(), (1, 2, 3), ()]
    assert stage.act("a", "open", card="1") == NOT_YOUR_TURN


def test_open_shows_the_card_on_the_screen_and_to_the_reader() -> None:
    stage = opened()

    assert stage.view("screen")["open"] == card("c")
    assert (stage.own("b")["reading"], stage.own("a")["reading"]) == (card("c"), None)
    assert stage.view("screen")["closed"] == (1, 2, 4)


def test_open_second_card_before_the_first_is_resolved_is_refused() -> None:
    stage = opened()
    busy = Rejected("busy", "Er ligt nog een kaart open. Raad eerst van wie hij is.")

    assert stage.act("b", "open", card="1") == busy
    assert stage.act("b", "pass") == busy
    assert stage.refusal("open") == busy


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "", "²", "99999999"])
def test_open_a_card_that_is_not_there_is_refused(number: str) -> None:
    assert dealt().act("b", "open", card=number) == GONE


def test_mine_is_for_the_owner_alone_and_gives_the_next_turn() -> None:
    stage = opened()
    assert says_so(stage, "a") == SECRET

    assert says_so(stage, "c") is None
    assert stage.own("c")["choices"] == (1, 2, 4)
    assert stage.view("screen")["claimed"] is True


def test_mine_that_was_pressed_at_another_card_is_not_said_of_the_one_that_lies_open_now() -> None:
    stage = opened("abcdef")
    pressed_at = str(stage.own("a")["open"])
    stage.press("away", "open")
    owner = stage.state.open
    before = stage.state

    assert stage.act(owner, "mine", card=pressed_at) == ANOTHER
    assert stage.state == before
    assert says_so(stage, owner) is None


def test_mine_tells_nobody_whose_card_it_was() -> None:
    stage = opened()
    assert says_so(stage, "c") is None

    assert [stage.own(who)["claimed"] for who in "abc"] == [False, False, True]
    views = [stage.view(name) for name in ("screen", "phone", "control")]
    assert stage.state.turn == "c"
    assert [name for view in views for name in view if view[name] == "c"] == []


def test_claim_button_is_on_every_phone_with_a_card() -> None:
    stage = opened()

    assert [stage.own(who)["may_claim"] for who in "abcz"] == [True, True, True, False]


def test_silent_owner_is_left_alone_and_the_turn_goes_to_who_had_none() -> None:
    stage = opened().press(ask("silent", 0))
    assert stage.view("screen")["silent"] is True
    assert stage.own("a")["my_turn"] is True

    assert says_so(stage, "c") is None
    assert stage.own("c")["my_turn"] is True


def test_owner_without_a_phone_says_so_aloud() -> None:
    stage = opened().press("told")

    assert stage.view("screen")["claimed"] is True
    assert labels(stage)[:2] == ["Open zelf een kaart", "Geef iemand anders de beurt"]


@pytest.mark.parametrize("others", [(), ("away",), ("turn",), ("open",), ("finish",), ("finish", "resume")])
def test_what_a_trainer_heard_shows_on_no_phone(others: tuple[str, ...]) -> None:
    # The owner may not even have said anything: a glance at the phones would tell whose card it is.
    stage = opened().press("told", *others)

    assert [stage.own(who)["claimed"] for who in "abcd"] == [False] * 4


@pytest.mark.parametrize("who", "acd")
def test_turn_after_a_trainer_heard_the_owner_goes_to_anybody(who: str) -> None:
    assert opened().press(ask("told", "acd".index(who))).own(who)["my_turn"] is True


def test_pass_gives_somebody_else_the_turn() -> None:
    stage = dealt()
    assert stage.act("b", "pass") is None

    assert stage.own("a")["my_turn"] is True
    assert stage.act("b", "pass") == NOT_YOUR_TURN


def test_turn_by_the_trainer_goes_to_another() -> None:
    stage = dealt(turn=0).press("turn")

    assert [stage.own(who)["my_turn"] for who in "abc"] == [False, True, False]


def test_away_takes_a_card_off_the_screen_for_good() -> None:
    view = dealt().press("open", "away").view("screen")

    assert (view["open"], view["closed"]) == (None, (2, 3))


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


def test_who_took_the_own_card_back_does_not_choose_any_more() -> None:
    stage = dealt("abcd")

    stage.withdraw("b")
    assert stage.act("b", "open", card="1") == NOT_YOUR_TURN
    assert stage.press("open").view("screen")["open"] == card("a")


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


# The end


def test_turn_goes_to_everybody_who_wrote_a_card_also_when_it_left_the_table() -> None:
    stage = opened("abcd").press("told")
    stage.withdraw("a")

    turns, chance = set(), random.Random(1)
    for _ in range(40):
        stage.press(ask("turn", chance.getrandbits(64)))
        turns |= {who for who in "bcd" if stage.own(who)["my_turn"]}

    assert [card.id for card in stage.seen.cards] == ["c"]
    assert turns == {"b", "c", "d"}


def test_finish_forgets_turns() -> None:
    stage = dealt()
    state = stage.press("open", "silent", "finish").state

    assert (state.phase, state.turn, state.had) == ("done", "", ())
    assert "kwetsbaar" not in str(stage.view("screen"))


def test_all_open_leads_to_the_debriefing() -> None:
    stage = dealt().press("open", "silent", "open", "silent", "open", "silent")

    assert labels(stage) == ["Naar de nabespreking"]


def test_questions_come_one_by_one_on_screen_and_phone() -> None:
    stage = dealt().press("finish", ask("question", number="2"))
    assert [stage.view(name)["question"].plain for name in ("screen", "phone")] == ["Wat neem je mee?"] * 2

    assert stage.press("resume").view("screen")["question"] is None


def test_nothing_is_kept() -> None:
    stage = dealt().press("open")

    assert stage.play.kind.intimate(stage.play.settings)
    assert stage.report == ()


def test_state_survives_storage() -> None:
    state = opened().state

    assert msgspec.json.decode(msgspec.json.encode(state), type=DiagnoseState) == state


@pytest.mark.parametrize("name", ["", "dance", "question"])
def test_unknown_command_is_refused(name: str) -> None:
    assert written().refusal(name) == Rejected("unknown", "Deze knop bestaat hier niet.")
