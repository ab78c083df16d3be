"""The pages about a course's own texts: versions, differences, and going back."""

import re

import pytest

from tests.support.courses import make_course
from tests.support.localtexts import (
    HERE,
    NATIONAL,
    PART_1,
    followed,
    given,
    greeting,
    publish,
    said,
    save,
    states,
)
from tests.support.site import Site, Visitor
from trainer.store.models import Meeting, db


@pytest.fixture
def course(site: Site, organiser: Visitor) -> list[str]:
    """The ids of the meetings of course 1."""
    make_course(organiser)
    return [meeting.id for meeting in site.meetings()]


def test_the_list_says_of_each_part_whose_text_the_group_gets(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo."), 0)
    save(site, NATIONAL.replace("werkvorm=evaluatie", "werkvorm=evaluati"), 1)
    publish(site, NATIONAL.replace("Het tempo was", "Het tempo bleef"))

    page = organiser.get(HERE).text

    assert re.findall(r'badge[^"]*">([^<]+)<', page) == [
        "Eigen tekst, versie 1",
        "Concept",
        "Nieuw",
        "Landelijke tekst",
    ]
    assert "Eigen teksten" in organiser.get("/beheer/trajecten/1").text


def test_the_versions_are_listed_with_who_when_and_why(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo."), 0, "Ana")
    save(site, greeting("Dag."), 1, "Bo")

    page = organiser.get(PART_1).text

    assert re.findall(r"<h3>(Versie \d)", page) == ["Versie 2", "Versie 1"]
    assert re.findall(r"<p>\w+dag \d+ \w+ \d{4}, \d\d:\d\d uur, (\w+)</p>", page) == ["Bo", "Ana"]


def test_the_differences_of_a_version_are_marked_word_by_word(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Fijn dat je er weer bent."), 0)
    save(site, greeting("Fijn dat je er weer bent.").replace("#welkom minuten=15", "#welkom minuten=20"), 1)

    pages = {
        against: organiser.get(f"{PART_1}/versies/2{against}").text for against in ("", "/landelijk", "/nu")
    }

    marked = {against: re.findall(r"<(?:ins|del)>([^<]*)<", page) for against, page in pages.items()}
    assert marked == {"": ["15", "20"], "/landelijk": ["15", "20", "weer "], "/nu": []}
    assert "Samen 35 minuten. Dat was 30." in pages[""]
    assert "De twee teksten zijn gelijk." in pages["/nu"]


def test_what_somebody_typed_is_shown_and_not_obeyed(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("<script>alert(1)</script> &amp;"), 0, who="<b>Ana</b>")

    for path in (PART_1, f"{PART_1}/versies/1", f"{PART_1}/landelijk"):
        assert [bad for bad in ("<script>alert", "<b>Ana") if bad in organiser.get(path).text] == []


def test_a_version_is_restored_after_a_question(site: Site, organiser: Visitor, course: list[str]) -> None:
    save(site, greeting("Hallo."), 0)
    save(site, greeting("Dag."), 1)

    page = organiser.get(f"{PART_1}/versies/1/terugzetten").text
    before = given(site)
    after = followed(organiser, f"{PART_1}/versies/1/terugzetten")

    assert ("Wil je versie 1 terugzetten?" in page, before) == (True, greeting("Dag."))
    assert (given(site), said(after)) == (greeting("Hallo."), ["Bewaard als versie 3."])
    assert "Teruggezet: versie 1" in after


def test_a_course_goes_back_to_the_national_text_after_a_question(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo."), 0)

    after = followed(organiser, f"{PART_1}/landelijk")

    assert given(site) == NATIONAL
    assert said(after) == ["De groep krijgt nu de landelijke tekst. Jullie versies blijven hier staan."]
    assert [number for number, _, _ in states(site)] == [2, 1]


def test_an_open_meeting_keeps_the_text_that_it_began_with(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo."), 0)
    with site.app.app_context():
        site.host.open_meeting(course[0])

    save(site, greeting("Dag."), 1)
    followed(organiser, f"{PART_1}/landelijk")

    with site.app.app_context():
        assert db.session.get_one(Meeting, course[0]).source == greeting("Hallo.")


@pytest.mark.parametrize(
    "path",
    ["/dagdeel-9", "/dagdeel-1/versies/9", "/dagdeel-1/versies/9/terugzetten", "/dagdeel-1/versies/1/anders"],
)
def test_what_is_not_there_is_not_found(site: Site, organiser: Visitor, course: list[str], path: str) -> None:
    save(site, greeting("Hallo."), 0)

    assert organiser.get(HERE + path).status_code == 404


def test_a_copy_of_a_course_has_its_texts_and_says_where_they_came_from(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo."), 0)

    organiser.post("/beheer/trajecten/1/kopie", title="West", first_date=site.today, weeks=2)

    assert given(site, 2) == greeting("Hallo.")
    assert (
        "Overgenomen van &#39;Wijkteam Oost&#39;, versie 1"
        in organiser.get("/beheer/trajecten/2/teksten/dagdeel-1").text
    )
