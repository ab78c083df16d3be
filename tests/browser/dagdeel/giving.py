"""A part of the training, given from its first step to its last as its programme says, with every option."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.dagdeel.group import SMALL, Group, Person
from tests.browser.dagdeel.hands import Hands, Keys, Reloading, Sleeping
from tests.browser.dagdeel.ledger import stands_in
from tests.browser.dagdeel.programme import part_of
from tests.browser.dagdeel.ways import QUIET, way_of
from tests.browser.dagdeel.ways.flap import EARLIER
from tests.browser.dagdeel.ways.notebook import GUEST
from tests.browser.notebook.writing import next_sitting
from tests.browser.people import PHONE, SMALL_PHONE, House, Sitting, online
from tests.support.server import RunningServer
from trainer.curriculum.model import Part, Step

PEOPLE = 12
SLEEPING, RELOADING = 4, 6
# What a browser says by itself of a phone that is offline.
OUT_OF_REACH = ("ERR_INTERNET_DISCONNECTED", "WebSocket connection to")


@dataclass(frozen=True)
class Left:
    """What a part that was given left: what of it stands in a file of the server, and what went wrong.

    `early` and `late` are what should be nowhere, before the meeting was closed and after it. `found` tells
    that what the group saw is found, and so would the others be. `books` counts the phones that still hold
    what their owner wrote, or hold nothing, as one that was lent should.
    """

    early: list[str]
    late: list[str]
    found: bool
    books: int
    faults: list[str]


NOTHING_PRIVATE = Left(early=[], late=[], found=True, books=PEOPLE, faults=[])


def give_whole(part_id: str, folder: Path, browser: Browser) -> Left:
    """Gives a part of the training on a server of its own, so that its disk holds nothing else."""
    # Pages press and send faster here than people do.
    server = RunningServer(folder, POST_RATE="100", POST_BURST="1000").start()
    try:
        with House(server, browser).visit() as house:
            return _give_whole(house, part_of(part_id))
    finally:
        server.stop()


def _give_whole(house: House, part: Part) -> Left:
    sitting = sitting_of(house, part)
    group = gather(house, sitting)
    give(group, part)
    folder, ledger = house.server.folder, group.ledger
    early = stands_in(folder, ledger.private)
    close(group)
    books = sum(has_their_notebook(group, phone) for phone in group.phones)
    export(house, sitting)
    late = stands_in(folder, [*ledger.private, *ledger.gone])
    return Left(early, late, bool(stands_in(folder, ledger.kept)), books, group.faults)


def sitting_of(house: House, part: Part) -> Sitting:
    """The meeting of this part, of a course whose earlier parts left what its flaps ask for."""
    title = f"Traject met {part.id}"
    sources = [step.settings.source for step in part.steps() if step.kind == "flap" and step.settings.source]
    sitting = house.sitting("training", title)
    for number in range(1, int(part.id.rsplit("-", 1)[1])):
        crowd = house.crowd(sitting, 5)
        sitting.do("start")
        for source in sources:
            if source.part == f"dagdeel-{number}":
                sitting.go(source.step)
                for phone in crowd:
                    assert phone.post(source.step, text=EARLIER) == {"ok": True}
                sitting.do("do:draw")
                sitting.do("do:show-all")
        sitting.do("close")
        sitting = next_sitting(house, title)
    return sitting


def gather(house: House, sitting: Sitting) -> Group:
    """Two trainers, a screen, and twelve phones: half of them used with a keyboard alone."""
    control, colleague = house.control(sitting), house.control(sitting, house.colleague)
    people = [Person(number, _come_in(house, sitting, number)) for number in range(PEOPLE)]
    group = Group(control, house.screen(sitting), people, colleague)
    for page in (control, colleague, group.screen, *group.phones):
        _hear(page.context, group.faults, page is people[SLEEPING].page)
    return group


def _come_in(house: House, sitting: Sitting, number: int) -> Hands:
    special = {SLEEPING: Sleeping, RELOADING: Reloading}
    uses = special.get(number, Keys if number % 2 else Hands)
    device = SMALL_PHONE if number == SMALL else PHONE
    hands = uses(house.open(f"/j/{sitting.secret}", **device))
    hands.press(hands.button("Doe mee"))
    online(hands.page)
    return hands


def _hear(context: BrowserContext, faults: list[str], sleeps: bool) -> None:
    """Whatever a page logs as an error is a fault."""

    def hear(message: ConsoleMessage) -> None:
        address = message.location["url"]
        # A session of polling ends while its page sleeps.
        expected = sleeps and (
            any(words in message.text for words in OUT_OF_REACH) or "/socket.io/" in address
        )
        if message.type == "error" and not expected:
            faults.append(f"console: {message.text} {address}")

    context.on("console", hear)


def give(group: Group, part: Part) -> None:
    """Gives every step; the trainers take turns, block by block."""
    before: Step | None = None
    for block in part.blocks:
        group.change_trainers()
        for step in block.steps:
            _go(group, before, step, is_same_block=before in block.steps)
            way_of(step)(group, step)
            group.look(group.small)
            group.rest()
            before = step
    _wake(group)
    assert group.passed == [step.id for step in part.steps()]


def _go(group: Group, before: Step | None, step: Step, is_same_block: bool) -> None:
    """From the end of one step to the next one, or to the next option of it."""
    if step.kind in QUIET and group.sleeper:
        group.sleeper.freeze()
    else:
        _wake(group)
    if before is None:
        group.press("Start")
    elif is_same_block and before.option and step.option not in (None, before.option):
        _choose(group, step)
    else:
        while group.step == before.id:
            group.forward()
            group.look()
    assert group.step == step.id, f"'{group.step}' came, and not '{step.id}'"
    group.passed.append(step.id)
    group.on(step.id)


def _choose(group: Group, step: Step) -> None:
    """Another option of the block that goes on, in the programme on control."""
    agenda = group.control.locator("#agenda")
    agenda.locator("> summary").click()
    exactly = re.compile(rf"^\s*{re.escape(step.title)}\s*$")
    named = group.control.locator(".c-options button", has_text=exactly)
    block = agenda.locator("details[id^=blok-]", has=named)
    block.locator("> summary").click()
    group.has_effect(block.locator(".c-options").get_by_role("button", name=step.title, exact=True).click)
    agenda.locator("> summary").click()


def _wake(group: Group) -> None:
    if group.sleeper:
        group.sleeper.wake()


def close(group: Group) -> None:
    """The meeting is over, for everybody."""
    group.control.locator("#tools > summary").click()
    group.press("Sluit de bijeenkomst", sure=True)
    expect(group.screen.get_by_role("heading", name="Dank jullie wel")).to_be_visible()
    for phone in group.phones:
        expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()


def has_their_notebook(group: Group, phone: Page) -> bool:
    """What its owner wrote for themselves is still on their own phone; one that was lent holds nothing."""
    if group.phones.index(phone) == GUEST:
        return phone.locator("#notebook").is_hidden()
    phone.get_by_role("button", name="Lees mijn schrift").click()
    notes = phone.locator("#notebook [data-notes]").inner_text()
    return any(word in notes for word in (*group.ledger.private, *group.ledger.gone))


def export(house: House, sitting: Sitting) -> None:
    """What leaves the house of this meeting, as a file beside the database."""
    file = house.server.folder / "data" / "evaluatie.json"
    wanted = ("--meeting", sitting.id, "--format", "json", "--output", str(file))
    house.server.command("export", *wanted).check_returncode()
