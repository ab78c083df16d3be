"""What a vote consists of: the questions, the rounds, and the items that posts belong to."""

from dataclasses import dataclass
from functools import lru_cache

from trainer.curriculum.model import Text
from trainer.kinds.settings import choice, flag, setting


@dataclass(frozen=True, slots=True)
class Settings:
    """The questions, and the answers that they all share."""

    intro: Text
    questions: tuple[Text, ...] = ()
    options: tuple[Text, ...] = ()
    form: str = choice("vorm", ("stellingen", "keuze"))
    several: bool = flag("meer")
    rounds: int = setting("rondes", default=1, low=1, high=2)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(option.plain for option in self.options)


@dataclass(frozen=True, slots=True)
class VoteState:
    """`second` are the indexes of questions in their second round; `shown` and `closed` hold items."""

    index: int = 0
    second: tuple[int, ...] = ()
    shown: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


def item_of(index: int, round_: int) -> str:
    return f"{index + 1}/{round_}"


def split(item: str) -> tuple[int, int]:
    number, _, round_ = item.partition("/")
    return int(number) - 1, int(round_)


def items(settings: Settings) -> tuple[str, ...]:
    return _items(len(settings.questions), settings.rounds)


@lru_cache
def _items(questions: int, rounds: int) -> tuple[str, ...]:
    return tuple(item_of(index, round_) for index in range(questions) for round_ in range(1, rounds + 1))


def started(state: VoteState, item: str) -> bool:
    index, round_ = split(item)
    return round_ == 1 or index in state.second
