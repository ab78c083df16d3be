"""Who gets the phone afterwards: looks at every page that the browser still shows, and into all its files."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.attack.stolen import none
from tests.attack.story import EVALUATION, FLAP, QUICK, STICKERS
from tests.browser.people import CHROMIUM, FLAGS, PHONE, House, Sitting, chromium, online
from tests.support.findings import Finding
from tests.support.server import RunningServer, wait_for

# Written and deleted again by a page that locks nothing: a browser keeps it, and whoever looks finds it.
CANARY = """(text) => new Promise((resolve) => {
  const opened = indexedDB.open("canary", 1);
  opened.onupgradeneeded = () => opened.result.createObjectStore("kept", { keyPath: "id" });
  opened.onsuccess = () => {
    const store = (mode) => opened.result.transaction("kept", mode).objectStore("kept");
    store("readwrite").put({ id: 1, text }).onsuccess = () => {
      store("readwrite").delete(1).onsuccess = resolve;
    };
  };
})"""
ON_DISK = """() => new Promise((resolve) => {
  const opened = indexedDB.open("kwartier");
  opened.onsuccess = () => {
    opened.result.transaction("outbox").objectStore("outbox").count().onsuccess = ({ target }) => {
      opened.result.close();
      resolve(target.result);
    };
  };
})"""
# What stands on the page, and in its fields.
TYPED = """() => document.documentElement.outerHTML
  + [...document.querySelectorAll("textarea")].map((field) => field.value).join()"""
# Milliseconds until a page has its connection again, and has sent what waited.
RECONNECTED = 4000
KEPT = """() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])"""


@dataclass
class Borrowed:
    """A phone with a profile on a disk; every text that is typed on it has `mark` in it."""

    house: House
    folder: Path
    mark: str = field(default_factory=lambda: f"merk{secrets.token_hex(8)}")
    canary: str = field(default_factory=lambda: f"kanarie{secrets.token_hex(8)}")

    def wake(self) -> BrowserContext:
        context = self.house.browser.browser_type.launch_persistent_context(
            self.folder, executable_path=CHROMIUM, args=FLAGS, locale="nl-NL", **PHONE
        )
        context.set_default_timeout(20_000)
        self.house.complaints.listen(context)
        return context

    def join(self, context: BrowserContext, sitting: Sitting) -> Page:
        page = context.pages[0]
        page.goto(f"{self.house.server.url}/j/{sitting.secret}")
        page.get_by_role("button", name="Doe mee").click()
        return online(page)

    def files_with(self, text: str) -> list[str]:
        """The files of the browser in which a text stands, in whichever of the two ways it writes them."""
        wanted = (text.encode(), text.encode("utf-16-le"))
        found = []
        for path in self.folder.rglob("*"):
            if path.is_file() and any(each in path.read_bytes() for each in wanted):
                found.append(str(path.relative_to(self.folder)))
        return found

    def write_everything(self, sitting: Sitting, page: Page) -> None:
        """A text that is sent, one that is refused, one that waits, one for a moment, and one half typed."""
        page.evaluate(CANARY, self.canary)
        sitting.go(FLAP)
        _write(page, "Je antwoord", f"{self.mark} verstuurd", "Verstuur")
        expect(page.locator("#sent")).to_have_text("Verstuurd")
        page.context.set_offline(True)
        _write(page, "Je antwoord", f"{self.mark} geweigerd", "Verstuur")
        expect(page.locator("#sent")).to_have_text("Nog niet verstuurd")
        sitting.do("do:close")
        page.context.set_offline(False)
        expect(page.locator("#late textarea")).to_have_value(f"{self.mark} geweigerd")
        sitting.do("do:open")
        expect(page.get_by_role("button", name="Verstuur", exact=True)).to_be_enabled()
        page.context.set_offline(True)
        _write(page, "Je antwoord", f"{self.mark} wacht", "Verstuur")
        expect(page.locator("#sent")).to_have_text("Nog niet verstuurd")
        assert page.evaluate(ON_DISK) == 2
        page.get_by_label("Je antwoord").fill(f"{self.mark} klad")


def _write(page: Page, label: str, text: str, button: str) -> None:
    page.get_by_label(label).fill(text)
    page.get_by_role("button", name=button, exact=True).click()


def _keep(page: Page, sitting: Sitting) -> None:
    """The phone is put away as it is, in the middle of the meeting."""


def _leave(page: Page, sitting: Sitting) -> None:
    page.context.set_offline(False)
    page.get_by_role("button", name="Verlaat de bijeenkomst").click()
    page.get_by_role("button", name="Ja, doe maar").click()
    expect(page.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()


def _close(page: Page, sitting: Sitting) -> None:
    sitting.go(EVALUATION)
    sitting.do("close")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Dank je wel")).to_be_visible()


def _other_meeting(page: Page, sitting: Sitting, other: Sitting) -> None:
    page.context.set_offline(False)
    page.goto(page.url.split("/m/")[0] + f"/j/{other.secret}")
    page.get_by_role("button", name="Doe mee").click()
    online(page)


def _ended(house: House, folder: Path, name: str, end: Callable[[Page, Sitting], None]) -> list[Finding]:
    """Types everything on a phone, ends it in some way, and looks for what was typed."""
    sitting, phone = house.sitting(), Borrowed(house, folder / name.replace(" ", "-"))
    context = phone.wake()
    page = phone.join(context, sitting)
    phone.write_everything(sitting, page)
    end(page, sitting)
    found = []
    if end is not _keep:
        page.wait_for_function("() => !document.querySelector('#late')?.children.length")
        found = [
            none(f"{name}: texts on the page", page.content().count(phone.mark)),
            none(f"{name}: entries on the disk", page.evaluate(ON_DISK)),
            none(f"{name}: texts that the page keeps", page.evaluate(KEPT).count(phone.mark)),
            none(f"{name}: places that it still has in the meeting", house.stored("participant", sitting)),
        ]
        page.go_back()
        found.append(none(f"{name}: texts after 'back'", page.content().count(phone.mark)))
        if end in (_leave, _close):
            page.wait_for_load_state("networkidle")
            found.append(
                none(f"{name}: signs of a meeting after 'back'", page.evaluate(KEPT).count("kwartier:"))
            )
    context.close()
    files = phone.files_with(phone.mark)
    canary = len(phone.files_with(phone.canary))
    return [
        *found,
        none(f"{name}: files of the browser with a text that was typed {files or ''}", len(files)),
        Finding(f"{name}: files with a text of a careless page", str(canary), "over 0", canary > 0),
    ]


def _left_in_one_tab(house: House, folder: Path) -> list[Finding]:
    """A phone leaves in one of two tabs, without a connection; then the connection returns."""
    sitting, phone = house.sitting(), Borrowed(house, folder / "tabs")
    context = phone.wake()
    page = phone.join(context, sitting)
    sitting.go(FLAP)
    tab = context.new_page()
    tab.goto(page.url)
    online(tab)
    context.set_offline(True)
    _write(tab, "Je antwoord", f"{phone.mark} wacht", "Verstuur")
    expect(tab.locator("#sent")).to_have_text("Nog niet verstuurd")
    tab.get_by_label("Je antwoord").fill(f"{phone.mark} klad")
    page.get_by_role("button", name="Verlaat de bijeenkomst").click()
    page.get_by_role("button", name="Ja, doe maar").click()
    expect(page.locator("#toast")).to_contain_text("Wat je typte is gewist.")

    def left() -> tuple[int, int]:
        return tab.evaluate(TYPED).count(phone.mark), page.evaluate(ON_DISK)

    with suppress(AssertionError):
        wait_for(lambda: tab.wait_for_timeout(50) or left() == (0, 0), "the other tab")
    typed, waits = left()
    context.set_offline(False)
    tab.wait_for_timeout(RECONNECTED)
    context.close()
    files = phone.files_with(phone.mark)
    return [
        none("left in one tab, without a connection: texts in the other", typed),
        none("left in one tab, without a connection: entries on the disk", waits),
        none("left in one tab: texts that were sent once there was one", house.stored("post", sitting)),
        none(f"left in one tab: files of the browser with a text {files or ''}", len(files)),
    ]


def _out_of_reach(house: House, folder: Path) -> list[Finding]:
    """A phone walks out of the WiFi with its page open, and is looked into later."""
    sitting, phone = house.sitting(), Borrowed(house, folder / "out-of-reach")
    context = phone.wake()
    context.clock.install()
    page = phone.join(context, sitting)
    found = []
    for step, patience in ((STICKERS, "31:00"), (FLAP, "12:01:00")):
        sitting.go(step)
        field = page.locator("form[data-post] textarea").first
        for number, text in enumerate(("verstuurd", "wacht")):
            context.set_offline(bool(number))
            field.fill(f"{phone.mark} {text}")
            page.locator("form[data-post] button").first.click()
            expect(page.locator("#sent")).to_contain_text(("Verstuurd", "Nog niet verstuurd")[number])
        field.fill(f"{phone.mark} klad")
        page.clock.fast_forward(patience)
        expect(page.locator(".is-out-of-reach")).to_be_visible()
        page.wait_for_function("() => !document.querySelector('#sent').textContent")
        typed, waits = page.evaluate(TYPED).count(phone.mark), page.evaluate(ON_DISK)
        found.append(none(f"out of reach for {patience} in {step}: texts on the page", typed))
        found.append(none(f"out of reach for {patience} in {step}: entries on the disk", waits))
        context.set_offline(step is FLAP)
    context.close()
    files = phone.files_with(phone.mark)
    return [*found, none(f"out of reach: files of the browser with a text {files or ''}", len(files))]


def borrowed_in(house: House, folder: Path) -> list[Finding]:
    """What is left on a phone that is put away, leaves, goes on to another meeting, or saw the end of it."""
    other = house.sitting()
    found = _ended(house, folder, "put away", _keep)
    found += _ended(house, folder, "left", _leave)
    found += _left_in_one_tab(house, folder)
    found += _out_of_reach(house, folder)
    found += _ended(
        house, folder, "another meeting", lambda page, sitting: _other_meeting(page, sitting, other)
    )
    return found + _ended(house, folder, "closed", _close)


def borrowed(folder: Path) -> list[Finding]:
    server = RunningServer(folder, **QUICK).start()
    try:
        with chromium() as browser, House(server, browser).visit() as house:
            return borrowed_in(house, folder)
    finally:
        server.stop()
