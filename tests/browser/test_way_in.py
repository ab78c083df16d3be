"""The way in: what a form is answered with has an address of its own, and is asked for once."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, House, Sitting, online


def typed_the_code(house: House, sitting: Sitting) -> Page:
    page = house.open("", **PHONE)
    page.get_by_label("Code").fill(sitting.code)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("button", name="Doe mee")).to_be_visible()
    return page


def test_page_after_the_code_can_be_loaded_again(house: House, sitting: Sitting) -> None:
    page = typed_the_code(house, sitting)
    methods: list[str] = []
    page.on("request", lambda request: methods.append(request.method))

    page.reload()

    expect(page.get_by_role("button", name="Doe mee")).to_be_visible()
    assert page.url == f"{house.server.url}/j/{sitting.secret}"
    assert set(methods) == {"GET"}


def test_answer_to_the_code_is_told_and_is_left_as_a_page_is(house: House, sitting: Sitting) -> None:
    page = typed_the_code(house, sitting)

    expect(page).to_have_title(re.compile("^(?!Doe mee)"))
    expect(page.locator("h1")).to_be_focused()
    assert page.url == f"{house.server.url}/j/{sitting.secret}"
    page.go_back()
    expect(page.get_by_label("Code")).to_be_visible()
    assert page.url == f"{house.server.url}/"
    page.go_forward()
    expect(page.get_by_role("button", name="Doe mee")).to_be_visible()
    page.reload()
    page.go_back()
    expect(page.get_by_label("Code")).to_be_visible()


def test_wrong_code_is_said_at_the_field_and_the_next_one_is_taken(house: House, sitting: Sitting) -> None:
    page = house.open("", **PHONE)
    page.get_by_label("Code").fill("zzz zzz")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    expect(page.get_by_label("Code")).to_be_focused()

    page.get_by_label("Code").fill(sitting.code)
    page.get_by_label("Code").press("Enter")

    expect(page.get_by_role("button", name="Doe mee")).to_be_visible()


def test_code_leads_a_phone_that_takes_part_to_its_meeting(house: House, sitting: Sitting) -> None:
    page = house.phone(sitting)
    page.goto(house.server.url)
    page.get_by_label("Code").fill(sitting.code)

    page.get_by_role("button", name="Verder").click()

    online(page)
    assert page.url == f"{house.server.url}/m/{sitting.id}"


def test_code_is_sent_by_the_browser_itself_where_the_script_cannot(house: House, sitting: Sitting) -> None:
    page = house.open("", **PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.route(
        "**/*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    page.get_by_label("Code").fill(sitting.code)

    page.get_by_role("button", name="Verder").click()

    expect(page.get_by_role("button", name="Doe mee")).to_be_visible()
    assert asked[:2] == ["fetch", "document"]


def test_page_of_the_meeting_can_be_loaded_again_and_left_and_come_back_to(
    house: House, sitting: Sitting
) -> None:
    sitting.go("over-de-lijn")
    page = typed_the_code(house, sitting)
    page.get_by_role("button", name="Doe mee").click()
    online(page)
    address = f"{house.server.url}/m/{sitting.id}"
    assert page.url == address
    methods: list[str] = []
    page.on("request", lambda request: methods.append(request.method))

    page.reload()
    online(page)
    page.goto(f"{house.server.url}/privacy")
    page.go_back()

    online(page)
    assert page.url == address
    assert set(methods) == {"GET"}
    # What is before it is the page that asks, by which one comes in again.
    page.go_back()
    page.wait_for_url(address)


def test_first_view_comes_once_and_its_timer_runs(house: House, sitting: Sitting) -> None:
    sitting.go("eens-of-oneens")
    page = house.open(f"/j/{sitting.secret}", **PHONE)
    said: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda text: said.append(str(text))))

    page.get_by_role("button", name="Doe mee").click()
    online(page)

    assert [text[:9] for text in said if text.startswith("42")] == ['42["view"']
    assert "html" not in said[1]
    expect(page.locator(".phone-timer")).to_have_text(re.compile(r"9:5\d|10:00"))
    page.get_by_label("Oneens", exact=True).check()
    expect(page.locator("#own")).to_contain_text("Jouw antwoord: Oneens.")
    expect(page.locator(".phone-timer")).to_have_text(re.compile(r"9:[45]\d|10:00"))
