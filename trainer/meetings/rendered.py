"""What a room remembers of its views. It lies on the room: meetings do not evict what others rendered."""

from dataclasses import dataclass, field
from threading import Lock

from trainer.live.audience import Role


@dataclass(slots=True)
class Numbers:
    """Numbers the views of a meeting: a browser ignores any that is older than what it has.

    Each role has its own: from one number to the next a phone would learn how often control and screen were
    shown something new. Outlives a room that is dropped from memory, because somebody may still be rendering
    a view of it.
    """

    _last: dict[Role, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def last(self) -> int:
        """The highest so far; 0 when there is none."""
        return max(self._last.values(), default=0)

    def next(self, role: Role, least: int) -> int:
        """A number that is higher than all before of this role, and at least `least`."""
        with self._lock:
            self._last[role] = number = max(self._last.get(role, 0) + 1, least)
            return number


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
