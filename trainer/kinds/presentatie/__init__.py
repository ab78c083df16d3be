"""Presentatie: slides, one at a time, with a trainers' note for each."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from trainer.curriculum.model import StepSource
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Command, Kind, Rejected, Seen, View
from trainer.kinds.material import NOTHING, prose, sections
from trainer.kinds.presentatie.layouts import Parts, Unfitting, divide, split_title, without_pictures
from trainer.kinds.settings import read_settings

# The advice is 40; beyond this nobody at the back of a room can read it.
MOST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide; `notes` are for the trainers only.

    On the screen `text` and `beside` are laid out as `layout` says ('' is one below the other).
    Everywhere else all of it is `html`.
    """

    title: str
    html: Markup
    notes: Markup
    layout: str = ""
    text: Markup = NOTHING.html
    beside: Markup = NOTHING.html


@dataclass(frozen=True, slots=True)
class Settings:
    """The slides, in order."""

    slides: tuple[Slide, ...]


@dataclass(frozen=True, slots=True)
class SlideState:
    """Which slide is on the screen, from 0."""

    index: int = 0


class Presentatie(Kind):
    """Slides on the screen, each with a note that only trainers see."""

    name = "presentatie"
    title = "Presentatie"
    group_word = "dia"
    shows_notes = True
    item_word = "dia"
    summary = "Dia's op het scherm, met een notitie voor de trainers bij elke dia."
    stage = "full"
    State = SlideState

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        slides: list[Slide] = []
        for first, last, markdown in _pages(step):
            line = next((n for n, text in enumerate(markdown.splitlines(), first) if text.strip()), first)
            slides.append(_slide(step, line, first, last, markdown, problems))
        return read_settings(Settings, step, problems, slides=tuple(slides))

    def item(self, settings: Settings, state: SlideState) -> str:
        return str(state.index + 1)

    def forward(self, settings: Settings, state: SlideState) -> SlideState | None:
        return replace(state, index=state.index + 1) if state.index + 1 < len(settings.slides) else None

    def backward(self, settings: Settings, state: SlideState) -> SlideState | None:
        return replace(state, index=state.index - 1) if state.index else None

    def apply(
        self, settings: Settings, state: SlideState, command: Command, seen: Seen
    ) -> SlideState | Rejected:
        numbers = [str(number + 1) for number in range(len(settings.slides))]
        if command.name == "go" and command.one("number") in numbers:
            return replace(state, index=int(command.one("number")) - 1)
        return Rejected("unknown", "Deze dia is er niet.")

    def phone(self, settings: Settings, state: SlideState, seen: Seen) -> View:
        slide = settings.slides[state.index]
        return {
            "title": slide.title,
            "html": slide.html,
            "number": state.index + 1,
            "total": len(settings.slides),
        }

    def control(self, settings: Settings, state: SlideState, seen: Seen) -> View:
        following = settings.slides[state.index + 1 : state.index + 2]
        return {
            **self.phone(settings, state, seen),
            "notes": settings.slides[state.index].notes,
            "next": following[0].title if following else "",
            "titles": tuple(enumerate((slide.title for slide in settings.slides), start=1)),
        }

    def screen(self, settings: Settings, state: SlideState, seen: Seen) -> View:
        slide = settings.slides[state.index]
        laid_out = {"layout": slide.layout, "text": slide.text, "beside": slide.beside}
        return {**self.phone(settings, state, seen), **laid_out}


def _pages(step: StepSource) -> list[tuple[int, int, str]]:
    """The slides as (first line, line after the last, Markdown), split at `---` lines."""
    pages: list[tuple[int, int, str]] = []
    first, kept = step.body_line, list[str]()
    for number, line in enumerate([*step.body.splitlines(), "---"], start=step.body_line):
        if line.rstrip() == "---":
            pages.append((first, number, "\n".join(kept)))
            first, kept = number + 1, []
        else:
            kept.append(line)
    return pages


def _slide(step: StepSource, line: int, first: int, last: int, markdown: str, problems: Problems) -> Slide:
    before, *titled = sections(markdown, first)
    if len(titled) != 1 or before.markdown.strip():
        message = "een dia begint met '#### Titel', en heeft er één; scheid dia's met een regel '---'"
        problems.add(step.path, line, message, "presentatie.no-title")
    markdown = "\n".join(section.markdown for section in (titled or [before]))
    words = len(prose(without_pictures(markdown), step).plain.split())
    if words > MOST_WORDS:
        message = f"deze dia heeft {words} woorden; dat leest niemand achter in de zaal (maak er 40 van)"
        problems.add(step.path, line, message, "presentatie.too-long")
    title, layout, parts = titled[0].title if titled else step.title, "", Parts(markdown)
    try:
        title, layout = split_title(title)
        parts = divide(layout, markdown)
    except Unfitting as wrong:
        problems.add(step.path, line + 1 + wrong.line, wrong.why, "presentatie.layout")
    notes = "\n\n".join(note.text for note in step.note_blocks if first <= note.line < last)
    note, beside = (prose(each, step).html for each in (notes, parts.beside))
    return Slide(title, prose(markdown, step).html, note, layout, prose(parts.text, step).html, beside)


KIND = Presentatie()
