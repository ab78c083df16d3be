"""Which text a course gives: its own version of a part where it has a sound one, else the national text."""

from collections.abc import Callable

import pytest

from tests.support.courses import TEMPOS, make_course
from tests.support.site import PART, Site, Visitor
from trainer.curriculum.problems import Problem
from trainer.store.database import transaction
from trainer.store.models import Course, Meeting, Variant, db

LOCAL = PART.format(number=1).replace("titel: Dagdeel 1", "titel: Beginnen in Oost")
FAULTY = LOCAL.replace("werkvorm=evaluatie", "werkvorm=evaluati")
UNKNOWN_KIND = "onbekende werkvorm 'evaluati'; bedoel je 'evaluatie'?"


@pytest.fixture
def course(site: Site, organiser: Visitor) -> list[str]:
    """The ids of the meetings of course 1; there is a course 2 that gives the same."""
    make_course(organiser)
    make_course(organiser, title="Wijkteam West")
    return [meeting.id for meeting in site.meetings()]


def keep(site: Site, source: str, part: str = "dagdeel-1") -> list[str]:
    """Makes `source` the version of course 1, and returns the codes of what is wrong with it."""
    with site.app.app_context():
        found = db.session.get_one(Course, 1)
        return [flaw.code for flaw in transaction(lambda: site.host.library.keep(found, part, source))]


def put(site: Site, source: object) -> None:
    """Stores a version unchecked, as a restored database may hold it."""
    with site.app.app_context():
        transaction(
            lambda: db.session.add(Variant(course_id=1, part="dagdeel-1", base="", source=source))  # type: ignore[arg-type]
        )


def titles(site: Site, course_id: int = 1) -> list[str]:
    with site.app.app_context():
        found = db.session.get_one(Course, course_id)
        parts = [site.host.library.part(found, meeting.part) for meeting in found.meetings]
        return [part.title if part else "" for part in parts]


def flaws(site: Site) -> list[Problem]:
    with site.app.app_context():
        return list(site.host.library.flaws(db.session.get_one(Course, 1)))


def variants(site: Site) -> list[tuple[int, str, str]]:
    with site.app.app_context():
        return [(one.course_id, one.base, one.source) for one in db.session.query(Variant)]


def test_a_course_without_a_version_gives_the_national_text(site: Site, course: list[str]) -> None:
    assert titles(site) == ["Dagdeel 1", "Dagdeel 2"]


def test_a_course_gives_its_own_version_and_no_other_course_does(site: Site, course: list[str]) -> None:
    assert keep(site, LOCAL) == []

    assert titles(site) == ["Beginnen in Oost", "Dagdeel 2"]
    assert titles(site, 2) == ["Dagdeel 1", "Dagdeel 2"]


def test_a_version_is_kept_with_the_national_text_that_it_was_made_from(
    site: Site, course: list[str]
) -> None:
    keep(site, LOCAL)
    national = site.host.settings.content_dir / "klein" / "dagdeel-1.md"
    before = national.read_text("utf-8")
    national.write_text(before.replace("Fijn dat je er bent.", "Welkom allemaal."), "utf-8")

    keep(site, LOCAL.replace("Oost", "Zuid"))

    assert variants(site) == [(1, before, LOCAL.replace("Oost", "Zuid"))]


def test_a_version_with_a_problem_is_not_kept(site: Site, course: list[str]) -> None:
    keep(site, LOCAL)

    refused = keep(site, FAULTY)

    assert (refused, titles(site)[0]) == (["step.unknown-kind"], "Beginnen in Oost")


def test_a_version_of_a_part_that_is_not_national_is_not_kept(site: Site, course: list[str]) -> None:
    assert keep(site, LOCAL, "dagdeel-9") == ["variant.no-base"]
    assert variants(site) == []


def test_a_stored_version_with_a_problem_gives_way_to_the_national_text_and_says_why(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    put(site, FAULTY)

    page = organiser.get("/beheer/trajecten/1").text

    assert titles(site) == ["Dagdeel 1", "Dagdeel 2"]
    assert [(flaw.path, flaw.line, flaw.message) for flaw in flaws(site)] == [
        ("traject-1/dagdeel-1.md", 13, UNKNOWN_KIND)
    ]
    assert "De groep krijgt daarom de landelijke tekst van dit deel." in page
    assert "<code>dagdeel-1.md</code>, regel 13: onbekende werkvorm" in page
    assert "De groep krijgt daarom" not in organiser.get("/beheer/trajecten/2").text


def test_a_version_may_show_the_images_of_its_programme_and_no_others(site: Site, course: list[str]) -> None:
    (site.host.settings.content_dir / "klein" / "kring.png").write_bytes(b"beeld")

    def showing(image: str) -> str:
        return LOCAL.replace("Fijn dat je er bent.", f"![Een kring]({image})")

    assert keep(site, showing("../klein/kring.png")) == ["text.image-name"]
    assert keep(site, showing("weg.png")) == ["text.image-missing"]
    assert keep(site, showing("kring.png")) == []


@pytest.mark.parametrize("source", ["", "x", b"\xff\xfe", 7])
def test_a_damaged_version_keeps_no_list_from_being_shown(
    site: Site, organiser: Visitor, course: list[str], source: object
) -> None:
    put(site, source)

    assert organiser.get("/beheer").status_code == 200
    assert titles(site) == ["Dagdeel 1", "Dagdeel 2"]


def test_of_a_programme_that_is_not_offered_nothing_is_given(site: Site, course: list[str]) -> None:
    keep(site, LOCAL)
    part = site.host.settings.content_dir / "klein" / "dagdeel-2.md"
    part.write_text(FAULTY, "utf-8")

    site.host.read_curriculum()

    assert titles(site) == ["", ""]


def by_page(site: Site, organiser: Visitor) -> None:
    organiser.post("/beheer/trajecten/1/verwijderen")


def by_database(site: Site, organiser: Visitor) -> None:
    with site.app.app_context():
        transaction(lambda: db.session.delete(db.session.get_one(Course, 1)))


@pytest.mark.parametrize("delete", [by_page, by_database])
def test_the_versions_of_a_course_are_deleted_with_it(
    site: Site, organiser: Visitor, course: list[str], delete: Callable[[Site, Visitor], None]
) -> None:
    keep(site, LOCAL)

    delete(site, organiser)

    assert variants(site) == []


PLACES = {
    "course": "/beheer/trajecten/1",
    "meeting": "/beheer/bijeenkomsten/{}",
    "home": "/beheer",
    "control": "/regie/{}",
    "print": "/regie/{}/papier",
    "screen": "/scherm/{}",
}


@pytest.mark.parametrize("place", PLACES)
def test_pages_show_the_text_of_the_course(
    site: Site, organiser: Visitor, course: list[str], place: str
) -> None:
    keep(site, LOCAL)
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/trainers", page="/beheer", trainers="1")
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/openen", page="/beheer")

    assert "Beginnen in Oost" in organiser.get(PLACES[place].format(course[0])).text


def test_a_meeting_keeps_the_text_that_it_was_opened_with(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    keep(site, LOCAL)
    with site.app.app_context():
        site.host.open_meeting(course[0])

    keep(site, LOCAL.replace("Oost", "Zuid"))

    room = site.host.room(course[0])
    assert room is not None
    assert (room.part.title, titles(site)[0]) == ("Beginnen in Oost", "Beginnen in Zuid")
    assert "Beginnen in Oost" in organiser.get(f"/beheer/bijeenkomsten/{course[0]}").text


def test_an_evaluation_is_of_the_text_that_was_given(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    keep(site, LOCAL.replace("Het tempo was", "Het tempo in Oost was"))
    site.hold(course[0], TEMPOS, [])

    keep(site, LOCAL.replace("Beginnen in Oost", "Heel iets anders"))

    for path in (f"/beheer/bijeenkomsten/{course[0]}/evaluatie.csv", "/beheer/trajecten/1/evaluatie.csv"):
        found = organiser.get(path).text
        assert [word in found for word in ("Beginnen in Oost", "Het tempo in Oost was")] == [True, True]


def test_only_a_national_text_that_was_spoilt_since_cannot_be_opened(site: Site, course: list[str]) -> None:
    keep(site, LOCAL)
    for number in (1, 2):
        (site.host.settings.content_dir / "klein" / f"dagdeel-{number}.md").write_text(FAULTY, "utf-8")

    with site.app.app_context():
        opened = [site.host.open_meeting(meeting) for meeting in course]
        sources = [db.session.get_one(Meeting, meeting).source for meeting in course]

    assert (opened, sources) == ([True, False], [LOCAL, ""])
