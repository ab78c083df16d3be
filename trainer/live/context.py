"""The context of a command, and the states of kinds in a meeting's state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from trainer.curriculum.model import Part, Step
from trainer.kinds.contract import Kind
from trainer.kinds.posts import Posts
from trainer.live.order import find
from trainer.live.places import step_at
from trainer.live.state import MeetingState

NO_POSTS = Posts()


@dataclass(frozen=True, slots=True)
class Context:
    """What a command needs to know besides the state: the part, the kinds, the time, and the plan.

    `place` is where it comes from, '' when it is for the whole meeting, and `posts` are those of the step on
    screen there. Of a `rehearsal` nothing is kept.
    """

    part: Part
    kinds: Mapping[str, Kind]
    now: datetime
    planned_start: datetime
    posts: Posts = NO_POSTS
    place: str = ""
    rehearsal: bool = False

    @property
    def clock(self) -> float:
        """This moment in seconds since the epoch, as timers count it."""
        return self.now.timestamp()

    def kind_of(self, step: Step) -> Kind:
        """The kind of exercise that a step is."""
        return self.kinds[step.kind]

    def here(self, state: MeetingState) -> Step | None:
        """The step on screen, as it is at the command's place."""
        found = find(self.part, state.step)
        return step_at(self.kind_of(found[1]), found[1], self.place) if found else None


def kind_state(context: Context, state: MeetingState, step: Step) -> Any:
    """The state of a step's kind, or its initial one."""
    found = state.kinds.get(step.id)
    return context.kind_of(step).start(step.settings) if found is None else found


def with_kind_state(state: MeetingState, step: Step, value: Any) -> MeetingState:
    """The state of a meeting in which a step's kind has this state."""
    return replace(state, kinds={**state.kinds, step.id: value})
