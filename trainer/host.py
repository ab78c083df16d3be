"""The host of all running meetings: it joins clock, live state, store and views.

Reading is direct. Every change goes through the one writer (see `store/writer.py`), which keeps what is in
memory and what is in the database the same. After a change `notify` tells the sockets which roles see it.
"""

import logging
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from trainer import kinds as kind_registry
from trainer.codeguard import CodeGuard
from trainer.config import Settings
from trainer.cookies import Cookies
from trainer.curriculum.files import Missing, Unfit, read_inside
from trainer.curriculum.limits import MOST_BYTES
from trainer.curriculum.model import Programme, Step
from trainer.curriculum.parse import read_library
from trainer.curriculum.problems import Problem, Problems
from trainer.ending import Ending
from trainer.joining import Joining
from trainer.kinds import gate
from trainer.kinds.contract import Claim, Command, Kind, Rejected
from trainer.kinds.disclosure import Kept
from trainer.leaders import Leaders
from trainer.live.clock import Clock, Origin
from trainer.live.commands import Context, looked, obey, with_kind_state
from trainer.live.state import MeetingState
from trainer.live.stored import state_to_json
from trainer.network import is_this_machine, lan_address
from trainer.posting import LATE, Posting
from trainer.render import Renderer
from trainer.room import MeetingUnreadable, Room
from trainer.rooms import Rooms, read_source
from trainer.screens import Screens
from trainer.sealing import Sealing
from trainer.store import repository
from trainer.store.codes import new_code, tail_of
from trainer.store.database import transaction, writer_engine
from trainer.store.keys import ALL_STEPS, KeyRing, token_hash
from trainer.store.models import Meeting, db
from trainer.store.writer import NotSaved, Offload, Transaction, Writer
from trainer.sweeping import Sweep
from trainer.veil import veiled
from trainer.views import Views

ALL_ROLES = frozenset({"phone", "control", "screen"})
TRAINERS_ROLES = frozenset({"control", "screen"})

log = logging.getLogger(__name__)

Notify = Callable[[str, frozenset[str]], None]
NOT_OPEN = Rejected("closed", "Deze bijeenkomst is niet open.")


class Host:
    """All running meetings of this process, and the curriculum they are made from."""

    def __init__(self, settings: Settings, engine: Engine, renderer: Renderer, offload: Offload) -> None:
        self.settings = settings
        self.engine = engine
        self.offload = offload
        self.cookies = Cookies(settings.secure)
        self.clock = Clock(settings.timezone)
        self.kinds: Mapping[str, Kind] = kind_registry.discover()
        self.library: Mapping[str, Programme] = {}
        self.problems: Sequence[Problem] = ()
        self.keys = KeyRing(settings.key_dir)
        self.rooms = Rooms(self)
        self.writer = Writer(writer_engine(settings.database_url), offload, self.forget)
        self.views = Views(self, renderer)
        self.posting = Posting(self)
        self.joining = Joining(self)
        self.codes = CodeGuard()
        self.codes.changed = self.notify_screens
        self.sealing = Sealing(self)
        self.ending = Ending(self)
        self.leaders = Leaders()
        self.screens = Screens(settings.secret_key, self.writer, self.cookies)
        self.screens.codes.guard.changed = self.notify_screens
        self.sweep = Sweep(self)
        self.notify: Notify = lambda meeting_id, roles: None
        # Says that a count moved. Where pages are open they follow at a tick of a clock, at a moment that
        # says nothing of when somebody pressed.
        self.notify_later: Callable[[str], None] = self.tell_counts
        # The same for everybody, before it returns: a whole room waits for what a trainer pressed.
        self.show: Callable[[str], None] = self.notify_all
        # Closes the open pages of a phone that left.
        self.hang_up_phone: Callable[[str, str], None] = lambda meeting_id, token: None
        # Empties and closes the open pages of whoever lost the right to them: by logging out, for example.
        # Also asked for every second: accounts are changed from the command line too.
        self.hang_up_strangers: Callable[[], None] = lambda: None
        # Empties and closes all open pages of a meeting that is not there any more.
        self.hang_up_meeting: Callable[[str], None] = lambda meeting_id: None
        # What other layers keep for the lifetime of the process, by name.
        self.extras: dict[str, Any] = {}
        self.read_curriculum()

    @property
    def public_url(self) -> str:
        """The address under which phones reach this server; on a LAN it may change while it runs."""
        return self.settings.base_url or f"http://{lan_address()}:{self.settings.port}"

    @property
    def overheard(self) -> bool:
        """Can others on the network read what phones send? Over plain HTTP they can."""
        return self.public_url.startswith("http://") and not is_this_machine(self.public_url)

    def is_held(self, room: Room, step: Step) -> bool:
        """Does this exercise wait until a trainer has said of it that being overheard is no objection?"""
        intimate = room.kind(step).intimate(step.settings)
        return intimate and step.id not in room.state.plain_accepted and self.overheard

    def read_curriculum(self) -> None:
        """Reads all programmes; one with a problem is not offered, the others are."""
        self.library, self.problems = read_library(self.settings.content_dir, kind_registry.interpret)

    # Rooms

    def room(self, meeting_id: str) -> Room | None:
        """The meeting, from memory or from the database; None when it was never opened.

        Raises MeetingUnreadable when it is damaged, and OperationalError when the database is busy.
        """
        return self.rooms.get(meeting_id)

    def shown(self, meeting_id: str) -> Room | None:
        """The meeting as people may see it: not while it holds what may not be stored after all.

        What was seen and then forgotten would not count as seen.
        """
        room = self.room(meeting_id)
        while room is not None and not room.stored.is_set():
            room.stored.wait()
            room = self.room(meeting_id)
        return room

    def open_meeting(self, meeting_id: str) -> bool:
        """Opens a planned meeting: from now on phones may join. Its text no longer follows the files.

        False when its part is not (any more) in a programme without problems.
        """

        def work() -> bool:
            meeting = db.session.get(Meeting, meeting_id)
            if meeting is None:
                return False
            programme = self.library.get(meeting.course.programme)
            if programme is None or meeting.part not in {part.id for part in programme.parts}:
                return False
            if meeting.phase == "planned":
                names = (programme.id, f"{meeting.part}.md")
                # The file may have been changed since the programmes were read, or be gone.
                try:
                    data = read_inside(self.settings.content_dir, names, MOST_BYTES)
                    source = data.decode("utf-8-sig")
                except (Missing, Unfit, UnicodeDecodeError):
                    return False
                if read_source(source, programme.id, meeting.part, Problems()) is None:
                    return False
                meeting.source = source
                meeting.state = state_to_json(MeetingState(opened=self.clock.seconds()), self.clock.origin)
                meeting.phase = "lobby"
                meeting.code, meeting.secret = new_code(), secrets.token_urlsafe(16)
            return True

        opened = transaction(work)
        if opened:
            # The time of its file is that of opening, and not of the first phone that came in.
            self.keys.make(meeting_id, ALL_STEPS)
        return opened

    def forget(self, meeting_ids: set[str]) -> None:
        """Of these the database knows better than memory: everybody sees what it knows."""
        self.rooms.forget(meeting_ids)
        for meeting_id in meeting_ids:
            self.notify_all(meeting_id)

    def tell_counts(self, meeting_id: str) -> None:
        """Lets the pages of a meeting tell how many took part until now."""
        room = self.room(meeting_id)
        if room is not None:
            room.tell_counts()

    def let_go(self, meeting_ids: Collection[str]) -> None:
        """Ends meetings that were deleted: no page that was open shows or sends anything."""
        # They are forgotten also when what others did in the same group could not be stored.
        with suppress(NotSaved):
            self.writer.submit(lambda changes: self.rooms.put_away(changes, meeting_ids))
        for meeting_id in meeting_ids:
            self.hang_up_meeting(meeting_id)

    def notify_all(self, meeting_id: str) -> None:
        """Says that everybody in a meeting has something new to see."""
        self.notify(meeting_id, ALL_ROLES)

    def meeting_for(self, secret: str) -> str | None:
        """The id of the open meeting with this secret."""
        return repository.find_meeting(self.engine, secret=secret)

    def meeting_with_code(self, code: str, tail: str) -> str | None:
        """The id of the open meeting with this code; with a tail, that must be right too."""
        found = repository.find_meeting(self.engine, code=code)
        room = self.room(found) if found else None
        if room is None or (tail and tail != tail_of(room.record.secret)):
            return None
        return room.id

    # Participants

    def is_participant(self, meeting_id: str, token: str) -> bool:
        room = self.room(meeting_id)
        return room is not None and token_hash(meeting_id, token) in room.participants

    def leave(self, meeting_id: str, token: str) -> None:
        """Forgets a phone. What it posted stays, and nobody can change it any more."""

        def work(changes: Transaction) -> None:
            room, digest = self.room(meeting_id), token_hash(meeting_id, token)
            if room is not None:
                changes.touch(meeting_id)
                steps = [step for step in room.steps if self.keys.has(meeting_id, step)]
                room.depart(digest, {step: self.keys.author(meeting_id, step, token) for step in steps})
                row = {"meeting_id": meeting_id, "token_hash": digest}
                changes.add(repository.DELETE_PARTICIPANT, row)
                changes.add(repository.COUNT_DEPARTED, {"meeting_id": meeting_id})

        if self.is_participant(meeting_id, token):
            self.writer.submit(work)
            self.hang_up_phone(meeting_id, token)

    def meetings_of(self, token: str) -> list[str]:
        """The meetings that go on in which this is the token of a phone."""
        found = []
        for meeting_id in repository.running_meetings(self.engine) if token else ():
            with suppress(MeetingUnreadable):
                if self.is_participant(meeting_id, token):
                    found.append(meeting_id)
        return found

    # Trainers

    def context(self, room: Room) -> Context:
        now = self.clock.now()
        posts = room.gate_posts(room.state.step)
        return Context(room.part, room.kinds, now, room.planned_start(now), posts)

    def command(self, meeting_id: str, command: Command, version: int) -> MeetingState | Rejected:
        """Does what a trainer asks, or says why not."""
        seeded = replace(command, seed=secrets.randbits(128))

        def work(changes: Transaction) -> MeetingState | Rejected:
            room = self.room(meeting_id)
            if room is None:
                return NOT_OPEN
            obeyed = obey(self.context(room), room.state, seeded, version)
            if isinstance(obeyed, Rejected):
                return obeyed
            self.posting.mark(changes, room, room.state.step, obeyed.marks)
            self.posting.settle(changes, room)
            if command.name == "close":
                self.sealing.finish(changes, room, obeyed.state)
            else:
                self.store_state(changes, room, self.sealing.revised(changes, room, obeyed.state))
            if command.name == "restart":
                self.sealing.empty(changes, room, obeyed.state.step)
            changes.after.append(lambda: self.show(meeting_id))
            changes.after.append(lambda: self._make_key(room))
            changes.after.append(lambda: self.views.prepare(room))
            return room.state

        outcome = self.writer.submit(work)
        if isinstance(outcome, Rejected):
            # Whoever pressed may have an old view.
            self.notify_all(meeting_id)
        return outcome

    def _make_key(self, room: Room) -> None:
        """Makes the key of the step on screen: the time of its file is the trainer's, and no first press."""
        step = room.step(room.state.step)
        if step is None or room.state.phase != "live" or step.id in room.state.sealed:
            return
        if room.kind(step).takes_posts:
            self.keys.make(room.id, step.id)

    def act(self, meeting_id: str, token: str, step_id: str, action: Command) -> Rejected | None:
        """A participant's action that changes the exercise for everybody, such as opening a card."""
        seeded = replace(action, seed=secrets.randbits(128))

        def work(changes: Transaction) -> Rejected | None:
            room, step = self.posting.open_step(meeting_id, step_id)
            if isinstance(step, Rejected):
                return step
            if room is None or step_id != room.state.step:
                # What changes what everybody sees is for the step that everybody sees.
                return LATE
            if not self.is_participant(meeting_id, token):
                return LATE
            self.look(changes, room)
            kind, own = room.kind(step), self.posting.staying(room, step_id, token)
            after = kind.act(step.settings, room.kind_state(step), seeded, own, room.seen(step_id))
            if isinstance(after, Rejected):
                return after
            marks: Mapping[str, str] = {}
            if isinstance(after, Claim):
                told = gate.claim(room.gate_posts(step_id), after.card, own)
                if isinstance(told, Rejected):
                    return told
                after, marks = after.state, told
            if after == room.kind_state(step):
                # Nothing changed: a new version would only make trainers' buttons stale.
                return None
            self.posting.mark(changes, room, step_id, marks)
            self.posting.settle(changes, room)
            state = with_kind_state(room.state, step, after)
            self.store_state(changes, room, replace(state, version=state.version + 1))
            # What phones get after it comes to all of them, after a refusal too (`sockets/broadcast.py`).
            changes.after.append(lambda: self.notify(meeting_id, TRAINERS_ROLES))
            return None

        return self.writer.submit(work)

    def look(self, changes: Transaction, room: Room) -> None:
        """Marks the cards that the group has before it, for what is about to change that."""
        marks = looked(self.context(room), room.state)
        if marks:
            self.posting.mark(changes, room, room.state.step, marks)

    def store_state(self, changes: Transaction, room: Room, state: MeetingState) -> None:
        """Makes `state` the state of a meeting, in memory now and in the database with these changes."""
        changes.touch(room.id)
        # When the machine was started is of no use where no moment is told.
        origin = self.clock.origin if state.begun or state.opened else Origin()
        row = {
            "meeting_id": room.id,
            "state": state_to_json(veiled(room, self.keys, state), origin),
            "phase": state.phase,
            "version": state.version,
        }
        changes.add(repository.SAVE_STATE, row)
        changes.hide(room.stored)
        room.state = state

    def notify_screens(self) -> None:
        """Says that screens and controls of all meetings have something new to show."""
        for meeting_id in self.rooms.ids():
            self.notify(meeting_id, TRAINERS_ROLES)

    def unopen(self, meeting_id: str) -> bool:
        """Takes a meeting back from its lobby: its code and open pages end, its phones are forgotten.

        False when it was begun already.
        """

        def work(changes: Transaction) -> bool:
            room = self.room(meeting_id)
            if room is None or room.state.phase != "lobby":
                return False
            self.rooms.put_away(changes, [meeting_id])
            changes.add(repository.DELETE_PARTICIPANTS, {"meeting_id": meeting_id})
            changes.add(repository.UNOPEN, {"meeting_id": meeting_id})
            return True

        taken_back = self.writer.submit(work)
        if taken_back:
            self.hang_up_meeting(meeting_id)
        return taken_back

    # Results

    def kept(self, meeting_id: str) -> tuple[Kept, ...]:
        """What may leave a closed meeting, in the order of its steps."""
        room = self.room(meeting_id)
        found = repository.results(self.engine, meeting_id)
        return tuple(row for step in room.part.steps() for row in found.get(step.id, ())) if room else ()
