"""Days, times and retention that may be chosen."""

from datetime import date, timedelta

import pytest
from werkzeug.test import TestResponse

from tests.support.courses import DAYS, make_course
from tests.support.site import Site, Visitor
from trainer.live.bounds import days_to_plan
from trainer.store.models import Course, db
from trainer.web.courses import day_in_words

FAR_DAYS = [
    "2099-01-01",
    "9999-12-31",
    "0001-01-01",
    "1999-12-31",
]
OPENED = [(), ("next",), ("next", "close")]


def test_meeting_gets_another_date_and_time(site: Site, organiser: Visitor, course: list[str]) -> None:
    organiser.post(f"/beheer/bijeenkomsten/{course[1]}", date=DAYS[2], start="09:00")

    assert (site.meetings()[1].date.isoformat(), site.meetings()[1].start) == (DAYS[2], "09:00")


@pytest.mark.parametrize("day", FAR_DAYS)
def test_a_day_far_away_is_refused_with_the_days_that_may_be(
    site: Site, organiser: Visitor, course: list[str], day: str
) -> None:
    answer = organiser.post(f"/beheer/bijeenkomsten/{course[0]}", date=day, start="09:00")

    assert answer.status_code == 400
    assert f"Kies een datum van {day_in_words(site.today - timedelta(days=366))} tot en met" in answer.text
    assert site.meetings()[0].date.isoformat() == DAYS[0]


@pytest.mark.parametrize("day", FAR_DAYS)
def test_a_course_far_away_is_refused(site: Site, organiser: Visitor, day: str) -> None:
    answer = make_course(organiser, first_date=day)

    assert (answer.status_code, site.meetings()) == (400, [])
    assert "Kies een datum van" in answer.text


def test_a_course_of_which_the_last_meeting_is_too_far_is_refused(site: Site, organiser: Visitor) -> None:
    answer = make_course(organiser, first_date=days_to_plan(site.today)[1].isoformat())

    assert (answer.status_code, site.meetings()) == (400, [])
    assert "Kies een eerdere datum." in answer.text


@pytest.mark.parametrize("edge", [0, 1])
def test_the_first_and_the_last_day_may_be_planned(
    site: Site, organiser: Visitor, course: list[str], edge: int
) -> None:
    day = days_to_plan(site.today)[edge].isoformat()

    organiser.post(f"/beheer/bijeenkomsten/{course[0]}", date=day, start="09:00")

    assert sorted(meeting.date.isoformat() for meeting in site.meetings()) == sorted([day, DAYS[1]])


@pytest.mark.parametrize(("edge", "further"), [(0, -1), (1, 1)])
def test_the_day_before_the_first_and_the_day_after_the_last_are_refused(
    site: Site, organiser: Visitor, course: list[str], edge: int, further: int
) -> None:
    day = days_to_plan(site.today)[edge] + timedelta(days=further)

    answer = organiser.post(f"/beheer/bijeenkomsten/{course[0]}", date=day.isoformat(), start="09:00")

    assert (answer.status_code, site.meetings()[0].date.isoformat()) == (400, DAYS[0])


@pytest.mark.parametrize("start", ["25:00", "12:60", "9.30", "-1:00", "24:00"])
def test_a_time_that_is_none_is_refused(
    site: Site, organiser: Visitor, course: list[str], start: str
) -> None:
    answer = organiser.post(f"/beheer/bijeenkomsten/{course[0]}", date=DAYS[2], start=start)

    assert answer.status_code == 400
    assert site.meetings()[0].start == "13:15"


@pytest.mark.parametrize("days", ["0", "366", "-1", "9" * 30, "veel"])
def test_a_retention_time_out_of_bounds_is_refused(
    site: Site, organiser: Visitor, course: list[str], days: str
) -> None:
    answer = organiser.post("/beheer/trajecten/1", title="Wijkteam", place="", retention_days=days)

    assert answer.status_code == 400
    assert 'class="error"' in answer.text


def keep(organiser: Visitor, days: int) -> TestResponse:
    return organiser.post("/beheer/trajecten/1", title="Wijkteam", place="", retention_days=str(days))


def kept_for(site: Site) -> int:
    with site.app.app_context():
        return db.session.get_one(Course, 1).retention_days


@pytest.mark.parametrize("commands", OPENED, ids=["lobby", "live", "closed"])
def test_once_a_meeting_was_opened_texts_are_kept_no_longer_than_people_read(
    site: Site, organiser: Visitor, course: list[str], commands: tuple[str, ...]
) -> None:
    with site.app.app_context():
        assert site.host.open_meeting(course[0])
    for command in commands:
        site.command(course[0], command)

    answer = keep(organiser, 31)

    assert answer.status_code == 400
    assert "Langer bewaren kan niet meer. Kies hoogstens 30." in answer.text
    assert "Wijkteam Oost" in organiser.get("/beheer").text
    assert [(keep(organiser, days).status_code, kept_for(site)) for days in (30, 7, 8, 7)] == [
        (302, 30),
        (302, 7),
        (400, 7),
        (302, 7),
    ]


@pytest.mark.parametrize("taken_back", [False, True])
def test_before_a_meeting_is_opened_texts_may_be_kept_longer(
    site: Site, organiser: Visitor, course: list[str], taken_back: bool
) -> None:
    if taken_back:
        with site.app.app_context():
            assert site.host.open_meeting(course[0])
        assert site.host.steering.unopen(course[0])

    assert (keep(organiser, 365).status_code, kept_for(site)) == (302, 365)


@pytest.mark.parametrize("damaged", ["date = '2099-99-99'", "date = 7", "date = ''", "start = 'half tien'"])
def test_one_damaged_meeting_keeps_no_other_from_being_listed_and_can_be_mended(
    site: Site, organiser: Visitor, course: list[str], damaged: str
) -> None:
    with site.host.engine.connect() as connection:
        connection.exec_driver_sql(f"UPDATE meeting SET {damaged} WHERE id = '{course[0]}'")
        connection.commit()

    for page in ("/beheer", "/beheer/trajecten/1", f"/beheer/bijeenkomsten/{course[0]}"):
        answer = organiser.get(page)
        assert answer.status_code == 200
    assert ("datum klopt niet" in organiser.get("/beheer").text) is damaged.startswith("date")
    assert day_in_words(date.fromisoformat(DAYS[1])) in organiser.get("/beheer").text
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}", date=DAYS[2], start="09:00")
    assert site.meetings()[0].date.isoformat() == DAYS[2]
