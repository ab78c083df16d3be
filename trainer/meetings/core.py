"""What every part of the meetings works with, handed to each when it is made.

Reads are direct. Every change goes through the one writer (see `store/writer.py`), which keeps memory and
database in step. After a change, `signals` tells the pages which roles have something new to see.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine

from trainer import kinds as kind_registry
from trainer.config import Settings
from trainer.curriculum.model import Step
from trainer.kinds.contract import Kind
from trainer.library.drawings import Drawings
from trainer.library.texts import Library
from trainer.library.versions import Versions
from trainer.live.clock import Clock, Origin
from trainer.live.context import NO_POSTS, Context
from trainer.live.places import whole
from trainer.live.state import MeetingState
from trainer.live.stored import state_to_json
from trainer.meetings.arrivals import Arrivals
from trainer.meetings.loading import Loading
from trainer.meetings.network import addresses, is_this_machine, url_of
from trainer.meetings.room import Room
from trainer.meetings.rooms import Rooms
from trainer.meetings.signals import ALL_ROLES, TRAINERS_ROLES, Signals
from trainer.meetings.veil import veiled
from trainer.store import statements
from trainer.store.database import writer_engine
from trainer.store.group import Transaction
from trainer.store.keys import KeyRing, token_hash
from trainer.store.writer import Offload, Writer


class Core:
    """The programmes, the clock, the rooms, the keys, and the one writer."""

    def __init__(self, settings: Settings, engine: Engine, offload: Offload) -> None:
        self.settings = settings
        self.engine = engine
        self.offload = offload
        self.clock = Clock(settings.timezone)
        self.kinds: Mapping[str, Kind] = kind_registry.discover()
        self.keys = KeyRing(settings.key_dir)
        self.arrivals = Arrivals()
        self.rooms = Rooms(self._load)
        self.writer = Writer(writer_engine(settings.database_url), offload, self.forget)
        # While there are no pages, counts are updated at once.
        self.signals = Signals(notify_later=self.tell_counts)
        # How many phones of people who do not exist are connected, by rehearsal.
        self.pretended: dict[str, int] = {}
        self.drawings = Drawings(settings.content_dir)
        self.read_curriculum()
        self.versions = Versions(lambda: self.library, self.clock.now)

    def _load(self, meeting_id: str) -> Room | None:
        return Loading(self.engine, self.keys, self.clock, self.kinds, self.library)(meeting_id)

    @property
    def public_url(self) -> str:
        """The address at which phones reach this server; on a LAN it may change while the server runs."""
        return self.public_urls[0]

    @property
    def public_urls(self) -> Sequence[str]:
        """That address, and the others of this machine in case phones are in another of its networks."""
        if self.settings.base_url:
            return (self.settings.base_url,)
        return [url_of(address, self.settings.port) for address in addresses(self.settings.host)]

    def elsewhere(self, here: str) -> Sequence[str]:
        """The other addresses at which people may have joined, seen from the address of a request."""
        self.arrivals.tell(self.public_url)
        return self.arrivals.others(here)

    @property
    def overheard(self) -> bool:
        """Can others on the network read what phones send? Over plain HTTP they can."""
        return self.public_url.startswith("http://") and not is_this_machine(self.public_url)

    def is_held(self, room: Room, step: Step) -> bool:
        """Is this exercise on hold until a trainer accepts that others may overhear it?"""
        intimate = room.kind(step).intimate(step.settings)
        return intimate and whole(step.id) not in room.state.plain_accepted and self.overheard

    def read_curriculum(self) -> None:
        """Reads all programmes; only those without problems are offered."""
        self.library = Library(self.settings.content_dir, kind_registry.interpret)

    def room(self, meeting_id: str) -> Room | None:
        """The meeting, from memory or from the database; None when it was never opened.

        Raises MeetingUnreadable when it is damaged, and OperationalError when the database is busy.
        """
        return self.rooms.get(meeting_id)

    def shown(self, meeting_id: str) -> Room | None:
        """The meeting as people may see it: waits until all that others would see of it is stored.

        Otherwise, if the commit failed, what people saw would be dropped and not count as seen. Returns and
        raises what `room` does.
        """
        room = self.room(meeting_id)
        while room is not None and not room.stored.is_set():
            room.stored.wait()
            room = self.room(meeting_id)
        return room

    def forget(self, meeting_ids: set[str]) -> None:
        """Drops stale in-memory copies; everybody is shown what the database holds."""
        self.rooms.forget(meeting_ids)
        for meeting_id in meeting_ids:
            self.notify_all(meeting_id)

    def tell_counts(self, meeting_id: str) -> None:
        """Lets the pages of a meeting show how many have taken part so far."""
        room = self.room(meeting_id)
        if room is not None:
            room.tell_counts()

    def notify_all(self, meeting_id: str) -> None:
        """Signals that everybody in a meeting has something new to see."""
        self.signals.notify(meeting_id, ALL_ROLES)

    def notify_screens(self) -> None:
        """Signals that the screens and controls of all meetings have something new to show."""
        for meeting_id in self.rooms.ids():
            self.signals.notify(meeting_id, TRAINERS_ROLES)

    def is_participant(self, meeting_id: str, token: str) -> bool:
        """Is this the token of a phone that is in the meeting? Raises what `room` does."""
        room = self.room(meeting_id)
        return room is not None and token_hash(meeting_id, token) in room.participants

    def seconds(self, room: Room) -> float:
        """This moment on the clock of a meeting, which all moments in its state are on."""
        return room.state.pace.at(self.clock.seconds())

    def now(self, room: Room) -> datetime:
        """The same moment as a time of day."""
        return datetime.fromtimestamp(self.seconds(room), self.clock.zone)

    def context(self, room: Room, place: str = "") -> Context:
        """What a command from `place` needs to know; '' when the step on screen has no such place."""
        now, step = self.now(room), room.here(place)
        posts = room.gate_posts(step.id) if step else NO_POSTS
        at = step.place.id if step and step.place else ""
        start, rehearsal = room.planned_start(now), room.record.rehearsal
        return Context(room.part, room.kinds, now, start, posts, at, rehearsal)

    def store_state(self, changes: Transaction, room: Room, state: MeetingState) -> None:
        """Makes `state` the state of a meeting: in memory now, in the database when `changes` commit."""
        changes.touch(room.id)
        # When the machine was booted only matters if the state holds moments to relate to it.
        origin = self.clock.origin if state.begun or state.opened else Origin()
        row = {
            "meeting_id": room.id,
            "state": state_to_json(veiled(room, self.keys, state), origin),
            "phase": state.phase,
            "version": state.version,
        }
        changes.add(statements.SAVE_STATE, row)
        changes.hide(room.stored)
        room.state = state
