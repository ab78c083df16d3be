"""A rehearsal in this process, whose clock only the test moves."""

from collections.abc import Callable

from tests.support.hall import Hall
from trainer.kinds.contract import Control
from trainer.rehearsing.rehearsals import Opening, Rehearsals
from trainer.store.keys import ALL_STEPS

PEOPLE = 12
# Between two looks: shorter than anybody's pause, so that everybody has the time for everything.
LOOK_SECONDS = 2.0
# Longer than anybody needs who is not late.
LONG = 150.0


class Practice:
    """A meeting of a hall that is rehearsed."""

    def __init__(self, hall: Hall, people: int = PEOPLE, step: str = "") -> None:
        self.hall = hall
        self.rehearsals: Rehearsals = hall.app.extensions["rehearsals"]
        hall.host.steering.unopen(hall.meeting)
        # What people are like follows from the meeting's key: here it is always the same.
        (hall.folder / "keys" / f"{hall.meeting}.{ALL_STEPS}.key").write_bytes(bytes(range(32)))
        with hall.app.app_context():
            assert self.rehearsals.open(hall.meeting, people, step) is Opening.OPEN

    def look(self) -> None:
        """Lets everybody do what is due, and waits until it is stored."""
        self.rehearsals.live()
        self.hall.host.writer.submit(lambda changes: None)

    def pass_time(self, seconds: float = LONG, until: Callable[[], object] = lambda: False) -> None:
        """Lets time go by until something is so, or for so many seconds on the meeting's clock."""
        passed = 0.0
        while passed < seconds and not until():
            self.hall.age(LOOK_SECONDS / self.hall.state.pace.factor)
            self.look()
            passed += LOOK_SECONDS

    @property
    def inside(self) -> int:
        return len(self.hall.room.participants)

    @property
    def senders(self) -> int:
        """How many phones sent something in the step on screen."""
        room = self.hall.room
        return len({post.author for post in room.step_posts(room.state.step)})

    def controls(self) -> tuple[Control, ...]:
        """The buttons of the step on screen."""
        room = self.hall.room
        step = room.here()
        assert step is not None
        return room.kind(step).controls(step.settings, room.kind_state(step), room.seen(step.id))
