"""What the room sees of an exercise, and what its export tells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from tests.attack.observer.meeting import Meeting, seen_at, step_at
from trainer.exports import keepsake
from trainer.exports.evaluation import MeetingReport, evaluate_meeting
from trainer.exports.json import render
from trainer.kinds.contract import Command, Kind, Post
from trainer.live.audience import CONTROLS, PHONES, SCREENS
from trainer.store.models import Meeting as Row
from trainer.store.models import db
from trainer.web.keepsakes import shared_of

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def look(meeting: Meeting) -> tuple[str, ...]:
    """All that control, screen and any phone show of the exercise, without ids and in no order.

    Order says nothing: it is that of random ids.
    """
    return tuple(leaf for place in meeting.places for leaf in _look(meeting, place))


def _look(meeting: Meeting, place: str) -> Sequence[str]:
    room, step_id = meeting.room, step_at(place)
    step = room.step(step_id)
    assert step is not None
    kind, inner, seen = room.kind(step), room.kind_state(step), room.seen(step_id)
    views = (
        kind.phone(step.settings, inner, seen),
        kind.screen(step.settings, inner, seen),
        kind.control(step.settings, inner, seen),
        kind.controls(step.settings, inner, seen),
        # A phone that sent nothing sees what is for everybody.
        kind.own(step.settings, inner, (), seen),
        # She looks over the shoulder of who says something openly, and knows what they say.
        *(
            kind.own(step.settings, inner, (post,), seen)
            for post in room.step_posts(step_id)
            if _is_open(kind, post)
        ),
    )
    return sorted(_leaves(views))


def _is_open(kind: Kind, post: Post) -> bool:
    return kind.openly != "" and bool(post.payload.get(kind.openly))


def pages(meeting: Meeting) -> tuple[str, ...]:
    """The same as HTML, as the three views really are, also of those who are at no table."""
    room, views = meeting.room, meeting.host.messages
    html = "".join(
        str(views.values(room, seen_at(audience, place))["kind_html"])
        for place in {"", *meeting.places}
        for audience in (PHONES, SCREENS, CONTROLS)
    )
    return tuple(sorted(UUID.sub("", html).splitlines()))


def export(meeting: Meeting) -> tuple[str, ...]:
    """The evaluation after closing, as a file, and the page of the group that all agreed to, in no order."""
    meeting.do(Command("share", {"step": ("proef",), "to": ("yes",)}))
    meeting.do(Command("close"))
    report = MeetingReport("Proef", date(2027, 1, 12), meeting.host.kept(meeting.id))
    lines = render(evaluate_meeting(report)).decode().splitlines()
    return tuple(sorted([*(line.rstrip(",") for line in lines), *_page_of_the_group(meeting)]))


def _page_of_the_group(meeting: Meeting) -> Iterator[str]:
    with meeting.hall.app.app_context():
        row = db.session.get_one(Row, meeting.id)
        content = keepsake.render("Gedeeld", shared_of(meeting.host, row, "Gedeeld"))
    yield from (f"gedeeld: {line}" for line in content.decode().splitlines())


def _leaves(value: Any) -> Iterator[str]:
    """Every piece of a view in words, ids left out; what lies together on a card stays together."""
    if value is None or isinstance(value, str | int | float):
        text = str(value)
        yield UUID.sub("", text) if "-" in text else text
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _leaves({one.name: getattr(value, one.name) for one in fields(value)})
    elif isinstance(value, Mapping):
        pieces = {str(name): tuple(sorted(_leaves(inner))) for name, inner in value.items()}
        if all(len(found) < 2 for found in pieces.values()):
            yield " | ".join(f"{name}={''.join(found)}" for name, found in sorted(pieces.items()))
        else:
            yield from (f"{name}: {leaf}" for name, found in pieces.items() for leaf in found)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield UUID.sub("", str(value))
