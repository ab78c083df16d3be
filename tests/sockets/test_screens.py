"""The screen on a laptop where nobody logs in: what its pass opens, and when it ends."""

import re

import pytest
import requests
from socketio.exceptions import ConnectionError as Refused

from tests.sockets.conftest import Stage
from tests.support.pages import Page
from tests.support.server import csrf_token
from tests.support.trainers import open_by_code

CLOSED = "Dit scherm is gesloten"


@pytest.fixture
def laptop(stage: Stage) -> requests.Session:
    """A laptop at the beamer, where a code from control was typed."""
    laptop, answer = open_by_code(stage.server, stage.control.screen_code())
    assert answer.url == f"{stage.server.url}/scherm/{stage.meeting}"
    return laptop


def screen_of(stage: Stage, laptop: requests.Session) -> Page:
    return stage.open(Page(stage.server, laptop, stage.meeting, "screen"))


def other_meeting(stage: Stage) -> str:
    """A second meeting that is open, with the same trainer."""
    home = f"{stage.server.url}/beheer"
    page = stage.trainer.session.get(home).text
    planned = re.search(r"/bijeenkomsten/([0-9a-f-]{36})/openen", page)
    if planned:
        form = {"csrf_token": csrf_token(page)}
        stage.trainer.session.post(f"{home}/bijeenkomsten/{planned.group(1)}/openen", data=form)
        page = stage.trainer.session.get(home).text
    return next(one for one in re.findall(r"/regie/([0-9a-f-]{36})", page) if one != stage.meeting)


def test_a_code_from_control_opens_the_screen_and_steers_like_a_clicker(
    stage: Stage, laptop: requests.Session
) -> None:
    screen = screen_of(stage.at("welkom"), laptop)

    answer = screen.send("command", version=stage.control.version, name="next", args={})

    assert answer == {"ok": True}
    assert screen.send("command", version=0, name="close", args={})["code"] == "forbidden"
    assert screen.send("screens", name="code")["code"] == "forbidden"


def test_a_screen_that_control_shows_small_shows_what_screens_show_and_steers_nothing(
    stage: Stage, laptop: requests.Session
) -> None:
    small = Page(stage.server, laptop, stage.meeting, "screen")
    small.auth |= {"small": "yes"}
    screen, small = screen_of(stage.at("welkom"), laptop), stage.open(small)

    answer = small.send("command", version=stage.control.version, name="next", args={})

    assert answer["code"] == "forbidden"
    assert small.place == screen.place


def test_a_pass_for_a_screen_opens_no_other_page_of_a_trainer(stage: Stage, laptop: requests.Session) -> None:
    for path in ("/beheer", f"/regie/{stage.meeting}", f"/regie/{stage.meeting}/papier"):
        answer = laptop.get(stage.server.url + path, allow_redirects=False)
        assert (path, answer.status_code) == (path, 302)
        assert answer.headers["Location"].startswith("/inloggen")
    with pytest.raises(Refused):
        Page(stage.server, laptop, stage.meeting, "control").connect()


def test_a_pass_for_a_screen_opens_no_other_meeting(stage: Stage, laptop: requests.Session) -> None:
    other = other_meeting(stage)
    cookies = {cookie.name: str(cookie.value) for cookie in laptop.cookies}
    # The same pass under the name of the other.
    laptop.cookies.set(f"kwartier_scherm_{other}", cookies[f"kwartier_scherm_{stage.meeting}"])

    answer = laptop.get(f"{stage.server.url}/scherm/{other}", allow_redirects=False)

    assert answer.headers["Location"] == "/scherm"
    with pytest.raises(Refused):
        Page(stage.server, laptop, other, "screen").connect()


def test_a_trainers_session_alone_is_no_pass_for_the_socket_of_a_screen(stage: Stage) -> None:
    page = Page(stage.server, stage.trainer.copied().session, stage.meeting, "screen")
    session = page._session
    for name in [cookie.name for cookie in session.cookies if cookie.name.startswith("kwartier_scherm")]:
        del session.cookies[name]

    with pytest.raises(Refused):
        page.connect(ask_for_page=False)


def test_a_code_works_once(stage: Stage) -> None:
    code = stage.control.screen_code()
    open_by_code(stage.server, code)

    _, answer = open_by_code(stage.server, code)

    assert answer.status_code == 422
    assert "Deze code klopt niet, of werkt niet meer." in answer.text


def test_a_new_code_ends_the_one_of_before(stage: Stage) -> None:
    old = stage.control.screen_code()
    stage.control.screen_code()

    assert open_by_code(stage.server, old)[1].status_code == 422


def test_a_join_code_opens_no_screen(stage: Stage) -> None:
    assert open_by_code(stage.server, stage.server.join_code)[1].status_code == 422


def test_closing_the_screens_ends_them_all_and_their_passes(stage: Stage, laptop: requests.Session) -> None:
    there, here = screen_of(stage, laptop), stage.screen()

    assert stage.control.send("screens", name="close") == {"ok": True}

    assert there.was_ended(CLOSED) and here.was_ended(CLOSED)
    answer = laptop.get(f"{stage.server.url}/scherm/{stage.meeting}", allow_redirects=False)
    assert answer.headers["Location"] == "/scherm"
    # Who is logged in opens it again with one press.
    assert stage.screen().view


def test_a_screen_ends_when_the_trainer_who_gave_it_logs_out(stage: Stage) -> None:
    giver = stage.colleague("gever")
    laptop, _ = open_by_code(stage.server, giver.control(stage.meeting).screen_code())
    there = screen_of(stage, laptop)

    giver.log_out()

    assert there.was_ended(CLOSED)
