"""Every kind with a notebook, one of tomorrow too: no word of what is written in it leaves the phone."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.notebook.writing import SECRET, listen, mine, next_sitting
from tests.browser.people import House, online, shoot
from tests.kinds.contract_support import play
from tests.support.samples import write_samples
from tests.support.server import RunningServer
from tests.support.sources import ROOT
from trainer import kinds

PRIVATE = [name for name, kind in kinds.discover().items() if kind.private]
UNFOLD = (
    "() => document.querySelectorAll('details:has([data-keep])').forEach((fold) => { fold.open = true; })"
)
TEXTS = "textarea[data-keep], input[type='text'][data-keep]"
ALL_DRAWN = """() => [...document.querySelectorAll("canvas[data-keep]")].every((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some(Boolean);
})"""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    """A house in which each kind's sample is a programme, and the training is one."""
    content = write_samples(tmp_path_factory.mktemp("content"))
    shutil.copytree(ROOT / "content" / "training", content / "training")
    server = RunningServer(tmp_path_factory.mktemp("server"), CONTENT_DIR=str(content)).start()
    yield House(server, browser)
    server.stop()


def write_everything(phone: Page) -> None:
    """Every text, tick and drawing of the notebook that is on the page."""
    phone.evaluate(UNFOLD)
    for field in phone.locator(TEXTS).all():
        field.fill(SECRET)
    for box in phone.locator("input[type='checkbox'][data-keep]").all():
        box.check()
    for canvas in phone.locator("canvas[data-keep]").all():
        canvas.scroll_into_view_if_needed()
        place = canvas.bounding_box()
        assert place is not None
        phone.mouse.move(place["x"] + 20, place["y"] + 20)
        phone.mouse.down()
        phone.mouse.move(place["x"] + 120, place["y"] + 60, steps=8)
        phone.mouse.up()


def everything_is_there(phone: Page) -> None:
    phone.evaluate(UNFOLD)
    for field in phone.locator(TEXTS).all():
        expect(field).to_have_value(SECRET)
    for box in phone.locator("input[type='checkbox'][data-keep]").all():
        expect(box).to_be_checked()
    phone.wait_for_function(ALL_DRAWN)


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
        write_everything(phone)
        for _ in game.forwards()[1:]:
            before = phone.locator("[data-keep]").count()
            sitting.do("next")
            expect(phone.locator("[data-keep]")).not_to_have_count(before)
            write_everything(phone)
        phone.reload()
        expect(online(phone).locator("#notebook")).to_be_visible()

        everything_is_there(phone)

        shoot(phone, f"private-{name}-written")
        phone.goto(f"{house.server.url}/mijn-schrift")
        expect(phone.get_by_text(SECRET, exact=True).first).to_be_visible()
        shoot(phone, f"private-{name}-notebook")
        word = SECRET.split()[0]
        assert (word in said(), "image/png" in said()) == (False, False)
        assert "socket.io" in said()
        files = [path for path in house.server.folder.rglob("*") if path.is_file()]
        assert files
        assert [path for path in files if word.encode() in path.read_bytes()] == []


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
