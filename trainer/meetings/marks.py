"""What the gate knows of posts, in memory and in the database: what others saw of them, and which leave."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace
from sqlalchemy import TextClause

from trainer.curriculum.model import Step
from trainer.kinds import gate
from trainer.kinds.contract import Kind, Payload, Post
from trainer.kinds.gate import is_card, was_card
from trainer.kinds.text import words_of
from trainer.live.obey import looked
from trainer.meetings.core import Core
from trainer.meetings.room import Room
from trainer.store.group import Transaction
from trainer.store.rows import post_row
from trainer.store.statements import LEAVING_POST, MARK_POST, WITHDRAW_POST


@dataclass(frozen=True, slots=True)
class Marks:
    """Changes existing posts, within a transaction of the writer."""

    core: Core

    def look(self, transaction: Transaction, room: Room) -> None:
        """Marks the cards that the group has before it, just before that changes."""
        for step in room.steps.at_each_place(room.state.step):
            marks = looked(self.core.context(room, step.place.id if step.place else ""), room.state)
            if marks:
                self.mark(transaction, room, step.id, marks)

    def mark(self, transaction: Transaction, room: Room, step_id: str, marks: Mapping[str, str]) -> None:
        """Gives posts the gate's marks, by post id: in memory now, in the database on commit."""
        transaction.touch(room.id)
        posts = room.posts.get(step_id, {})
        for post in [posts[key] for key in marks if key in posts]:
            if post.seen != marks[post.id]:
                self.change(transaction, room, step_id, MARK_POST, replace(post, seen=marks[post.id]))
        for place, post in list(room.gone.get(step_id, {}).items()):
            if post.id in marks:
                room.gone[step_id][place] = replace(post, seen=marks[post.id])
                self.write(transaction, room, step_id, MARK_POST, room.gone[step_id][place])

    def settle(self, transaction: Transaction, room: Room) -> None:
        """Removes every card that was taken back, because something else changes at the same time."""
        for step_id in list(room.noted):
            self.settle_step(transaction, room, step_id)

    def settle_step(self, transaction: Transaction, room: Room, step_id: str) -> None:
        """The same for one step."""
        if not room.is_leaving(step_id):
            return
        transaction.touch(room.id)
        leaving, marks = gate.settle(room.gate_posts(step_id))
        for post in leaving:
            self.remove(transaction, room, step_id, post)
        self.mark(transaction, room, step_id, marks)

    def take_back(
        self, transaction: Transaction, room: Room, step_id: str, post: Post, *, at_once: bool
    ) -> bool:
        """Takes back a post of a phone; a card that others saw leaves with the next change, or `at_once`.

        Returns whether what others see has changed.
        """
        transaction.touch(room.id)
        if not is_card(post):
            self.remove(transaction, room, step_id, post)
            return False
        self.change(transaction, room, step_id, LEAVING_POST, replace(post, leaving=True))
        if at_once:
            self.look(transaction, room)
            self.settle(transaction, room)
        return at_once

    def said(self, room: Room, step: Step, post: Post) -> str:
        """What is kept of the words on a card that others saw: digests, of use while the step has its key."""
        found = (
            self.core.keys.digest(room.id, step.id, post.author, words)
            for words in words_on(room.kind(step), post.payload)
        )
        return gate.SAID + "".join(found)

    def remove(self, transaction: Transaction, room: Room, step_id: str, post: Post) -> None:
        """Takes a post away for good; of a card that others saw, digests of its words stay."""
        step = room.step(step_id)
        if step is not None and was_card(post):
            post = replace(post, seen=self.said(room, step, post))
        transaction.hide(room.stored)
        room.take_back(step_id, post)
        self.write(transaction, room, step_id, WITHDRAW_POST, post)

    def change(
        self, transaction: Transaction, room: Room, step_id: str, statement: TextClause, post: Post
    ) -> None:
        """Puts a changed post in the place of the old one, and executes `statement` for it on commit."""
        transaction.hide(room.stored)
        room.put(step_id, post)
        self.write(transaction, room, step_id, statement, post)

    def write(
        self, transaction: Transaction, room: Room, step_id: str, statement: TextClause, post: Post
    ) -> None:
        """Executes `statement` for a post on commit; memory stays as it is."""
        step = room.step(step_id)
        slot = slot_of(room.kind(step), post) if step else ""
        transaction.add(statement, post_row(room.id, step_id, post, slot))


def slot_of(kind: Kind, post: Post) -> str:
    """What tells the posts of a phone for one item apart; '' where there can be only one."""
    return post.id if kind.multiple(post.item) else ""


def words_on(kind: Kind, payload: Payload) -> set[str]:
    """What somebody wrote in the fields of a card, less what makes no difference to a reader.

    The choices of a ballot are numbers, not words.
    """
    return {
        words
        for field, value in payload.items()
        if field not in kind.chosen and field != "choices" and value
        for words in words_of(str(value))
    }
