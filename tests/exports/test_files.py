"""Files are read back, with texts that participants should not have written."""

import csv
import io
import json
from datetime import date

import openpyxl
import pytest

from tests.exports.made import fields
from tests.support.sources import ROOT
from trainer.exports.evaluation import DELETED, TOO_FEW, Evaluation, MeetingReport, evaluate_meeting
from trainer.exports.formats import FORMATS
from trainer.exports.safety import cell, clean
from trainer.kinds.contract import Picture, Tally, Totals
from trainer.kinds.disclosure import Kept, protected
from trainer.operating.export import write

COMMANDS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example","klik")',
    '=IMPORTXML("http://x.example")', "\t=1+1", "\r=1+1", "\n=1+1", "\r\n=1+1", " =1+1", "   @x",
    "\xa0=1+1", "\u3000=1+1", "\u200b=1+1", "\ufeff=1+1", "\u202e=1+1", "\u2060-1", "'=1+1", '"=1+1',
    "“=1+1", "‘+1", "«@x", "' =1+1", '" \t=1+1', "=1+1", "+1", "-1", "@x", "﹢1", "﹣1", "﹦1", "﹫x", "⁺1",
    "₋1", "⁼1", "−1", "|calc", "%0A=1", "\x00=1+1", "\x0b=1+1", "\x1b=1+1", "\x85=1+1", "\u2028=1+1",
    "\u0301=1+1", "`=1",
)  # fmt: skip
ODD = (
    "een; twee; drie", 'zij zei "nee"', "regel\nregel", "regel\r\nregel", "eerst;=1+1", "a\x00b\x08c\x0b",
    "\ud800los", "\ufffe\uffff", "_x0041_", "👩\u200d👩\u200d👧\u200d👦 samen", "é" * 300, "x" * 40_000, "",
    " ", "0031612345678", "1e5", "2026-01-01", "TRUE", "http://x.example", "<b>vet</b>", "]]>&amp;",
    "\u202eomgekeerd",
)  # fmt: skip
NASTY = COMMANDS + ODD


def evaluation(*texts: str) -> Evaluation:
    asked = Totals("oordeel", "=Wat vond je?", "oordeel", ("slecht", "+goed", "zeer goed"))
    kept = (
        protected(asked, Picture(Tally((1, 2, 9), 12))),
        Kept("beter", "@Wat kan beter?", texts=texts),
    )
    return evaluate_meeting(MeetingReport("Dagdeel 1", date(2026, 3, 2), kept), "Gouda")


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_there_are_at_least_fifty_nasty_texts() -> None:
    assert len(set(NASTY)) >= 50


@pytest.mark.parametrize("text", COMMANDS)
def test_cell_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text)[0] == "'"


@pytest.mark.parametrize("text", NASTY)
def test_cell_can_be_made_safe_twice_without_change_of_danger(text: str) -> None:
    assert cell(text)[:1] not in tuple("=+-@\t\r\n")


@pytest.mark.parametrize("text", ("goed", "ik vond 1 + 1 = 2 leuk", "😀", "een-twee", "info@x.example"))
def test_cell_leaves_an_ordinary_text_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_clean_keeps_emoji_and_line_ends() -> None:
    assert clean("👩‍👩‍👧‍👦\r\nja\tnee\x00\u202e") == "👩‍👩‍👧‍👦\nja\tnee"


def test_csv_is_utf8_with_mark_semicolons_and_crlf() -> None:
    content = FORMATS["csv"].render(evaluation())

    assert content.startswith(b'\xef\xbb\xbf"bijeenkomst";"vraag";"soort";"antwoord";"aantal"\r\n')
    assert content.endswith(b"\r\n")


def test_csv_read_back_holds_totals_and_every_text() -> None:
    rows = read_csv(FORMATS["csv"].render(evaluation(*NASTY)))

    assert rows[1] == ["Dagdeel 1", "'=Wat vond je?", "totaal", "", "12"]
    assert [(row[3], row[4]) for row in rows[2:5]] == [
        ("slecht", TOO_FEW), ("'+goed", TOO_FEW), ("zeer goed", "9"),
    ]  # fmt: skip
    assert sorted(row[3] for row in rows[5:]) == sorted(cell(text) for text in NASTY)


def test_xlsx_read_back_holds_real_numbers_and_every_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render(evaluation(*NASTY))))

    totals = [[entry.value for entry in row] for row in book["Totalen"].iter_rows(min_row=5)]
    texts = [row[1].value for row in book["Open antwoorden"].iter_rows(min_row=6)]
    assert totals[1:] == [
        ["'=Wat vond je? (Dagdeel 1)", "Aantal dat antwoord gaf", 12, None],
        [None, "slecht", TOO_FEW, None],
        [None, "'+goed", TOO_FEW, None],
        [None, "zeer goed", 9, 0.75],
    ]
    assert sorted(text or "" for text in texts) == sorted(cell(text) for text in NASTY)


def test_xlsx_holds_no_formula_and_no_link() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render(evaluation(*NASTY))))

    cells = [entry for sheet in book for row in sheet.iter_rows() for entry in row]
    assert {entry.data_type for entry in cells} - {"s", "n"} == set()
    assert [entry for entry in cells if entry.hyperlink] == []


def test_xlsx_prints_on_one_page_wide() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render(evaluation())))["Totalen"]

    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$5:$5")


def test_json_read_back_has_null_for_what_may_not_be_known() -> None:
    document = json.loads(FORMATS["json"].render(evaluation(*NASTY)))

    assert document["questions"][0]["options"] == [
        {"option": "slecht", "count": {"number": None, "at_least": 0, "text": TOO_FEW}},
        {"option": "+goed", "count": {"number": None, "at_least": 0, "text": TOO_FEW}},
        {"option": "zeer goed", "count": {"number": 9, "at_least": 9, "text": "9"}},
    ]
    assert sorted(document["open_questions"][0]["texts"]) == sorted(clean(text) for text in NASTY)


def test_every_file_has_the_mean_of_a_mark() -> None:
    options = tuple(str(number) for number in range(1, 11))
    counts = (0, 0, 0, 0, 0, 3, 9, 10, 3, 0)
    asked = Totals("cijfer", "Welk cijfer?", "cijfer", options)
    kept = protected(asked, Picture(Tally(counts, 25)))
    found = evaluate_meeting(MeetingReport("Dagdeel 1", date(2026, 3, 2), (), (kept,)))

    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render(found)))
    last = [entry.value for entry in list(book["Totalen"].rows)[-1]]
    words = "tussen 5,9 en 8,2"
    assert last == [None, "Gemiddeld", words, None]
    assert read_csv(FORMATS["csv"].render(found))[-1] == [
        "Dagdeel 1",
        "Welk cijfer?",
        "gemiddelde",
        "",
        words,
    ]
    question = json.loads(FORMATS["json"].render(found))["questions"][0]
    assert question["mean"] == {"at_least": 5.96, "at_most": 8.12}


@pytest.mark.parametrize("missing", [TOO_FEW, DELETED])
def test_csv_says_why_texts_are_not_there(missing: str) -> None:
    gone = Kept("beter", "Wat kan beter?", few=missing == TOO_FEW)
    found = evaluate_meeting(MeetingReport("Dagdeel 1", date(2026, 3, 2), (gone,)))

    assert read_csv(FORMATS["csv"].render(found))[1:] == [
        ["Dagdeel 1", "Wat kan beter?", "open", "", missing]
    ]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_empty_evaluation_can_be_written(name: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    empty = evaluate_meeting(MeetingReport("Dagdeel 1", date(2026, 3, 2), ()))

    write(empty, name, tmp_path / "uit")

    assert (tmp_path / "uit").stat().st_size > 0


def test_each_field_of_the_json_is_documented() -> None:
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")

    found = fields(json.loads(FORMATS["json"].render(evaluation(*NASTY))))

    assert [field for field in sorted(found) if f"`{field}`" not in text] == []
