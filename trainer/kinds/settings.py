"""The settings of a kind: declared once, read from a step's heading.

A kind declares a frozen dataclass. A field made by `setting`, `flag`, `choice`, `ident`, `words` or
`earlier_step` is read from the heading; every other one is material, which the kind reads from the body and
passes by name:

    @dataclass(frozen=True, slots=True)
    class Settings:
        question: Text                                            # material (no default: before the settings)
        most: int = setting("max", "Hoogstens", default=5, low=1, high=20)    # ### Titel {#id max=3}
        define: bool = flag("definitie", "Met een definitie")                 # definitie=ja
        form: str = choice("vorm", "Vorm", ("stellingen", "keuze"))           # the first one is the default
        sheet: str = ident("blad", "Naam van het blad")                       # blad=hersteldroom
        to: str = words("naar", "Wie dit krijgt", default="het team", most=60)    # naar="de organisatie"

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        return read_settings(Settings, step, problems, question=inline(step.body))

Everything wrong with the heading is reported at once, and the default replaces each bad value. Names on the
heading are Dutch, because authors write them; fields are English. Behind the name is the label of the
setting in the form for whoever adapts a text.
"""

from collections.abc import Sequence
from dataclasses import Field, dataclass, field, fields
from typing import Any, TypeVar, cast

from trainer.curriculum.ids import is_id
from trainer.curriculum.model import EarlierStep, StepSource
from trainer.curriculum.numbers import whole
from trainer.curriculum.problems import Problems, shortened, suggestion, unknown

T = TypeVar("T")

# Allowed on every heading and read by the curriculum itself, so no kind's setting may have these names.
COMMON = ("id", "minuten", "werkvorm", "optie")
_KEY = "kwartier.setting"


class _Setting:
    """How one attribute is read. `read` returns the value, or raises ValueError with a Dutch message."""

    def __init__(self, name: str, label: str, default: Any) -> None:
        if name in COMMON:
            raise ValueError(f"the setting {name!r} is read by the curriculum itself")
        self.name = name
        self.label = label
        self.default = default

    def read(self, text: str) -> Any:
        raise NotImplementedError


class _Whole(_Setting):
    def __init__(self, name: str, label: str, default: int, low: int, high: int) -> None:
        super().__init__(name, label, default)
        self.low, self.high = low, high

    def read(self, text: str) -> int:
        return whole(text, self.low, self.high)


class _Flag(_Setting):
    def read(self, text: str) -> bool:
        if text not in ("ja", "nee"):
            raise ValueError(f"moet 'ja' of 'nee' zijn, niet '{shortened(text)}'")
        return text == "ja"


class _Earlier(_Setting):
    def read(self, text: str) -> EarlierStep:
        part, _, step = text.partition("/")
        if not (is_id(part) and is_id(step)):
            raise ValueError(f"moet een onderdeel zijn, zoals 'dagdeel-1/welkom', niet '{shortened(text)}'")
        return EarlierStep(part, step)


class _Choice(_Setting):
    def __init__(self, name: str, label: str, default: str, options: Sequence[str]) -> None:
        super().__init__(name, label, default)
        if default not in options:
            raise ValueError(f"{default!r} is not one of the options of {name!r}")
        self.options = tuple(options)

    def read(self, text: str) -> str:
        if text in self.options:
            return text
        words = [f"'{option}'" for option in self.options]
        listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} of {words[-1]}"
        raise ValueError(f"moet {listed} zijn, niet '{shortened(text)}'{suggestion(text, self.options)}")


class _Ident(_Setting):
    def read(self, text: str) -> str:
        if not is_id(text):
            raise ValueError(f"heeft kleine letters, cijfers en streepjes nodig, niet '{shortened(text)}'")
        return text


class _Words(_Setting):
    def __init__(self, name: str, label: str, default: str, most: int) -> None:
        super().__init__(name, label, default)
        self.most = most

    def read(self, text: str) -> str:
        found = " ".join(text.split())
        if 0 < len(found) <= self.most:
            return found
        raise ValueError(f"moet een tekst van 1 tot en met {self.most} tekens zijn")


def setting(name: str, label: str, *, default: int, low: int = 0, high: int = 1_000_000) -> Any:
    """A field for a whole number from `low` to `high` inclusive, written `name=3` on the heading.

    Raises ValueError when `name` is one of COMMON.
    """
    return field(default=default, metadata={"name": name, _KEY: _Whole(name, label, default, low, high)})


def flag(name: str, label: str, *, default: bool = False) -> Any:
    """A field for yes or no, written `name=ja` or `name=nee`. Raises ValueError when `name` is in COMMON."""
    return field(default=default, metadata={"name": name, _KEY: _Flag(name, label, default)})


def choice(name: str, label: str, options: Sequence[str], *, default: str | None = None) -> Any:
    """A field for one of `options`, the first being the default unless `default` is given.

    Raises ValueError when `name` is one of COMMON, or `default` is not one of `options`.
    """
    chosen = options[0] if default is None else default
    return field(default=chosen, metadata={"name": name, _KEY: _Choice(name, label, chosen, options)})


def ident(name: str, label: str) -> Any:
    """A field for an id that steps can share, '' by default. Raises ValueError when `name` is in COMMON."""
    return field(default="", metadata={"name": name, _KEY: _Ident(name, label, "")})


def words(name: str, label: str, *, default: str, most: int) -> Any:
    """A field for a text of at most `most` characters, written `name="a few words"` on the heading.

    Raises ValueError when `name` is one of COMMON.
    """
    return field(default=default, metadata={"name": name, _KEY: _Words(name, label, default, most)})


def earlier_step(name: str, label: str) -> Any:
    """A field for a step of an earlier part, written `name=dagdeel-1/welkom`; None without it.

    `check` reports a step that is not there. Raises ValueError when `name` is in COMMON.
    """
    return field(default=None, metadata={"name": name, _KEY: _Earlier(name, label, None)})


@dataclass(frozen=True, slots=True)
class Described:
    """A setting as a form asks for it: a whole number from `low` to `high`, one of `options`, or words.

    `default` is what it is without being written.
    """

    name: str
    label: str
    default: str
    low: int | None = None
    high: int | None = None
    options: tuple[str, ...] = ()


def described(cls: type) -> tuple[Described, ...]:
    """The settings that dataclass `cls` declares, in order, for a form."""
    return tuple(_described(_of(found)) for found in fields(cls) if _KEY in found.metadata)


def _described(found: _Setting) -> Described:
    match found:
        case _Whole():
            return Described(found.name, found.label, str(found.default), found.low, found.high)
        case _Flag():
            return Described(found.name, found.label, "ja" if found.default else "nee", options=("ja", "nee"))
        case _Choice():
            return Described(found.name, found.label, found.default, options=found.options)
    return Described(found.name, found.label, "" if found.default is None else str(found.default))


def read_settings(cls: type[T], step: StepSource, problems: Problems, **material: Any) -> T:
    """An instance of dataclass `cls` from the heading of `step`; `material` are its other fields.

    Reports unknown settings (`step.unknown-setting`, with a suggestion) and bad values (`step.bad-value`).
    """
    values: dict[str, Any] = dict(material)
    known = {_of(found).name: found for found in fields(cast(Any, cls)) if _KEY in found.metadata}
    for name, text in step.attributes.items():
        if name not in known:
            message = unknown("instelling", name, {*known, *COMMON})
            problems.add(step.path, step.line, message, "step.unknown-setting")
            continue
        try:
            values[known[name].name] = _of(known[name]).read(text)
        except ValueError as wrong:
            problems.add(step.path, step.line, f"'{name}' {wrong}", "step.bad-value")
    return cls(**values)


def _of(found: "Field[Any]") -> _Setting:
    return cast(_Setting, found.metadata[_KEY])
