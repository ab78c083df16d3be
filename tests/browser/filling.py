"""How well the screen is filled: how large its words are, how far down it reaches, and what is cut off."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.looks import cut_off, resize

# A new beamer, a laptop's second screen, and an old beamer.
BEAMERS = ((1920, 1080), (1280, 720), (1024, 768))
SMALLEST = 28.0  # px, of what people must read
NEARLY = 1.0  # px: sizes are found by halving
# How much less may be filled, of the height, on one beamer than on another.
TOLERANCE = 0.3

# What is beside the matter: counts, page numbers, where we are.
BESIDE = (
    ".visually-hidden, .muted, .badge, [class*='__foot'], [class*='__number'], [class*='__kicker'], "
    "[class*='__where'], .bell, [class*='__word'], [class*='__why'], [class*='__soft'], "
    ".k-beeldkaarten__title, .k-ideeenboom__name"
)

MEASURE = """(beside) => {
  const frame = document.querySelector(".stage").getBoundingClientRect();
  const walker = document.createTreeWalker(document.querySelector(".stage-kind"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let [top, bottom] = [Infinity, -Infinity];
  const sizes = [], outside = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.textContent.trim() || element.closest(".visually-hidden")) continue;
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    [top, bottom] = [Math.min(top, box.top), Math.max(bottom, box.bottom)];
    const words = node.textContent.trim().slice(0, 40);
    const sideways = box.right > frame.right + 2 || box.left < frame.left - 2;
    if (sideways || box.bottom > innerHeight) outside.push(words);
    if (element.closest(beside)) continue;
    const drawing = element.closest("svg.drawing");
    const scale = drawing ? drawing.getScreenCTM().a : element.currentCSSZoom;
    sizes.push([parseFloat(getComputedStyle(element).fontSize) * scale, words]);
  }
  for (const picture of document.querySelectorAll(".stage-kind :is(img, svg)")) {
    const box = picture.getBoundingClientRect();
    if (box.height) [top, bottom] = [Math.min(top, box.top), Math.max(bottom, box.bottom)];
  }
  sizes.sort((one, other) => one[0] - other[0]);
  return {filled: (bottom - top) / frame.height, smallest: sizes[0] ?? [Infinity, ""], outside};
}"""


@dataclass(frozen=True)
class Filled:
    """What was measured: the share of the stage's height, and its smallest words, in px, that matter."""

    width: int
    share: float
    smallest: float
    words: str
    outside: tuple[str, ...]


def measure(page: Page, width: int, height: int) -> Filled:
    """How the exercise fills a screen of this size."""
    resize(page, width, height)
    outside = cut_off(page)
    found = page.evaluate(MEASURE, BESIDE)
    size, words = found["smallest"]
    return Filled(width, found["filled"], size or SMALLEST, words, (*outside, *found["outside"]))


def unfilled(page: Page) -> list[str]:
    """What is wrong with how the exercise on a screen fills it, in all sizes."""
    return faults_of([measure(page, *size) for size in BEAMERS])


def faults_of(found: list[Filled]) -> list[str]:
    """What is wrong with how an exercise fills a screen, as it was measured in each size."""
    shares = [each.share for each in found]
    faults = [f"{each.width} px: cut off: {each.outside}" for each in found if each.outside]
    faults += [
        f"{each.width} px: {each.smallest:.1f} px: {each.words}"
        for each in found
        if each.smallest < SMALLEST - NEARLY
    ]
    if max(shares) - min(shares) > TOLERANCE:
        faults.append(f"filled {', '.join(f'{share:.0%}' for share in shares)} of the height")
    return faults
