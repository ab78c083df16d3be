"""What organisers and trainers can do, and what they cannot see."""

import csv
import io
import json
import sqlite3
from argparse import Namespace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.support.site import PASSWORD, Site, Visitor
from trainer.cli import main
from trainer.live.bounds import days_to_plan
from trainer.store.models import Course, db
from trainer.web import users
from trainer.web.courses import day_in_words

# A day that may be planned, and the next weeks; which day it is, the site says.
DAYS = [(date.today() + timedelta(weeks=week)).isoformat() for week in range(3)]
NEW_COURSE = {
    "title": "Wijkteam Oost",
    "programme": "klein",
    "place": "Gouda",
    "first_date": DAYS[0],
    "start": "13:15",
}
TEMPOS = [1, 1, 1, 1, 1, 1, 2, 2, 0]
TEXTS = ["meer tijd", "=1+1", "niets", "koffie", "pauze"]


def make_course(organiser: Visitor, **changes: object) -> TestResponse:
    return organiser.post("/beheer/trajecten/nieuw", **(NEW_COURSE | changes))


@pytest.fixture
def organiser(site: Site) -> Visitor:
    return site.logged_in("olga", is_organiser=True)


@pytest.fixture
def course(site: Site, organiser: Visitor) -> list[str]:
    """The ids of the two meetings of a new course."""
    make_course(organiser)
    return [meeting.id for meeting in site.meetings()]


def test_home_without_courses_says_what_to_do(organiser: Visitor) -> None:
    assert "Je hebt nog geen trajecten" in organiser.get("/beheer").text


def test_home_of_a_trainer_without_meetings_says_so(site: Site) -> None:
    assert "Er staat nog niets voor je klaar" in site.logged_in("sam").get("/beheer").text


def test_new_course_has_a_meeting_for_every_part_a_week_apart(site: Site, course: list[str]) -> None:
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


ASK = "Vul het in"
UNKNOWN = "Wie is verantwoordelijk?"


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


def test_meeting_gets_another_date_and_time(site: Site, organiser: Visitor, course: list[str]) -> None:
    organiser.post(f"/beheer/bijeenkomsten/{course[1]}", date=DAYS[2], start="09:00")

    assert (site.meetings()[1].date.isoformat(), site.meetings()[1].start) == (DAYS[2], "09:00")


FAR_DAYS = [
    "2099-01-01",
    "9999-12-31",
    "0001-01-01",
    "1999-12-31",
]


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


OPENED = [(), ("next",), ("next", "close")]


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


def test_meeting_gets_other_trainers(site: Site, organiser: Visitor, course: list[str]) -> None:
    site.account("sam")
    page = f"/beheer/bijeenkomsten/{course[0]}"

    organiser.post(f"{page}/trainers", page=page, trainers=["2"])

    assert [site.trainers(meeting_id) for meeting_id in course] == [["sam"], []]


def test_invited_trainer_sees_the_course(site: Site, organiser: Visitor, course: list[str]) -> None:
    page = organiser.post("/beheer/trajecten/1/uitnodigen", page="/beheer/trajecten/1").text
    link = page.split('value="http')[1].split('"')[0].split("/welkom/")[1]
    trainer = site.visitor()

    trainer.post(f"/welkom/{link}", name="Sam", login="sam", password=PASSWORD, again=PASSWORD)

    assert "Wijkteam Oost" in trainer.get("/beheer").text
    assert [site.trainers(meeting_id) for meeting_id in course] == [["sam"], ["sam"]]


def test_organiser_who_is_no_trainer_opens_a_meeting_and_does_not_lead_it(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    answer = organiser.post(f"/beheer/bijeenkomsten/{course[0]}/openen", page="/beheer")

    assert (answer.location, site.meetings()[0].phase) == ("/beheer/trajecten/1", "lobby")
    for path in ("/regie/{}", "/scherm/{}", "/regie/{}/papier"):
        refused = organiser.get(path.format(course[0]))
        assert (path, refused.status_code) == (path, 403)
        assert "Laat je dan als trainer toevoegen." in refused.text
    home = organiser.get("/beheer").text
    assert (f"/regie/{course[0]}" in home, "Wie geeft deze bijeenkomst?" in home) == (False, True)


def test_opened_meeting_has_a_code_and_goes_to_control(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/trainers", page="/beheer", trainers="1")

    answer = organiser.post(f"/beheer/bijeenkomsten/{course[0]}/openen", page="/beheer")

    meeting = site.meetings()[0]
    assert answer.location == f"/regie/{meeting.id}"
    assert (meeting.phase, len(meeting.code or "")) == ("lobby", 6)
    assert f'href="/regie/{meeting.id}"' in organiser.get("/beheer").text


def test_open_meeting_keeps_its_date(site: Site, organiser: Visitor, course: list[str]) -> None:
    page = f"/beheer/bijeenkomsten/{course[0]}"
    organiser.post(f"{page}/openen", page="/beheer")

    answer = organiser.post(page, date=DAYS[2], start="09:00")

    assert (answer.status_code, site.meetings()[0].date.isoformat()) == (409, DAYS[0])


def test_course_is_deleted_after_a_question(site: Site, organiser: Visitor, course: list[str]) -> None:
    asked = organiser.get("/beheer/trajecten/1/verwijderen")
    kept = len(site.meetings())
    organiser.post("/beheer/trajecten/1/verwijderen")

    assert "Wil je dit traject verwijderen?" in asked.text
    assert (kept, site.meetings()) == (2, [])


def test_course_with_an_open_meeting_is_not_deleted(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    page = "/beheer/trajecten/1/verwijderen"
    token = organiser.token(page)
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/openen", page="/beheer")

    answer = organiser.client.post(page, data={"csrf_token": token})

    assert (answer.status_code, len(site.meetings())) == (409, 2)


def open_just_before_deleting(site: Site, meeting_id: str) -> None:
    """Another process opens a meeting after a page saw that it was not open."""
    to_open = [meeting_id]

    def opens(connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("DELETE") and to_open:
            with sqlite3.connect(str(site.host.engine.url.database)) as other:
                other.execute("UPDATE meeting SET phase = 'lobby' WHERE id = ?", [to_open.pop()])

    event.listen(site.host.engine, "before_cursor_execute", opens)


@pytest.mark.parametrize("path", ["trajecten/1", "bijeenkomsten/{0}"])
def test_what_is_opened_at_the_last_moment_is_not_deleted(
    site: Site, organiser: Visitor, course: list[str], path: str
) -> None:
    page = f"/beheer/{path.format(course[0])}/verwijderen"
    token = organiser.token(page)
    open_just_before_deleting(site, course[0])

    answer = organiser.client.post(page, data={"csrf_token": token})

    assert (answer.status_code, len(site.meetings())) == (409, 2)
    assert "Sluit die eerst af" in answer.text


def test_meeting_is_deleted_after_a_question(site: Site, organiser: Visitor, course: list[str]) -> None:
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/verwijderen")

    assert [meeting.id for meeting in site.meetings()] == course[1:]


def test_deleted_texts_are_gone_from_the_files(
    site: Site, organiser: Visitor, course: list[str], tmp_path: Path
) -> None:
    site.hold(course[0], TEMPOS, ["onvindbaar", *TEXTS])

    organiser.post("/beheer/trajecten/1/verwijderen")
    with site.app.app_context():
        site.host.sweep()

    files = [path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert [b"onvindbaar" in content for content in files] == [False] * len(files)


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


PAGES = (
    "/beheer/trajecten/nieuw", "/beheer/trajecten/1", "/beheer/trajecten/1/verwijderen",
    "/beheer/trajecten/1/evaluatie", "/beheer/trajecten/1/evaluatie.csv", "/beheer/bijeenkomsten/{0}",
    "/beheer/bijeenkomsten/{0}/verwijderen", "/beheer/bijeenkomsten/{0}/evaluatie",
    "/beheer/bijeenkomsten/{0}/evaluatie.csv",
)  # fmt: skip


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


def test_evaluation_is_there_when_the_meeting_is_closed(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    before = organiser.get(f"/beheer/bijeenkomsten/{course[0]}/evaluatie").text
    site.hold(course[0], TEMPOS, TEXTS)

    after = organiser.get(f"/beheer/bijeenkomsten/{course[0]}/evaluatie").text

    assert "Er is nog geen evaluatie" in before
    assert "Het tempo was" in after
    assert "te weinig antwoorden" in after
    assert "meer tijd" in after


def test_files_of_a_meeting_hold_the_same(site: Site, organiser: Visitor, course: list[str]) -> None:
    site.hold(course[0], TEMPOS, TEXTS)
    page = f"/beheer/bijeenkomsten/{course[0]}/evaluatie"

    table = organiser.get(f"{page}.csv")
    book = openpyxl.load_workbook(io.BytesIO(organiser.get(f"{page}.xlsx").data))
    document = json.loads(organiser.get(f"{page}.json").data)

    rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row[3:] for row in rows[1:5]] == [
        ["", "9"], ["te langzaam", "te weinig antwoorden"], ["precies goed", "6"],
        ["te snel", "te weinig antwoorden"],
    ]  # fmt: skip
    assert sorted(row[3] for row in rows[5:]) == sorted(["'=1+1", "koffie", "meer tijd", "niets", "pauze"])
    assert book.sheetnames == ["Totalen", "Open antwoorden"]
    assert document["questions"][0]["answered"]["number"] == 9
    assert (
        table.headers["Content-Disposition"] == "attachment; filename=evaluatie-wijkteam-oost-dagdeel-1.csv"
    )
    assert table.headers["Cache-Control"] == "no-store"


def test_course_adds_up_its_closed_meetings(site: Site, organiser: Visitor, course: list[str]) -> None:
    for meeting_id in course:
        site.hold(meeting_id, TEMPOS, TEXTS)

    document = json.loads(organiser.get("/beheer/trajecten/1/evaluatie.json").data)

    assert [one["title"] for one in document["meetings"]] == ["Dagdeel 1", "Dagdeel 2"]
    assert document["questions"][0]["answered"]["number"] == 18
    assert document["questions"][0]["options"][1]["count"]["number"] == 12
    assert len(document["open_questions"][0]["texts"]) == 10


def test_unknown_format_is_not_there(site: Site, organiser: Visitor, course: list[str]) -> None:
    site.hold(course[0], TEMPOS, TEXTS)

    assert organiser.get(f"/beheer/bijeenkomsten/{course[0]}/evaluatie.exe").status_code == 404


def test_command_line_writes_the_same_evaluation(
    site: Site, organiser: Visitor, course: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.hold(course[0], TEMPOS, TEXTS)
    for name, folder in (("DATA_DIR", "data"), ("KEY_DIR", "keys"), ("CONTENT_DIR", "content")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    output = tmp_path / "uit.json"

    written = main(["export", "--meeting", course[0], "--format", "json", "--output", str(output)])
    missing = main(["export", "--course", "99", "--output", str(output)])

    assert (written, missing) == (0, 1)
    assert json.loads(output.read_text())["questions"][0]["answered"]["number"] == 9


def test_command_line_manages_accounts(site: Site) -> None:
    site.account("sam")
    said: list[str] = []
    with site.app.app_context():
        statuses = [
            users.run(Namespace(action="list"), said.append),
            users.run(Namespace(action="invite", organiser=True), said.append),
            users.run(
                Namespace(action="password", login="sam"), said.append, lambda question: "nieuw wachtwoord"
            ),
            users.run(Namespace(action="remove", login="wie"), said.append),
        ]

    assert statuses == [0, 0, 0, 1]
    assert said[0] == "sam\tSam\ttrainer"
    assert site.visitor().get("/welkom/" + said[1].rsplit("/", 1)[1]).status_code == 200
    assert site.visitor().log_in("sam", "nieuw wachtwoord").status_code == 302
