"""The first that a page hears: not what its page told already, and of what anybody sent nothing at all."""

import json
import re
from collections.abc import Sequence
from urllib.parse import urlencode

import requests
import websocket

from tests.sockets.conftest import Stage
from tests.support.pages import Phone

VOTE, CARDS = "eens-of-oneens", "diagnose-me"
NAMED = re.compile(r'42\["(\w+)"|(\d+)')


def mark_on_page(stage: Stage, phone: Phone) -> str:
    """By which the page of a phone says what it shows."""
    page = phone.session.get(f"{stage.server.url}/m/{stage.meeting}").text
    found = re.search(r' data-mark="(\w+)"', page)
    assert found
    return found[1]


def heard(stage: Stage, phone: Phone, address: dict[str, str], **connect: str) -> list[str]:
    """All that comes by a new connection, up to the answer to what a phone may not send."""
    query = urlencode({"EIO": "4", "transport": "websocket", **address})
    url = f"{stage.server.url.replace('http', 'ws')}/socket.io/?{query}"
    link = websocket.create_connection(url, header={"Cookie": f"kwartier_phone={phone.token}"}, timeout=5)
    said = {"meeting": stage.meeting, "role": "phone", **connect}
    link.send(f"40{json.dumps(said)}")
    link.send('421["command",{}]')
    found: list[str] = []
    while not (found and found[-1].startswith("431[")):
        found.append(str(link.recv()))
    link.close()
    return found


def introduced(stage: Stage, phone: Phone, **more: str) -> list[str]:
    """The same for a page that says in the address of its socket who it is, as ours do."""
    return heard(stage, phone, {"meeting": stage.meeting, "role": "phone", **more})


def names(said: Sequence[str]) -> list[str]:
    """What these packets are."""
    return [found[1] or found[2] for found in map(NAMED.match, said) if found]


def view_in(said: Sequence[str]) -> dict[str, object]:
    return dict(json.loads(next(text for text in said if text.startswith('42["view"'))[2:])[1])


def test_a_page_that_has_the_view_is_told_that_it_is_right(stage: Stage) -> None:
    phone = stage.at(VOTE).joined()

    said = introduced(stage, phone, has=mark_on_page(stage, phone))

    assert names(said) == ["0", "view", "40", "431"]
    view = view_in(said)
    assert set(view) == {"version", "key", "build", "lefts"}
    assert view["key"] == stage.control.view["key"]


def test_time_that_went_on_is_told_and_time_that_was_added_makes_another_view(stage: Stage) -> None:
    phone = stage.at(VOTE).joined()
    before = mark_on_page(stage, phone)

    told = view_in(introduced(stage, phone, has=before))["lefts"]
    stage.control.go("timer-plus")
    other = view_in(introduced(stage, phone, has=before))["html"]

    assert isinstance(told, list)
    assert [0 < float(left) <= 600 for left in told] == [True]
    assert 'data-total="660"' in str(other)


def test_a_page_may_say_it_when_it_connects_as_well(stage: Stage) -> None:
    phone = stage.at(VOTE).joined()

    said = heard(stage, phone, {}, has=mark_on_page(stage, phone))

    assert names(said) == ["0", "view", "40", "431"]
    assert "html" not in view_in(said)


def test_a_page_with_another_view_gets_everything(stage: Stage) -> None:
    phone = stage.at("welkom").joined()
    before = mark_on_page(stage, phone)
    stage.at(VOTE)

    said = introduced(stage, phone, has=before)

    assert names(said) == ["0", "view", "own", "40", "431"]
    assert "Jouw antwoord" not in str(view_in(said)["html"])


def test_from_the_second_time_on_what_is_its_own_comes_too_and_sounds_alike(stage: Stage) -> None:
    silent, voter = stage.at(VOTE).joined(), stage.joined()
    has = mark_on_page(stage, silent)
    introduced(stage, silent, has=has)
    page = voter.connect()
    assert page.post(VOTE, "1/1", choice="1")["ok"]
    page.close()

    said = [introduced(stage, phone, has=has) for phone in (silent, voter)]

    assert [names(each) for each in said] == [["0", "view", "own", "40", "431"]] * 2
    (silent_says, voter_says) = ([len(text) for text in each] for each in said)
    assert silent_says == voter_says
    assert ["Jouw antwoord" in "".join(each) for each in said] == [False, True]


def test_where_each_phone_sees_something_else_all_hear_it_the_first_time(stage: Stage) -> None:
    phone = stage.at(CARDS).joined()

    said = introduced(stage, phone, has=mark_on_page(stage, phone))

    assert names(said) == ["0", "view", "own", "40", "431"]


def test_no_request_without_a_websocket_is_a_page(stage: Stage) -> None:
    phone = stage.at(VOTE).joined()
    asked = {"EIO": "4", "transport": "polling", "meeting": stage.meeting, "role": "phone"}

    answer = phone.session.get(f"{stage.server.url}/socket.io/", params=asked, timeout=5)

    assert answer.text.startswith('0{"sid"')
    assert "\x1e" not in answer.text


def test_an_address_that_names_a_page_gives_no_stranger_anything(stage: Stage) -> None:
    stage.at(VOTE)
    asked = urlencode({"EIO": "4", "transport": "websocket", "meeting": stage.meeting, "role": "phone"})
    link = websocket.create_connection(
        f"{stage.server.url.replace('http', 'ws')}/socket.io/?{asked}", timeout=5
    )

    said = [str(link.recv()), str(link.recv())]
    link.close()

    assert names(said) == ["0", "44"]
    assert requests.get(f"{stage.server.url}/readyz", timeout=5).ok
