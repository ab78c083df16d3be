"""The turns of phones in a step that deals: see `trainer/kinds/turns.py`."""

import secrets
from collections.abc import Sequence

from msgspec.structs import replace

from trainer.curriculum.model import Step
from trainer.kinds.contract import Command, Post, Submission
from trainer.kinds.turns import Lanes
from trainer.live.obey import KIND_PREFIX
from trainer.meetings.marks import slot_of
from trainer.meetings.room import Room
from trainer.meetings.veil import stored_post
from trainer.store.group import Transaction
from trainer.store.keys import KeyRing
from trainer.store.rows import post_row
from trainer.store.statements import SAVE_POST


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


def deal_anew(changes: Transaction, room: Room, keys: KeyRing, step: Step, command: Command) -> None:
    """Shuffles the turns of all phones when a trainer's command deals."""
    kind, name = room.kind(step), command.name.removeprefix(KIND_PREFIX)
    if name == command.name or name not in kind.redeals:
        return
    changes.touch(room.id)
    shuffled = room.lanes[step.id].shuffled(room.posts.get(step.id, {}), secrets.SystemRandom())
    room.lanes[step.id] = Lanes()
    for post in shuffled:
        room.put(step.id, post)
        stored = stored_post(room, keys, step, post)
        changes.add(SAVE_POST, post_row(room.id, step.id, stored, slot_of(kind, post)))
