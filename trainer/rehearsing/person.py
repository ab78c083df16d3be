"""Somebody in a rehearsal: a phone without a phone, that goes through the doors of the real ones."""

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from trainer.curriculum.model import Step
from trainer.kinds.believable import SAME_PERSON
from trainer.kinds.contract import Command, Kind, Post, Rejected, Seen, Submission
from trainer.live.places import whole
from trainer.meetings.door import Answer
from trainer.meetings.host import Host
from trainer.meetings.room import Room
from trainer.meetings.signals import CONTROL_ALONE
from trainer.rehearsing import habits
from trainer.rehearsing.habits import Habits
from trainer.store.keys import Phone
from trainer.store.writer import NotSaved

# Refused that often, somebody gives up until something else is asked.
MOST_TRIES = 8
# Between two knocks: of whoever waits at the door, and of whoever was turned away.
ASKS_SECONDS, REFUSED_SECONDS = 2.0, 600.0

# What others may know of a step, by its id.
Sight = Callable[[str], Seen]


@dataclass(slots=True)
class Person:
    """One of the people. `seed` is that of the whole group, and all times are on the meeting's clock."""

    host: Host
    who: Habits
    seed: str
    token: str
    began: float
    inside: bool = False
    # Has this phone a connection?
    here: bool = False
    # When it next knocks, and how often it did.
    knocks: float = 0.0
    knocked: int = 0
    # What was asked last, and what is still to be done about it.
    asked: str = ""
    sends: float | None = None
    again: float | None = None
    takes_back: float | None = None
    answers: int = 0
    tries: int = 0
    waits: bool = False
    # What it is about to press, and when; how often it pressed anything.
    pressing: str = ""
    presses: float | None = None
    pressed: int = 0
    # The answers to what was sent, each with what was asked.
    _heard: list[tuple[str, Rejected | Exception | None]] = field(default_factory=list)

    def live(self, room: Room, now: float, sight: Sight) -> bool:
        """Does what is due at `now`, at most one thing; returns whether it did any. Raises NotSaved."""
        since = now - self.began
        if not self.inside:
            return since >= self.who.arrives and now >= self.knocks and self._knock(room, now)
        away = self.who.is_away(since)
        if self.here == away:
            self.here = not away
            self.host.signals.notify(room.id, CONTROL_ALONE)
            return True
        step = self._step(room)
        if away or step is None or room.state.phase != "live" or self.host.is_held(room, step):
            return False
        seen = sight(step.id)
        self._read(room, step, seen, now)
        return self._act(room, step, seen, now) or self._send(room, step, seen, now)

    def _step(self, room: Room) -> Step | None:
        """The step on screen, at the table where this person sits: always the same one."""
        tables = room.steps.at_each_place(room.state.step)
        return tables[self.who.number % len(tables)] if tables else None

    # At the door

    def _knock(self, room: Room, now: float) -> bool:
        answer = self.host.joining.knock(room.id, self.token, anew=not self.knocked, rehearsing=True)
        self.knocked += 1
        self.inside = self.here = answer is Answer.IN
        # A page asks again by itself. The door goes by the clock on the wall, however fast this one runs.
        wait = ASKS_SECONDS if answer in (Answer.BUSY, Answer.SHUT) else REFUSED_SECONDS
        self.knocks = now + wait * room.state.pace.factor
        if self.here:
            self.host.signals.notify(room.id, CONTROL_ALONE)
        return True

    # What is asked

    def _read(self, room: Room, step: Step, seen: Seen, now: float) -> None:
        """Notices what is asked now, and makes up its mind."""
        kind, state = room.kind(step), room.kind_state(step)
        if not kind.takes_posts:
            return
        form = kind.answer(step.settings, state, seen, self._number(self.answers))
        if form is None:
            return
        run = room.state.runs.get(whole(step.id), 0)
        asked = "/".join((step.id, str(run), form.item, *sorted(form.fields)))
        if asked != self.asked:
            plan = habits.plan(self.seed, self.who, asked, writes=kind.typed)
            self.asked, self.tries = asked, 0
            self.sends = None if plan.sent is None else now + plan.sent
            self.again, self.takes_back = plan.again, plan.takes_back

    def _number(self, answers: int) -> int:
        # Every other answer of the same person is another one, where that is possible.
        return self.who.number + SAME_PERSON * answers

    # What is sent

    def _send(self, room: Room, step: Step, seen: Seen, now: float) -> bool:
        if self.waits:
            return False
        while self._heard:
            asked, outcome = self._heard.pop()
            if asked == self.asked:
                self._hear(outcome, now)
        if self.sends is not None and now >= self.sends:
            kind, state = room.kind(step), room.kind_state(step)
            form = kind.answer(step.settings, state, seen, self._number(self.answers))
            self.sends = None
            if form is not None:
                self._post(room, step, form)
            return form is not None
        if self.takes_back is not None and self.sends is None and self.answers and now >= self.takes_back:
            self.takes_back = None
            return self._withdraw(room, step)
        return False

    def _post(self, room: Room, step: Step, form: Submission) -> None:
        since, meeting_id, asked = time.monotonic(), room.id, self.asked
        self.waits, self.answers = True, self.answers + 1

        def done(outcome: Rejected | Exception | None) -> None:
            self._heard.append((asked, outcome))
            self.waits = False
            self.host.signals.followed(meeting_id, self.token, since)

        phone = Phone.of(meeting_id, self.token)
        self.host.posting.post(phone, str(uuid.uuid4()), step.id, form, done)

    def _hear(self, outcome: Rejected | Exception | None, now: float) -> None:
        """What comes after an answer to what was sent."""
        if outcome is None:
            self.sends = None if self.again is None else now + self.again
            self.takes_back = None if self.takes_back is None else now + self.takes_back
            self.again = None
            return
        self.takes_back = None
        if self.tries < MOST_TRIES and _passes(outcome):
            # An exercise that is closed for a while, or a busy disk.
            self.tries += 1
            self.sends = now + habits.pause(self.seed, self.who, f"try {self.tries}", habits.ASKS_AGAIN)

    def _withdraw(self, room: Room, step: Step) -> bool:
        own = [post for post in self.host.posting.own(room, step.id, self.token) if not post.leaving]
        if own:
            since = time.monotonic()
            # Without having been warned: who sees that others saw it, leaves it there.
            self.host.posting.withdraw(room.id, self.token, step.id, own[-1].id)
            self.host.signals.followed(room.id, self.token, since)
        return bool(own)

    # What is pressed

    def _act(self, room: Room, step: Step, seen: Seen, now: float) -> bool:
        kind = room.kind(step)
        if type(kind).deed is Kind.deed:
            return False
        had = self._had(room, step, kind)
        deed = kind.deed(step.settings, room.kind_state(step), had, seen, self._number(self.pressed))
        named = f"{step.id}/{deed.name}/{sorted(deed.args.items())}" if deed else ""
        if named != self.pressing:
            self.pressing = named
            waits = habits.pause(self.seed, self.who, f"{named}/{room.state.version}", habits.PRESSES)
            self.presses = now + waits if deed else None
        if deed is None or self.presses is None or now < self.presses:
            return False
        self.presses, self.pressed = None, self.pressed + 1
        self._press(room, step, deed)
        return True

    def _had(self, room: Room, step: Step, kind: Kind) -> Sequence[Post]:
        posting = self.host.posting
        return (posting.had if kind.outlasts else posting.own)(room, step.id, self.token)

    def _press(self, room: Room, step: Step, deed: Command) -> None:
        since = time.monotonic()
        self.host.steering.act(room.id, self.token, step.id, deed)
        self.host.signals.followed(room.id, self.token, since)


def _passes(outcome: Rejected | Exception) -> bool:
    return isinstance(outcome, NotSaved) or (isinstance(outcome, Rejected) and outcome.code == "closed")
