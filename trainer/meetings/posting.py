"""Posts: accepting what phones send, changing it, and taking it back."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from trainer.curriculum.model import Step
from trainer.kinds import counting
from trainer.kinds.contract import Payload, Post, Rejected, Submission
from trainer.kinds.gate import is_card, was_card
from trainer.live.places import whole
from trainer.live.taking import takes_posts
from trainer.meetings.core import Core
from trainer.meetings.dealing import as_given, with_turns
from trainer.meetings.lazily import Lazily
from trainer.meetings.marks import Marks, slot_of, words_on
from trainer.meetings.room import Room
from trainer.meetings.signals import TRAINERS_ROLES
from trainer.meetings.veil import stored_post
from trainer.store.group import Transaction
from trainer.store.keys import Phone, as_id, new_token
from trainer.store.rows import post_row
from trainer.store.statements import SAVE_POST
from trainer.store.writer import NotSaved

NOT_YET = Rejected("closed", "De trainer opent deze oefening zo.")
LATE = Rejected("late", "Dit onderdeel is al voorbij.")
NOWHERE = Rejected("no-place", "Kies eerst aan welke tafel je zit.")
SEALED = Rejected("late", "Dit onderdeel is afgesloten. Er kan niets meer bij of af.")
ON_THE_TABLE = Rejected("seen", "Je kaart ligt al op tafel. Hij kan niet meer veranderen.")
REPEATED = Rejected(
    "repeated", "Deze woorden stonden al op het scherm. Schrijf het anders, of zeg het hardop."
)
NO_PAPER = Rejected("closed", "Bij deze werkvorm kun je geen papieren kaart invoeren.")
NOT_YOURS = Rejected("not-yours", "Deze inzending is niet van deze telefoon.")
UNWARNED = Rejected(
    "shown", "Anderen hebben dit net gezien. Er is nog niets veranderd. Druk zo nog eens op de knop."
)


class Sender(NamedTuple):
    """The token of whoever sends, and the hash of a phone; '' for what a trainer enters from paper."""

    token: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """Accepts posts for the host. Nothing is acknowledged before it is committed."""

    core: Core
    marks: Marks

    def post(
        self,
        phone: Phone,
        post_id: str,
        step_id: str,
        submission: Submission,
        done: Callable[[Rejected | Exception | None], None],
    ) -> None:
        """Stores what a phone sent; sending the same id again changes nothing.

        Does not wait: `done` gets None once the post is committed, or why it was not stored.
        """
        meeting_id = phone.meeting_id

        def work(transaction: Transaction) -> Rejected | None:
            room, step = self.open_step(meeting_id, step_id)
            if isinstance(step, Rejected) or room is None:
                return step if isinstance(step, Rejected) else LATE
            if step_id in room.emptied:
                # The step's key is destroyed after this group: the phone retries, under a new author.
                raise NotSaved
            if phone.hash not in room.participants:
                # The phone came in before the meeting was taken back from its lobby, or has left.
                return LATE
            sender = Sender(phone.token, phone.hash)
            return self._take(transaction, room, step, sender, post_id, submission)

        def stored(outcome: Rejected | Exception | None) -> None:
            # Whatever came of it: a frame to the screen must not tell of what it was that a count moved.
            self.core.signals.notify_later(meeting_id)
            done(outcome)

        self.core.writer.submit_later(work, stored, meeting_id)

    def enter(self, meeting_id: str, step_id: str, submission: Submission) -> Rejected | None:
        """Stores a paper card that a trainer typed in, as if it came from a phone of its own.

        Raises NotSaved.
        """

        def work(transaction: Transaction) -> Rejected | None:
            room, step = self.open_step(meeting_id, step_id)
            if isinstance(step, Rejected) or room is None:
                return step if isinstance(step, Rejected) else LATE
            if not room.kind(step).paper:
                return NO_PAPER
            return self._take(transaction, room, step, Sender(new_token()), str(uuid.uuid4()), submission)

        refusal = self.core.writer.submit(work, meeting_id)
        if refusal is None:
            self.core.signals.notify(meeting_id, TRAINERS_ROLES)
        return refusal

    def withdraw(
        self,
        meeting_id: str,
        token: str,
        step_id: str,
        post_id: str,
        *,
        warned: bool = False,
        at_once: bool = False,
    ) -> Rejected | None:
        """Takes back a post; does nothing if it is gone already.

        A card that others saw leaves with the next change, so that the moment reveals to nobody whose it is,
        unless its owner wants it gone `at_once`. It stays until its owner was `warned` of this: it may have
        been shown just before the phone could know. Raises NotSaved.
        """
        changed = False

        def work(transaction: Transaction) -> Rejected | None:
            nonlocal changed
            room = self.core.room(meeting_id)
            if room is None or not takes_posts(room.state, whole(step_id), partial(self.core.seconds, room)):
                return SEALED
            if not self.core.is_participant(meeting_id, token):
                return LATE
            post = room.posts.get(step_id, {}).get(post_id)
            if post is None:
                return None
            if post.author != self._author(room, step_id, token, post.item):
                return NOT_YOURS
            if is_card(post) and not warned:
                return UNWARNED
            changed = self.marks.take_back(transaction, room, step_id, post, at_once=at_once)
            return None

        refusal = self.core.writer.submit(work, meeting_id)
        if changed:
            self.core.notify_all(meeting_id)
        return refusal

    def own(self, room: Room, step_id: str, token: str) -> Sequence[Post]:
        """The posts of a phone in a step; after sealing nobody has any."""
        return room.own_posts(step_id, self.authors(room, step_id, token))

    def authors(self, room: Room, step_id: str, token: str) -> Sequence[str]:
        """Every author that a phone may be in a step; none after sealing.

        Looking makes no key: while there is none, nobody has posts there.
        """
        if whole(step_id) in room.state.sealed or not self.core.keys.has(room.id, step_id):
            return ()
        step = room.step(step_id)
        if step is None or not room.kind(step).apart:
            return (self.core.keys.author(room.id, step_id, token),)
        return [self.core.keys.author(room.id, step_id, token, item) for item in room.ever.get(step_id, ())]

    def _author(self, room: Room, step_id: str, token: str, item: str) -> str:
        step = room.step(step_id)
        by_item = step is not None and room.kind(step).apart
        return self.core.keys.author(room.id, step_id, token, item if by_item else None)

    def had(self, room: Room, step_id: str, token: str) -> Sequence[Post]:
        """The posts of a phone with, empty, the cards that it took back after others saw them."""
        own, spent = self.own(room, step_id, token), room.spent.get(step_id, {})
        names = self.authors(room, step_id, token) if spent else ()
        return (*own, *(post for name in names for post in spent.get(name, ())))

    def open_step(self, meeting_id: str, step_id: str) -> tuple[Room | None, Step | Rejected]:
        """A step that takes posts now, with its room; or None and why it takes none."""
        room = self.core.room(meeting_id)
        step = room.step(step_id) if room else None
        if room is None or step is None:
            return None, LATE
        if step.place:
            step_id = whole(step_id)
        elif room.steps.is_divided(step_id):
            return None, NOWHERE
        if not takes_posts(room.state, step_id, partial(self.core.seconds, room)):
            return None, SEALED if room.state.phase == "live" and step_id in room.state.sealed else LATE
        return (None, NOT_YET) if self.core.is_held(room, step) else (room, step)

    def _take(
        self,
        transaction: Transaction,
        room: Room,
        step: Step,
        sender: Sender,
        post_id: str,
        submission: Submission,
    ) -> Rejected | None:
        """Stores what the kind accepts, in place of an older post where a phone has one for an item.

        Returns why not, if it does not.
        """
        kind, name = room.kind(step), self.core.keys.author(room.id, step.id, sender.token)
        row_id = self.row_id(room, step.id, name, post_id)
        if row_id in room.posts.get(step.id, ()) or row_id in room.withdrawn:
            return None
        # Where a phone has an author for each item its posts are found one by one: few kinds look at them.
        own = Lazily(partial(self._there, room, step, sender.token))
        accepted = kind.accept(step.settings, room.kind_state(step), as_given(room, step, submission), own)
        if isinstance(accepted, Rejected):
            return accepted
        several = [item for item in accepted if kind.multiple(item)]
        if step.id in room.noted and _lies_on_the_table(own, accepted, several):
            return ON_THE_TABLE
        if (kind.typed or several) and self._repeats(room, step, sender.token, accepted.values()):
            return REPEATED
        paper = not sender.hash
        for place, (item, payload) in enumerate(accepted.items()):
            key = self.row_id(room, step.id, name, post_id, place) if place else row_id
            author = self.core.keys.author(room.id, step.id, sender.token, item) if kind.apart else name
            room.came_late(step.id, author, sender.hash)
            old = None if item in several else _before(room, step.id, author, item)
            alone = item in several and submission.one("alone") == "ja"
            mark = _mark_before(room, step.id, item, author, old)
            post = Post(key, item, author, payload, paper, alone, seen=mark)
            self._put(transaction, room, step, post, old)
        return None

    def _there(self, room: Room, step: Step, token: str) -> Sequence[Post]:
        """The posts of a phone, without the cards that leave; what has a single place keeps it until then."""
        own = room.own_posts(step.id, self.authors(room, step.id, token))
        if step.id not in room.noted:
            # No post is a card or leaves: so it is for nearly every vote.
            return own
        kind = room.kind(step)
        return [post for post in own if not (post.leaving and kind.multiple(post.item))]

    def _put(self, transaction: Transaction, room: Room, step: Step, post: Post, old: Post | None) -> None:
        transaction.touch(room.id)
        if old:
            if old.seen and was_card(old):
                room.remember(step.id, self.marks.said(room, step, old))
            room.remove(step.id, old)
        kind = room.kind(step)
        for each in with_turns(room, step, post):
            room.put(step.id, each)
            stored = stored_post(room, self.core.keys, step, each)
            transaction.add(SAVE_POST, post_row(room.id, step.id, stored, slot_of(kind, each)))

    def row_id(self, room: Room, step_id: str, author: str, post_id: str, place: int = 0) -> str:
        """The id of the row for item number `place` of a post.

        The same post gets the same row, so that sending it twice is harmless. But no phone can choose an id,
        and with it a place in a shuffle or the id of another's post. Without the step's key nobody can tell
        which row an id on a phone became.
        """
        return as_id(self.core.keys.digest(room.id, step_id, author, f"{post_id}:{place}"))

    def _repeats(self, room: Room, step: Step, token: str, payloads: Collection[Payload]) -> bool:
        """Does a card repeat what others saw on a card of the same phone, at this table or another?

        A card that has fallen or was taken back, and comes again beside other cards, reveals whose both are.
        Other phones are not looked at, not even one that left and may be the same person's: the answer would
        reveal whose card it was.
        """
        kind = room.kind(step)
        new = {words for payload in payloads for words in words_on(kind, payload)}
        for each in room.steps.at_each_place(whole(step.id)):
            authors, said = self.authors(room, each.id, token), room.said.get(each.id, ())
            shown = [post for post in room.own_posts(each.id, authors) if was_card(post)]
            there = {words for post in shown for words in words_on(kind, post.payload)}
            if new & there:
                return True
            digests = (
                self.core.keys.digest(room.id, each.id, author, words) for author in authors for words in new
            )
            if said and any(digest in said for digest in digests):
                return True
        return False


def _lies_on_the_table(own: Sequence[Post], items: Collection[str], several: Collection[str]) -> bool:
    """Do others see the post of this phone as a card, for one of these items that has no room for another?"""
    return any(is_card(post) and post.item in items and post.item not in several for post in own)


def _before(room: Room, step_id: str, author: str, item: str) -> Post | None:
    for post in room.authors.get(step_id, {}).get(author, {}).values():
        if post.item == item:
            return post
    return None


def _mark_before(room: Room, step_id: str, item: str, author: str, old: Post | None) -> str:
    """The mark of the counted vote that a new one replaces, since others still see that one; '' if none."""
    before = old or room.gone.get(step_id, {}).get((item, author))
    return before.seen if before and counting.is_counted(before) else ""
