"""Sealing a step: from then on nobody can tell whose a post in it is, and the post can no longer change.

A step is sealed ten minutes after it was left, when its meeting closes, and at the latest after twelve hours.
One that was left is also sealed when Kwartier stops: nobody knows when it will be started again.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from msgspec import structs

from trainer.curriculum.model import Step
from trainer.kinds import keeping
from trainer.kinds.contract import Report, Texts
from trainer.kinds.disclosure import Kept
from trainer.kinds.posts import Posts
from trainer.live.context import with_kind_state
from trainer.live.order import prepared
from trainer.live.places import whole
from trainer.live.state import SCHEME, MeetingState
from trainer.live.stored import prepared_to_json, with_ids, with_post_ids
from trainer.live.taking import past_taking
from trainer.meetings.core import Core
from trainer.meetings.marks import Marks
from trainer.meetings.room import MeetingUnreadable, Room
from trainer.meetings.sharing import share_at_end
from trainer.store import repository, statements
from trainer.store.group import Transaction
from trainer.store.keys import ALL_STEPS
from trainer.store.rows import post_row, result_row


@dataclass(frozen=True, slots=True)
class Sealing:
    """Ends what ties posts to phones, for the host."""

    core: Core
    marks: Marks

    def finish(self, changes: Transaction, room: Room, closed: MeetingState) -> None:
        """Ends a meeting: seals every step, forgets the phones, and revokes the code.

        `closed` is stored last, because from then on the database accepts no other state of this meeting.
        """
        for step in room.part.steps():
            self.seal(changes, room, step.id)
        # The wall was for the room: only the results outlast it.
        # Which steps were shown would tell whoever has a backup where three phones took part.
        for step_id in room.steps:
            room.clear(step_id)
        end = replace(closed, sealed=room.state.sealed, version=room.state.version)
        end = replace(end.advanced(), kinds={}, pictures={}, spare={}, shown=())
        self.core.store_state(changes, room, end)
        changes.add(statements.DELETE_POSTS, {"meeting_id": room.id})
        changes.add(statements.DELETE_PARTICIPANTS, {"meeting_id": room.id})
        changes.after.append(lambda: self.core.keys.destroy(room.id, ALL_STEPS))
        # To the day and no finer. Retention of texts counts from today, whatever day was planned.
        today = self.core.clock.now().date()
        changes.add(statements.END_MEETING, {"meeting_id": room.id, "closed_on": today})
        share_at_end(changes, room)
        room.participants.clear()

    def take_back(self, changes: Transaction, room: Room) -> None:
        """Makes an opened meeting planned again, with nothing of anybody: from its lobby, or a rehearsal.

        What the trainers chose for it stays. Its pages are for the caller to close.
        """
        self.core.rooms.put_away(changes, [room.id])
        of_people = (statements.DELETE_POSTS, statements.DELETE_PARTICIPANTS, statements.DELETE_REHEARSED)
        for statement in of_people:
            changes.add(statement, {"meeting_id": room.id})
        state = prepared_to_json(prepared(room.part, room.state))
        changes.add(statements.TAKE_BACK, {"meeting_id": room.id, "state": state})
        changes.after.append(lambda: self.core.keys.destroy_of(room.id))
        changes.compact |= room.record.rehearsal

    def empty(self, changes: Transaction, room: Room, step_id: str) -> None:
        """Lets a step begin again: deletes its posts and results, and gives its phones new authors."""
        for step in room.steps.at_each_place(step_id):
            room.clear(step.id)
            room.lost.discard(step.id)
            room.emptied.add(step.id)
            changes.add(statements.DELETE_STEP, {"meeting_id": room.id, "step": step.id})
            changes.add(statements.DELETE_RESULTS, {"meeting_id": room.id, "step": step.id})
            self._destroy(changes, room, step.id)
            changes.after.append(partial(room.emptied.discard, step.id))

    def seal(self, changes: Transaction, room: Room, step_id: str, words: bool = True) -> None:
        """Ends what ties posts to phones, and keeps only what the gate lets out of the meeting.

        What the group saw stays on the wall, each post with a new id and author of its own; everything else
        is deleted, and the step's key destroyed. Without `words` nothing that anybody wrote stays, and no
        results: only the counts that the screen shows. Of an intimate exercise nothing does.
        """
        steps = room.steps.at_each_place(step_id)
        for key in {step_id, *(step.id for step in steps)}:
            self._destroy(changes, room, key)
        lost = {step.id for step in steps} & room.lost
        if not steps or (step_id in room.state.sealed and not lost):
            return
        # What an older version stored cannot be counted by what holds today.
        results = words and not (lost and room.state.scheme < SCHEME)
        changes.hide(room.stored)
        if step_id == room.state.step:
            self.marks.look(changes, room)
        changes.touch(room.id)
        posts = {step.id: self._emptied(changes, room, step.id) for step in steps}
        # One that was begun is sealed even if empty: else its seal would tell that somebody sent something.
        if not any(each.here or each.gone for each in posts.values()) and step_id not in begun(room.state):
            return
        state = room.state
        lasting = {step.id: step for step in steps if not room.kind(step).intimate(step.settings)}
        # An exercise that keeps nothing loses its state too, even when every card was taken back.
        for step in (step for step in steps if step.id not in lasting):
            pictures = {key: each for key, each in state.pictures.items() if key != step.id}
            start = room.kind(step).start(step.settings)
            state = with_kind_state(replace(state, pictures=pictures), step, start)
        asked = [_asked(room, step, posts[step.id]) for step in lasting.values()]
        kept = keeping.keep_all(asked) if results else [()] * len(asked)
        for step, each, rows in zip(lasting.values(), asked, kept, strict=True):
            state = self._keep(changes, room, state, step, each, rows, words)
        self.core.store_state(changes, room, state.with_sealed(step_id).advanced())
        changes.compact = True

    def _destroy(self, changes: Transaction, room: Room, step_id: str) -> None:
        changes.after.append(lambda: self.core.keys.destroy(room.id, step_id))

    def _emptied(self, changes: Transaction, room: Room, step_id: str) -> Posts:
        """Deletes what was sent in a step, and returns what that was."""
        # What was taken back leaves before the wall becomes final.
        self.marks.settle_step(changes, room, step_id)
        posts = room.gate_posts(step_id)
        changes.add(statements.DELETE_STEP, {"meeting_id": room.id, "step": step_id})
        room.lost.discard(step_id)
        room.clear(step_id)
        return posts

    def _keep(
        self,
        changes: Transaction,
        room: Room,
        state: MeetingState,
        step: Step,
        asked: keeping.Asked,
        kept: Sequence[Kept],
        words: bool,
    ) -> MeetingState:
        """Stores the results and the wall of a step; returns the state."""
        kept = self._saved(changes, room, step, kept)
        inner, _ = room.kind(step).lasting(step.settings, room.kind_state(step))
        fresh = repository.anonymised(keeping.lasting(asked.report, asked.posts) if words else ())
        # What was shown, grouped or answered stays so. Ids of posts no longer on the wall become random ones,
        # because phones may remember theirs.
        known = defaultdict(lambda: str(uuid.uuid4()), {old: post.id for old, post in fresh})
        for _, post in fresh:
            item, payload = with_ids((post.item, post.payload), known.__getitem__)
            post = structs.replace(post, item=item, payload=payload)
            room.put(step.id, post)
            changes.add(statements.SAVE_POST, post_row(room.id, step.id, post, post.id))
        if any(row.tells for row in kept):
            state = state.with_shown(whole(step.id))
        wall = {
            with_ids(item, known.__getitem__): keeping.as_drawn(picture)
            for item, picture in asked.pictures.items()
            if item in asked.drawn
        }
        state = with_kind_state(replace(state, pictures={**state.pictures, step.id: wall}), step, inner)
        if kept:
            state = replace(state, spare={**state.spare, step.id: keeping.spare(asked.report, asked.posts)})
        return with_post_ids(state, step.id, room.kind(step), known.__getitem__)

    def _saved(self, changes: Transaction, room: Room, step: Step, kept: Sequence[Kept]) -> tuple[Kept, ...]:
        """Stores the results of a step, and returns them; the questions of a table bear its name."""
        named = f"{step.place.title}: " if step.place else ""
        saved = tuple(replace(row, question=named + row.question) for row in kept)
        for place, row in enumerate(saved):
            changes.add(statements.SAVE_RESULT, result_row(room.id, step.id, place, row))
        room.results[step.id] = saved
        return saved

    def revised(
        self, changes: Transaction, room: Room, state: MeetingState, step: Step | None
    ) -> MeetingState:
        """Removes from the results of a sealed step what `state` removes from its wall."""
        kinds = state.kinds
        if step is None or whole(step.id) not in state.sealed or step.id not in kinds:
            return state
        if kinds[step.id] == room.kind_state(step):
            return state
        if step.id not in room.results:
            stored = repository.results(self.core.engine, room.id)
            room.results[step.id] = tuple(stored.get(step.id, ()))
        kind, rows = room.kind(step), list(room.results[step.id])
        before = _texts(kind.report(step.settings, room.kind_state(step)))
        after = _texts(kind.report(step.settings, kinds[step.id]))
        spare = dict(state.spare.get(step.id, {}))
        for place, kept in enumerate(rows):
            if kept.id not in before or not kept.texts:
                continue
            row = after.get(kept.id, replace(before[kept.id], cards=()))
            still = keeping.texts_of(row, room.gate_posts(step.id))
            rows[place], spare[kept.id] = keeping.without(kept, still, spare.get(kept.id, 0))
            if rows[place] != kept:
                changed = result_row(room.id, step.id, place, rows[place])
                changes.add(statements.REVISE_RESULT, changed)
                changes.compact = True
        room.results[step.id] = tuple(rows)
        return replace(state, spare={**state.spare, step.id: spare})

    def seal_due(self, room: Room) -> None:
        """Seals the steps that were left long enough ago, and those in which nobody can change anything."""
        left = past_taking(room.state, partial(self.core.seconds, room))
        due = [step for step in left if self._holds(room, step)]
        due += sorted(set(map(whole, room.lost)))
        if due or room.state.scheme < SCHEME:
            self._seal_steps(room.id, due)

    def seal_left(self, meeting_id: str) -> None:
        """Seals every step that was left, however recently; the one on screen continues after a restart.

        From that one what was taken back leaves: it would lie on a laptop that is off, marked as such. The
        caller wipes the traces of what this deletes, once all meetings are done. Raises NotSaved.
        """

        def work(changes: Transaction) -> None:
            room = self.core.room(meeting_id)
            if room is not None:
                if any(map(room.is_leaving, room.noted)):
                    self.marks.look(changes, room)
                    self.marks.settle(changes, room)
                for step_id in filter(partial(self._holds, room), room.state.left):
                    self.seal(changes, room, step_id)
                changes.compact = False

        self.core.writer.submit(work, meeting_id)

    def destroy_stray_keys(self) -> None:
        """Destroys keys that a killed process left behind: of meetings not running and of sealed steps."""
        found = self.core.keys.found()
        running = set(repository.running_meetings(self.core.engine)) if found else set()
        for meeting_id, step_id in found:
            try:
                room = self.core.room(meeting_id) if meeting_id in running else None
            except MeetingUnreadable:
                # It may be restored from a backup, which needs its keys.
                continue
            if room is None or room.state.phase == "closed" or whole(step_id) in room.state.sealed:
                self.core.keys.destroy(meeting_id, step_id)

    def _holds(self, room: Room, step_id: str) -> bool:
        steps = {step_id, *(step.id for step in room.steps.at_each_place(step_id))}
        return any(room.posts.get(each) or self.core.keys.has(room.id, each) for each in steps)

    def _seal_steps(self, meeting_id: str, steps: Sequence[str]) -> None:
        def work(changes: Transaction) -> None:
            room = self.core.room(meeting_id)
            if room is not None:
                for step_id in steps:
                    self.seal(changes, room, step_id)
                if room.state.scheme < SCHEME:
                    # What an older version stored is sealed now; what comes is stored as it is today.
                    self.core.store_state(changes, room, replace(room.state, scheme=SCHEME).advanced())

        self.core.writer.submit(work, meeting_id)
        self.core.notify_all(meeting_id)


def _asked(room: Room, step: Step, posts: Posts) -> keeping.Asked:
    kind, inner = room.kind(step), room.kind_state(step)
    _, drawn = kind.lasting(step.settings, inner)
    return keeping.Asked(kind.report(step.settings, inner), posts, room.pictures(step.id), drawn)


def begun(state: MeetingState) -> set[str]:
    """The steps that were begun: those that were left, that trainers did something in, or on the screen."""
    here = {state.step} if state.phase == "live" else set()
    return {*map(whole, state.kinds), *state.left, *here}


def _texts(report: Report) -> dict[str, Texts]:
    return {row.id: row for row in report if isinstance(row, Texts)}
