"""Cookies that a page on another domain of the same site cannot plant, or that are not believed."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.hall import Hall, klein_environment
from tests.support.loopback import PHONE_COOKIE
from tests.support.site import PASSWORD, Site, Visitor
from trainer import create_app
from trainer.config import load
from trainer.store.keys import new_token
from trainer.web.accounts import accept, invite, passwords

TLS = "https://kwartier.example"
# What browsers ask of a cookie of this name, and `HttpOnly`; without `Domain`.
OURS = re.compile(
    r"__Host-kwartier_(phone|session|browser|scherm|gedeeld)(_[0-9a-f-]{36})?=[^;]*"
    r"(; (Secure|HttpOnly|Path=/|SameSite=Lax|Max-Age=\d+|Expires=[^;]+))+"
)
ASKED = {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


class Recorded(FlaskClient):
    """A browser, and every cookie that it got."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, Flask.response_class, use_cookies=True)
        self.given: list[str] = []

    def open(self, *args: object, **more: object) -> TestResponse:  # type: ignore[override]
        headers = {"Origin": TLS, "Referer": f"{TLS}/"}
        answer = super().open(*args, base_url=TLS, headers=headers, **more)  # type: ignore[arg-type]
        self.given += answer.headers.getlist("Set-Cookie")
        return answer


def tls_app(hall: Hall) -> Flask:
    """The installation of a hall, reached over TLS, with a trainer who has an account."""
    app = create_app(load({**klein_environment(hall.folder), "BASE_URL": TLS}))
    with app.app_context():
        today = hall.host.clock.now().date()
        token = invite(today, is_organiser=True, course_id=1)
        accept(token, today, login="t", name="T", password_hash=passwords().hasher.hash(PASSWORD))
    return app


def test_every_cookie_over_tls_is_one_that_nobody_else_can_plant(hall: Hall) -> None:
    app = tls_app(hall)
    phone, laptop = Recorded(app), Recorded(app)

    phone.post(f"/j/{hall.secret}")
    inside = phone.get(f"/m/{hall.meeting}").status_code
    phone.post(f"/m/{hall.meeting}/verlaten")
    outside = phone.get(f"/m/{hall.meeting}").status_code
    trainer = Visitor(laptop)
    trainer.log_in("t")
    trainer.get(f"/scherm/{hall.meeting}")
    shown = trainer.get(f"/regie/{hall.meeting}").status_code
    trainer.post("/uitloggen", "/beheer")
    again = trainer.get("/beheer").status_code

    given = phone.given + laptop.given
    assert (inside, outside, shown, again) == (200, 302, 200, 302)
    assert [line for line in given if not OURS.fullmatch(line) or not set(line.split("; ")) >= ASKED] == []
    kinds = {line.split("_")[3].partition("=")[0] for line in given}
    assert kinds == {"phone", "session", "browser", "scherm", "gedeeld"}
    # The second time with the same name and path: so both are gone.
    assert [line.partition(";")[0].endswith("=") for line in phone.given] == [False, False, True, True]


def test_a_cookie_over_tls_without_the_prefix_is_not_known(hall: Hall) -> None:
    token, phone = hall.phone(), tls_app(hall).test_client()
    phone.set_cookie(PHONE_COOKIE, token, domain="kwartier.example")

    answer = phone.get(f"/m/{hall.meeting}", base_url=TLS)

    assert (answer.status_code, answer.location) == (302, "/")


def asking(hall: Hall, *tokens: str) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{PHONE_COOKIE}={token}" for token in tokens), "Origin": "http://localhost"}


@pytest.mark.parametrize("planted_first", [True, False])
def test_a_phone_with_two_tokens_is_no_phone(hall: Hall, planted_first: bool) -> None:
    mine, planted = hall.phone(), hall.phone()
    headers = asking(hall, *((planted, mine) if planted_first else (mine, planted)))
    browser = hall.app.test_client(use_cookies=False)

    page = browser.get(f"/m/{hall.meeting}", headers=headers)
    door = browser.get(f"/j/{hall.secret}", headers=headers)
    code = browser.post("/", data={"code": hall.code}, headers=headers)
    left = browser.post(f"/m/{hall.meeting}/verlaten", headers=headers)
    again = browser.post(f"/j/{hall.secret}", headers=headers)

    assert (page.status_code, page.location) == (302, "/")
    assert (code.status_code, code.content_location) == (200, f"/j/{hall.secret}")
    assert (door.status_code, "Doe mee" in door.text) == (200, True)
    assert (left.status_code, len(hall.room.participants)) == (204, 3)
    assert not {mine, planted} & set(re.findall(r"=([^;]*)", again.headers["Set-Cookie"]))


def test_a_session_that_comes_twice_is_none(site: Site) -> None:
    trainer, planter = site.logged_in("t"), site.logged_in("p")
    own, other = (each.client.get_cookie("kwartier_session") for each in (trainer, planter))
    assert own is not None and other is not None
    browser = site.app.test_client(use_cookies=False)

    def opened(*values: str) -> int:
        cookies = "; ".join(f"kwartier_session={value}" for value in values)
        return browser.get("/beheer", headers={"Cookie": cookies}).status_code

    assert [opened(own.value), opened(other.value, own.value), opened(own.value, other.value)] == [
        200,
        302,
        302,
    ]


def test_a_cookie_of_before_is_not_known_and_harms_nobody(hall: Hall) -> None:
    browser = hall.app.test_client()
    browser.set_cookie("kwartier_bekend", "x")
    browser.set_cookie(PHONE_COOKIE, new_token())

    answer = browser.post(f"/j/{hall.secret}", headers={"Origin": "http://localhost"})

    assert (answer.status_code, answer.content_location) == (200, f"/m/{hall.meeting}")
