"""A course that is copied for another group: the plan goes along, and nothing of what anybody sent."""

from datetime import date, timedelta

import pytest

from tests.support.courses import TEMPOS, TEXTS
from tests.support.site import Site, Visitor
from trainer.store.database import transaction
from trainer.store.models import Course, Result, db

PAGE = "/beheer/trajecten/1/kopie"
COPY = {"title": "Wijkteam Noord", "first_date": (date.today() + timedelta(days=3)).isoformat(), "weeks": "3"}


def copied(site: Site) -> Course:
    with site.app.app_context():
        return db.session.get_one(Course, 2)


def test_copy_has_the_plan_of_the_course(site: Site, organiser: Visitor, course: list[str]) -> None:
    site.account("sam")
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/trainers", page="/beheer", trainers=["1", "2"])
    texts = {"responsible": "Welzijn Oost", "contact": "030 123 45 67", "place": "Gouda"}
    organiser.post("/beheer/trajecten/1", title="Wijkteam Oost", retention_days="14", **texts)

    answer = organiser.post(PAGE, **COPY)

    assert answer.location == "/beheer/trajecten/2"
    made = copied(site)
    assert (made.title, made.retention_days) == ("Wijkteam Noord", 14)
    assert {name: getattr(made, name) for name in texts} == texts
    first, second = site.meetings(2)
    assert [(each.part, each.start, each.phase) for each in (first, second)] == [
        ("dagdeel-1", "13:15", "planned"),
        ("dagdeel-2", "13:15", "planned"),
    ]
    assert (first.date.isoformat(), (second.date - first.date).days) == (COPY["first_date"], 21)
    assert [site.trainers(each.id) for each in (first, second)] == [["olga", "sam"], []]


def test_copy_has_its_own_texts_and_a_notebook_of_its_own(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    with site.app.app_context():
        source = db.session.get_one(Course, 1)
        text = site.host.library.source(source, "dagdeel-1")
        assert text is not None
        own = text.replace("Het tempo was", "Ons tempo was")
        assert (
            transaction(lambda: site.host.library.keep(db.session.get_one(Course, 1), "dagdeel-1", own)) == ()
        )

    organiser.post(PAGE, **COPY)

    with site.app.app_context():
        made = db.session.get_one(Course, 2)
        assert "Ons tempo was" in made.variants["dagdeel-1"].source
        assert made.variants["dagdeel-1"].base == text
        assert made.notebook != db.session.get_one(Course, 1).notebook


def test_copy_has_nothing_of_what_was_sent(site: Site, organiser: Visitor, course: list[str]) -> None:
    site.hold(course[0], TEMPOS, TEXTS)

    organiser.post(PAGE, **COPY)

    with site.app.app_context():
        kept = {row.meeting_id for row in db.session.scalars(db.select(Result))}
    assert kept == {course[0]}
    assert [(each.phase, each.state, each.source) for each in site.meetings(2)] == [("planned", "", "")] * 2


def test_part_that_was_given_twice_is_planned_once(site: Site, organiser: Visitor, course: list[str]) -> None:
    again = {"part": "dagdeel-1", "date": COPY["first_date"], "start": "19:00"}
    organiser.post("/beheer/trajecten/1/bijeenkomst", **again)

    organiser.post(PAGE, **COPY)

    assert [(each.part, each.start) for each in site.meetings(2)] == [
        ("dagdeel-1", "19:00"),
        ("dagdeel-2", "13:15"),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": " "}, "Geef het traject een naam."),
        ({"first_date": ""}, "Vul de eerste datum in."),
        ({"weeks": "13"}, "Kies een getal van 1 tot en met 12."),
        ({"first_date": (date.today() + timedelta(days=1095)).isoformat()}, "Kies een eerdere datum."),
    ],
)
def test_copy_that_cannot_be_is_not_made(
    site: Site, organiser: Visitor, course: list[str], change: dict[str, str], message: str
) -> None:
    answer = organiser.post(PAGE, **(COPY | change))

    assert (answer.status_code, site.meetings(2)) == (400, [])
    assert message in answer.text
