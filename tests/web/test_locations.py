"""Locations: made, renamed and removed, with organisers who see the courses there and no others."""

import re
from argparse import Namespace

import pytest

from tests.support.courses import TEMPOS, TEXTS, make_course
from tests.support.localtexts import NATIONAL, save
from tests.support.site import PASSWORD, Site, Visitor
from trainer.store.access import grant, holds
from trainer.store.models import Course, db
from trainer.web import users

ALL, GOUDA, MOVE = "/beheer/locaties", "/beheer/locaties/1", "/beheer/organisatoren/{}"
NEW = {"name": "Sam", "login": "sam", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def local(site: Site, organiser: Visitor) -> Visitor:
    """An organiser of Gouda, account 2, with course 1; there is Delft too, and account 1 is national."""
    gouda = site.location("Gouda")
    site.location("Delft")
    visitor = site.logged_in("gonda", is_organiser=True, location_id=gouda)
    make_course(visitor, trainers="2")
    return visitor


def options(page: str, name: str) -> list[str]:
    """The labels of what can be chosen."""
    boxes = re.findall(rf'name="{name}" value="[^"]*"[^>]*> *([^<]*)</label>', page)
    (menu,) = re.findall(rf'<select[^>]*id="{name}".*?</select>', page, re.DOTALL) or [""]
    return [each.strip() for each in [*boxes, *re.findall(r"<option[^>]*>(.*?)</option>", menu)]]


def link_in(page: str) -> str:
    (found,) = re.findall(r'value="http[^"]*(/welkom/[^"]+)"', page)
    return str(found)


def owner(site: Site, course_id: int) -> str:
    with site.app.app_context():
        location = db.session.get_one(Course, course_id).location
        return location.name if location else ""


def test_without_locations_there_is_nothing_to_choose(organiser: Visitor, course: list[str]) -> None:
    assert options(organiser.get("/beheer/trajecten/nieuw").text, "location") == []
    assert "Geef aan een locatie" not in organiser.get("/beheer/trajecten/1").text
    assert "Er zijn nog geen locaties" in organiser.get(ALL).text
    assert organiser.get(MOVE.format(1)).text.count("Er is nog geen locatie.") == 1


def test_location_is_made_and_its_organiser_invited(site: Site, organiser: Visitor) -> None:
    made = organiser.post(ALL, name=" Gouda ")
    link = link_in(organiser.post(f"{GOUDA}/uitnodigen", page=GOUDA).text)
    newcomer = site.visitor()

    asked = newcomer.get(link).text
    newcomer.post(link, **NEW)

    assert made.location == GOUDA
    assert "organisator van Gouda" in asked
    assert "Organisatoren: Sam" in organiser.get(ALL).text
    assert "Gouda" in newcomer.get("/beheer").text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (" ", "Geef de locatie een naam."),
        ("x" * 81, "Maak de naam korter"),
        ("gouda", "Er is al een locatie"),
    ],
)
def test_name_that_cannot_be_is_refused_with_what_to_do(
    site: Site, organiser: Visitor, name: str, message: str
) -> None:
    site.location("Gouda")
    site.location("Delft")

    answers = [organiser.post(ALL, name=name), organiser.post("/beheer/locaties/2", name=name)]

    assert [(answer.status_code, message in answer.text) for answer in answers] == [(400, True)] * 2
    assert organiser.post(GOUDA, name="GOUDA").status_code == 302


def test_location_with_courses_or_organisers_stays(organiser: Visitor, local: Visitor) -> None:
    asked = organiser.get(f"{GOUDA}/verwijderen").text
    token = organiser.token("/beheer/locaties/2/verwijderen")

    refused = organiser.client.post(f"{GOUDA}/verwijderen", data={"csrf_token": token})

    assert ("1 traject, 2 bijeenkomsten." in asked, "Er is 1 organisator" in asked) == (True, True)
    assert (refused.status_code, organiser.get(GOUDA).status_code) == (409, 200)


def test_empty_location_is_removed_with_its_links(site: Site, organiser: Visitor) -> None:
    gouda = site.location("Gouda")
    link = site.invitation(is_organiser=True, location_id=gouda)
    asked = organiser.get(f"{GOUDA}/verwijderen").text

    organiser.post(f"{GOUDA}/verwijderen")

    assert ("Dit gaat weg" in asked, "Dit blijft" in asked) == (True, True)
    assert (organiser.get(GOUDA).status_code, site.visitor().get(link).status_code) == (404, 404)


def test_course_of_a_local_organiser_is_theirs(site: Site, organiser: Visitor, local: Visitor) -> None:
    assert owner(site, 1) == "Gouda"
    new = local.get("/beheer/trajecten/nieuw").text
    assert (options(new, "location"), 'type="text" autocomplete="off" value="Gouda"' in new) == ([], True)
    assert (
        "Wijkteam Oost" in local.get("/beheer").text,
        "Wijkteam Oost" in organiser.get("/beheer").text,
    ) == (
        True,
        False,
    )
    local.post("/beheer/trajecten/1/kopie", title="Kopie", first_date="2027-01-12", weeks="2")
    assert owner(site, 2) == "Gouda"


def test_local_organiser_cannot_choose_another_location(site: Site, local: Visitor) -> None:
    refused = make_course(local, title="Delfts", location="2")

    assert (refused.status_code, "Kies een locatie uit de lijst." in refused.text) == (400, True)


def test_national_organiser_makes_a_course_for_a_location_without_its_trainers(
    site: Site, organiser: Visitor, local: Visitor
) -> None:
    assert options(organiser.get("/beheer/trajecten/nieuw").text, "location") == [
        "Geen: wij organiseren het zelf", "Delft", "Gouda",
    ]  # fmt: skip

    answer = make_course(organiser, title="Wijkteam West", location="1", trainers="1")

    assert (answer.location, owner(site, 2)) == ("/beheer", "Gouda")
    assert [site.trainers(meeting.id) for meeting in site.meetings(2)] == [[], []]
    assert "Wijkteam West" in local.get("/beheer").text
    assert "Wijkteam West" not in organiser.get("/beheer").text


def test_course_is_given_to_a_location_once(site: Site, organiser: Visitor, local: Visitor) -> None:
    make_course(organiser, title="Wijkteam West")
    page = "/beheer/trajecten/2/locatie"
    link, asked = site.invitation(course_id=2), organiser.get(page).text

    organiser.post(page, location="1")

    assert ("Terugnemen kan niet." in asked, "Dit blijft" in asked) == (True, True)
    assert owner(site, 2) == "Gouda"
    assert [visitor.get("/beheer/trajecten/2").status_code for visitor in (organiser, local)] == [404, 200]
    assert (organiser.get(page).status_code, site.visitor().get(link).status_code) == (404, 404)


def test_trainers_of_one_location_are_no_choice_at_another(
    site: Site, organiser: Visitor, local: Visitor
) -> None:
    site.logged_in("sam").post(site.invitation(course_id=1))
    site.account("kim")
    make_course(organiser, title="Wijkteam West")

    here = local.get(f"/beheer/bijeenkomsten/{site.meetings(1)[0].id}").text
    elsewhere = organiser.get(f"/beheer/bijeenkomsten/{site.meetings(2)[0].id}").text

    assert options(here, "trainers") == ["Gonda", "Sam"]
    assert options(elsewhere, "trainers") == ["Kim", "Olga"]
    meeting = site.meetings(1)[0].id
    local.post(f"/beheer/bijeenkomsten/{meeting}/trainers", page="/beheer", trainers=["3", "4"])
    assert site.trainers(meeting) == ["gonda", "sam"]


def test_who_organises_elsewhere_and_trains_here_changes_no_course(site: Site, local: Visitor) -> None:
    delft = site.logged_in("dirk", is_organiser=True, location_id=2)
    delft.post(site.invitation(course_id=1))
    meeting = f"/beheer/bijeenkomsten/{site.meetings()[0].id}"

    assert [delft.get(path).status_code for path in (meeting, "/beheer/trajecten/1/teksten")] == [200, 200]
    for path in ("", "/verwijderen", "/kopie"):
        assert delft.get(f"/beheer/trajecten/1{path}").status_code == 404
    assert delft.post(f"{meeting}/trainers", page="/beheer", trainers="3").status_code == 404
    assert '"/beheer/trajecten/1"' not in delft.get("/beheer").text


def test_who_moves_loses_all_at_once(site: Site, organiser: Visitor, local: Visitor) -> None:
    meeting = site.meetings()[0].id
    links = [site.invitation(is_organiser=True, location_id=1), site.invitation(course_id=1)]
    right = grant(site.host.engine, 2, meeting, screen=False)
    asked = organiser.get(MOVE.format(2)).text
    assert right is not None

    organiser.post(MOVE.format(2), location="2")

    assert "Dat is nu bij 2 bijeenkomsten." in asked
    assert (holds(site.host.engine, right), local.get("/beheer").status_code) == (False, 302)
    assert site.trainers(meeting) == []
    assert [site.visitor().get(link).status_code for link in links] == [404, 404]
    local.log_in("gonda")
    assert (local.get(GOUDA).status_code, local.get("/beheer/locaties/2").status_code) == (404, 200)
    assert "Wijkteam Oost" not in local.get("/beheer").text


def test_account_of_an_organiser_is_deleted_with_what_was_said(
    site: Site, organiser: Visitor, local: Visitor
) -> None:
    page, link = f"{MOVE.format(2)}/verwijderen", site.invitation(course_id=1)
    asked = organiser.get(page).text

    organiser.post(page)

    assert "Dat is nu bij 2 bijeenkomsten." in asked
    assert "Niemand beheert dan de trajecten van Gouda." in asked
    assert "Nodig een organisator uit: die kan ze verwijderen." in organiser.get(f"{GOUDA}/verwijderen").text
    assert (local.get("/beheer").status_code, site.logins()) == (302, ["olga"])
    assert [site.trainers(meeting.id) for meeting in site.meetings()] == [[], []]
    assert (owner(site, 1), site.visitor().get(link).status_code) == ("Gouda", 404)
    assert organiser.get(f"{MOVE.format(1)}/verwijderen").status_code == 404


def test_who_is_not_the_only_organiser_leaves_courses_that_somebody_runs(
    site: Site, organiser: Visitor, local: Visitor
) -> None:
    told = "Niemand beheert dan de trajecten van Gouda."
    assert told in organiser.get(MOVE.format(2)).text

    site.logged_in("greet", is_organiser=True, location_id=1)

    assert told not in organiser.get(MOVE.format(2)).text


def test_last_national_organiser_stays(site: Site, organiser: Visitor, local: Visitor) -> None:
    refused = organiser.post(MOVE.format(1), location="1")
    site.account("nora", is_organiser=True)
    moved = organiser.post(MOVE.format(1), location="1")

    assert (refused.status_code, "geen andere landelijke organisator" in refused.text) == (400, True)
    assert (moved.status_code, organiser.get("/beheer").status_code) == (302, 302)


def test_national_organiser_compares_totals_of_all_with_their_questions_and_reads_no_answer(
    site: Site, organiser: Visitor, local: Visitor
) -> None:
    make_course(organiser, title="Wijkteam West")
    save(site, NATIONAL.replace("Het tempo was", "Ging het in Gouda"), 0)
    for number in (1, 2):
        site.hold(site.meetings(number)[0].id, TEMPOS, TEXTS)

    everything = organiser.get("/beheer/vergelijken?per=locatie").text
    gouda = organiser.get("/beheer/vergelijken.csv?locatie=1").text
    theirs = local.get("/beheer/vergelijken").text

    assert re.findall("<h4>(.*?)</h4>", everything) == ["Gouda", "zonder locatie"]
    assert ("Wijkteam Oost" in gouda, "Wijkteam West" in gouda) == (True, False)
    assert ("Wijkteam Oost" in theirs, "Wijkteam West" in theirs) == (True, False)
    assert "Per locatie" not in theirs
    assert ("Ging het in Gouda" in everything, "Wat kan er beter?" in everything) == (True, False)
    assert [text for text in TEXTS if text in everything + gouda] == []
    assert "1 traject, 2 bijeenkomsten. Daarvan is er 1 geweest." in organiser.get(ALL).text


def test_command_line_knows_locations(site: Site, organiser: Visitor, local: Visitor) -> None:
    said: list[str] = []

    def run(**asked: object) -> int:
        with site.app.app_context():
            return users.run(Namespace(**asked), said.append, confirm=lambda _: str(asked.get("answer")))

    statuses = [
        run(action="invite", organiser=True, place="gouda"),
        run(action="invite", organiser=True, place="Leiden"),
        run(action="invite", organiser=False, place="Gouda"),
        run(action="list"),
        run(action="remove", login="gonda", answer="no"),
        run(action="remove", login="olga", answer="yes"),
    ]

    assert statuses == [0, 1, 1, 0, 1, 0]
    assert "organisator van Gouda" in site.visitor().get("/welkom/" + said[0].rsplit("/", 1)[1]).text
    assert said[1] == "--place is for an organiser (--organiser) of one of these locations: Delft, Gouda."
    assert said[3] == "gonda\tGonda\torganiser\tGouda"
    assert said[5].startswith("This goes: the account gonda, and that it trains 2 meetings; and links of")
    assert "It is the last national organiser. Only `user invite --organiser` makes another." in said
    assert site.logins() == ["gonda"]


def test_log_has_the_lines_of_the_own_courses(site: Site, organiser: Visitor, local: Visitor) -> None:
    make_course(organiser, title="Wijkteam West")
    organiser.post("/beheer/locaties", name="Schiedam")
    log = "/beheer/logboek"

    for theirs, other in ((local, "West"), (organiser, "Oost")):
        page, file = theirs.get(log).text, theirs.get(f"{log}.csv").text
        assert (f"Wijkteam {other}" in page, f"Wijkteam {other}" in file) == (False, False)
    assert ("Wijkteam Oost" in local.get(log).text, "Schiedam" in local.get(log).text) == (True, False)
    assert "Schiedam" in organiser.get(log).text
    assert [local.get(f"{log}{path}?traject=2").status_code for path in ("", ".csv")] == [404, 404]
