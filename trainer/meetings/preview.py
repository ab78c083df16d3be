"""A step as each role would see it at its beginning, without a meeting: for whoever writes its text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from trainer import kinds as kind_registry
from trainer.curriculum.model import Part, Step
from trainer.kinds.contract import NOTHING_SEEN, Kind
from trainer.kinds.private import private_view
from trainer.library.drawings import Drawings
from trainer.live import views
from trainer.live.audience import Role
from trainer.live.places import step_at
from trainer.live.state import MeetingState
from trainer.live.views import Scene
from trainer.meetings.fragments import Renderer

Values = dict[str, Any]


class Preview:
    """Draws a step with the templates of a meeting. Nobody is in it, and nothing of it is kept."""

    def __init__(self, kinds: Mapping[str, Kind], renderer: Renderer, drawings: Drawings) -> None:
        self._kinds = kinds
        self._renderer = renderer
        self._drawings = drawings

    def html(self, role: Role, part: Part, step: Step, item: int, now: datetime) -> Markup:
        """The view of phones or of the screen, `item` items (such as slides) after the beginning.

        Of a step that tables do by themselves, as the first of them sees it.
        """
        kind = self._kinds[step.kind]
        places = kind.places(step.settings)
        at = places[0].id if places else ""
        here = step_at(kind, step, at)
        inner = self._at(kind, here, item)
        state = MeetingState(phase="live", step=step.id, kinds={here.id: inner})
        scene = Scene(part, self._kinds, state, now, now, part.title, part.title, "", at)
        values = self._screen(scene, kind, here, inner) if role is Role.SCREEN else {}
        values = values or self._phone(scene, kind, here, inner)
        return Markup(self._renderer.view(role, values))

    def notes(self, part: Part, step: Step, item: int) -> Values:
        """What a trainer has beside that: the notes of the block, of the step or its item, and the guide."""
        kind = self._kinds[step.kind]
        inner = self._at(kind, step, item)
        view = kind.control(step.settings, inner, NOTHING_SEEN) if kind.shows_notes else {}
        block = next(block for block in part.blocks if step in block.steps)
        return {
            "block": block.notes,
            "step": view.get("notes", "") if kind.shows_notes else step.notes,
            "guide": kind_registry.facilitation(kind),
        }

    def _phone(self, scene: Scene, kind: Kind, step: Step, inner: Any) -> Values:
        shown = kind.phone(step.settings, inner, NOTHING_SEEN)
        own = Markup()
        if kind.takes_posts:
            view = private_view(kind, step.settings, inner, (), NOTHING_SEEN)
            own = self._drawn(kind, step, inner, "own", view)
        return views.phone_view(scene) | {
            "kind_html": self._drawn(kind, step, inner, "phone", shown),
            "own_html": own,
            "closed": None,
            "overheard": False,
            "size": 0,
        }

    def _screen(self, scene: Scene, kind: Kind, step: Step, inner: Any) -> Values:
        shown = kind.screen(step.settings, inner, NOTHING_SEEN)
        return views.screen_view(scene) | {
            "kind_html": self._drawn(kind, step, inner, "screen", shown),
            "join": None,
            "phones": 0,
            "leaders": (),
            "new_trainers": (),
        }

    def _at(self, kind: Kind, step: Step, item: int) -> Any:
        inner = kind.start(step.settings)
        for _ in range(item):
            further = kind.forward(step.settings, inner)
            if further is None:
                break
            inner = further
        return inner

    def _drawn(self, kind: Kind, step: Step, inner: Any, name: str, view: Any) -> Markup:
        values = {
            "step": step,
            "settings": step.settings,
            "state": inner,
            "view": view,
            "item": kind.item(step.settings, inner),
            "sealed": False,
            "paper": False,
        }
        return Markup(self._drawings.put_into(self._renderer.fragment(kind, name, values)))
