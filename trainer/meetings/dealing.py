"""The turns of phones in a step that deals: see `trainer/kinds/turns.py`."""

import secrets
from collections.abc import Sequence

from msgspec.structs import replace

from trainer.curriculum.model import Step
from trainer.kinds.contract import Post, Submission
from trainer.meetings.room import Room


def as_given(room: Room, step: Step, submission: Submission) -> Submission:
    """What a phone sent, with what the kind must know besides."""
    if step.place:
        submission = replace(submission, place=step.place.id)
    if room.kind(step).deals:
        submission = replace(submission, turns=room.lanes[step.id].next())
    return submission


def with_turns(room: Room, step: Step, post: Post) -> Sequence[Post]:
    """A new post, and those with which it changes turns while nobody was dealt anything."""
    kind = room.kind(step)
    if not kind.deals or not kind.mixes(step.settings, room.kind_state(step)):
        return (post,)
    return room.lanes[step.id].mixed(room.posts.get(step.id, {}), post, secrets.randbelow)
