"""The pages about a course's own texts: versions, differences, going back, and what is to be decided."""

import re
from functools import partial

import pytest

from tests.support.courses import make_course
from tests.support.site import PART, Site, Visitor
from trainer.store.database import transaction
from trainer.store.models import Course, Meeting, db

NATIONAL = PART.format(number=1)
HERE = "/beheer/trajecten/1/teksten"
PART_1 = f"{HERE}/dagdeel-1"


@pytest.fixture
def course(site: Site, organiser: Visitor) -> list[str]:
    """The ids of the meetings of course 1."""
    make_course(organiser)
    return [meeting.id for meeting in site.meetings()]


def greeting(words: str) -> str:
    return NATIONAL.replace("Fijn dat je er bent.", words)


def save(site: Site, source: str, seen: int, who: str = "Ana", course_id: int = 1) -> None:
    with site.app.app_context():
        course = db.session.get_one(Course, course_id)
        transaction(partial(site.host.versions.save, course, "dagdeel-1", source, seen=seen, who=who))


def given(site: Site, course_id: int = 1) -> str | None:
    with site.app.app_context():
        return site.host.library.source(db.session.get_one(Course, course_id), "dagdeel-1")


def states(site: Site, course_id: int = 1) -> list[tuple[int, str, str]]:
    with site.app.app_context():
        history = site.host.versions.history(db.session.get_one(Course, course_id), "dagdeel-1")
        return [(one.number, one.state, one.who) for one in history]


def publish(site: Site, source: str) -> None:
    (site.host.settings.content_dir / "klein" / "dagdeel-1.md").write_text(source, "utf-8")
    site.host.read_curriculum()


def said(page: str) -> list[str]:
    """The messages on a page."""
    return re.findall(r'<p class="notice[^"]*" role="(?:status|alert)">([^<]+)</p>', page)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def followed(visitor: Visitor, path: str, **fields: object) -> str:
    """Sends the form of a page, and returns the page that it leads to."""
    answer = visitor.post(path, **fields)
    assert answer.status_code == 302, answer.text
    return visitor.get(answer.location).text


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


def test_the_second_of_two_is_shown_both_texts_and_chooses(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo van Ana."), 0, "Ana")
    save(site, greeting("Dag van Bo."), 0, "Bo")
    path = f"{PART_1}/samenvoegen/2"

    page = organiser.get(path).text
    undecided = organiser.post(path, gezien=hidden(page, "gezien"), bewaar="ja")
    after = followed(organiser, path, gezien=hidden(page, "gezien"), bewaar="ja", **{"keuze-0": "wij"})

    assert [words in page for words in ("Hallo van Ana.", "Dag van Bo.")] == [True, True]
    assert (undecided.status_code, "Kies wat het wordt." in undecided.text) == (400, True)
    assert (given(site), said(after)) == (greeting("Dag van Bo."), ["Bewaard als versie 3."])
    assert states(site)[0] == (3, "given", "Olga")
    assert followed_to(organiser, path) == PART_1


def followed_to(visitor: Visitor, path: str) -> str:
    return visitor.get(path).location


def test_a_text_of_ones_own_may_be_written_between_two(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo van Ana."), 0, "Ana")
    save(site, greeting("Dag van Bo."), 0, "Bo")
    path = f"{PART_1}/samenvoegen/2"
    own = "## Welkom {#welkom minuten=20}\r\n\r\nHallo en dag."

    seen = hidden(organiser.get(path).text, "gezien")
    tried = organiser.post(path, gezien=seen, bekijk="ja", **{"keuze-0": "zelf", "zelf-0": own})
    followed(organiser, path, gezien=seen, bewaar="ja", **{"keuze-0": "zelf", "zelf-0": own})

    assert ("Met deze keuzes: samen 35 minuten." in tried.text, "Hallo en dag." in tried.text) == (True, True)
    assert given(site) == greeting("Hallo en dag.").replace("#welkom minuten=15", "#welkom minuten=20")


def test_choices_of_a_page_that_is_too_old_are_not_saved_and_not_lost(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo van Ana."), 0, "Ana")
    save(site, greeting("Dag van Bo."), 0, "Bo")
    path = f"{PART_1}/samenvoegen/2"
    seen = hidden(organiser.get(path).text, "gezien")
    save(site, greeting("Hoi van Ana."), 1, "Ana")

    late = organiser.post(path, gezien=seen, bewaar="ja", **{"keuze-0": "zelf", "zelf-0": "Wij samen."})

    assert (late.status_code, said(late.text)) == (400, ["Er is intussen weer iets veranderd. Kijk opnieuw."])
    assert "Wij samen." in late.text
    assert given(site) == greeting("Hoi van Ana.")


NEWER = NATIONAL.replace("Fijn dat je er bent.", "Welkom allemaal.").replace(
    "Het tempo was", "Het tempo bleef"
)


def test_a_newer_national_text_is_shown_beside_the_own_text_and_decided_once(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo in Oost."), 0)
    publish(site, NEWER)
    path = f"{PART_1}/nieuw"

    page = organiser.get(path).text
    seen = hidden(page, "gezien")
    after = followed(organiser, path, gezien=seen, bewaar="ja", **{"keuze-0": "wij", "keuze-1": "zij"})

    assert [words in page for words in ("Hallo in Oost.", "Welkom allemaal.", "<ins>bleef</ins>")] == [
        True
    ] * 3
    assert given(site) == greeting("Hallo in Oost.").replace("Het tempo was", "Het tempo bleef")
    assert said(after) == ["Bewaard als versie 2."]
    assert "Er is niets nieuws" in organiser.get(path).text


def test_what_only_the_national_text_changed_is_chosen_already_and_can_be_refused(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo in Oost."), 0)
    publish(site, NATIONAL.replace("Het tempo was", "Het tempo bleef"))
    path = f"{PART_1}/nieuw"

    page = organiser.get(path).text
    followed(organiser, path, gezien=hidden(page, "gezien"), bewaar="ja", **{"keuze-0": "wij"})

    assert re.findall(r'value="(\w+)" checked', page) == ["zij"]
    assert given(site) == greeting("Hallo in Oost.")
    assert "Er is niets nieuws" in organiser.get(path).text


def test_a_national_text_that_changes_again_meanwhile_is_looked_at_again(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo in Oost."), 0)
    publish(site, NEWER)
    path = f"{PART_1}/nieuw"
    seen = hidden(organiser.get(path).text, "gezien")
    publish(site, NEWER.replace("Welkom", "Goedemorgen"))

    late = organiser.post(path, gezien=seen, bewaar="ja", **{"keuze-0": "wij", "keuze-1": "zij"})

    assert (late.status_code, "Goedemorgen allemaal." in late.text) == (400, True)
    assert given(site) == greeting("Hallo in Oost.")


def test_choices_that_make_a_fault_are_kept_as_a_draft(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo in Oost."), 0)
    publish(site, NEWER)
    path = f"{PART_1}/nieuw"
    choices = {"keuze-0": "zelf", "zelf-0": "## Welkom {#welkom}\n\nZonder minuten.", "keuze-1": "zij"}

    after = followed(
        organiser, path, gezien=hidden(organiser.get(path).text, "gezien"), bewaar="ja", **choices
    )

    assert said(after) == [
        "Bewaard als concept. Er zit nog een fout in. De groep krijgt deze tekst nog niet."
    ]
    assert given(site) == greeting("Hallo in Oost.")


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
