"""The files of a comparison say the same as the page; docs/exports.md has each of their columns."""

import csv
import io
import json

import openpyxl
import pytest

from tests.exports.held import answers, marks, meeting
from tests.exports.made import fields
from tests.support.sources import ROOT
from trainer.exports import csv as evaluation_csv
from trainer.exports.comparison import Comparison, Selection, compare
from trainer.exports.comparison_files import HEADER, RENDERERS

QUESTION = "=Wat vond je?"
ROWS = [
    [QUESTION, "Traject 1, Gouda", "totaal", "", "32", "", "2", "1"],
    [QUESTION, "Traject 1, Gouda", "antwoord", "slecht", "minstens 5", "minstens 15%", "1", "2"],
    [QUESTION, "Traject 1, Gouda", "antwoord", "gaat wel", "minstens 6", "minstens 18%", "1", "2"],
    [QUESTION, "Traject 1, Gouda", "antwoord", "goed", "18", "56%", "2", "1"],
]


@pytest.fixture
def comparison() -> Comparison:
    """Three meetings of a course: one shows all, one hides two counts, one shows nothing."""
    tables = enumerate(((5, 6, 9), (2, 1, 9), (1, 1, 1)), start=1)
    held = [meeting(answers(*table, question=QUESTION), part=part) for part, table in tables]
    return compare(held, Selection("klein"))


def test_csv_has_a_row_for_each_number(comparison: Comparison) -> None:
    text = RENDERERS["csv"](comparison).decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))

    assert rows == [list(HEADER), *([f"'{row[0]}", *row[1:]] for row in ROWS)]


def test_workbook_has_the_same_with_numbers_as_numbers(comparison: Comparison) -> None:
    book = openpyxl.load_workbook(io.BytesIO(RENDERERS["xlsx"](comparison)))

    (sheet,) = book
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert rows[0] == list(HEADER)
    assert [["" if value is None else str(value) for value in row] for row in rows[1:]] == [
        [f"'{row[0]}", *row[1:]] for row in ROWS
    ]
    assert [row[4] for row in rows[1:]] == [32, "minstens 5", "minstens 6", 18]


def test_json_has_null_for_what_may_not_be_known(comparison: Comparison) -> None:
    document = json.loads(RENDERERS["json"](comparison))

    (group,) = document["questions"][0]["groups"]
    assert (document["meetings"], group["meetings"], group["hidden_meetings"]) == (3, 2, 1)
    assert [option["count"]["number"] for option in group["options"]] == [None, None, 18]
    assert [option["hidden_meetings"] for option in group["options"]] == [2, 2, 1]


def test_means_are_in_each_file() -> None:
    found = compare([meeting(marks(0, 0, 0, 0, 0, 0, 10, 10))], Selection("klein"))

    assert b'"gemiddelde";"";"7,5";"";"1";"0"' in RENDERERS["csv"](found)
    assert json.loads(RENDERERS["json"](found))["questions"][0]["groups"][0]["mean"] == {
        "at_least": 7.5,
        "at_most": 7.5,
    }


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_empty_comparison_can_be_written(name: str) -> None:
    assert RENDERERS[name](compare([], Selection("klein")))


def test_each_column_is_documented() -> None:
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")

    columns = {*HEADER, *evaluation_csv.HEADER}

    assert [column for column in sorted(columns) if f"| `{column}` |" not in text] == []


def test_each_field_of_the_json_is_documented(comparison: Comparison) -> None:
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")

    found = fields(json.loads(RENDERERS["json"](comparison)))

    assert [field for field in sorted(found) if f"`{field}`" not in text] == []
