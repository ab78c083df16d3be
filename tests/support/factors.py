"""Accounts with a second factor, and the app on somebody's phone that makes the codes."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import pyotp
from werkzeug.test import TestResponse

from tests.support.clocks import Clock
from tests.support.server import csrf_token
from tests.support.site import PASSWORD, Site, Visitor
from tests.support.trainers import Trainer
from trainer.web.factors import WINDOW_SECONDS, Factors

SET_UP, RENEW, REMOVE, ASK = (
    "/account/twee-stappen",
    "/account/twee-stappen/reservecodes",
    "/account/twee-stappen/uit",
    "/inloggen/code",
)
NOON = 1_800_000_000.0
KEY = re.compile(r'class="key">([A-Z2-7 ]+)<')
SPARE = re.compile(r'class="code num">([^<]+)<')


@dataclass
class App:
    """An app for codes, with a clock of its own."""

    secret: str
    now: Callable[[], float]

    def code(self, windows: int = 0) -> str:
        """The code that it shows now, or so many windows later."""
        return pyotp.TOTP(self.secret).at(int(self.now()) + WINDOW_SECONDS * windows)

    def wrong(self) -> str:
        """Six digits that are no code of now."""
        near = {self.code(windows) for windows in range(-2, 3)}
        return next(code for number in range(9) if (code := f"{number:06}") not in near)


def key_on(page: str) -> str:
    """The secret that somebody types into an app, as a page shows it."""
    found = KEY.search(page)
    assert found, "there is no secret on this page"
    return found.group(1).replace(" ", "")


class Gate:
    """A site of which the test moves the clocks, and what its accounts need to log in."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.wall, self.steady = Clock(), Clock()
        self.wall.seconds = NOON
        secret = str(site.app.secret_key)
        site.app.extensions["kwartier_factors"] = Factors(secret, self.wall.now, self.steady.now)

    def demand(self, of_whom: str) -> None:
        """What `SECOND_FACTOR` says, as after a restart with another setting."""
        self.site.host.settings = replace(self.site.host.settings, second_factor=of_whom)

    def pass_windows(self, number: int = 1) -> None:
        self.wall.seconds += WINDOW_SECONDS * number

    def set_up(self, visitor: Visitor, **fields: str) -> tuple[App, list[str]]:
        """Turns it on for who is logged in; gives the app and the spare codes."""
        app = App(key_on(visitor.get(SET_UP).text), self.wall.now)
        page = visitor.post(SET_UP, **({"password": PASSWORD, "code": app.code()} | fields))
        assert page.status_code == 200
        # The code that proved it is used up.
        self.pass_windows()
        return app, SPARE.findall(page.text)

    def account(self, login: str, **options: bool) -> tuple[App, list[str]]:
        """A new account that has it on; the browser that did so is gone."""
        return self.set_up(self.site.logged_in(login, **options))

    def half_way(self, login: str) -> Visitor:
        """A new browser that proved the password."""
        visitor = self.site.visitor()
        assert visitor.log_in(login).location.startswith(ASK)
        return visitor


def set_up_by(trainer: Trainer, **fields: str) -> App:
    """Turns it on on a server that runs, for who is logged in or half way, by the clock of this machine."""
    address = trainer.server.url + SET_UP
    page = trainer.session.get(address).text
    app = App(key_on(page), time.time)
    form = {"csrf_token": csrf_token(page), "code": app.code(), **fields}
    assert SPARE.findall(trainer.session.post(address, data=form).text)
    return app


def give(visitor: Visitor, code: str, **fields: str) -> TestResponse:
    """Fills in a code on the second page to log in."""
    return visitor.post(ASK, code=code, **fields)


def is_in(visitor: Visitor) -> bool:
    """Is somebody logged in in this browser?"""
    return visitor.get("/beheer").status_code == 200
