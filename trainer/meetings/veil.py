"""What is stored of exercises in which people tell about themselves: nothing that the room can match.

*A state names no post.* The room sees whose turn it is in 'Diagnose me!', and the state holds that as the id
of that person's card: anyone who copies the database could read whose card it is. So in the stored state each
post has another id, which nobody can link to it without the step's key, whatever a kind keeps in its state.

*A post tells no turn.* The room sees who sits in which group, and a turn says which group that is: beside it
anyone could read the role. So where something is dealt (`Kind.deals`), a post is stored under a stream from
the step's key: padded, for its length would tell the role too, and under another one each time.
"""

import base64
import json
import os
from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from trainer.curriculum.model import Step
from trainer.kinds.contract import Kind, Payload, Post
from trainer.live.state import MeetingState
from trainer.live.stored import with_post_ids
from trainer.meetings.room import Room
from trainer.store.keys import KeyRing

VEIL, NONCE_BYTES, BLOCK = "veil", 16, 128


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


def stored_post(room: Room, keys: KeyRing, step: Step, post: Post) -> Post:
    """A post of a step that takes posts, as it is stored: what was sent is veiled where the kind deals."""
    if not room.kind(step).deals:
        return post
    return replace(post, payload=_hidden(keys, room.id, step.id, post.payload))


def plain_post(room: Room, keys: KeyRing, step_id: str, post: Post) -> Post:
    """The post of a stored row; without what was sent, when that was veiled and the step's key is another."""
    step, veil = room.step(step_id), post.payload.get(VEIL)
    if step is None or not room.kind(step).deals or veil is None:
        return post
    payload = _shown(keys, room.id, step_id, veil) if keys.has(room.id, step_id) else {}
    return replace(post, payload=payload)


def _hidden(keys: KeyRing, meeting_id: str, step_id: str, payload: Payload) -> Payload:
    plain = json.dumps(payload).encode()
    nonce, size = os.urandom(NONCE_BYTES), -(-len(plain) // BLOCK) * BLOCK
    veil = _under(keys.stream(meeting_id, step_id, nonce, size), plain.ljust(size))
    return {VEIL: base64.b64encode(nonce + veil).decode()}


def _shown(keys: KeyRing, meeting_id: str, step_id: str, veil: str) -> Payload:
    raw = base64.b64decode(veil)
    nonce, hidden = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
    plain = _under(keys.stream(meeting_id, step_id, nonce, len(hidden)), hidden)
    try:
        found: Payload = json.loads(plain)
    except ValueError:
        # It was stored under a key that was lost.
        return {}
    return found


def _under(stream: bytes, text: bytes) -> bytes:
    return (int.from_bytes(stream) ^ int.from_bytes(text)).to_bytes(len(text))


def _veils(
    room: Room, keys: KeyRing, state: MeetingState
) -> Iterator[tuple[str, Kind, Callable[[str], str]]]:
    for step_id in state.kinds:
        step = room.step(step_id)
        if step and room.kind(step).intimate(step.settings) and keys.has(room.id, step_id):
            yield step_id, room.kind(step), partial(keys.veil, room.id, step_id)
