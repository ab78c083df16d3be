"""The small programme in `tests/programmes`: read as a part, and given at a desk, without a database."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from trainer.curriculum.model import Part
from trainer.curriculum.parse import read_programme
from trainer.kinds import discover, interpret
from trainer.kinds.contract import Command, Rejected
from trainer.kinds.posts import Posts
from trainer.live.context import NO_POSTS, Context
from trainer.live.obey import obey
from trainer.live.order import anchor
from trainer.live.state import MeetingState
from trainer.live.views import Scene

PROGRAMMES = Path(__file__).resolve().parents[1] / "programmes"
ZONE = ZoneInfo("Europe/Amsterdam")
# A Tuesday in winter; the plan says half past nine.
PLANNED = datetime(2027, 1, 12, 9, 30, tzinfo=ZONE)


@cache
def klein_part() -> Part:
    """The first dagdeel: 150 minutes, a step of every kind with posts."""
    programme, problems = read_programme(PROGRAMMES / "klein", interpret)
    assert programme is not None, problems
    return programme.parts[0]


@dataclass
class Desk:
    """A meeting without a database: a state, and a clock that only the test moves."""

    now: datetime = PLANNED
    state: MeetingState = field(default_factory=MeetingState)
    posts: Posts = NO_POSTS
    rehearsal: bool = False

    def context(self) -> Context:
        planned = anchor(self.state, PLANNED, self.now)
        return Context(klein_part(), discover(), self.now, planned, self.posts, rehearsal=self.rehearsal)

    def ask(self, name: str, version: int | None = None, **args: str) -> MeetingState | Rejected:
        """What a command gives; an accepted one becomes the state of the meeting."""
        command = Command(name, {key: (value,) for key, value in args.items()}, seed=7)
        seen = self.state.version if version is None else version
        outcome = obey(self.context(), self.state, command, seen)
        if isinstance(outcome, Rejected):
            return outcome
        self.state = outcome.state
        self.posts = self.posts.marked(outcome.marks)
        return self.state

    def do(self, name: str, **args: str) -> MeetingState:
        """A command that must be accepted."""
        outcome = self.ask(name, **args)
        assert isinstance(outcome, MeetingState), outcome
        return outcome

    def later(self, minutes: float) -> "Desk":
        self.now += timedelta(minutes=minutes)
        return self

    def scene(self) -> Scene:
        return Scene(
            part=klein_part(),
            kinds=discover(),
            state=self.state,
            now=self.now,
            planned_start=anchor(self.state, PLANNED, self.now),
            programme_title="Kleine training",
            course_title="Voorbeeldtraject",
            place="Voorbeeldwijk",
        )

    @property
    def remaining(self) -> float:
        """What the timer shows, in seconds."""
        assert self.state.timer is not None
        return self.state.timer.remaining(self.now.timestamp())
