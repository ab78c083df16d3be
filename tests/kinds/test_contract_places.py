"""What the contract asks of kinds that tables do by themselves, and of commands that refuse nobody."""

from tests.kinds.contract_paths import pressable
from tests.kinds.contract_support import every_kind, play
from trainer import kinds
from trainer.curriculum.ids import LONGEST_PLACE, is_id


@every_kind
def test_place_has_a_short_id_of_its_own_and_a_title(name: str) -> None:
    game = play(name)
    whole = next(step for step in game.part.steps() if step.kind == name)
    places = game.kind.places(whole.settings)

    assert [place for place in places if not (is_id(place.id) and len(place.id) <= LONGEST_PLACE)] == []
    assert [place for place in places if not place.title.strip()] == []
    assert len({place.id for place in places}) == len(places)
    assert len({place.title for place in places}) == len(places)


@every_kind
def test_settings_of_a_place_can_begin_the_exercise_there(name: str) -> None:
    game = play(name)
    whole = next(step for step in game.part.steps() if step.kind == name)
    for place in game.kind.places(whole.settings):
        settings = game.kind.at(whole.settings, place.id)
        assert isinstance(game.kind.item(settings, game.kind.start(settings)), str)


@every_kind
def test_independent_command_is_one_that_can_be_pressed(name: str) -> None:
    offered = {command.name for _, commands in pressable(name) for command in commands}

    assert kinds.discover()[name].independent - offered == set()
