"""Every kind with a notebook, one of tomorrow too: no word of what is written in it leaves the phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.notebook.writing import SECRET, listen, mine, next_sitting
from tests.browser.people import House, online, shoot
from tests.kinds.contract_support import Play, Sitting, play
from trainer import kinds

PRIVATE = [name for name, kind in kinds.discover().items() if kind.private]
UNFOLD = (
    "() => document.querySelectorAll('details:has([data-keep])').forEach((fold) => { fold.open = true; })"
)
TEXTS = ":is(textarea, input[type='text'])[data-keep]:visible"
NUMBERS = "input[type='number'][data-keep]:visible"
ALL_DRAWN = """() => [...document.querySelectorAll("canvas[data-keep]")].every((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some(Boolean);
})"""


def write_everything(phone: Page) -> dict[str, str]:
    """All fields and drawings of the notebook that are on the page; the values of the fields by id."""
    phone.evaluate(UNFOLD)
    written: dict[str, str] = {}
    for fields, value in ((TEXTS, SECRET), (NUMBERS, "1990")):
        for number, field in enumerate(phone.locator(fields).all()):
            # Numbers that differ: they may be the two ends of a period.
            said = value if fields == TEXTS else str(int(value) + number)
            field.fill(said)
            written[str(field.get_attribute("id"))] = said
    for box in phone.locator("input[type='checkbox'][data-keep]").all():
        box.check()
    for choice in phone.locator("select[data-keep]:visible").all():
        choice.select_option(index=1)
        written[str(choice.get_attribute("id"))] = choice.input_value()
    for canvas in phone.locator("canvas[data-keep]").all():
        canvas.scroll_into_view_if_needed()
        place = canvas.bounding_box()
        assert place is not None
        phone.mouse.move(place["x"] + 20, place["y"] + 20)
        phone.mouse.down()
        phone.mouse.move(place["x"] + 120, place["y"] + 60, steps=8)
        phone.mouse.up()
    return written


def everything_is_there(phone: Page, written: dict[str, str]) -> None:
    phone.evaluate(UNFOLD)
    for name, value in written.items():
        expect(phone.locator(f"#{name}")).to_have_value(value)
    for box in phone.locator("input[type='checkbox'][data-keep]").all():
        expect(box).to_be_checked()
    phone.wait_for_function(ALL_DRAWN)


def marked(game: Play, sitting: Sitting) -> int:
    """How many fields and drawings of the notebook a phone has."""
    return sum(html.count("data-keep=") for html in (game.shared("phone", sitting), game.own(sitting, "")))


@pytest.mark.parametrize("name", PRIVATE)
def test_no_word_of_it_leaves_the_phone(name: str, samples: House) -> None:
    game = play(name)
    with samples.visit() as house:
        sitting = house.sitting(f"voorbeeld-{name}")
        sitting.do("start")
        sitting.go(game.step.id)
        phone = house.phone(sitting)
        said = listen(phone)
        phone.reload()
        mine(online(phone))
        written = write_everything(phone)
        for state in game.forwards()[1:]:
            sitting.do("next")
            expect(phone.locator("[data-keep]")).to_have_count(marked(game, game.begin(state=state)))
            written |= write_everything(phone)
        phone.reload()
        expect(online(phone).locator("#notebook")).to_be_visible()

        everything_is_there(phone, written)

        shoot(phone, f"private-{name}-written")
        phone.goto(f"{house.server.url}/mijn-schrift")
        expect(phone.get_by_text(SECRET, exact=True).first).to_be_visible()
        shoot(phone, f"private-{name}-notebook")
        word = SECRET.split()[0]
        assert (word in said(), "image/png" in said()) == (False, False)
        # What the page says over its socket is among what was heard.
        assert '"role":"phone"' in said()
        files = [path for path in house.server.folder.rglob("*") if path.is_file()]
        assert files
        assert [path for path in files if word.encode() in path.read_bytes()] == []


# What is not to be seen of it; a drawing too.
NOT_ON_PAPER = """() => [...document.querySelectorAll("[data-keep]")]
  .filter((field) => (field.matches("[type='checkbox']") ? field.checked : field.value !== ""))
  .filter((field) => !field.checkVisibility())
  .map((field) => field.dataset.keep)"""


@pytest.mark.parametrize("name", PRIVATE)
def test_all_that_was_written_is_on_paper(name: str, samples: House) -> None:
    game = play(name)
    with samples.visit() as house:
        sitting = house.sitting(f"voorbeeld-{name}")
        sitting.do("start")
        sitting.go(game.step.id)
        phone = house.phone(sitting)
        expect(phone.locator("[data-keep]").first).to_be_attached()
        written = write_everything(phone)
        phone.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = false; })")
        phone.emulate_media(media="print")

        phone.evaluate("() => dispatchEvent(new Event('beforeprint'))")

        assert (bool(written), phone.evaluate(NOT_ON_PAPER)) == (True, [])
        shoot(phone, f"private-{name}-paper")


def test_who_writes_goes_on_while_the_trainer_opens_the_next_step(samples: House) -> None:
    with samples.visit() as house:
        sitting = house.sitting("voorbeeld-werkblad")
        sitting.do("start")
        sitting.go(play("werkblad").step.id)
        phone = house.phone(sitting)
        field = phone.locator("textarea:visible").first
        field.press_sequentially("Ik word wak")

        sitting.do("next")
        expect(phone.locator("details.k-werkblad__stage")).to_have_count(2)
        phone.keyboard.type("ker")

        expect(field).to_have_value("Ik word wakker")
        expect(field).to_be_focused()


def test_homework_is_written_at_home_and_is_there_in_the_next_part(samples: House) -> None:
    with samples.visit() as house:
        title = "Traject met huiswerk"
        first = house.sitting("training", title)
        first.do("start")
        first.go("aantekeningen-1")
        phone = mine(house.phone(first))
        phone.get_by_label("Wat ga ik doen?").fill("Een gesprek")
        first.do("close")
        expect(phone.get_by_role("heading", name="Voor thuis")).to_be_visible()
        expect(phone.get_by_label("Wat ga ik doen?")).to_be_hidden()
        phone.get_by_text("Schrijf verder: ").click()
        expect(phone.get_by_label("Wat ga ik doen?")).to_have_value("Een gesprek")
        phone.get_by_text("2. Teamlid: na het gesprek").click()

        phone.get_by_label("Wat hielp?").fill(SECRET)

        shoot(phone, "private-werkblad-home")
        second = next_sitting(house, title)
        phone.goto(f"{house.server.url}/j/{second.secret}")
        phone.get_by_role("button", name="Doe mee").click()
        online(phone)
        second.do("start")
        second.go("uitwisselen")
        expect(phone.get_by_label("Wat hielp?")).to_have_value(SECRET)
        phone.goto(f"{house.server.url}/mijn-schrift")
        expect(phone.get_by_role("heading", name="Jouw aantekeningen")).to_be_visible()
