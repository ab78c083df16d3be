"""The questions of an evaluation: a Markdown table, read and checked."""

import re
from dataclasses import dataclass

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems, shortened, unknown
from trainer.curriculum.render import inline
from trainer.kinds.material import rows

HEADER = ("id", "vraag", "soort", "antwoorden")
FORMS = ("schaal", "cijfer", "keuze", "meerkeuze", "open")
PRIVATE = "privé"
MARKS = tuple(str(mark) for mark in range(1, 11))
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_ALL_MARKS = re.compile(r"^1\s*(\.\.|-|–|t/m|tot)\s*10$")


@dataclass(frozen=True, slots=True)
class Question:
    """One row: `form` is one of FORMS, `options` the answers from low to high (empty for 'open').

    The totals of a `private` question go to the export only, never to the screen.
    """

    id: str
    text: Text
    form: str
    options: tuple[str, ...] = ()
    private: bool = False

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"vraag-{self.id}"


def read_questions(step: StepSource, problems: Problems) -> tuple[Question, ...]:
    """The questions in the table of `step`; bad rows are reported and left out."""
    table = list(rows(step.body, step.body_line))
    if not table:
        message = "'evaluatie' heeft een tabel met vragen nodig: | id | vraag | soort | antwoorden |"
        problems.add(step.path, step.line, message, "evaluatie.no-table")
        return ()
    line, header = table[0]
    if tuple(cell.lower() for cell in header) != HEADER:
        message = "de eerste rij van de tabel moet zijn: | id | vraag | soort | antwoorden |"
        problems.add(step.path, line, message, "evaluatie.bad-header")
        return ()
    found: dict[str, Question] = {}
    if not table[1:]:
        problems.add(step.path, line, "de tabel heeft geen vragen", "evaluatie.no-questions")
    for line, cells in table[1:]:
        question = _question(step, line, cells, problems)
        if question and question.id in found:
            problems.add(step.path, line, f"vraag '{question.id}' staat er twee keer", "evaluatie.double-id")
        elif question:
            found[question.id] = question
    return tuple(found.values())


def _question(step: StepSource, line: int, cells: list[str], problems: Problems) -> Question | None:
    if len(cells) == 3:
        cells = [*cells, ""]
    if len(cells) != 4:
        message = f"een rij heeft vier vakken (id, vraag, soort, antwoorden), niet {len(cells)}"
        problems.add(step.path, line, message, "evaluatie.bad-row")
        return None
    id_, text, sort, answers = cells
    form, _, rest = sort.partition(" ")
    if rest.strip() not in ("", PRIVATE):
        form = sort
    wrong = _wrong(id_, text, form)
    if not wrong:
        options, wrong = _options(form, answers)
        if not wrong:
            return Question(id_, inline(text), form, options, bool(rest))
    problems.add(step.path, line, *wrong)
    return None


def _wrong(id_: str, text: str, form: str) -> tuple[str, str] | None:
    if not _ID.match(id_) or len(id_) > 40:
        message = f"id '{shortened(id_)}' mag alleen a-z, 0-9 en '-' hebben, en hoogstens 40 tekens"
        return message, "evaluatie.bad-id"
    if not text:
        return f"vraag '{id_}' heeft geen tekst", "evaluatie.no-text"
    if form not in FORMS:
        return unknown("soort", form, FORMS), "evaluatie.unknown-form"
    return None


def _options(form: str, answers: str) -> tuple[tuple[str, ...], tuple[str, str] | None]:
    """The answers of a question, or what is wrong with them."""
    if form in ("open", "cijfer"):
        allowed = answers in ("", "-", "–") or (form == "cijfer" and _ALL_MARKS.match(answers))
        wrong = (f"'{form}' heeft geen eigen antwoorden; laat het vak leeg", "evaluatie.answers")
        return (MARKS if form == "cijfer" else ()), None if allowed else wrong
    options = tuple(option for part in answers.split(";") if (option := part.strip()))
    if not 2 <= len(options) <= 12:
        message = f"'{form}' heeft 2 tot 12 antwoorden nodig, gescheiden door ';', niet {len(options)}"
        return options, (message, "evaluatie.answers")
    if len(set(options)) < len(options):
        return options, ("een antwoord staat er twee keer", "evaluatie.answers")
    return options, None
