"""Preparing: what trainers choose for a meeting before it is opened, and the text as they read it then."""

import threading
from datetime import datetime, time
from functools import partial

from markupsafe import Markup
from sqlalchemy.orm import Session

from trainer.curriculum.model import Step
from trainer.kinds.contract import Command, Rejected
from trainer.live.bounds import USUAL_START, read_start
from trainer.live.commands import BEFOREHAND
from trainer.live.context import Context
from trainer.live.leading import named
from trainer.live.order import prepared
from trainer.live.state import MeetingState
from trainer.live.stored import prepared_from_json, prepared_to_json
from trainer.live.views import Scene
from trainer.meetings.core import Core
from trainer.meetings.fragments import Renderer
from trainer.store import statements
from trainer.store.group import Transaction
from trainer.store.models import UNKNOWN_DAY, Meeting
from trainer.store.writer import NotSaved

NOT_THERE = Rejected("not-there", "Deze bijeenkomst is er niet meer.")
OPENED = Rejected("opened", "De bijeenkomst is intussen geopend. Kies nu verder in de regie.")
UNREADABLE = Rejected("unreadable", "Het programma kan nu niet gelezen worden. Er is niets veranderd.")
UNKNOWN = Rejected("unknown", "Deze knop ken ik niet.")


class Preparing:
    """Carries out what is asked of a meeting that is planned, and renders its text."""

    def __init__(self, core: Core, renderer: Renderer) -> None:
        self._core = core
        self._renderer = renderer
        # One at a time: what a planned meeting holds is in no memory, so the next one must find it stored.
        self._turn = threading.Lock()

    def command(self, meeting_id: str, command: Command) -> MeetingState | Rejected:
        """Changes what is chosen for a planned meeting, or says why not.

        Each command is about one thing, so two trainers lose nothing of each other's. Raises NotSaved.
        """
        with self._turn:
            try:
                return self._core.writer.submit(
                    partial(self._work, meeting_id=meeting_id, command=command), meeting_id
                )
            except NotSaved:
                # Somebody may have opened it between reading and storing.
                with Session(self._core.engine) as session:
                    meeting = session.get(Meeting, meeting_id)
                    if meeting is None or meeting.phase != "planned":
                        return NOT_THERE if meeting is None else OPENED
                raise

    def _work(self, changes: Transaction, meeting_id: str, command: Command) -> MeetingState | Rejected:
        with Session(self._core.engine) as session:
            meeting = session.get(Meeting, meeting_id)
            if meeting is None:
                return NOT_THERE
            if meeting.phase != "planned":
                return OPENED
            part, stored = self._core.library.given(meeting), meeting.state
        if part is None:
            return UNREADABLE
        handler, now = BEFOREHAND.get(command.name), self._core.clock.now()
        if handler is None:
            return UNKNOWN
        before = prepared_from_json(stored, part)
        outcome = handler(Context(part, self._core.kinds, now, now), before, command)
        if isinstance(outcome, Rejected):
            return outcome
        after = prepared(part, outcome)
        if after != before:
            row = {"meeting_id": meeting_id, "state": prepared_to_json(after)}
            changes.add(statements.SAVE_PREPARED, row)
        return after

    def scene(self, meeting: Meeting) -> Scene | None:
        """A meeting as it was prepared, at the moment at which it is planned to begin.

        None when its programme cannot be read now. Raises MeetingUnreadable when it is open and damaged.
        """
        part, state = self._core.library.given(meeting), MeetingState()
        if part is None:
            return None
        if meeting.phase == "planned":
            state = prepared_from_json(meeting.state, part)
        elif (room := self._core.room(meeting.id)) is not None:
            part, state = room.part, prepared(room.part, room.state)
        day = self._core.clock.now().date() if meeting.date == UNKNOWN_DAY else meeting.date
        start = read_start(meeting.start) or read_start(USUAL_START) or time.min
        begins = datetime.combine(day, start, self._core.clock.zone)
        programme = self._core.library.programme(meeting.course.programme)
        title = programme.title if programme else meeting.course.programme
        return Scene(
            part, self._core.kinds, state, begins, begins, title, meeting.course.title, meeting.course.place
        )

    def text(self, step: Step, names: tuple[str, ...]) -> Markup:
        """All that participants see of a step, as trainers read it beforehand: each slide with its note."""
        values = {"step": step, "settings": step.settings, "named": partial(named, names=names)}
        found = self._renderer.fragment(self._core.kinds[step.kind], "read", values)
        return Markup(self._core.drawings.put_into(found or step.html))

    def shows_notes(self, step: Step) -> bool:
        """Are a step's notes in its text already, each at what it is about?"""
        return self._core.kinds[step.kind].shows_notes
