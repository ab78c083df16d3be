"""The state of a meeting: one immutable value that holds all that a view needs, apart from the posts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from trainer.kinds.contract import Picture
from trainer.live.pace import STEADY, Pace

Phase = Literal["lobby", "live", "closed"]
Theme = Literal["light", "dark"]

# How posts and the states of kinds are stored. Raise it when code cannot go on with what was stored before
# in a step that is not sealed, such as when phones get other authors: such a step ends at the next start.
SCHEME = 1


@dataclass(frozen=True, slots=True)
class Timer:
    """A countdown. A running one stores its end (seconds on the meeting's clock), a paused one what is left.

    What is left may be negative: an expired timer shows by how much, and nothing advances by itself.
    """

    total: float
    left: float = 0.0
    ends: float | None = None

    @property
    def running(self) -> bool:
        """Is it counting down? Otherwise it is paused."""
        return self.ends is not None

    def remaining(self, now: float) -> float:
        """What is left at this moment, in seconds; negative once it is over time."""
        return self.left if self.ends is None else self.ends - now

    def start(self, now: float) -> "Timer":
        """The timer as it counts down from this moment; the same when it already does."""
        return self if self.running else replace(self, ends=now + self.left, left=0.0)

    def pause(self, now: float) -> "Timer":
        """The timer as it stands still at this moment; the same when it already does."""
        return replace(self, left=self.remaining(now), ends=None) if self.running else self

    def add(self, seconds: float, now: float) -> "Timer":
        """Adds or removes time. Time added to an expired timer counts from now, and removing stops at 0."""
        before = self.remaining(now)
        left = max(0.0, before) + seconds if seconds > 0 else min(before, max(0.0, before + seconds))
        total = self.total + seconds if seconds > 0 else max(0.0, self.total + left - before)
        if self.ends is None:
            return replace(self, total=total, left=left)
        return replace(self, total=total, ends=now + left)


@dataclass(frozen=True, slots=True)
class MeetingState:
    """Where a meeting is.

    `version` goes up by one with every change. `changed` tells since which version buttons are about what
    they were about: by place, and under '' for everybody; empty when the last change was everybody's.
    `entered` is the version in which the step on screen was begun. `choices` maps an option group to the
    chosen option. `minutes` holds the lengths of blocks that differ from the plan. `begun`, `left` and
    `opened` are seconds on the meeting's clock: when a block was first begun, when a step was last left, and
    when the meeting was opened. `timers` holds those of steps that were left, where the step has minutes of
    its own. `kinds` holds the state of each step's kind, and `pictures` what the gate let be counted in it,
    by item. A sealed step accepts no more posts: its authors are gone. `shown` holds the steps of which
    others saw something that was sent (even if taken back since), of which something is kept, or of which
    nobody knows. `spare` says how many texts may still be removed from a row of the results of a sealed step,
    by step and row. `runs` counts how often a step was begun again. `plain_accepted` holds the personal
    exercises that the trainers opened although others on the network can read what is sent. `expected` is how
    many people there are, 0 when unknown; while the door is shut new phones wait for a trainer's approval.
    `dealt` counts the deals that follow from what phones chose: a step that is begun again takes none away.
    `pace` is how fast the meeting's clock runs.
    `trainers` are the names of trainer 1 and trainer 2, who change places in the blocks that are `swapped`.
    `ticked` are the points that the trainers saw to beforehand (`live/ready.py`).
    `shared` are the steps of which the group may read afterwards what the screen showed (`live/sharing.py`);
    `offered` says whether there ever was one, and `asked_again` for which it is forgotten who answered.
    `scheme` is the `SCHEME` of the oldest code that stored any of this in a step that is not sealed.
    """

    version: int = 0
    changed: Mapping[str, int] = field(default_factory=dict)
    entered: int = 0
    phase: Phase = "lobby"
    step: str = ""
    timer: Timer | None = None
    timers: Mapping[str, Timer] = field(default_factory=dict)
    cover: bool = False
    join_shown: bool = False
    theme: Theme = "light"
    choices: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    minutes: Mapping[str, int] = field(default_factory=dict)
    begun: Mapping[str, float] = field(default_factory=dict)
    left: Mapping[str, float] = field(default_factory=dict)
    sealed: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    pictures: Mapping[str, Mapping[str, Picture]] = field(default_factory=dict)
    spare: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    opened: float | None = None
    runs: Mapping[str, int] = field(default_factory=dict)
    plain_accepted: tuple[str, ...] = ()
    expected: int = 0
    dealt: int = 0
    door_shut: bool = False
    pace: Pace = STEADY
    trainers: tuple[str, ...] = ()
    swapped: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    offered: bool = False
    asked_again: tuple[str, ...] = ()
    scheme: int = SCHEME
    kinds: Mapping[str, Any] = field(default_factory=dict)

    def version_at(self, place: str = "") -> int:
        """The version of what people at `place` have before them; the whole meeting's for ''."""
        return max(self.changed[""], self.changed.get(place, 0)) if self.changed else self.version

    def advanced(self, place: str | None = "") -> "MeetingState":
        """The same in the next version: a change for everybody, for one `place`, or (None) to no button."""
        version = self.version + 1
        if place == "":
            return replace(self, version=version, changed={})
        changed = self.changed or {"": self.version}
        if place is not None:
            changed = {**changed, place: version}
        return replace(self, version=version, changed=changed)

    @property
    def on_stage(self) -> bool:
        """Does the screen show the step? The join code stands beside it."""
        return self.phase == "live" and not self.cover

    @property
    def final(self) -> bool:
        """Is the step on screen barred from beginning again?

        If all others answer the same both times, the difference reveals what a newcomer answered.
        """
        return self.step in self.shown

    def begun_again(self, before: "MeetingState") -> list[str]:
        """The steps that were begun again since `before`."""
        return [step for step, runs in self.runs.items() if runs > before.runs.get(step, 0)]

    def with_shown(self, *steps: str) -> "MeetingState":
        """The same with steps of which others saw results, and that may not begin again."""
        return replace(self, shown=tuple(sorted({*self.shown, *steps})))

    def with_sealed(self, *steps: str) -> "MeetingState":
        """The same with steps in which nothing can be sent or changed any more."""
        return replace(self, sealed=tuple(sorted({*self.sealed, *steps})))

    def timeless(self) -> "MeetingState":
        """The same without any times: what outlasts a meeting must not reveal when anything happened."""
        return replace(self, timer=None, timers={}, begun={}, left={}, opened=None, pace=STEADY)

    def moved(self, seconds: float) -> "MeetingState":
        """The same moments on a clock of the process that is `seconds` ahead."""

        def move(moment: float | None) -> float | None:
            return None if moment is None else moment + seconds

        def moved(timer: Timer) -> Timer:
            return replace(timer, ends=move(timer.ends))

        return replace(
            self,
            timer=moved(self.timer) if self.timer else None,
            timers={step: moved(timer) for step, timer in self.timers.items()},
            begun={block: moment + seconds for block, moment in self.begun.items()},
            left={step: moment + seconds for step, moment in self.left.items()},
            opened=move(self.opened),
            pace=self.pace.moved(seconds),
        )
