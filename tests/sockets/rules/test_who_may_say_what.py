"""Who may say what: each event is for certain roles, and each role does what its page can do."""

import json
from collections.abc import Callable

import pytest

from tests.sockets.conftest import Stage
from tests.sockets.rules.messages import ALLOWED, FLAP, OLD, message
from tests.support.pages import Page
from tests.support.server import wait_for
from trainer.live.commands import HANDLERS, SCREEN_COMMANDS
from trainer.sockets.protocol import Code, Event, Role

FROM_SERVER = {Event.VIEW, Event.OWN, Event.ENDED}
PAGES: dict[Role, Callable[[Stage], Page]] = {
    Role.PHONE: lambda stage: stage.phone(),
    Role.CONTROL: lambda stage: stage.control,
    Role.SCREEN: lambda stage: stage.screen(),
}


def test_every_event_has_its_rule_here() -> None:
    assert set(ALLOWED) | FROM_SERVER == set(Event)


@pytest.mark.parametrize("role", Role)
def test_an_event_is_for_the_roles_that_may_send_it_and_no_others(stage: Stage, role: Role) -> None:
    page = PAGES[role](stage.at(FLAP))

    codes = {event: page.send(event, **message(event)).get("code", "ok") for event in ALLOWED}

    refused = {event for event, code in codes.items() if code == Code.FORBIDDEN}
    assert refused == {event for event, roles in ALLOWED.items() if role not in roles}


def test_what_the_server_says_cannot_be_said_to_it(stage: Stage) -> None:
    phone, other = stage.at("pauze").phone(), stage.phone()
    seen = len(other.views)

    for event in (*FROM_SERVER, "explode"):
        phone.socket.emit(event, {"html": "<h1>nep</h1>", "version": 2**60, "key": ""})

    assert phone.send("hello") == {"ok": True}
    assert (len(other.views), other.own) == (seen, {})


@pytest.mark.parametrize("name", ["connect", "disconnect"])
def test_a_phone_cannot_say_what_only_the_server_may_find(stage: Stage, name: str) -> None:
    phone, other = stage.at(FLAP).phone(), stage.joined()
    made_up = {"HTTP_COOKIE": f"kwartier_phone={other.token}"}

    phone.socket.emit(name, (made_up, {"meeting": phone.meeting, "role": "phone"}))

    assert phone.post(FLAP, text="moed") == {"ok": True}
    tab = stage.open(phone.another_tab())
    assert wait_for(lambda: "moed" in tab.own.get("html", ""), "the text in another tab of the same phone")


def test_a_page_that_connects_twice_is_there_once(stage: Stage) -> None:
    phone = stage.at(FLAP).phone()
    again = json.dumps({"meeting": phone.meeting, "role": "phone"})

    for _ in range(3):
        phone.socket.eio.send(f"0{again}")
    phone.send("hello")
    phone.close()

    wait_for(
        lambda: 'Telefoons</span> <strong class="num">0' in stage.control.view["html"], "no phone any more"
    )


@pytest.mark.parametrize("name", [*HANDLERS, "do:show", "explode"])
def test_the_projectors_keyboard_does_only_what_a_clicker_needs(stage: Stage, name: str) -> None:
    screen = stage.at("welkom").screen()

    answer = screen.send("command", version=OLD, name=name, args={})

    # Allowed ones come as far as the version, which is an old one here.
    assert answer["code"] == (Code.STALE if name in SCREEN_COMMANDS else Code.FORBIDDEN)
