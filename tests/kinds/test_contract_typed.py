"""What trainers type goes with the texts when these are wiped, in every kind."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tests.kinds.contract_paths import met, outcome
from tests.kinds.contract_support import MARKER, Play, Sitting, every_kind, filled, play
from tests.support.fragments import read_page
from tests.support.thorough import seeds
from trainer.kinds.contract import Ask, Command, Rejected
from trainer.store.rows import result_row

WALKS, MOVES = 1, 80


@every_kind
def test_nothing_that_was_typed_stays_in_the_results_once_texts_are_wiped(name: str) -> None:
    # The titles of groups are the trainers' words, but often repeat what somebody wrote.
    game = play(name)
    for sitting in _moments(game):
        rows = [result_row("", "", place, kept)["row"] for place, kept in enumerate(game.kept(sitting))]
        assert [row for row in rows if MARKER[:4] in row] == []


def _moments(game: Play) -> Iterable[Sitting]:
    """The moments of some walks, each once: walks often come to the same."""
    begun = game.begin(game.all_posts())
    walks = [_walk(game, begun, random.Random(seed)) for seed in seeds(WALKS)]
    return {id(sitting): sitting for walk in walks for sitting in walk}.values()


def _walk(game: Play, sitting: Sitting, chance: random.Random) -> Iterator[Sitting]:
    """Trainers press and type where everybody has sent something; what must wait for more is granted."""
    for _ in range(MOVES):
        commands = [*game.commands(sitting), *_typed(game, sitting, chance)]
        if not commands:
            return
        before, sitting = sitting, _after(game, sitting, chance.choice(commands))
        if sitting is not before:
            yield sitting


def _typed(game: Play, sitting: Sitting, chance: random.Random) -> Iterator[Command]:
    """The forms on control, filled in."""
    for form in read_page(game.shared("control", sitting)).forms:
        args = {key[9:]: (value,) for key, value in form.attributes.items() if key.startswith("data-arg-")}
        name = form.attributes.get("data-command", "").removeprefix("do:")
        yield Command(name, {**args, **filled(form, chance.randrange(9))}, 1)


def _after(game: Play, sitting: Sitting, command: Command) -> Sitting:
    after = outcome(game, sitting, command)
    if not isinstance(after, Rejected):
        return after
    asked = game.kind.apply(game.settings, sitting.inner(game), command, sitting.seen(game))
    if not isinstance(asked, Ask):
        return sitting
    return met(game, replace(sitting, meeting=replace(sitting.meeting, kinds={game.step.id: asked.state})))
