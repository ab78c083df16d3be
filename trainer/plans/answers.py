"""What is filled in, and how texts of several people go together: nobody's text is lost.

A field has one text. Whoever writes it tells which text there was before (its version). When that is no
longer so, somebody else wrote it meanwhile: then both texts are kept, until somebody chooses.
"""

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum

from trainer.kinds.text import clean

LONGEST = 2_000
MOST_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """The text of a field, and `others`: texts that people wrote without having seen it."""

    text: str = ""
    others: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Identifies the text: whoever writes tells which one there was."""
        return _fingerprint(self.text)

    @property
    def whole(self) -> str:
        """Identifies everything that there is to choose from."""
        return _fingerprint(self.text, *self.others)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that there is to choose from; the text that stands in the plan is first."""
        return (self.text, *self.others)


EMPTY = Answer()


class Said(StrEnum):
    """What became of a text."""

    SAVED = "saved"
    # It is kept beside that of somebody else.
    BESIDE = "beside"
    TOO_LONG = "too-long"
    # There are too many texts to choose from already.
    TOO_MANY = "too-many"
    # Its row was removed, and the table is full by now.
    NO_ROW = "no-row"


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody wrote in a field, with the version that was there before.

    `tried` is what the same page sent before this without hearing that it was saved.
    """

    text: str
    seen: str
    tried: tuple[str, ...] = ()


def read_lines(raw: str) -> str:
    """`raw` as plain text of one or more lines, without what is invisible. Idempotent."""
    # Anything longer is refused anyway; cut it first so that cleaning it costs no time.
    lines = raw[: 4 * LONGEST].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(map(clean, lines)).strip()


def written(answer: Answer, writing: Writing) -> tuple[Answer, Said]:
    """The field once somebody wrote in it, and what became of the text, which `read_lines` cleaned."""
    text, mine = writing.text, writing.tried
    if len(text) > LONGEST:
        return answer, Said.TOO_LONG
    rest = tuple(other for other in answer.others if other not in mine)
    if text == answer.text:
        # What the same page wrote beside it before is what its writer no longer wants.
        return replace(answer, others=rest), Said.SAVED
    if answer.text in mine or writing.seen == answer.version:
        return Answer(text, tuple(other for other in rest if other != text)), Said.SAVED
    if _fingerprint(text) == writing.seen:
        # Nothing was written in this field: another page was saved as a whole.
        return replace(answer, others=rest), Said.SAVED
    if text in rest:
        return replace(answer, others=rest), Said.BESIDE
    if len(rest) >= MOST_OTHERS:
        return answer, Said.TOO_MANY
    return replace(answer, others=(*rest, text)), Said.BESIDE


def chosen(answer: Answer, whole: str, which: int) -> Answer | None:
    """The field with the text that somebody chose, by its place; None when there are other texts by now."""
    if whole != answer.whole or not 0 <= which < len(answer.texts):
        return None
    return Answer(answer.texts[which])


def joined(answer: Answer, whole: str) -> Answer | None:
    """The field with all its texts below each other; None when there are others by now, or it is too long."""
    together = "\n".join(text for text in answer.texts if text)
    return Answer(together) if whole == answer.whole and len(together) <= LONGEST else None


def _fingerprint(*texts: str) -> str:
    # No text holds the character between them.
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:20]
