"""What people wrote while a dagdeel was given, what must become of it, and where on the server it stands."""

import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

# A text that stands in one place only.
WORD = re.compile(r"(?:kaart|schrift)[0-9a-f]{8}")


@dataclass
class Ledger:
    """Words that stand in one text only.

    `private` are those of notebooks, that never leave a phone. `gone` were sent, and may be nowhere once the
    meeting is closed. `kept` may be in the report.
    """

    private: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def secret(self) -> str:
        """For the notebook."""
        self.private.append(_unique("schrift"))
        return self.private[-1]

    def said(self, is_wiped: bool) -> str:
        """For something that is sent, of which nothing stays where `is_wiped`."""
        (self.gone if is_wiped else self.kept).append(text := _unique("kaart"))
        return text

    def shared(self, text: str) -> None:
        """Its owner sent it from the notebook: others saw it, and nothing is kept of it."""
        self.private.remove(text)
        self.gone.append(text)

    def withheld(self, text: str) -> None:
        """Trainers keep it off the screen, or it was taken back, or nobody got to see it."""
        if text in self.kept:
            self.kept.remove(text)
            self.gone.append(text)


def _unique(word: str) -> str:
    return f"{word}{secrets.token_hex(4)}"


def stands_in(folder: Path, words: list[str]) -> list[str]:
    """Each of these words that is in a file of the server: its database, journal, keys, logs and exports."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert files
    return [
        f"{word} in {path.name}" for path, text in files.items() for word in words if word.encode() in text
    ]
