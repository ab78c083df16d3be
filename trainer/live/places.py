"""Steps that tables do by themselves: at each place such a step is a step of its own, called `step@place`.

So whatever goes by the id of a step goes by place as well: the state of its kind, posts, keys, pictures,
marks and results. What is about the meeting (which step is on screen, which are sealed) goes by `whole` step.
"""

from collections.abc import Mapping
from dataclasses import replace

from trainer.curriculum.ids import PLACE_MARK
from trainer.curriculum.model import Part, Step
from trainer.kinds.contract import Kind


def steps_at(kind: Kind, step: Step) -> Mapping[str, Step]:
    """A step at each of its places, by the place's id; empty for a step that everybody does together."""
    return {
        place.id: replace(
            step,
            id=f"{step.id}{PLACE_MARK}{place.id}",
            settings=kind.at(step.settings, place.id),
            place=place,
        )
        for place in kind.places(step.settings)
    }


def step_at(kind: Kind, step: Step, place: str) -> Step:
    """A step as it is at `place`; as a whole where it has no such place."""
    return steps_at(kind, step).get(place, step) if place else step


def is_divided(kind: Kind, step: Step) -> bool:
    """Is this the whole of a step that only its places do?"""
    return step.place is None and bool(kind.places(step.settings))


def whole(step_id: str) -> str:
    """The id of the whole step, given its id at a place."""
    return step_id.partition(PLACE_MARK)[0]


class Steps(dict[str, Step]):
    """The steps of a part by id, whole and at their places: made once, because every vote looks one up."""

    def __init__(self, part: Part, kinds: Mapping[str, Kind]) -> None:
        super().__init__((step.id, step) for step in part.steps())
        found = {step.id: steps_at(kinds[step.kind], step) for step in self.values()}
        self._places = {step_id: at for step_id, at in found.items() if at}
        self.update((step.id, step) for at in self._places.values() for step in at.values())

    def at(self, step_id: str, place: str) -> Step | None:
        """A step as it is at `place`, or as a whole where it has no such place; None for an unknown id."""
        return self._places.get(step_id, {}).get(place) or self.get(step_id)

    def at_each_place(self, step_id: str) -> tuple[Step, ...]:
        """A step at all of its places; only itself when everybody does it together."""
        if step_id in self._places:
            return tuple(self._places[step_id].values())
        found = self.get(step_id)
        return (found,) if found else ()

    def is_divided(self, step_id: str) -> bool:
        """Is this the whole of a step that only its places do?"""
        return step_id in self._places

    def has_place(self, place: str) -> bool:
        """Does any step have this place?"""
        return any(place in at for at in self._places.values())
