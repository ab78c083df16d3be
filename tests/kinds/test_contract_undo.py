"""What cannot be undone is asked first, in every kind."""

from collections.abc import Iterator

from tests.kinds.contract_paths import explored
from tests.kinds.contract_support import Play, Sitting, every_kind, play
from tests.support.fragments import Page
from trainer.kinds.contract import Command, Rejected

SENDS = "send"
PRESSES = 3


def abilities(game: Play, sitting: Sitting) -> set[str]:
    """What the trainers can do now, by the names of buttons, and whether phones can send something."""
    return {command.name for command in game.commands(sitting)} | {SENDS for _ in game.forms(sitting)}


def unasked(game: Play, sitting: Sitting) -> Iterator[Command]:
    """The buttons that do something without a question."""
    asking = {(each.name, *sorted(each.args.items())) for each in game.controls(sitting) if each.confirm}
    for button in Page(game.shared("control", sitting)).buttons:
        if "data-confirm" in button:
            args = {key[9:]: value for key, value in button.items() if key.startswith("data-arg-")}
            asking.add((button["data-command"].removeprefix("do:"), *sorted(args.items())))
    for command in game.commands(sitting):
        key = (command.name, *sorted((name, values[0]) for name, values in command.args.items()))
        if key not in asking:
            yield command


def out_of_reach(game: Play, sitting: Sitting, missing: set[str]) -> set[str]:
    """What of `missing` no few presses bring back."""
    seen, edge = [sitting], [sitting]
    for _ in range(PRESSES):
        following = [game.press(each, command) for each in edge for command in game.commands(each)]
        edge = []
        for each in following:
            if isinstance(each, Rejected) or each in seen:
                continue
            seen.append(each)
            edge.append(each)
            missing = missing - abilities(game, each)
            if not missing:
                return missing
    return missing


def lost_for_good(game: Play, sitting: Sitting, command: Command) -> set[str]:
    """What can never be done again after a press. What the button itself was for may be done."""
    after = game.press(sitting, command)
    if isinstance(after, Rejected):
        return set()
    missing = abilities(game, sitting) - {command.name} - abilities(game, after)
    return out_of_reach(game, after, missing) if missing else missing


@every_kind
def test_button_that_takes_something_away_for_good_asks_first(name: str) -> None:
    game = play(name)
    lost = {
        command.name: missing
        for sitting in explored(name)
        for command in unasked(game, sitting)
        if (missing := lost_for_good(game, sitting, command))
    }

    assert lost == {}
