"""A course's own text goes to the courses of its location, and to no others by itself."""

import re

import pytest

from tests.support.courses import make_course
from tests.support.site import PART, Site, Visitor
from trainer.store.database import transaction
from trainer.store.models import Course, db

TEXTS = "/beheer/trajecten/{}/teksten/dagdeel-1"


@pytest.fixture
def trainer(site: Site) -> Visitor:
    """Who trains all of three courses: two of Gouda, and one of Delft that meets where the first does."""
    organisers = [
        site.logged_in(name.lower(), is_organiser=True, location_id=site.location(name))
        for name in ("Gouda", "Delft")
    ]
    for organiser, title, place in zip(
        (organisers[0], *organisers), ("Oost", "West", "Noord"), ("Markt", "Plein", "Markt"), strict=True
    ):
        make_course(organiser, title=title, place=place)
    visitor = site.logged_in("tara")
    for course_id in (1, 2, 3):
        visitor.post(site.invitation(course_id=course_id))
        keep(site, course_id, f"Hallo uit {course_id}.")
    return visitor


def keep(site: Site, course_id: int, words: str) -> None:
    text = PART.format(number=1).replace("Fijn dat je er bent.", words)
    with site.app.app_context():
        course = db.session.get_one(Course, course_id)
        transaction(lambda: site.host.versions.save(course, "dagdeel-1", text, seen=0, who="tara"))


def given(site: Site, course_id: int) -> str:
    with site.app.app_context():
        (words,) = re.findall(
            r"Hallo uit \d\.", db.session.get_one(Course, course_id).variants["dagdeel-1"].source
        )
        return str(words)


def test_text_for_all_courses_goes_to_those_of_the_location(site: Site, trainer: Visitor) -> None:
    page = trainer.get(f"{TEXTS.format(1)}/delen").text

    trainer.post(f"{TEXTS.format(1)}/delen", allemaal="ja")

    assert re.findall(r"<span>(\w+) <span", page) == ["West", "Noord"]
    assert "Geef aan alle trajecten in Gouda" not in page  # there is one, with a box of its own
    assert [given(site, course_id) for course_id in (2, 3)] == ["Hallo uit 1.", "Hallo uit 3."]


def test_texts_on_offer_are_those_of_the_location(trainer: Visitor) -> None:
    page = trainer.get(TEXTS.format(1)).text

    assert "Andere trajecten in Gouda" in page
    assert re.findall(r"de tekst van (\w+)</span>", page) == ["West"]


def test_organiser_gives_and_takes_no_text_elsewhere(site: Site, trainer: Visitor) -> None:
    gouda = site.visitor()
    gouda.log_in("gouda")

    page = gouda.get(f"{TEXTS.format(1)}/delen").text
    gouda.post(f"{TEXTS.format(1)}/delen", traject="3")

    assert re.findall(r"<span>(\w+) <span", page) == ["West"]
    assert gouda.get(f"{TEXTS.format(1)}/overnemen/3").status_code == 404
    assert given(site, 3) == "Hallo uit 3."
