"""What a vote consists of: the questions, the rounds, and the items that posts belong to."""

from dataclasses import dataclass, replace
from functools import lru_cache

from trainer.curriculum.model import Text
from trainer.kinds.settings import choice, flag, setting


@dataclass(frozen=True, slots=True)
class Settings:
    """The questions, and the answers that they all share."""

    intro: Text
    questions: tuple[Text, ...] = ()
    options: tuple[Text, ...] = ()
    form: str = choice("vorm", "Vorm", ("stellingen", "keuze"))
    several: bool = flag("meer", "Meer antwoorden tegelijk")
    rounds: int = setting("rondes", "Rondes", default=1, low=1, high=2)

    @property
    def labels(self) -> tuple[str, ...]:
        """The options as plain text, in the order of their numbers."""
        return tuple(option.plain for option in self.options)


@dataclass(frozen=True, slots=True)
class VoteState:
    """`second` are the indexes of questions in their second round; `shown` and `closed` hold items. `asked`
    are the indexes of the questions that the group had before it, besides the present one."""

    index: int = 0
    second: tuple[int, ...] = ()
    shown: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    asked: tuple[int, ...] = ()

    def at(self, index: int) -> "VoteState":
        """The same at another question."""
        return replace(self, index=index, asked=tuple(sorted({*self.asked, self.index})))


def item_of(index: int, round_: int) -> str:
    """The item of a question, counted from 0, in round 1 or 2."""
    return f"{index + 1}/{round_}"


@lru_cache
def split(item: str) -> tuple[int, int]:
    """The question, from 0, and the round of an item; the inverse of `item_of`."""
    number, _, round_ = item.partition("/")
    return int(number) - 1, int(round_)


def items(settings: Settings) -> tuple[str, ...]:
    """Every item that can be voted on: all questions, in all their rounds."""
    return _items(len(settings.questions), settings.rounds)


@lru_cache
def _items(questions: int, rounds: int) -> tuple[str, ...]:
    return tuple(item_of(index, round_) for index in range(questions) for round_ in range(1, rounds + 1))


def started(state: VoteState, item: str) -> bool:
    """Was this round opened? The first one always is."""
    index, round_ = split(item)
    return round_ == 1 or index in state.second
