"""Logging in, and guesses at passwords."""

import re

import pytest
from itsdangerous import URLSafeSerializer

from tests.support.clocks import Clock
from tests.support.site import PASSWORD, Site
from trainer.cookies import BROWSER, Cookies
from trainer.web.backoff import (
    FREE_TRIES,
    TURN_SECONDS,
    TURNS_AT_ONCE,
    Turns,
)

KNOWN = Cookies(secure=False).name(BROWSER)


def test_login_with_right_password_goes_to_the_courses(site: Site) -> None:
    site.account("sam")

    answer = site.visitor().log_in("sam")

    assert (answer.status_code, answer.location) == (302, "/beheer")


def test_login_name_may_be_typed_with_capitals_and_spaces(site: Site) -> None:
    site.account("sam")

    assert site.visitor().log_in("  SAM ").status_code == 302


def test_wrong_password_and_unknown_name_get_the_same_answer(site: Site) -> None:
    site.account("sam")

    wrong = site.visitor().log_in("sam", "een fout wachtwoord")
    unknown = site.visitor().log_in("wie", "een fout wachtwoord")

    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert "Inlognaam of wachtwoord klopt niet." in wrong.text
    assert "Inlognaam of wachtwoord klopt niet." in unknown.text


def test_unknown_name_takes_a_password_check_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str | None] = []
    verify = site.app.extensions["kwartier_passwords"].verify
    monkeypatch.setattr(
        site.app.extensions["kwartier_passwords"],
        "verify",
        lambda encoded, password: checked.append(encoded) or verify(encoded, password),
    )

    site.visitor().log_in("wie")

    assert checked == [None]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/beheer/programmas", "/beheer/programmas"),
        ("//elders.example", "/beheer"),
        ("https://elders.example", "/beheer"),
        ("/\\elders.example", "/beheer"),
        ("javascript:alert(1)", "/beheer"),
    ],
)
def test_login_only_goes_on_to_pages_of_this_site(site: Site, target: str, expected: str) -> None:
    site.account("sam")

    answer = site.visitor().post("/inloggen", login="sam", password=PASSWORD, next=target)

    assert answer.location == expected


def test_form_without_token_is_refused(site: Site) -> None:
    site.account("sam")

    answer = site.visitor().client.post("/inloggen", data={"login": "sam", "password": PASSWORD})

    assert answer.status_code == 400


def test_form_is_accepted_over_tls_without_referrer(site: Site) -> None:
    site.account("sam")
    visitor = site.visitor()
    visitor.client.environ_base["wsgi.url_scheme"] = "https"

    assert visitor.log_in("sam").status_code == 302


def test_too_many_wrong_passwords_make_the_right_one_wait(site: Site) -> None:
    site.account("sam")
    visitor = site.visitor()
    for _ in range(FREE_TRIES + 1):
        visitor.log_in("sam", "een fout wachtwoord")

    answer = visitor.log_in("sam")

    assert answer.status_code == 429
    assert "Te vaak een fout wachtwoord. Wacht" in answer.text


def test_unknown_name_has_to_wait_as_well(site: Site) -> None:
    visitor = site.visitor()
    for _ in range(FREE_TRIES + 1):
        visitor.log_in("wie", "een fout wachtwoord")

    assert visitor.log_in("wie").status_code == 429


def test_known_device_is_not_kept_out_by_somebody_elses_guesses(site: Site) -> None:
    trainer = site.logged_in("sam")
    trainer.post("/uitloggen", page="/beheer")
    for _ in range(FREE_TRIES + 1):
        site.visitor().log_in("sam", "een fout wachtwoord")

    assert trainer.log_in("sam").status_code == 302


def test_guesses_from_one_browser_do_not_keep_out_an_unknown_laptop(site: Site) -> None:
    site.account("sam")
    attacker = site.visitor()
    for _ in range(3 * TURNS_AT_ONCE):
        attacker.log_in("sam", "een fout wachtwoord")

    assert site.visitor().log_in("sam").status_code == 302


def test_a_login_form_from_a_browser_without_the_cookie_is_not_looked_at(site: Site) -> None:
    site.account("sam")
    visitor = site.visitor()
    token = visitor.token("/inloggen")
    visitor.client.delete_cookie(KNOWN)

    answer = visitor.client.post(
        "/inloggen", data={"csrf_token": token, "login": "sam", "password": PASSWORD}
    )

    assert (answer.status_code, "Probeer het nog een keer." in answer.text) == (400, True)
    # Now it has the cookie.
    assert visitor.log_in("sam").status_code == 302


@pytest.fixture
def crowded(site: Site, clock: Clock) -> Site:
    """Somebody takes a new browser for each guess at the password of Sam, and has used up all turns."""
    site.app.extensions["kwartier_passwords"].turns = Turns(clock.now)
    site.account("sam")
    statuses = [
        site.visitor().log_in("sam", "een fout wachtwoord").status_code for _ in range(TURNS_AT_ONCE + 1)
    ]
    assert statuses == [401] * TURNS_AT_ONCE + [429]
    return site


def test_an_unknown_laptop_waits_for_a_turn_and_is_told_what_to_do(crowded: Site, clock: Clock) -> None:
    trainer = crowded.visitor()

    refused = trainer.log_in("sam")
    clock.seconds += TURN_SECONDS

    assert refused.status_code == 429
    assert "Probeer het zo nog eens, of gebruik een code." in refused.text
    assert trainer.log_in("sam").status_code == 302


def test_turns_are_for_each_login_name(crowded: Site) -> None:
    crowded.account("kim")

    assert crowded.visitor().log_in("kim").status_code == 302


def test_a_right_password_costs_no_turn(crowded: Site, clock: Clock) -> None:
    clock.seconds += TURN_SECONDS

    assert [crowded.visitor().log_in("sam").status_code for _ in range(3)] == [302] * 3


def test_a_code_from_where_one_is_logged_in_needs_no_turn(crowded: Site, clock: Clock) -> None:
    clock.seconds += TURN_SECONDS
    phone, laptop = crowded.visitor(), crowded.visitor()
    phone.log_in("sam")
    assert crowded.visitor().log_in("sam", "een fout wachtwoord").status_code == 401
    phone.post("/account/code", page="/account")
    shown = re.search(r'class="code">([^<]+)<', phone.get("/account").text)
    assert shown is not None

    answer = laptop.post("/inloggen", login="sam", password=PASSWORD, code=shown.group(1))

    assert answer.status_code == 302
    again = crowded.visitor().post("/inloggen", login="sam", password=PASSWORD, code=shown.group(1))
    assert (again.status_code, "Deze code klopt niet" in again.text) == (400, True)


def test_a_code_is_for_the_account_that_made_it(crowded: Site) -> None:
    other, laptop = crowded.logged_in("kim"), crowded.visitor()
    other.post("/account/code", page="/account")
    shown = re.search(r'class="code">([^<]+)<', other.get("/account").text)
    assert shown is not None

    answer = laptop.post("/inloggen", login="sam", password=PASSWORD, code=shown.group(1))

    assert answer.status_code == 400


def test_a_cookie_of_a_known_browser_cannot_be_made(crowded: Site) -> None:
    forged = crowded.visitor()
    forged.get("/inloggen")
    cookie = forged.client.get_cookie(KNOWN)
    assert cookie is not None
    payload = URLSafeSerializer("another key", salt="kwartier-device").dumps(["number", "sam"])
    forged.client.set_cookie(KNOWN, str(payload))

    assert forged.log_in("sam").status_code == 429
