"""What a machine can say of how a page looks and reads: axe, sideways scrolling, and sizes of text."""

from functools import cache

from playwright.sync_api import Page

from tests.browser.people import PHONE, SMALL_PHONE, shoot
from tests.support.server import ROOT

# WCAG 2.2 A and AA, and what axe calls good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST_ON_SCREEN = 28  # px, on a beamer of 1920x1080

RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return found.violations.map(({id, help, nodes}) =>
    `${id}: ${help}\\n` + nodes.map((node) => `    ${node.html}\\n    ${node.failureSummary}`).join("\\n"));
}"""

SMALL_TEXT = """(smallest) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (element.closest(".visually-hidden, noscript, dialog:not([open])")) continue;
    const drawing = element.closest("svg.drawing");
    const scale = drawing ? drawing.getScreenCTM().a : element.currentCSSZoom;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < smallest) found.add(`${size.toFixed(1)} px: ${text.slice(0, 40)}`);
  }
  return [...found];
}"""

TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > width + 0.5)
    .slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
}"""

CUT_OFF = """() => {
  const {scrollWidth, scrollHeight} = document.scrollingElement;
  const fits = scrollWidth <= innerWidth + 1 && scrollHeight <= innerHeight + 1;
  return fits ? [] : [`${scrollWidth} x ${scrollHeight}`];
}"""


CLIPPED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const whole = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
  const found = new Set();
  // Within the window, and within each element around it that shows nothing outside itself.
  const edgesOf = (element) => {
    if (!element.parentElement) return [whole];
    const {overflowX, overflowY} = getComputedStyle(element);
    const shows = overflowX === "visible" && overflowY === "visible";
    return [...(shows ? [] : [element.getBoundingClientRect()]), ...edgesOf(element.parentElement)];
  };
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (element.closest(".visually-hidden, noscript, dialog:not([open])")) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const edges = edgesOf(element);
    const out = (box) => edges.some((edge) => box.left < edge.left - 1 || box.top < edge.top - 1
      || box.right > edge.right + 1 || box.bottom > edge.bottom + 1);
    if ([...range.getClientRects()].some(out)) found.add(`cut off: ${text.slice(0, 40)}`);
  }
  return [...found];
}"""


# What follows a size, such as how large the words of a screen are, is done before the next picture is drawn.
# Fonts that come later size them again.
DRAWN = """async () => {
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def resize(page: Page, width: int, height: int) -> None:
    """Gives a page another size, in px, and waits until it has drawn itself in it."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(DRAWN)


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds wrong on a page, as it is now."""
    if not page.evaluate("() => 'axe' in window"):
        # Through the debugger: the page's own policy stays in force.
        page.evaluate(_axe())
    return list(page.evaluate(RUN, TAGS))


def _drawn(page: Page) -> None:
    """Waits until a page is drawn in its new size: rules for a size apply from the next frame on."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def unfold(page: Page) -> None:
    """Opens all that is folded, at once: a page may change between two presses."""
    page.evaluate("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def small_text(page: Page) -> list[str]:
    """Visible text that cannot be read from the back of a room."""
    _drawn(page)
    return list(page.evaluate(SMALL_TEXT, SMALLEST_ON_SCREEN))


def sideways(page: Page) -> list[str]:
    """What makes a page scroll sideways."""
    _drawn(page)
    return list(page.evaluate(TOO_WIDE))


# A phone, a small one, and one in the dark.
PHONES = ((PHONE, "light"), (SMALL_PHONE, "light"), (PHONE, "dark"))


def phone_faults(page: Page, picture: str) -> list[str]:
    """What axe finds, and what scrolls sideways, on every sort of phone; then the page is as it was."""
    found, size = [], page.viewport_size
    for device, scheme in PHONES:
        resize(page, **device["viewport"])
        page.emulate_media(color_scheme=scheme)
        where = f"{picture}, {device['viewport']['width']} px, {scheme}"
        # In this order: axe looks at what is drawn.
        found += [f"{where}: {fault}" for fault in (*sideways(page), *violations(page))]
        shoot(page, f"{picture}-{scheme}")
    page.emulate_media(color_scheme="null")
    resize(page, **(size or PHONE["viewport"]))
    return found


def cut_off(page: Page) -> list[str]:
    """The size of what does not fit on a screen that nobody scrolls."""
    _drawn(page)
    return list(page.evaluate(CUT_OFF))


def clipped(page: Page) -> list[str]:
    """The size of what does not fit, and text outside the window or what shows nothing past its edge."""
    _drawn(page)
    return list(page.evaluate(f"() => [...({CUT_OFF})(), ...({CLIPPED})()]"))


UNFRAMED = """() => [...document.querySelectorAll(":is(button, input, textarea, select)")]
  .filter((element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter((element) => !["radio", "checkbox", "range", "hidden"].includes(element.type))
  .filter((element) => {
    const {borderTopStyle, borderTopWidth, textDecorationLine} = getComputedStyle(element);
    return (borderTopStyle === "none" || parseFloat(borderTopWidth) === 0) && textDecorationLine === "none";
  })
  .map((element) => element.outerHTML.slice(0, 120))"""


def unframed(page: Page) -> list[str]:
    """What looks like plain text once the colours of backgrounds are gone, and is not."""
    return list(page.evaluate(UNFRAMED))


FLEXIBLE_ON_PAPER = """() => {
  const found = [];
  for (const each of document.querySelectorAll("main :is(table, ul, ol, dl)")) {
    if (!each.checkVisibility()) continue;
    for (let around = each; around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.breakInside !== "auto") break;
      if (around !== each && /flex|grid/.test(style.display)) found.push(around.cloneNode().outerHTML);
    }
  }
  return [...new Set(found)];
}"""


def flexible_on_paper(page: Page) -> list[str]:
    """Boxes around tables and lists that may go on over the page: what follows is printed over the end."""
    page.emulate_media(media="print")
    return list(page.evaluate(FLEXIBLE_ON_PAPER))
