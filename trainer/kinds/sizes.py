"""How large the messages of an exercise are: found once, from its settings, never from what people did.

Somebody is imagined who does the most that the kind allows, with the characters that take the most bytes, in
every stage that the trainers' buttons lead to. Nothing that a real phone does is larger.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import mul
from typing import Any

from trainer import wire
from trainer.curriculum.model import Step
from trainer.kinds.contract import Command, Kind, Post, Rejected, Submission

# What takes most bytes for a character: an entity in HTML, and a letter of three bytes in what a phone sends.
# (An emoji has four, but counts as two characters where somebody types. What JSON writes as \u0001 would take
# six: a phone drops it, as the server does.)
EXPENSIVE = ('"', "字")
ROUND = 128
# How many phones are imagined where one sees something of the others, and how many stages are looked at.
PHONES, STAGES = 30, 16
# As many digits as there will ever be.
ACK_NUMBER, RUN = 999_999, "#99"

Draw = Callable[[Any, Any], str]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of a packet: `sent` of all that a phone sends in an exercise, `own` of its private fragment."""

    sent: int
    own: int


def sizes_of(step: Step, kind: Kind, draw: Draw) -> Sizes:
    """The sizes of an exercise; `draw(state, view)` gives the HTML of its private fragment."""
    sent = own = 0
    for character in EXPENSIVE:
        forms = kind.largest(step.settings, partial(mul, character))
        sent = max([sent, *(_sent_bytes(step.id, form) for form in forms)])
        own = max([own, *(_own_bytes(step, html) for html in _fragments(step, kind, forms, draw))])
    return Sizes(_rounded(sent), _rounded(own))


def is_too_large(step_id: str, kind: Kind, settings: Any) -> bool:
    """Is there a form that a phone could not send in one message?"""
    forms = kind.largest(settings, partial(mul, EXPENSIVE[-1]))
    return any(_rounded(_sent_bytes(step_id, form)) >= wire.LARGEST_MESSAGE for form in forms)


def _rounded(size: int) -> int:
    return max(ROUND, -(-size // ROUND) * ROUND)


def _sent_bytes(step_id: str, form: Submission) -> int:
    message = {"id": _id(0, 0), "step": step_id, "item": form.item, "form": form.fields}
    return len(wire.event("post", message, number=ACK_NUMBER).encode())


def _own_bytes(step: Step, html: str) -> int:
    # Items are short: a phone may not send a longer one either.
    message = {"key": f"{step.id}/{'9' * 8}{RUN}", "html": html}
    return len(wire.event("own", message).encode())


def _fragments(step: Step, kind: Kind, forms: Sequence[Submission], draw: Draw) -> Iterator[str]:
    """What the first phone sees of its own, in each stage."""
    settings = step.settings
    start = kind.start(settings)
    phones = [_posts(kind, settings, start, forms, phone) for phone in range(PHONES if kind.personal else 1)]
    everybody = [post for posts in phones for post in posts]
    me = phones[0][0].author if phones[0] else ""
    for state in _stages(kind, settings, everybody):
        seen = everybody if kind.personal else ()
        yield draw(state, kind.own(settings, state, me, phones[0], seen))


def _posts(kind: Kind, settings: Any, state: Any, forms: Sequence[Submission], phone: int) -> list[Post]:
    """What is stored when one phone sends all these forms."""
    own: dict[tuple[str, int], Post] = {}
    for number, form in enumerate(forms):
        accepted = kind.accept(settings, state, form, list(own.values()))
        for item, payload in {} if isinstance(accepted, Rejected) else accepted.items():
            post = Post(_id(phone, number), item, f"{phone:04}", payload)
            own[item, number if kind.multiple else 0] = post
    return list(own.values())


def _stages(kind: Kind, settings: Any, posts: Sequence[Post]) -> list[Any]:
    """The states that 'next' goes through, and the first that the buttons lead to.

    With a seed of zero the choice falls on the first, which is the phone that is looked at.
    """
    stages = [kind.start(settings)]
    while (further := kind.forward(settings, stages[-1])) is not None:
        stages.append(further)
    most = len(stages) + STAGES
    for state in stages:
        for control in kind.controls(settings, state, posts) if len(stages) < most else ():
            pressed = Command(control.name, {name: (value,) for name, value in control.args.items()})
            following = kind.apply(settings, state, pressed, posts) if control.enabled else state
            if not isinstance(following, Rejected) and following not in stages:
                stages.append(following)
    return stages


def _id(phone: int, number: int) -> str:
    return f"{phone:08x}-0000-4000-8000-{number:012x}"
