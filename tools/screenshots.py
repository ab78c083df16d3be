"""Takes the README's screenshots: plays 'over de lijn' on a throw-away server and captures every view.

python tools/screenshots.py [FOLDER]        # default: docs/images
"""

import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, expect  # noqa: E402

from tests.browser.people import BEAMER, LAPTOP, PHONE, House, Sitting, chromium  # noqa: E402
from tests.support.server import RunningServer  # noqa: E402

FOLDER = ROOT / "docs" / "images"
STEP = "stellingen-op-de-lijn"
PLACES = "333334444222110135"  # one digit per phone: its place on the line
MOST_BYTES = 200_000
# Shown instead of the test server's address: one typical of a community centre's network.
ADDRESS = "192.168.1.20:8000"
RENAME = """([from, to]) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    node.textContent = node.textContent.replace(from, to);
  }
}"""


def main(folder: Path = FOLDER) -> int:
    """Writes scherm.png, regie.png and telefoon.png; returns 1 when one is too large for a README, else 0."""
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        server = RunningServer(Path(place)).start()
        try:
            with House(server, browser).visit() as house:
                return take(house, folder)
        finally:
            server.stop()


def take(house: House, folder: Path) -> int:
    """Plays a meeting up to a moment worth showing and captures every view. Returns the same as `main`."""
    sitting = house.sitting("training", "Voorbeeldtraject A")
    control = house.control(sitting, **LAPTOP)
    screen = house.screen(sitting, **BEAMER)
    phone = house.phone(sitting, **PHONE, device_scale_factor=2)
    crowd = house.crowd(sitting, len(PLACES))
    for step in ("fijn-dat-je-er-bent", "verwachtingen", STEP):
        sitting.go(step)
    for other, place in zip(crowd, PLACES, strict=True):
        other.post(STEP, item="1", place=place)
    phone.get_by_label("eens", exact=True).check()
    expect(phone.locator("#own")).to_contain_text("Jouw plek: eens.")
    expect(control.locator(".c-kind")).to_contain_text(f"Antwoorden: {(len(PLACES) + 1) // 3 * 3} of meer")
    expect(phone.locator("#sent")).to_have_text("")
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [picture(phone, folder / "telefoon.png")]
    sitting.do("do:show")
    on_time(control, sitting)
    sizes += [picture(screen, folder / "scherm.png"), picture(control, folder / "regie.png")]
    return int(max(sizes) > MOST_BYTES)


def on_time(control: Page, sitting: Sitting) -> None:
    """Adds the minutes by which this script is ahead of a real group to a later block."""
    early = re.search(r"(\d+) min\. voor", control.locator(".c-facts").inner_text())
    if early:
        minutes = 60 + int(early.group(1))
        sitting.do("block-minutes", block="thema-herstel", minutes=str(minutes))
        expect(control.locator(".c-facts")).to_contain_text("Op tijd")


def picture(page: Page, file: Path) -> int:
    """Writes a screenshot of the page to `file`; returns its size in bytes."""
    here = page.evaluate("() => location.host")
    page.evaluate(RENAME, [here, ADDRESS])
    page.screenshot(path=file)
    print(f"{file.name}  {file.stat().st_size // 1000} kB")
    return file.stat().st_size


if __name__ == "__main__":
    raise SystemExit(main(*map(Path, sys.argv[1:2])))
