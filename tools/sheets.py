"""Makes contact sheets: every page and every kind, in all sizes, light and dark, side by side.

python tools/sheets.py [FOLDER [WORD]]    # default: var/sheets; WORD: only views with this in their name

Writes a picture for each view, and `index.html` with all of them.
"""

import html
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image, ImageDraw  # noqa: E402
from playwright.sync_api import Page, expect  # noqa: E402

from tests.browser.addresses import FOR_EVERYBODY, FOR_ORGANISERS, name_of, values_of  # noqa: E402
from tests.browser.crowding import fill  # noqa: E402
from tests.browser.filling import BEAMERS  # noqa: E402
from tests.browser.people import PHONE, House, Sitting, chromium  # noqa: E402
from tests.support.samples import write_samples  # noqa: E402
from tests.support.server import RunningServer  # noqa: E402
from trainer import kinds  # noqa: E402
from trainer.curriculum.model import Step  # noqa: E402
from trainer.curriculum.parse import read_library  # noqa: E402

FOLDER = ROOT / "var" / "sheets"
Size = tuple[int, int]
PHONES: tuple[Size, ...] = ((320, 568), (390, 844))
LAPTOPS: tuple[Size, ...] = ((1024, 768), (1280, 720))
SCHEMES = ("light", "dark")
# Of each picture on a sheet, in px: a page that is longer is cut off there.
HIGH, LONGEST, GAP, LINE = 480, 2400, 16, 20
CROWD = 5
# The projector has the theme that a trainer chose, not that of its device.
THEME = """(scheme) => {
  const { dataset } = document.documentElement;
  if (document.documentElement.classList.contains("is-screen")) dataset.theme = scheme;
}"""


@dataclass(frozen=True)
class Sheets:
    """Where contact sheets go; only those with `word` in their name are made."""

    folder: Path
    word: str = ""

    def wants(self, name: str) -> bool:
        return self.word in name

    def add(self, name: str, page: Page, sizes: Sequence[Size], whole: bool = True) -> None:
        """Takes a page in all sizes, light and dark; `whole`: as far as it scrolls."""
        rows = []
        for scheme in SCHEMES:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            rows.append([_picture(page, size, scheme, whole) for size in sizes])
        _sheet(sizes, rows).save(self.folder / f"{name}.png")
        print(name)

    def index(self) -> None:
        """Writes the page that shows all sheets."""
        names = sorted(file.stem for file in self.folder.glob("*.png"))
        body = "".join(f'<h2>{html.escape(name)}</h2><img src="{name}.png" alt="">' for name in names)
        top = '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Kwartier</title>'
        (self.folder / "index.html").write_text(f"{top}{body}</html>", "utf-8")


def main(folder: Path = FOLDER, word: str = "") -> int:
    """Makes all sheets anew; returns 0."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    sheets = Sheets(folder, word)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        content = write_samples(Path(place) / "content")
        for programme in (ROOT / "content").iterdir():
            shutil.copytree(programme, content / programme.name)
        home = Path(place) / "server"
        home.mkdir()
        settings = {"CONTENT_DIR": str(content), "POST_RATE": "100", "POST_BURST": "1000"}
        server = RunningServer(home, **settings).start()
        try:
            house = House(server, browser)
            with house.visit():
                still(house, sheets)
                moments(house, sheets)
            for name, step in _steps(content):
                with house.visit():
                    exercise(house, sheets, name, step)
        finally:
            server.stop()
    sheets.index()
    return 0


def still(house: House, sheets: Sheets) -> None:
    """Adds the pages that are not live."""
    values = values_of(house, house.sitting("training", "Voorbeeldtraject A"))
    for paths, trainer in ((FOR_EVERYBODY, None), (FOR_ORGANISERS, house.trainer)):
        for path in paths:
            if sheets.wants(name_of(path)):
                page = house.open(path.format(**values), trainer)
                sheets.add(name_of(path), page, (*PHONES, *LAPTOPS))
                page.context.close()


def moments(house: House, sheets: Sheets) -> None:
    """Adds the moments around the exercises: before the start, a covered screen, and the end."""
    given = (("begin", ()), ("afgedekt", ("start", "cover")), ("gesloten", ("cover", "close")))
    if not any(sheets.wants(view) for name, _ in given for view in _views(name)):
        return
    sitting = house.sitting("training", "Voorbeeldtraject B")
    pages = opened(house, sitting)
    for name, commands in given:
        for command in commands:
            sitting.do(command)
        live(sheets, name, sitting, pages)


def exercise(house: House, sheets: Sheets, name: str, step: Step) -> None:
    """Adds the sample of a kind, when everybody sent something."""
    if not any(map(sheets.wants, _views(name))):
        return
    sitting = house.sitting(f"voorbeeld-{name}")
    sitting.do("start")
    sitting.go(step.id)
    fill(sitting, step, house.crowd(sitting, CROWD))
    live(sheets, name, sitting, opened(house, sitting))


def opened(house: House, sitting: Sitting) -> tuple[Page, Page, Page]:
    """Screen, control and phone of a meeting."""
    return house.screen(sitting), house.control(sitting), house.phone(sitting, **PHONE)


def live(sheets: Sheets, name: str, sitting: Sitting, pages: tuple[Page, Page, Page]) -> None:
    """Adds screen, control and phone of a meeting as it is now."""
    *others, phone = pages
    for page in others:
        now = page.locator("#view > [data-version]")
        expect(now).to_have_attribute("data-version", str(sitting.hidden.version))
    expect(phone.locator("#page")).to_have_attribute("data-fresh", sitting.hidden.view["key"])
    for view, page, sizes in zip(_views(name), pages, (BEAMERS, (*PHONES, *LAPTOPS), PHONES), strict=True):
        if sheets.wants(view):
            sheets.add(view, page, sizes, whole=page is phone)


def _views(name: str) -> list[str]:
    return [f"{name}-{role}" for role in ("scherm", "regie", "telefoon")]


def _steps(content: Path) -> Iterator[tuple[str, Step]]:
    """The first step of the sample of each kind."""
    library, _ = read_library(content, kinds.interpret)
    for name in kinds.discover():
        steps = (step for part in library[f"voorbeeld-{name}"].parts for step in part.steps())
        yield name, next(step for step in steps if step.kind == name)


def _picture(page: Page, size: Size, scheme: str, whole: bool) -> Image.Image:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    # Each time: a view that came meanwhile brought the theme of the meeting back.
    page.evaluate(THEME, scheme)
    taken = Image.open(BytesIO(page.screenshot(full_page=whole, animations="disabled"))).convert("RGB")
    part = taken.crop((0, 0, taken.width, min(taken.height, LONGEST)))
    return part.resize((max(1, part.width * HIGH // size[1]), max(1, part.height * HIGH // size[1])))


def _sheet(sizes: Sequence[Size], rows: Sequence[Sequence[Image.Image]]) -> Image.Image:
    """Pictures side by side, a row for each scheme, each with its size above it."""
    width = max(sum(each.width + GAP for each in row) for row in rows) + GAP
    height = sum(max(each.height for each in row) + GAP + LINE for row in rows) + GAP
    sheet = Image.new("RGB", (width, height), "#888")
    draw, down = ImageDraw.Draw(sheet), GAP
    for scheme, row in zip(SCHEMES, rows, strict=True):
        across = GAP
        for size, each in zip(sizes, row, strict=True):
            draw.text((across, down), f"{size[0]} x {size[1]}, {scheme}", fill="#fff")
            sheet.paste(each, (across, down + LINE))
            across += each.width + GAP
        down += max(each.height for each in row) + GAP + LINE
    return sheet


if __name__ == "__main__":
    raise SystemExit(main(*map(Path, sys.argv[1:2]), *sys.argv[2:3]))
