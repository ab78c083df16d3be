"""Values that are found when they are first looked at, because most who get them do not look."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar

Each = TypeVar("Each")


class Lazily(Sequence[Each]):
    """What `find` returns; it is called once, and not before anybody looks."""

    def __init__(self, find: Callable[[], Sequence[Each]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> Sequence[Each]:
        return self._find()

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, place: Any) -> Any:
        return self._found[place]
