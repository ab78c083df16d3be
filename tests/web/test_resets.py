"""A link for a new password: who may make one for whom, what it does, and when it does nothing any more."""

import re
from argparse import Namespace
from datetime import timedelta

import pytest

from tests.support.courses import make_course
from tests.support.factors import SET_UP, App, Gate, is_in, key_on
from tests.support.site import PASSWORD, Site, Visitor
from tests.web.deeds import lines
from trainer.store.access import grant, holds
from trainer.store.database import transaction
from trainer.store.locations import dismiss, move
from trainer.store.log import OPERATOR
from trainer.store.models import User, db
from trainer.store.resets import ResetLink, replace_link
from trainer.web import users
from trainer.web.accounts import hash_token, set_password
from trainer.web.courses import day_in_words
from trainer.web.resets import make_reset

ALL = "/beheer/accounts"
NEW = "een heel ander wachtwoord"
FIELDS = {"password": NEW, "again": NEW}
TOLD = re.compile(r"Op [^<]*, met een link van ([^<]*)\. Was jij dat niet\?")


def link_by(maker: Visitor, user_id: int = 3) -> str:
    page = maker.post(f"{ALL}/{user_id}/wachtwoord", ALL)
    assert page.status_code == 200
    (found,) = set(re.findall(r"http://[^/\"]+(/wachtwoord/[\w-]+)", page.text))
    return str(found)


def works(site: Site, link: str) -> bool:
    """Does a link open its page? When not, sending the form is refused alike."""
    visitor = site.visitor()
    status = visitor.get(link).status_code
    if status == 404:
        assert visitor.post(link, "/inloggen", **FIELDS).status_code == 404
    return status == 200


def numbered(site: Site, *logins: str) -> list[int]:
    with site.app.app_context():
        return [db.session.query(User).filter_by(login=login).one().id for login in logins]


def test_link_sets_a_password_with_which_its_owner_logs_in(site: Site, gonda: Visitor) -> None:
    link, sam = link_by(gonda), site.visitor()

    asked = sam.get(link).text
    answer = sam.post(link, **FIELDS)

    assert "Je inlognaam is <strong>sam</strong>" in asked
    assert (answer.status_code, answer.location, is_in(sam)) == (302, "/inloggen", False)
    assert [sam.log_in("sam", word).status_code for word in (PASSWORD, NEW)] == [401, 302]
    assert is_in(sam)


def test_short_or_different_passwords_are_refused_and_the_link_still_works(
    site: Site, gonda: Visitor
) -> None:
    link, sam = link_by(gonda), site.visitor()

    refused = [sam.post(link, password="kort", again="kort"), sam.post(link, password=NEW, again=PASSWORD)]

    assert [answer.status_code for answer in refused] == [400, 400]
    assert sam.post(link, **FIELDS).status_code == 302


def test_link_works_once(site: Site, gonda: Visitor) -> None:
    link = link_by(gonda)
    late = site.visitor()
    token = late.token(link)

    site.visitor().post(link, **FIELDS)

    assert works(site, link) is False
    other = {"csrf_token": token, "password": "nog een ander", "again": "nog een ander"}
    assert late.client.post(link, data=other).status_code == 404
    assert site.visitor().log_in("sam", NEW).status_code == 302


def test_link_works_today_and_tomorrow(site: Site, gonda: Visitor) -> None:
    found = []
    for days in (0, 1, 2):
        made = site.today - timedelta(days=days)
        with site.app.app_context():
            transaction(lambda made=made: replace_link(3, 2, hash_token("token"), made))  # type: ignore[misc]
        found.append(works(site, "/wachtwoord/token"))

    assert found == [True, True, False]


def test_only_the_hash_of_the_token_is_stored(site: Site, gonda: Visitor) -> None:
    token = link_by(gonda).rsplit("/", 1)[1]

    with site.app.app_context():
        stored = db.session.query(ResetLink).one()
        assert (len(token), stored.token_hash) == (43, hash_token(token))


def test_another_link_voids_the_one_of_before(site: Site, gonda: Visitor) -> None:
    first, second = link_by(gonda), link_by(gonda)

    assert (works(site, first), works(site, second)) == (False, True)


def test_another_password_voids_the_link(site: Site, gonda: Visitor) -> None:
    link = link_by(gonda)

    with site.app.app_context():
        set_password(3, "x", who="Sam")

    assert works(site, link) is False


@pytest.mark.parametrize("gone", [2, 3])
def test_link_goes_with_its_maker_and_with_its_account(site: Site, gonda: Visitor, gone: int) -> None:
    link = link_by(gonda)

    with site.app.app_context():
        transaction(lambda: dismiss(gone))

    assert works(site, link) is False


def test_who_moves_has_made_no_links_and_has_none(site: Site, organiser: Visitor, gonda: Visitor) -> None:
    site.account("gerda", is_organiser=True, location_id=1)
    (gerda,) = numbered(site, "gerda")
    links = [link_by(gonda), link_by(gonda, gerda)]
    delft = site.location("Delft")

    with site.app.app_context():
        for there in (delft, 1):
            assert transaction(lambda there=there: move(2, there))  # type: ignore[misc]

    assert [works(site, link) for link in links] == [False, False]


def test_link_stops_when_the_account_gets_more_than_its_maker_has(
    site: Site, organiser: Visitor, gonda: Visitor
) -> None:
    link = link_by(gonda)
    make_course(organiser, title="Elders")
    sam = site.visitor()
    sam.log_in("sam")

    sam.post(site.invitation(course_id=2))

    assert works(site, link) is False


def test_reset_ends_all_sessions_and_open_pages(site: Site, gonda: Visitor) -> None:
    sam = site.visitor()
    sam.log_in("sam")
    right = grant(site.host.engine, 3, site.meetings()[0].id, screen=False)
    assert right is not None and is_in(sam)

    site.visitor().post(link_by(gonda), **FIELDS)

    assert (is_in(sam), holds(site.host.engine, right)) == (False, False)


def test_link_without_the_code_does_not_let_anybody_in(site: Site, gonda: Visitor) -> None:
    gate = Gate(site)
    sam = site.visitor()
    sam.log_in("sam")
    app, _ = gate.set_up(sam)
    other = site.visitor()

    other.post(link_by(gonda), **FIELDS)
    answer = other.log_in("sam", NEW)

    assert (answer.location.startswith("/inloggen/code"), is_in(other)) == (True, False)
    other.post("/inloggen/code", code=app.wrong())
    assert is_in(other) is False
    other.post("/inloggen/code", code=app.code())
    assert TOLD.findall(other.get("/beheer").text) == ["Gonda"]


def test_owner_is_told_at_the_next_login_and_of_earlier_ones_too(site: Site, gonda: Visitor) -> None:
    site.visitor().post(link_by(gonda), **FIELDS)
    someone = site.visitor()
    someone.log_in("sam", NEW)
    with site.app.app_context():
        link = f"/wachtwoord/{make_reset(db.session.get_one(User, 3), None)}"
    sam = site.visitor()
    sam.post(link, password=PASSWORD, again=PASSWORD)

    sam.log_in("sam")
    page = sam.get("/beheer").text

    assert TOLD.findall(someone.get("/inloggen").text) == ["Gonda"]
    assert sorted(TOLD.findall(page)) == ["Gonda", "de beheerder"]
    assert f"Op {day_in_words(site.today)} is je wachtwoord veranderd" in page
    again = site.visitor()
    again.log_in("sam")
    assert TOLD.findall(again.get("/beheer").text) == []


def test_who_must_set_up_a_second_factor_is_told_too(site: Site, gonda: Visitor) -> None:
    gate, sam = Gate(site), site.visitor()
    sam.post(link_by(gonda), **FIELDS)
    gate.demand("everybody")

    assert sam.log_in("sam", NEW).location.startswith("/account/twee-stappen")
    app = App(key_on(sam.get(SET_UP).text), gate.wall.now)
    page = sam.post(SET_UP, code=app.code())

    assert (TOLD.findall(page.text), is_in(sam)) == (["Gonda"], True)


def test_log_says_who_made_a_link_and_that_it_was_used(site: Site, gonda: Visitor) -> None:
    before = lines(site)

    site.visitor().post(link_by(gonda), **FIELDS)

    assert lines(site) - before == {
        ("Gonda", "reset-link", "Sam", ""): 1,
        ("Sam", "password-reset", "met een link van Gonda", ""): 1,
    }
    log = gonda.get("/beheer/logboek").text
    assert "Gonda maakte een link voor een nieuw wachtwoord: Sam." in log
    assert "Sam kreeg een nieuw wachtwoord: met een link van Gonda." in log


def test_operator_makes_a_link_at_the_command_line(site: Site, organiser: Visitor) -> None:
    said: list[str] = []
    before = lines(site)

    with site.app.app_context():
        assert users.run(Namespace(action="reset", login="Olga"), said.append) == 0
        assert users.run(Namespace(action="reset", login="niemand"), said.append) == 1

    link = said[0].removeprefix("http://localhost:8000")
    visitor = site.visitor()
    visitor.post(link, **FIELDS)
    visitor.log_in("olga", NEW)
    assert TOLD.findall(visitor.get("/beheer").text) == ["de beheerder"]
    assert lines(site) - before == {
        (OPERATOR, "reset-link", "Olga", ""): 1,
        ("Olga", "password-reset", f"met een link van {OPERATOR}", ""): 1,
    }


def test_login_page_says_what_to_do(site: Site) -> None:
    assert "Wachtwoord vergeten? Vraag je organisator om een link." in site.visitor().get("/inloggen").text
