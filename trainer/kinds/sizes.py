"""How large the messages of an exercise are: computed from its settings, never from what people did.

This simulates phones that send the most the kind allows, in the characters that take the most bytes, in the
stages that the trainers' buttons lead to. Nothing that a real phone does is larger.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import mul
from typing import Any

from trainer import wire
from trainer.curriculum.model import Step
from trainer.kinds import gate
from trainer.kinds.contract import Ask, Claim, Command, Kind, Picture, Post, Rejected, Seen, Submission
from trainer.kinds.posts import Posts
from trainer.kinds.private import private_view

# The characters that take the most bytes: an entity in HTML, and a three-byte letter in what a phone sends.
# (An emoji takes four, but counts as two characters in a form field. A control character takes six in JSON,
# as in \u0001, but a phone drops it, as the server does.)
EXPENSIVE = ('"', "字")
ROUND = 128
# How many phones are simulated where one sees something of the others, and after how many stages beyond
# those of 'next' the search stops.
PHONES, STAGES = 30, 16
# As many digits as these will ever have.
ACK_NUMBER, RUN = 999_999, "#99"

Draw = Callable[[Any, Any], str]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of a message: `sent` for all a phone sends in an exercise, `own` for its private fragment."""

    sent: int
    own: int


def sizes_of(step: Step, kind: Kind, draw: Draw) -> Sizes:
    """The sizes of an exercise; `draw(state, view)` renders the HTML of its private fragment."""
    sent = own = 0
    for character in EXPENSIVE:
        forms = kind.largest(step.settings, partial(mul, character))
        sent = max([sent, *(_sent_bytes(step.id, form) for form in forms)])
        own = max([own, *(_own_bytes(step, *each) for each in _fragments(step, kind, forms, draw))])
    return Sizes(_rounded(sent), _rounded(own))


def largest(found: Iterable[Sizes]) -> Sizes:
    """The sizes that fit all of these."""
    every = tuple(found)
    return Sizes(max(each.sent for each in every), max(each.own for each in every))


def is_too_large(step_id: str, kind: Kind, settings: Any) -> bool:
    """Does the kind have a form that a phone could not send in one message?"""
    forms = kind.largest(settings, partial(mul, EXPENSIVE[-1]))
    return any(
        _has_many(form) or _rounded(_sent_bytes(step_id, form)) >= wire.LARGEST_MESSAGE for form in forms
    )


def _has_many(form: Submission) -> bool:
    return any(len(found) > wire.MOST_FIELDS for found in (form.fields, *form.fields.values()))


def _rounded(size: int) -> int:
    return max(ROUND, -(-size // ROUND) * ROUND)


def _sent_bytes(step_id: str, form: Submission) -> int:
    message = {"id": _id(0, 0), "step": step_id, "item": form.item, "form": form.fields}
    return len(wire.event("post", message, number=ACK_NUMBER).encode())


def _own_bytes(step: Step, html: str, ids: Sequence[str]) -> int:
    # Eight digits stand for the item, which the kind makes, not the phone; items are short.
    message = {"key": f"{step.id}/{'9' * 8}{RUN}", "html": html, "ids": ids}
    return len(wire.event("own", message).encode())


def _fragments(
    step: Step, kind: Kind, forms: Sequence[Submission], draw: Draw
) -> Iterator[tuple[str, Sequence[str]]]:
    """The private fragment of the first phone, in each stage, and the ids that go with it."""
    settings = step.settings
    start = kind.start(settings)
    phones = [_posts(kind, settings, start, forms, phone) for phone in range(PHONES if kind.personal else 1)]
    everybody = Posts([post for posts in phones for post in posts])
    for stage in _stages(kind, settings, everybody):
        own = [post for post in stage.posts.here if post.author == _author(0)]
        view, ids = private_view(kind, settings, stage.state, own, stage.seen)
        yield draw(stage.state, view), ids


def _posts(kind: Kind, settings: Any, state: Any, forms: Sequence[Submission], phone: int) -> list[Post]:
    """The posts stored when one phone sends all these forms."""
    own: dict[tuple[str, int], Post] = {}
    for number, form in enumerate(forms):
        accepted = kind.accept(settings, state, form, list(own.values()))
        for item, payload in {} if isinstance(accepted, Rejected) else accepted.items():
            post = Post(_id(phone, number), item, _author(phone), payload)
            own[item, number if kind.multiple(item) else 0] = post
    return list(own.values())


@dataclass(frozen=True, slots=True)
class _Stage:
    """The step at one moment: the state, and what the gate let through."""

    state: Any
    posts: Posts
    pictures: Mapping[str, Picture]

    @property
    def seen(self) -> Seen:
        return gate.seen(self.posts, self.pictures)


def _stages(kind: Kind, settings: Any, posts: Posts) -> list[_Stage]:
    """The stages that 'next' goes through, those that the kind names, and some STAGES that buttons lead to.

    A seed of zero makes every random choice fall on the first phone, the one whose fragment is measured.
    """
    stages = [_Stage(kind.start(settings), posts, {})]
    while (further := kind.forward(settings, stages[-1].state)) is not None:
        stages.append(_Stage(further, posts, {}))
    stages += [_Stage(state, posts, {}) for state in kind.extremes(settings)]
    most = len(stages) + STAGES
    for stage in stages:
        for control in kind.controls(settings, stage.state, stage.seen) if len(stages) < most else ():
            pressed = Command(control.name, {name: (value,) for name, value in control.args.items()})
            following = _pressed(kind, settings, stage, pressed) if control.enabled else None
            if following and following not in stages:
                stages.append(following)
    return stages


def _pressed(kind: Kind, settings: Any, stage: _Stage, command: Command) -> _Stage | None:
    after = kind.apply(settings, stage.state, command, stage.seen)
    if isinstance(after, Claim):
        told = gate.claim(stage.posts, after.card)
        if isinstance(told, Rejected):
            return None
        return _Stage(after.state, stage.posts.marked(told), stage.pictures)
    if not isinstance(after, Ask):
        return None if isinstance(after, Rejected) else _Stage(after, stage.posts, stage.pictures)
    granted = gate.grant(kind, stage.posts, stage.pictures, after, command.seed)
    if isinstance(granted, Rejected):
        return None
    posts = stage.posts.marked(granted.marks)
    state = kind.granted(settings, after.state, command, gate.seen(posts, granted.pictures))
    return _Stage(state, posts, granted.pictures)


def _author(phone: int) -> str:
    return f"{phone:04}"


def _id(phone: int, number: int) -> str:
    return f"{phone:08x}-0000-4000-8000-{number:012x}"
