"""Reads folders into programmes. Only `files.py` opens files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path

from trainer.curriculum.checks import Checker, Images
from trainer.curriculum.drawing import MOST_BYTES as MOST_DRAWING_BYTES
from trainer.curriculum.drawing import Drawing, Undrawable, read_drawing
from trainer.curriculum.files import (
    DRAWING_NAME,
    DRAWINGS,
    Missing,
    Unfit,
    check_image,
    find_unfit,
    names_inside,
    printable,
    read_inside,
)
from trainer.curriculum.front import Front, read_front
from trainer.curriculum.ids import is_id
from trainer.curriculum.limits import MOST_BYTES
from trainer.curriculum.model import EarlierStep, Handout, Part, Programme, Step
from trainer.curriculum.part import Interpret, read_part
from trainer.curriculum.problems import Problem, Problems, shortened, suggestion
from trainer.curriculum.source import read_lines

INDEX = "programma.md"
# The folder of the form for a plan, which lies among the programmes: see `trainer/plans/form.py`.
PLAN = "plan-van-aanpak"
HANDOUTS = "bijlagen"
PROGRAMME_KEYS = ("titel", "doel", "delen", "bijlagen", "bronnen")
HANDOUT_KEYS = ("titel", "bronnen")


def base_of(programme: str) -> str:
    """The address under which browsers find a programme's images."""
    return f"/programma/{programme}/"


def images_of(content: Path, programme: str, back: str = "") -> Images:
    """A check for the images that a text of a programme names; they are beside its parts, `back` from it."""

    def check(name: str) -> None:
        folder, _, file = name.removeprefix(back).rpartition("/")
        if not name.startswith(back) or folder not in ("", DRAWINGS):
            raise Missing
        if folder:
            drawing_of(content, programme, file)
        else:
            check_image(content, (programme, file))

    return check


def drawing_of(content: Path, programme: str, name: str) -> Drawing:
    """A drawing of a programme. Raises Missing, or Unfit when it cannot be put into a page."""
    if not DRAWING_NAME.fullmatch(name):
        raise Missing
    try:
        return read_drawing(read_inside(content, (programme, DRAWINGS, name), MOST_DRAWING_BYTES))
    except Undrawable as wrong:
        raise Unfit(f"{DRAWINGS}/{name}", f"regel {wrong.line}: {wrong.why}", "text.drawing") from wrong


def read_library(
    content: Path, interpret: Interpret, root: Path | None = None
) -> tuple[dict[str, Programme], list[Problem]]:
    """Every programme in `content` without problems, by id, and the problems of the others.

    Paths in problems are relative to `root`, by default the current directory.
    """
    programmes: dict[str, Programme] = {}
    problems: list[Problem] = []
    content = content.resolve()
    if not content.is_dir():
        missing = Problem(shown(content, root), 1, "deze map is er niet", "programme.missing")
        return {}, [missing]
    for folder in sorted(content.iterdir()):
        if folder.is_dir() and folder.name != PLAN and not folder.name.startswith((".", "_")):
            programme, found = read_programme(folder, interpret, root)
            problems += found
            if programme is not None:
                programmes[programme.id] = programme
    return programmes, problems


def read_programme(
    folder: Path, interpret: Interpret, root: Path | None = None
) -> tuple[Programme | None, list[Problem]]:
    """The programme in `folder`, or None when it has any problem; and all problems, sorted.

    Paths in problems are relative to `root`, by default the current directory.
    """
    folder = Path.cwd() / folder
    reader = _Reader(folder.parent.resolve(), folder.name, interpret, root, Problems())
    programme = reader.programme()
    reader.look_around()
    found = reader.problems.sorted()
    return (None if found else programme), found


@dataclass(slots=True)
class _Reader:
    """Reads the programme `id` in `content`."""

    content: Path
    id: str
    interpret: Interpret
    root: Path | None
    problems: Problems
    # Locations of unfit files already reported at the line that names them.
    told: set[tuple[str, ...]] = field(default_factory=set)

    def programme(self) -> Programme | None:
        shown = self._shown(INDEX)
        if not is_id(self.id):
            message = f"de map '{shortened(printable(self.id))}' kan geen id zijn"
            self.problems.add(
                shown, 1, f"{message}; gebruik kleine letters, cijfers en '-'", "programme.bad-id"
            )
        try:
            data = self._read(INDEX)
        except Missing:
            self.problems.add(shown, 1, f"{INDEX} is er niet", "programme.missing")
            return None
        except Unfit:
            # `look_around` reports it.
            return None
        lines = read_lines(data, shown, self.problems)
        if lines is None:
            return None
        front, taken = read_front(lines, shown, PROGRAMME_KEYS, self.problems)
        checker = Checker(shown, self.problems, base_of(self.id), self._images(), highest_heading=2)
        return Programme(
            id=self.id,
            title=front.text("titel", required=True),
            goal=front.text("doel"),
            html=checker.render("\n".join(lines[taken:]), taken + 1),
            sources=_sources(front),
            parts=self._parts(front),
            handouts=self._handouts(front),
        )

    def look_around(self) -> None:
        """Reports what may not be in the folder, unless it was reported at a line that names it."""
        for (_, *where), unfit in find_unfit(self.content, self.id):
            if tuple(where) not in self.told:
                self.problems.add(self._shown(*where), 1, unfit.why, unfit.code)

    def _parts(self, front: Front) -> tuple[Part, ...]:
        files = self._files(front, "delen")
        if not files and front.readable and not front.texts("delen"):
            message = "'delen' ontbreekt: de lijst van bestanden, zoals [dagdeel-1, dagdeel-2]"
            self.problems.add(front.path, front.line("delen"), message, "programme.no-parts")
        parts = []
        for name, data in files.items():
            part = read_part(
                data,
                self._shown(f"{name}.md"),
                self.interpret,
                self.problems,
                base=base_of(self.id),
                images=self._images(),
            )
            parts += [part] if part else []
        if not self.problems.found:
            self._check_earlier(parts)
        return tuple(parts)

    def _check_earlier(self, parts: Sequence[Part]) -> None:
        """Reports every step of an earlier part that a setting names and that is not there."""
        before: set[EarlierStep] = set()
        for part in parts:
            for step in part.steps():
                for named in _named(step):
                    if named not in before:
                        message = f"het onderdeel '{named.part}/{named.step}' is er niet in een eerder deel"
                        self.problems.add(self._shown(f"{part.id}.md"), step.line, message, "step.no-earlier")
            before |= {EarlierStep(part.id, step.id) for step in part.steps()}

    def _handouts(self, front: Front) -> tuple[Handout, ...]:
        return tuple(
            handout
            for name, data in self._files(front, "bijlagen", HANDOUTS).items()
            if (handout := self._handout(name, data))
        )

    def _handout(self, name: str, data: bytes) -> Handout | None:
        shown = self._shown(HANDOUTS, f"{name}.md")
        lines = read_lines(data, shown, self.problems)
        if lines is None:
            return None
        front, taken = read_front(lines, shown, HANDOUT_KEYS, self.problems)
        checker = Checker(shown, self.problems, base_of(self.id), self._images(HANDOUTS), highest_heading=2)
        html = checker.render("\n".join(lines[taken:]), taken + 1)
        return Handout(name, front.text("titel", required=True), html, _sources(front))

    def _files(self, front: Front, key: str, *folder: str) -> dict[str, bytes]:
        """The contents of the readable files in a list, by name, each once."""
        there = self._texts_in(*folder)
        files: dict[str, bytes] = {}
        for line, name in front.texts(key):
            if name in files:
                message = f"'{shortened(name)}' staat er twee keer"
                self.problems.add(front.path, line, message, "programme.double-file")
            elif not is_id(name):
                message = f"'{shortened(name)}' kan geen bestandsnaam zijn; kleine letters, cijfers en '-'"
                message += ", zonder .md"
                self.problems.add(front.path, line, message, "programme.bad-file")
            else:
                where = (*folder, f"{name}.md")
                try:
                    if where == (INDEX,):
                        raise Missing
                    files[name] = self._read(*where)
                except Missing:
                    message = f"het bestand '{name}.md' is er niet{suggestion(name, there)}"
                    self.problems.add(front.path, line, message, "programme.file-missing")
                except Unfit as unfit:
                    self.told.add(where)
                    self.problems.add(front.path, line, unfit.why, unfit.code)
        return files

    def _texts_in(self, *folder: str) -> set[str]:
        try:
            names = names_inside(self.content, (self.id, *folder))
        except (Missing, Unfit):
            return set()
        return {Path(name).stem for name in names if name.endswith(".md")} - {Path(INDEX).stem}

    def _read(self, *where: str) -> bytes:
        return read_inside(self.content, (self.id, *where), MOST_BYTES)

    def _images(self, *folder: str) -> Images:
        """A check for the images that a text in `folder` names, which notes those it reports."""
        back = "../" * len(folder)
        check = images_of(self.content, self.id, back)

        def noted(name: str) -> None:
            try:
                check(name)
            except Unfit:
                self.told.add(tuple(name.removeprefix(back).split("/")))
                raise

        return noted

    def _shown(self, *where: str) -> str:
        return shown(self.content.joinpath(self.id, *where), self.root)


def _named(step: Step) -> Iterable[EarlierStep]:
    """The steps of earlier parts that the settings of a step name."""
    values = fields(step.settings) if is_dataclass(step.settings) else ()
    found = (getattr(step.settings, each.name) for each in values)
    return [value for value in found if isinstance(value, EarlierStep)]


def _sources(front: Front) -> tuple[str, ...]:
    return tuple(text for _, text in front.texts("bronnen") if text)


def shown(path: Path, root: Path | None) -> str:
    """`path` as an author knows it, never an absolute path on this machine."""
    home = (root or Path.cwd()).resolve()
    if path.is_relative_to(home):
        return printable(path.relative_to(home).as_posix())
    return printable("/".join(path.parts[-3:]))
