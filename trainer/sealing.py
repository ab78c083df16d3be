"""Sealing: the moment from which nobody can tell any more whose a post is, and from which it cannot change.

A step is sealed ten minutes after it was left, when its meeting closes, and at the latest after twelve hours.
Also when Kwartier is stopped after it was left: nobody knows when it is started again.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from trainer.curriculum.model import Step
from trainer.ending import LONGEST_MEETING_SECONDS, first
from trainer.kinds import gate
from trainer.kinds.contract import Command, Report, Texts, Written
from trainer.kinds.posts import Posts
from trainer.live.commands import with_kind_state
from trainer.live.state import MeetingState
from trainer.live.stored import with_post_ids
from trainer.live.taking import past_taking
from trainer.room import MeetingUnreadable, Room
from trainer.store import repository
from trainer.store.keys import ALL_STEPS
from trainer.store.writer import Transaction

if TYPE_CHECKING:
    from trainer.host import Host

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sealing:
    """Ends what ties posts to phones, for the host."""

    host: "Host"

    def finish(self, changes: Transaction, room: Room, closed: MeetingState) -> None:
        """Ends a meeting: seals every step, forgets the phones, and takes the code back.

        `closed` is stored last: from then on the database takes no other state of this meeting.
        """
        for step in room.part.steps():
            self.seal(changes, room, step.id)
        # What was on the wall was for the room: only the results outlast it.
        for step in room.part.steps():
            room.clear(step.id)
        end = replace(closed, sealed=room.state.sealed, version=room.state.version + 1)
        end = replace(end, kinds={}, pictures={}, spare={})
        self.host.store_state(changes, room, end)
        changes.add(repository.DELETE_POSTS, {"meeting_id": room.id})
        changes.add(repository.DELETE_PARTICIPANTS, {"meeting_id": room.id})
        changes.after.append(lambda: self.host.keys.destroy(room.id, ALL_STEPS))
        # The day and no finer: texts are kept from now on, whatever day was planned.
        today = self.host.clock.now().date()
        changes.add(repository.END_MEETING, {"meeting_id": room.id, "closed_on": today})
        room.participants.clear()

    def empty(self, changes: Transaction, room: Room, step_id: str) -> None:
        """Lets a step begin again: its posts are deleted, and its phones get new authors."""
        room.clear(step_id)
        changes.emptied.add((room.id, step_id))
        changes.add(repository.DELETE_STEP, {"meeting_id": room.id, "step": step_id})
        changes.add(repository.DELETE_RESULTS, {"meeting_id": room.id, "step": step_id})
        changes.after.append(lambda: self.host.keys.destroy(room.id, step_id))

    def seal(self, changes: Transaction, room: Room, step_id: str, results: bool = True) -> None:
        """Ends what ties posts to phones, and keeps only what the gate lets out of the meeting.

        What the group saw stays on the wall, with new ids and authors of their own; everything else is
        deleted, and the step's key destroyed. Without `results` nothing is kept but that wall.
        """
        step = room.step(step_id)
        changes.after.append(lambda: self.host.keys.destroy(room.id, step_id))
        if step is None or (step_id in room.state.sealed and step_id not in room.lost):
            return
        changes.hide(room.stored)
        if step_id == room.state.step:
            self.host.look(changes, room)
        # What was taken back leaves before the wall becomes what it stays.
        self.host.posting.settle_step(changes, room, step_id)
        changes.touch(room.id)
        kind, posts = room.kind(step), room.gate_posts(step_id)
        changes.add(repository.DELETE_STEP, {"meeting_id": room.id, "step": step_id})
        room.lost.discard(step_id)
        room.clear(step_id)
        # One that was left is sealed also when nobody sent anything: else it would tell whether somebody did.
        if not posts.here and not posts.gone and step_id not in {*room.state.kinds, *room.state.left}:
            return
        state = room.state
        # Of an exercise that keeps nothing the state goes too, also when every card was taken back.
        if kind.intimate(step.settings):
            pictures = {key: each for key, each in state.pictures.items() if key != step_id}
            state = with_kind_state(replace(state, pictures=pictures), step, kind.start(step.settings))
        else:
            state = self._keep(changes, room, step, posts, results)
        state = state.with_sealed(step_id)
        self.host.store_state(changes, room, replace(state, version=state.version + 1))
        changes.compact = True

    def _keep(
        self, changes: Transaction, room: Room, step: Step, posts: Posts, results: bool
    ) -> MeetingState:
        """Stores the results of a step, and what may stay on its wall."""
        kind = room.kind(step)
        report = kind.report(step.settings, room.kind_state(step))
        # Of what nobody did anything in, only what the trainers wrote is worth keeping.
        asked = report if posts.here else tuple(row for row in report if isinstance(row, Written))
        kept = gate.keep(asked, posts, room.pictures(step.id)) if results else ()
        for place, row in enumerate(kept):
            changes.add(repository.SAVE_RESULT, repository.result_row(room.id, step.id, place, row))
        room.results[step.id] = kept
        fresh = repository.anonymised(gate.lasting(report, posts))
        for _, post in fresh:
            room.put(step.id, post)
            changes.add(repository.SAVE_POST, repository.post_row(room.id, step.id, post, post.id))
        state = room.state.with_shown(step.id) if any(row.tells for row in kept) else room.state
        inner, shown = kind.lasting(step.settings, room.kind_state(step))
        wall = {item: picture for item, picture in room.pictures(step.id).items() if item in shown}
        state = with_kind_state(replace(state, pictures={**state.pictures, step.id: wall}), step, inner)
        if kept:
            state = replace(state, spare={**state.spare, step.id: gate.spare(asked, posts)})
        # What was shown or grouped stays so. Ids of what is not on the wall any more become ids of nothing:
        # phones may remember theirs.
        known = defaultdict(lambda: str(uuid.uuid4()), {old: post.id for old, post in fresh})
        return with_post_ids(state, step.id, kind, known.__getitem__)

    def revised(self, changes: Transaction, room: Room, state: MeetingState) -> MeetingState:
        """Takes what `state` takes off the wall of a sealed step out of its results too."""
        step, kinds = room.step(room.state.step), state.kinds
        if step is None or step.id not in state.sealed or step.id not in kinds:
            return state
        if kinds[step.id] == room.kind_state(step):
            return state
        if step.id not in room.results:
            stored = repository.results(self.host.engine, room.id)
            room.results[step.id] = tuple(stored.get(step.id, ()))
        kind, rows = room.kind(step), list(room.results[step.id])
        before = _texts(kind.report(step.settings, room.kind_state(step)))
        after = _texts(kind.report(step.settings, kinds[step.id]))
        spare = dict(state.spare.get(step.id, {}))
        for place, kept in enumerate(rows):
            if kept.id not in before or not kept.texts:
                continue
            row = after.get(kept.id, replace(before[kept.id], cards=()))
            still = gate.texts_of(row, room.gate_posts(step.id))
            rows[place], spare[kept.id] = gate.without(kept, still, spare.get(kept.id, 0))
            if rows[place] != kept:
                changed = repository.result_row(room.id, step.id, place, rows[place])
                changes.add(repository.REVISE_RESULT, changed)
                changes.compact = True
        room.results[step.id] = tuple(rows)
        return replace(state, spare={**state.spare, step.id: spare})

    def sweep_meeting(self, meeting_id: str) -> None:
        """Seals what was left long enough ago, closes what was forgotten, and ends what cannot be read."""
        try:
            room = self.host.room(meeting_id)
        except MeetingUnreadable:
            room = None
        if room is None:
            self.host.ending.sweep(meeting_id)
            return
        now = self.host.clock.seconds()
        if room.state.phase == "lobby":
            if self.host.ending.age(meeting_id, room.state.opened) > LONGEST_MEETING_SECONDS:
                self.host.unopen(meeting_id)
            return
        if self.host.ending.age(meeting_id, first(room.state.begun)) > LONGEST_MEETING_SECONDS:
            try:
                self.host.command(meeting_id, Command("close"), room.state.version)
            except Exception:
                # A full disk passes; what lies there may be damaged so that it can never be closed.
                self.host.ending.sweep(meeting_id, readable=True)
                raise
            return
        due = [step for step in past_taking(room.state, now) if self._holds(room, step)]
        due += sorted(room.lost)
        if due:
            self._seal_steps(meeting_id, due)

    def seal_left(self, meeting_id: str) -> None:
        """Seals every step that was left, however short ago; the one on screen goes on after a restart.

        Whoever asks for it wipes what is deleted by it, once all meetings had their turn.
        """

        def work(changes: Transaction) -> None:
            room = self.host.room(meeting_id)
            if room is not None:
                for step_id in filter(partial(self._holds, room), room.state.left):
                    self.seal(changes, room, step_id)
                changes.compact = False

        self.host.writer.submit(work)

    def destroy_stray_keys(self) -> None:
        """Destroys keys that a killed process left: of meetings that do not go on and of sealed steps."""
        found = self.host.keys.found()
        running = set(repository.running_meetings(self.host.engine)) if found else set()
        for meeting_id, step_id in found:
            try:
                room = self.host.room(meeting_id) if meeting_id in running else None
            except MeetingUnreadable:
                # It may be put back, and then its keys are needed.
                continue
            if room is None or room.state.phase == "closed" or step_id in room.state.sealed:
                self.host.keys.destroy(meeting_id, step_id)

    def _holds(self, room: Room, step_id: str) -> bool:
        return bool(room.posts.get(step_id)) or self.host.keys.has(room.id, step_id)

    def _seal_steps(self, meeting_id: str, steps: Sequence[str]) -> None:
        def work(changes: Transaction) -> None:
            room = self.host.room(meeting_id)
            if room is not None:
                for step_id in steps:
                    self.seal(changes, room, step_id)

        self.host.writer.submit(work)
        self.host.notify_all(meeting_id)


def _texts(report: Report) -> dict[str, Texts]:
    return {row.id: row for row in report if isinstance(row, Texts)}
