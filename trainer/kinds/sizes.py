"""How large the messages of an exercise are: computed from its settings, never from what people did.

This simulates phones that send the most the kind allows, in the characters that take the most bytes, in the
stages that the trainers' buttons lead to, whatever then becomes of what was sent: it waits, others saw it, it
fell with another card, or it was taken back. Nothing that a real phone does is larger.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import mul
from typing import Any

from msgspec.structs import replace as again

from trainer import wire
from trainer.curriculum.model import Step
from trainer.kinds import gate
from trainer.kinds.contract import Ask, Claim, Command, Kind, Picture, Post, Rejected, Seen, Submission
from trainer.kinds.gate import FALLEN, FREE
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
# How many posts at each end of what a phone sent are given every fate.
ENDS = 2
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
    in_html, typed = (kind.largest(step.settings, partial(mul, character)) for character in EXPENSIVE)
    sent = max((_sent_bytes(step.id, form) for form in (*in_html, *typed)), default=0)
    return Sizes(_rounded(sent), _rounded(_largest_fragment(step, kind, in_html, draw)))


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


def _largest_fragment(step: Step, kind: Kind, forms: Sequence[Submission], draw: Draw) -> int:
    """The bytes of the largest private fragment of the first phone, in any stage."""
    alike: dict[Sequence[str], int] = {}
    for stage in _stages(kind, step.settings, forms):
        measured = _Measured(step, kind, stage.state, stage.seen, draw)
        own = [post for post in stage.posts.here if post.author == _author(0)]
        own = own if kind.personal else [again(post, seen=FREE) for post in own]
        # Where phones with everything and with nothing see the same, so do those in between.
        htmls = measured.html(own), measured.html([])
        if htmls not in alike:
            alike[htmls] = max(measured.bytes([]), _by_fate(measured, own))
    return max(alike.values())


def _by_fate(measured: "_Measured", own: list[Post]) -> int:
    """The bytes of the largest fragment that there is, whatever became of these posts.

    One after another, each gets the fate that makes the fragment largest. A notice or a form comes once,
    because of one post, so some at both ends will do.
    """
    most = measured.bytes(own)
    for place in sorted({*range(len(own))[:ENDS], *range(len(own))[-ENDS:]}, reverse=True):
        before, post, after = own[:place], own[place], own[place + 1 :]
        fates = [[], *([again(post, seen=mark)] for mark in ("", FALLEN) if not measured.kind.personal)]
        if measured.kind.outlasts:
            fates.append([gate.emptied(post)])
        for fate in fates:
            other = [*before, *fate, *after]
            if (size := measured.bytes(other)) > most:
                most, own = size, other
    return most


@dataclass(frozen=True, slots=True)
class _Measured:
    """The private fragment of the first phone in one stage."""

    step: Step
    kind: Kind
    state: Any
    seen: Seen
    draw: Draw

    def html(self, own: Sequence[Post]) -> str:
        """The fragment with these posts."""
        view = private_view(self.kind, self.step.settings, self.state, own, self.seen)
        return self.draw(self.state, view)

    def bytes(self, own: Sequence[Post]) -> int:
        """The size of the message with it."""
        # Eight digits stand for the item, which the kind makes, not the phone; items are short.
        message = {"key": f"{self.step.id}/{'9' * 8}{RUN}", "html": self.html(own)}
        return len(wire.event("own", message).encode())


def _sends(kind: Kind, settings: Any, stage: "_Stage", forms: Sequence[Submission]) -> "_Stage":
    """The stage once each phone has sent what it can there and did not send before."""
    sent: dict[str, list[Post]] = {}
    for post in stage.posts.here:
        sent.setdefault(post.author, []).append(post)
    every: list[Post] = []
    for phone in range(PHONES if kind.personal else kind.crowd):
        own = {_slot(kind, post): post for post in sent.get(_author(phone), ())}
        ids = {post.id for post in own.values()}
        for number, form in enumerate(forms):
            # What is said openly the first phone says alone: what follows for it may not follow for several.
            if phone and kind.openly in form.fields:
                continue
            if (id_ := _id(phone, number)) in ids:
                continue
            accepted = kind.accept(settings, stage.state, form, list(own.values()))
            for item, payload in {} if isinstance(accepted, Rejected) else accepted.items():
                post = Post(id_, item, _author(phone), payload)
                own[_slot(kind, post)] = post
        every += own.values()
    return replace(stage, posts=stage.posts.only(every))


def _slot(kind: Kind, post: Post) -> tuple[str, str]:
    """What a later post has in common with the one that it replaces."""
    return post.item, post.id if kind.multiple(post.item) else ""


@dataclass(frozen=True, slots=True)
class _Stage:
    """The step at one moment: the state, and what the gate let through."""

    state: Any
    posts: Posts
    pictures: Mapping[str, Picture]

    @property
    def seen(self) -> Seen:
        return gate.seen(self.posts, self.pictures)


def _stages(kind: Kind, settings: Any, forms: Sequence[Submission]) -> list[_Stage]:
    """The stages that 'next' goes through, those that the kind names, and some STAGES that buttons lead to.

    In each of them phones send what they can. A seed of zero makes every random choice fall on the first
    phone, the one whose fragment is measured.
    """
    nothing = Posts(crowd=kind.crowd, openly=kind.openly)
    first = _sends(kind, settings, _Stage(kind.start(settings), nothing, {}), forms)
    stages = [first]
    while (further := kind.forward(settings, stages[-1].state)) is not None:
        stages.append(_sends(kind, settings, replace(stages[-1], state=further), forms))
    stages += [
        _sends(kind, settings, replace(first, state=state), forms) for state in kind.extremes(settings)
    ]
    begun, most = len(stages), len(stages) + STAGES
    for stage in stages:
        for control in kind.controls(settings, stage.state, stage.seen) if len(stages) < most else ():
            pressed = Command(control.name, {name: (value,) for name, value in control.args.items()})
            following = _pressed(kind, settings, stage, pressed) if control.enabled else None
            if following and (following := _sends(kind, settings, following, forms)) not in stages:
                stages.append(following)
    if kind.personal:
        # What was let through at one moment may still be in the fragment at any later one.
        stages += [further for stage in stages[begun:] for further in _onwards(kind, settings, stage, forms)]
    return stages


def _onwards(kind: Kind, settings: Any, stage: _Stage, forms: Sequence[Submission]) -> list[_Stage]:
    """The stages that 'next' goes through from this one."""
    found: list[_Stage] = []
    while (further := kind.forward(settings, stage.state)) is not None:
        stage = _sends(kind, settings, replace(stage, state=further), forms)
        found.append(stage)
    return found


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
