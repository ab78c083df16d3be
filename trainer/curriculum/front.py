"""The front matter of a file: a few lines of YAML between `---` and `---`.

Every value is a text or a list of texts. Aliases and nested values have no use here and are refused, which
keeps a hostile file small; nothing is read as a date or a number, which keeps `titel: 2024` a text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

import yaml

from trainer.curriculum.numbers import whole
from trainer.curriculum.problems import Problems, shortened, suggestion
from trainer.curriculum.source import odd_character

MOST_CHARACTERS = 16_000
MOST_BRACKETS = 200


class _Loader(yaml.BaseLoader):
    """YAML without aliases, in which every scalar stays a text."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = cast(Any, self).get_event().start_mark
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=mark)
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and the line of its key in the file; `lines` has the line of each list item."""

    line: int
    value: str | tuple[str, ...]
    lines: tuple[int, ...] = ()


@dataclass(slots=True)
class Front:
    """The front matter as read; asking for a value reports what is wrong with it."""

    path: str
    problems: Problems
    entries: dict[str, Entry] = field(default_factory=dict)
    # If not, reporting a missing key is pointless.
    readable: bool = True

    def text(self, key: str, *, required: bool = False) -> str:
        """The value of a key, on one line; '' when there is none. Reports a list, and one that is missing."""
        entry = self.entries.get(key)
        if entry is None or entry.value in ("", ()):
            if required and self.readable:
                self._report(entry.line if entry else 1, f"'{key}' ontbreekt bovenaan", "front.missing-key")
            return ""
        if isinstance(entry.value, tuple):
            self._report(entry.line, f"'{key}' moet één tekst zijn, geen lijst", "front.wrong-type")
            return ""
        return " ".join(entry.value.split())

    def texts(self, key: str) -> tuple[tuple[int, str], ...]:
        """The items of a list, each with its line in the file."""
        entry = self.entries.get(key)
        if entry is None or entry.value == "":
            return ()
        if isinstance(entry.value, str):
            self._report(entry.line, f"'{key}' moet een lijst zijn: '- ' voor elke regel", "front.wrong-type")
            return ()
        return tuple(zip(entry.lines, (" ".join(item.split()) for item in entry.value), strict=True))

    def number(self, key: str, low: int, high: int) -> int | None:
        """The whole number of a key, from `low` to `high`; None when there is none. Reports any other."""
        text = self.text(key)
        if not text:
            return None
        try:
            return whole(text, low, high)
        except ValueError as wrong:
            self._report(self.entries[key].line, f"'{key}' {wrong}", "front.wrong-type")
            return None

    def line(self, key: str) -> int:
        """The line of a key, to report a problem at; the first when it is missing."""
        return self.entries[key].line if key in self.entries else 1

    def _report(self, line: int, message: str, code: str) -> None:
        self.problems.add(self.path, line, message, code)


def read_front(
    lines: Sequence[str], path: str, known: Sequence[str], problems: Problems
) -> tuple[Front, int]:
    """The front matter, and the number of lines it takes, including both `---` lines."""
    front = Front(path, problems, readable=False)
    if not lines or lines[0].rstrip() != "---":
        example = "zet bovenaan '---', dan 'titel: ...' en weer '---'"
        problems.add(path, 1, f"de gegevens bovenaan ontbreken; {example}", "front.missing")
        return front, 0
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if end is None:
        problems.add(path, 1, "de gegevens bovenaan eindigen niet; sluit af met '---'", "front.unclosed")
        # It was most likely meant to end at the first empty line: read on from there to find other problems.
        return front, next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    text = "\n".join(lines[1:end]) + "\n"
    if len(text) > MOST_CHARACTERS:
        message = f"de gegevens bovenaan zijn te lang: meer dan {MOST_CHARACTERS} tekens"
        problems.add(path, 1, message, "front.too-large")
        return front, end + 1
    node, faulty, hint = _compose(text)
    if faulty:
        problems.add(path, faulty, f"dit is geen geldige YAML{hint}", "front.yaml")
    if isinstance(node, yaml.MappingNode):
        front.readable = True
        for key, value in node.value:
            _enter(front, key, value, known)
    elif node is not None:
        problems.add(path, 2, "hier horen regels als 'titel: Dagdeel 1'", "front.wrong-type")
    elif not text.strip():
        front.readable = True
    return front, end + 1


@lru_cache(maxsize=8)
def _compose(text: str) -> tuple[yaml.Node | None, int, str]:
    """The front matter as YAML; or the line in the file that is no YAML, with a hint. That line is else 0.

    Whoever edits a file reads it after each change, and few changes are in the front matter.
    """
    line, hint = 2, ""
    try:
        # PyYAML is very slow on nested brackets, and no value here needs them.
        if sum(text.count(bracket) for bracket in "[{") > MOST_BRACKETS:
            raise ValueError
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
        return node, 0, ""
    except yaml.MarkedYAMLError as wrong:
        if wrong.problem_mark is not None:
            line = min(wrong.problem_mark.line, text.count("\n") - 1) + 2
        hint = _HINTS.get(wrong.problem or "", "")
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        pass
    return None, line, hint


# Hints for the commonest mistakes, such as a colon or a tab in a plain text.
_HINTS: Mapping[str, str] = {
    "mapping values are not allowed here": "; zet een tekst met een dubbele punt tussen aanhalingstekens",
    "found character '\\t' that cannot start any token": "; gebruik spaties in plaats van een tab",
    "could not find expected ':'": "; na de naam hoort een dubbele punt",
    "alias": "; '*' aan het begin van een tekst mag alleen tussen aanhalingstekens",
}


def _enter(front: Front, key: yaml.Node, value: yaml.Node, known: Sequence[str]) -> None:
    line = key.start_mark.line + 2
    name = key.value if isinstance(key, yaml.ScalarNode) else ""
    if name not in known:
        message = f"onbekend gegeven '{shortened(name)}'{suggestion(name, known)}"
        front._report(line, message, "front.unknown-key")
        return
    if name in front.entries:
        front._report(line, f"'{name}' staat er twee keer", "front.double-key")
        return
    if isinstance(value, yaml.ScalarNode):
        front.entries[name] = Entry(line, _scalar(front, value))
        return
    items = value.value if isinstance(value, yaml.SequenceNode) else [value]
    texts: list[str] = []
    lines: list[int] = []
    for item in items:
        at = item.start_mark.line + 2
        if isinstance(item, yaml.ScalarNode):
            texts.append(_scalar(front, item))
            lines.append(at)
        else:
            message = "hier hoort één tekst; zet een tekst met een dubbele punt tussen aanhalingstekens"
            front._report(at, message, "front.wrong-type")
    front.entries[name] = Entry(line, tuple(texts), tuple(lines))


def _scalar(front: Front, node: yaml.ScalarNode) -> str:
    """The text of a value; YAML escapes such as "\\u202e" can spell characters that a file may not have."""
    text = str(node.value)
    if odd := odd_character(text):
        line = node.start_mark.line + 2
        front._report(line, f"onzichtbaar teken U+{ord(odd):04X}; haal het weg", "file.control-character")
        return ""
    return text
