"""What organisers and trainers see, and what they do not."""

from pathlib import Path

import pytest

from tests.support.site import Site, Visitor

PAGES = (
    "/beheer/trajecten/nieuw", "/beheer/trajecten/1", "/beheer/trajecten/1/verwijderen",
    "/beheer/trajecten/1/evaluatie", "/beheer/trajecten/1/evaluatie.csv", "/beheer/bijeenkomsten/{0}",
    "/beheer/bijeenkomsten/{0}/verwijderen", "/beheer/bijeenkomsten/{0}/evaluatie",
    "/beheer/bijeenkomsten/{0}/evaluatie.csv",
)  # fmt: skip


def test_programmes_page_shows_the_outline(organiser: Visitor) -> None:
    page = organiser.get("/beheer/programmas").text

    assert "Kleine training" in page
    assert "30 minuten, 2 blokken" in page


def test_programmes_page_shows_problems(tmp_path: Path) -> None:
    site = Site(tmp_path)
    part = tmp_path / "content" / "klein" / "dagdeel-1.md"
    part.write_text(part.read_text().replace("werkvorm=evaluatie", "werkvorm=evaluati"))
    site.host.read_curriculum()

    page = site.logged_in("olga", is_organiser=True).get("/beheer/programmas").text

    assert "onbekende werkvorm" in page


@pytest.mark.parametrize("path", PAGES)
def test_trainer_of_another_course_finds_nothing(site: Site, course: list[str], path: str) -> None:
    assert site.logged_in("sam").get(path.format(*course)).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_visitor_is_asked_to_log_in(site: Site, course: list[str], path: str) -> None:
    answer = site.visitor().get(path.format(*course))

    assert (answer.status_code, answer.location.split("?")[0]) == (302, "/inloggen")


@pytest.mark.parametrize("number", ["0", "-1", "007", "9" * 19, "9" * 5000])
def test_number_that_no_row_can_have_is_no_address(site: Site, organiser: Visitor, number: str) -> None:
    rules = [rule for rule in site.app.url_map.iter_rules() if "course_id" in rule.arguments]

    answers = {
        organiser.get(rule.rule.replace("<row:course_id>", number).replace("<name>", "csv")).status_code
        for rule in rules
    }

    assert len(rules) >= 4
    assert answers == {404}


@pytest.mark.parametrize(
    "path",
    [
        "/beheer/trajecten/1/uitnodigen", "/beheer/uitnodigen", "/beheer/bijeenkomsten/{0}/openen",
        "/beheer/bijeenkomsten/{0}/trainers", "/beheer/trajecten/1/verwijderen",
    ],
)  # fmt: skip
def test_trainer_of_another_course_changes_nothing(site: Site, course: list[str], path: str) -> None:
    answer = site.logged_in("sam").post(path.format(*course), page="/beheer")

    assert answer.status_code == 404
    assert [meeting.phase for meeting in site.meetings()] == ["planned", "planned"]


def test_trainer_sees_own_meetings_only(site: Site, organiser: Visitor, course: list[str]) -> None:
    sam = site.logged_in("sam")
    page = f"/beheer/bijeenkomsten/{course[0]}"
    organiser.post(f"{page}/trainers", page=page, trainers=["2"])

    home = sam.get("/beheer").text

    assert ("Dagdeel 1" in home, "Dagdeel 2" in home) == (True, False)
    assert [sam.get(f"/beheer/bijeenkomsten/{meeting_id}").status_code for meeting_id in course] == [200, 404]
    assert sam.get("/beheer/trajecten/1").status_code == 404
