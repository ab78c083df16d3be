"""What people agreed on is one line to others, from the wall to the report, also in a sealed step."""

import pytest

from tests.store.acts import FLAP, own_ids, sealed, texts
from tests.support.hall import Hall
from trainer.kinds.flap import Flap

LINES = ("bellen", "eten", "lezen", "lopen", "zingen")


class Agreed(Flap):
    """A flap on which a pair puts what it agreed on."""

    agreed = "text"


@pytest.fixture
def pair(hall: Hall) -> Hall:
    """Five lines on the wall, of which two phones have one."""
    hall.host.kinds = {**hall.host.kinds, Flap.name: Agreed()}
    hall.host.rooms.forget([hall.meeting])
    hall.do("goto", step=FLAP)
    for line in LINES:
        assert hall.post(hall.phone(), FLAP, text=line) is None
    assert hall.post(hall.phone(), FLAP, text="Eten!") is None
    hall.do("do:draw")
    hall.do("do:show-all")
    return hall


def wall(hall: Hall) -> list[str]:
    return sorted(str(card.payload["text"]).strip("!").casefold() for card in hall.room.seen(FLAP).cards)


def test_line_of_a_pair_is_in_the_report_once(pair: Hall) -> None:
    assert wall(pair) == list(LINES)

    pair.do("close")
    (kept,) = texts(pair).values()
    assert kept is not None
    assert sorted(text.strip("!").casefold() for text in kept) == list(LINES)


def test_line_of_a_pair_is_one_card_on_a_sealed_wall(pair: Hall) -> None:
    shown = len(pair.room.state.kinds[FLAP].batches.shown)

    sealed(pair)

    on_wall = {post.id for post in pair.posts(FLAP)}
    assert (len(on_wall), shown, wall(pair)) == (5, 5, list(LINES))
    assert on_wall == set(pair.room.state.kinds[FLAP].batches.shown)


def test_line_that_comes_later_stays_when_the_first_goes_also_after_a_restart(pair: Hall) -> None:
    first, second = pair.phone(), pair.phone()
    assert pair.post(first, FLAP, text="dansen") is None
    for line in ("roken", "slapen"):
        assert pair.post(pair.phone(), FLAP, text=line) is None
    pair.do("do:draw")
    pair.do("do:show-all")

    assert pair.post(second, FLAP, text="dansen") is None
    for line in ("schaken", "tuinieren", "zwemmen"):
        assert pair.post(pair.phone(), FLAP, text=line) is None
    pair.do("do:draw")
    pair.do("do:show-all")
    shown = [card.id for card in pair.room.seen(FLAP).cards]
    (mine,) = own_ids(pair, first, FLAP)
    assert pair.host.posting.withdraw(pair.meeting, first, FLAP, mine, warned=True) is None
    pair.do("do:close")

    assert [card.id for card in pair.room.seen(FLAP).cards] == shown
    assert [card.id for card in pair.restarted().room.seen(FLAP).cards] == shown
