"""The first page of organisers and trainers: what is today comes first, and what is over is folded."""

from datetime import timedelta

from tests.support.courses import DAYS, TEMPOS, TEXTS, make_course
from tests.support.site import Site, Visitor


def today(site: Site, organiser: Visitor) -> str:
    """What is said of today, with nothing of the rest of the page."""
    text = organiser.get("/beheer").text
    return text.partition('<h2 id="today">')[2].partition("</section>")[0]


def planned(site: Site, organiser: Visitor, title: str, days: int, start: str) -> None:
    day = site.today + timedelta(days=days)
    make_course(organiser, title=title, first_date=day.isoformat(), start=start)


def test_meetings_of_today_come_first_by_the_time_at_which_they_begin(site: Site, organiser: Visitor) -> None:
    planned(site, organiser, "Morgen", 1, "09:00")
    planned(site, organiser, "Middag", 0, "13:00")
    planned(site, organiser, "Ochtend", 0, "09:00")

    found = today(site, organiser)

    assert found.index("Ochtend") < found.index("Middag")
    assert "Morgen" not in found


def test_meeting_that_is_open_comes_before_all_whatever_its_day(site: Site, organiser: Visitor) -> None:
    planned(site, organiser, "Straks", 0, "09:00")
    planned(site, organiser, "Bezig", -7, "09:00")
    meeting = site.meetings(2)[0].id
    organiser.post(f"/beheer/bijeenkomsten/{meeting}/openen", page="/beheer")

    found = today(site, organiser)

    assert found.index("Bezig") < found.index("Straks")


def test_day_without_meetings_has_no_such_list(site: Site, organiser: Visitor) -> None:
    planned(site, organiser, "Morgen", 1, "09:00")

    assert today(site, organiser) == ""


def test_meeting_that_was_held_today_is_not_listed_again(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    site.hold(course[0], TEMPOS, TEXTS)

    assert today(site, organiser) == ""


def test_course_of_which_all_meetings_are_over_is_folded(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    for meeting in course:
        site.hold(meeting, TEMPOS, TEXTS)
    planned(site, organiser, "Nieuw", 1, "09:00")

    before, _, folded = organiser.get("/beheer").text.partition("Alle bijeenkomsten geweest (1)")

    assert ("Nieuw" in before, "Wijkteam Oost" in before, "Wijkteam Oost" in folded) == (True, False, True)


# The order of the parts


def moved(organiser: Visitor, meeting: str, day: str) -> str:
    page = f"/beheer/bijeenkomsten/{meeting}"
    return organiser.get(organiser.post(page, date=day, start="13:15").location).text


def test_move_past_another_part_is_warned_of_until_it_is_put_right(
    organiser: Visitor, course: list[str]
) -> None:
    turned = moved(organiser, course[0], DAYS[2])
    later = organiser.get("/beheer").text
    right = moved(organiser, course[0], DAYS[0])

    assert turned.count("'Dagdeel 2' komt nu voor 'Dagdeel 1'.") == 1
    assert ("komt nu voor" in later, "komt nu voor" in right) == (True, False)


def test_part_that_is_given_again_turns_no_order(organiser: Visitor, course: list[str]) -> None:
    again = {"part": "dagdeel-1", "date": DAYS[2], "start": "09:30"}

    page = organiser.get(organiser.post("/beheer/trajecten/1/bijeenkomst", **again).location).text

    assert "komt nu voor" not in page


def test_meeting_that_is_added_before_an_earlier_part_is_warned_of(
    organiser: Visitor, course: list[str]
) -> None:
    early = {"part": "dagdeel-2", "date": DAYS[0], "start": "09:00"}

    page = organiser.get(organiser.post("/beheer/trajecten/1/bijeenkomst", **early).location).text

    assert page.count("'Dagdeel 2' komt nu voor 'Dagdeel 1'.") == 1


def test_order_of_what_was_given_is_no_longer_warned_of(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    moved(organiser, course[0], DAYS[2])
    for meeting in course:
        site.hold(meeting, TEMPOS, TEXTS)

    assert "komt nu voor" not in organiser.get("/beheer").text
