"""Takes the pictures of the README and the guide: prepares a dagdeel, gives it, and captures what people see.

python tools/screenshots.py [FOLDER]        # default: docs/images
"""

import re
import sys
import tempfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Page, ViewportSize, expect  # noqa: E402

from tests.browser.people import BEAMER, LAPTOP, PHONE, House, Sitting, chromium  # noqa: E402
from tests.support.pages import Phone  # noqa: E402
from tests.support.server import RunningServer  # noqa: E402

FOLDER = ROOT / "docs" / "images"
PAGE = {"viewport": {"width": 1024, "height": 720}}
HIGH: ViewportSize = {"width": 1280, "height": 1040}
FLAP, LINE = "verwachtingen", "stellingen-op-de-lijn"
PLACES = "333334444222110135"  # one digit per phone: its place on the line
# One mark per phone, in the evaluation of each course.
MARKS = {"Voorbeeldtraject A": "777777788888899999", "Voorbeeldtraject B": "666666777777788888"}
FORM, MARK = "evaluatie-1", "Welk cijfer geef je dit dagdeel?"
PLAN = {
    "Wat willen jullie bereiken?": "Meer bewoners doen mee met de inloop.",
    "Wat gaan jullie doen?": "Samen op huisbezoek, en mensen meenemen.",
    "Wie doet het?": "Wijkteam en inloop",
    "Wanneer?": "vanaf 12 maart 2027",
}
HOPES = (
    "Weten wat een ervaringsdeskundige doet",
    "Samen op huisbezoek durven gaan",
    "Dat we naar elkaar luisteren",
    "Mensen leren kennen uit de wijk",
    "Een plan dat we echt gaan doen",
    "Minder praten over, meer praten met",
    "Mijn ervaring goed leren gebruiken",
    "Andere woorden voor 'moeilijke mensen'",
    "Koffie met iemand die ik nog niet ken",
)
COLOURS = 128  # of a picture
MOST_BYTES = 120_000
# Shown instead of the test server's address: one typical of a community centre's network.
ADDRESS = "192.168.1.20:8000"
RENAME = """([from, to]) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    node.textContent = node.textContent.replace(from, to);
  }
}"""


class Album:
    """The folder with pictures; remembers how large the largest is."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.largest = 0

    def add(self, name: str, page: Page) -> None:
        """Takes what a page shows, in few colours: there are few on a page."""
        for frame in page.frames:
            # One that is out of sight does not load, and so never answers.
            if frame.parent_frame and not frame.frame_element().is_visible():
                continue
            frame.evaluate(RENAME, [frame.evaluate("() => location.host"), ADDRESS])
        taken = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        file = self._folder / f"{name}.png"
        taken.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
        self.largest = max(self.largest, file.stat().st_size)
        print(f"{file.name}  {file.stat().st_size // 1000} kB")


def main(folder: Path = FOLDER) -> int:
    """Makes all pictures; returns 1 when one of them is too large, else 0."""
    album = Album(folder)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        server = RunningServer(Path(place)).start()
        try:
            with House(server, browser).visit() as house:
                before(house, album)
                sitting = house.sitting("training", "Voorbeeldtraject A")
                during(house, sitting, album)
                after(house, sitting, album)
        finally:
            server.stop()
    return int(album.largest > MOST_BYTES)


def before(house: House, album: Album) -> None:
    """What trainers see while they prepare."""
    sample = house.trainer.first_meeting
    page = house.open(f"/beheer/bijeenkomsten/{sample}", house.trainer, **PAGE)
    page.get_by_role("button", name="Toch niet openen").click()
    page.goto(f"{house.server.url}/beheer")
    album.add("beheer", page)
    page.get_by_role("link", name=re.compile("^Voorbereiden")).first.click()
    expect(page.get_by_role("heading", name="Nog te doen")).to_be_visible()
    album.add("voorbereiden", page)
    page.goto(f"{house.server.url}/beheer/trajecten/1/teksten/dagdeel-1/onderdeel/{LINE}")
    page.get_by_label("Wat iedereen ziet").scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    album.add("tekst", page)
    page.goto(f"{house.server.url}/beheer/trajecten/1/plan")
    for question, answer in PLAN.items():
        page.get_by_label(re.compile(f"^{re.escape(question)} in rij 1")).first.fill(answer)
    page.evaluate("() => document.activeElement.blur()")
    expect(page.locator("#all-said")).to_have_text("Alles is bewaard. Dat gaat vanzelf.")
    page.get_by_role("heading", name="Eigen regie en meedoen").evaluate("each => each.scrollIntoView()")
    album.add("plan", page)


def during(house: House, sitting: Sitting, album: Album) -> None:
    """Plays a meeting up to the moments worth showing."""
    control = house.control(sitting, **LAPTOP)
    screen = house.screen(sitting, **BEAMER)
    phone = house.phone(sitting, **PHONE, device_scale_factor=2)
    crowd = house.crowd(sitting, len(PLACES))
    shown(screen, sitting)
    album.add("code", screen)
    sitting.go("fijn-dat-je-er-bent")
    cards(sitting, crowd, control, album)
    sitting.go(LINE)
    for other, place in zip(crowd, PLACES, strict=True):
        other.post(LINE, item="1", place=place)
    phone.get_by_label("eens", exact=True).check()
    expect(phone.locator("#own")).to_contain_text("Jouw plek: eens.")
    expect(control.locator(".c-kind")).to_contain_text(f"Antwoorden: {(len(PLACES) + 1) // 3 * 3} of meer")
    expect(phone.locator("#sent")).to_have_text("")
    album.add("telefoon", phone)
    sitting.do("do:show")
    on_time(control, sitting)
    shown(screen, sitting)
    album.add("scherm", screen)
    album.add("regie", control)
    remote = house.control(sitting, **PHONE)
    shown(remote, sitting)
    album.add("regie-telefoon", remote)
    evaluate(sitting, crowd, MARKS["Voorbeeldtraject A"])


def evaluate(sitting: Sitting, crowd: list[Phone], marks: str) -> None:
    """Everybody gives a mark."""
    sitting.go(FORM)
    for other, mark in zip(crowd, marks, strict=True):
        other.post(FORM, **{"vraag-cijfer": str(int(mark) - 1)})


def cards(sitting: Sitting, crowd: list[Phone], control: Page, album: Album) -> None:
    """A flap of which half of the cards was shown, and the rest is looked at."""
    sitting.go(FLAP)
    half = len(HOPES) // 3 * 2
    for number, (other, hope) in enumerate(zip(crowd, HOPES, strict=False), start=1):
        other.post(FLAP, text=hope)
        if number in (half, len(HOPES)):
            sitting.do("do:draw")
        if number == half:
            sitting.do("do:show-all")
    shown(control, sitting)
    expect(control.locator(".c-kind")).to_contain_text(f"Mensen die iets stuurden: {len(HOPES)} of meer")
    control.set_viewport_size(HIGH)
    album.add("kaarten", control)
    control.set_viewport_size(LAPTOP["viewport"])
    sitting.do("do:show-all")


def after(house: House, sitting: Sitting, album: Album) -> None:
    """What trainers see when the meeting is over."""
    sitting.do("close")
    page = house.open(f"/beheer/bijeenkomsten/{sitting.id}/verslag", house.trainer, **PAGE)
    page.get_by_role("heading", name="Wat hoop je hier te vinden?").first.scroll_into_view_if_needed()
    album.add("verslag", page)
    second = house.sitting("training", "Voorbeeldtraject B")
    evaluate(second, house.crowd(second, len(PLACES)), MARKS["Voorbeeldtraject B"])
    second.do("close")
    page.goto(f"{house.server.url}/beheer/vergelijken")
    page.get_by_role("heading", name=MARK).evaluate("each => each.scrollIntoView()")
    album.add("vergelijken", page)


def shown(page: Page, sitting: Sitting) -> None:
    """Waits until a page shows the meeting as it is now."""
    now = page.locator("#view > [data-version]")
    expect(now).to_have_attribute("data-version", str(sitting.hidden.version))


def on_time(control: Page, sitting: Sitting) -> None:
    """Adds the minutes by which this script is ahead of a real group to a later block."""
    early = re.search(r"(\d+) min\. voor", control.locator(".c-facts").inner_text())
    if early:
        minutes = 60 + int(early.group(1))
        sitting.do("block-minutes", block="thema-herstel", minutes=str(minutes))
        expect(control.locator(".c-facts")).to_contain_text("Op tijd")


if __name__ == "__main__":
    raise SystemExit(main(*map(Path, sys.argv[1:2])))
