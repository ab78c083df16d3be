"""What a sheet consists of: the fields, the groups that fill it in, and where the trainers are with it.

Everybody sees who sits in which group, so the group is part of the item: a batch is of one field of one
group.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.batches import Batches
from trainer.kinds.groups import Group, groups
from trainer.kinds.material import before_bullets, bullets, texts
from trainer.kinds.settings import read_settings, setting

# The item of the dots. The form in which a group writes has none: what it sends is of several.
DOTS = "stippen"
MOST_FIELDS, LONGEST_NAME, LONGEST_HINT = 8, 30, 80


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the sheet: what stands above it, and a few words that help; '' without."""

    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """`number` is how many groups there are at most; `dots` how many everybody gives, 0 for none."""

    intro: Text
    fields: tuple[Field, ...]
    number: int = setting("groepen", "Groepen", default=6, low=2, high=8)
    length: int = setting("tekens", "Hoogstens tekens", default=120, low=20, high=160)
    dots: int = setting("stippen", "Stippen voor ieder", default=3, low=0, high=5)

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups that there may be."""
        return groups(self.number)

    @property
    def overview(self) -> int:
        """The place of the overview, after that of the last field."""
        return len(self.fields) + 1

    @property
    def last(self) -> int:
        """The last place: that of the dots, if there are any."""
        return self.overview + (self.dots > 0)

    @property
    def items(self) -> tuple[str, ...]:
        """Every item that a card may have: each field of each group."""
        fields = range(1, len(self.fields) + 1)
        return tuple(item_of(number, group.number) for number in fields for group in self.groups)


@dataclass(frozen=True, slots=True)
class SheetState:
    """`place` is 0 while groups write, then the number of a field, then the overview, then the dots.

    `group` is the number of the group whose whole sheet is on the screen instead, 0 for none. `where` has the
    item of each card that was shown. `asked` are the groups among which dots are given; `dots` is 'open'
    while people give them, 'shown' when they are on the screen, and '' otherwise.
    """

    batches: Batches = field(default_factory=Batches)
    where: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    place: int = 0
    group: int = 0
    page: int = 0
    asked: tuple[int, ...] = ()
    dots: str = ""


def item_of(number: int, group: int) -> str:
    """The item of a field of a group; both count from 1."""
    return f"{number}.{group}"


def split(item: str) -> tuple[int, int]:
    """The numbers of the field and the group of an item; the inverse of `item_of`."""
    number, _, group = item.partition(".")
    return int(number), int(group)


def read(step: StepSource, problems: Problems) -> Settings:
    """The settings of a step: each bullet is a field, with a hint behind a colon."""
    found = [_field(text.plain) for text in texts(step, problems)]
    lines = [line for line, _ in bullets(step.body, step.body_line)]
    if not found:
        problems.add(step.path, step.line, "'werkvel' heeft een lijst met velden nodig", "werkvel.no-fields")
    if len(found) > MOST_FIELDS:
        message = f"een werkvel heeft hoogstens {MOST_FIELDS} velden"
        problems.add(step.path, lines[MOST_FIELDS], message, "werkvel.too-many")
    for line, each in zip(lines, found, strict=False):
        if len(each.name) > LONGEST_NAME or len(each.hint) > LONGEST_HINT:
            message = f"een veld heeft een naam van hoogstens {LONGEST_NAME} tekens, en na de dubbele punt "
            problems.add(step.path, line, f"{message}hoogstens {LONGEST_HINT}", "werkvel.long-field")
    return read_settings(Settings, step, problems, intro=before_bullets(step), fields=tuple(found))


def _field(text: str) -> Field:
    name, _, hint = text.partition(":")
    return Field(name.strip(), hint.strip())
