"""A meeting that is taken back from its lobby, or deleted: nobody keeps a page of it, nor a place in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.support.pages import Control, Page, Phone
from tests.support.server import RunningServer, csrf_token
from tests.support.trainers import Trainer, open_by_code

NOT_OPEN = "Deze bijeenkomst is niet open"


@dataclass
class Lobby:
    """A meeting of its own that was opened, with everybody who has a page of it."""

    trainer: Trainer
    course: str
    meeting: str
    control: Control

    @property
    def server(self) -> RunningServer:
        return self.trainer.server

    @property
    def secret(self) -> str:
        found = re.search(r'class="code">(\w{3} \w{3})<', self.control.view["html"])
        assert found
        return self.server.secret_of(found[1])

    def phone(self) -> Phone:
        phone = Phone(self.server, self.secret)
        phone.connect()
        return phone

    def pages(self) -> list[Page]:
        laptop, _ = open_by_code(self.server, self.control.screen_code())
        borrowed = Page(self.server, laptop, self.meeting, "screen").connect()
        phone = self.phone()
        return [
            self.control,
            self.trainer.screen(self.meeting),
            borrowed,
            phone,
            phone.another_tab().connect(),
        ]

    def press(self, path: str) -> None:
        """Presses a button of the pages of organisers."""
        session, url = self.trainer.session, f"{self.server.url}/beheer"
        assert session.post(url + path, data={"csrf_token": csrf_token(session.get(url).text)}).ok

    def open(self) -> None:
        self.press(f"/bijeenkomsten/{self.meeting}/openen")

    def take_back(self) -> None:
        self.press(f"/bijeenkomsten/{self.meeting}/niet-openen")


def make_lobby(trainer: Trainer) -> Lobby:
    session, url = trainer.session, f"{trainer.server.url}/beheer"
    new = session.get(f"{url}/trajecten/nieuw").text
    form = {
        "csrf_token": csrf_token(new),
        "programme": "klein",
        "title": "Voor even",
        "trainers": re.findall(r'name="trainers" value="(\d+)"', new),
        "first_date": date.today().isoformat(),
        "start": "09:30",
    }
    course = session.post(f"{url}/trajecten/nieuw", data=form)
    opening = re.search(r'action="(\S+/openen)"', course.text)
    assert opening
    meeting = session.post(
        trainer.server.url + opening[1], data={"csrf_token": csrf_token(course.text)}
    ).url.rsplit("/", 1)[1]
    return Lobby(trainer, f"/trajecten/{course.url.rsplit('/', 1)[1]}", meeting, trainer.control(meeting))


@pytest.fixture
def lobby(trainer: Trainer) -> Iterator[Lobby]:
    lobby = make_lobby(trainer)
    yield lobby
    lobby.control.close()


@pytest.fixture(params=["trainer", "threaded_trainer"], ids=["eventlet", "threading"])
def either_lobby(request: pytest.FixtureRequest) -> Iterator[Lobby]:
    lobby = make_lobby(request.getfixturevalue(request.param))
    yield lobby
    lobby.control.close()


def test_taking_a_meeting_back_empties_and_closes_every_page_of_it(either_lobby: Lobby) -> None:
    pages = either_lobby.pages()

    either_lobby.take_back()

    assert [page.was_ended(NOT_OPEN) for page in pages] == [True] * len(pages)


def test_nobody_comes_back_to_a_meeting_that_was_taken_back(lobby: Lobby) -> None:
    pages = lobby.pages()

    lobby.take_back()

    for page in pages:
        with pytest.raises(Refused):
            page.again()


def test_who_was_in_before_is_not_in_when_it_is_opened_again(lobby: Lobby) -> None:
    phone = lobby.phone()
    lobby.take_back()
    assert phone.was_ended(NOT_OPEN)

    lobby.open()

    with pytest.raises(Refused):
        phone.again()


def test_deleting_a_closed_meeting_closes_the_pages_that_are_still_open(lobby: Lobby) -> None:
    pages = lobby.pages()
    lobby.control.go("start")
    lobby.control.go("close")

    lobby.press(f"/bijeenkomsten/{lobby.meeting}/verwijderen")

    assert [page.was_ended("") for page in pages] == [True] * len(pages)
    with pytest.raises(Refused):
        pages[-1].again()


def test_deleting_a_course_closes_the_pages_of_its_meetings(lobby: Lobby) -> None:
    phone = lobby.phone()
    lobby.control.go("start")
    lobby.control.go("close")

    lobby.press(f"{lobby.course}/verwijderen")

    assert phone.was_ended(NOT_OPEN)


def test_other_meetings_go_on(lobby: Lobby) -> None:
    phone = Phone(lobby.server)
    phone.connect()

    lobby.take_back()

    assert lobby.control.was_ended(NOT_OPEN)
    assert phone.send("hello") == {"ok": True}
    phone.close()
