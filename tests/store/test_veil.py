"""Who copies the database while people write about themselves cannot read whose turn it is as a card."""

import json
import sqlite3

import pytest

from tests.store.acts import GAME, game, own_ids
from tests.support.hall import Hall
from trainer.kinds.contract import Command


def stored_state(hall: Hall) -> str:
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        (text,) = database.execute("SELECT state FROM meeting WHERE id = ?", [hall.meeting]).fetchone()
    return json.dumps(json.loads(text)["kinds"])


@pytest.fixture
def playing(hall: Hall) -> list[str]:
    """The phones of a game in which one card was opened."""
    phones = game(hall, 5)
    hall.do("do:start")
    hall.do("do:open")
    return phones


def test_the_stored_state_names_no_card(hall: Hall, playing: list[str]) -> None:
    cards = [own_ids(hall, phone, GAME)[0] for phone in playing]

    stored = stored_state(hall)

    assert hall.room.state.kinds[GAME].turn in cards
    assert [card for card in cards if card in stored] == []


def test_after_a_restart_everybody_is_where_they_were(hall: Hall, playing: list[str]) -> None:
    before = hall.room.state.kinds[GAME]

    again = hall.restarted()

    assert again.room.state.kinds[GAME] == before


def test_the_turn_of_a_card_that_was_taken_back_outlasts_a_restart(hall: Hall, playing: list[str]) -> None:
    turn = hall.room.state.kinds[GAME].turn
    (phone,) = [phone for phone in playing if own_ids(hall, phone, GAME) == [turn]]
    assert hall.host.posting.withdraw(hall.meeting, phone, GAME, turn, warned=True, at_once=True) is None
    hall.do("cover")

    again = hall.restarted()

    assert again.room.state.kinds[GAME].turn == turn
    assert again.host.steering.act(again.meeting, phone, GAME, Command("open", {"card": ("1",)})) is not None


def test_a_game_goes_on_after_a_restart(hall: Hall, playing: list[str]) -> None:
    again = hall.restarted()

    again.do("do:silent")

    turn = again.room.state.kinds[GAME].turn
    assert [phone for phone in playing if own_ids(again, phone, GAME) == [turn]] != []
