"""Links with which a project team fills in a plan without accounts: they open that plan, and nothing else."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.support.courses import make_course
from tests.support.plan_pages import PLAN, said, texts, versions, write
from tests.support.plans import write_form
from tests.support.site import Site, Visitor
from trainer import create_app
from trainer.config import load
from trainer.meetings import retention
from trainer.operating.backups import back_up
from trainer.store.models import db
from trainer.store.plan_links import LINK_LASTS, MOST_LINKS
from trainer.store.plan_models import PlanLink

ABOUT = "projectleider"


@pytest.fixture
def anna(site: Site, organiser: Visitor) -> Visitor:
    """An organiser with two courses that have a plan."""
    write_form(site)
    make_course(organiser)
    make_course(organiser, title="Andere wijk")
    return organiser


def link_from(anna: Visitor, about: str = ABOUT, course: int = 1) -> str:
    """The path of a new link to the plan of a course."""
    plan = f"/beheer/trajecten/{course}/plan"
    page = anna.post(f"{plan}/uitnodigen", page=plan, about=about).text
    found = re.search(r"https?://[^/]+(/plan/[\w-]+)", page)
    assert found
    return found[1]


def guest_by(site: Site, link: str) -> Visitor:
    """Somebody without an account who pressed the button behind a link."""
    guest = site.visitor()
    answer = guest.post(link)
    assert (answer.status_code, answer.location) == (303, PLAN)
    return guest


def test_guest_reads_and_writes_the_plan(site: Site, anna: Visitor) -> None:
    guest = guest_by(site, link_from(anna))

    body = write(guest, "kop/thema", "Van de gast", versions(guest.get(PLAN).text)["kop/thema"])

    assert said(body, "kop/thema") == "saved"
    assert texts(anna.get(PLAN).text)["kop/thema"] == "Van de gast"
    assert [guest.get(f"{PLAN}{end}").status_code for end in ("/nu", "/lezen", ".docx", ".ics", ".json")] == [
        200
    ] * 5


def test_guest_sees_nothing_else(site: Site, anna: Visitor) -> None:
    guest = guest_by(site, link_from(anna))
    meeting = site.meetings()[0].id

    others = [
        "/beheer", "/beheer/trajecten/1", "/beheer/trajecten/2/plan", "/beheer/trajecten/2/plan.json",
        f"/beheer/bijeenkomsten/{meeting}", "/beheer/programmas", "/account",
    ]  # fmt: skip
    assert {guest.get(path).location.split("?")[0] for path in others} == {"/inloggen"}
    page = guest.get(PLAN).text
    assert ('id="links"' in page, "Hoofdmenu" in page, "Andere wijk" in page) == (False, False, False)
    assert guest.post(f"{PLAN}/uitnodigen", page=PLAN, about="x").status_code == 404
    assert guest.post(f"{PLAN}/intrekken", page=PLAN, link="x").status_code == 404


def test_looking_at_a_link_lets_nobody_in(site: Site, anna: Visitor) -> None:
    visitor = site.visitor()

    page = visitor.get(link_from(anna))

    assert (page.status_code, "Open het plan" in page.text) == (200, True)
    assert visitor.get(PLAN).status_code == 302


def test_link_lets_several_browsers_in_until_it_is_taken_back(site: Site, anna: Visitor) -> None:
    link, other = link_from(anna), link_from(anna, "wijkteam")
    guests = [guest_by(site, link), guest_by(site, link)]
    stays = guest_by(site, other)
    revoke = re.findall(r'name="link" value="([^"]+)"', anna.get(PLAN).text)
    named = re.findall(r"de link voor ([^<)]+)\)", anna.get(PLAN).text)

    anna.post(f"{PLAN}/intrekken", page=PLAN, link=revoke[named.index(ABOUT)])

    assert [guest.get(PLAN).status_code for guest in (*guests, stays)] == [404, 404, 200]
    assert "Hij is verlopen of ingetrokken." in guests[0].get(PLAN).text
    assert site.visitor().get(link).status_code == 404
    assert f"de link voor {ABOUT}" not in anna.get(PLAN).text


def test_what_a_guest_wrote_after_the_link_was_taken_back_is_not_stored(site: Site, anna: Visitor) -> None:
    guest = guest_by(site, link_from(anna))
    token = guest.token(PLAN)
    (link,) = re.findall(r'name="link" value="([^"]+)"', anna.get(PLAN).text)
    anna.post(f"{PLAN}/intrekken", page=PLAN, link=link)

    answer = guest.client.post(PLAN, data={"csrf_token": token, "t:kop/thema": "te laat", "s:kop/thema": ""})

    assert answer.status_code == 404
    assert "te laat" not in anna.get(PLAN).text


def test_link_of_another_course_cannot_be_taken_back_here(site: Site, anna: Visitor) -> None:
    link = link_from(anna, course=2)
    (number,) = re.findall(r'name="link" value="([^"]+)"', anna.get("/beheer/trajecten/2/plan").text)

    anna.post(f"{PLAN}/intrekken", page=PLAN, link=number)

    assert site.visitor().get(link).status_code == 200


def test_link_expires(site: Site, anna: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    link = link_from(anna)
    guest = guest_by(site, link)
    now = site.host.clock.now()

    monkeypatch.setattr(site.host.clock, "now", lambda: now + LINK_LASTS)
    assert guest.get(PLAN).status_code == 200
    monkeypatch.setattr(site.host.clock, "now", lambda: now + LINK_LASTS + timedelta(days=1))

    assert guest.get(PLAN).status_code == 404
    assert site.visitor().get(link).status_code == 404


def test_sweep_deletes_links_that_expired(site: Site, anna: Visitor) -> None:
    link_from(anna)
    left = []
    with site.app.app_context():
        for days in (0, 1):
            retention.purge(site.host, site.today + LINK_LASTS + timedelta(days=days))
            left.append(db.session.scalar(select(func.count()).select_from(PlanLink)))
            db.session.rollback()

    assert left == [1, 0]


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "a" * 5000])
def test_guessed_link_opens_nothing(site: Site, anna: Visitor, token: str) -> None:
    answer = site.visitor().get(f"/plan/{token}")

    assert (answer.status_code, "Wijkteam Oost" in answer.text) == (404, False)


def test_guest_cannot_make_a_cookie(site: Site, anna: Visitor) -> None:
    link_from(anna)
    guest = site.visitor()
    guest.client.set_cookie("kwartier_plan_1", "1")

    assert guest.get(PLAN).status_code == 404


def test_link_is_in_no_address_that_leaves_its_page(site: Site, anna: Visitor) -> None:
    link = link_from(anna)
    guest = site.visitor()

    page = guest.get(link)

    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    guest = guest_by(site, link)
    assert link.removeprefix("/plan/") not in guest.get(PLAN).text


def test_cookie_of_a_guest_is_for_no_script_and_no_other_site(site: Site, anna: Visitor) -> None:
    guest = guest_by(site, link_from(anna))

    cookie = guest.client.get_cookie("kwartier_plan_1")

    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")


def test_database_and_backup_hold_no_link_that_works(site: Site, anna: Visitor) -> None:
    token = link_from(anna).removeprefix("/plan/")
    folder = site.host.settings.data_dir
    assert token.encode() not in b"".join(path.read_bytes() for path in folder.glob("kwartier.db*"))

    backup = folder.parent / "reserve.backup"
    environment = {
        "DATA_DIR": str(folder), "KEY_DIR": str(site.host.settings.key_dir),
        "CONTENT_DIR": str(site.host.settings.content_dir),
    }  # fmt: skip
    back_up(load(environment), backup, create_app)

    with closing(sqlite3.connect(backup)) as database:
        assert database.execute("SELECT count(*) FROM plan_link").fetchone() == (0,)


def test_guest_makes_a_browser_forget_the_plan(site: Site, anna: Visitor) -> None:
    link = link_from(anna)
    guest = guest_by(site, link)

    answer = guest.post(f"{PLAN}/dicht", page=PLAN)

    assert (answer.location, guest.get(PLAN).status_code) == ("/plan-gesloten", 302)
    assert guest_by(site, link).get(PLAN).status_code == 200


def test_who_has_an_account_and_may_goes_on_by_the_account(site: Site, anna: Visitor) -> None:
    answer = anna.get(link_from(anna))

    assert (answer.status_code, answer.location) == (303, PLAN)


def test_trainer_of_another_course_comes_in_by_a_link_too(site: Site, anna: Visitor) -> None:
    link, sam = link_from(anna), site.logged_in("sam")
    assert sam.get(PLAN).status_code == 404

    sam.post(link)

    assert sam.get(PLAN).status_code == 200


def test_plan_has_no_endless_number_of_links(anna: Visitor) -> None:
    for number in range(MOST_LINKS):
        link_from(anna, f"nummer {number}")

    answer = anna.post(f"{PLAN}/uitnodigen", page=PLAN, about="nog een")

    assert (answer.status_code, answer.location) == (303, f"{PLAN}#links")


def test_links_go_with_their_course(site: Site, anna: Visitor) -> None:
    link = link_from(anna)
    guest = guest_by(site, link)

    anna.post("/beheer/trajecten/1/verwijderen")

    assert (site.visitor().get(link).status_code, guest.get(PLAN).status_code) == (404, 404)
