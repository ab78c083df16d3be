"""The context of a command, and the states of kinds in a meeting's state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from trainer.curriculum.model import Part, Step
from trainer.kinds.contract import Kind
from trainer.kinds.posts import Posts
from trainer.live.state import MeetingState

NO_POSTS = Posts()


@dataclass(frozen=True, slots=True)
class Context:
    """What a command needs to know besides the state: the part, the kinds, the time, and the plan."""

    part: Part
    kinds: Mapping[str, Kind]
    now: datetime
    planned_start: datetime
    posts: Posts = NO_POSTS

    @property
    def clock(self) -> float:
        """This moment in seconds since the epoch, as timers count it."""
        return self.now.timestamp()

    def kind_of(self, step: Step) -> Kind:
        """The kind of exercise that a step is."""
        return self.kinds[step.kind]


def kind_state(context: Context, state: MeetingState, step: Step) -> Any:
    """The state of a step's kind, or its initial one."""
    found = state.kinds.get(step.id)
    return context.kind_of(step).start(step.settings) if found is None else found


def with_kind_state(state: MeetingState, step: Step, value: Any) -> MeetingState:
    """The state of a meeting in which a step's kind has this state."""
    return replace(state, kinds={**state.kinds, step.id: value})
