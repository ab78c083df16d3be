"""Exercises on paper: what people do without a phone, of a meeting that is open or still to come."""

from collections.abc import Iterator

from markupsafe import Markup

from trainer.curriculum.model import Step
from trainer.kinds.contract import Kind
from trainer.meetings.core import Core
from trainer.meetings.fragments import Renderer
from trainer.meetings.room import Room


class Papers:
    """Renders the fragments of kinds for paper. They show nothing that anybody sent."""

    def __init__(self, core: Core, renderer: Renderer) -> None:
        self._core = core
        self._renderer = renderer

    def of(self, room: Room) -> Iterator[Markup]:
        """Every exercise of a meeting that is on paper, once; what is only shown needs none."""
        for whole in room.part.steps():
            for step in room.steps.at_each_place(whole.id):
                kind = room.kind(step)
                if kind.takes_posts or kind.printed:
                    yield self.paper(kind, step)

    def paper(self, kind: Kind, step: Step, people: int = 0) -> Markup:
        """One exercise on paper, with what `people` need together; 0 when nobody said how many they are."""
        return self._drawn("print", kind, step, people)

    def poster(self, kind: Kind, step: Step) -> Markup:
        """What hangs on the wall: the poster of a kind that has one, and else its text."""
        return self._drawn("poster" if kind.has_poster else "print", kind, step, 0)

    def _drawn(self, name: str, kind: Kind, step: Step, people: int) -> Markup:
        state = kind.start(step.settings)
        values = {
            "step": step,
            "settings": step.settings,
            "state": state,
            "view": {},
            "item": kind.item(step.settings, state),
            "sealed": False,
            "paper": False,
            "people": people,
        }
        return Markup(self._core.drawings.put_into(self._renderer.fragment(kind, name, values)))
