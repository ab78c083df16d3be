"""What is lost of a page that is enlarged: 200 % and 400 % of a laptop are 640 and 320 pixels wide."""

from playwright.sync_api import Page

from tests.browser.looks import resize, sideways, unfold

# A laptop of 1280x800 and a window of 1280x1024, as WCAG has it.
TWICE, FOUR_TIMES = (640, 400), (320, 256)
NEARLY = 1.0  # px
AIR = 3.0  # px between the words of a button and its edge

LOST = """([nearly, air]) => {
  const found = new Set();
  const hides = (element) => ["hidden", "clip"].includes(getComputedStyle(element).overflowX);
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  // What is there for who listens, and for nobody else.
  const isHeardOnly = (element) => element && (getComputedStyle(element).clipPath === "inset(50%)"
    || isHeardOnly(element.parentElement));
  const isSeen = (element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && !element.closest("noscript, dialog:not([open]), iframe, svg") && !isHeardOnly(element);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const {currentNode: node} = walker, parent = node.parentElement, words = node.textContent.trim();
    if (!words || !isSeen(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width || box.right < 2) continue;
    const button = parent.closest("button, .button");
    const edge = button?.getBoundingClientRect();
    if (edge && (box.right > edge.right - air || box.left < edge.left + air) && edge.width > 0
      && getComputedStyle(button).borderTopWidth !== "0px") found.add(`over the edge: ${words.slice(0, 40)}`);
    for (let each = parent; each && each !== document.body; each = each.parentElement) {
      const around = each.getBoundingClientRect();
      if (hides(each) && (box.right > around.right + nearly || box.bottom > around.bottom + nearly + 4)) {
        found.add(`cut off: ${words.slice(0, 60)}`);
      }
      if (scrolls(each)) break;
    }
  }
  return [...found];
}"""
# What cannot be pressed, however the page is scrolled.
COVERED = """() => {
  const all = [...document.querySelectorAll("button, a[href], input, select, textarea, summary")];
  return all.filter((element) => {
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
    if (element.closest("dialog:not([open]), .visually-hidden, .skip")) return false;
    const label = element.closest("label") ?? element.labels?.[0];
    for (const block of ["center", "start", "end"]) {
      element.scrollIntoView({block, inline: "center", behavior: "instant"});
      for (const {left, right, top, bottom} of element.getClientRects()) {
        const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        if (there && (element.contains(there) || there.contains(element) && there.localName === "label"
          || label?.contains(there))) return false;
      }
    }
    return element.getClientRects().length > 0;
  }).map((element) => `covered: ${element.outerHTML.slice(0, 120)}`);
}"""


def enlarged(page: Page, size: tuple[int, int]) -> list[str]:
    """What is cut off, covered or beside a page of this size, with all that is folded open."""
    resize(page, size[0], size[1])
    unfold(page)
    found = [f"sideways: {each}" for each in sideways(page)]
    found += page.evaluate(LOST, [NEARLY, AIR])
    found += page.evaluate(COVERED)
    return [f"{size[0]} px, {each}" for each in found]
