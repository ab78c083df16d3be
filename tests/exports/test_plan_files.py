"""The files of a plan, read again as other programs read them."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm
from icalendar import Calendar

from tests.exports.made import fields
from tests.support.plans import sheet
from tests.support.sources import ROOT
from trainer.exports.plan import PlanDocument
from trainer.exports.plan_formats import PLAN_FORMATS
from trainer.plans.answers import Answer

FILLED: dict[str, str | Answer] = {
    "kop/locatie": "Oost",
    "kop/thema": Answer("Meedoen\nen <b>thuis</b>", ("Iets anders",)),
    "kop/vroeger": "Oud antwoord",
    "doelen/1/doel": "Iedereen kent de weg",
    "doelen/1/wat": "Een inloop",
    "doelen/1/wie": "Team Oost",
    "doelen/1/wanneer": "12 maart 2027 en 9 april 2027",
    "doelen/2/wat": "Een poster",
    "doelen/2/wanneer": "na de zomer",
}


NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def rendered(name: str, answers: dict[str, str | Answer], now: datetime = NOW) -> bytes:
    plan = PlanDocument("x1", "Wijkteam Oost", "Gouda", date(2026, 11, 30), sheet(answers), now)
    return PLAN_FORMATS[name].render(plan)


def word(answers: dict[str, str | Answer]) -> Any:
    return Document(io.BytesIO(rendered("docx", answers)))


def test_document_has_the_headings_of_the_form_in_order() -> None:
    found = [(each.style.name, each.text) for each in word(FILLED).paragraphs if each.style.name != "Normal"]

    assert found == [
        ("Title", "Klein plan"),
        ("Heading 1", "Waar"),
        ("Heading 2", "Locatie"),
        ("Heading 2", "Thema"),
        ("Heading 1", "Doelen"),
        ("Heading 1", "De training"),
        ("Heading 2", "Waar letten de trainers op?"),
        ("Heading 2", "Wanneer is de training?"),
        ("Heading 1", "Actielijst"),
        ("Heading 1", "Antwoorden op vragen van eerder"),
    ]


def test_document_has_every_text_also_those_that_nobody_chose_from() -> None:
    texts = [each.text for each in word(FILLED).paragraphs if each.style.name == "Normal"]

    assert [text for text in texts if text] == [
        "Wijkteam Oost, Gouda. Zoals het was op 30 november 2026.",
        "Oost",
        "Meedoen\nen <b>thuis</b>",
        "Iemand anders schreef:",
        "Iets anders",
        "…",
        "…",
        "Oud antwoord",
        "Bron van de vragen: Geschreven voor Kwartier",
    ]


def test_document_has_its_tables_and_the_list_of_actions() -> None:
    goals, actions = word(FILLED).tables

    assert [[cell.text for cell in row.cells] for row in goals.rows] == [
        ["Wat wil je bereiken?", "Wat ga je doen?", "Wie?", "Wanneer?"],
        ["Iedereen kent de weg", "Een inloop", "Team Oost", "12 maart 2027 en 9 april 2027"],
        ["", "Een poster", "", "na de zomer"],
    ]
    assert [[cell.text for cell in row.cells] for row in actions.rows][1:] == [
        ["12 maart 2027 en 9 april 2027", "Een inloop", "Team Oost"],
        ["na de zomer", "Een poster", ""],
    ]


def test_tables_have_their_properties_in_the_order_that_word_wants() -> None:
    wanted = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook"]

    for table in word(FILLED).tables:
        assert [each.tag.rpartition("}")[2] for each in table._tbl.tblPr] == wanted


def test_document_is_of_a4_and_names_nobody_and_no_time() -> None:
    made = word(FILLED)
    page, about = made.sections[0], made.core_properties

    # Word counts in twentieths of a point.
    assert abs(page.page_width - Cm(21)) < 1000
    assert abs(page.page_height - Cm(29.7)) < 1000
    assert (about.author, about.last_modified_by) == ("Kwartier", "")
    assert about.created.isoformat() == "2026-11-30T00:00:00+00:00"


def test_empty_plan_is_a_document_to_write_on() -> None:
    (goals,) = word({}).tables

    assert [[cell.text for cell in row.cells] for row in goals.rows][1:] == [[""] * 4, [""] * 4]


def test_calendar_has_a_day_for_each_date_and_none_for_words() -> None:
    calendar = Calendar.from_ical(rendered("ics", FILLED))

    found = [(str(each["uid"]), str(each["summary"]), each["dtstart"].dt) for each in calendar.walk("VEVENT")]
    assert found == [
        ("plan-x1-doelen-1-0@kwartier", "Een inloop", date(2027, 3, 12)),
        ("plan-x1-doelen-1-1@kwartier", "Een inloop", date(2027, 4, 9)),
    ]


def test_action_keeps_its_uid_when_its_day_changes() -> None:
    changed = FILLED | {"doelen/1/wanneer": "13 maart 2027"}

    (event,) = Calendar.from_ical(rendered("ics", changed)).walk("VEVENT")

    assert (str(event["uid"]), event["dtstart"].dt) == ("plan-x1-doelen-1-0@kwartier", date(2027, 3, 13))


def test_file_of_later_that_day_counts_as_an_update() -> None:
    # RFC 5546, 2.1.5: with one UID the higher SEQUENCE is newer; of equal ones the later DTSTAMP.
    (first, *_) = Calendar.from_ical(rendered("ics", FILLED)).walk("VEVENT")
    (later, *_) = Calendar.from_ical(rendered("ics", FILLED, NOW + timedelta(minutes=1))).walk("VEVENT")

    assert (later["uid"], later["sequence"]) == (first["uid"], first["sequence"] + 1)
    assert later["dtstamp"].dt == NOW + timedelta(minutes=1)


def test_calendar_without_dates_is_empty_and_valid() -> None:
    assert Calendar.from_ical(rendered("ics", {})).walk("VEVENT") == []


def test_line_ends_in_a_text_are_no_lines_of_the_calendar() -> None:
    hostile = {"doelen/1/wat": "Inloop\nEND:VEVENT\nBEGIN:VALARM", "doelen/1/wanneer": "1-2-2027"}

    calendar = Calendar.from_ical(rendered("ics", hostile))  # type: ignore[arg-type]

    assert [each.name for each in calendar.walk()] == ["VCALENDAR", "VEVENT"]


def test_json_has_all_of_it() -> None:
    found = json.loads(rendered("json", FILLED))

    assert list(found) == ["title", "course", "place", "day", "sources", "sections", "actions", "leftovers"]
    assert found["sections"][0]["rows"] == [
        {
            "id": "",
            "answers": {
                "locatie": {"text": "Oost", "others": []},
                "thema": {"text": "Meedoen\nen <b>thuis</b>", "others": ["Iets anders"]},
            },
        }
    ]
    assert found["actions"][0] == {
        "id": "doelen-1",
        "what": "Een inloop",
        "who": "Team Oost",
        "when": "12 maart 2027 en 9 april 2027",
        "days": ["2027-03-12", "2027-04-09"],
    }
    assert found["leftovers"] == [{"field": "kop/vroeger", "text": "Oud antwoord", "others": []}]


@pytest.mark.parametrize("name", PLAN_FORMATS)
def test_text_of_any_length_and_sign_makes_a_file(name: str) -> None:
    assert rendered(name, {"kop/thema": "a\x00\ud800" + "lang" * 500, "doelen/1/wanneer": "1-1-2027 " * 200})


def test_each_field_of_the_json_is_documented() -> None:
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")

    found = fields(json.loads(rendered("json", FILLED)))

    assert [field for field in sorted(found) if f"`{field}`" not in text] == []
