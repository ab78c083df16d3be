"""What a group made, as a report that goes out of the house: only what was kept, and nothing computed anew.

Everything in it is in the evaluation too, which comes from the same rows. The texts of a question stay in
alphabetical order within their group, so that no order ties the answers to two questions together. Trainers
leave sections out and add texts of their own; which sections they left out is not told, only how many.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from trainer.exports.evaluation import DELETED, MeetingReport, Question, evaluate_meeting
from trainer.exports.given import Given
from trainer.kinds.disclosure import Kept
from trainer.live.order import minutes_of
from trainer.plans.answers import EMPTY, Answer

BEFORE, COURSE, FORM, AFTER = "vooraf", "verloop", "evaluatie", "slot"
STEP = "stap-"
LOOSE = "Losse kaarten"


@dataclass(frozen=True, slots=True)
class Note:
    """What trainers did with a section: their own text, and whether they left it out."""

    answer: Answer = EMPTY
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A block: its minutes in the text, those that trainers chose (None: skipped), and its steps."""

    title: str
    planned: int
    chosen: int | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by the title of their group, '' where there are no groups; `missing` says why there are none."""

    question: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. One with nothing in it has room for a text of the trainers only."""

    key: str
    title: str
    note: Note = field(default_factory=Note)
    lines: tuple[Line, ...] = ()
    pieces: tuple[Question | Words, ...] = ()

    @property
    def has_matter(self) -> bool:
        """Is anything in it that trainers may leave out?"""
        return bool(self.lines or self.pieces)

    @property
    def goes_out(self) -> bool:
        """Is it in the report as it is now?"""
        return not self.note.left_out and (self.has_matter or bool(self.note.answer.text))


@dataclass(frozen=True, slots=True)
class Harvest:
    """What is there of one closed meeting. `closed_on` is None where nobody knows the day."""

    title: str
    day: date
    closed_on: date | None
    sections: tuple[Section, ...]

    @property
    def shown(self) -> tuple[Section, ...]:
        """The sections that are in the report."""
        return tuple(section for section in self.sections if section.goes_out)

    @property
    def left_out(self) -> int:
        """How many sections the trainers left out."""
        return sum(section.note.left_out and section.has_matter for section in self.sections)


@dataclass(frozen=True, slots=True)
class HarvestReport:
    """A report of a meeting, or of a course; `day` is the day on which it was made.

    `unread` are the titles of meetings of which nothing can be read.
    """

    title: str
    course: str
    place: str
    day: date
    harvests: tuple[Harvest, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """`name` is also the file extension; `label` is for people; `render` returns the bytes of the file."""

    name: str
    label: str
    mimetype: str
    render: Callable[[HarvestReport], bytes]


def harvest(
    given: Given | None,
    meeting: MeetingReport,
    closed_on: date | None,
    steps: Iterable[tuple[str, str, tuple[Kept, ...]]],
    notes: Mapping[str, Note],
) -> Harvest:
    """The harvest of a closed meeting.

    `given` is what trainers chose, None where that cannot be read. Of `meeting` only the form counts here:
    what was kept of the exercises comes in `steps`, as (id, title, rows).
    """
    found = [Section(BEFORE, "Vooraf"), Section(COURSE, "Wat is er gegeven?", lines=_lines(given))]
    for step_id, title, rows in steps:
        found.append(told(step_id, title, rows, meeting))
    found.append(Section(FORM, "Evaluatie", pieces=_pieces(meeting.form, meeting)))
    found.append(Section(AFTER, "Tot slot"))
    noted = [
        Section(each.key, each.title, notes.get(each.key, Note()), each.lines, each.pieces)
        for each in found
        if each.has_matter or each.key in (BEFORE, AFTER)
    ]
    return Harvest(meeting.title, meeting.day, closed_on, tuple(noted))


def told(step_id: str, title: str, rows: Iterable[Kept], meeting: MeetingReport) -> Section:
    """What was kept of an exercise, as every report tells it."""
    return Section(STEP + step_id, title, pieces=_pieces(rows, meeting))


def absent(report: HarvestReport) -> tuple[tuple[str, str], ...]:
    """What is not in a report, each with why: its first page says so."""
    found = [
        ("Wie wat schreef of koos.", "Dat is nergens bewaard."),
        ("Kaarten die de groep niet zag.", "Die zijn gewist."),
        ("Aantallen onder de vijf, en soms een groter aantal.", "Anders kun je uitrekenen wie wat koos."),
        ("Teksten van minder dan vijf mensen.", "Anders kun je raden wie wat schreef."),
        ("Onderdelen met minder dan vijf telefoons.", "Niemand hoort te zien dat een of twee meededen."),
        ("Persoonlijke werkvormen, en afspraken van twee mensen.", "Die zijn nooit bewaard."),
        ("Hoe laat iets begon, en hoe lang het duurde.", "Een tijd kan verraden wie toen schreef."),
    ]
    if any(words.missing == DELETED for words in _all_words(report)):
        found.append(("Oudere teksten.", "De bewaartermijn is voorbij. Aantallen blijven."))
    if left_out := sum(each.left_out for each in report.harvests):
        many = "1 onderdeel" if left_out == 1 else f"{left_out} onderdelen"
        found.append((f"Nog {many}.", "De trainers kozen om dat weg te laten."))
    found += [(f"{title}.", "Wat daarvan bewaard is, is beschadigd.") for title in report.unread]
    return tuple(found)


def _all_words(report: HarvestReport) -> Iterable[Words]:
    for each in report.harvests:
        for section in each.shown:
            yield from (piece for piece in section.pieces if isinstance(piece, Words))


def _lines(given: Given | None) -> tuple[Line, ...]:
    if given is None:
        return ()
    return tuple(
        Line(
            block.title,
            block.minutes,
            None if block.id in given.state.skipped else minutes_of(block, given.state),
            tuple(step.title for step in given.steps(block)),
        )
        for block in given.part.blocks
    )


def _pieces(rows: Iterable[Kept], meeting: MeetingReport) -> tuple[Question | Words, ...]:
    return tuple(_piece(row, meeting) for row in rows)


def _piece(row: Kept, meeting: MeetingReport) -> Question | Words:
    """A row as the evaluation tells it; its texts in order, and by group."""
    evaluation = evaluate_meeting(MeetingReport(meeting.title, meeting.day, (row,)))
    if evaluation.questions:
        return evaluation.questions[0]
    told = evaluation.open_questions[0]
    groups: dict[str, list[str]] = {}
    # Sorted, so that no order is left of who came first; what is in no group comes last.
    for text, group in sorted(row.titled, key=lambda one: (not one[1], one[1].casefold(), one[0].casefold())):
        groups.setdefault(group, []).append(text)
    loose = LOOSE if len(groups) > 1 else ""
    found = tuple((title or loose, tuple(texts)) for title, texts in groups.items())
    return Words(told.question, found, told.missing)
