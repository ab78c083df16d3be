"""A comparison as CSV, XLSX and JSON; docs/exports.md says what each column is."""

import csv as csv_
import io
import json as json_
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import xlsxwriter

from trainer.exports.comparison import Comparison, Group
from trainer.exports.evaluation import Mean, Row
from trainer.exports.json import figure
from trainer.exports.safety import cell, clean
from trainer.exports.xlsx import OPTIONS

HEADER = ("vraag", "groep", "soort", "antwoord", "aantal", "deel", "bijeenkomsten", "verborgen")
WIDTHS = (48, 34, 12, 28, 22, 14, 14, 11)
SHEET = "Vergelijking"
Cell = str | int


def share_of(group: Group, row: Row) -> str:
    """The share as people read it: '40%', 'minstens 40%', or nothing when it is not known."""
    share = group.share(row)
    if share is None:
        return ""
    return f"{share}%" if row.figure.exact else f"minstens {share}%"


def rows(comparison: Comparison) -> Iterator[tuple[Cell, ...]]:
    """The rows below `HEADER`; a number that may be known is a number, anything else is text."""
    for asked in comparison.questions:
        for group in asked.groups:
            shown = group.asked - group.silent
            answered, where = group.question.answered, (asked.question, group.label)
            yield *where, "totaal", "", _cell(answered.number, answered), "", shown, group.silent
            for row, hidden in zip(group.question.rows, group.hidden, strict=True):
                number, share = _cell(row.figure.number, row.figure), share_of(group, row)
                yield (
                    *where, "antwoord", row.option, number, share, shown - hidden, group.silent + hidden,
                )  # fmt: skip
            if group.mean:
                yield *where, "gemiddelde", "", str(group.mean), "", shown, group.silent


def _cell(number: int | None, figure: object) -> Cell:
    return str(figure) if number is None else number


def csv(comparison: Comparison) -> bytes:
    """As `trainer/exports/csv.py`: for Dutch spreadsheet programs, one header row."""
    text = io.StringIO(newline="")
    writer = csv_.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv_.QUOTE_ALL)
    writer.writerow(HEADER)
    writer.writerows([cell(str(field)) for field in row] for row in rows(comparison))
    return text.getvalue().encode("utf-8-sig")


def xlsx(comparison: Comparison) -> bytes:
    """A workbook of one sheet, ready to print, with a filter on each column."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": SHEET, "author": "Kwartier"})
        sheet = book.add_worksheet(SHEET)
        head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        number = book.add_format({"valign": "top", "align": "right", "num_format": "0"})
        for column, (name, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        last = 0
        for last, row in enumerate(rows(comparison), start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(last, column, value, number)
                else:
                    sheet.write_string(last, column, cell(value), text)
        sheet.autofilter(0, 0, last, len(HEADER) - 1)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RBlad &P van &N")
    return buffer.getvalue()


def json(comparison: Comparison) -> bytes:
    """UTF-8, indented, ending in a newline. A number that may not be known is null."""
    chosen = comparison.selection
    document = {
        "programme": chosen.programme,
        "per": chosen.per.value,
        "of_form": chosen.of_form,
        "since": chosen.since and chosen.since.isoformat(),
        "until": chosen.until and chosen.until.isoformat(),
        "meetings": comparison.meetings,
        "courses": [clean(name) for name in comparison.courses],
        "questions": [
            {
                "id": asked.id,
                "question": clean(asked.question),
                "groups": [_group(group) for group in asked.groups],
                "over_time": [
                    {
                        "course": clean(point.course),
                        "part": clean(point.part),
                        "day": point.day.isoformat(),
                        "mean": _mean(point.mean),
                    }
                    for point in asked.points
                ],
            }
            for asked in comparison.questions
        ],
    }
    return (json_.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _group(group: Group) -> dict[str, Any]:
    return {
        "group": clean(group.label),
        "meetings": group.asked - group.silent,
        "hidden_meetings": group.silent,
        "answered": figure(group.question.answered),
        "options": [
            {
                "option": clean(row.option),
                "count": figure(row.figure),
                "percentage_at_least": group.share(row),
                "hidden_meetings": group.silent + hidden,
            }
            for row, hidden in zip(group.question.rows, group.hidden, strict=True)
        ],
        "mean": _mean(group.mean),
    }


def _mean(mean: Mean | None) -> dict[str, float] | None:
    return {"at_least": mean.low, "at_most": mean.high} if mean else None


RENDERERS: Mapping[str, Callable[[Comparison], bytes]] = MappingProxyType(
    {"xlsx": xlsx, "csv": csv, "json": json}
)
