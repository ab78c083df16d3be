"""Plays a kind without knowing it: fills in the form that it draws, presses the buttons that it offers."""

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings

from tests.kinds.ever_support import ever_of
from tests.kinds.template_support import template_of
from tests.support.fragments import Form, read_page
from tests.support.thorough import examples, is_thorough
from trainer import kinds
from trainer.curriculum.model import Part, Step
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds import gate, keeping
from trainer.kinds.contract import Command, Control, Kind, Picture, Post, Rejected, Report, Seen, Submission
from trainer.kinds.disclosure import Kept
from trainer.kinds.posts import Posts
from trainer.kinds.private import given_to, private_view
from trainer.live.context import NO_POSTS, Context
from trainer.live.obey import looked, obey
from trainer.live.places import steps_at, whole
from trainer.live.state import MeetingState

MARKER = 'MERK<script>&"'
AUTHOR = "geheime-schrijver"
PHONES = 8
MOST_STATES = 20 if is_thorough() else 8
NOW = datetime(2027, 1, 12, 9, 30, tzinfo=UTC)

every_kind = pytest.mark.parametrize("name", list(kinds.discover()))
every_posting_kind = pytest.mark.parametrize(
    "name", [name for name, kind in kinds.discover().items() if kind.takes_posts]
)
few_examples = settings(examples(5), suppress_health_check=list(HealthCheck), database=None)


@dataclass(frozen=True)
class Sitting:
    """A step as it is being given: the state of its meeting, and what was sent in it."""

    meeting: MeetingState
    posts: Posts = NO_POSTS
    _seen: dict[str, Seen] = field(default_factory=dict, init=False, repr=False, compare=False)
    # What tests found before: they look at the same sittings, and press the same in them.
    _offered: dict[str, list[Command]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _after: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def inner(self, play: "Play") -> Any:
        return self.meeting.kinds.get(play.step.id, play.kind.start(play.settings))

    def seen(self, play: "Play") -> Seen:
        if play.step.id not in self._seen:
            self._seen[play.step.id] = gate.seen(self.posts, play.pictures(self), self.meeting.dealt)
        return self._seen[play.step.id]

    def of(self, author: str) -> list[Post]:
        """The posts of one phone, less what it took back."""
        return [post for post in self.posts.here if post.author == author and not post.leaving]


@dataclass(frozen=True)
class Play:
    """A kind with the step of its sample."""

    kind: Kind
    step: Step
    part: Part
    # What was drawn of which values: many presses come to the same.
    _drawn: dict[tuple[str, ...], str] = field(default_factory=dict, init=False, repr=False, compare=False)
    # The sittings that presses led to, each once.
    _met: dict[tuple[object, ...], Sitting] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def settings(self) -> Any:
        return self.step.settings

    @property
    def place(self) -> str:
        """The table that plays it, '' when everybody does it together."""
        return self.step.place.id if self.step.place else ""

    def begin(self, posts: Sequence[Post] = (), state: Any = None) -> Sitting:
        """The step on screen, in `state` or as it begins, with these posts sent."""
        inner = {} if state is None else {self.step.id: state}
        meeting = MeetingState(phase="live", step=whole(self.step.id), kinds=inner)
        said = {name: getattr(self.kind, name) for name in ("crowd", "agreed", "openly")}
        return Sitting(meeting, Posts(tuple(posts), (), ever_of(posts), **said))

    def press(self, sitting: Sitting, command: Command) -> Sitting | Rejected:
        """What a trainer's command makes of it, by way of the gate."""
        asked = replace(command, name=f"do:{command.name}")
        outcome = obey(self.context(sitting), sitting.meeting, asked, sitting.meeting.version_at(self.place))
        if isinstance(outcome, Rejected):
            return outcome
        # Two sittings are alike when nothing but the number of presses is different.
        meeting = replace(outcome.state, version=0, changed={})
        return Sitting(meeting, sitting.posts.marked(outcome.marks))

    def fragment(self, name: str, state: Any, view: Any, paper: bool = False) -> str:
        """A rendered fragment; '' when the kind has none of that name."""
        key = (name, repr(state), repr(view), repr(paper))
        if key not in self._drawn:
            self._drawn[key] = self._draw(name, state, view, paper)
        return self._drawn[key]

    def _draw(self, name: str, state: Any, view: Any, paper: bool) -> str:
        template = template_of(self.kind, name)
        return (
            ""
            if template is None
            else template.render(
                step=self.step,
                settings=self.settings,
                state=state,
                view=view,
                item=self.kind.item(self.settings, state),
                sealed=False,
                paper=paper,
                people=0,
            )
        )

    def shared(self, name: str, sitting: Sitting) -> str:
        """The fragment `name` ('phone', 'screen' or 'control') as everybody with that view sees it."""
        state = sitting.inner(self)
        view = getattr(self.kind, name)(self.settings, state, sitting.seen(self))
        return self.fragment(name, state, view)

    def own(self, sitting: Sitting, author: str) -> str:
        """The private fragment of one phone."""
        state = sitting.inner(self)
        own, seen = given_to(self.kind, sitting.of(author)), sitting.seen(self)
        return self.fragment("own", state, private_view(self.kind, self.settings, state, own, seen))

    def enter(self, sitting: Sitting) -> str:
        """The form in which a trainer enters what is on paper; '' when the kind has none."""
        state = sitting.inner(self)
        view = private_view(self.kind, self.settings, state, (), sitting.seen(self))
        name = "enter" if (kinds.path(self.kind) / "enter.html").exists() else "form"
        return self.fragment(name, state, view, paper=True) if self.kind.paper else ""

    def controls(self, sitting: Sitting) -> tuple[Control, ...]:
        return self.kind.controls(self.settings, sitting.inner(self), sitting.seen(self))

    def pictures(self, sitting: Sitting) -> Mapping[str, Picture]:
        return sitting.meeting.pictures.get(self.step.id, {})

    def with_pictures(self, sitting: Sitting, pictures: Mapping[str, Picture]) -> Sitting:
        others = {**sitting.meeting.pictures, self.step.id: pictures}
        return replace(sitting, meeting=replace(sitting.meeting, pictures=others))

    def report(self, sitting: Sitting) -> Report:
        return self.kind.report(self.settings, sitting.inner(self))

    def looked_at(self, sitting: Sitting) -> Posts:
        """The posts once the group has seen what is on the screen now."""
        return sitting.posts.marked(looked(self.context(sitting), sitting.meeting))

    def context(self, sitting: Sitting) -> Context:
        return Context(self.part, kinds.discover(), NOW, NOW, sitting.posts, self.place)

    def kept(self, sitting: Sitting) -> tuple[Kept, ...]:
        """What would be kept if the step were sealed now."""
        if self.kind.intimate(self.settings):
            return ()
        asked = keeping.Asked(self.report(sitting), self.looked_at(sitting), self.pictures(sitting))
        return keeping.keep_all([asked])[0]

    def print(self, state: Any) -> str:
        return self.fragment("print", state, {})

    def everything(self, sitting: Sitting) -> tuple[str, str, str, str]:
        shared = [self.shared(name, sitting) for name in ("phone", "screen", "control")]
        return shared[0], shared[1], shared[2], self.print(sitting.inner(self))

    def forms(self, sitting: Sitting, author: str = "") -> list[Form]:
        """What a phone can fill in; without an author, one that sent nothing."""
        page = read_page(self.own(sitting, author))
        shared = [self._sharing(sitting)] if self.kind.shares else []
        return [*(form for form in page.forms if "data-post" in form.attributes), *shared]

    def _sharing(self, sitting: Sitting) -> Form:
        """What the page of a notebook offers: its owner picks a text that they wrote."""
        largest = self.kind.largest(self.settings, lambda size: "x" * size)
        most = max(len(text) for form in largest for text in form.fields.get("shared", ()))
        item = self.kind.item(self.settings, sitting.inner(self))
        return Form({"data-step": self.step.id, "data-item": item}, texts={"shared": most})

    def sent(
        self,
        sitting: Sitting,
        authors: Sequence[str],
        chance: random.Random,
        alike: bool = False,
        gently: bool = False,
        long: bool = False,
    ) -> list[Post]:
        """What comes of it when phones that sent nothing fill in every form that they have.

        Each does so in its own way, or all `alike`. `gently`: a form may be refused. `long`: its texts are as
        long as they may be.
        """
        found: list[Post] = []
        forms = self.forms(sitting)
        for number, author in enumerate(authors):
            own: list[Post] = []
            for form in forms:
                fields = filled(form, 0 if alike else number, long)
                asked = Submission(form.attributes["data-item"], fields)
                accepted = self.kind.accept(self.settings, sitting.inner(self), asked, own)
                if isinstance(accepted, Rejected):
                    assert gently, (self.kind.name, asked, accepted)
                    continue
                for item, payload in accepted.items():
                    plain = msgspec.json.decode(msgspec.json.encode(payload))
                    assert plain == payload, "a payload must be what comes back from JSON"
                    id_ = str(uuid.UUID(int=chance.getrandbits(128), version=4))
                    own.append(Post(id_, item, author, payload))
            found += own
        return found

    def crowd(self, state: Any, phones: int = PHONES, alike: bool = False) -> list[Post]:
        """Every phone fills in every form: each in its own way, or all `alike`."""
        chance = random.Random(7)  # ids are the same whatever is chosen
        authors = [f"{AUTHOR}-{number}" for number in range(phones)]
        return self.sent(self.begin(state=state), authors, chance, alike)

    def all_posts(self, alike: bool = False) -> list[Post]:
        """Posts for every item, the last of each phone, as if the trainer went through the whole step."""
        if not self.kind.takes_posts:
            return []
        sent = [post for state in self.forwards() for post in self.crowd(state, alike=alike)]
        many = self.kind.multiple
        return list({(each.author, each.item, many(each.item) and each.id): each for each in sent}.values())

    def forwards(self) -> list[Any]:
        """The states that 'next' goes through."""
        states = [self.kind.start(self.settings)]
        while (following := self.kind.forward(self.settings, states[-1])) is not None:
            states.append(following)
            assert len(states) < 500, "forward must end"
        return states

    def commands(self, sitting: Sitting) -> list[Command]:
        """What a trainer can press now: the buttons of `controls`, and those in the fragment.

        Of buttons with the same name (one for each card) the first two and the last stand for all.
        """
        if self.step.id not in sitting._offered:
            sitting._offered[self.step.id] = self._commands(sitting)
        return sitting._offered[self.step.id]

    def _commands(self, sitting: Sitting) -> list[Command]:
        offered: dict[str, list[Command]] = {}
        for number, control in enumerate(self.controls(sitting)):
            if control.enabled:
                args = {key: (value,) for key, value in control.args.items()}
                offered.setdefault(control.name, []).append(Command(control.name, args, number))
        for button in (page := read_page(self.shared("control", sitting))).buttons:
            name = button.get("data-command", "").removeprefix("do:")
            if name != button.get("data-command", ""):
                args = {key[9:]: (value,) for key, value in button.items() if key.startswith("data-arg-")}
                chosen = [{"id": cards} if cards else {} for cards in page.choices(button)]
                offered.setdefault(name, []).extend(Command(name, args | each, 1) for each in chosen)
        return [
            each for same in offered.values() for each in (same if len(same) < 4 else [*same[:2], same[-1]])
        ]


@cache
def play(name: str) -> Play:
    kind = kinds.discover()[name]
    problems = Problems()
    path = kinds.path(kind) / "sample.md"
    part = read_part(path.read_bytes(), f"{name}.md", kinds.interpret, problems)
    assert part is not None, problems.sorted()
    step = next(step for step in part.steps() if step.kind == name)
    # Where tables do it by themselves, the first one does.
    return Play(kind, next(iter(steps_at(kind, step).values()), step), part)


def filled(form: Form, number: int, long: bool = False) -> dict[str, tuple[str, ...]]:
    chosen = {name: (values[number % len(values)],) for name, values in form.options.items()}
    text = f"{number:03} {MARKER}" + " lang woord" * 100 if long else f"{MARKER}{number}"
    return chosen | {name: (text[:most].strip(),) for name, most in form.texts.items()}
