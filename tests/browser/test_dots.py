"""Dots on a flap: given by ticking what is on the screen, moved, and shown when the trainer closes them."""

from playwright.sync_api import Page, expect

from tests.browser.looks import cut_off, sideways, violations
from tests.browser.people import OLD_BEAMER, PHONE, SMALL_PHONE, House, Sitting, shoot
from tests.support.pages import Phone

STEP, ROUND = "rust", "stippen-01"
# So tall that the bar at the bottom covers nothing: axe would take a covered button for a small one.
TALL = {"viewport": {"width": 1280, "height": 4000}}
WORDS = ("koffie", "een bank in de zon", "stilte", "muziek", "lopen in het park met de hond van de buren")


def begin(house: House) -> tuple[Sitting, list[Phone]]:
    """Five cards on the screen, of which one is in a group, and a group by the side."""
    sitting = house.sitting("voorbeeld-flap")
    sitting.go(STEP)
    crowd = house.crowd(sitting, len(WORDS))
    for phone, text in zip(crowd, WORDS, strict=True):
        assert phone.post(STEP, text=text)["ok"]
    for name in ("do:draw", "do:show-all"):
        sitting.do(name)
    return sitting, crowd


def group(control: Page, title: str, card: str) -> None:
    control.get_by_label("Nieuwe groep").fill(title)
    control.get_by_role("button", name="Maak groep").click()
    expect(control.get_by_role("heading", name=title)).to_be_visible()
    control.get_by_label(card).check()
    control.get_by_label("Groep voor de gekozen kaarten").select_option(title)
    control.get_by_role("button", name="Zet in groep").click()
    expect(control.locator(".board-zone", has_text=title).first).to_contain_text(card)


def looks_well(page: Page) -> None:
    assert (sideways(page), violations(page)) == ([], [])


def test_dots_are_given_moved_and_shown(samples: House) -> None:
    with samples.visit() as house:
        sitting, crowd = begin(house)
        control, screen = house.control(sitting, **TALL), house.screen(sitting)
        old = house.screen(sitting, **OLD_BEAMER)
        phone, dark = house.phone(sitting, **SMALL_PHONE), house.phone(sitting, **PHONE, color_scheme="dark")
        group(control, "Even niets", "stilte")
        control.get_by_role("button", name="Laat stippen geven", exact=True).click()

        expect(screen.locator(".k-flap__invite")).to_contain_text("Geef hooguit 3 stippen op je telefoon.")
        phone.get_by_label("Even niets").check()
        phone.get_by_label("muziek").check()
        for page, name in ((screen, "open-scherm"), (old, "open-scherm"), (phone, "open-telefoon")):
            shoot(page, f"stippen-{name}")
        phone.get_by_role("button", name="Geef mijn stippen").click()
        expect(phone.locator("#flap-dots .badge")).to_have_count(2)
        # No empty form stands above what was given.
        expect(phone.get_by_role("button", name="Geef mijn stippen")).to_be_hidden()
        phone.reload()
        phone.get_by_role("button", name="Verplaats mijn stippen").click()
        expect(phone.get_by_label("muziek")).to_be_checked()
        expect(phone.get_by_label("Even niets")).to_be_focused()
        phone.get_by_label("muziek").uncheck()
        phone.get_by_label("koffie").check()
        phone.get_by_role("button", name="Geef mijn stippen").click()
        for other in crowd:
            assert other.post(STEP, item=ROUND, dot=["0", "1"])["ok"]
        expect(dark.get_by_label("Even niets")).to_be_visible()
        shoot(control, "stippen-open-regie")
        shoot(phone, "stippen-gegeven")
        shoot(dark, "stippen-donker")
        looks_well(phone)

        control.get_by_role("button", name="Sluit en toon de stippen").click()
        expect(screen.locator(".k-flap__row").first).to_contain_text("Even niets")
        expect(screen.locator(".k-flap__row").first.locator("circle")).to_have_count(6)
        expect(phone.locator(".k-flap__counts li").first).to_contain_text("Even niets")
        expect(control.locator(".k-flap__counts li").first).to_contain_text("6 stippen")
        shown = {"scherm": screen, "oud": old, "regie": control, "uitslag-donker": dark, "uitslag": phone}
        for name, page in shown.items():
            looks_well(page)
            shoot(page, f"stippen-{name}")
        assert cut_off(old) == []
