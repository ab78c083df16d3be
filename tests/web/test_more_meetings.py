"""Meetings that are added to a course later, and planned ones that are taken out."""

import pytest

from tests.support.courses import DAYS
from tests.support.site import Site, Visitor
from trainer.store.models import Meeting, db

ADDED = {"part": "dagdeel-1", "date": DAYS[2], "start": "09:30"}
PAGE = "/beheer/trajecten/1/bijeenkomst"


@pytest.fixture
def trainer(site: Site, organiser: Visitor, course: list[str]) -> Visitor:
    """Somebody who trains the whole course, and is no organiser."""
    trainer = site.logged_in("sam")
    for meeting in course:
        organiser.post(f"/beheer/bijeenkomsten/{meeting}/trainers", page="/beheer", trainers="2")
    return trainer


def planned(site: Site) -> list[tuple[str, str, str]]:
    return [(each.part, each.date.isoformat(), each.start) for each in site.meetings()]


def test_a_second_meeting_of_the_same_part_is_added(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    before = planned(site)

    answer = organiser.post(PAGE, **ADDED)

    assert answer.location == "/beheer/trajecten/1"
    assert planned(site) == [*before, ("dagdeel-1", DAYS[2], "09:30")]
    assert organiser.get("/beheer/trajecten/1").text.count("<h3>Dagdeel 1</h3>") == 2


def test_a_meeting_is_added_by_who_trains_the_whole_course_and_is_theirs(
    site: Site, trainer: Visitor, course: list[str]
) -> None:
    assert PAGE in trainer.get("/beheer").text

    trainer.post(PAGE, **ADDED)

    added = site.meetings()[-1]
    assert (added.part, site.trainers(added.id)) == ("dagdeel-1", ["sam"])


def test_a_meeting_is_added_to_a_course_that_has_none_left(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    for meeting in course:
        organiser.post(f"/beheer/bijeenkomsten/{meeting}/verwijderen")

    organiser.post(PAGE, **ADDED)

    assert planned(site) == [("dagdeel-1", DAYS[2], "09:30")]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"part": "dagdeel-9"}, "Kies een deel uit de lijst."),
        ({"part": ""}, "Kies een deel"),
        ({"date": "1999-01-01"}, "Datum"),
        ({"start": "25:00"}, "Begintijd"),
    ],
)
def test_a_meeting_that_cannot_be_is_not_added(
    site: Site, organiser: Visitor, course: list[str], changes: dict[str, str], words: str
) -> None:
    before = planned(site)

    answer = organiser.post(PAGE, **(ADDED | changes))

    assert (answer.status_code, planned(site)) == (400, before)
    assert words in answer.text


def test_of_a_programme_that_cannot_be_read_nothing_is_offered(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    (site.host.settings.content_dir / "klein" / "dagdeel-2.md").write_text("kapot", "utf-8")
    site.host.read_curriculum()

    assert "Het programma kan nu niet gelezen worden." in organiser.get(PAGE).text


def test_a_planned_meeting_is_removed_by_who_trains_the_whole_course(
    site: Site, trainer: Visitor, course: list[str]
) -> None:
    page = f"/beheer/bijeenkomsten/{course[1]}"
    assert f"{page}/verwijderen" in trainer.get(page).text

    asked = trainer.get(f"{page}/verwijderen").text
    answer = trainer.post(f"{page}/verwijderen")

    assert "Je kunt de bijeenkomst later weer toevoegen." in asked
    assert (answer.location, [each.id for each in site.meetings()]) == ("/beheer", course[:1])


@pytest.mark.parametrize("phase", ["lobby", "live", "closed"])
def test_a_meeting_that_was_opened_is_not_removed_by_a_trainer(
    site: Site, trainer: Visitor, course: list[str], phase: str
) -> None:
    with site.app.app_context():
        db.session.get_one(Meeting, course[1]).phase = phase
        db.session.commit()
    page = f"/beheer/bijeenkomsten/{course[1]}"

    assert "verwijderen" not in trainer.get(page).text
    assert trainer.get(f"{page}/verwijderen").status_code == 404


def test_who_trains_one_meeting_adds_and_removes_none(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    other = site.logged_in("kim")
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/trainers", page="/beheer", trainers="2")

    pages = (PAGE, f"/beheer/bijeenkomsten/{course[0]}/verwijderen")
    assert [other.get(page).status_code for page in pages] == [404, 404]
    assert PAGE not in other.get("/beheer").text
