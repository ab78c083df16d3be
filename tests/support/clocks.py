"""A clock that a test moves."""


class Clock:
    """A clock that only the test moves."""

    seconds = 0.0

    def now(self) -> float:
        return self.seconds
