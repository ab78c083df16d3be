"""Diagnose me!: cards are written and laid on the table; afterwards come questions, and nothing is kept."""

import random

import msgspec
import pytest

from tests.kinds.stage_support import ask
from trainer.kinds.contract import Count, Rejected
from trainer.kinds.diagnose_me.game import DiagnoseState
from trainer.kinds.diagnose_me.tests.support import (
    dealt,
    labels,
    opened,
    write,
    written,
)

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
