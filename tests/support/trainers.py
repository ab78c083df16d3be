"""A trainer with an account, who opens meetings and their pages; without a browser."""

import re
from dataclasses import dataclass
from datetime import date

import requests

from tests.support.pages import Control, Page
from tests.support.server import RunningServer, csrf_token


def open_by_code(server: RunningServer, code: str) -> tuple[requests.Session, requests.Response]:
    """Another laptop, where somebody types a code for a screen; and the answer."""
    laptop = requests.Session()
    door = f"{server.url}/scherm"
    form = {"csrf_token": csrf_token(laptop.get(door).text), "code": code}
    return laptop, laptop.post(door, data=form)


@dataclass(frozen=True, slots=True)
class Opened:
    """A meeting that is open, and how people come to it."""

    id: str
    code: str
    secret: str


class Trainer:
    """An organiser with an account, who opens control pages and screens."""

    def __init__(self, server: RunningServer) -> None:
        self.server = server
        self.session = requests.Session()

    def make_account(
        self, login: str = "voorbeeld", password: str = "een lang wachtwoord", link: str = ""
    ) -> "Trainer":
        link = link or self.server.welcome_link
        page = self.session.get(link)
        form = {
            "csrf_token": csrf_token(page.text),
            "name": "Voorbeeld",
            "login": login,
            "password": password,
            "again": password,
        }
        answer = self.session.post(link, data=form)
        assert answer.ok, answer.text
        return self

    def log_in(self, login: str = "voorbeeld", password: str = "een lang wachtwoord") -> "Trainer":
        link = f"{self.server.url}/inloggen"
        form = {"csrf_token": csrf_token(self.session.get(link).text), "login": login, "password": password}
        answer = self.session.post(link, data=form)
        assert answer.ok, answer.text
        return self

    def log_out(self) -> None:
        form = {"csrf_token": csrf_token(self.session.get(f"{self.server.url}/beheer").text)}
        assert self.session.post(f"{self.server.url}/uitloggen", data=form).ok

    def copied(self) -> "Trainer":
        """Somebody who copied the cookies of this trainer."""
        thief = Trainer(self.server)
        thief.session.cookies.update(self.session.cookies.copy())
        return thief

    @property
    def is_logged_in(self) -> bool:
        return self.session.get(f"{self.server.url}/beheer", allow_redirects=False).status_code == 200

    def user(self, *arguments: str, typed: str = "") -> str:
        """What `python -m trainer user ...` says beside the server that runs; `typed` is the answers."""
        ran = self.server.command("user", *arguments, typed=typed)
        ran.check_returncode()
        return ran.stdout.strip()

    def invite(self, login: str, *options: str) -> "Trainer":
        """Somebody else, who makes an account by an invitation."""
        other = Trainer(self.server)
        link = re.sub(r"^.*(?=/welkom/)", self.server.url, self.user("invite", *options))
        form = {
            "csrf_token": csrf_token(other.session.get(link).text),
            "name": login.capitalize(),
            "login": login,
            "password": "een lang wachtwoord",
        }
        assert other.session.post(link, data={**form, "again": form["password"]}).ok
        return other

    def share(self, meeting: str) -> "Trainer":
        """Makes everybody with an account a trainer of a meeting."""
        page = self.session.get(f"{self.server.url}/beheer/bijeenkomsten/{meeting}").text
        return self.set_trainers(meeting, re.findall(r'name="trainers" value="(\d+)"', page))

    def set_trainers(self, meeting: str, people: list[str]) -> "Trainer":
        """Says who gives a meeting, by their numbers on its page."""
        page = f"{self.server.url}/beheer/bijeenkomsten/{meeting}"
        form = {"csrf_token": csrf_token(self.session.get(page).text), "trainers": people}
        assert self.session.post(f"{page}/trainers", data=form).ok
        return self

    def open_meeting(self, title: str, programme: str = "klein", everybody: bool = False) -> Opened:
        """Opens the first meeting of a new course, for this trainer or for `everybody` with an account."""
        beheer = f"{self.server.url}/beheer"
        new = self.session.get(f"{beheer}/trajecten/nieuw").text
        offered = re.findall(r'name="trainers" value="(\d+)"( checked)?', new)
        form = {
            "csrf_token": csrf_token(new),
            "programme": programme,
            "title": title,
            "place": "Voorbeeldwijk",
            "trainers": [number for number, mine in offered if mine or everybody],
            "first_date": date.today().isoformat(),
            "start": "09:30",
        }
        course = self.session.post(f"{beheer}/trajecten/nieuw", data=form)
        opening = re.search(r'action="(\S+/openen)"', course.text).group(1)
        control = self.session.post(self.server.url + opening, data={"csrf_token": csrf_token(course.text)})
        code = re.search(r'class="code">(\w{3} \w{3})<', control.text).group(1)
        return Opened(control.url.rsplit("/", 1)[1], code, self.server.secret_of(code))

    def control(self, meeting: str) -> "Control":
        control = Control(self.server, self.session, meeting, "control")
        control.connect()
        return control

    def expect(self, people: int, meeting: str = "") -> "Trainer":
        """Says how many people there are: so many phones may come in at once."""
        control = self.control(meeting or self.first_meeting)
        control.go("expect", people=str(people))
        control.close()
        return self

    @property
    def first_meeting(self) -> str:
        """The meeting of the sample course, which is open."""
        found = re.search(r"/regie/([0-9a-f-]{36})", self.session.get(f"{self.server.url}/beheer").text)
        assert found, "no meeting is open"
        return found[1]

    def screen(self, meeting: str) -> Page:
        return Page(self.server, self.session, meeting, "screen").connect()
