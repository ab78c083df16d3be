"""From a planned meeting to one that is deleted."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.support.courses import DAYS, TEMPOS, TEXTS
from tests.support.site import PASSWORD, Site, Visitor


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
