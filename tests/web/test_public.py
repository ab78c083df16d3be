"""Joining without a name, and what every page carries."""

import re
import sqlite3
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.klein import Hall, klein_environment
from trainer import create_app
from trainer.config import load
from trainer.meetings.codeguard import WRONG_AT_ONCE
from trainer.meetings.door import Answer
from trainer.store.keys import new_token
from trainer.store.models import Meeting, db
from trainer.web.public import NO_SUCH_CODE

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' ws://localhost; form-action {forms}; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def still(still_hall: Hall) -> FlaskClient:
    """A browser for looking around in a meeting that nothing happens to."""
    return still_hall.app.test_client()


@pytest.fixture
def browser(hall: Hall) -> FlaskClient:
    return hall.app.test_client()


HERE = {"Origin": "http://localhost"}


def send(browser: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Sends the form that is on the page at `path`."""
    return browser.post(path, data=fields, headers=HERE)


def token_of(browser: FlaskClient) -> str:
    cookie = browser.get_cookie("kwartier_phone")
    return cookie.value if cookie else ""


@pytest.mark.parametrize(
    "write", [str, str.lower, lambda code: f" {code[:3]} {code[3:]} ", lambda c: f"{c[:3]}-{c[3:]}"]
)
def test_a_code_in_any_writing_leads_to_the_meeting(
    still_hall: Hall, still: FlaskClient, write: object
) -> None:
    answer = send(still, "/", code=write(still_hall.code))  # type: ignore[operator]

    assert (answer.status_code, answer.location) == (302, f"/j/{still_hall.secret}")


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
        "Later leest De organisator, en de trainers.",
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
        "als er minstens vijf telefoons achter staan",
        "wissen we tien minuten na de oefening",
        "De organisator, en de trainers.",
        "Ja, zolang de oefening open is.",
        "De organisatie die de training geeft.",
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

    assert (answer.status_code, answer.location) == (302, f"/m/{hall.meeting}")
    assert len(token_of(browser)) == len(new_token())
    flags = answer.headers["Set-Cookie"].split("; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert browser.get(answer.location).status_code == 200


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
    first = send(browser, f"/j/{hall.secret}")
    browser.post(first.location)
    token = token_of(browser)

    assert hall.knock(token) is Answer.IN
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        assert database.execute("SELECT count(*) FROM participant").fetchone() == (1,)


def leave(browser: FlaskClient, hall: Hall) -> TestResponse:
    """Presses the button on the phone's page."""
    page = browser.get(f"/m/{hall.meeting}").text
    found = re.search(r'data-leave="([^"]+)"', page)
    assert found
    return browser.post(found.group(1), headers=HERE)


def test_leaving_forgets_the_phone_and_its_token(hall: Hall, browser: FlaskClient) -> None:
    send(browser, f"/j/{hall.secret}")
    token = token_of(browser)

    answer = leave(browser, hall)

    assert (answer.status_code, token_of(browser)) == (204, "")
    assert not hall.host.is_participant(hall.meeting, token)
    assert not hall.restarted().host.is_participant(hall.meeting, token)
    assert browser.get(f"/m/{hall.meeting}").status_code == 302


def test_a_phone_is_another_in_another_meeting(hall: Hall, browser: FlaskClient) -> None:
    elsewhere = new_token()
    browser.set_cookie("kwartier_phone", elsewhere)

    send(browser, f"/j/{hall.secret}")

    assert token_of(browser) not in ("", elsewhere)


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_phone_that_goes_on_to_another_meeting_leaves_the_one_before(
    hall: Hall, browser: FlaskClient, in_memory: bool
) -> None:
    other, third = hall.another(), hall.another()
    send(browser, f"/j/{hall.secret}")
    if not in_memory:
        hall.host.rooms.forget([hall.meeting])

    send(browser, f"/j/{other.secret}")

    assert [len(each.room.participants) for each in (hall, other, third)] == [0, 1, 0]
    assert [hall.room.departed, other.room.departed] == [1, 0]
    assert hall.restarted().room.participants == set()


def test_a_phone_that_may_not_go_on_stays_where_it_is(hall: Hall, browser: FlaskClient) -> None:
    send(browser, f"/j/{hall.secret}")
    token, over = token_of(browser), hall.another()
    over.do("start")
    over.do("close")

    answer = send(browser, f"/j/{over.secret}")

    assert (answer.status_code, token_of(browser)) == (404, token)
    assert hall.host.is_participant(hall.meeting, token)


@pytest.mark.parametrize("in_memory", [True, False])
def test_leaving_a_meeting_leaves_no_other(hall: Hall, browser: FlaskClient, in_memory: bool) -> None:
    other = hall.another()
    send(browser, f"/j/{hall.secret}")
    send(browser, f"/j/{other.secret}")
    token = token_of(browser)
    if not in_memory:
        hall.host.rooms.forget([other.meeting])

    # In a tab that still has the page of the one before.
    browser.post(f"/m/{hall.meeting}/verlaten", headers=HERE)

    assert (token_of(browser), hall.host.meetings_of(token)) == (token, [other.meeting])


def lock_of(browser: FlaskClient, hall: Hall) -> str:
    found = re.search(r'data-lock="([0-9a-f]{64})"', browser.get(f"/m/{hall.meeting}").text)
    return found.group(1) if found else ""


def test_the_lock_of_a_phone_stays_while_it_takes_part(hall: Hall, browser: FlaskClient) -> None:
    send(browser, f"/j/{hall.secret}")
    first, other = lock_of(browser, hall), hall.app.test_client()
    send(other, f"/j/{hall.secret}")

    assert first != ""
    assert first == lock_of(browser, hall)
    assert first != lock_of(other, hall)


def test_the_lock_of_a_phone_cannot_be_made_again_after_the_end(hall: Hall, browser: FlaskClient) -> None:
    send(browser, f"/j/{hall.secret}")
    token, before = token_of(browser), lock_of(browser, hall)
    keys = [path.read_bytes() for path in (hall.folder / "keys").glob("*.key")]
    assert keys

    hall.do("start")
    hall.do("close")

    assert lock_of(browser, hall) == ""
    assert list((hall.folder / "keys").glob("*.key")) == []
    assert hall.host.keys.lock(hall.meeting, token) != before


@pytest.mark.parametrize("made_up", ["a", "user:1", "x" * 4000, "../../etc", ""])
def test_a_token_that_we_did_not_make_is_replaced(hall: Hall, browser: FlaskClient, made_up: str) -> None:
    browser.set_cookie("kwartier_phone", made_up)

    send(browser, f"/j/{hall.secret}")

    assert len(token_of(browser)) == len(new_token())


def test_the_database_knows_neither_token_nor_address_nor_device(hall: Hall, browser: FlaskClient) -> None:
    headers = {"User-Agent": "HerkenbaarToestel/1.0"}
    browser.get("/", headers=headers, environ_base={"REMOTE_ADDR": "203.0.113.77"})
    send(browser, f"/j/{hall.secret}")

    written = hall.written()
    for known in (token_of(browser), "203.0.113.77", "HerkenbaarToestel", "127.0.0.1"):
        assert known.encode() not in written


def test_a_meeting_that_is_over_lets_nobody_in(hall: Hall, browser: FlaskClient) -> None:
    hall.do("start")
    hall.do("close")

    assert send(browser, "/", code=hall.code).status_code == 422
    answer = browser.get(f"/j/{hall.secret}")
    assert answer.status_code == 404
    assert "Deze bijeenkomst is voorbij" in answer.text


def test_a_made_up_link_leads_nowhere(still: FlaskClient) -> None:
    assert still.get(f"/j/{new_token()}").status_code == 404


ELSEWHERE = [
    {"Origin": "https://elders.example"},
    {"Origin": "http://localhost.elders.example"},
    {"Origin": "http://localhost:81"},
    # A page that hides where it is, or a frame in a sandbox.
    {"Origin": "null"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site", **HERE},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_what_another_site_sends_for_a_phone_is_refused(
    hall: Hall, browser: FlaskClient, headers: dict[str, str]
) -> None:
    send(browser, f"/j/{hall.secret}")
    token = token_of(browser)

    for path in ("/", f"/j/{hall.secret}", f"/m/{hall.meeting}/verlaten"):
        answer = browser.post(path, data={"code": hall.code}, headers=headers)

        assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (400, [])
        assert "Deze pagina is verlopen" in answer.text
    assert (token_of(browser), hall.host.is_participant(hall.meeting, token)) == (token, True)


@pytest.mark.parametrize(
    "headers",
    [HERE, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {}],
)
def test_what_our_own_page_sends_for_a_phone_is_taken(
    hall: Hall, browser: FlaskClient, headers: dict[str, str]
) -> None:
    assert browser.post(f"/j/{hall.secret}", headers=headers).status_code == 302


def guess(hall: Hall, code: str, number: int = 0) -> TestResponse:
    """A code from another address and another phone every time."""
    guesser = hall.app.test_client()
    return guesser.post("/", data={"code": code}, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"})


@pytest.fixture
def besieged(hall: Hall) -> Hall:
    """A server on which so many wrong codes were typed that codes have become longer."""
    for number in range(WRONG_AT_ONCE + 5):
        guess(hall, "AAAAAA", number)
    assert hall.host.codes.longer
    return hall


def test_after_too_many_wrong_codes_a_short_one_is_not_looked_up(
    besieged: Hall, browser: FlaskClient
) -> None:
    answer = send(browser, "/", code=besieged.code)

    assert answer.status_code == 422
    assert "De code is nu langer. Typ alle tekens die op het scherm staan." in answer.text


def test_who_reads_the_longer_code_from_the_screen_is_not_locked_out(
    besieged: Hall, browser: FlaskClient
) -> None:
    shown = besieged.host.messages.screen_values(besieged.room)["join"]["code"]

    answer = send(browser, "/", code=shown.lower())

    assert len(shown.replace(" ", "")) == 9
    assert answer.location == f"/j/{besieged.secret}"


def test_a_longer_code_with_a_wrong_end_is_wrong(besieged: Hall) -> None:
    right = besieged.host.messages.screen_values(besieged.room)["join"]["code"].replace(" ", "")
    wrong = right[:-1] + ("A" if right[-1] != "A" else "C")

    assert NO_SUCH_CODE in guess(besieged, wrong).text


def test_the_qr_works_when_codes_are_longer(besieged: Hall, browser: FlaskClient) -> None:
    assert send(browser, f"/j/{besieged.secret}").location == f"/m/{besieged.meeting}"


def test_right_codes_cost_nothing(hall: Hall) -> None:
    for _ in range(WRONG_AT_ONCE + 5):
        assert guess(hall, hall.code).status_code == 302


def test_the_process_says_that_it_lives(still: FlaskClient) -> None:
    answer = still.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_the_process_says_that_it_is_ready(still: FlaskClient) -> None:
    answer = still.get("/readyz")

    checks = {"database": True, "migrations": True, "saving": True, "curriculum": True}
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "checks": checks})


def test_without_tables_the_process_is_not_ready(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = create_app(load(klein_environment(tmp_path_factory.mktemp("empty"))))

    answer = app.test_client().get("/readyz")

    checks = {"database": True, "migrations": False, "saving": True, "curriculum": True}
    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "checks": checks})


def test_without_a_database_the_process_is_not_ready(hall: Hall, browser: FlaskClient) -> None:
    hall.stop()
    (hall.folder / "data" / "kwartier.db").write_bytes(b"this is no database" * 100)

    answer = browser.get("/readyz")

    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["checks"]["database"] is False


@pytest.mark.parametrize("path", ["/", "/healthz", "/niets", "/j/niets", "/inloggen", "/static/css/base.css"])
def test_every_answer_keeps_to_our_own_files(still: FlaskClient, path: str) -> None:
    headers = still.get(path).headers

    forms = "'self'" if path in ("/", "/healthz", "/j/niets", "/inloggen") else "'none'"
    assert headers["Content-Security-Policy"] == CSP.format(forms=forms)
    assert headers["X-Content-Type-Options"] == "nosniff"
    # Forms of phones have no token: a browser says where they come from, and no more than that.
    tells = path in ("/", "/healthz", "/j/niets")
    assert headers["Referrer-Policy"] == ("strict-origin" if tells else "no-referrer")


@pytest.mark.parametrize(
    "path", ["/", "/niets", "/j/niets", "/healthz", "/socket.io/?EIO=4&transport=polling"]
)
def test_pages_are_not_kept_by_the_browser(still: FlaskClient, path: str) -> None:
    assert still.get(path).headers["Cache-Control"] == "no-store"


def test_a_page_that_is_not_there_says_so_in_plain_words(still: FlaskClient) -> None:
    answer = still.get("/niets")

    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.text


def test_a_form_that_is_too_large_is_refused(still: FlaskClient) -> None:
    answer = still.post("/", data={"code": "A" * 1_000_001})

    assert answer.status_code == 413


@pytest.mark.parametrize("trusted", [False, True])
def test_a_proxy_is_believed_only_when_told_so(
    prepared: object, tmp_path_factory: pytest.TempPathFactory, trusted: bool
) -> None:
    folder = tmp_path_factory.mktemp("proxy")
    app = create_app(load(klein_environment(folder) | {"TRUST_PROXY": "1" if trusted else "0"}))

    answer = app.test_client().get(
        "/healthz", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "kwartier.example"}
    )

    assert ("wss://kwartier.example" in answer.headers["Content-Security-Policy"]) is trusted
    assert ("Strict-Transport-Security" in answer.headers) is trusted
