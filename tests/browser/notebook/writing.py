"""People whose phones have a notebook: a course of two parts with a kind that uses it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.people import House, Sitting
from tests.support.server import csrf_token

STEP = "verhaal"
# Stands in no file of the browser's own, nor in any text of ours.
SECRET = "Merkwaardig9 dromen over een huisje"
PIXELS = """() => {
  const canvas = document.querySelector("#schrift-lijn");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((byte, place) => place % 4 === 3 && byte > 0).length;
}"""


def begun(house: House, sitting: Sitting, phone: Page) -> Page:
    """The exercise is on the phone."""
    sitting.go(STEP)
    expect(phone.get_by_label("Mijn droom")).to_be_visible()
    return phone


def mine(phone: Page) -> Page:
    """Its holder says that it is their own phone."""
    phone.get_by_role("button", name="Ja, bewaar het hier").click()
    expect(phone.locator("#whose")).to_be_hidden()
    return phone


def write_all(phone: Page, text: str = SECRET) -> None:
    """A text, a line, a tick and a drawing."""
    phone.get_by_label("Mijn droom").press_sequentially(text)
    phone.get_by_label("Mijn eerste stap").fill(f"{text} stap")
    phone.get_by_label("Ik doe het samen").check()
    canvas = phone.locator("#schrift-lijn")
    canvas.scroll_into_view_if_needed()
    place = canvas.bounding_box()
    assert place is not None
    phone.mouse.move(place["x"] + 20, place["y"] + 20)
    phone.mouse.down()
    phone.mouse.move(place["x"] + 120, place["y"] + 60, steps=8)
    phone.mouse.up()
    assert phone.evaluate(PIXELS) > 0


def is_there(phone: Page, text: str = SECRET) -> None:
    """All that `write_all` wrote is on the page."""
    expect(phone.get_by_label("Mijn droom")).to_have_value(text)
    expect(phone.get_by_label("Mijn eerste stap")).to_have_value(f"{text} stap")
    expect(phone.get_by_label("Ik doe het samen")).to_be_checked()
    phone.wait_for_function(f"() => ({PIXELS})() > 0")


def is_empty(phone: Page) -> None:
    expect(phone.get_by_label("Mijn droom")).to_have_value("")
    expect(phone.get_by_label("Mijn eerste stap")).to_have_value("")
    expect(phone.get_by_label("Ik doe het samen")).not_to_be_checked()
    phone.wait_for_function(f"() => ({PIXELS})() === 0")


def next_sitting(house: House, title: str) -> Sitting:
    """Opens the next meeting of a course."""
    session, url = house.trainer.session, house.server.url
    courses = set(re.findall(r'"(/beheer/trajecten/\d+)"', session.get(f"{url}/beheer").text))
    pages = [session.get(url + course).text for course in courses]
    course = next(page for page in pages if title in page)
    opening = re.search(r'action="(\S+/openen)"', course)
    assert opening is not None
    control = session.post(url + opening[1], data={"csrf_token": csrf_token(course)})
    code = re.search(r'class="code">(\w{3} \w{3})<', control.text)
    assert code is not None
    meeting = control.url.rsplit("/", 1)[1]
    return Sitting(meeting, house.server.secret_of(code[1]), code[1], house.trainer.control(meeting))


def listen(phone: Page) -> Callable[[], str]:
    """Everything that this browser says from now on: addresses, bodies, and frames of its sockets."""
    said: list[str] = []
    phone.context.on("request", lambda request: said.append(f"{request.url} {request.post_data or ''}"))
    phone.on("websocket", lambda socket: socket.on("framesent", lambda frame: said.append(str(frame))))
    return lambda: "\n".join(said)
