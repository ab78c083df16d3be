"""The archive: a course leaves the first list, can be read as before, and comes back."""

import pytest

from tests.support.courses import TEMPOS, TEXTS, make_course
from tests.support.site import Site, Visitor
from tests.web.editor.writing import press

COURSE = "/beheer/trajecten/1"
TEXTS_OF = f"{COURSE}/teksten"
TITLE = "Wijkteam Oost"


def archived(organiser: Visitor) -> None:
    organiser.post(f"{COURSE}/archiveren", page=COURSE)
    organiser.get("/beheer")  # what was said is read


def changed_text(organiser: Visitor) -> None:
    """Makes the first version of a text."""
    press(organiser, f"{TEXTS_OF}/dagdeel-1/onderdeel/welkom", "bewaar", titel="Welkom in Oost")
    organiser.get(TEXTS_OF)  # what was said is read


def test_archived_course_is_in_the_archive_and_not_in_the_list(organiser: Visitor, course: list[str]) -> None:
    assert "Archief" not in organiser.get("/beheer").text

    archived(organiser)

    home = organiser.get("/beheer").text
    assert (TITLE in home, "Archief (1)" in home) == (False, True)
    assert TITLE in organiser.get("/beheer/archief").text


def test_archived_course_can_be_read_as_before(site: Site, organiser: Visitor, course: list[str]) -> None:
    site.hold(course[0], TEMPOS, TEXTS)
    pages = (COURSE, f"{COURSE}/evaluatie", f"/beheer/bijeenkomsten/{course[0]}/evaluatie")
    before = [organiser.get(page).status_code for page in pages]

    archived(organiser)

    assert [organiser.get(page).status_code for page in pages] == before == [200, 200, 200]
    assert "meer tijd" in organiser.get(pages[2]).text


# What only makes sense for a course that goes on.
GOING_ON = (
    "Voeg een bijeenkomst toe",
    "Maak een link",
    "Voorbereiden",
    "Datum wijzigen",
    "Bewaar datum en tijd",
    "Bewaar trainers",
    ">Open",
    "in je agenda",
    "Zet in het archief",
    "Bewerken",
    "Lees een map in",
)


def test_archived_course_offers_nothing_to_go_on_with_and_says_how_it_comes_back(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    pages = (COURSE, f"/beheer/bijeenkomsten/{course[1]}", f"{COURSE}/teksten")
    before = "".join(organiser.get(page).text for page in ("/beheer", *pages))
    site.hold(course[0], TEMPOS, TEXTS)

    archived(organiser)

    for page in ("/beheer/archief", *pages):
        text = organiser.get(page).text
        assert [words for words in GOING_ON if words in text.partition("Om mee te nemen")[0]] == [], page
        assert ("staat in het archief" in text, ">Haal terug" in text) == (True, True), page
    assert [words for words in GOING_ON if words not in before] == []


def test_archived_course_gets_no_meeting_from_a_page_that_was_open(
    organiser: Visitor, course: list[str]
) -> None:
    form = {"csrf_token": organiser.token(f"{COURSE}/bijeenkomst"), "part": "dagdeel-1"}
    archived(organiser)

    answer = organiser.client.post(
        f"{COURSE}/bijeenkomst", data={**form, "date": "2026-03-02", "start": "10:00"}
    )

    assert answer.location == "/beheer/archief"
    assert "Er komt geen bijeenkomst bij." in organiser.get(answer.location).text
    assert organiser.get(COURSE).text.count("<h3>") == 2


# Where somebody changes the texts of a course, or its photos.
CHANGING = ("dagdeel-1/opbouw", "dagdeel-1/opbouw/nieuw", "dagdeel-1/onderdeel/welkom", "dagdeel-1/tekst",
            "dagdeel-1/landelijk", "dagdeel-1/nieuw", "dagdeel-1/samenvoegen/1",
            "dagdeel-1/versies/1/terugzetten", "inlezen")  # fmt: skip


@pytest.mark.parametrize("page", CHANGING)
def test_texts_of_an_archived_course_are_read_and_not_changed(
    organiser: Visitor, course: list[str], page: str
) -> None:
    changed_text(organiser)
    archived(organiser)

    answer = organiser.get(f"{TEXTS_OF}/{page}")

    assert answer.location == TEXTS_OF
    shown = organiser.get(TEXTS_OF).text
    assert ("en niet veranderen" in shown, "Eigen tekst, versie 1" in shown) == (True, True)
    assert "Haal de map op" in shown


def test_draft_of_an_archived_course_is_not_saved_from_a_page_that_was_open(
    organiser: Visitor, course: list[str]
) -> None:
    changed_text(organiser)
    token = organiser.token(f"{TEXTS_OF}/dagdeel-1/tekst")
    archived(organiser)

    sent = {"csrf_token": token, "doe": "bewaar", "tekst": "## Iets anders {#anders minuten=5}", "seen": "1"}
    answer = organiser.client.post(f"{TEXTS_OF}/dagdeel-1/tekst", data=sent)
    photo = organiser.client.post(f"{TEXTS_OF}/foto", data={"csrf_token": token})

    assert {answer.location, photo.location} == {TEXTS_OF}
    listed = organiser.get(f"{TEXTS_OF}/dagdeel-1").text
    assert ("Versie 1" in listed, "Versie 2" in listed) == (True, False)
    offered = ("Bewerken", "Terug naar de landelijke tekst")
    assert [words for words in offered if words in listed] == []
    assert "Voeg een foto toe" not in organiser.get(f"{TEXTS_OF}/foto").text


def test_archived_course_comes_back(organiser: Visitor, course: list[str]) -> None:
    archived(organiser)

    organiser.post(f"{COURSE}/terughalen", page=COURSE)
    organiser.get(COURSE)  # what was said is read

    assert TITLE in organiser.get("/beheer").text
    assert "Het archief is leeg." in organiser.get("/beheer/archief").text


@pytest.mark.parametrize("begin", [False, True])
def test_course_with_an_open_meeting_is_not_archived(
    site: Site, organiser: Visitor, course: list[str], begin: bool
) -> None:
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/openen", page="/beheer")
    if begin:
        with site.app.app_context():
            site.command(course[0], "start")

    answer = organiser.post(f"{COURSE}/archiveren", page=COURSE)

    assert answer.location == COURSE
    assert "is nu open. Sluit die eerst." in organiser.get(COURSE).text
    assert TITLE in organiser.get("/beheer").text


def test_meeting_that_is_opened_in_the_archive_is_in_the_first_list_today(
    organiser: Visitor, course: list[str]
) -> None:
    archived(organiser)

    organiser.post(f"/beheer/bijeenkomsten/{course[1]}/openen", page="/beheer/archief")

    today = organiser.get("/beheer").text.partition('<h2 id="today">')[2]
    assert (TITLE in today, "Nu open" in today) == (True, True)


def test_trainer_finds_the_own_meetings_in_the_archive_and_no_others(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    sam = site.logged_in("sam")
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/trainers", page="/beheer", trainers=["2"])
    make_course(organiser, title="Wijkteam West")
    archived(organiser)
    organiser.post("/beheer/trajecten/2/archiveren", page="/beheer/trajecten/2")

    archive = sam.get("/beheer/archief").text

    assert (TITLE in archive, "Dagdeel 1" in archive, "Dagdeel 2" in archive) == (True, True, False)
    assert ("Een organisator kan het terughalen." in archive, ">Haal terug" in archive) == (True, False)
    assert "Wijkteam West" not in archive


@pytest.mark.parametrize("deed", ["archiveren", "terughalen"])
def test_trainer_archives_nothing(site: Site, organiser: Visitor, course: list[str], deed: str) -> None:
    sam = site.logged_in("sam")
    for meeting in course:
        organiser.post(f"/beheer/bijeenkomsten/{meeting}/trainers", page="/beheer", trainers=["2"])

    assert sam.post(f"{COURSE}/{deed}", page="/beheer").status_code == 404
