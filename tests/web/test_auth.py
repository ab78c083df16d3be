"""Logging in and out, one-time links, and what is done against guessing."""

import re
import time
from contextlib import ExitStack
from datetime import date, timedelta

import pytest
from itsdangerous import URLSafeSerializer

from tests.support.site import PASSWORD, Site
from trainer.cookies import BROWSER, Cookies
from trainer.names import NameRefused
from trainer.store.models import Invitation, db
from trainer.web.accounts import accept, invite
from trainer.web.backoff import (
    FREE_TRIES,
    MOST_AT_ONCE,
    MOST_STRANGERS_AT_ONCE,
    TURN_SECONDS,
    TURNS_AT_ONCE,
    Backoff,
    TooBusy,
    Turns,
)
from trainer.web.forms import LOGIN


class Clock:
    """A clock that only the test moves."""

    seconds = 0.0

    def now(self) -> float:
        return self.seconds


KNOWN = Cookies(secure=False).name(BROWSER)
NEW = {"name": "Sam", "login": "Sam@voorbeeld", "password": PASSWORD, "again": PASSWORD}


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
def clock() -> Clock:
    return Clock()


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


def test_logout_ends_the_session(site: Site) -> None:
    trainer = site.logged_in("sam")

    trainer.post("/uitloggen", page="/beheer")

    assert trainer.get("/beheer").location == "/inloggen?next=%2Fbeheer"


def test_logout_by_a_link_does_nothing(site: Site) -> None:
    trainer = site.logged_in("sam")

    assert trainer.get("/uitloggen").status_code == 405
    assert trainer.get("/beheer").status_code == 200


def test_logout_ends_every_other_session_of_the_account(site: Site) -> None:
    trainer = site.logged_in("sam")
    elsewhere, copied = site.visitor(), site.visitor()
    elsewhere.log_in("sam")
    cookie = trainer.client.get_cookie("kwartier_session")
    assert cookie is not None
    copied.client.set_cookie(cookie.key, cookie.value)
    assert copied.get("/beheer").status_code == 200

    trainer.post("/uitloggen", page="/beheer")

    assert [one.get("/beheer").status_code for one in (trainer, elsewhere, copied)] == [302] * 3


def test_logout_leaves_other_accounts_alone(site: Site) -> None:
    trainer, other = site.logged_in("sam"), site.logged_in("kim")

    trainer.post("/uitloggen", page="/beheer")

    assert other.get("/beheer").status_code == 200


def test_a_new_first_run_link_voids_the_old_ones(site: Site) -> None:
    old, new = site.invitation(first_run=True), site.invitation(first_run=True)

    assert (site.visitor().get(old).status_code, site.visitor().get(new).status_code) == (404, 200)


def test_a_first_run_link_leaves_other_invitations_alone(site: Site) -> None:
    invitation = site.invitation()

    site.invitation(first_run=True)

    assert site.visitor().get(invitation).status_code == 200


def test_the_first_organiser_voids_every_first_run_link(site: Site) -> None:
    first_run = site.invitation(first_run=True)

    site.account("olga", is_organiser=True)

    assert site.visitor().get(first_run).status_code == 404
    assert site.visitor().client.post(first_run, data=NEW).status_code in (400, 404)
    assert site.logins() == ["olga"]


def test_a_trainer_makes_no_first_run_link_void(site: Site) -> None:
    first_run = site.invitation(first_run=True)

    site.account("sam")

    assert site.visitor().get(first_run).status_code == 200


def test_link_makes_an_organiser_and_logs_in(site: Site) -> None:
    visitor = site.visitor()

    answer = visitor.post(site.invitation(is_organiser=True), **NEW)

    assert (answer.status_code, answer.location) == (302, "/beheer")
    assert site.logins() == ["sam@voorbeeld"]
    assert "Maak je eerste traject" in visitor.get("/beheer").text


def test_link_works_once(site: Site) -> None:
    link = site.invitation(is_organiser=True)
    site.visitor().post(link, **NEW)

    assert site.visitor().get(link).status_code == 404


def test_link_is_stored_as_a_hash(site: Site) -> None:
    token = site.invitation().rsplit("/", 1)[1]

    with site.app.app_context():
        stored = db.session.query(Invitation).one().token_hash
    assert (len(stored), token in stored) == (64, False)


@pytest.mark.parametrize(("days", "status"), [(14, 200), (15, 404)])
def test_link_lasts_fourteen_days(site: Site, days: int, status: int) -> None:
    made = site.host.clock.now().date() - timedelta(days=days)

    assert site.visitor().get(site.invitation(day=made)).status_code == status


def test_made_up_link_is_not_there(site: Site) -> None:
    assert site.visitor().get("/welkom/verzonnen").status_code == 404


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"password": "kort", "again": "kort"}, "Je wachtwoord is te kort. Neem minstens 10 tekens."),
        ({"again": "een ander wachtwoord"}, "De twee wachtwoorden zijn niet gelijk."),
        ({"name": " "}, "Vul je naam in."),
        ({"name": "\u200b\u2800"}, "Vul je naam in."),
        ({"name": "- - -"}, "Gebruik letters in je naam."),
        ({"name": "\u0410nna"}, "Schrijf je naam met gewone letters"),
        ({"name": "A" * 41}, "Neem hoogstens 40 tekens."),
        ({"login": "p\u0131et"}, "Gebruik 2 tot 80 tekens"),
        ({"login": "met spatie"}, "Gebruik 2 tot 80 tekens"),
    ],
)
def test_account_form_says_what_to_do(site: Site, change: dict[str, str], message: str) -> None:
    answer = site.visitor().post(site.invitation(), **(NEW | change))

    assert answer.status_code == 400
    assert message in answer.text
    assert site.logins() == []


def test_taken_login_name_leaves_the_link_usable(site: Site) -> None:
    site.account("sam@voorbeeld")
    link = site.invitation()
    visitor = site.visitor()

    refused = visitor.post(link, **NEW)
    accepted = visitor.post(link, **(NEW | {"login": "sam2", "name": "Sam de Boer"}))

    assert (refused.status_code, accepted.status_code) == (409, 302)
    assert "Deze inlognaam is al bezet." in refused.text


@pytest.mark.parametrize("name", ["Olga", "olga ", "Ólga", "0lga", "OLGA."])
def test_nobody_gets_a_name_that_looks_like_that_of_a_colleague(site: Site, name: str) -> None:
    site.account("olga")
    link = site.invitation()
    visitor = site.visitor()

    refused = visitor.post(link, **(NEW | {"name": name}))
    accepted = visitor.post(link, **(NEW | {"name": "Olga de Boer"}))

    assert (refused.status_code, accepted.status_code) == (409, 302)
    assert "Een collega heet al zo, of bijna zo." in refused.text
    assert site.logins() == ["olga", "sam@voorbeeld"]


def test_no_account_is_made_by_a_name_that_the_form_would_refuse(site: Site) -> None:
    with site.app.app_context(), pytest.raises(NameRefused):
        accept(invite(site.today), site.today, login="x", name="\u0410nna", password_hash="x")

    assert site.logins() == []


def test_password_is_never_on_the_page_again(site: Site) -> None:
    answer = site.visitor().post(site.invitation(), **(NEW | {"name": ""}))

    assert PASSWORD not in answer.text


def test_known_trainer_joins_a_course_by_link(site: Site) -> None:
    organiser = site.logged_in("olga", is_organiser=True)
    organiser.post(
        "/beheer/trajecten/nieuw",
        title="Oost",
        programme="klein",
        first_date=date.today(),
        start="09:30",
    )
    trainer = site.logged_in("sam")
    link = site.invitation(course_id=1)

    answer = trainer.post(link)

    assert answer.status_code == 302
    assert [site.trainers(meeting.id) for meeting in site.meetings()] == [["sam"], ["sam"]]
    assert site.visitor().get(link).status_code == 404


def test_backoff_doubles_and_is_forgotten_after_an_hour() -> None:
    now = [0.0]
    backoff = Backoff(lambda: now[0])
    for _ in range(FREE_TRIES + 2):
        backoff.failed("sam")
    waits = [backoff.wait("sam"), backoff.wait("wie")]
    now[0] = 3601.0

    assert (waits, backoff.wait("sam")) == ([4.0, 0.0], 0.0)


def test_backoff_refuses_more_checks_at_once_than_it_may_have() -> None:
    backoff = Backoff()

    with ExitStack() as checks:
        for _ in range(MOST_AT_ONCE):
            checks.enter_context(backoff.checking())
        with pytest.raises(TooBusy):
            checks.enter_context(backoff.checking())


def test_unknown_browsers_leave_room_for_the_others() -> None:
    backoff = Backoff()

    with ExitStack() as checks:
        for _ in range(MOST_STRANGERS_AT_ONCE):
            checks.enter_context(backoff.checking(known=False))
        with pytest.raises(TooBusy):
            checks.enter_context(backoff.checking(known=False))
        checks.enter_context(backoff.checking(known=True))


def test_login_pattern_knows_email_addresses() -> None:
    assert LOGIN.fullmatch("sam.de-vries+werk@wijkteam.example") is not None


def test_a_session_of_an_hour_that_has_yet_to_come_is_good(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 3600)
    visitor = site.logged_in("anna", is_organiser=True)

    monkeypatch.setattr(time, "time", now)

    assert visitor.get("/beheer").status_code == 200
