"""Reads the form of the plan van aanpak: one Markdown file, so that a place can change its questions.

Sections are headings with `##`, questions those with `###`. What people fill in hangs on their ids.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from trainer.curriculum.checks import HTML, Checker
from trainer.curriculum.files import Missing, Unfit, find_unfit, read_inside
from trainer.curriculum.front import read_front
from trainer.curriculum.ids import is_id
from trainer.curriculum.limits import MOST_BYTES
from trainer.curriculum.numbers import whole
from trainer.curriculum.problems import Problem, Problems, shortened, unknown
from trainer.curriculum.programme import PLAN, shown
from trainer.curriculum.scanner import Heading, Section, scan
from trainer.curriculum.source import read_lines

FILE = "plan.md"
KEYS = ("titel", "doel", "bronnen")
# What a question is for, where something is done with its answer.
GOAL, WHAT, WHO, WHEN = ROLES = ("doel", "wat", "wie", "wanneer")
TALLEST, MOST_ROWS_AT_FIRST = 12, 10
MOST_QUESTIONS, MOST_COLUMNS = 60, 5


@dataclass(frozen=True, slots=True)
class Question:
    """A question, or a column of a table. `lines` is the height of its field, `role` what its answer is for.

    `points_for` are the programmes, or 'programme/part', of which the trainers get the answer as points of
    attention.
    """

    id: str
    title: str
    hint: Markup
    lines: int
    role: str = ""
    points_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormSection:
    """Questions under one heading; with `rows` a table that begins with so many rows, and grows."""

    id: str
    title: str
    html: Markup
    questions: tuple[Question, ...]
    rows: int = 0

    def asking(self, role: str) -> Question | None:
        """The question with this role, if there is one."""
        return next((question for question in self.questions if question.role == role), None)


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form."""

    title: str
    goal: str
    html: Markup
    sources: tuple[str, ...]
    sections: tuple[FormSection, ...]

    def section(self, id_: str) -> FormSection | None:
        """The section with this id."""
        return next((section for section in self.sections if section.id == id_), None)


def load_form(content: Path, root: Path | None = None) -> tuple[Form | None, list[Problem]]:
    """The form in `content`, and what is wrong with it; an installation may have none.

    Paths in problems are relative to `root`, by default the current directory.
    """
    problems = Problems()
    content = content.resolve()
    form = None
    try:
        data = read_inside(content, (PLAN, FILE), MOST_BYTES)
        form = read_form(data, shown(content / PLAN / FILE, root), problems)
    except Missing:
        if (content / PLAN).is_dir():
            path = shown(content / PLAN / FILE, root)
            problems.add(path, 1, f"{FILE} is er niet", "plan.missing")
    except Unfit:
        # Told below, with all else that may not be there.
        form = None
    for where, unfit in find_unfit(content, PLAN):
        problems.add(shown(content.joinpath(*where), root), 1, unfit.why, unfit.code)
    return (None if problems else form), problems.sorted()


def read_form(data: bytes, path: str, problems: Problems) -> Form | None:
    """The form in `data`, or None when anything is wrong with it; `problems` then says what."""
    before = len(problems.found)
    lines = read_lines(data, path, problems)
    if lines is None:
        return None
    front, taken = read_front(lines, path, KEYS, problems)
    reader = _Reader(path, problems, Checker(path, problems, images=_no_image, highest_heading=4))
    intro, *sections = scan(lines[taken:], taken + 1, path, problems)
    form = Form(
        title=front.text("titel", required=True),
        goal=front.text("doel"),
        html=reader.text(intro),
        sources=tuple(text for _, text in front.texts("bronnen") if text),
        sections=tuple(reader.sections(sections, intro.body_line)),
    )
    return form if len(problems.found) == before else None


def _no_image(name: str) -> None:
    raise Missing


@dataclass(slots=True)
class _Reader:
    """Turns the sections of the file into questions."""

    path: str
    problems: Problems
    checker: Checker
    ids: dict[str, int] = field(default_factory=dict)

    def sections(self, found: Sequence[Section], line: int) -> Iterator[FormSection]:
        groups: list[list[Section]] = []
        for each in found:
            heading = _heading(each)
            if heading.level == 2 or not groups:
                if heading.level == 3:
                    message = "een ### is een vraag: zet er een kop met ## boven"
                    self._add(heading.line, message, "heading.level")
                groups.append([])
            groups[-1].append(each)
        if not groups:
            self._add(
                line, "er is geen enkele vraag: een kop als ## Achtergrond {#achtergrond}", "plan.empty"
            )
        if sum(len(group) - 1 for group in groups) > MOST_QUESTIONS:
            self._add(_heading(groups[-1][0]).line, f"meer dan {MOST_QUESTIONS} vragen", "plan.too-many")
        for first, *questions in groups:
            yield self._section(first, questions)

    def text(self, section: Section) -> Markup:
        for note in section.notes:
            self._add(note.line, "een trainersnotitie kan hier niet: dit leest iedereen", "plan.note")
        return self.checker.render(section.markdown, section.body_line)

    def _section(self, first: Section, below: Sequence[Section]) -> FormSection:
        heading = _heading(first)
        id_ = self._id(heading, self.ids)
        rows = self._number(heading, "rijen", MOST_ROWS_AT_FIRST, 0)
        self._check_known(heading, ("rijen",))
        if not below:
            self._add(heading.line, "dit deel heeft geen vraag: een kop met ###", "plan.empty-section")
        if rows and len(below) > MOST_COLUMNS:
            message = f"een tabel heeft hoogstens {MOST_COLUMNS} kolommen"
            self._add(_heading(below[MOST_COLUMNS]).line, message, "plan.too-many")
        html, inner = self.text(first), dict[str, int]()
        questions = tuple(self._question(each, inner) for each in below)
        self._check_roles(below)
        return FormSection(id_, heading.title, html, questions, rows)

    def _question(self, section: Section, ids: dict[str, int]) -> Question:
        heading = _heading(section)
        id_ = self._id(heading, ids)
        self._check_known(heading, ("regels", "rol", "aandachtspunten"))
        role = heading.attributes.get("rol", "")
        if role and role not in ROLES:
            self._add(heading.line, unknown("rol", role, ROLES), "plan.role")
        points = tuple(heading.attributes.get("aandachtspunten", "").split())
        for programme in points:
            if not all(map(is_id, programme.split("/"))) or programme.count("/") > 1:
                message = f"'{shortened(programme)}' kan geen programma of programma/deel zijn"
                self._add(heading.line, message, "plan.points")
        lines = self._number(heading, "regels", TALLEST, 2)
        return Question(id_, heading.title, self.text(section), lines, role, points)

    def _check_roles(self, below: Sequence[Section]) -> None:
        found: set[str] = set()
        for heading in map(_heading, below):
            role = heading.attributes.get("rol", "")
            if role in found:
                self._add(
                    heading.line, f"rol '{shortened(role)}' staat er in dit deel twee keer", "plan.role"
                )
            if role:
                found.add(role)

    def _number(self, heading: Heading, name: str, most: int, without: int) -> int:
        text = heading.attributes.get(name)
        if text is None:
            return without
        try:
            return whole(text, 1, most)
        except ValueError as wrong:
            self._add(heading.line, f"'{name}' {wrong}", "plan.number")
            return without

    def _check_known(self, heading: Heading, known: Sequence[str]) -> None:
        for name in heading.attributes:
            if name not in known:
                self._add(heading.line, unknown("instelling", name, ("id", *known)), "plan.unknown-setting")
        if HTML.search(heading.title):
            self._add(heading.line, "gebruik geen HTML; schrijf het in Markdown", "text.html")

    def _id(self, heading: Heading, ids: dict[str, int]) -> str:
        id_ = heading.id
        if id_ is None:
            self._add(heading.line, "de kop heeft geen id; zet erachter iets als {#team}", "heading.no-id")
            return ""
        if not is_id(id_):
            message = f"'{shortened(id_)}' kan geen id zijn; gebruik kleine letters, cijfers en '-'"
            self._add(heading.line, message, "heading.bad-id")
        elif id_ in ids:
            self._add(heading.line, f"id '{id_}' staat ook al op regel {ids[id_]}", "heading.double-id")
        ids.setdefault(id_, heading.line)
        return id_

    def _add(self, line: int, message: str, code: str) -> None:
        self.problems.add(self.path, line, message, code)


def _heading(section: Section) -> Heading:
    assert section.heading is not None, "only the first section has no heading"
    return section.heading
