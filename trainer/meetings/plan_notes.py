"""What the trainers see of their course's plan while they lead: points of attention at the first block, and
the goals where a group makes agreements. On control alone: nothing of it is shown to others by itself."""

import logging
from typing import Any

from sqlalchemy.exc import DBAPIError

from trainer.live.views import Scene
from trainer.meetings.core import Core
from trainer.meetings.room import Room
from trainer.plans.sheet import fill, goals, points
from trainer.store.plans import course_of, filled

log = logging.getLogger(__name__)
NOTHING: dict[str, Any] = {"points": (), "goals": ()}


class PlanNotes:
    """Reads the plan when a moment comes at which it matters."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def view(self, room: Room, scene: Scene) -> dict[str, Any]:
        """`points` of attention, and `goals` by the title of their table; both empty at any other moment."""
        form = self._core.library.plan
        first, recalls = _moment(scene)
        if form is None or not (first or recalls):
            return NOTHING
        try:
            with self._core.engine.connect() as connection:
                course = course_of(connection, room.id)
                if course is None:
                    return NOTHING
                sheet = fill(form, filled(connection, course[0]))
        except DBAPIError as error:
            # Control goes on without it: the meeting matters more.
            log.error("the plan of meeting %s cannot be read (%s)", room.id, type(error).__name__)
            return NOTHING
        return {
            "points": points(sheet, course[1], scene.part.id) if first else (),
            "goals": goals(sheet) if recalls else (),
        }


def _moment(scene: Scene) -> tuple[bool, bool]:
    """Whether control shows the notes of the first block, also before the start; and whether people agree."""
    if scene.state.phase == "lobby":
        return True, False
    if scene.state.phase != "live" or scene.here is None:
        return False, False
    block, step = scene.here
    return block.id == scene.part.blocks[0].id, scene.kinds[step.kind].recalls_plan
