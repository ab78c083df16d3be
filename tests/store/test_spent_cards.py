"""A card that was taken back goes with all its words; that its phone goes on taking part shows in nothing."""

import pytest

from tests.store.acts import GAME, game, own_ids, withdraw
from tests.support.hall import Hall

TURN = "Jij bent aan de beurt"


def laid_back(hall: Hall) -> tuple[list[str], str]:
    """Six phones with a card, and the one that took its card back after everybody read it."""
    phones = game(hall, 6)
    hall.do("do:start")
    hall.do("do:open")
    open_card = hall.room.state.kinds[GAME].open
    owner = next(phone for phone in phones if own_ids(hall, phone, GAME) == [open_card])
    withdraw(hall, owner, GAME)
    hall.do("do:silent")
    return phones, owner


def test_everybody_gets_the_turn_also_who_took_the_card_back(hall: Hall) -> None:
    phones, _ = laid_back(hall)
    # Two had it: when the cards were laid down, and when the owner stayed silent.
    had = set(hall.room.state.kinds[GAME].had)
    assert len(had) == 2

    whose: list[str] = []
    for _ in phones[2:]:
        hall.do("do:turn")
        whose += (phone for phone in phones if TURN in hall.own(phone))

    assert (len(set(whose)), len(hall.room.state.kinds[GAME].had)) == (4, 6)


@pytest.mark.parametrize("restarted", [False, True])
def test_phone_that_took_its_card_back_shows_at_a_glance_what_others_show(
    hall: Hall, restarted: bool
) -> None:
    phones, owner = laid_back(hall)
    hall.do("do:open")
    again = hall.restarted() if restarted else hall

    for words in ("Dit ben ik", "<summary>Mijn kaart</summary>"):
        assert [phone for phone in phones if words not in again.own(phone)] == []
    assert [phone for phone in phones if "Haal mijn kaart weg" not in again.own(phone)] == [owner]
    assert f"bang {phones.index(owner)}" not in "".join(map(again.own, phones))


def test_looking_for_a_card_that_was_taken_back_makes_no_key(hall: Hall) -> None:
    _, owner = laid_back(hall)
    posting, keys = hall.host.posting, hall.host.keys
    assert len(posting.had(hall.room, GAME, owner)) == 1

    keys.destroy(hall.meeting, GAME)

    assert posting.had(hall.room, GAME, owner) == ()
    assert not keys.has(hall.meeting, GAME)
