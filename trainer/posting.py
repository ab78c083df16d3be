"""Posts: taking in what phones send, changing it, and taking it back."""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.curriculum.model import Step
from trainer.kinds.contract import Post, Rejected, Submission
from trainer.room import Room
from trainer.store.repository import SAVE_POST, WITHDRAW_POST, post_row
from trainer.store.writer import NotSaved, Transaction

if TYPE_CHECKING:
    from trainer.host import Host

POST_VIEWERS = frozenset({"control", "screen"})
NOT_YET = Rejected("closed", "De trainer opent deze oefening zo.")
LATE = Rejected("late", "Dit onderdeel is al voorbij.")
SEALED = Rejected("late", "Dit onderdeel is afgesloten. Er kan niets meer bij of af.")
NOT_YOURS = Rejected("not-yours", "Deze inzending is niet van deze telefoon.")


@dataclass(frozen=True, slots=True)
class Posting:
    """Takes posts for the host. Every answer is given after the commit, or not at all."""

    host: "Host"

    def post(
        self,
        meeting_id: str,
        token: str,
        post_id: str,
        step_id: str,
        submission: Submission,
        done: Callable[[Rejected | Exception | None], None],
    ) -> None:
        """Stores what a phone sent; the same id again changes nothing.

        Does not wait: `done` gets None once it is safe, or why it was not stored.
        """

        def work(transaction: Transaction) -> Rejected | None:
            room, step = self._open_step(meeting_id, step_id)
            if isinstance(step, Rejected) or room is None:
                return step if isinstance(step, Rejected) else LATE
            if (meeting_id, step_id) in transaction.emptied:
                # Its key ends with this group: the phone sends it again, and has an author of its own then.
                raise NotSaved
            author = self.host.keys.author(meeting_id, step_id, token)
            return self._take(transaction, room, step, author, post_id, submission)

        def stored(outcome: Rejected | Exception | None) -> None:
            if outcome is None:
                self.host.notify(meeting_id, POST_VIEWERS)
            done(outcome)

        self.host.writer.submit_later(work, stored)

    def enter(self, meeting_id: str, step_id: str, submission: Submission) -> Rejected | None:
        """Stores a paper card that a trainer typed in: an author of its own, that no phone can be."""

        def work(transaction: Transaction) -> Rejected | None:
            room, step = self._open_step(meeting_id, step_id)
            if isinstance(step, Rejected) or room is None:
                return step if isinstance(step, Rejected) else LATE
            # A step with posts has a key; without one it would seem that its key was lost.
            self.host.keys.author(meeting_id, step_id, "")
            return self._take(transaction, room, step, uuid.uuid4().hex, str(uuid.uuid4()), submission)

        refusal = self.host.writer.submit(work)
        if refusal is None:
            self.host.notify(meeting_id, POST_VIEWERS)
        return refusal

    def withdraw(self, meeting_id: str, token: str, step_id: str, post_id: str) -> Rejected | None:
        """Takes back a post. One that is gone already is gone."""

        def work(transaction: Transaction) -> Rejected | None:
            room = self.host.room(meeting_id)
            if room is None or room.state.phase != "live" or step_id in room.state.sealed:
                return SEALED
            post = room.posts.get(step_id, {}).get(post_id)
            if post is None:
                return None
            if post.author != self.host.keys.author(meeting_id, step_id, token):
                return NOT_YOURS
            self._remove(transaction, room, step_id, post)
            return None

        refusal = self.host.writer.submit(work)
        if refusal is None:
            self.host.notify(meeting_id, POST_VIEWERS)
        return refusal

    def own(self, room: Room, step_id: str, token: str) -> tuple[str, Sequence[Post]]:
        """Who a phone is in a step, and what it has there; after sealing nobody is anybody.

        Looking makes no key: as long as there is none, nobody has anything there.
        """
        if step_id in room.state.sealed or not self.host.keys.has(room.id, step_id):
            return "", ()
        author = self.host.keys.author(room.id, step_id, token)
        return author, room.own_posts(step_id, author)

    def _open_step(self, meeting_id: str, step_id: str) -> tuple[Room | None, Step | Rejected]:
        """A step that still takes posts: the one on screen, or one that was left a moment ago."""
        room = self.host.room(meeting_id)
        step = room.step(step_id) if room else None
        if room is None or step is None or room.state.phase != "live":
            return None, LATE
        if step_id != room.state.step and step_id not in room.state.left:
            return None, LATE
        if self.host.is_held(room, step):
            return None, NOT_YET
        return (None, SEALED) if step_id in room.state.sealed else (room, step)

    def _take(
        self,
        transaction: Transaction,
        room: Room,
        step: Step,
        author: str,
        post_id: str,
        submission: Submission,
    ) -> Rejected | None:
        """Stores what the kind accepts; where a phone has one post for an item, the old one is replaced."""
        kind, row_id = room.kind(step), _row_id(author, post_id)
        if row_id in room.posts.get(step.id, ()) or row_id in room.withdrawn:
            return None
        own = room.own_posts(step.id, author)
        accepted = kind.accept(step.settings, room.kind_state(step), submission, own)
        if isinstance(accepted, Rejected):
            return accepted
        transaction.touch(room.id)
        for place, (item, payload) in enumerate(accepted.items()):
            post = Post(_row_id(author, post_id, place) if place else row_id, item, author, payload)
            for old in () if kind.multiple else own:
                if old.item == item:
                    self.host.traces = True
                    room.remove(step.id, old)
            room.put(step.id, post)
            transaction.add(SAVE_POST, post_row(room.id, step.id, post, post.id if kind.multiple else ""))
        return None

    def _remove(self, transaction: Transaction, room: Room, step_id: str, post: Post) -> None:
        transaction.touch(room.id)
        self.host.traces = True
        room.remove(step_id, post)
        room.withdrawn.add(post.id)
        where = {
            "meeting_id": room.id,
            "step": step_id,
            "item": post.item,
            "author": post.author,
            "id": post.id,
        }
        transaction.add(WITHDRAW_POST, where)


def _row_id(author: str, post_id: str, place: int = 0) -> str:
    """The id of the row for the n-th item of a post.

    The same post has the same row, so that sending it twice is harmless; but no phone can choose an id,
    not its place in a shuffle nor that of another's post.
    """
    digest = hashlib.sha256(f"{author}:{post_id}:{place}".encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"
