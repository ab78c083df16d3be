"""What is on a sheet: stages with fields, read from Markdown.

    #### De droom

    Stel: morgen is je leven zoals jij het wilt.

    - **Waaraan merk je dat?** Denk aan iets kleins. {#merk}
    - [ ] Ik vertel het aan iemand {#vertellen}
    - [tekening] Teken je droom {#beeld}

A field is a bullet with an id; bold at its beginning is its question, and the rest a hint.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from trainer.curriculum.ids import is_id
from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.curriculum.render import inline
from trainer.kinds.material import NOTHING, Section, before_bullets, bullets, plain, prose, sections
from trainer.kinds.wall import prose_height

_FIELD = re.compile(r"(?P<mark>\[ \]|\[tekening\])?\s*(?P<text>.*?)\s*(?:\{#(?P<id>[^}]*)\})?")
_QUESTION = re.compile(r"\*\*(?P<label>.+?)\*\*\s*(?P<hint>.*)")
_FORMS = {None: "lines", "[ ]": "tick", "[tekening]": "drawing"}

# The screen, in rem: what a stage may take below the title, on the narrowest beamer, and its letters.
WIDTH, HEIGHT = 39.0, 26.0
LETTERS = {"l": 1.45, "m": 1.1}
MOST_STAGES = 8


@dataclass(frozen=True, slots=True)
class Field:
    """Something to fill in: `form` is 'lines', 'tick' or 'drawing'."""

    id: str
    form: str
    label: Text
    hint: Text


@dataclass(frozen=True, slots=True)
class Stage:
    """A piece of the sheet that is opened at once; `size` is that of its letters on the screen."""

    title: str
    text: Text
    fields: tuple[Field, ...]
    size: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text above the stages, with the size of its letters on the screen, and the stages."""

    intro: Text
    size: str
    stages: tuple[Stage, ...]


def read_sheet(step: StepSource, problems: Problems) -> Sheet:
    """The sheet of a step; without `####` the whole step is one stage."""
    before, *titled = sections(step.body, step.body_line)
    intro = prose(before.markdown, step) if titled else NOTHING
    if not titled:
        # As if the heading of the step were that of the stage.
        titled = [Section(before.line - 1, step.title, before.markdown)]
    seen: set[str] = set()
    stages = tuple(_stage(section, step, problems, seen) for section in titled)
    if not any(bullets(section.markdown, 0) for section in titled):
        message = "'werkblad' heeft een veld nodig: '- Wat neem je mee? {#meenemen}'"
        problems.add(step.path, step.line, message, "werkblad.no-fields")
    if len(stages) > MOST_STAGES:
        message = f"een werkblad heeft hooguit {MOST_STAGES} stappen"
        problems.add(step.path, step.line, message, "werkblad.too-many")
    titles = tuple(Field("", "", plain(stage.title), NOTHING) for stage in stages)
    return Sheet(intro, _fitting(intro, titles, step.line, step, problems), stages)


def _stage(section: Section, step: StepSource, problems: Problems, seen: set[str]) -> Stage:
    text = before_bullets(replace(step, body=section.markdown))
    fields = tuple(_fields(section, step, problems, seen))
    if not section.title or not section.markdown.strip():
        message = "onder '#### stap' hoort een tekst of een veld"
        problems.add(step.path, section.line, message, "werkblad.empty-stage")
    return Stage(section.title, text, fields, _fitting(text, fields, section.line, step, problems))


def _fields(section: Section, step: StepSource, problems: Problems, seen: set[str]) -> Iterator[Field]:
    for line, markdown in bullets(section.markdown, section.line + 1):
        found = _FIELD.fullmatch(markdown)
        assert found is not None, "the expression fits any line"
        field = _field(found, step)
        if not field.label.plain:
            problems.add(step.path, line, "dit veld heeft geen vraag", "werkblad.no-question")
        elif not is_id(field.id):
            message = "elk veld heeft een eigen id: '- Wat neem je mee? {#meenemen}'"
            problems.add(step.path, line, message, "werkblad.field-id")
        elif field.id in seen:
            message = f"het veld '{field.id}' staat er twee keer"
            problems.add(step.path, line, message, "werkblad.double-field")
        else:
            seen.add(field.id)
            yield field


def _field(found: re.Match[str], step: StepSource) -> Field:
    asked = _QUESTION.fullmatch(found["text"])
    label, hint = (asked["label"], asked["hint"]) if asked else (found["text"], "")
    help_ = inline(hint, step.base) if hint else NOTHING
    return Field(found["id"] or "", _FORMS[found["mark"]], inline(label, step.base), help_)


def _fitting(text: Text, fields: tuple[Field, ...], line: int, step: StepSource, problems: Problems) -> str:
    """The largest letters with which this fits on the screen."""
    for size, letter in LETTERS.items():
        if _height(text, fields, letter) <= HEIGHT:
            return size
    message = "dit past niet op het scherm: maak er twee stappen van"
    problems.add(step.path, line, message, "werkblad.too-long")
    return "m"


def _height(text: Text, fields: tuple[Field, ...], letter: float) -> float:
    """What a stage takes on the screen: its text, and the questions of its fields."""
    # Each paragraph and item but the first begins on a line of its own, and a paragraph has space above it.
    paragraphs, items = text.html.count("</p>"), text.html.count("<li")
    breaks = max(0, paragraphs - 1) * (letter + 0.8) + items * letter
    questions = (f"{field.label.plain} {field.hint.plain}".strip() for field in fields)
    # A question has half of the space below a paragraph.
    asked = sum(prose_height(question, letter, WIDTH) - 0.5 for question in questions)
    return prose_height(text.plain, letter, WIDTH) + breaks + asked
