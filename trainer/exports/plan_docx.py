"""A plan as a document that people edit on: A4, headings, tables, and nothing that only one program knows."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from trainer.exports.plan import PlanDocument
from trainer.exports.safety import clean
from trainer.plans.answers import Answer
from trainer.plans.dates import MONTHS
from trainer.plans.sheet import Action, Field, Part, actions

FONT = "Calibri"
INK, SOFT, GREEN = RGBColor(0x20, 0x30, 0x2C), RGBColor(0x4F, 0x5F, 0x59), RGBColor(0x0B, 0x5F, 0x53)
SHADE, LINE = "E3EFE9", "9AA8A2"
WIDTH, HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
TEXT_WIDTH = WIDTH - 2 * MARGIN
UNFILLED = "…"


def render(plan: PlanDocument) -> bytes:
    """The bytes of a .docx file."""
    writer = _Writer(plan)
    writer.head()
    for part in plan.sheet.parts:
        writer.part(part)
    writer.actions(actions(plan.sheet))
    writer.leftovers(plan.sheet.leftovers)
    writer.sources()
    buffer = io.BytesIO()
    writer.document.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Writes one document."""

    def __init__(self, plan: PlanDocument) -> None:
        self.plan = plan
        self.document: Any = Document()
        self._page()
        self._styles()
        self._properties()

    def head(self) -> None:
        """Title, course, place and day."""
        self.document.add_paragraph(clean(self.plan.sheet.form.title), style="Title")
        where = ", ".join(clean(text) for text in (self.plan.course, self.plan.place) if text)
        day = self.plan.day
        self._soft(f"{where}. Zoals het was op {day.day} {MONTHS[day.month - 1]} {day.year}.")

    def part(self, part: Part) -> None:
        """A section: questions with their answers, or a table."""
        self.document.add_heading(clean(part.section.title), level=1)
        if part.section.rows:
            self._table(part)
            return
        for row in part.rows:
            for each in row.fields:
                self.document.add_heading(clean(each.question.title), level=2)
                self._answer(each.answer)

    def actions(self, found: Sequence[Action]) -> None:
        """What is to be done, by day."""
        if not found:
            return
        self.document.add_heading("Actielijst", level=1)
        rows = [(action.when, action.what, action.who) for action in found]
        self._grid(("Wanneer", "Wat", "Wie"), rows, (4, 8, 5))

    def leftovers(self, found: Sequence[tuple[str, Answer]]) -> None:
        """Answers to questions that the form no longer has."""
        if not found:
            return
        self.document.add_heading("Antwoorden op vragen van eerder", level=1)
        for _, answer in found:
            self._answer(answer)

    def sources(self) -> None:
        """What the form was made from."""
        for source in self.plan.sheet.form.sources:
            self._soft(f"Bron van de vragen: {clean(source)}")

    def _table(self, part: Part) -> None:
        rows = [[_all(each) for each in row.fields] for row in part.rows]
        wide = [3 if each.role in ("doel", "wat") else 2 for each in part.section.questions]
        self._grid([clean(each.title) for each in part.section.questions], rows, wide)

    def _grid(self, heads: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[int]) -> None:
        table = self.document.add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        _borders(table)
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
            _shade(cell)
        _repeat(table.rows[0])
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                _write(cell.paragraphs[0], text)
        for row in table.rows[1:]:
            # Room to write by hand where nothing stands yet.
            row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Cm(1.2)
        for row in table.rows:
            _keep_whole(row)
            for cell, share in zip(row.cells, wide, strict=True):
                cell.width = int(TEXT_WIDTH * share / sum(wide))
        for column, share in zip(table.columns, wide, strict=True):
            column.width = int(TEXT_WIDTH * share / sum(wide))
        for paragraph in (one for row in table.rows for cell in row.cells for one in cell.paragraphs):
            paragraph.style = self.document.styles["Cel"]
        # Word needs something behind a table.
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _answer(self, answer: Answer) -> None:
        _write(self.document.add_paragraph(), answer.text or UNFILLED)
        for other in answer.others:
            self._soft("Iemand anders schreef:")
            _write(self.document.add_paragraph(), other or UNFILLED)

    def _soft(self, text: str) -> None:
        run = self.document.add_paragraph().add_run(text)
        run.font.color.rgb, run.font.size = SOFT, Pt(9)

    def _page(self) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = WIDTH, HEIGHT
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN
        foot = section.footer.paragraphs[0]
        foot.add_run(f"{clean(self.plan.sheet.form.title)}, {clean(self.plan.course)}, pagina ")
        _number_pages(foot)

    def _styles(self) -> None:
        styles = self.document.styles
        sizes = (("Normal", 11, INK, 6), ("Title", 24, GREEN, 2), ("Heading 1", 15, GREEN, 4))
        for name, size, colour, after in (*sizes, ("Heading 2", 11, INK, 0), ("Footer", 9, SOFT, 0)):
            style = styles[name]
            style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for which in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(which), None)
            for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(which), FONT)
            style.paragraph_format.space_after = Pt(after)
        styles["Title"].font.bold = styles["Heading 1"].font.bold = styles["Heading 2"].font.bold = True
        styles["Heading 1"].paragraph_format.space_before = Pt(18)
        styles["Heading 2"].paragraph_format.space_before = Pt(8)
        border = styles["Title"].element.pPr.find(qn("w:pBdr"))
        if border is not None:
            styles["Title"].element.pPr.remove(border)
        small = styles.add_style("Cel", 1)
        small.base_style = styles["Normal"]
        small.font.size, small.paragraph_format.space_after = Pt(10), Pt(2)
        small.paragraph_format.space_before = Pt(2)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "nl-NL")
        properties = styles["Normal"].element.get_or_add_rPr()
        properties.append(language)

    def _properties(self) -> None:
        about = self.document.core_properties
        about.title, about.author = clean(f"{self.plan.sheet.form.title}: {self.plan.course}"), "Kwartier"
        about.comments, about.last_modified_by, about.language = "", "", "nl-NL"
        # The day, and no time.
        moment = datetime(self.plan.day.year, self.plan.day.month, self.plan.day.day, tzinfo=UTC)
        about.created = about.modified = moment.replace(tzinfo=None)


def _all(each: Field) -> str:
    others = "".join(f"\n[Iemand anders schreef: {other}]" for other in each.answer.others)
    return each.answer.text + others


def _write(paragraph: Any, text: str) -> None:
    """Puts a text of several lines into one paragraph."""
    run = paragraph.add_run()
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            run.add_break()
        run.add_text(line)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", SHADE)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _borders(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", LINE)):
            border.set(qn(name), value)
        borders.append(border)
    # Word refuses a document in which these stand in another order.
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _number_pages(paragraph: Any) -> None:
    """Which page it is, as a field: only the program that shows the document knows."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _repeat(row: Any) -> None:
    """The first row stands again on the next page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    """A row is not cut at the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
