"""A step in the hands of a test: phones send, a trainer presses, and everybody looks.

What becomes of posts between two presses is written here once more, as short as can be: the real thing is in
`trainer/meetings/posting.py` and `trainer/meetings/room.py`, and has tests of its own against a database.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from tests.kinds.contract_support import Play, Sitting
from tests.kinds.material_support import play_of
from trainer.kinds import counting, gate
from trainer.kinds.contract import Claim, Command, Control, Post, Rejected, Report, Seen, Submission
from trainer.kinds.disclosure import Kept
from trainer.kinds.posts import Posts
from trainer.kinds.private import given_to
from trainer.kinds.turns import Lanes
from trainer.kinds.values import ANY

# What a phone sends again has the id of what it sent before, with another of these.
PRIME = "'"


def ask(name: str, seed: int = 0, /, **args: str) -> Command:
    return Command(name, {key: (value,) for key, value in args.items()}, seed)


def put(posts: Posts, post: Post) -> Posts:
    """A vote comes in: it replaces the one of the same phone, and has the mark of what others saw of it.

    It has another id, as whatever is sent has: if it came with that of the one before, that with a prime.
    """
    place = (post.item, post.author)
    before = [one for one in (*posts.here, *posts.gone) if (one.item, one.author) == place]
    mark = next((one.seen for one in before if counting.is_counted(one)), "")
    here = [one for one in posts.here if one not in before]
    gone = [one for one in posts.gone if one not in before]
    again = bool(before) and before[0].id.rstrip(PRIME) == post.id
    key = f"{before[0].id}{PRIME}" if again else post.id
    return replace(posts, here=(*here, msgspec.structs.replace(post, id=key, seen=mark)), gone=tuple(gone))


def take_back(posts: Posts, post: Post) -> Posts:
    """A post is taken back: a card that others saw leaves later, a vote that was counted is remembered."""
    others = tuple(one for one in posts.here if one.id != post.id)
    if gate.is_card(post):
        return replace(posts, here=(*others, msgspec.structs.replace(post, leaving=True)))
    return replace(posts, here=others, gone=(*posts.gone, *([post] if counting.is_counted(post) else ())))


class Stage:
    """One step of a kind, with what phones sent. The first card of phone 'a' has the id 'a'."""

    def __init__(self, kind: str, body: str, attributes: str = "", state: Any = None) -> None:
        self.play: Play = play_of(kind, body, attributes)
        self.sitting: Sitting = self.play.begin(state=state)
        self.phones: dict[str, set[str]] = {}
        self.spent: list[Post] = []
        self._seen: tuple[Sitting, Seen] | None = None

    @property
    def state(self) -> Any:
        return self.sitting.inner(self.play)

    @property
    def seen(self) -> Seen:
        # Every page asks for it, many times between two presses.
        if self._seen is None or self._seen[0] is not self.sitting:
            self._seen = (self.sitting, self.sitting.seen(self.play))
        return self._seen[1]

    # Phones

    def offer(self, author: str, item: str | None = None, **fields: str | Sequence[str]) -> Any:
        """What the kind makes of a form, without storing it."""
        kind, settings = self.play.kind, self.play.settings
        form = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in fields.items()}
        looked_at = kind.item(settings, self.state) if item is None else item
        asked = Submission(looked_at, form, turns=self._lanes().next())
        return kind.accept(settings, self.state, asked, self._staying(author))

    def send(
        self,
        author: str,
        item: str | None = None,
        *,
        paper: bool = False,
        alone: bool = False,
        **fields: str | Sequence[str],
    ) -> None:
        accepted = self.offer(author, item, **fields)
        assert not isinstance(accepted, Rejected), accepted
        for place, payload in accepted.items():
            post = Post(self._fresh(author), place, author, payload, paper, alone)
            if self.play.kind.multiple(place):
                self._become(replace(self.sitting.posts, here=(*self.sitting.posts.here, post)))
            else:
                self._become(put(self.sitting.posts, post))
            if not paper:
                self.phones.setdefault(place, set()).add(author)
        ever = {place: len(authors) for place, authors in self.phones.items()}
        ever[ANY] = len(set().union(*self.phones.values()))
        self._become(replace(self.sitting.posts, ever=ever))

    def _fresh(self, author: str) -> str:
        """An id for a post of this phone: its own name, or that with a number."""
        taken = {post.id for post in self.sitting.posts.here}
        names = (author, *(f"{author}{number}" for number in range(100)))
        return next(name for name in names if name not in taken)

    def withdraw(self, post_id: str) -> None:
        post = next(post for post in self.sitting.posts.here if post.id == post_id)
        self._become(take_back(self.sitting.posts, post))

    def act(self, author: str, action: str, seed: int = 0, /, **args: str) -> Rejected | None:
        """An action of a participant; what was taken back leaves with it."""
        kind, settings = self.play.kind, self.play.settings
        asked = ask(action, seed, **args)
        after = kind.act(settings, self.state, asked, self._given(author), self.seen)
        marks: Mapping[str, str] = {}
        if isinstance(after, Claim):
            told = gate.claim(self.sitting.posts, after.card, self._staying(author))
            if isinstance(told, Rejected):
                return told
            after, marks = after.state, told
        if isinstance(after, Rejected):
            return after
        self._become(self.sitting.posts.marked(marks))
        meeting = replace(self.sitting.meeting, kinds={self.play.step.id: after})
        self.sitting = replace(self.sitting, meeting=meeting)
        self._settle()
        return None

    # Trainers

    def press(self, *commands: Command | str) -> "Stage":
        """Presses that must be accepted."""
        for command in commands:
            refused = self.refusal(command)
            assert refused is None, refused
        return self

    def refusal(self, command: Command | str) -> Rejected | None:
        """What a press is answered; when it is accepted, what was taken back leaves with it."""
        after = self.play.press(self.sitting, ask(command) if isinstance(command, str) else command)
        if isinstance(after, Rejected):
            return after
        self.sitting = after
        self._settle()
        self._deal(ask(command) if isinstance(command, str) else command)
        return None

    def _deal(self, command: Command) -> None:
        """Phones change turns when a trainer deals."""
        if command.name in self.play.kind.redeals:
            here = {post.id: post for post in self.sitting.posts.here}
            shuffled = self._lanes().shuffled(here, random.Random(f"turns {command.seed}"))
            after = here | {post.id: post for post in shuffled}
            self._become(replace(self.sitting.posts, here=tuple(after.values())))

    def _lanes(self) -> Lanes:
        lanes = Lanes()
        for post in self.sitting.posts.here:
            lanes.put(post)
        return lanes

    # What is seen

    def view(self, name: str) -> dict[str, Any]:
        """What the fragment 'phone', 'screen' or 'control' is made of."""
        found = getattr(self.play.kind, name)(self.play.settings, self.state, self.seen)
        return dict(found)

    def own(self, author: str) -> dict[str, Any]:
        found = self.play.kind.own(self.play.settings, self.state, self._given(author), self.seen)
        return dict(found)

    @property
    def controls(self) -> tuple[Control, ...]:
        return self.play.controls(self.sitting)

    def enabled(self) -> list[str]:
        """The names of the buttons that can be pressed."""
        return [control.name for control in self.controls if control.enabled]

    @property
    def report(self) -> Report:
        return self.play.report(self.sitting)

    @property
    def kept(self) -> tuple[Kept, ...]:
        """What would be kept if the step were sealed now."""
        return self.play.kept(self.sitting)

    def _staying(self, author: str) -> list[Post]:
        return [post for post in self.sitting.of(author) if not post.leaving]

    def _given(self, author: str) -> Sequence[Post]:
        everything = (*self.sitting.posts.here, *self.spent)
        return given_to(self.play.kind, [post for post in everything if post.author == author])

    def _settle(self) -> None:
        self.spent += (gate.emptied(post) for post in self.sitting.posts.here if post.leaving)
        self._become(gate.settled(self.sitting.posts))

    def _become(self, posts: Posts) -> None:
        self.sitting = replace(self.sitting, posts=posts)


def votes(item: str, *answers: int, paper: bool = False) -> list[Post]:
    """A vote for each answer, each by another phone, or each on another paper."""
    who = "p" if paper else "a"
    return [
        Post(f"{item}-{who}{number}", item, f"{who}{number}", {"choices": [answer]}, paper)
        for number, answer in enumerate(answers)
    ]
