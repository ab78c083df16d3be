"""The stored state of an exercise in which people write about themselves: it names no post.

The room sees whose turn it is in 'Diagnose me!', and the state holds that as the id of that person's card:
anyone who copies the database could read whose card it is. So in the stored state each post has another id,
which nobody can link to it without the step's key, whatever a kind keeps in its state.
"""

from collections.abc import Callable, Iterator
from functools import partial

from trainer.kinds.contract import Kind
from trainer.live.state import MeetingState
from trainer.live.stored import with_post_ids
from trainer.meetings.room import Room
from trainer.store.keys import KeyRing


def veiled(room: Room, keys: KeyRing, state: MeetingState) -> MeetingState:
    """The state as it is stored."""
    for step_id, kind, veil in _veils(room, keys, state):
        state = with_post_ids(state, step_id, kind, veil)
    return state


def unveiled(room: Room, keys: KeyRing) -> MeetingState:
    """The state of a room with the real ids of its posts, which must have been loaded."""
    state = room.state
    for step_id, kind, veil in _veils(room, keys, state):
        posts = {veil(post_id): post_id for post_id in (*room.posts.get(step_id, ()), *room.withdrawn)}
        state = with_post_ids(state, step_id, kind, partial(_known, posts))
    return state


def _known(posts: dict[str, str], post_id: str) -> str:
    return posts.get(post_id, post_id)


def _veils(
    room: Room, keys: KeyRing, state: MeetingState
) -> Iterator[tuple[str, Kind, Callable[[str], str]]]:
    for step_id in state.kinds:
        step = room.step(step_id)
        if step and room.kind(step).intimate(step.settings) and keys.has(room.id, step_id):
            yield step_id, room.kind(step), partial(keys.veil, room.id, step_id)
