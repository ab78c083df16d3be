"""The evaluation of a meeting and of a course, as a page and as files."""

import csv
import io
import json
from argparse import Namespace
from pathlib import Path

import openpyxl
import pytest

from tests.support.courses import TEMPOS, TEXTS
from tests.support.site import Site, Visitor
from trainer.cli import main
from trainer.web import users


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
            users.run(Namespace(action="invite", organiser=True, place=None), said.append),
            users.run(
                Namespace(action="password", login="sam"), said.append, lambda question: "nieuw wachtwoord"
            ),
            users.run(Namespace(action="remove", login="wie"), said.append),
        ]

    assert statuses == [0, 0, 0, 1]
    assert said[0] == "sam\tSam\ttrainer"
    assert site.visitor().get("/welkom/" + said[1].rsplit("/", 1)[1]).status_code == 200
    assert site.visitor().log_in("sam", "nieuw wachtwoord").status_code == 302
