"""An evaluation, and other tables, as CSV that opens correctly in Dutch spreadsheets with a double click."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from trainer.exports.evaluation import Evaluation
from trainer.exports.safety import cell

HEADER = ("bijeenkomst", "vraag", "soort", "antwoord", "aantal")


def render(evaluation: Evaluation) -> bytes:
    """The evaluation, a row for each number or text."""
    return table(HEADER, _rows(evaluation))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, `;` between the fields, CRLF between the rows, one header row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([cell(field) for field in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _rows(evaluation: Evaluation) -> Iterator[tuple[str, str, str, str, str]]:
    for question in evaluation.questions:
        where = ", ".join(question.sittings)
        yield where, question.question, "totaal", "", str(question.answered)
        for row in question.rows:
            yield where, question.question, "antwoord", row.option, str(row.figure)
        if question.mean:
            yield where, question.question, "gemiddelde", "", str(question.mean)
    for entry in evaluation.open_questions:
        where = ", ".join(entry.sittings)
        for text in entry.texts:
            yield where, entry.question, "open", text, ""
        if not entry.texts:
            yield where, entry.question, "open", "", entry.missing
