"""A history as it is played in a meeting, with an eye on what is seen after each action."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.attack.observer import views
from tests.attack.observer.history import Action, Content
from tests.attack.observer.meeting import Meeting
from tests.support.hall import Hall
from trainer.kinds import gate
from trainer.kinds.contract import Command

Trace = tuple[tuple[str, ...], ...]
Contents = Mapping[int, Content]


@dataclass
class Played:
    """A history as it went: what was seen after each action, and what was exported.

    `groups` say of each thing that was sent since when it was in sight and until when; `chosen` is what its
    owner allowed to be told apart. `known` are the phones of which the room was told which card is theirs: no
    other card can be of them.
    """

    room: Trace
    export: tuple[str, ...]
    groups: dict[int, tuple[object, ...]] = field(default_factory=dict)
    phones: dict[int, int] = field(default_factory=dict)
    chosen: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)


def play(
    hall: Hall, exercise: str, history: Sequence[Action], contents: Contents, like: Trace = ()
) -> Played:
    """Plays a history and looks after each action, until the room sees what is not `like` this."""
    meeting = Meeting(hall, exercise)
    looks: list[tuple[str, ...]] = [views.look(meeting)]
    followed = _Follower(history)
    for place, action in enumerate(history):
        told = meeting.told_by(action)
        done = meeting.perform(action, contents.get(place))
        if done:
            followed.known |= told
        # Whether a phone was refused is told to its owner alone; the rest is what everybody sees of it.
        answer = "" if action.what in ("send", "take back", "act", "say") else str(done)
        looks.append(
            (answer, *(views.pages(meeting) if action.what == "press" else ()), *views.look(meeting))
        )
        followed.after(place, action, done, meeting)
        if like and looks[-1] != like[len(looks) - 1]:
            meeting.do(Command("close"))
            return Played(tuple(looks), ())
    export = views.export(meeting)
    return Played(tuple(looks), export, followed.groups(), followed.phones, followed.chosen, followed.known)


class _Follower:
    """Groups what was sent by when it came in sight and left it: a first guess at who can be exchanged."""

    def __init__(self, history: Sequence[Action]) -> None:
        self.history = history
        self.phones: dict[int, int] = {}
        self.chosen: set[int] = set()
        self.known: set[int] = set()
        self._posts: dict[int, list[str]] = {}
        self._spans: dict[str, list[object]] = {}

    def after(self, place: int, action: Action, done: bool, meeting: Meeting) -> None:
        here = meeting.posts()
        if action.what == "say" and done:
            # Of this everybody knows whose it is.
            said = (post_id for post_id in meeting.sent[action.who] if post_id not in self._spans)
            self._spans |= {post_id: [None, None, None, True] for post_id in said}
        if action.what == "send" and done:
            new = [post_id for post_id in meeting.sent[action.who] if post_id not in self._spans]
            self.phones[place], self._posts[place] = action.who, new
            for post_id in new:
                self._spans[post_id] = [(action.place, here[post_id].item), None, None, True]
            if action.flag:
                self.chosen.add(place)
        for sent, ids in self._posts.items():
            for post_id in ids:
                post, span = here.get(post_id), self._spans[post_id]
                in_sight = post is not None and post.seen not in ("", gate.FALLEN)
                # Is it still what the phone says?
                span[3] = post is not None
                if in_sight and span[1] is None:
                    span[1] = place
                if span[1] is not None and span[2] is None and not in_sight:
                    span[2] = place
                taken_back = post.leaving if post else span[1] is not None and span[2] == place
                if action.what == "take back" and done and taken_back:
                    self.chosen.add(sent)

    def groups(self) -> dict[int, tuple[object, ...]]:
        return {
            place: tuple(value for post_id in ids for value in self._spans[post_id])
            for place, ids in self._posts.items()
        }
