"""A page in the hands of somebody who has only a keyboard."""

from playwright.sync_api import Page, expect

from trainer.kinds.contract import Submission

FAR = 200  # presses of Tab, after which the keyboard is surely lost

# What can be done on a page. Of the radios with one name, Tab reaches one: arrows reach the others.
FIND = """(within) => {
  const there = (element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const place = `${within} :is(button, input, textarea, select, summary, a[href])`;
  window.reachable = [...document.querySelectorAll(place)]
    .filter((element) => !element.disabled && element.type !== "hidden" && there(element));
  window.here = () => {
    const at = document.activeElement;
    const group = (other) => at.type === "radio" && other.name === at.name && other.form === at.form;
    const same = (other) => other === at || group(other);
    window.reachable = window.reachable.filter((other) => !same(other));
    return window.reachable.length;
  };
  document.activeElement.blur();
  return window.reachable.length;
}"""
LEFT = "() => window.reachable.map((element) => element.outerHTML.slice(0, 120))"
FIELD = """() => {
  const at = document.activeElement, form = at.closest("#own form[data-post]");
  return form ? [at.name ?? "", at.type ?? "", at.value ?? ""] : null;
}"""
# What has the focus, and whether any of it is to be seen.
HERE = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const [{left, right, top, bottom}] = at.getClientRects();
  const middle = (left + right) / 2;
  const seen = [top + 3, (top + bottom) / 2, bottom - 3].some((y) => {
    const there = document.elementFromPoint(middle, y);
    return there && (at.contains(there) || there.contains(at));
  });
  return {what: at.outerHTML.slice(0, 120), seen};
}"""


def out_of_reach(page: Page, within: str) -> list[str]:
    """What can be done with a pointer on this part of the page, but Tab never gets to."""
    left = page.evaluate(FIND, within)
    for _ in range(FAR):
        if not left:
            return []
        page.keyboard.press("Tab")
        left = page.evaluate("() => window.here()")
    return list(page.evaluate(LEFT))


def send_by_keys(page: Page, form: Submission) -> None:
    """Fills in this form and sends it, with Tab, space and Enter; of radios the first one is chosen."""
    page.evaluate("() => document.activeElement.blur()")
    filled = False
    for _ in range(FAR):
        page.keyboard.press("Tab")
        name, kind, value = page.evaluate(FIELD) or ("", "", "")
        wanted = form.fields.get(name, ())
        if filled and kind in ("", "submit"):
            if kind:
                page.keyboard.press("Enter")
            return  # without a button to press the form has sent itself
        if kind in ("textarea", "text") and wanted:
            page.keyboard.type(wanted[0])
        elif (kind == "radio" and wanted) or (kind == "checkbox" and value in wanted):
            page.keyboard.press("Space")
        filled = filled or bool(wanted)
    raise AssertionError("Tab does not get through the form")


def share_by_keys(page: Page, text: str) -> None:
    """Writes this in the first field of the notebook, and shares it."""
    press_by_keys(page, "#whose [data-whose='mine']")
    page.locator("textarea[data-keep]").first.focus()
    page.keyboard.type(text)
    expect(page.locator("#notebook [data-share]")).to_be_visible()
    press_by_keys(page, "#notebook [data-share]")
    for key in ("Tab", "Space", "Tab", "Enter"):
        page.keyboard.press(key)


def press_by_keys(page: Page, selector: str) -> None:
    """Tab to what the selector finds first, and Enter; says yes when the page asks."""
    page.evaluate("() => document.activeElement.blur()")
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => document.activeElement === document.querySelector({selector!r})"):
            break
    else:
        raise AssertionError(f"Tab does not get to {selector}")
    page.keyboard.press("Enter")
    if page.locator("dialog#confirm").is_visible():
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")


def under_a_bar(page: Page, key: str = "Shift+Tab") -> list[str]:
    """What has the focus while nothing of it is to be seen, on the way through the whole page.

    Going back is how the keyboard gets under a bar at the top, and going on (`Tab`) under one at the bottom.
    """
    page.evaluate("(end) => { scrollTo(0, end); document.activeElement.blur(); }", 0 if key == "Tab" else 1e6)
    found, first = [], ""
    for _ in range(FAR):
        page.keyboard.press(key)
        here = page.evaluate(HERE)
        if not here or here["what"] == first:
            break
        first = first or here["what"]
        found += [] if here["seen"] else [here["what"]]
    return found
