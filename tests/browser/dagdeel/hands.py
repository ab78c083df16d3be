"""How people use a page: with fingers or a keyboard alone, on a phone that loads its page again or sleeps."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.dagdeel.ledger import WORD
from tests.browser.people import online

FAR = 250  # presses of Tab, after which the keyboard is surely lost
# How many presses of Tab lie between what has the focus and this. Of radios with one name, Tab reaches one.
AWAY = """(wanted) => {
  const root = document.querySelector("dialog[open]") ?? document;
  const seen = (each) => each.checkVisibility({visibilityProperty: true});
  const there = (each) => !each.disabled && each.type !== "hidden" && seen(each);
  const same = (one, other) => one === other
    || (one.type === "radio" && other.type === "radio" && one.name === other.name && one.form === other.form);
  const stops = [];
  for (const each of root.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (there(each) && !(each.type === "radio" && stops.some((stop) => same(stop, each)))) stops.push(each);
  }
  const place = (element) => stops.findIndex((stop) => same(stop, element));
  return place(wanted) - place(document.activeElement);
}"""
HERE = """(wanted) => {
  const at = document.activeElement;
  return at === wanted || (at.type === "radio" && at.name === wanted.name && at.form === wanted.form);
}"""
FLEETING = "(field) => Boolean(field.closest('form[data-post]')?.closest('[data-fleeting]'))"
SHUT = "xpath=ancestor::details[not(@open)]"


class Hands:
    """Somebody who taps. `within` is the part of the page that they use."""

    def __init__(self, page: Page, within: str = "body") -> None:
        self.page = page
        self.within = page.locator(within)

    # What they see

    def labelled(self, label: str, of: Locator | None = None) -> Locator:
        """The field or choice of this name."""
        return (of or self.within).get_by_label(label, exact=True).first

    def button(self, name: str | re.Pattern[str], of: Locator | None = None) -> Locator:
        """The button of this name, when it is there to be pressed."""
        found = (of or self.within).get_by_role("button", name=name, exact=isinstance(name, str))
        return found.locator("visible=true").first

    # What they do

    def press(self, button: Locator) -> None:
        """Presses a button, or opens a fold."""
        button.click()

    def write(self, field: Locator, text: str) -> None:
        """Puts a text in a field, in the place of what stood there."""
        self.unfold(field)
        field.fill(text)

    def tick(self, box: Locator) -> None:
        """Chooses one of several, or ticks a box."""
        self.unfold(box)
        box.check()

    def write_day(self, field: Locator, day: str) -> None:
        """Says a day, written as 2027-12-12."""
        field.fill(day)

    def unfold(self, wanted: Locator) -> None:
        """Opens the folds that it lies in."""
        for fold in wanted.locator(SHUT).all():
            self.press(fold.locator("> summary"))

    # What becomes of an exercise

    def begin(self) -> None:
        """Another exercise begins."""

    def rest(self) -> None:
        """It is over for this phone."""

    def wake(self) -> None:
        """Looks at the phone, before the answer of the server is waited for."""


class Keys(Hands):
    """Somebody who has Tab, space, Enter and arrows, and letters; nothing is clicked."""

    def press(self, button: Locator) -> None:
        self._reach(button)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self.unfold(field)
        self._reach(field)
        if field.input_value():
            self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def write_day(self, field: Locator, day: str) -> None:
        year, month, number = day.split("-")
        self._reach(field)
        # As the field shows it, in this language.
        self.page.keyboard.type(f"{number}{month}{year}")

    def tick(self, box: Locator) -> None:
        self.unfold(box)
        self._reach(box)
        for _ in range(FAR):
            if box.evaluate("(box) => box === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        # What arrows chose is sent by it, too.
        if box.get_attribute("type") == "radio" or not box.is_checked():
            self.page.keyboard.press("Space")

    def _reach(self, wanted: Locator) -> None:
        """Tab, or back, until it has the focus; the first count may be off, where what had it went away."""
        for _ in range(3):
            # Looked up once: each look-up is three messages to the browser.
            element = wanted.element_handle()
            away = int(element.evaluate(AWAY))
            for _ in range(abs(away)):
                self.page.keyboard.press("Tab" if away > 0 else "Shift+Tab")
            if element.evaluate(HERE):
                return
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            if wanted.evaluate(HERE):
                return
        raise AssertionError(f"Tab does not get to {wanted}")


class Reloading(Hands):
    """Somebody whose page is loaded again once in every exercise: in the middle of a text, if one is typed.

    Of a text that is never written on the phone's disk the page asks first, and then they stay.
    """

    _due = False

    def begin(self) -> None:
        self._due = True

    def write(self, field: Locator, text: str) -> None:
        if self._due:
            self._due = False
            half = text[: len(text) // 2]
            super().write(field, half)
            # A browser asks nothing for a page that nobody touched.
            field.press("End")
            self._leave_while_typing(field)
            expect(field).to_have_value(half)
        super().write(field, text)

    def rest(self) -> None:
        if not self._due:
            return
        self._due = False
        own = self.page.locator("#own")
        sent = WORD.findall(own.text_content() or "") if own.count() else []
        self._reload()
        for text in sent:
            expect(own).to_contain_text(text)

    def _leave_while_typing(self, field: Locator) -> None:
        if not field.evaluate(FLEETING):
            self._reload()
            return
        with self.page.expect_event("dialog") as asked:
            self.page.evaluate("() => { setTimeout(() => location.reload()); }")
        assert asked.value.type == "beforeunload"
        asked.value.dismiss()
        self._due = True

    def _reload(self) -> None:
        self.page.reload()
        online(self.page)


class Sleeping(Hands):
    """Somebody whose phone is out of reach of the server while they write, and frozen while others watch."""

    _offline = False
    _frozen = False

    def begin(self) -> None:
        if not self._frozen:
            self.page.context.set_offline(True)
            self._offline = True

    def freeze(self) -> None:
        """The page does nothing any more, as in a pocket."""
        if not self._frozen:
            self._life("frozen")
        self._frozen = True

    @property
    def is_frozen(self) -> bool:
        """Does the page show what was on before?"""
        return self._frozen

    def wake(self) -> None:
        if self._frozen:
            self._life("active")
            self._frozen = False
        if self._offline:
            self.page.context.set_offline(False)
            self._offline = False

    def _life(self, state: str) -> None:
        self.page.context.new_cdp_session(self.page).send("Page.setWebLifecycleState", {"state": state})
