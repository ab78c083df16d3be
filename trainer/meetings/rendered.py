"""What a room remembers of its views. It lies on the room: meetings do not evict what others rendered."""

from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Numbers:
    """Numbers the views of a meeting: a browser ignores any that is older than what it has.

    Outlives a room that is dropped from memory, because somebody may still be rendering a view of it.
    """

    last: int = 0
    _lock: Lock = field(default_factory=Lock)

    def next(self, least: int) -> int:
        """A number that is higher than all before, and at least `least`."""
        with self._lock:
            self.last = max(self.last + 1, least)
            return self.last


@dataclass(slots=True)
class Rendered:
    """What all phones have alike of one step in one version of its state: the key of what is shown."""

    version: int = -1
    key: str = ""


@dataclass(slots=True)
class Renderings:
    """What was rendered in one version of the state, by step and language."""

    _found: dict[tuple[str, str], Rendered] = field(default_factory=dict)

    def of(self, step_id: str, language: str, version: int) -> Rendered:
        """What was rendered of a step in this version; what is of an earlier one is forgotten."""
        found = self._found.get((step_id, language))
        if found is None or found.version != version:
            fresh = {key: each for key, each in self._found.items() if each.version == version}
            found = fresh[step_id, language] = Rendered(version)
            self._found = fresh
        return found
