"""The messages for each role: a version, a key, and the HTML of the whole view."""

import re
import secrets
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from trainer import kinds as kind_registry
from trainer.curriculum.model import Step
from trainer.door import at_once
from trainer.kinds.contract import Card, Kind, Post, Seen
from trainer.kinds.gate import FALLEN, has_fallen, is_card
from trainer.kinds.sizes import Sizes, sizes_of
from trainer.live import views as live_views
from trainer.live.bounds import PEOPLE
from trainer.live.order import neighbour
from trainer.live.taking import takes_posts
from trainer.render import Renderer, qr_svg
from trainer.room import Room
from trainer.store.codes import show_code

if TYPE_CHECKING:
    from trainer.host import Host

Message = dict[str, Any]
# Random for each process: no text that somebody writes can be taken for it. As long as an id: a message in
# which it is replaced keeps its size.
ID_STAND_IN = secrets.token_hex(14) + "{:08}"
# Any post: what a phone sees of what it took back is as large for each.
SOME_POST = Post(str(uuid.UUID(int=0)), "", "", {})
MOST_OWNS = 500
# Where somebody chooses that a card may be shown by itself: see `kinds/fields.html`.
ALONE = re.compile(r'<label class="alone">.*?</label>', re.DOTALL)
OVERHEARD = (
    "Deze verbinding is niet versleuteld. "
    "Iemand met veel kennis op dezelfde wifi kan meelezen wat telefoons sturen."
)


@dataclass(frozen=True, slots=True)
class Own:
    """The private fragment of one phone: blank when what all phones see is right for it too.

    In `html` stand-ins are in the places of `ids`, so that phones that show the same have the same. `size` is
    that of the message, for everybody in this exercise.
    """

    key: str
    html: str
    ids: tuple[str, ...]
    size: int


class Views:
    """Renders what each role sees of a meeting, now."""

    def __init__(self, host: "Host", renderer: Renderer) -> None:
        self._host = host
        self._renderer = renderer
        self._codes: dict[str, Markup] = {}
        # Private fragments by what they show, of the meeting that was rendered last.
        self._owns: dict[tuple[tuple[str, str, bool, bool], ...], str] = {}
        self._owns_of: tuple[str, str, int] = ("", "", 0)
        self._key_of: tuple[str, int] = ("", -1)
        self._key_found = ""

    def message(self, room: Room, role: str, phones: int = 0, name: str = "") -> Message:
        """The `view` message for a role."""
        # Before anything is looked up: a view with a higher number never shows something older.
        version = room.next_version()
        values = getattr(self, f"{role}_values")(room, phones, name)
        return {
            "version": version,
            "key": values["key"],
            "html": self._renderer.role(role, values),
        }

    def phone_values(self, room: Room, phones: int = 0, name: str = "") -> Message:
        scene = room.scene(self._host.clock.now())
        values = live_views.phone_view(scene) | {
            "kind_html": "",
            "own_html": "",
            "closed": None,
            "sealed": False,
            "overheard": False,
            "size": 0,
        }
        if scene.state.phase == "closed":
            values["closed"] = self._closed(room)
        elif scene.here and scene.state.phase == "live":
            step = scene.here[1]
            kind, inner = room.kind(step), room.kind_state(step)
            values["kind_html"] = self._fragment(
                room, step, "phone", kind.phone(step.settings, inner, room.seen(step.id))
            )
            values["own_html"] = self._own_html(room, step, ())
            values["size"] = self.sizes(room, step).sent if kind.takes_posts else 0
            values["overheard"] = kind.intimate(step.settings) and self._host.overheard
        return values

    def screen_values(self, room: Room, phones: int = 0, name: str = "") -> Message:
        scene = room.scene(self._host.clock.now())
        values = live_views.screen_view(scene) | {"kind_html": "", "join": self._join(room), "phones": phones}
        values |= self._host.leaders.view(room.id)
        if scene.here and scene.state.phase == "live":
            step = scene.here[1]
            kind, inner = room.kind(step), room.kind_state(step)
            shown = kind.screen(step.settings, inner, room.seen(step.id))
            values["kind_html"] = self._fragment(room, step, "screen", shown)
        return values

    def control_values(self, room: Room, phones: int = 0, name: str = "") -> Message:
        scene = room.scene(self._host.clock.now())
        values = live_views.control_view(scene) | self._host.leaders.view(room.id)
        values |= {
            "meeting": room.id,
            "screen_code": self._host.screens.codes.shown(room.id),
            "join": self._join(room),
            "phones": phones,
            "me": name,
            "kind_html": "",
            "controls": (),
            "facilitation": "",
            "can_enter": False,
            "enter_html": "",
            "sealed": False,
            "held": False,
            "door": _door(room),
            "messages": (OVERHEARD,) if scene.state.phase == "lobby" and self._host.overheard else (),
        }
        if scene.here and scene.state.phase == "live":
            step = scene.here[1]
            kind, inner = room.kind(step), room.kind_state(step)
            seen = room.seen(step.id)
            sealed = not self._takes(room, step)
            held = self._host.is_held(room, step)
            open_for_cards = kind.takes_posts and not sealed and not held
            values |= {
                "kind_html": self._fragment(
                    room, step, "control", kind.control(step.settings, inner, seen), sealed=sealed
                ),
                "controls": kind.controls(step.settings, inner, seen),
                "facilitation": kind_registry.facilitation(kind),
                "sealed": sealed,
                "held": held,
                "can_enter": open_for_cards,
                "enter_html": _as_enter(self._own_html(room, step, ())) if open_for_cards else "",
            }
        return values

    def own_message(self, room: Room, token: str) -> Own | None:
        """The private fragment of one phone. None when the step has no place for it."""
        # The key first: what changes while this is made belongs to another view, and comes again with it.
        key, step = self.key(room), self._open_step(room)
        if step is None:
            return None
        own = self._own(room, step, token)
        text, ids = self._own_text(room, step, own) if self._is_private(room, step, own) else ("", ())
        return Own(key, text, ids, self.sizes(room, step).own)

    def sizes(self, room: Room, step: Step) -> Sizes:
        """How large messages are in a step, whatever they say."""
        found = room.sizes.get(step.id)
        if found is None:
            kind, leaving = room.kind(step), self._renderer.leaving(step, (SOME_POST,))
            found = room.sizes[step.id] = sizes_of(
                step, kind, lambda inner, view: str(self._drawn(step, kind, inner, "own", view) + leaving)
            )
        return found

    def prepare(self, room: Room) -> None:
        """Finds the sizes of the step that comes next, before a room waits for it."""
        step = room.step(room.state.step)
        following = neighbour(room.part, room.state, step, 1) if step else None
        if following:
            self.sizes(room, following[1])

    def key(self, room: Room) -> str:
        """The key of what is shown: found once for all the phones that have it before them."""
        shown = (room.id, room.state.version)
        if shown != self._key_of:
            self._key_of, self._key_found = shown, room.scene(self._host.clock.now()).key
        return self._key_found

    def is_felt_by_all(self, room: Room) -> bool:
        """Can what one phone does change what the others see of their own?"""
        step = self._open_step(room)
        return step is not None and (room.kind(step).personal or type(room.kind(step)).act is not Kind.act)

    def some_own(self, room: Room) -> bool:
        """Can any phone have a private fragment of its own now?"""
        step = self._open_step(room)
        return step is not None and self._is_private(room, step, room.posts.get(step.id))

    def _open_step(self, room: Room) -> Step | None:
        """The step on screen, when phones send something in it."""
        step = room.step(room.state.step)
        return step if step and room.state.phase == "live" and room.kind(step).takes_posts else None

    def _takes(self, room: Room, step: Step) -> bool:
        return takes_posts(room.state, step.id, self._host.clock.seconds())

    def _own(self, room: Room, step: Step, token: str) -> Sequence[Post]:
        return self._host.posting.own(room, step.id, token)

    def _is_private(self, room: Room, step: Step, posts: Collection[Any] | None) -> bool:
        """Do these posts of a phone, or its being another than the others, make a difference here?"""
        if not self._takes(room, step) or self._host.is_held(room, step):
            return False
        return room.kind(step).personal or bool(posts)

    def _own_html(self, room: Room, step: Step, own: Sequence[Post]) -> Markup:
        if self._host.is_held(room, step):
            return Markup('<p class="notice">Wacht even. De trainer opent deze oefening zo.</p>')
        if not self._takes(room, step):
            return Markup(
                '<p class="notice">Dit onderdeel is afgesloten. Niemand kan nog zien wie wat schreef.</p>'
            )
        return Markup(with_ids(*self._own_text(room, step, own)))

    def _own_text(self, room: Room, step: Step, own: Sequence[Post]) -> tuple[str, tuple[str, ...]]:
        """The fragment of a phone with these posts, with stand-ins for ids; and the ids."""
        leaving = [post for post in own if post.leaving]
        staying = [post for post in own if not post.leaving]
        notice = str(self._renderer.leaving(step, leaving)) if leaving else ""
        if room.kind(step).personal:
            return self._personal_html(room, step, staying) + notice, ()
        return self._shared_html(room, step, staying) + notice, tuple(post.id for post in staying)

    def _personal_html(self, room: Room, step: Step, own: Sequence[Post]) -> str:
        """The fragment of a phone for which more matters than its own posts."""
        view = room.kind(step).own(step.settings, room.kind_state(step), own, room.seen(step.id))
        return str(self._fragment(room, step, "own", view))

    def _shared_html(self, room: Room, step: Step, own: Sequence[Post]) -> str:
        """The fragment of a phone of which only its own posts matter, with stand-ins for their ids.

        A thousand phones choose between a few answers: those with the same answer get the same fragment,
        rendered once.
        """
        shown = (room.id, step.id, room.state.version)
        if shown != self._owns_of:
            self._owns_of, self._owns = shown, {}
        contents = tuple((post.item, repr(post.payload), is_card(post), has_fallen(post)) for post in own)
        html = self._owns.get(contents)
        if html is None:
            kind = room.kind(step)
            stand_ins = [
                Post(
                    ID_STAND_IN.format(n),
                    each.item,
                    "",
                    each.payload,
                    seen=FALLEN if has_fallen(each) else "",
                )
                for n, each in enumerate(own)
            ]
            shown_too = tuple(
                Card(each.id, each.item, each.payload)
                for each, post in zip(stand_ins, own, strict=True)
                if is_card(post)
            )
            view = kind.own(step.settings, room.kind_state(step), stand_ins, Seen(shown_too))
            html = str(self._fragment(room, step, "own", view))
            if len(self._owns) < MOST_OWNS:
                self._owns[contents] = html
        return html

    def _fragment(self, room: Room, step: Step, name: str, view: Any, sealed: bool = False) -> Markup:
        return self._drawn(step, room.kind(step), room.kind_state(step), name, view, sealed)

    def _drawn(
        self, step: Step, kind: Kind, inner: Any, name: str, view: Any, sealed: bool = False
    ) -> Markup:
        return self._renderer.fragment(
            kind,
            name,
            {
                "step": step,
                "settings": step.settings,
                "state": inner,
                "view": view,
                "item": kind.item(step.settings, inner),
                "sealed": sealed,
            },
        )

    def papers(self, room: Room) -> list[Markup]:
        """Every exercise as it is done on paper; what is only shown needs no paper."""
        return [
            self._fragment(room, step, "print", {})
            for step in room.part.steps()
            if room.kind(step).takes_posts
        ]

    def _join(self, room: Room) -> Message:
        """How to join: code and QR. The secret in the QR cannot be guessed; the code can be typed."""
        base = self._host.public_url
        url = f"{base}/j/{room.record.secret}"
        if url not in self._codes:
            self._codes[url] = qr_svg(url)
        record = room.record
        return {
            "code": show_code(record.code, record.secret, self._host.codes.longer),
            "url": url,
            "short_url": base.split("://", 1)[-1],
            "qr": self._codes[url],
        }

    def _closed(self, room: Room) -> Message:
        """What people take home: the hand-outs, and the homework for each role."""
        handouts = room.programme.handouts if room.programme else ()
        programme = room.record.programme
        homework = [
            {"role": name, "html": text}
            for step in room.part.steps()
            if step.kind == "huiswerk"
            for name, text in step.settings.roles
        ]
        return {
            "handouts": [
                {"title": handout.title, "url": f"/programma/{programme}/bijlage/{handout.id}"}
                for handout in handouts
            ],
            "homework": homework,
        }


def _door(room: Room) -> Message:
    """How many phones are in, how many people there are, and who waits: a word for each, and nothing else."""
    words, more = room.door.words(room.state)
    inside, expected = room.door.entered(len(room.participants)), room.state.expected
    return {
        "inside": inside,
        "expected": expected,
        "unit": "mens" if expected == 1 else "mensen",
        "too_many": bool(expected) and inside > expected,
        "shut": room.state.door_shut,
        "words": words,
        "waiting": len(words) + more,
        "at_once": at_once(expected, 0),
        "most": PEOPLE[-1],
    }


def with_ids(text: str, ids: Sequence[str]) -> str:
    """`text` with the real ids in the places of their stand-ins."""
    for place, post_id in enumerate(ids):
        text = text.replace(ID_STAND_IN.format(place), post_id)
    return text


def _as_enter(form: Markup) -> Markup:
    """A phone's form as the trainer's for paper cards: the same fields, another way in. Blank without one.

    On paper nobody chooses to be shown alone: it may be anyhow.
    """
    return Markup(ALONE.sub("", form).replace("data-post", "data-enter") if "data-post" in form else "")
