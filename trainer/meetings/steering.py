"""Steering: what trainers and participants do that changes the exercise for everybody."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from trainer.curriculum.model import Step
from trainer.kinds import gate
from trainer.kinds.contract import Claim, Command, Rejected
from trainer.kinds.private import given_to
from trainer.live.context import with_kind_state
from trainer.live.obey import Obeyed, obey
from trainer.live.places import whole
from trainer.live.state import MeetingState
from trainer.meetings.core import Core
from trainer.meetings.dealing import deal_anew
from trainer.meetings.marks import Marks
from trainer.meetings.posting import LATE, Posting
from trainer.meetings.room import Room
from trainer.meetings.sealing import Sealing
from trainer.meetings.signals import TRAINERS_ROLES
from trainer.store.group import Transaction
from trainer.store.log import MEETING_DEED, Deed, What, row_of_meeting

NOT_OPEN = Rejected("closed", "Deze bijeenkomst is niet open.")


@dataclass(frozen=True, slots=True)
class Steering:
    """Carries out what is asked of a meeting. `prepare` is called once a command is committed."""

    core: Core
    marks: Marks
    posting: Posting
    sealing: Sealing
    prepare: Callable[[Room], None]

    def command(
        self, meeting_id: str, command: Command, version: int, place: str = "", *, who: str = ""
    ) -> MeetingState | Rejected:
        """Carries out a trainer's command, given the version that the trainer saw, or says why not.

        `place` is that of the page that it comes from, `who` gives it: '' for nobody. Raises NotSaved.
        """
        seeded = replace(command, seed=secrets.randbits(128))

        def work(changes: Transaction) -> MeetingState | Rejected:
            room = self.core.room(meeting_id)
            if room is None:
                return NOT_OPEN
            before, here = room.state, room.here(place)
            obeyed = obey(self.core.context(room, place), before, seeded, version)
            if isinstance(obeyed, Rejected):
                return obeyed
            if obeyed.state.phase == "closed" and room.record.rehearsal:
                self.sealing.take_back(changes, room)
                changes.after.append(lambda: self.core.signals.hang_up_rehearsal(meeting_id))
                return obeyed.state
            self._mark(changes, room, obeyed, here)
            if here is not None:
                deal_anew(changes, room, self.core.keys, here, seeded)
            if obeyed.state.phase == "closed":
                self._close(changes, room, obeyed.state, who)
            else:
                self.core.store_state(changes, room, self.sealing.revised(changes, room, obeyed.state, here))
            for step_id in obeyed.state.begun_again(before):
                self.sealing.empty(changes, room, step_id)
            changes.after.append(lambda: self.core.signals.show(meeting_id, obeyed.place))
            changes.after.append(lambda: self._make_key(room))
            changes.after.append(lambda: self.prepare(room))
            return room.state

        outcome = self.core.writer.submit(work, meeting_id)
        if isinstance(outcome, Rejected):
            # The sender's view may be out of date.
            self.core.notify_all(meeting_id)
        return outcome

    def _close(self, changes: Transaction, room: Room, closed: MeetingState, who: str) -> None:
        self._write(changes, room, What.MEETING_CLOSED, who)
        self.sealing.finish(changes, room, closed)

    def _write(self, changes: Transaction, room: Room, what: What, who: str) -> None:
        """Writes in the log what somebody did."""
        if who:
            deed = Deed(what, who, self.core.clock.now().date(), room.part.title)
            changes.add(MEETING_DEED, row_of_meeting(deed, room.id))

    def _mark(self, changes: Transaction, room: Room, obeyed: Obeyed, here: Step | None) -> None:
        """Marks what was seen until now, wherever that changes, and lets leave what was taken back."""
        if not obeyed.place and room.steps.is_divided(room.state.step):
            self.marks.look(changes, room)
        if here is not None:
            self.marks.mark(changes, room, here.id, obeyed.marks)
        self.marks.settle(changes, room)

    def _make_key(self, room: Room) -> None:
        """Makes the key of the step on screen, so that its file does not bear the time of the first press."""
        step = room.here()
        if step is None or room.state.phase != "live" or step.id in room.state.sealed:
            return
        if room.kind(step).takes_posts:
            for each in room.steps.at_each_place(step.id):
                self.core.keys.make(room.id, each.id)

    def act(self, meeting_id: str, token: str, step_id: str, action: Command) -> Rejected | None:
        """Carries out a participant's action that affects everybody, such as opening a card, or says why not.

        Raises NotSaved.
        """
        seeded = replace(action, seed=secrets.randbits(128))

        def work(changes: Transaction) -> Rejected | None:
            room, step = self.posting.open_step(meeting_id, step_id)
            if isinstance(step, Rejected):
                return step
            if room is None or whole(step_id) != room.state.step:
                # Only the step on screen can be changed for everybody.
                return LATE
            if not self.core.is_participant(meeting_id, token):
                return LATE
            self.marks.look(changes, room)
            kind, had = room.kind(step), given_to(room.kind(step), self.posting.had(room, step_id, token))
            after = kind.act(step.settings, room.kind_state(step), seeded, had, room.seen(step_id))
            if isinstance(after, Rejected):
                return after
            marks: Mapping[str, str] = {}
            if isinstance(after, Claim):
                told = gate.claim(room.gate_posts(step_id), after.card, had)
                if isinstance(told, Rejected):
                    return told
                after, marks = after.state, told
            if after == room.kind_state(step):
                # Nothing changed: a new version would only make trainers' buttons stale.
                return None
            self.marks.mark(changes, room, step_id, marks)
            self.marks.settle(changes, room)
            state = with_kind_state(room.state, step, after)
            everywhere = None if action.name in kind.independent else ""
            self.core.store_state(changes, room, state.advanced(step.place.id if step.place else everywhere))
            # `sockets/broadcast.py` updates all phones by itself, after a refusal too.
            changes.after.append(lambda: self.core.signals.notify(meeting_id, TRAINERS_ROLES))
            return None

        return self.core.writer.submit(work, meeting_id)

    def unopen(self, meeting_id: str, *, who: str = "") -> bool:
        """Takes a meeting back from its lobby: revokes its code, closes its pages, forgets its phones.

        What the trainers chose for it stays. `who` does it: '' for nobody.
        False when it is not in its lobby, such as one that has begun. Raises NotSaved.
        """

        def work(changes: Transaction) -> bool:
            room = self.core.room(meeting_id)
            if room is None or room.state.phase != "lobby":
                return False
            if not room.record.rehearsal:
                self._write(changes, room, What.MEETING_TAKEN_BACK, who)
            self.sealing.take_back(changes, room)
            return True

        taken_back = self.core.writer.submit(work, meeting_id)
        if taken_back:
            self.core.signals.hang_up_meeting(meeting_id)
        return taken_back
