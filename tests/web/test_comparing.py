"""Evaluations of several courses side by side, as a page and as files."""

import csv
import io
import json
import re

import pytest

from tests.support.courses import TEMPOS, TEXTS, make_course
from tests.support.site import Site, Visitor
from trainer.store.database import transaction
from trainer.store.models import Meeting, db

PAGE = "/beheer/vergelijken"


@pytest.fixture
def both(site: Site, organiser: Visitor, course: list[str]) -> list[str]:
    """The ids of the meetings of two courses, of which all but the last are over."""
    make_course(organiser, title="Wijkteam West", place="Delft")
    ids = [meeting.id for number in (1, 2) for meeting in site.meetings(number)]
    for meeting_id in ids[:3]:
        site.hold(meeting_id, TEMPOS, TEXTS)
    return ids


def headings(page: str) -> list[str]:
    return re.findall(r"<h4>(.*?)</h4>", page)


def groups(visitor: Visitor, query: str) -> list[tuple[str, int, int]]:
    """Each group of the first question: name, meetings, people who answered."""
    found = json.loads(visitor.get(f"{PAGE}.json?{query}").data)["questions"]
    return (
        [(each["group"], each["meetings"], each["answered"]["number"]) for each in found[0]["groups"]]
        if found
        else []
    )


def test_page_says_that_there_is_nothing_to_compare_yet(organiser: Visitor, course: list[str]) -> None:
    assert "Er is nog niets om te vergelijken" in organiser.get(PAGE).text
    assert PAGE not in organiser.get("/beheer").text


def test_courses_stand_side_by_side(organiser: Visitor, both: list[str]) -> None:
    page = organiser.get(PAGE).text

    assert headings(page) == ["Wijkteam Oost, Gouda", "Wijkteam West, Delft"]
    assert "3 bijeenkomsten van 2 trajecten." in page
    assert [text for text in TEXTS if text in page] == []


def test_one_meeting_is_a_comparison_too(site: Site, organiser: Visitor, course: list[str]) -> None:
    site.hold(course[0], TEMPOS, TEXTS)

    page = organiser.get(PAGE).text

    assert headings(page) == ["Wijkteam Oost, Gouda"]
    assert "1 bijeenkomst van 1 traject." in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [("Wijkteam Oost, Gouda", 2, 18), ("Wijkteam West, Delft", 1, 9)]),
        ("traject=2", [("Wijkteam West, Delft", 1, 9)]),
        ("traject=1&traject=2&plaats=delft", [("Wijkteam West, Delft", 1, 9)]),
        ("per=dagdeel", [("Dagdeel 1", 2, 18), ("Dagdeel 2", 1, 9)]),
        ("per=plaats&dagdeel=dagdeel-1", [("Delft", 1, 9), ("Gouda", 1, 9)]),
        ("tot=2001-01-01", []),
        ("vragen=onderdelen", []),
        ("programma=weg&traject=99&van=gisteren&per=alles", [
            ("Wijkteam Oost, Gouda", 2, 18), ("Wijkteam West, Delft", 1, 9),
        ]),
    ],
)  # fmt: skip
def test_address_says_what_is_compared(
    organiser: Visitor, both: list[str], query: str, expected: list[tuple[str, int, int]]
) -> None:
    assert groups(organiser, query) == expected
    assert organiser.get(f"{PAGE}?{query}").status_code == 200


def test_choice_in_the_form_leads_to_an_address_that_can_be_kept(organiser: Visitor, both: list[str]) -> None:
    answer = organiser.post(
        PAGE, programma="klein", per="plaats", traject=["2", "1"], van="", tot="2100-01-01"
    )

    query = "programma=klein&per=plaats&tot=2100-01-01&traject=2&traject=1"
    assert (answer.status_code, answer.location) == (302, f"{PAGE}?{query}")
    assert headings(organiser.get(answer.location).text) == ["Delft", "Gouda"]


def test_choice_stays_in_the_form_and_goes_into_the_files(organiser: Visitor, both: list[str]) -> None:
    page = organiser.get(f"{PAGE}?traject=2&per=plaats&van=2001-01-01").text

    assert 'name="traject" value="2" checked' in page
    assert '<option value="plaats" selected>' in page
    (link,) = re.findall(r'href="(\S+vergelijken\.csv\S*)"', page)
    table = organiser.get(link.replace("&amp;", "&"))
    rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert {row[1] for row in rows[1:]} == {"Delft"}
    assert table.headers["Content-Disposition"] == "attachment; filename=vergelijking.csv"
    assert table.headers["Cache-Control"] == "no-store"


def test_rehearsal_and_meeting_that_runs_are_not_compared(
    site: Site, organiser: Visitor, both: list[str]
) -> None:
    with site.app.app_context():
        site.host.open_meeting(both[3])

    assert "3 bijeenkomsten van 2 trajecten." in organiser.get(PAGE).text


def test_damaged_meeting_is_named_and_the_others_are_compared(
    site: Site, organiser: Visitor, both: list[str]
) -> None:
    with site.app.app_context():
        transaction(lambda: setattr(db.session.get_one(Meeting, both[0]), "source", ""))
    site.host.rooms.forget([both[0]])

    page = organiser.get(PAGE).text

    assert "Wijkteam Oost: Dagdeel 1 staat er niet bij." in page
    assert "2 bijeenkomsten van 2 trajecten." in page


def test_archived_course_can_be_compared(organiser: Visitor, both: list[str]) -> None:
    organiser.post("/beheer/trajecten/1/archiveren", page="/beheer/trajecten/1")

    assert headings(organiser.get(PAGE).text) == ["Wijkteam Oost, Gouda", "Wijkteam West, Delft"]


def test_pages_lead_there(organiser: Visitor, both: list[str]) -> None:
    assert PAGE in organiser.get("/beheer").text
    assert (
        f"{PAGE}?programma=klein&amp;per=dagdeel&amp;traject=1"
        in organiser.get("/beheer/trajecten/1/evaluatie").text
    )


def test_unknown_format_is_not_there(organiser: Visitor, both: list[str]) -> None:
    assert organiser.get(f"{PAGE}.exe").status_code == 404


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}.csv"])
def test_trainer_finds_nothing_and_visitor_is_asked_to_log_in(site: Site, path: str) -> None:
    assert site.logged_in("sam").get(path).status_code == 404
    assert site.visitor().get(path).status_code == 302
