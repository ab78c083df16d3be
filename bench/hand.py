"""Somebody at a phone who types the code and presses at once, and says when answers are taken.

It lives in the page. Who asks a page from outside whether it is ready asks now and then, in the end each half
second, and runs a large script of their own in it, with the slow processor that is measured.
"""

import json
import time

from playwright.sync_api import BrowserContext, Page

# A button is pressed in the frame after the one in which it was first drawn, so with its style sheet.
HAND = """(code) => {
  let drawn = null;
  let pressed = null;
  function look() {
    if (document.getElementById("view")) return;
    const button = document.querySelector(".page-main form button");
    if (button && button === drawn && button !== pressed) {
      pressed = button;
      const field = document.getElementById("code");
      if (field) field.value = code;
      button.click();
    }
    drawn = button;
    requestAnimationFrame(look);
  }
  requestAnimationFrame(look);
  new MutationObserver((_, watch) => {
    if (document.documentElement?.dataset.connection !== "online") return;
    watch.disconnect();
    takesPart(performance.timeOrigin + performance.now());
  }).observe(document, { subtree: true, attributeFilter: ["data-connection"] });
}"""


class Hands:
    """One at each page of these browsers; `pages` are empty until they are told where to go."""

    def __init__(self, contexts: list[BrowserContext], code: str) -> None:
        self._moments: list[float] = []
        self.pages = [self._at(context, code) for context in contexts]

    def _at(self, context: BrowserContext, code: str) -> Page:
        context.expose_function("takesPart", lambda moment: self._moments.append(moment))
        context.add_init_script(f"({HAND})({json.dumps(code)})")
        return context.new_page()

    def until_all_take_part(self, begin: str = "") -> float:
        """Seconds from asking for `begin`, or once more for the page there, until the last takes part."""
        self._moments.clear()
        began = time.time()
        for page in self.pages:
            if begin:
                page.goto(begin, wait_until="commit")
            else:
                page.reload(wait_until="commit")
        while len(self._moments) < len(self.pages):
            self.pages[0].wait_for_timeout(20)
        return max(self._moments) / 1000 - began
