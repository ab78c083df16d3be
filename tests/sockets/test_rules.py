"""Who may say what, and what becomes of messages that no page of ours would send."""

import json
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import requests
import socketio
from socketio.exceptions import ConnectionError as Refused

from tests.sockets.conftest import Stage
from tests.support.running import Page, Phone, Trainer, wait_for
from trainer.live.commands import HANDLERS, SCREEN_COMMANDS
from trainer.sockets.protocol import RETRY, Code, Event, Role

FLAP = "wat-brengt-ervaring"
# Every event that a browser sends, and the roles that may send it.
ALLOWED = {
    Event.POST: {Role.PHONE},
    Event.WITHDRAW: {Role.PHONE},
    Event.ACT: {Role.PHONE},
    Event.COMMAND: {Role.CONTROL, Role.SCREEN},
    Event.ENTER: {Role.CONTROL},
    Event.DOOR: {Role.CONTROL},
    Event.HELLO: {Role.PHONE, Role.CONTROL, Role.SCREEN},
    Event.SCREENS: {Role.CONTROL},
}
FROM_SERVER = {Event.VIEW, Event.OWN, Event.ENDED}
OLD = 0


def message(event: Event) -> dict[str, Any]:
    """A message as our pages send it."""
    return {
        Event.POST: {"id": str(uuid.uuid4()), "step": FLAP, "item": "", "form": {"text": ["moed"]}},
        Event.WITHDRAW: {"step": FLAP, "id": str(uuid.uuid4())},
        Event.ACT: {"step": FLAP, "name": "open", "args": {}},
        Event.COMMAND: {"version": OLD, "name": "next", "args": {}},
        Event.ENTER: {"step": FLAP, "item": "", "form": {"text": ["van papier"]}},
        Event.DOOR: {"name": "admit", "args": {"word": ["appel"]}},
        Event.HELLO: {},
        Event.SCREENS: {"name": "code"},
    }[event]


@pytest.fixture
def stage(stage_on_either_websocket: Stage) -> Stage:
    """The rules are the same on both."""
    return stage_on_either_websocket


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


POST = message(Event.POST)
MALFORMED: list[Any] = [
    None,
    [],
    "moed",
    42,
    {},
    {**POST, "id": ""},
    {**POST, "id": "1"},
    {**POST, "id": 7},
    {**POST, "id": None},
    {**POST, "step": ""},
    {**POST, "step": ["x"]},
    {**POST, "step": "x" * 81},
    {**POST, "step": "a\x00b"},
    {**POST, "item": None},
    {**POST, "item": {"a": 1}},
    {**POST, "item": "x" * 81},
    {**POST, "item": "regel\neinde"},
    {**POST, "form": None},
    {**POST, "form": []},
    {**POST, "form": {"text": 1}},
    {**POST, "form": {"text": [1]}},
    {**POST, "form": {"text": [None]}},
    {**POST, "form": {"text": {"0": "moed"}}},
    {**POST, "form": {"text": ["x"] * 61}},
    {**POST, "form": {str(n): ["x"] for n in range(61)}},
]


def test_malformed_posts_are_refused_and_the_phone_goes_on(stage: Stage) -> None:
    phone = stage.at(FLAP).phone()

    codes = [phone.socket.call("post", data, timeout=10)["code"] for data in MALFORMED]

    assert codes == [Code.MALFORMED] * len(MALFORMED)
    assert phone.post(FLAP, text="moed") == {"ok": True}


@pytest.mark.parametrize("where", ["item", "form"])
def test_half_a_character_stops_nobody(stage: Stage, where: str) -> None:
    bad, good = stage.at(FLAP).phone(), stage.phone()
    half = {**message(Event.POST), where: "\ud800" if where == "item" else {"text": ["\ud800"]}}

    # As text on the wire: no library of ours would send it.
    bad.socket.eio.send("42" + json.dumps(["post", half]))

    assert good.post(FLAP, text="moed") == {"ok": True}
    assert stage.open(bad.another_tab()).place == f"{FLAP}/"


COMMANDS: list[Any] = [
    None,
    {},
    {"version": "1", "name": "next", "args": {}},
    {"version": 1.5, "name": "next", "args": {}},
    {"version": True, "name": "next", "args": {}},
    {"version": None, "name": "next", "args": {}},
    {"name": "next", "args": {}},
    {"version": 1, "name": "", "args": {}},
    {"version": 1, "name": ["next"], "args": {}},
    {"version": 1, "name": "next", "args": "step"},
    {"version": 1, "name": "next", "args": {"step": [1]}},
]


def test_malformed_commands_are_refused_and_change_nothing(stage: Stage) -> None:
    before = stage.at("welkom").control.version

    codes = [stage.control.socket.call("command", data, timeout=10)["code"] for data in COMMANDS]

    assert codes == [Code.MALFORMED] * len(COMMANDS)
    assert stage.control.version == before


@pytest.mark.parametrize("version", [-1, 10**18, 2**63])
def test_a_version_that_never_was_is_stale(stage: Stage, version: int) -> None:
    assert stage.control.command("next", version=version)["code"] == Code.STALE


def test_a_refusal_says_whether_to_try_again(stage: Stage) -> None:
    answer = stage.phone().post("nergens", text="moed")

    assert answer == {"ok": False, "code": "late", "message": "Dit onderdeel is al voorbij.", "retry": False}
    assert RETRY == (Code.TOO_FAST, Code.NOT_SAVED)


def test_a_message_over_16_kilobytes_is_not_taken(stage: Stage) -> None:
    big, other = stage.at(FLAP).phone(), stage.phone()

    big.socket.emit("post", {**message(Event.POST), "form": {"text": ["x" * 17_000]}})

    wait_for(lambda: not big.socket.connected, "the connection to be closed")
    assert other.post(FLAP, text="moed") == {"ok": True}
    assert stage.open(big.another_tab()).place == f"{FLAP}/"


def test_a_message_just_under_it_is_taken(stage: Stage) -> None:
    answer = stage.at(FLAP).phone().post(FLAP, text="x" * 15_000)

    assert answer["code"] == "too-long"


# Connecting


def connect(trainer: Trainer, cookie: str = "", origin: str = "", auth: Any = None) -> socketio.Client:
    """A connection made by hand. Raises Refused."""
    # Without an origin of its own beside ours.
    client = socketio.Client(reconnection=False, websocket_extra_options={"suppress_origin": True})
    headers = {name: value for name, value in (("Cookie", cookie), ("Origin", origin)) if value}
    client.connect(
        trainer.server.url,
        headers=headers,
        auth=auth,
        transports=["websocket"],
        wait_timeout=5,
        retry=False,
    )
    return client


def cookie_of(phone: Page) -> str:
    assert isinstance(phone, Phone)
    return f"kwartier_phone={phone.token}"


def test_a_page_of_another_site_is_refused(stage: Stage) -> None:
    phone = stage.phone()
    auth = {"meeting": stage.meeting, "role": "phone"}

    for origin in ("https://kwaad.example", "null", f"{stage.server.url}.kwaad.example"):
        with pytest.raises(Refused):
            connect(stage.trainer, cookie_of(phone), origin, auth)
    connect(stage.trainer, cookie_of(phone), stage.server.url, auth).disconnect()


@pytest.mark.parametrize("transport", ["polling", "websocket"])
def test_a_page_of_another_site_gets_no_session(stage: Stage, transport: str) -> None:
    answer = requests.get(
        f"{stage.server.url}/socket.io/",
        params={"EIO": "4", "transport": transport},
        headers={"Origin": "https://kwaad.example"},
    )

    assert answer.status_code == 400
    assert "sid" not in answer.text
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("token", ["", "x", "user:1", "A" * 43])
def test_a_token_that_did_not_join_is_refused(stage: Stage, token: str) -> None:
    with pytest.raises(Refused):
        connect(stage.trainer, f"kwartier_phone={token}", auth={"meeting": stage.meeting, "role": "phone"})


@pytest.mark.parametrize("planted_first", [True, False])
def test_a_phone_with_two_tokens_is_refused(stage: Stage, planted_first: bool) -> None:
    cookies = [cookie_of(stage.joined()), cookie_of(stage.joined())]
    auth = {"meeting": stage.meeting, "role": "phone"}

    with pytest.raises(Refused):
        connect(stage.trainer, "; ".join(cookies if planted_first else reversed(cookies)), auth=auth)
    connect(stage.trainer, cookies[0], auth=auth).disconnect()


@pytest.mark.parametrize("token", ["", "A" * 43, "of the phone"])
def test_who_comes_when_a_meeting_is_closed_reads_its_end_and_is_no_phone(stage: Stage, token: str) -> None:
    phone = stage.at(FLAP).phone()
    stage.control.go("close")
    late = phone.disguised(token.replace("of the phone", phone.token), "phone")

    stage.open(late)
    codes = {late.send(event, **message(event))["code"] for event in ALLOWED}
    phone.close()

    assert "Dank je wel" in late.view["html"]
    assert codes == {Code.FORBIDDEN}
    wait_for(lambda: 'Telefoons</span> <strong class="num">0' in stage.control.view["html"], "no phone")


@pytest.mark.parametrize(
    "auth",
    [
        None,
        {},
        [],
        "phone",
        {"role": "phone"},
        {"meeting": "MEETING"},
        {"meeting": "MEETING", "role": "organiser"},
        {"meeting": "MEETING", "role": ""},
        {"meeting": "MEETING", "role": ["phone"]},
        {"meeting": "", "role": "phone"},
        {"meeting": ["MEETING"], "role": "phone"},
        {"meeting": str(uuid.uuid4()), "role": "phone"},
        {"meeting": "../klein", "role": "phone"},
    ],
)
def test_who_does_not_say_what_for_is_refused(stage: Stage, auth: Any) -> None:
    phone = stage.phone()
    filled = json.loads(json.dumps(auth).replace("MEETING", stage.meeting))

    with pytest.raises(Refused):
        connect(stage.trainer, cookie_of(phone), auth=filled)


@pytest.mark.parametrize("role", [Role.CONTROL, Role.SCREEN])
def test_a_phone_cannot_be_a_trainer_or_a_screen(stage: Stage, role: Role) -> None:
    with pytest.raises(Refused):
        connect(stage.trainer, cookie_of(stage.phone()), auth={"meeting": stage.meeting, "role": role})


@cache
def stranger_to(trainer: Trainer) -> Trainer:
    """Somebody with an account on the same server who is no trainer of the meeting."""
    return trainer.invite("ander")


@pytest.mark.parametrize("role", [Role.CONTROL, Role.SCREEN])
def test_a_trainer_of_something_else_is_refused(stage: Stage, role: Role) -> None:
    session = stranger_to(stage.trainer).session
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in session.cookies)

    with pytest.raises(Refused):
        connect(stage.trainer, cookies, auth={"meeting": stage.meeting, "role": role})


@pytest.mark.parametrize("path", ["regie", "scherm"])
def test_a_trainer_of_something_else_does_not_find_the_pages(stage: Stage, path: str) -> None:
    answer = stranger_to(stage.trainer).session.get(f"{stage.server.url}/{path}/{stage.meeting}")

    assert answer.status_code == 404
