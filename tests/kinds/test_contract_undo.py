"""What cannot be undone is asked first, in every kind."""

from collections.abc import Iterator

from tests.kinds.contract_paths import explored, outcome
from tests.kinds.contract_support import Play, Sitting, every_kind, play
from tests.support.fragments import read_page
from trainer.kinds.contract import Command, Rejected

SENDS = "send"
PRESSES = 3
# Who opens the last card of a deck has no turn left to give.
ENDS = {"open": {"turn"}}


class Offers:
    """What can be done in the sittings of one kind.

    Many presses come to the same: what is offered is drawn once for each state and what is seen of the posts,
    because it depends on nothing else.
    """

    def __init__(self, game: Play) -> None:
        self._game = game
        self._commands: dict[str, list[Command]] = {}
        self._abilities: dict[str, frozenset[str]] = {}

    def commands(self, sitting: Sitting) -> list[Command]:
        """What a trainer can press."""
        key = self._key(sitting)
        if key not in self._commands:
            self._commands[key] = self._game.commands(sitting)
        return self._commands[key]

    def abilities(self, sitting: Sitting) -> frozenset[str]:
        """What the trainers can do now, by the names of buttons, and whether phones can send something."""
        key = self._key(sitting)
        if key not in self._abilities:
            sends = {SENDS for _ in self._game.forms(sitting)}
            self._abilities[key] = frozenset({command.name for command in self.commands(sitting)} | sends)
        return self._abilities[key]

    def _key(self, sitting: Sitting) -> str:
        return repr((sitting.inner(self._game), sitting.seen(self._game)))


def unasked(game: Play, offers: Offers, sitting: Sitting) -> Iterator[Command]:
    """The buttons that do something without a question."""
    asking = {(each.name, *sorted(each.args.items())) for each in game.controls(sitting) if each.confirm}
    for button in read_page(game.shared("control", sitting)).buttons:
        if "data-confirm" in button:
            args = {key[9:]: value for key, value in button.items() if key.startswith("data-arg-")}
            asking.add((button["data-command"].removeprefix("do:"), *sorted(args.items())))
    for command in offers.commands(sitting):
        key = (command.name, *sorted((name, values[0]) for name, values in command.args.items()))
        if key not in asking:
            yield command


def out_of_reach(game: Play, offers: Offers, sitting: Sitting, missing: set[str]) -> set[str]:
    """What of `missing` no few presses bring back."""
    # Of sittings that are alike there is one: see `outcome`.
    seen, edge = {id(sitting)}, [sitting]
    for _ in range(PRESSES):
        following = [outcome(game, each, command) for each in edge for command in offers.commands(each)]
        edge = []
        for each in following:
            if isinstance(each, Rejected) or id(each) in seen:
                continue
            seen.add(id(each))
            edge.append(each)
            missing = missing - offers.abilities(each)
            if not missing:
                return missing
    return missing


def lost_for_good(game: Play, offers: Offers, sitting: Sitting, command: Command) -> set[str]:
    """What can never be done again after a press. What the button itself was for may be done."""
    after = outcome(game, sitting, command)
    if isinstance(after, Rejected):
        return set()
    missing = set(offers.abilities(sitting) - {command.name} - offers.abilities(after))
    missing -= ENDS.get(command.name, set())
    return out_of_reach(game, offers, after, missing) if missing else missing


@every_kind
def test_button_that_takes_something_away_for_good_asks_first(name: str) -> None:
    game = play(name)
    offers = Offers(game)
    lost = {
        command.name: missing
        for sitting in explored(name)
        for command in unasked(game, offers, sitting)
        if (missing := lost_for_good(game, offers, sitting, command))
    }

    assert lost == {}
