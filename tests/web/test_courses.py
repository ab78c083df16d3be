"""Planning a course."""

from datetime import timedelta

import pytest

from tests.support.courses import DAYS, make_course
from tests.support.site import Site, Visitor
from trainer.live.bounds import days_to_plan

ASK = "Vul het in"
UNKNOWN = "Wie is verantwoordelijk?"


def test_home_without_courses_says_what_to_do(organiser: Visitor) -> None:
    assert "Je hebt nog geen trajecten" in organiser.get("/beheer").text


def test_home_of_a_trainer_without_meetings_says_so(site: Site) -> None:
    assert "Er staat nog niets voor je klaar" in site.logged_in("sam").get("/beheer").text


def test_new_course_has_a_meeting_for_every_part_two_weeks_apart(site: Site, course: list[str]) -> None:
    planned = [(m.part, m.date.isoformat(), m.start, m.phase) for m in site.meetings()]

    assert planned == [
        ("dagdeel-1", DAYS[0], "13:15", "planned"),
        ("dagdeel-2", DAYS[1], "13:15", "planned"),
    ]


def test_new_course_gets_the_chosen_trainers(site: Site, organiser: Visitor) -> None:
    site.account("sam")

    make_course(organiser, trainers=["1", "2"])

    assert [site.trainers(meeting.id) for meeting in site.meetings()] == [["olga", "sam"]] * 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": "  "}, "Geef het traject een naam."),
        ({"programme": "bestaat-niet"}, "Kies een programma uit de lijst."),
        ({"first_date": "morgen"}, "Vul de eerste datum in."),
        ({"weeks": "13"}, "Kies een getal van 1 tot en met 12."),
        ({"weeks": "0"}, "Kies een getal van 1 tot en met 12."),
        ({"weeks": "twee"}, "Vul een aantal weken in."),
        ({"start": "half tien"}, "Vul een begintijd in."),
        ({"trainers": ["99"]}, "Kies alleen uit de lijst."),
    ],
)
def test_course_form_says_what_to_do(
    site: Site, organiser: Visitor, change: dict[str, object], message: str
) -> None:
    answer = make_course(organiser, **change)

    assert answer.status_code == 400
    assert message in answer.text
    assert site.meetings() == []


def test_course_can_be_changed(site: Site, organiser: Visitor, course: list[str]) -> None:
    organiser.post("/beheer/trajecten/1", title="Wijkteam West", place="Utrecht", retention_days="14")

    page = organiser.get("/beheer").text
    assert "Wijkteam West" in page
    assert "Utrecht" in page


def test_organiser_is_told_that_nobody_is_responsible_yet(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    assert ASK in organiser.get("/beheer/trajecten/1").text
    assert UNKNOWN in organiser.get("/beheer").text

    half = {"title": "Oost", "retention_days": "14", "responsible": "Welzijn Oost"}
    organiser.post("/beheer/trajecten/1", **half)
    assert ASK in organiser.get("/beheer/trajecten/1").text

    organiser.post("/beheer/trajecten/1", **half, contact="vragen@oost.example")
    page = organiser.get("/beheer/trajecten/1").text
    assert ASK not in page
    assert ('value="Welzijn Oost"' in page, 'value="vragen@oost.example"' in page) == (True, True)
    assert UNKNOWN not in organiser.get("/beheer").text


def test_new_course_says_who_is_responsible_from_the_start(site: Site, organiser: Visitor) -> None:
    make_course(organiser, responsible="Welzijn Oost", contact="030 123 45 67")

    page = organiser.get("/beheer/trajecten/1").text
    assert ('value="Welzijn Oost"' in page, 'value="030 123 45 67"' in page) == (True, True)


def test_weeks_between_meetings_are_chosen(site: Site, organiser: Visitor) -> None:
    make_course(organiser, weeks="3")

    first, second = (meeting.date for meeting in site.meetings())
    assert (second - first).days == 21


def test_last_meeting_may_not_come_too_far_away(site: Site, organiser: Visitor) -> None:
    last = days_to_plan(site.today)[1]

    near = make_course(organiser, first_date=(last - timedelta(weeks=3)).isoformat(), weeks="3")
    far = make_course(organiser, first_date=(last - timedelta(weeks=3)).isoformat(), weeks="4")

    assert (near.status_code, far.status_code) == (302, 400)
    assert "Kies een eerdere datum." in far.text
