"""Changing the own password: this session stays, all others end."""

import pytest

from tests.support.site import PASSWORD, Site, Visitor
from trainer.web.backoff import FREE_TRIES

NEW = "een ander lang wachtwoord"


def change(visitor: Visitor, **fields: str) -> tuple[int, str]:
    """Sends the form of the account page; gives the status and the page that people then see."""
    form = {"current": PASSWORD, "password": NEW, "again": NEW} | fields
    answer = visitor.post("/account", **form)
    return answer.status_code, (visitor.get(answer.location) if answer.location else answer).text


def test_the_new_password_works_and_the_old_one_no_more(site: Site) -> None:
    trainer = site.logged_in("sam")

    status, page = change(trainer)

    assert (status, "Je wachtwoord is veranderd." in page) == (302, True)
    assert site.visitor().log_in("sam", PASSWORD).status_code == 401
    assert site.visitor().log_in("sam", NEW).status_code == 302


def test_other_sessions_end_and_this_one_stays(site: Site) -> None:
    here, elsewhere = site.logged_in("sam"), site.visitor()
    elsewhere.log_in("sam")

    change(here)

    assert (here.get("/beheer").status_code, elsewhere.get("/beheer").status_code) == (200, 302)


def test_a_copy_of_the_cookie_of_before_ends_as_well(site: Site) -> None:
    here, copy = site.logged_in("sam"), site.visitor()
    cookie = here.client.get_cookie("kwartier_session")
    assert cookie is not None
    copy.client.set_cookie(cookie.key, cookie.value)

    change(here)

    assert copy.get("/beheer").status_code == 302


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"current": "iets heel anders"}, "Dit is niet je wachtwoord van nu. Vul het opnieuw in."),
        ({"current": ""}, "Vul het wachtwoord in dat je nu hebt."),
        ({"password": "kort", "again": "kort"}, "Je wachtwoord is te kort. Neem minstens 10 tekens."),
        ({"again": "iets heel anders"}, "De twee wachtwoorden zijn niet gelijk. Vul ze opnieuw in."),
        ({"password": PASSWORD, "again": PASSWORD}, "Dit is je wachtwoord van nu. Kies een ander."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(site: Site, fields: dict[str, str], message: str) -> None:
    trainer = site.logged_in("sam")

    status, page = change(trainer, **fields)

    assert (status, message in page) == (400, True)
    assert PASSWORD not in page and NEW not in page
    assert site.visitor().log_in("sam", PASSWORD).status_code == 302


def test_who_guesses_at_the_password_of_now_has_to_wait(site: Site) -> None:
    trainer = site.logged_in("sam")
    for _ in range(FREE_TRIES + 1):
        change(trainer, current="iets heel anders")

    status, page = change(trainer)

    assert (status, "Te vaak een fout wachtwoord. Wacht" in page) == (429, True)


def test_the_account_page_asks_who_you_are(site: Site) -> None:
    assert site.visitor().get("/account").location == "/inloggen?next=%2Faccount"
