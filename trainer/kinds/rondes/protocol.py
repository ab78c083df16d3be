"""The protocol of `rondes`: its roles in a list, its rounds in a table, both Markdown."""

from dataclasses import dataclass

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.numbers import whole
from trainer.curriculum.problems import Problems, unknown
from trainer.curriculum.render import inline
from trainer.kinds.material import NOTHING, bullets, is_row, named, prose, rows

HEADER = ("ronde", "minuten", "wie spreekt", "wie luistert of zwijgt", "vraag")
EVERYBODY, NOBODY, SILENT = "iedereen", "niemand", "zwijgt"
MOST_ROLES, MOST_ROUNDS, MOST_MINUTES = 6, 8, 60
LONGEST_NAME, LONGEST_WORDS = 24, 80


@dataclass(frozen=True, slots=True)
class Role:
    """A role that somebody may have; `words` is how they would say it themselves."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round: who speaks, listens and is silent, and the question. `together`: everybody may speak."""

    title: str
    minutes: int
    together: bool
    speakers: tuple[str, ...]
    listeners: tuple[str, ...]
    silent: tuple[str, ...]
    question: Text

    def does(self, role: str) -> str:
        """What a role does now: 'speaks', 'listens', is 'silent', or talks 'together' with everybody."""
        if role in self.silent:
            return "silent"
        if role in self.speakers:
            return "speaks"
        if self.together:
            return "together"
        return "listens" if self.speakers else "silent"


@dataclass(frozen=True, slots=True)
class Protocol:
    """The rounds, in order, the roles in them, and the text above."""

    intro: Text
    roles: tuple[Role, ...]
    rounds: tuple[Round, ...]

    @property
    def minutes(self) -> int:
        """How long all rounds take, once."""
        return sum(each.minutes for each in self.rounds)


def read_protocol(step: StepSource, problems: Problems) -> Protocol:
    """The protocol in the body of `step`; what is wrong is reported and left out."""
    roles = _roles(step, problems)
    rounds = _rounds(step, {role.name.lower(): role.name for role in roles}, problems)
    if not rounds:
        message = f"'rondes' heeft een tabel met rondes nodig: | {' | '.join(HEADER)} |"
        problems.add(step.path, step.line, message, "rondes.no-rounds")
        rounds = (Round(step.title, 1, True, (), (), (), NOTHING),)
    elif len(rounds) > MOST_ROUNDS:
        message = f"meer dan {MOST_ROUNDS} rondes onthoudt niemand"
        problems.add(step.path, step.line, message, "rondes.too-many")
    return Protocol(_intro(step), roles, rounds)


def _intro(step: StepSource) -> Text:
    lines = step.body.splitlines()
    inside = [line.lstrip()[:2] in ("- ", "* ") or is_row(line) for line in lines]
    return prose("\n".join("" if skip else line for line, skip in zip(lines, inside, strict=True)), step)


def _roles(step: StepSource, problems: Problems) -> tuple[Role, ...]:
    found: dict[str, Role] = {}
    for line, markdown in bullets(step.body, step.body_line):
        name, words = named(inline(markdown, step.base).plain) or ("", "")
        if not name or len(name) > LONGEST_NAME or len(words) > LONGEST_WORDS:
            message = "een rol heeft een naam en hoe iemand dat zelf zegt: - Inbrenger: Ik breng iets in"
            problems.add(step.path, line, message, "rondes.bad-role")
        elif name.lower() in (EVERYBODY, NOBODY, *found):
            problems.add(
                step.path, line, f"'{name}' kan geen naam van een rol zijn, of staat er al", "rondes.bad-role"
            )
        else:
            found[name.lower()] = Role(name, words)
    if len(found) > MOST_ROLES:
        problems.add(step.path, step.line, f"meer dan {MOST_ROLES} rollen past niet", "rondes.too-many")
    return tuple(found.values())


def _rounds(step: StepSource, names: dict[str, str], problems: Problems) -> tuple[Round, ...]:
    table = list(rows(step.body, step.body_line))
    if not table or tuple(cell.lower() for cell in table[0][1]) != HEADER:
        return ()
    made = [_read_round(step, line, cells, names, problems) for line, cells in table[1:]]
    return tuple(each for each in made if each)


def _read_round(
    step: StepSource, line: int, cells: list[str], names: dict[str, str], problems: Problems
) -> Round | None:
    if len(cells) != len(HEADER) or not cells[0]:
        message = f"een ronde heeft een naam en {len(HEADER)} vakken: {', '.join(HEADER)}"
        problems.add(step.path, line, message, "rondes.bad-row")
        return None
    title, minutes, speaking, quiet, question = cells
    try:
        length = whole(minutes, 1, MOST_MINUTES)
    except ValueError as wrong:
        problems.add(step.path, line, f"'minuten' {wrong}", "rondes.bad-minutes")
        return None
    said = [_words(speaking), *_quiet(quiet)]
    for word in (each for words in said for each in words):
        if word not in names:
            problems.add(step.path, line, unknown("rol", word, names), "rondes.unknown-role")
    speakers, listeners, silent = (tuple(names[word] for word in words if word in names) for words in said)
    together = not speakers and speaking.lower() != NOBODY
    return Round(
        inline(title).plain, length, together, speakers, listeners, silent, inline(question, step.base)
    )


def _quiet(cell: str) -> tuple[list[str], list[str]]:
    """The roles that listen, and those that the cell says are silent: 'Groep, Inbrenger zwijgt'."""
    words = _words(cell)
    silent = [word for word in words if word.endswith(SILENT)]
    return [word for word in words if word not in silent], _words(",".join(silent).replace(SILENT, ""))


def _words(cell: str) -> list[str]:
    """The roles in a cell, in lower case; none where it says everybody, nobody or nothing."""
    words = [word.strip() for word in cell.lower().split(",")]
    return [word for word in words if word not in ("", EVERYBODY, NOBODY)]
