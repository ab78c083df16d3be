"""Folders to programmes: the only place in the curriculum that reads files."""

from dataclasses import dataclass
from pathlib import Path

from trainer.curriculum.checks import Checker, Images
from trainer.curriculum.front import Front, read_front
from trainer.curriculum.ids import is_id
from trainer.curriculum.limits import MOST_BYTES
from trainer.curriculum.model import Handout, Part, Programme
from trainer.curriculum.part import Interpret, read_part
from trainer.curriculum.problems import Problem, Problems, shortened, suggestion
from trainer.curriculum.source import read_lines

INDEX = "programma.md"
HANDOUTS = "bijlagen"
PROGRAMME_KEYS = ("titel", "doel", "delen", "bijlagen", "bronnen")
HANDOUT_KEYS = ("titel", "bronnen")


def base_of(programme: str) -> str:
    """Where browsers find the images of a programme."""
    return f"/programma/{programme}/"


def read_library(
    content: Path, interpret: Interpret, root: Path | None = None
) -> tuple[dict[str, Programme], list[Problem]]:
    """Every programme in `content` that has no problem, by id, and the problems of the others."""
    programmes: dict[str, Programme] = {}
    problems: list[Problem] = []
    if not content.is_dir():
        missing = Problem(_shown(content, root), 1, "deze map is er niet", "programme.missing")
        return {}, [missing]
    for folder in sorted(content.iterdir()):
        if folder.is_dir() and not folder.name.startswith((".", "_")):
            programme, found = read_programme(folder, interpret, root)
            problems += found
            if programme is not None:
                programmes[programme.id] = programme
    return programmes, problems


def read_programme(
    folder: Path, interpret: Interpret, root: Path | None = None
) -> tuple[Programme | None, list[Problem]]:
    """The programme in `folder`, or None when it has a problem; and all problems, sorted.

    Paths in problems are relative to `root`, by default the current directory.
    """
    reader = _Reader(folder, interpret, root, Problems())
    programme = reader.programme()
    found = reader.problems.sorted()
    return (None if found else programme), found


@dataclass(slots=True)
class _Reader:
    folder: Path
    interpret: Interpret
    root: Path | None
    problems: Problems

    def programme(self) -> Programme | None:
        id_ = self.folder.resolve().name
        path = self.folder / INDEX
        shown = self._shown(path)
        if not is_id(id_):
            message = f"de map '{shortened(id_)}' kan geen id zijn; gebruik kleine letters, cijfers en '-'"
            self.problems.add(shown, 1, message, "programme.bad-id")
        if not path.is_file():
            self.problems.add(shown, 1, f"{INDEX} is er niet", "programme.missing")
            return None
        lines = read_lines(_bytes(path), shown, self.problems)
        if lines is None:
            return None
        front, taken = read_front(lines, shown, PROGRAMME_KEYS, self.problems)
        checker = Checker(shown, self.problems, base_of(id_), self._images(self.folder), highest_heading=2)
        return Programme(
            id=id_,
            title=front.text("titel", required=True),
            goal=front.text("doel"),
            html=checker.render("\n".join(lines[taken:]), taken + 1),
            sources=_sources(front),
            parts=self._parts(front, base_of(id_)),
            handouts=self._handouts(front, base_of(id_)),
        )

    def _parts(self, front: Front, base: str) -> tuple[Part, ...]:
        names = self._names(front, "delen", self.folder)
        if not names and front.readable and not front.texts("delen"):
            message = "'delen' ontbreekt: de lijst van bestanden, zoals [dagdeel-1, dagdeel-2]"
            self.problems.add(front.path, front.line("delen"), message, "programme.no-parts")
        parts = []
        for name in names:
            path = self.folder / f"{name}.md"
            part = read_part(
                _bytes(path),
                self._shown(path),
                self.interpret,
                self.problems,
                base=base,
                images=self._images(self.folder),
            )
            parts += [part] if part else []
        return tuple(parts)

    def _handouts(self, front: Front, base: str) -> tuple[Handout, ...]:
        folder = self.folder / HANDOUTS
        return tuple(
            handout
            for name in self._names(front, "bijlagen", folder)
            if (handout := self._handout(name, folder / f"{name}.md", base))
        )

    def _handout(self, name: str, path: Path, base: str) -> Handout | None:
        shown = self._shown(path)
        lines = read_lines(_bytes(path), shown, self.problems)
        if lines is None:
            return None
        front, taken = read_front(lines, shown, HANDOUT_KEYS, self.problems)
        checker = Checker(shown, self.problems, base, self._images(path.parent), highest_heading=2)
        html = checker.render("\n".join(lines[taken:]), taken + 1)
        return Handout(name, front.text("titel", required=True), html, _sources(front))

    def _names(self, front: Front, key: str, folder: Path) -> list[str]:
        """The names in a list of files that are there, each once."""
        there = {path.stem for path in folder.glob("*.md") if path.is_file()} - {Path(INDEX).stem}
        names: list[str] = []
        for line, name in front.texts(key):
            if name in names:
                message = f"'{shortened(name)}' staat er twee keer"
                self.problems.add(front.path, line, message, "programme.double-file")
            elif not is_id(name):
                message = f"'{shortened(name)}' kan geen bestandsnaam zijn; kleine letters, cijfers en '-'"
                message += ", zonder .md"
                self.problems.add(front.path, line, message, "programme.bad-file")
            elif name not in there:
                message = f"het bestand '{name}.md' is er niet{suggestion(name, there)}"
                self.problems.add(front.path, line, message, "programme.file-missing")
            else:
                names.append(name)
        return names

    def _images(self, folder: Path) -> Images:
        home = self.folder.resolve()

        def there(name: str) -> bool:
            path = (folder / name).resolve()
            return path.is_file() and path.parent == home

        return there

    def _shown(self, path: Path) -> str:
        return _shown(path, self.root)


def _sources(front: Front) -> tuple[str, ...]:
    return tuple(text for _, text in front.texts("bronnen") if text)


def _bytes(path: Path) -> bytes:
    """The file, or just enough of it to see that it is too large."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _shown(path: Path, root: Path | None) -> str:
    """`path` as an author knows it: never the whole path of this machine."""
    home = (root or Path.cwd()).resolve()
    full = path.resolve()
    if full.is_relative_to(home):
        return full.relative_to(home).as_posix()
    return "/".join(full.parts[-3:])
