"""The sample of every kind, one of tomorrow too, given to a group: as everybody in the room sees it.

On small and large phones, on old and new beamers, with a keyboard alone, and in the colours of somebody who
sees little.
"""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser.filling import BEAMERS, faults_of, measure
from tests.browser.hearing import Hearing
from tests.browser.keyboard import out_of_reach, press_by_keys, send_by_keys, share_by_keys
from tests.browser.looks import resize, sideways, small_text, unframed, violations
from tests.browser.people import House, Sitting, shoot
from tests.support.pages import Phone
from tests.support.server import wait_for
from trainer import kinds
from trainer.curriculum.model import Step

PHONES = ((320, 568), (390, 844))
# So tall that the bar at the bottom covers nothing: axe would take a covered button for a small one.
CONTROLS = ((320, 12_000), (1024, 4_000))
FULL = (1920, 1080)
CROWD = 5
PRESSES = 2
# The first button that a trainer would press.
NEXT = ".c-likely button:enabled"


@dataclass
class Given:
    """A step that is on screen, and what was found wrong with it."""

    name: str
    sitting: Sitting
    phone: Page
    screen: Page
    control: Page
    hearing: Hearing
    faults: list[str] = field(default_factory=list)
    sent: bool = False
    turn: int = -1

    def look(self, state: str) -> None:
        """Looks at all three pages, in every size, when they show the same."""
        version = self.sitting.hidden.version
        for page in (self.control, self.screen):
            expect(page.locator("#view > [data-version]")).to_have_attribute("data-version", str(version))
        self.hearing.wait_for(version, with_own=self.sent)
        # There and back: a page already has the size that it had last.
        self.turn = -self.turn
        for role, page, sizes in (("phone", self.phone, PHONES), ("control", self.control, CONTROLS)):
            for width, height in sizes[:: self.turn]:
                resize(page, width, height)
                # In this order: axe looks at what is drawn.
                self.note(f"{state}, {role} of {width} px: does not fit", sideways(page))
                self._look_with_axe(state, role, page)
        self._look_at_the_screen(state)

    def _look_at_the_screen(self, state: str) -> None:
        found = []
        for size in BEAMERS[:: self.turn]:
            found.append(measure(self.screen, *size))
            self._look_with_axe(state, "screen", self.screen)
            if size == FULL:
                self.note(f"{state}: too small to read", small_text(self.screen))
        self.note(f"{state}: not filled", faults_of(found))

    def _look_with_axe(self, state: str, role: str, page: Page) -> None:
        width = page.viewport_size["width"] if page.viewport_size else 0
        shoot(page, f"kind-{self.name}-{state}-{role}")
        self.note(f"{state}, {role} of {width} px", violations(page))

    def look_in_forced_colours(self) -> None:
        for page, (width, height) in (
            (self.phone, PHONES[-1]),
            (self.control, CONTROLS[-1]),
            (self.screen, FULL),
        ):
            resize(page, width, height)
        for role, page in (("phone", self.phone), ("control", self.control), ("screen", self.screen)):
            page.emulate_media(forced_colors="active")
            # Nothing for axe, which just saw this page: it knows no colours but those of the style sheet.
            self.note(f"{role} in forced colours: no edge", unframed(page))
            page.emulate_media(forced_colors="none")

    def note(self, where: str, found: list[str]) -> None:
        self.faults += [f"{self.name}, {where}: {fault}" for fault in found]


@pytest.mark.parametrize("name", list(kinds.discover()))
def test_everybody_can_take_part_in_the_sample(name: str, samples: House, steps: dict[str, Step]) -> None:
    kind, step = kinds.discover()[name], steps[name]
    with samples.visit() as house:
        sitting = house.sitting(f"voorbeeld-{name}")
        sitting.do("start")
        sitting.go(step.id)
        pages = house.phone(sitting), house.screen(sitting), house.control(sitting)
        given = Given(name, sitting, *pages, Hearing(pages[0]))
        given.look("open")
        if kind.takes_posts:
            _everybody_sends(house, given, step, house.crowd(sitting, CROWD))
            given.look("sent")
        # Each time: what one press shows, the next may hide.
        for number in range(1, PRESSES + 1):
            if given.control.locator(NEXT).count():
                _press(given)
                given.look(f"pressed-{number}")
        given.look_in_forced_colours()
        given.note("out of reach on control", out_of_reach(given.control, ":is(.c-likely, .c-now)"))
        assert given.faults == []


def _everybody_sends(house: House, given: Given, step: Step, crowd: list[Phone]) -> None:
    """The browser's phone by keys, the others as they are."""
    kind = kinds.discover()[step.kind]
    for way_in in ("[data-no-group] button", "#own summary"):
        if given.phone.locator(way_in).first.is_visible():
            press_by_keys(given.phone, way_in)
    given.note("out of reach on the phone", out_of_reach(given.phone, "#own"))
    form = kind.example(step.settings, CROWD)
    if kind.shares:
        share_by_keys(given.phone, form.fields["shared"][0])
    else:
        send_by_keys(given.phone, form)
    wait_for(lambda: house.stored("post", given.sitting), "what was sent by keys to be stored")
    for seed, phone in enumerate(crowd):
        form = kind.example(step.settings, seed)
        fields = {name: list(values) for name, values in form.fields.items()}
        assert phone.post(step.id, item=form.item, **fields) == {"ok": True}
    given.sent = True


def _press(given: Given) -> None:
    """A trainer presses the first button by keys, and sees what comes of it, or why nothing does."""
    before = given.sitting.hidden.version
    press_by_keys(given.control, NEXT)
    toast = given.control.locator("#toast")
    wait_for(lambda: given.sitting.hidden.version > before or toast.inner_text(), "an answer to the press")
