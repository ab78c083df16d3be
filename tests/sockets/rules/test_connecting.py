"""Who may connect, and as what: by cookie, origin and what the page says that it is."""

import json
import uuid
from functools import cache
from typing import Any

import pytest
import requests
import socketio
from socketio.exceptions import ConnectionError as Refused

from tests.sockets.conftest import Stage
from tests.sockets.rules.messages import ALLOWED, FLAP, message
from tests.support.pages import Page, Phone
from tests.support.server import wait_for
from tests.support.trainers import Trainer
from trainer.sockets.protocol import Code, Role

# Connecting


def connect(trainer: Trainer, cookie: str = "", origin: str = "", auth: Any = None) -> socketio.Client:
    """A connection made by hand. Raises Refused when the server says no, or hangs up."""
    # Without an origin of its own beside ours.
    client = socketio.Client(reconnection=False, websocket_extra_options={"suppress_origin": True})
    told: list[str] = []
    client.on("connect", lambda: told.append(""))
    client.on("connect_error", lambda data: told.append(str(data)))
    headers = {name: value for name, value in (("Cookie", cookie), ("Origin", origin)) if value}
    client.connect(
        trainer.server.url,
        headers=headers,
        auth=auth,
        transports=["websocket"],
        wait=False,
        retry=False,
    )
    wait_for(lambda: told or client.eio.state != "connected", "an answer")
    if told != [""]:
        client.disconnect()
        raise Refused(*told)
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
