"""What a group shared as a text file, which any phone opens."""

from collections.abc import Iterable, Iterator

from trainer.exports.evaluation import Question
from trainer.exports.harvest import Section, Words
from trainer.exports.harvest_words import answered
from trainer.exports.safety import clean


def render(title: str, sections: Iterable[Section]) -> bytes:
    """UTF-8, ending in a newline."""
    lines = [title, *(line for section in sections for line in _section(section))]
    return ("\n".join(map(clean, lines)) + "\n").encode()


def _section(section: Section) -> Iterator[str]:
    yield from ("", section.title)
    for piece in section.pieces:
        yield from ("", *(_words(piece) if isinstance(piece, Words) else _question(piece)))


def _question(question: Question) -> Iterator[str]:
    yield question.question
    yield answered(question)
    yield from (f"- {row.option}: {row.figure}" for row in question.rows)


def _words(words: Words) -> Iterator[str]:
    yield words.question
    for title, texts in words.groups:
        yield from ([f"{title}:"] if title else [])
        yield from (f"- {text}" for text in texts)
