"""A Word document that people go on with: A4, headings, tables, and nothing that only one program knows."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from trainer.exports.safety import clean

FONT, BULLET = "Calibri", "List Bullet"
INK, SOFT, GREEN = RGBColor(0x20, 0x30, 0x2C), RGBColor(0x4F, 0x5F, 0x59), RGBColor(0x0B, 0x5F, 0x53)
SHADE, LINE = "E3EFE9", "9AA8A2"
WIDTH, HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
TEXT_WIDTH = WIDTH - 2 * MARGIN
# A table of no more rows stands on one page, with what is said above it.
TOGETHER = 12


class WordDocument:
    """A document that is written from top to bottom. It holds the day and no time, and nobody's name.

    `foot` stands below each page, before its number.
    """

    def __init__(self, title: str, foot: str, day: date) -> None:
        self.document: Any = Document()
        self._page(foot)
        self._styles()
        self._properties(title, day)

    def save(self) -> bytes:
        """The bytes of a .docx file."""
        buffer = io.BytesIO()
        _keep_ends(self.document.paragraphs)
        self.document.save(buffer)
        return buffer.getvalue()

    def title(self, text: str) -> None:
        """The title above everything."""
        self.document.add_paragraph(clean(text), style="Title")

    def heading(self, text: str, level: int) -> None:
        """A heading; the highest level is 1."""
        self.document.add_heading(clean(text), level=level)

    def text(self, text: str) -> None:
        """A paragraph of one or more lines."""
        _write(self.document.add_paragraph(), text)

    def item(self, text: str, lead: str = "") -> None:
        """An item of a list, which may begin in bold."""
        paragraph = self.document.add_paragraph(style=BULLET)
        if lead:
            paragraph.add_run(f"{clean(lead)} ").bold = True
        _write(paragraph, text)

    def soft(self, text: str) -> None:
        """A small paragraph beside the matter."""
        run = self.document.add_paragraph().add_run(clean(text))
        run.font.color.rgb, run.font.size = SOFT, Pt(9)

    def grid(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[int], *, room: bool = False
    ) -> None:
        """A table; `wide` are the shares of its columns. With `room` there is space to write by hand."""
        said = self.document.paragraphs[-1]
        table = self.document.add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        _borders(table)
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(clean(text)).bold = True
            _shade(cell)
        _repeat(table.rows[0])
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                _write(cell.paragraphs[0], text)
        for row in table.rows[1:] if room else ():
            row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Cm(1.2)
        for row in table.rows:
            _keep_whole(row)
            for cell, share in zip(row.cells, wide, strict=True):
                cell.width = int(TEXT_WIDTH * share / sum(wide))
        for column, share in zip(table.columns, wide, strict=True):
            column.width = int(TEXT_WIDTH * share / sum(wide))
        for paragraph in (one for row in table.rows for cell in row.cells for one in cell.paragraphs):
            paragraph.style = self.document.styles["Cel"]
        if len(table.rows) <= TOGETHER:
            kept = (one for row in table.rows[:-1] for cell in row.cells for one in cell.paragraphs)
            for paragraph in (said, *kept):
                paragraph.paragraph_format.keep_with_next = True
        # Word needs something behind a table.
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def new_page(self) -> None:
        """What follows begins on a new page."""
        self.document.add_page_break()

    def _page(self, foot: str) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = WIDTH, HEIGHT
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN
        paragraph = section.footer.paragraphs[0]
        paragraph.add_run(f"{clean(foot)}, pagina ")
        _number_pages(paragraph)

    def _styles(self) -> None:
        styles = self.document.styles
        sizes = (("Normal", 11, INK, 6), ("Title", 24, GREEN, 2), ("Heading 1", 15, GREEN, 4))
        more = (("Heading 2", 11, INK, 0), ("Heading 3", 11, SOFT, 0), ("Heading 4", 10, SOFT, 0))
        for name, size, colour, after in (*sizes, *more, ("Footer", 9, SOFT, 0)):
            style = styles[name]
            style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for which in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(which), None)
            for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(which), FONT)
            style.paragraph_format.space_after = Pt(after)
        for name, before in (
            ("Title", 0),
            ("Heading 1", 18),
            ("Heading 2", 8),
            ("Heading 3", 6),
            ("Heading 4", 4),
        ):
            styles[name].font.bold, styles[name].font.italic = True, False
            styles[name].paragraph_format.space_before = Pt(before)
        border = styles["Title"].element.pPr.find(qn("w:pBdr"))
        if border is not None:
            styles["Title"].element.pPr.remove(border)
        styles[BULLET].paragraph_format.space_after = Pt(2)
        small = styles.add_style("Cel", 1)
        small.base_style = styles["Normal"]
        small.font.size, small.paragraph_format.space_after = Pt(10), Pt(2)
        small.paragraph_format.space_before = Pt(2)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "nl-NL")
        properties = styles["Normal"].element.get_or_add_rPr()
        properties.append(language)

    def _properties(self, title: str, day: date) -> None:
        about = self.document.core_properties
        about.title, about.author = clean(title), "Kwartier"
        about.comments, about.last_modified_by, about.language = "", "", "nl-NL"
        # The day, and no time.
        about.created = about.modified = datetime(day.year, day.month, day.day)


def _write(paragraph: Any, text: str) -> None:
    """Puts a text of several lines into one paragraph."""
    run = paragraph.add_run()
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            run.add_break()
        run.add_text(line)


def _keep_ends(paragraphs: Sequence[Any]) -> None:
    """What introduces a list, its first item and its last but one stand on the page of what follows them."""
    listed = [False, *(paragraph.style.name == BULLET for paragraph in paragraphs), False, False]
    for before, paragraph, following, last in zip(listed, paragraphs, listed[2:], listed[3:], strict=False):
        if following and not (before and last):
            paragraph.paragraph_format.keep_with_next = True


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
