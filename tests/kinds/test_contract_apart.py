"""Kinds in which a phone has another author for each item: nothing of theirs counts phones across items."""

import pytest

from tests.kinds.contract_paths import explored
from tests.kinds.contract_support import play
from trainer import kinds
from trainer.kinds.contract import Texts

APART = [kind.name for kind in kinds.discover().values() if kind.apart]

every_kind_apart = pytest.mark.parametrize("name", APART)


@every_kind_apart
def test_no_texts_of_several_items_are_kept_together(name: str) -> None:
    game = play(name)
    rows = [row for sitting in explored(name) for row in game.report(sitting)]
    assert [row for row in rows if isinstance(row, Texts)] == []


@every_kind_apart
def test_nothing_is_dealt_to_phones(name: str) -> None:
    kind = kinds.discover()[name]
    assert (kind.deals, kind.redeals) == (False, frozenset())


@every_kind_apart
def test_no_card_is_shown_whose_owner_the_room_may_be_told(name: str) -> None:
    game = play(name)
    assert [card for sitting in explored(name) for card in sitting.seen(game).cards] == []
