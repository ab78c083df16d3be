"""Links that make an account, or add a trainer to a course."""

from datetime import date, timedelta

import pytest

from tests.support.site import PASSWORD, Site
from trainer.names import NameRefused
from trainer.store.models import Invitation, db
from trainer.web.accounts import accept, invite

NEW = {"name": "Sam", "login": "Sam@voorbeeld", "password": PASSWORD, "again": PASSWORD}


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
