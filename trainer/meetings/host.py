"""The host of all running meetings: makes the parts that serve them, opens meetings and ends them."""

import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Engine

from trainer.config import Settings
from trainer.cookies import Cookies
from trainer.curriculum.model import Step
from trainer.kinds.disclosure import Kept
from trainer.live.state import MeetingState
from trainer.live.stored import prepared_from_json, state_to_json
from trainer.meetings.codeguard import CodeGuard
from trainer.meetings.core import Core
from trainer.meetings.fragments import Renderer
from trainer.meetings.joining import Joining
from trainer.meetings.leaders import Leaders
from trainer.meetings.marks import Marks
from trainer.meetings.messages import Messages
from trainer.meetings.owns import Owns
from trainer.meetings.papers import Papers
from trainer.meetings.posting import Posting
from trainer.meetings.preparing import Preparing
from trainer.meetings.preview import Preview
from trainer.meetings.room import MeetingUnreadable
from trainer.meetings.screens import Screens
from trainer.meetings.sealing import Sealing
from trainer.meetings.sharing import SHARING, Sharing
from trainer.meetings.steering import Steering
from trainer.meetings.sweeping import Sweep
from trainer.store import repository, statements
from trainer.store.codes import new_code, tail_of
from trainer.store.group import Transaction
from trainer.store.keys import ALL_STEPS, token_hash
from trainer.store.log import Deed, Unlogged, change
from trainer.store.models import Meeting, db
from trainer.store.writer import NotSaved, Offload


class Host(Core):
    """All running meetings of this process, and the curriculum that they are made from."""

    def __init__(self, settings: Settings, engine: Engine, renderer: Renderer, offload: Offload) -> None:
        super().__init__(settings, engine, offload)
        self.cookies = Cookies(settings.secure)
        self.leaders = Leaders()
        self.codes = CodeGuard()
        self.codes.changed = self.notify_screens
        self.screens = Screens(settings.secret_key, self.writer, self.cookies)
        self.screens.codes.guard.changed = self.notify_screens
        self.marks = Marks(self)
        self.posting = Posting(self, self.marks)
        self.joining = Joining(self)
        self.sealing = Sealing(self, self.marks)
        self.sharing = Sharing(self)
        self.owns = Owns(self, self.posting, renderer)
        self.messages = Messages(self, self.owns, self.leaders, self.screens, self.codes, renderer)
        self.papers = Papers(self, renderer)
        self.preview = Preview(self.kinds, renderer, self.drawings)
        self.steering = Steering(self, self.marks, self.posting, self.sealing, self.owns.prepare)
        self.preparing = Preparing(self, renderer)
        self.sweep = Sweep(self, self.steering, self.sealing)

    # Rooms

    def open_meeting(self, meeting_id: str, deed: Deed | None = None, *, rehearsal: bool = False) -> bool:
        """Opens a planned meeting: from now on phones may join, and its text no longer follows its course's.

        What trainers chose before it was taken back is there again. A rehearsal is taken back when it ends,
        and is no `deed`. False when there is no such meeting, or its part is not, or no longer, in a sound
        programme.
        """

        def work() -> tuple[bool, bool]:
            # Otherwise what trainers choose at this moment would be stored, and then written over.
            db.session.execute(statements.HOLD, {"meeting_id": meeting_id})
            meeting = db.session.get(Meeting, meeting_id, populate_existing=True)
            if meeting is None:
                return False, False
            planned = meeting.phase == "planned"
            if planned:
                # Its file may have changed or disappeared since the programmes were read.
                source = self.library.source(meeting.course, meeting.part)
                if source is None:
                    return False, False
                meeting.source = source
                meeting.state = self._lobby(meeting)
                meeting.phase, meeting.rehearsal = "lobby", rehearsal
                meeting.code, meeting.secret = new_code(), secrets.token_urlsafe(16)
                # Another one each time: who was in its rehearsal was not there.
                meeting.shared_key, meeting.unwilling, meeting.shared = secrets.token_urlsafe(16), "", ""
            return True, planned

        opened, _ = change(work, lambda done: deed if deed and done[1] else Unlogged.NOBODY)
        if opened:
            # Now, so that the key file's timestamp is that of opening, not of the first phone that came in.
            self.keys.make(meeting_id, ALL_STEPS)
        return opened

    def _lobby(self, meeting: Meeting) -> str:
        """The stored state that a meeting begins in."""
        part = self.library.given(meeting)
        chosen = prepared_from_json(meeting.state, part) if part else MeetingState()
        return state_to_json(replace(chosen, opened=self.clock.seconds()), self.clock.origin)

    def let_go(self, meeting_ids: Collection[str]) -> None:
        """Ends deleted meetings: their open pages no longer show or send anything."""
        # They are dropped from memory even if something else of them could not be stored.
        with suppress(NotSaved):
            self.writer.submit(lambda changes: self.rooms.put_away(changes, meeting_ids))
        for meeting_id in meeting_ids:
            self.signals.hang_up_meeting(meeting_id)

    def meeting_for(self, secret: str) -> str | None:
        """The id of the open meeting with this secret."""
        return repository.find_meeting(self.engine, secret=secret)

    def meeting_with_code(self, code: str, tail: str) -> str | None:
        """The id of the open meeting with this code; a tail, if given, must be right too."""
        found = repository.find_meeting(self.engine, code=code)
        room = self.room(found) if found else None
        if room is None or (tail and tail != tail_of(room.record.secret)):
            return None
        return room.id

    # Participants

    def leave(self, meeting_id: str, token: str) -> None:
        """Forgets a phone. What it posted stays, but nobody can change it any more. Raises NotSaved."""

        def work(changes: Transaction) -> None:
            room, digest = self.room(meeting_id), token_hash(meeting_id, token)
            if room is not None:
                changes.touch(meeting_id)
                steps = [step for step in room.steps if self.keys.has(meeting_id, step)]
                authors = {step: self.posting.authors(room, step, token) for step in steps}
                room.depart(digest, {**authors, SHARING: [digest]})
                row = {"meeting_id": meeting_id, "token_hash": digest}
                changes.add(statements.DELETE_PARTICIPANT, row)
                changes.add(statements.COUNT_DEPARTED, {"meeting_id": meeting_id})

        if self.is_participant(meeting_id, token):
            self.writer.submit(work, meeting_id)
            self.signals.hang_up_phone(meeting_id, token)

    def meetings_of(self, token: str) -> list[str]:
        """The running meetings in which this is the token of a phone."""
        found = []
        for meeting_id in repository.running_meetings(self.engine) if token else ():
            with suppress(MeetingUnreadable):
                if self.is_participant(meeting_id, token):
                    found.append(meeting_id)
        return found

    # Results

    def kept(self, meeting_id: str, *, of_form: bool | None = None) -> tuple[Kept, ...]:
        """What may leave a closed meeting, in the order of its steps.

        Everything, or only what belongs to an evaluation form, or only what does not.
        """
        chosen = (
            rows
            for step, rows in self.kept_by_step(meeting_id)
            if of_form in (None, self.kinds[step.kind].is_form)
        )
        return tuple(row for rows in chosen for row in rows)

    def kept_by_step(self, meeting_id: str) -> tuple[tuple[Step, tuple[Kept, ...]], ...]:
        """The same by step, in order, at all its tables together. Steps without any are left out."""
        room = self.room(meeting_id)
        found = repository.results(self.engine, meeting_id)
        if room is None:
            return ()
        steps = [
            (step, tuple(row for each in room.steps.at_each_place(step.id) for row in found.get(each.id, ())))
            for step in room.part.steps()
        ]
        return tuple((step, rows) for step, rows in steps if rows)
