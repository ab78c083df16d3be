"""Owners who say which card is theirs: kept with the card, also through a restart, until three are left."""

import sqlite3

import pytest

from tests.store.acts import GAME, game, own_ids, refused, withdraw
from tests.support.hall import Hall
from trainer.kinds.contract import Command, Rejected
from trainer.kinds.gate import KNOWN, SECRET


@pytest.fixture
def phones(hall: Hall) -> list[str]:
    """Five phones with a card; the cards are on the table."""
    found = game(hall, phones=5)
    hall.do("do:start")
    return found


def says_so(hall: Hall, phone: str) -> Rejected | None:
    """The button for it says which card is open."""
    state = hall.room.state.kinds[GAME]
    number = str(state.order.index(state.open) + 1)
    return hall.host.steering.act(hall.meeting, phone, GAME, Command("mine", {"card": (number,)}))


def open_one(hall: Hall, phones: list[str]) -> str:
    """Opens the next card; gives the phone whose it is."""
    if "silent" in offered(hall):
        hall.do("do:silent")
    hall.do("do:open")
    return next(phone for phone in phones if own_ids(hall, phone, GAME) == [hall.room.state.kinds[GAME].open])


def offered(hall: Hall) -> list[str]:
    return [control.name for control in hall.host.messages.control_values(hall.room)["controls"]]


def known(hall: Hall) -> int:
    """How many cards the database knows as said to be somebody's."""
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as other:
        return int(other.execute("SELECT count(*) FROM post WHERE seen = ?", (KNOWN,)).fetchone()[0])


def test_owners_say_so_until_three_are_left(hall: Hall, phones: list[str]) -> None:
    answers = [says_so(hall, open_one(hall, phones)) for _ in range(3)]

    assert answers == [None, None, SECRET]
    assert known(hall) == 2


def test_refusal_changes_nothing(hall: Hall, phones: list[str]) -> None:
    owner = open_one(hall, phones)
    before = hall.room.state

    other = next(phone for phone in phones if phone != owner)
    assert says_so(hall, other) == SECRET
    assert (hall.room.state, known(hall)) == (before, 0)


def test_who_said_so_is_known_after_a_restart(hall: Hall, phones: list[str]) -> None:
    for _ in range(2):
        assert says_so(hall, open_one(hall, phones)) is None

    again = hall.restarted()
    assert says_so(again, open_one(again, phones)) == SECRET


def test_owner_whom_a_trainer_heard_is_known_too(hall: Hall, phones: list[str]) -> None:
    for _ in range(2):
        open_one(hall, phones)
        hall.do("do:told")
    owner = open_one(hall, phones)

    assert refused(hall.ask("do:told")) == "few"
    assert says_so(hall, owner) == SECRET


def test_what_was_taken_back_leaves_when_an_owner_says_so(hall: Hall, phones: list[str]) -> None:
    owner = open_one(hall, phones)
    assert withdraw(hall, next(phone for phone in phones if phone != owner), GAME) is None
    assert len(hall.room.seen(GAME).cards) == 5

    assert says_so(hall, owner) is None
    assert len(hall.room.seen(GAME).cards) == 4


def test_cards_of_two_fall_beside_owners_who_said_so(hall: Hall, phones: list[str]) -> None:
    owners = []
    for _ in range(2):
        owners.append(open_one(hall, phones))
        assert says_so(hall, owners[-1]) is None

    assert withdraw(hall, next(phone for phone in phones if phone not in owners), GAME, now=True) is None
    left = {card.id for card in hall.room.seen(GAME).cards}
    assert left == {each for owner in owners for each in own_ids(hall, owner, GAME)}


def test_who_left_and_came_back_with_another_card_is_one_owner(hall: Hall) -> None:
    phones = game(hall, phones=4)
    hall.host.leave(hall.meeting, phones[0])
    phones.append(hall.phone())
    assert hall.post(phones[-1], GAME, vulnerability="bang", passion="zingen") is None
    hall.do("do:start")

    answers = []
    for _ in phones:
        owner = open_one(hall, phones)
        answers += [says_so(hall, owner)] if owner != phones[0] else []
    assert answers == [None, SECRET, SECRET, SECRET]
