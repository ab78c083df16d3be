"""Plays a kind without knowing it: fills in the form that it draws, presses the buttons that it offers."""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from trainer import kinds
from trainer.curriculum.model import Step
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Command, Kind, Post, Rejected, Submission

KINDS = Path(kinds.__file__).parent
MARKER = 'MERK<script>&"'
AUTHOR = "geheime-schrijver"
PHONES = 8
MOST_STATES = 20

environment = Environment(
    autoescape=True,
    undefined=StrictUndefined,
    loader=PrefixLoader({"kinds": FileSystemLoader(KINDS)}),
)


@dataclass
class Form:
    """A form as it stands in a fragment: its attributes, and the values that each field offers."""

    attributes: dict[str, str]
    options: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)


class Page(HTMLParser):
    """What can be pressed and filled in on a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.buttons: list[dict[str, str]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in found}
        self.elements.append((tag, attributes))
        if tag == "form":
            self.forms.append(Form(attributes))
        elif tag == "button" and "disabled" not in attributes:
            self.buttons.append(attributes)
        if not self.forms:
            return
        form, name = self.forms[-1], attributes.get("name", "")
        if tag == "textarea" or (tag == "input" and attributes.get("type", "text") == "text"):
            form.texts[name] = int(attributes.get("maxlength", 1000))
        elif tag == "input":
            form.options.setdefault(name, []).append(attributes.get("value", "on"))
        elif tag == "select":
            self._select = name
        elif tag == "option":
            form.options.setdefault(self._select, []).append(attributes.get("value", ""))


@dataclass(frozen=True)
class Play:
    """A kind with the step of its sample."""

    kind: Kind
    step: Step

    @property
    def settings(self) -> Any:
        return self.step.settings

    def fragment(self, name: str, state: Any, view: Any) -> str:
        """A rendered fragment; '' when the kind has none of that name."""
        if not (kinds.path(self.kind) / f"{name}.html").exists():
            return ""
        item = self.kind.item(self.settings, state)
        template = environment.get_template(f"kinds/{kinds.folder(self.kind)}/{name}.html")
        return template.render(step=self.step, settings=self.settings, state=state, view=view, item=item)

    def phone(self, state: Any) -> str:
        return self.fragment("phone", state, self.kind.phone(self.settings, state))

    def screen(self, state: Any, posts: Sequence[Post]) -> str:
        return self.fragment("screen", state, self.kind.screen(self.settings, state, posts))

    def control(self, state: Any, posts: Sequence[Post]) -> str:
        return self.fragment("control", state, self.kind.control(self.settings, state, posts))

    def own(self, state: Any, me: str, posts: Sequence[Post]) -> str:
        mine = [post for post in posts if post.author == me]
        seen = posts if self.kind.personal else ()
        return self.fragment("own", state, self.kind.own(self.settings, state, me, mine, seen))

    def print(self, state: Any) -> str:
        return self.fragment("print", state, {})

    def everything(self, state: Any, posts: Sequence[Post]) -> tuple[str, str, str, str]:
        return self.phone(state), self.screen(state, posts), self.control(state, posts), self.print(state)

    def forms(self, state: Any) -> list[Form]:
        """What a phone that sent nothing can fill in."""
        return [form for form in Page(self.own(state, "", ())).forms if "data-post" in form.attributes]

    def posts(self, state: Any, phones: int = PHONES, alike: bool = False) -> list[Post]:
        """Every phone fills in every form: each in its own way, or all `alike`."""
        chance = random.Random(7)  # ids are the same whatever is chosen
        posts: list[Post] = []
        for number in range(phones):
            author = f"{AUTHOR}-{number}"
            for form in self.forms(state):
                sent = Submission(form.attributes["data-item"], _filled(form, 0 if alike else number))
                mine = [post for post in posts if post.author == author]
                accepted = self.kind.accept(self.settings, state, sent, mine)
                assert not isinstance(accepted, Rejected), (self.kind.name, sent, accepted)
                for item, payload in accepted.items():
                    plain = msgspec.json.decode(msgspec.json.encode(payload))
                    assert plain == payload, "a payload must be what comes back from JSON"
                    id_ = str(uuid.UUID(int=chance.getrandbits(128), version=4))
                    posts.append(Post(id_, item, author, payload))
        return posts

    def all_posts(self) -> list[Post]:
        """Posts for every item, as if the trainer went through the whole step."""
        return (
            [post for state in self.forwards() for post in self.posts(state)] if self.kind.takes_posts else []
        )

    def forwards(self) -> list[Any]:
        """The states that 'next' goes through."""
        states = [self.kind.start(self.settings)]
        while (following := self.kind.forward(self.settings, states[-1])) is not None:
            states.append(following)
            assert len(states) < 500, "forward must end"
        return states

    def commands(self, state: Any, posts: Sequence[Post]) -> list[Command]:
        """What a trainer can press now: the buttons of `controls`, and those in the fragment.

        Of buttons with the same name (one for each card) the first two and the last stand for all.
        """
        offered: dict[str, list[Command]] = {}
        for number, control in enumerate(self.kind.controls(self.settings, state, posts)):
            if control.enabled:
                args = {key: (value,) for key, value in control.args.items()}
                offered.setdefault(control.name, []).append(Command(control.name, args, number))
        for button in Page(self.control(state, posts)).buttons:
            name = button.get("data-command", "").removeprefix("do:")
            if name != button.get("data-command", ""):
                found = {key: (value,) for key, value in button.items() if key.startswith("data-arg-")}
                args = {key.removeprefix("data-arg-"): value for key, value in found.items()}
                offered.setdefault(name, []).append(Command(name, args, 1))
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
    return Play(kind, next(step for step in part.steps() if step.kind == name))


@cache
def explored(name: str) -> tuple[tuple[Any, ...], tuple[Post, ...]]:
    """States that a trainer can reach by pressing buttons when everybody has posted; and those posts."""
    game = play(name)
    posts = tuple(game.all_posts())
    reached: list[Any] = game.forwards()[:MOST_STATES]
    for state in reached:
        for command in game.commands(state, posts) if len(reached) < MOST_STATES else ():
            following = game.kind.apply(game.settings, state, command, posts)
            if not isinstance(following, Rejected) and following not in reached:
                reached.append(following)
    return tuple(reached[:MOST_STATES]), posts


@cache
def pressable(name: str) -> tuple[tuple[Any, tuple[Command, ...]], ...]:
    """The explored states, each with what can be pressed in it."""
    states, posts = explored(name)
    return tuple((state, tuple(play(name).commands(state, posts))) for state in states)


def _filled(form: Form, number: int) -> dict[str, tuple[str, ...]]:
    chosen = {name: (values[number % len(values)],) for name, values in form.options.items()}
    return chosen | {name: (f"{MARKER}{number}"[:most],) for name, most in form.texts.items()}
