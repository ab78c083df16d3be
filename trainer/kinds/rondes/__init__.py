"""Rondes: a conversation in rounds, each with its time, who speaks and who is silent. Nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from trainer.curriculum.model import StepSource
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Command, Control, Kind, Post, Rejected, Seen, View
from trainer.kinds.groups import Group, groups
from trainer.kinds.rondes.protocol import Protocol, Round, read_protocol
from trainer.kinds.settings import read_settings, setting

MOST_GROUPS = 12
UNKNOWN = Rejected("unknown", "Deze knop bestaat hier niet.")


@dataclass(frozen=True, slots=True)
class Settings:
    """The rounds, how often they are gone through, and how many groups go on by themselves (0: none)."""

    protocol: Protocol
    turns: int = setting("keer", "Hoe vaak alle rondes", default=1, low=1, high=9)
    number: int = setting("groepen", "Groepen", default=0, low=2, high=MOST_GROUPS)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that each have a round of their own; none when everybody is in the same one."""
        return groups(self.number)

    @property
    def total(self) -> int:
        """How many rounds there are, those of every turn counted."""
        return self.turns * len(self.protocol.rounds)


@dataclass(frozen=True, slots=True)
class RoundState:
    """Where everybody is: 0 before the first round, then the number of the round, over all turns.

    `groups` says it of each group that went on, by its number; one past the last round it has finished.
    """

    at: int = 0
    groups: Mapping[str, int] = field(default_factory=dict)


class Rondes(Kind):
    """Rounds with a clock; a phone says what its owner does now. Groups may each have their own round."""

    name = "rondes"
    title = "Rondes"
    bullet_word = "rol"
    row_word = "ronde"
    row_hint = (
        "Noem rollen van hierboven, met een komma ertussen. Iedereen of niemand kan ook."
        " Zwijgt een rol? Zet daar 'zwijgt' achter."
    )
    summary = "Een gesprek in rondes: wie praat, wie zwijgt, welke vraag en hoe lang."
    item_word = "ronde"
    stage = "clock"
    printed = True
    for_room = True
    State = RoundState
    independent = frozenset({"move"})

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        return read_settings(Settings, step, problems, protocol=read_protocol(step, problems))

    def item(self, settings: Settings, state: RoundState) -> str:
        return str(state.at)

    def seconds(self, settings: Settings, state: RoundState) -> int | None:
        return _round(settings, state.at).minutes * 60 if state.at else None

    def forward(self, settings: Settings, state: RoundState) -> RoundState | None:
        if settings.number or state.at >= settings.total:
            return None
        return replace(state, at=state.at + 1)

    def backward(self, settings: Settings, state: RoundState) -> RoundState | None:
        return replace(state, at=state.at - 1) if state.at else None

    def act(
        self, settings: Settings, state: RoundState, action: Command, own: Sequence[Post], seen: Seen
    ) -> RoundState | Rejected:
        if action.name != "move":
            return UNKNOWN
        moved = _moved(settings, state, action)
        return moved if moved is not None else UNKNOWN

    def controls(self, settings: Settings, state: RoundState, seen: Seen) -> tuple[Control, ...]:
        following = _turn(settings, state.at) * len(settings.protocol.rounds) + 1
        if settings.number or not state.at or following > settings.total:
            return ()
        return (Control("go", "Ga door met de volgende beurt", "quiet", {"number": str(following)}),)

    def apply(
        self, settings: Settings, state: RoundState, command: Command, seen: Seen
    ) -> RoundState | Rejected:
        if command.name == "move":
            moved = _moved(settings, state, command)
            return moved if moved is not None else UNKNOWN
        numbers = () if settings.number else [str(number) for number in range(settings.total + 1)]
        if command.name == "go" and command.one("number") in numbers:
            return replace(state, at=int(command.one("number")))
        return UNKNOWN

    def phone(self, settings: Settings, state: RoundState, seen: Seen) -> View:
        return _view(settings, state)

    def control(self, settings: Settings, state: RoundState, seen: Seen) -> View:
        return _view(settings, state)

    def screen(self, settings: Settings, state: RoundState, seen: Seen) -> View:
        return _view(settings, state)

    def copies(self, settings: Settings, people: int) -> int:
        """A sheet for each group: of three people, or of as many as there are turns."""
        return max(1, people // max(3, settings.turns))


def _round(settings: Settings, at: int) -> Round:
    return settings.protocol.rounds[(at - 1) % len(settings.protocol.rounds)]


def _turn(settings: Settings, at: int) -> int:
    """In which turn round `at` is, from 1."""
    return (max(at, 1) - 1) // len(settings.protocol.rounds) + 1


def _moved(settings: Settings, state: RoundState, command: Command) -> RoundState | None:
    """The state after a group went a round on or back; None for what is no such move.

    The command names the round that it leaves, so that two who press at once move their group once.
    """
    group, to = command.one("group"), command.one("to")
    here = state.groups.get(group, 0)
    beside = {str(here + by): here + by for by in (-1, 1) if 0 <= here + by <= settings.total + 1}
    if group not in {str(each.number) for each in settings.groups}:
        return None
    if command.one("from") != str(here):
        return state
    return replace(state, groups={**state.groups, group: beside[to]}) if to in beside else None


def _view(settings: Settings, state: RoundState) -> View:
    """What everybody sees: the round of all, or that of each group."""
    return {
        "now": _place(settings, state.at),
        "groups": tuple(
            {"group": group, "now": _place(settings, state.groups.get(str(group.number), 0))}
            for group in settings.groups
        ),
        "rounds": tuple(_place(settings, at) for at in range(1, settings.total + 1)),
    }


def _place(settings: Settings, at: int) -> View:
    """Round `at` for a fragment; `round` is None before the first one and after the last one."""
    inside = 0 < at <= settings.total
    length = len(settings.protocol.rounds)
    return {
        "at": at,
        "round": _round(settings, at) if inside else None,
        "number": (at - 1) % length + 1 if inside else 0,
        "length": length,
        "turn": min(_turn(settings, at), settings.turns),
        "turns": settings.turns,
        "done": at > settings.total,
    }


KIND = Rondes()
