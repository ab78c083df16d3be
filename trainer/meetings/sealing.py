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
from trainer.kinds.contract import Report, Texts, Written
from trainer.kinds.posts import Posts
from trainer.live.clock import Origin
from trainer.live.context import with_kind_state
from trainer.live.order import prepared
from trainer.live.state import MeetingState
from trainer.live.stored import state_to_json, with_ids, with_post_ids
from trainer.live.taking import past_taking
from trainer.meetings.core import Core
from trainer.meetings.marks import Marks
from trainer.meetings.room import MeetingUnreadable, Room
from trainer.store import repository, statements
from trainer.store.group import Transaction
from trainer.store.keys import ALL_STEPS


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
        for step in room.part.steps():
            room.clear(step.id)
        end = replace(closed, sealed=room.state.sealed, version=room.state.version + 1)
        end = replace(end, kinds={}, pictures={}, spare={})
        self.core.store_state(changes, room, end)
        changes.add(statements.DELETE_POSTS, {"meeting_id": room.id})
        changes.add(statements.DELETE_PARTICIPANTS, {"meeting_id": room.id})
        changes.after.append(lambda: self.core.keys.destroy(room.id, ALL_STEPS))
        # To the day and no finer. Retention of texts counts from today, whatever day was planned.
        today = self.core.clock.now().date()
        changes.add(statements.END_MEETING, {"meeting_id": room.id, "closed_on": today})
        room.participants.clear()

    def take_back(self, changes: Transaction, room: Room) -> None:
        """Makes an opened meeting planned again, with nothing of anybody: from its lobby, or a rehearsal.

        What the trainers chose for it stays. Its pages are for the caller to close.
        """
        self.core.rooms.put_away(changes, [room.id])
        of_people = (statements.DELETE_POSTS, statements.DELETE_PARTICIPANTS, statements.DELETE_REHEARSED)
        for statement in of_people:
            changes.add(statement, {"meeting_id": room.id})
        chosen = prepared(room.part, room.state)
        state = "" if chosen == MeetingState() else state_to_json(chosen, Origin())
        changes.add(statements.TAKE_BACK, {"meeting_id": room.id, "state": state})
        changes.after.append(lambda: self.core.keys.destroy_of(room.id))
        changes.compact |= room.record.rehearsal

    def empty(self, changes: Transaction, room: Room, step_id: str) -> None:
        """Lets a step begin again: deletes its posts and results, and gives its phones new authors."""
        room.clear(step_id)
        room.emptied.add(step_id)
        changes.add(statements.DELETE_STEP, {"meeting_id": room.id, "step": step_id})
        changes.add(statements.DELETE_RESULTS, {"meeting_id": room.id, "step": step_id})
        changes.after.append(lambda: self.core.keys.destroy(room.id, step_id))
        changes.after.append(lambda: room.emptied.discard(step_id))

    def seal(self, changes: Transaction, room: Room, step_id: str, results: bool = True) -> None:
        """Ends what ties posts to phones, and keeps only what the gate lets out of the meeting.

        What the group saw stays on the wall, each post with a new id and author of its own; everything else
        is deleted, and the step's key destroyed. Without `results` only that wall is kept; of an intimate
        exercise nothing is.
        """
        step = room.step(step_id)
        changes.after.append(lambda: self.core.keys.destroy(room.id, step_id))
        if step is None or (step_id in room.state.sealed and step_id not in room.lost):
            return
        changes.hide(room.stored)
        if step_id == room.state.step:
            self.marks.look(changes, room)
        # What was taken back leaves before the wall becomes final.
        self.marks.settle_step(changes, room, step_id)
        changes.touch(room.id)
        kind, posts = room.kind(step), room.gate_posts(step_id)
        changes.add(statements.DELETE_STEP, {"meeting_id": room.id, "step": step_id})
        room.lost.discard(step_id)
        room.clear(step_id)
        # A step that was left is sealed even if empty: else its seal would tell that somebody sent something.
        if not posts.here and not posts.gone and step_id not in {*room.state.kinds, *room.state.left}:
            return
        state = room.state
        # An exercise that keeps nothing loses its state too, even when every card was taken back.
        if kind.intimate(step.settings):
            pictures = {key: each for key, each in state.pictures.items() if key != step_id}
            state = with_kind_state(replace(state, pictures=pictures), step, kind.start(step.settings))
        else:
            state = self._keep(changes, room, step, posts, results)
        state = state.with_sealed(step_id)
        self.core.store_state(changes, room, replace(state, version=state.version + 1))
        changes.compact = True

    def _keep(
        self, changes: Transaction, room: Room, step: Step, posts: Posts, results: bool
    ) -> MeetingState:
        """Stores the results of a step and what may stay on its wall; returns the state after it."""
        kind = room.kind(step)
        report = kind.report(step.settings, room.kind_state(step))
        # If nobody sent anything, only what the trainers wrote is worth keeping.
        asked = report if posts.here else tuple(row for row in report if isinstance(row, Written))
        kept = keeping.keep(asked, posts, room.pictures(step.id)) if results else ()
        for place, row in enumerate(kept):
            changes.add(statements.SAVE_RESULT, repository.result_row(room.id, step.id, place, row))
        room.results[step.id] = kept
        fresh = repository.anonymised(keeping.lasting(report, posts))
        # What was shown, grouped or answered stays so. Ids of posts no longer on the wall become random ones,
        # because phones may remember theirs.
        known = defaultdict(lambda: str(uuid.uuid4()), {old: post.id for old, post in fresh})
        for _, post in fresh:
            item, payload = with_ids((post.item, post.payload), known.__getitem__)
            post = structs.replace(post, item=item, payload=payload)
            room.put(step.id, post)
            changes.add(statements.SAVE_POST, repository.post_row(room.id, step.id, post, post.id))
        state = room.state.with_shown(step.id) if any(row.tells for row in kept) else room.state
        inner, shown = kind.lasting(step.settings, room.kind_state(step))
        wall = {
            with_ids(item, known.__getitem__): picture
            for item, picture in room.pictures(step.id).items()
            if item in shown
        }
        state = with_kind_state(replace(state, pictures={**state.pictures, step.id: wall}), step, inner)
        if kept:
            state = replace(state, spare={**state.spare, step.id: keeping.spare(asked, posts)})
        return with_post_ids(state, step.id, kind, known.__getitem__)

    def revised(self, changes: Transaction, room: Room, state: MeetingState) -> MeetingState:
        """Removes from the results of a sealed step what `state` removes from its wall."""
        step, kinds = room.step(room.state.step), state.kinds
        if step is None or step.id not in state.sealed or step.id not in kinds:
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
                changed = repository.result_row(room.id, step.id, place, rows[place])
                changes.add(statements.REVISE_RESULT, changed)
                changes.compact = True
        room.results[step.id] = tuple(rows)
        return replace(state, spare={**state.spare, step.id: spare})

    def seal_due(self, room: Room) -> None:
        """Seals the steps that were left long enough ago, and those that have lost their key."""
        due = [step for step in past_taking(room.state, self.core.clock.seconds()) if self._holds(room, step)]
        due += sorted(room.lost)
        if due:
            self._seal_steps(room.id, due)

    def seal_left(self, meeting_id: str) -> None:
        """Seals every step that was left, however recently; the one on screen continues after a restart.

        The caller wipes the traces of what this deletes, once all meetings are done. Raises NotSaved.
        """

        def work(changes: Transaction) -> None:
            room = self.core.room(meeting_id)
            if room is not None:
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
            if room is None or room.state.phase == "closed" or step_id in room.state.sealed:
                self.core.keys.destroy(meeting_id, step_id)

    def _holds(self, room: Room, step_id: str) -> bool:
        return bool(room.posts.get(step_id)) or self.core.keys.has(room.id, step_id)

    def _seal_steps(self, meeting_id: str, steps: Sequence[str]) -> None:
        def work(changes: Transaction) -> None:
            room = self.core.room(meeting_id)
            if room is not None:
                for step_id in steps:
                    self.seal(changes, room, step_id)

        self.core.writer.submit(work, meeting_id)
        self.core.notify_all(meeting_id)


def _texts(report: Report) -> dict[str, Texts]:
    return {row.id: row for row in report if isinstance(row, Texts)}
