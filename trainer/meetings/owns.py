"""The private fragments of phones, and their message size: one for everybody in an exercise."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from markupsafe import Markup

from trainer.curriculum.model import Step
from trainer.kinds.contract import NOTHING_SEEN, Kind, Post
from trainer.kinds.gate import is_card
from trainer.kinds.private import given_to, private_view
from trainer.kinds.sizes import Sizes, largest, sizes_of
from trainer.live.audience import PHONES, Audience
from trainer.live.order import neighbour
from trainer.live.places import whole
from trainer.live.taking import takes_posts
from trainer.meetings.core import Core
from trainer.meetings.fragments import Renderer
from trainer.meetings.posting import Posting
from trainer.meetings.room import Room

# Any post will do: what a phone sees of a post that it took back has the same size for each.
SOME_POST = Post(str(uuid.UUID(int=0)), "", "", {})
# Exercises of which the sizes are remembered: meetings give the same ones, and to find them takes long.
MOST_SIZES = 500


@dataclass(frozen=True, slots=True)
class Own:
    """The private fragment of one phone: blank when what all phones see is right for it too.

    `size` is that of the message in bytes, the same for everybody in this exercise.
    """

    key: str
    html: str
    size: int


class Owns:
    """Renders what only one phone sees of a meeting at the moment."""

    def __init__(self, core: Core, posting: Posting, renderer: Renderer) -> None:
        self._core = core
        self._posting = posting
        self._renderer = renderer
        self._sizes = lru_cache(MOST_SIZES)(self._find_sizes)

    def message(self, room: Room, token: str, phones: Audience = PHONES) -> Own | None:
        """The private fragment of one phone of an audience; None when the step has no room for it there."""
        # The key first: a change made meanwhile belongs to another view, and is sent again with that.
        key, step = self.key(room, phones), self._open_step(room, phones.place)
        if step is None:
            return None
        own = self._posts_of(room, step, token)
        size = self.sizes(room, step).own
        if not self._is_private(room, step, own):
            return Own(key, "", size)
        return Own(key, self._text(room, step, own), size)

    def sizes(self, room: Room, step: Step) -> Sizes:
        """How large the messages of a step are, whatever they hold."""
        found = room.sizes.get(step.id)
        if found is None:
            # One size for all tables: which one a phone is at does not show in what it sends.
            parts = room.steps.at_each_place(whole(step.id))
            found = largest(self._sizes(each, room.kind(each)) for each in _that_differ(parts))
            room.sizes |= dict.fromkeys([whole(step.id), *(each.id for each in parts)], found)
        return found

    def _find_sizes(self, step: Step, kind: Kind) -> Sizes:
        leaving = self._renderer.leaving(step, (SOME_POST,))
        return sizes_of(
            step, kind, lambda inner, view: str(self._drawn(step, kind, inner, "own", view) + leaving)
        )

    def prepare(self, room: Room) -> None:
        """Finds the sizes of the next step in advance, so that no room has to wait for them."""
        step = room.step(room.state.step)
        following = neighbour(room.part, room.state, step, 1) if step else None
        if following:
            self.sizes(room, following[1])

    def key(self, room: Room, phones: Audience) -> str:
        """The key of what is shown, found once for all the phones that show it."""
        step = room.here(phones.place)
        rendered = room.rendered.of(step.id if step else "", phones.language, room.state.version)
        if not rendered.key:
            rendered.key = room.scene(self._core.now(room), phones.place).key
        return rendered.key

    def is_felt_by_all(self, room: Room) -> bool:
        """Can what one phone does change what others see?"""
        step = room.here()
        if step is None or room.state.phase != "live":
            return False
        kind = room.kind(step)
        return (kind.takes_posts and kind.personal) or type(kind).act is not Kind.act

    def none_own(self, room: Room, phones: Audience) -> bool:
        """Does a phone that sent nothing see what all phones see, whichever it is?"""
        step = self._open_step(room, phones.place)
        return step is None or not self._is_private(room, step, ())

    def has_owns(self, room: Room, place: str) -> bool:
        """Do phones at a place get private fragments now? They do whether anybody sent something or not."""
        return self._open_step(room, place) is not None

    def _open_step(self, room: Room, place: str) -> Step | None:
        """The step on screen at a place, if phones there send something in it."""
        step = room.here(place)
        if step is None or room.state.phase != "live" or room.steps.is_divided(step.id):
            return None
        return step if room.kind(step).takes_posts else None

    def takes(self, room: Room, step: Step) -> bool:
        """Does a step take posts at this moment?"""
        return takes_posts(room.state, whole(step.id), partial(self._core.seconds, room))

    def _posts_of(self, room: Room, step: Step, token: str) -> Sequence[Post]:
        if room.kind(step).outlasts:
            return self._posting.had(room, step.id, token)
        return self._posting.own(room, step.id, token)

    def _is_private(self, room: Room, step: Step, posts: Collection[Any] | None) -> bool:
        """Does it make a difference here that a phone has these posts, or which phone it is?"""
        if not self.takes(room, step) or self._core.is_held(room, step):
            return False
        return room.kind(step).personal or bool(posts)

    def html(self, room: Room, step: Step) -> Markup:
        """What a phone sees that sent nothing."""
        if self._core.is_held(room, step):
            return Markup('<p class="notice">Wacht even. De trainer opent deze oefening zo.</p>')
        if not self.takes(room, step):
            return Markup(
                '<p class="notice">Dit onderdeel is afgesloten. Niemand kan nog zien wie wat schreef.</p>'
            )
        return Markup(self._text(room, step, ()))

    def _text(self, room: Room, step: Step, own: Sequence[Post]) -> str:
        """The fragment of a phone with these posts.

        Made for each phone anew, also where two sent the same: whoever measures how soon a fragment comes
        would learn from one that was there already what somebody else sent.
        """
        leaving = [post for post in own if post.leaving and is_card(post)]
        notice = str(self._renderer.leaving(step, leaving)) if leaving else ""
        kind = room.kind(step)
        seen = room.seen(step.id) if kind.personal else NOTHING_SEEN
        view = private_view(kind, step.settings, room.kind_state(step), given_to(kind, own), seen)
        return str(self.fragment(room, step, "own", view)) + notice

    def enter(self, room: Room, step: Step) -> Markup:
        """The form in which a trainer enters what is on paper; blank when nothing can be entered now."""
        kind, inner = room.kind(step), room.kind_state(step)
        if not (kind.takes_posts and kind.paper and self.takes(room, step)) or self._core.is_held(room, step):
            return Markup()
        view = private_view(kind, step.settings, inner, (), room.seen(step.id))
        return self._drawn(step, kind, inner, "enter", view, paper=True)

    def closed(self, kind: Kind, step: Step) -> Markup:
        """What a phone keeps of a step once its meeting is closed: nothing but what its author wrote."""
        return self._with_drawings(
            self._renderer.fragment(kind, "closed", {"step": step, "settings": step.settings})
        )

    def fragment(self, room: Room, step: Step, name: str, view: Any, sealed: bool = False) -> Markup:
        """The fragment `name` of the step's kind, rendered from `view`."""
        return self._drawn(step, room.kind(step), room.kind_state(step), name, view, sealed=sealed)

    def _drawn(self, step: Step, kind: Kind, inner: Any, name: str, view: Any, **flags: bool) -> Markup:
        values = {
            "step": step,
            "settings": step.settings,
            "state": inner,
            "view": view,
            "item": kind.item(step.settings, inner),
            "sealed": False,
            "paper": False,
            **flags,
        }
        return self._with_drawings(self._renderer.fragment(kind, name, values))

    def _with_drawings(self, html: Markup) -> Markup:
        return Markup(self._core.drawings.put_into(html))


def _that_differ(parts: Sequence[Step]) -> Sequence[Step]:
    """Of tables that do the same, one with the longest id: its messages are the largest."""
    found: list[Step] = []
    for part in sorted(parts, key=lambda each: -len(each.id)):
        if all(part.settings != other.settings for other in found):
            found.append(part)
    return found
