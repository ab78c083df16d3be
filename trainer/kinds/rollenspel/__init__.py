"""Rollenspel: small groups play a scene. Which role somebody plays stays on their phone; nothing is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Command, Control, Kind, Rejected, Seen, View
from trainer.kinds.groups import Group, groups
from trainer.kinds.rollenspel.scenes import Scene, read_scenes
from trainer.kinds.settings import read_settings, setting

Phase = Literal["rules", "read", "play", "pause", "off"]
# What a turn consists of, in order.
TURN: tuple[Phase, ...] = ("read", "play", "pause")
UNKNOWN = Rejected("unknown", "Deze knop bestaat hier niet.")


@dataclass(frozen=True, slots=True)
class Settings:
    """The scenes and their roles, how many groups play how many times, and the minutes of each phase."""

    intro: Text
    scenes: tuple[Scene, ...]
    number: int = setting("groepen", "Groepen", default=3, low=2, high=6)
    turns: int = setting("beurten", "Beurten", default=2, low=1, high=4)
    read: int = setting("lezen", "Minuten lezen", default=3, low=1, high=30)
    play: int = setting("spelen", "Minuten spelen", default=5, low=1, high=30)
    pause: int = setting("stilstaan", "Minuten stilstaan", default=2, low=1, high=30)
    off: int = setting("afleggen", "Minuten afleggen", default=2, low=1, high=30)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that play, each a scene of its own."""
        return groups(self.number)

    @property
    def roles(self) -> tuple[str, ...]:
        """The names of the roles, the same in every scene."""
        return tuple(role.name for role in self.scenes[0].roles)

    @property
    def last(self) -> int:
        """The place of the last phase, in which everybody lays off their role."""
        return self.turns * len(TURN) + 1


@dataclass(frozen=True, slots=True)
class PlayState:
    """`at`: 0 for the rules, then the phases of every turn, then laying off. `timeout`: everybody is still.

    `given` holds the scenes that a trainer chose for a group, by '<turn>-<group>'; others follow the order.
    """

    at: int = 0
    timeout: bool = False
    given: Mapping[str, int] = field(default_factory=dict)


class Rollenspel(Kind):
    """Groups play scenes in turns, with other roles each time, and lay off their roles in the end."""

    name = "rollenspel"
    title = "Rollenspel"
    bullet_word = "rol"
    group_word = "scène"
    summary = "Groepen spelen een situatie. Ieder kiest een rol op de eigen telefoon, en legt die weer af."
    item_word = "stap"
    stage = "clock"
    printed = True
    for_room = True
    State = PlayState

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        intro, scenes = read_scenes(step, problems)
        return read_settings(Settings, step, problems, intro=intro, scenes=scenes)

    def item(self, settings: Settings, state: PlayState) -> str:
        return str(state.at)

    def seconds(self, settings: Settings, state: PlayState) -> int | None:
        minutes = {"read": settings.read, "play": settings.play, "pause": settings.pause, "off": settings.off}
        found = minutes.get(_phase(settings, state))
        return None if found is None else found * 60

    def forward(self, settings: Settings, state: PlayState) -> PlayState | None:
        return replace(state, at=state.at + 1, timeout=False) if state.at < settings.last else None

    def backward(self, settings: Settings, state: PlayState) -> PlayState | None:
        return replace(state, at=state.at - 1, timeout=False) if state.at else None

    def controls(self, settings: Settings, state: PlayState, seen: Seen) -> tuple[Control, ...]:
        if state.timeout:
            return (Control("resume", "Speel verder", "primary"),)
        if _phase(settings, state) == "play":
            return (
                Control("timeout", "Time-out voor iedereen", "primary"),
                Control(
                    "stop",
                    "Stop het spel: leg de rollen af",
                    "quiet",
                    confirm="Alle groepen stoppen met spelen en leggen hun rol af. Doorgaan?",
                ),
            )
        return ()

    def apply(
        self, settings: Settings, state: PlayState, command: Command, seen: Seen
    ) -> PlayState | Rejected:
        playing = _phase(settings, state) == "play"
        match command.name:
            case "timeout" if playing:
                return replace(state, timeout=True)
            case "resume" if playing:
                return replace(state, timeout=False)
            case "stop" if playing:
                return replace(state, at=settings.last, timeout=False)
            case "give":
                return _given(settings, state, command.one("group"), command.one("scene"))
        return UNKNOWN

    def phone(self, settings: Settings, state: PlayState, seen: Seen) -> View:
        return _view(settings, state)

    def control(self, settings: Settings, state: PlayState, seen: Seen) -> View:
        return _view(settings, state)

    def screen(self, settings: Settings, state: PlayState, seen: Seen) -> View:
        return _view(settings, state)

    def copies(self, settings: Settings, people: int) -> int:
        """One set of cards for all scenes: each group plays others."""
        return 1


def _phase(settings: Settings, state: PlayState) -> Phase:
    if state.at == 0:
        return "rules"
    return "off" if state.at >= settings.last else TURN[(state.at - 1) % len(TURN)]


def _turn(settings: Settings, state: PlayState) -> int:
    """The turn, from 1; when roles are laid off, the last one that was played."""
    return min(max(state.at - 1, 0) // len(TURN) + 1, settings.turns)


def _given(settings: Settings, state: PlayState, group: str, scene: str) -> PlayState | Rejected:
    """The state after a trainer gave a group another scene, by its number, for this turn."""
    groups_here = {str(each.number) for each in settings.groups}
    scenes = {str(number): number - 1 for number in range(1, len(settings.scenes) + 1)}
    if group not in groups_here or scene not in scenes:
        return UNKNOWN
    key = f"{_turn(settings, state)}-{group}"
    return replace(state, given={**state.given, key: scenes[scene]})


def _view(settings: Settings, state: PlayState) -> View:
    turn = _turn(settings, state)
    rows = []
    for group in settings.groups:
        # Every group plays another scene, and another one again in the next turn.
        following = ((turn - 1) * settings.number + group.number - 1) % len(settings.scenes)
        number = state.given.get(f"{turn}-{group.number}", following)
        rows.append({"group": group, "number": number + 1, "scene": settings.scenes[number]})
    return {"phase": _phase(settings, state), "turn": turn, "rows": tuple(rows), "timeout": state.timeout}


KIND = Rollenspel()
