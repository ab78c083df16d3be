"""Reads one Markdown file into one part.

Every problem is reported, not only the first. Nothing here touches the file system, so that a meeting can
read its part again from its stored text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from trainer.curriculum.checks import HTML, Checker, Images
from trainer.curriculum.front import Front, read_front
from trainer.curriculum.ids import is_id, part_id
from trainer.curriculum.model import Block, Note, Part, Step, StepSource
from trainer.curriculum.numbers import whole
from trainer.curriculum.problems import Problems, shortened, unknown
from trainer.curriculum.scanner import Heading, Section, scan
from trainer.curriculum.source import read_lines

LONGEST = 480
DEFAULT_KIND = "uitleg"
PART_KEYS = ("titel", "doel", "bronnen", "minuten")

# Returns the settings of a step, as its kind reads them. Reports an unknown kind.
Interpret = Callable[[StepSource, Problems], Any]


def read_part(
    data: bytes,
    path: str,
    interpret: Interpret,
    problems: Problems,
    *,
    base: str = "",
    images: Images | None = None,
) -> Part | None:
    """The part in `data`, or None when anything is wrong with it; `problems` then says what.

    `path` names the file in problems, and its last component gives the part its id. `base` is where browsers
    find the images (`/programma/training/`); `images` checks each of them, and without it none is checked.
    """
    before = len(problems.found)
    lines = read_lines(data, path, problems)
    if lines is None:
        return None
    front, taken = read_front(lines, path, PART_KEYS, problems)
    reader = _Reader(path, interpret, problems, Checker(path, problems, base, images), base)
    blocks = reader.blocks(scan(lines[taken:], taken + 1, path, problems))
    part = Part(
        id=part_id(path),
        title=front.text("titel", required=True),
        goal=front.text("doel"),
        sources=tuple(text for _, text in front.texts("bronnen") if text),
        blocks=tuple(blocks),
    )
    _check_sum(part, front, problems)
    return part if len(problems.found) == before else None


def _check_sum(part: Part, front: Front, problems: Problems) -> None:
    expected = front.number("minuten", 1, 10 * LONGEST)
    # When any block's minutes are wrong, the sum means nothing.
    if expected is not None and expected != part.minutes and all(block.minutes for block in part.blocks):
        message = f"de blokken duren samen {part.minutes} minuten, niet {expected}"
        problems.add(front.path, front.line("minuten"), message, "part.minutes-sum")


@dataclass(slots=True)
class _Reader:
    """Turns the sections of one file into blocks."""

    path: str
    interpret: Interpret
    problems: Problems
    checker: Checker
    base: str
    ids: dict[str, int] = field(default_factory=dict)

    def blocks(self, sections: Sequence[Section]) -> list[Block]:
        before, *rest = sections
        if rest and (before.visible or before.notes):
            line = next((n for n, text in enumerate(before.body, before.body_line) if text.strip()), 0)
            line = line or before.notes[0].line
            self._add(line, "hier hoort eerst een blok: een kop met ##", "part.text-outside")
        groups: list[list[Section]] = []
        for section in rest:
            heading = section.heading
            if heading is not None and heading.level == 3 and not groups:
                message = "een ### hoort in een blok: zet er een kop met ## boven"
                self._add(heading.line, message, "heading.level")
            if not groups or (heading is not None and heading.level == 2):
                groups.append([])
            groups[-1].append(section)
        if not groups:
            line = sections[0].body_line
            self._add(line, "er is geen enkel blok: een kop als ## Welkom {#welkom minuten=15}", "part.empty")
        return [self._block(first, steps) for first, *steps in groups]

    def _block(self, first: Section, children: Sequence[Section]) -> Block:
        heading = _heading(first)
        id_ = self._id(heading)
        self._check_title(heading)
        minutes = self._minutes(heading, required=heading.level == 2) or 0
        steps: list[Step] = []
        notes = Markup()
        if "optie" in heading.attributes:
            self._add(heading.line, "'optie' hoort bij een kop met ###", "step.bad-option")
        if not children:
            steps.append(self._step(first, id_, minutes))
        else:
            notes = self._notes(first.notes)
            if first.visible:
                steps.append(self._step(first, id_, None, with_notes=False))
            else:
                self._leftovers(heading)
        for child in children:
            below = _heading(child)
            self._check_title(below)
            steps.append(self._step(child, self._id(below), self._minutes(below)))
        self._check_options(steps)
        return Block(id_, heading.title, minutes, notes, tuple(steps), heading.line)

    def _step(self, section: Section, id_: str, minutes: int | None, *, with_notes: bool = True) -> Step:
        heading = _heading(section)
        own = {k: v for k, v in heading.attributes.items() if k not in ("minuten", "werkvorm", "optie")}
        source = StepSource(
            path=self.path,
            line=heading.line,
            id=id_,
            title=heading.title,
            kind=heading.attributes.get("werkvorm", DEFAULT_KIND),
            attributes=own,
            body=section.markdown,
            body_line=section.body_line,
            notes="\n\n".join(note.text.strip() for note in section.notes),
            minutes=minutes,
            note_blocks=tuple(section.notes),
            base=self.base,
        )
        return Step(
            id=id_,
            title=heading.title,
            kind=source.kind,
            html=self.checker.render(source.body, source.body_line),
            notes=self._notes(section.notes) if with_notes else Markup(),
            option=self._option(heading) if heading.level == 3 else None,
            minutes=minutes,
            settings=self.interpret(source, self.problems),
            line=heading.line,
        )

    def _notes(self, notes: Sequence[Note]) -> Markup:
        return Markup("\n").join(self.checker.render(note.text, note.line) for note in notes)

    def _id(self, heading: Heading) -> str:
        id_ = heading.id
        if id_ is None:
            what = "welkom minuten=15" if heading.level == 2 else "voorstellen"
            message = f"de kop heeft geen id; zet erachter iets als {{#{what}}}"
            self._add(heading.line, message, "heading.no-id")
            return ""
        if not is_id(id_):
            message = f"'{shortened(id_)}' kan geen id zijn; gebruik kleine letters, cijfers en '-'"
            self._add(heading.line, message, "heading.bad-id")
        elif id_ in self.ids:
            message = f"id '{id_}' staat ook al op regel {self.ids[id_]}"
            self._add(heading.line, message, "heading.double-id")
        self.ids.setdefault(id_, heading.line)
        return id_

    def _check_title(self, heading: Heading) -> None:
        if HTML.search(heading.title):
            self._add(heading.line, "gebruik geen HTML; schrijf het in Markdown", "text.html")

    def _minutes(self, heading: Heading, *, required: bool = False) -> int | None:
        text = heading.attributes.get("minuten")
        if text is None:
            if required:
                message = "het blok heeft geen minuten; zet erachter minuten=15"
                self._add(heading.line, message, "block.no-minutes")
            return None
        try:
            return whole(text, 1, LONGEST)
        except ValueError as wrong:
            self._add(heading.line, f"'minuten' {wrong}", "heading.bad-minutes")
            return None

    def _option(self, heading: Heading) -> int | None:
        text = heading.attributes.get("optie")
        if text is None:
            return None
        try:
            return whole(text, 1, 9)
        except ValueError as wrong:
            self._add(heading.line, f"'optie' {wrong}", "step.bad-option")
            return None

    def _leftovers(self, heading: Heading) -> None:
        for name in heading.attributes:
            if name == "werkvorm":
                message = "'werkvorm' kan hier niet: dit blok heeft geen eigen tekst; zet het bij een ###"
                self._add(heading.line, message, "step.unknown-setting")
            elif name not in ("minuten", "optie"):
                message = unknown("instelling", name, ("id", "minuten"))
                self._add(heading.line, message, "step.unknown-setting")

    def _check_options(self, steps: Sequence[Step]) -> None:
        run: list[Step] = []
        for step in [*steps, None]:
            if step is not None and step.option is not None:
                run.append(step)
                continue
            if run and len({alternative.option for alternative in run}) == 1:
                message = f"optie {run[0].option} staat alleen; zet er een andere optie naast"
                self._add(run[0].line, message, "step.option-alone")
            run = []

    def _add(self, line: int, message: str, code: str) -> None:
        self.problems.add(self.path, line, message, code)


def _heading(section: Section) -> Heading:
    assert section.heading is not None, "only the first section has no heading, and it is no block"
    return section.heading
