"""The way back says where it leads, and from an error page everybody finds their meeting or their courses."""

import re

import pytest

from tests.support.hall import Hall
from tests.support.site import Site, Visitor
from tests.support.sources import ROOT
from trainer.cookies import PHONE
from trainer.store.models import Meeting, db


def link(page: str) -> str:
    return page.split('<a class="button" href="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/niets", "/beheer"),
        ("/beheer/trajecten/99", "/beheer"),
        ("/regie/{}", "/beheer"),
        ("/regie/{}/papier/niets", "/regie/{}"),
        ("/scherm/{}/niets", "/regie/{}"),
    ],
)
def test_a_trainer_is_led_back_to_control_or_to_the_courses(
    site: Site, organiser: Visitor, course: list[str], path: str, back: str
) -> None:
    with site.app.app_context():
        db.session.get_one(Meeting, course[0]).trainers = []
        db.session.commit()

    answer = site.logged_in("sam").get(path.format(course[0]))

    assert (answer.status_code, link(answer.text)) == (404, back.format(course[0]))


def phone_of(hall: Hall) -> Visitor:
    visitor = Visitor(hall.app.test_client())
    visitor.client.set_cookie(hall.host.cookies.name(PHONE), hall.phone())
    return visitor


@pytest.mark.parametrize("path", ["/niets", "/programma/klein/bijlage/weg", "/m/{}/niets"])
def test_a_phone_is_led_back_to_its_meeting(hall: Hall, path: str) -> None:
    answer = phone_of(hall).get(path.format(hall.meeting))

    assert (answer.status_code, link(answer.text)) == (404, f"/m/{hall.meeting}")


def test_a_phone_of_a_meeting_that_is_over_is_led_to_the_page_for_a_code(hall: Hall) -> None:
    phone = phone_of(hall)
    hall.do("start")
    hall.do("close")

    assert link(phone.get("/niets").text) == "/"


def test_a_stranger_is_led_to_the_page_for_a_code(hall: Hall) -> None:
    assert link(hall.app.test_client().get(f"/m/{hall.meeting}/niets").text) == "/"


def back_on(page: str) -> list[tuple[str, str]]:
    return re.findall(r'href="([^"]+)">(Terug[^<]*)</a>', page)


@pytest.mark.parametrize(
    "path",
    [
        "/beheer/trajecten/1/bijeenkomst",
        "/beheer/trajecten/1/teksten",
        "/beheer/trajecten/1/plan",
        "/beheer/bijeenkomsten/{}",
        "/beheer/bijeenkomsten/{}/voorbereiden",
    ],
)
def test_way_back_leads_to_the_course_or_to_the_courses_where_one_has_no_page_of_it(
    site: Site, organiser: Visitor, course: list[str], path: str
) -> None:
    trainer = site.logged_in("sam")
    trainer.post(site.invitation(course_id=1))

    pages = [visitor.get(path.format(course[0])).text for visitor in (organiser, trainer)]

    assert [back_on(page) for page in pages] == [
        [("/beheer/trajecten/1", "Terug naar het traject")],
        [("/beheer", "Terug naar de trajecten")],
    ]


def test_no_link_says_only_that_it_leads_back() -> None:
    pages = sorted((ROOT / "templates").rglob("*.html"))
    bare = re.compile(r"<a\b[^>]*>\s*Terug\s*(<|\{%)")

    assert [path.name for path in pages if bare.search(path.read_text("utf-8"))] == []
