"""The way in for participants: a code, what counts here, and a place."""

import re
import sqlite3
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.browsing import send, token_of
from tests.support.hall import Hall
from trainer.meetings.door import Answer
from trainer.store.keys import new_token
from trainer.store.models import Meeting, db


@pytest.mark.parametrize(
    "write", [str, str.lower, lambda code: f" {code[:3]} {code[3:]} ", lambda c: f"{c[:3]}-{c[3:]}"]
)
def test_a_code_in_any_writing_gives_the_page_that_asks_whether_to_take_part(
    still_hall: Hall, still: FlaskClient, write: object
) -> None:
    answer = send(still, "/", code=write(still_hall.code))  # type: ignore[operator]

    page = still.get(f"/j/{still_hall.secret}")
    assert (answer.status_code, answer.content_location) == (200, f"/j/{still_hall.secret}")
    assert (words(answer.text), dict(answer.headers)) == (words(page.text), like(page, answer))


@pytest.mark.parametrize("code", ["", "AAAAAA", "ACD", "<script>alert(1)</script>", "A" * 10_000])
def test_a_wrong_code_says_so(still: FlaskClient, code: str) -> None:
    answer = send(still, "/", code=code)

    assert answer.status_code == 422
    assert "Deze code klopt niet. Kijk nog eens naar het scherm." in answer.text
    assert "<script>alert" not in answer.text


def words(page: str) -> str:
    """What a person reads on a page, in one line."""
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    assert main
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main.group())).split())


def like(page: TestResponse, answer: TestResponse) -> dict[str, str]:
    """The headers of a page, with what only the answer to a form has."""
    own = ("Content-Length", "Content-Location", "Set-Cookie")
    return dict(page.headers) | {name: answer.headers[name] for name in own if name in answer.headers}


@pytest.mark.parametrize("wrong", ["", "!"])
def test_what_a_code_is_answered_with_may_do_what_the_page_for_the_code_may(
    still_hall: Hall, still: FlaskClient, wrong: str
) -> None:
    page = still.get("/")

    answer = send(still, "/", code=wrong or still_hall.code)

    # It comes into that page: `static/js/stay.js`.
    assert "data-stay" in page.text
    assert dict(answer.headers) == like(page, answer)


@pytest.mark.parametrize("host", ["localhost", "10.0.0.5:8000"])
def test_before_joining_everything_that_counts_is_said_in_few_words(
    still_hall: Hall, still: FlaskClient, host: str
) -> None:
    page = still.get(f"/j/{still_hall.secret}", headers={"Host": host}).text

    said = words(page)
    assert len(said.split()) < 80
    for fact in (
        "Niemand ziet wie wat schreef.",
        "Verantwoordelijk Stichting Voorbeeld (verzonnen), vragen@stichting.example",
        "We bewaren Wat je instuurt, zonder naam. Teksten 30 dagen, totalen langer.",
        "Later leest De organisator, en de trainers. De groep: na afspraak.",
        "Weghalen Zolang de oefening open is.",
        "Stickers en 'Diagnose me!' wissen we na de oefening.",
    ):
        assert fact in said
    assert 'href="/privacy"' in page
    assert token_of(still) == ""


def test_days_and_who_is_responsible_are_those_of_the_course_now(hall: Hall, browser: FlaskClient) -> None:
    with hall.app.app_context():
        course = db.session.get_one(Meeting, hall.meeting).course
        course.retention_days, course.responsible, course.contact = 1, "Welzijn Oost", "030 123 45 67"
        db.session.commit()

    said = words(browser.get(f"/j/{hall.secret}").text)

    assert "Verantwoordelijk Welzijn Oost, 030 123 45 67" in said
    assert "Teksten 1 dag," in said


def test_a_course_of_which_nobody_said_who_is_responsible_says_so(hall: Hall, browser: FlaskClient) -> None:
    with hall.app.app_context():
        course = db.session.get_one(Meeting, hall.meeting).course
        course.responsible = course.contact = ""
        db.session.commit()

    said = words(browser.get(f"/j/{hall.secret}").text)

    assert "Verantwoordelijk Nog niet ingevuld. Vraag het je trainer." in said


def test_the_whole_text_is_for_everybody_and_has_the_rules(still: FlaskClient) -> None:
    answer = still.get("/privacy")

    said = words(answer.text)
    assert answer.status_code == 200
    for rule in (
        "samen met kaarten van minstens twee andere telefoons",
        "Een kaart die de groep niet zag, bewaren we niet.",
        "komen pas in een verslag als er vijf telefoons achter staan",
        "wissen we tien minuten na de oefening",
        "De organisator, en de trainers.",
        "Ja, zolang de oefening open is.",
        "De organisatie die de training geeft.",
        "De groep leest het alleen als jullie dat afspreken. Eén telefoon die 'Liever niet' zegt, is genoeg.",
    ):
        assert rule in said
    assert "](" not in said
    assert "|" not in said


@pytest.mark.parametrize(("host", "warned"), [("10.0.0.5:8000", True), ("localhost:8000", False)])
def test_plain_http_on_the_network_is_told(
    still_hall: Hall, still: FlaskClient, host: str, warned: bool
) -> None:
    page = still.get(f"/j/{still_hall.secret}", headers={"Host": host}).text

    assert ("Deze verbinding is niet versleuteld." in page) is warned


def test_joining_gives_a_phone_its_token_and_the_page(hall: Hall, browser: FlaskClient) -> None:
    answer = send(browser, f"/j/{hall.secret}")

    assert (answer.status_code, answer.content_location) == (200, f"/m/{hall.meeting}")
    assert len(token_of(browser)) == len(new_token())
    flags = answer.headers["Set-Cookie"].split("; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    page = browser.get(f"/m/{hall.meeting}")
    address = f'<link rel="canonical" href="/m/{hall.meeting}">'
    assert answer.text.replace(address, "").split() == page.text.split()
    assert dict(answer.headers) == like(page, answer)


def test_over_tls_the_token_travels_by_tls_alone(hall: Hall, browser: FlaskClient) -> None:
    origin = {"Origin": "https://localhost"}

    answer = browser.post(f"/j/{hall.secret}", base_url="https://localhost", headers=origin)

    assert "Secure" in answer.headers["Set-Cookie"].split("; ")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_phone_that_joined_is_never_asked_again(hall: Hall, browser: FlaskClient) -> None:
    send(browser, f"/j/{hall.secret}")

    for answer in (send(browser, "/", code=hall.code), browser.get(f"/j/{hall.secret}")):
        assert (answer.status_code, answer.location) == (302, f"/m/{hall.meeting}")


def test_joining_twice_is_joining_once(hall: Hall, browser: FlaskClient) -> None:
    for _ in range(2):
        send(browser, f"/j/{hall.secret}")
    token = token_of(browser)

    assert hall.knock(token) is Answer.IN
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        assert database.execute("SELECT count(*) FROM participant").fetchone() == (1,)
