"""A link that is sent on is copied by a button, in a real browser."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from tests.support.courses import make_course
from tests.support.site import PASSWORD, Site


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    site = Site(tmp_path)
    make_course(site.logged_in("olga", is_organiser=True))
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    site.stop()


# With a clipboard as over TLS or on the laptop itself, and without one as over plain HTTP.
@pytest.mark.parametrize("without", ["", "Object.defineProperty(navigator, 'clipboard', {value: undefined})"])
def test_an_invitation_is_copied_with_the_keyboard_alone(
    browser: Browser, address: str, without: str
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/inloggen")
    page.get_by_label("Inlognaam").fill("olga")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer")
    page.add_init_script(without)
    page.goto(f"{address}/beheer/trajecten/1")
    page.get_by_role("button", name="Maak een link").click()

    page.get_by_role("button", name="Kopieer de link").press("Enter")

    expect(page.get_by_text("De link is gekopieerd.")).to_be_visible()
    expect(page.get_by_role("button", name="Kopieer de link")).to_be_focused()
    pasted = browser.new_page()
    pasted.goto(f"{address}/inloggen")
    pasted.get_by_label("Inlognaam").focus()
    pasted.keyboard.press("Control+V")
    assert (
        pasted.get_by_label("Inlognaam").input_value() == page.get_by_label("Link", exact=True).input_value()
    )
    pasted.close()
    context.close()
