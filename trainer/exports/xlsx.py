"""An evaluation as a workbook: a sheet of totals and a sheet of open answers, both ready to print."""

import io
from typing import Any

import xlsxwriter

from trainer.exports.evaluation import Evaluation, Figure, Question
from trainer.exports.safety import cell

TOTALS = "Totalen"
OPEN = "Open antwoorden"
# Never interpret text that participants wrote as a formula, a link or a number.
OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def render(evaluation: Evaluation) -> bytes:
    """The bytes of an .xlsx file. Counts are numeric cells; a count that may not be known is text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": cell(evaluation.title), "author": "Kwartier"})
        sheets = _Sheets(book)
        sheets.totals(evaluation)
        sheets.open_answers(evaluation)
    return buffer.getvalue()


class _Sheets:
    """Writes the sheets of one workbook, with the formats they share."""

    def __init__(self, book: Any) -> None:
        self.book = book
        plain = {"text_wrap": True, "valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.text = book.add_format(plain)
        self.bold = book.add_format(plain | {"bold": True, "top": 1})
        self.head = book.add_format(plain | {"bold": True, "bottom": 2})
        self.count = book.add_format({"valign": "top", "align": "right", "num_format": "0"})
        self.total = book.add_format(
            {"valign": "top", "align": "right", "num_format": "0", "bold": True, "top": 1}
        )
        self.share = book.add_format({"valign": "top", "align": "right", "num_format": "0%"})

    def totals(self, evaluation: Evaluation) -> None:
        sheet = self._sheet(
            TOTALS, evaluation, (("Vraag", 48), ("Antwoord", 30), ("Aantal", 24), ("Deel", 9))
        )
        line = self._start
        for question in evaluation.questions:
            sheet.write_string(line, 0, cell(_title(question)), self.bold)
            sheet.write_string(line, 1, "Aantal dat antwoord gaf", self.bold)
            self._figure(sheet, line, 2, question.answered, self.total)
            sheet.write_blank(line, 3, None, self.total)
            for row in question.rows:
                line += 1
                sheet.write_string(line, 1, cell(row.option), self.text)
                self._figure(sheet, line, 2, row.figure, self.count)
                share = question.share(row)
                if share is not None:
                    sheet.write_number(line, 3, share / 100, self.share)
            if question.mean:
                line += 1
                sheet.write_string(line, 1, "Gemiddeld", self.text)
                sheet.write_string(line, 2, str(question.mean), self.count)
            line += 1
        if not evaluation.questions:
            sheet.write_string(line, 0, "Er zijn geen vragen met vaste antwoorden.", self.text)

    def open_answers(self, evaluation: Evaluation) -> None:
        sheet = self._sheet(OPEN, evaluation, (("Vraag", 40), ("Antwoord", 80)))
        line = self._start
        for entry in evaluation.open_questions:
            for text in entry.texts or (entry.missing,):
                sheet.write_string(line, 0, cell(entry.question), self.text)
                sheet.write_string(line, 1, cell(text), self.text)
                line += 1
        if not evaluation.open_questions:
            sheet.write_string(line, 0, "Er zijn geen open vragen.", self.text)

    def _sheet(self, name: str, evaluation: Evaluation, columns: tuple[tuple[str, int], ...]) -> Any:
        """Adds a sheet with a title, the meetings it covers and the column headings."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, cell(evaluation.title), self.title)
        line = 1
        if evaluation.place:
            sheet.write_string(line, 0, cell(evaluation.place))
            line += 1
        for sitting in evaluation.sittings:
            sheet.write_string(line, 0, cell(f"{sitting.title}, {sitting.day:%d-%m-%Y}"))
            line += 1
        line += 1
        for column, (label, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(line, column, label, self.head)
        self._start = line + 1
        sheet.freeze_panes(self._start, 0)
        sheet.repeat_rows(line)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RBlad &P van &N")
        return sheet

    def _figure(self, sheet: Any, line: int, column: int, figure: Figure, style: Any) -> None:
        if figure.exact:
            sheet.write_number(line, column, figure.least, style)
        else:
            sheet.write_string(line, column, str(figure), style)


def _title(question: Question) -> str:
    return f"{question.question} ({', '.join(question.sittings)})" if question.sittings else question.question
