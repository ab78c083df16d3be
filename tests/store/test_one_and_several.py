"""A kind may have one answer of a phone for one item, and several cards for another."""

from collections.abc import Mapping, Sequence

import pytest

from tests.store.acts import FLAP
from tests.support.hall import Hall
from trainer.kinds.contract import Ask, Command, Payload, Post, Rejected, Seen, Submission
from trainer.kinds.flap import Flap, FlapState, Settings
from trainer.meetings.posting import ON_THE_TABLE

SEAT, CARDS = "stoel", ""


class Seats(Flap):
    """A flap at which everybody has one seat, which they name, and may write several cards."""

    def multiple(self, item: str) -> bool:
        return item == CARDS

    def accept(
        self, settings: Settings, state: FlapState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if submission.item == SEAT:
            return {SEAT: {"text": submission.one("text")}}
        return super().accept(settings, state, submission, [post for post in own if post.item == CARDS])

    def apply(
        self, settings: Settings, state: FlapState, command: Command, seen: Seen
    ) -> FlapState | Ask | Rejected:
        if command.name == "seats":
            return Ask(state, draw=(SEAT,))
        return super().apply(settings, state, command, seen)


@pytest.fixture
def seats(hall: Hall) -> Hall:
    hall.host.kinds = {**hall.host.kinds, Flap.name: Seats()}
    hall.host.rooms.forget([hall.meeting])
    hall.do("goto", step=FLAP)
    return hall


def sent(hall: Hall) -> list[tuple[str, str]]:
    return sorted((post.item, str(post.payload["text"])) for post in hall.posts(FLAP))


def test_a_seat_is_replaced_and_cards_are_added(seats: Hall) -> None:
    phone = seats.phone()

    for item, text in ((SEAT, "raam"), (CARDS, "moed"), (SEAT, "deur"), (CARDS, "hoop")):
        assert seats.post(phone, FLAP, item, text=text) is None

    assert sent(seats) == [(CARDS, "hoop"), (CARDS, "moed"), (SEAT, "deur")]
    assert sent(seats.restarted()) == [(CARDS, "hoop"), (CARDS, "moed"), (SEAT, "deur")]


def test_a_seat_that_others_see_stays_while_cards_are_still_added(seats: Hall) -> None:
    phones = [seats.phone() for _ in range(3)]
    for number, phone in enumerate(phones):
        assert seats.post(phone, FLAP, SEAT, text=f"stoel {number}") is None
    seats.do("do:seats")

    assert seats.post(phones[0], FLAP, SEAT, text="andere stoel") == ON_THE_TABLE
    assert seats.post(phones[0], FLAP, CARDS, text="moed") is None

    assert sent(seats) == [(CARDS, "moed"), *((SEAT, f"stoel {number}") for number in range(3))]


def test_only_a_card_of_which_there_may_be_several_can_be_shown_alone(seats: Hall) -> None:
    phone = seats.phone()
    for item, text in ((SEAT, "raam"), (CARDS, "moed")):
        assert seats.post(phone, FLAP, item, text=text, alone="ja") is None

    assert {post.item: post.alone for post in seats.posts(FLAP)} == {SEAT: False, CARDS: True}
