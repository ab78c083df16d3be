"""The messages for each audience: a version, a key, and the HTML of the whole view."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from trainer import kinds as kind_registry
from trainer.curriculum.model import Step
from trainer.kinds.contract import Control
from trainer.live import views as live_views
from trainer.live.audience import CONTROLS, PHONES, SCREENS, Audience, Role
from trainer.live.bounds import PEOPLE
from trainer.meetings.codeguard import CodeGuard
from trainer.meetings.core import Core
from trainer.meetings.door import at_once
from trainer.meetings.fragments import Renderer, qr_svg
from trainer.meetings.leaders import Leaders
from trainer.meetings.owns import Owns
from trainer.meetings.plan_notes import PlanNotes
from trainer.meetings.room import Room
from trainer.meetings.screens import Screens
from trainer.store.codes import show_code

Message = dict[str, Any]
MARK_BYTES = 8
# What a timer has left and what a clock says, as their page needs it and as it is written or drawn in it.
_LEFT = re.compile(
    r'(?<= data-left=")(?P<left>[^"<>]*)(?=")|(?<= data-timer-text>)[\d:+]*(?=<)'
    r'|(?<= data-timer-fill stroke-dasharray=")[\d.]+(?= )'
    r'|(?<= data-clock=")(?P<clock>\d+)">[\d:]*(?=<)'
)
OVERHEARD = (
    "Deze verbinding is niet versleuteld. "
    "Iemand met veel kennis op dezelfde wifi kan meelezen wat telefoons sturen."
)


class Messages:
    """Renders what each audience sees of a meeting, now."""

    def __init__(
        self,
        core: Core,
        owns: Owns,
        leaders: Leaders,
        screens: Screens,
        codes: CodeGuard,
        renderer: Renderer,
    ) -> None:
        self._core = core
        self._leaders = leaders
        self._screens = screens
        self._guard = codes
        self._renderer = renderer
        self._owns = owns
        self._plan = PlanNotes(core)
        self._codes: dict[str, Markup] = {}

    def message(self, room: Room, audience: Audience) -> Message:
        """The `view` message for an audience."""
        # Taken before anything is looked up, so that a view with a higher number never shows older content.
        version = room.next_version(audience.role)
        values = self.values(room, audience)
        return {
            "version": version,
            "key": values["key"],
            # A page with scripts of another version knows by it that it is old.
            "build": self._renderer.build,
            "html": self._renderer.view(audience.role, values),
        }

    def drawn(self, role: Role, values: Message) -> Markup:
        """The HTML of a view, as it is in the page too."""
        return Markup(self._renderer.view(role, values))

    def values(self, room: Room, audience: Audience) -> Message:
        """What the view of an audience is drawn from."""
        match audience.role:
            case Role.PHONE:
                return self.phone_values(room, audience)
            case Role.SCREEN:
                return self.screen_values(room, audience)
            case Role.CONTROL:
                return self.control_values(room, audience)

    def _rehearsed(self, room: Room) -> Message:
        """What every page says of a rehearsal: that it is one, and how many of its phones are nobody's."""
        return {"rehearsal": room.record.rehearsal, "pretended": self._core.pretended.get(room.id, 0)}

    def phone_values(self, room: Room, audience: Audience = PHONES) -> Message:
        """What the template of all phones gets; nothing in it belongs to one phone."""
        scene = room.scene(self._core.now(room), audience.place)
        values = (
            live_views.phone_view(scene)
            | self._rehearsed(room)
            | {
                "kind_html": "",
                "own_html": "",
                "closed": None,
                "sealed": False,
                "overheard": False,
                "size": 0,
            }
        )
        if scene.state.phase == "closed":
            values["closed"] = self._closed(room)
        elif (step := scene.step) is not None:
            kind = room.kind(step)
            values["overheard"] = kind.intimate(step.settings) and self._core.overheard
            if not values["divided"]:
                shown = kind.phone(step.settings, room.kind_state(step), room.seen(step.id))
                values["kind_html"] = self._owns.fragment(room, step, "phone", shown)
                values["own_html"] = self._owns.html(room, step)
                values["size"] = self._owns.sizes(room, step).sent if kind.takes_posts else 0
        return values

    def screen_values(self, room: Room, audience: Audience = SCREENS) -> Message:
        """What the template of the screen gets."""
        scene = room.scene(self._core.now(room), audience.place)
        values = live_views.screen_view(scene) | self._leaders.view(room.id) | self._rehearsed(room)
        values |= {"kind_html": "", "join": self._join(room)}
        step = scene.step
        if step is not None and not values["divided"]:
            kind, inner = room.kind(step), room.kind_state(step)
            shown = kind.screen(step.settings, inner, room.seen(step.id))
            values["kind_html"] = self._owns.fragment(room, step, "screen", shown)
        return values

    def control_values(self, room: Room, audience: Audience = CONTROLS) -> Message:
        """What the template of control gets."""
        scene = room.scene(self._core.now(room), audience.place)
        values = live_views.control_view(scene) | self._leaders.view(room.id) | self._rehearsed(room)
        values |= {
            "meeting": room.id,
            "screen_code": self._screens.codes.shown(room.id),
            "join": self._join(room),
            "phones": self._core.arrivals.phones(room.id) + values["pretended"],
            "kind_html": "",
            "controls": (),
            "likely": (),
            "item_notes": "",
            "facilitation": "",
            "enter_html": "",
            "sealed": False,
            "held": False,
            "door": _door(room) | {"addresses": self._core.arrivals.in_use(room.id)},
            "messages": self._warnings(room),
            "plan": self._plan.view(room, scene),
        }
        if scene.step is not None:
            values |= self._steered(room, scene, scene.step, values["divided"])
        return values

    def _steered(self, room: Room, scene: live_views.Scene, step: Step, divided: bool) -> Message:
        """What control shows of the step on screen; of one that is `divided` only what is about the whole."""
        kind, sealed = room.kind(step), not self._owns.takes(room, step)
        about: Message = {
            "facilitation": kind_registry.facilitation(kind),
            "sealed": sealed,
            "held": self._core.is_held(room, step),
        }
        if divided:
            return about
        inner, seen = room.kind_state(step), room.seen(step.id)
        view, controls = kind.control(step.settings, inner, seen), kind.controls(step.settings, inner, seen)
        return about | {
            "kind_html": self._owns.fragment(room, step, "control", view, sealed=sealed),
            "controls": controls,
            "likely": likely(controls),
            "item_notes": live_views.noted(scene, view["notes"]) if kind.shows_notes else "",
            "enter_html": self._owns.enter(room, step),
        }

    def _warnings(self, room: Room) -> tuple[str, ...]:
        """What the trainers must know of this meeting, besides what is on screen."""
        overheard = room.state.phase == "lobby" and self._core.overheard
        return (OVERHEARD,) * overheard

    def _join(self, room: Room) -> Message:
        """How to join: code and QR. The secret in the QR cannot be guessed; the code can be typed."""
        base, *others = self._core.public_urls
        self._core.arrivals.tell(base)
        url = f"{base}/j/{room.record.secret}"
        if url not in self._codes:
            self._codes[url] = qr_svg(url)
        record = room.record
        return {
            "code": show_code(record.code, record.secret, self._guard.longer),
            "url": url,
            "short_url": base.split("://", 1)[-1],
            "others": [other.split("://", 1)[-1] for other in others],
            "qr": self._codes[url],
        }

    def _closed(self, room: Room) -> Message:
        """What people take home: the hand-outs, and what each step leaves on a phone."""
        handouts = room.programme.handouts if room.programme else ()
        programme = room.record.programme
        left = [self._owns.closed(room.kind(step), step) for step in room.part.steps()]
        return {
            "handouts": [
                {"title": handout.title, "url": f"/programma/{programme}/bijlage/{handout.id}"}
                for handout in handouts
            ],
            "left": [html for html in left if html.strip()],
            "shared": f"/m/{room.id}/gedeeld" if room.state.shared else "",
        }


def mark(html: str) -> str:
    """By which a page says which view it has. Two that differ have another mark, unless only time went on."""
    return hashlib.blake2s(_LEFT.sub("", html).encode(), digest_size=MARK_BYTES).hexdigest()


def lefts(html: str) -> list[str]:
    """What the timers in a view have left and its clocks say, in seconds and in their order."""
    found = (match["left"] or match["clock"] for match in _LEFT.finditer(html))
    return [each for each in found if each]


def likely(controls: Sequence[Control]) -> tuple[Control, ...]:
    """The two buttons that are probably pressed next: what stands out first, in the order of the kind.

    A button that cannot be pressed yet keeps its place: a count must not move another one under a finger.
    """
    ranks = {"primary": 0, "normal": 1, "quiet": 2}
    return tuple(sorted(controls, key=lambda each: ranks[each.style])[:2])


def _door(room: Room) -> Message:
    """How many phones are in, how many people are expected, and who waits: a word each, and nothing else."""
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
