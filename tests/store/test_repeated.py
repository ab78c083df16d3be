"""Words that others saw do not come again: beside other cards they would tell whose both are."""

import pytest

from tests.store.acts import FLAP, LINE, own_ids, refused, sent, shown, voted, withdraw
from tests.support.hall import Hall
from trainer.kinds import discover
from trainer.kinds.contract import Submission
from trainer.meetings.marks import words_on
from trainer.meetings.posting import REPEATED

STICKERS = "stickers"


def fallen(flap: Hall, *texts: str) -> list[str]:
    """Phones with these texts, which fell when a third took its own back."""
    phones = shown(flap, [*texts, "weg"])
    withdraw(flap, phones["weg"], now=True)
    return [phones[text] for text in texts]


def test_a_card_that_fell_does_not_come_again(flap: Hall) -> None:
    phone, _ = fallen(flap, "moed", "geduld")

    assert flap.post(phone, FLAP, text="moed") == REPEATED
    assert [post.payload["text"] for post in flap.posts(FLAP)].count("moed") == 1


def test_who_wrote_a_card_that_fell_is_told_so(flap: Hall) -> None:
    phone, _ = fallen(flap, "moed", "geduld")

    own = flap.host.owns.message(flap.room, phone)

    assert own is not None
    assert "Deze kaart is van het scherm" in own.html
    assert "Pas aan" not in own.html
    assert "Een kaart is pas te zien" not in own.html


def test_a_card_that_fell_and_was_taken_back_does_not_come_again(flap: Hall) -> None:
    phone, _ = fallen(flap, "moed", "geduld")
    withdraw(flap, phone, now=True)
    assert own_ids(flap, phone, FLAP) == []

    assert flap.post(phone, FLAP, text="moed") == REPEATED


@pytest.mark.parametrize("now", [True, False], ids=["gone", "leaving"])
def test_a_card_that_was_shown_and_taken_back_does_not_come_again(flap: Hall, now: bool) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    withdraw(flap, phones["moed"], now=now)

    assert flap.post(phones["moed"], FLAP, text="moed") == REPEATED


def test_a_card_that_is_on_the_screen_does_not_come_once_more(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop"])

    assert flap.post(phones["moed"], FLAP, text="moed") == REPEATED


@pytest.mark.parametrize("alike", ["MOED!", " m o e d", "«Moed…»", "ｍｏｅｄ"])
def test_the_same_words_are_the_same_however_they_are_written(flap: Hall, alike: str) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    withdraw(flap, phones["moed"], now=True)

    assert flap.post(phones["moed"], FLAP, text=alike) == REPEATED


def test_the_same_words_are_the_same_on_another_colour(hall: Hall) -> None:
    hall.do("goto", step=STICKERS)
    phones = [hall.phone() for _ in range(4)]
    for number, phone in enumerate(phones):
        assert hall.post(phone, STICKERS, geel=f"geel {number}") is None
    hall.do("do:draw")

    assert hall.post(phones[0], STICKERS, blauw="geel 0") == REPEATED
    assert hall.post(phones[0], STICKERS, geel="iets anders") is None


def test_other_words_of_the_same_phone_are_taken(flap: Hall) -> None:
    phone, _ = fallen(flap, "moed", "geduld")

    assert flap.post(phone, FLAP, text="overmoed") is None


def test_the_same_words_of_another_phone_are_taken(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    withdraw(flap, phones["moed"], now=True)

    assert flap.post(phones["lef"], FLAP, text="moed") is None
    assert flap.post(flap.phone(), FLAP, text="moed") is None


def test_who_comes_in_cannot_try_which_words_are_of_somebody_who_left(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    withdraw(flap, phones["lef"], now=True)
    for text in ("moed", "lef"):
        flap.host.leave(flap.meeting, phones[text])
    late = flap.phone()

    answers = [flap.post(late, FLAP, text=text) for text in ("geduld", "moed", "lef")]

    assert answers == [None, None, None]


def test_words_that_nobody_saw_may_come_again(flap: Hall) -> None:
    phones = sent(flap, ["moed"])
    withdraw(flap, phones["moed"])

    assert flap.post(phones["moed"], FLAP, text="moed") is None
    assert flap.post(phones["moed"], FLAP, text="moed") is None


def test_a_card_that_is_sent_twice_under_one_id_is_no_repetition(flap: Hall) -> None:
    phones = {name: flap.phone() for name in ("moed", "geduld", "hoop")}
    for text, phone in phones.items():
        flap.post(phone, FLAP, post_id="00000000-0000-4000-8000-000000000000", text=text)
    flap.do("do:draw")

    again = flap.post(phones["moed"], FLAP, post_id="00000000-0000-4000-8000-000000000000", text="moed")

    assert again is None
    assert len(flap.posts(FLAP)) == 3


def test_the_same_vote_after_it_was_shown_and_taken_back_is_taken(hall: Hall) -> None:
    hall.do("goto", step=LINE)
    phones = voted(hall, *"00004444")
    hall.do("do:show")
    assert hall.post(phones[0], LINE, "1", place="0") is None
    withdraw(hall, phones[0], LINE)

    assert hall.post(phones[0], LINE, "1", place="0") is None


def test_choices_on_a_ballot_are_no_words_that_a_card_may_have_said() -> None:
    kind = discover()["flap"]

    assert words_on(kind, {"text": "0"}) == {"0"}
    assert words_on(kind, {"choices": [0]}) == set()


def test_after_a_restart_of_the_server_what_was_seen_is_still_known(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    withdraw(flap, phones["moed"], now=True)

    again = flap.restarted()

    assert again.post(phones["geduld"], FLAP, text="geduld") == REPEATED
    assert again.post(phones["moed"], FLAP, text="Moed!") == REPEATED
    assert again.post(phones["geduld"], FLAP, text="moed") is None


def test_what_is_remembered_of_words_is_not_the_words_and_ends_with_the_step(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    withdraw(flap, phones["moed"], now=True)
    (digest,) = flap.room.said[FLAP]
    flap.host.sweep()
    assert b'"moed"' not in flap.written()

    flap.do("close")
    flap.host.sweep()

    assert flap.room.said == {}
    assert digest.encode() not in flap.written()


def test_paper_may_say_what_a_phone_said(flap: Hall) -> None:
    shown(flap, ["moed", "geduld", "hoop"])

    assert flap.host.posting.enter(flap.meeting, FLAP, Submission("", {"text": ("moed",)})) is None


def test_the_refusal_has_a_code_of_its_own(flap: Hall) -> None:
    phone, _ = fallen(flap, "moed", "geduld")

    assert refused(flap.post(phone, FLAP, text="moed")) == "repeated"
