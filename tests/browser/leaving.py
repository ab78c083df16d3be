"""What somebody does with a phone before it is lent or given back."""

from playwright.sync_api import Page, expect

FLAP, STICKERS, GAME = "wat-brengt-ervaring", "stickers", "diagnose-me"
WAITS = "Nog niet verstuurd"


def write(phone: Page, text: str) -> None:
    phone.get_by_label("Je antwoord").fill(text)
    phone.get_by_role("button", name="Verstuur").click()


def leave(phone: Page) -> None:
    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    phone.get_by_role("button", name="Ja, doe maar").click()
    expect(phone.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()


def token_of(phone: Page) -> str:
    return next((str(c["value"]) for c in phone.context.cookies() if c["name"] == "kwartier_phone"), "")
