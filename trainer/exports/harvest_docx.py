"""A report of a meeting or a course as a Word document."""

from trainer.exports.evaluation import Question
from trainer.exports.harvest import Harvest, HarvestReport, Section, Words, absent
from trainer.exports.harvest_words import DISTRIBUTION, GIVEN, LINES, answered, days, head, minutes, rows
from trainer.exports.word import WordDocument


def render(report: HarvestReport) -> bytes:
    """The bytes of a .docx file."""
    word = WordDocument(report.title, report.title, report.day)
    word.title(report.title)
    word.soft(head(report))
    for each in report.harvests:
        word.text(days(each))
    word.heading("Wat hier niet in staat, en waarom", 1)
    for what, why in absent(report):
        word.item(why, lead=what)
    for each in report.harvests:
        word.new_page()
        _harvest(word, each, deeper=len(report.harvests) > 1)
    return word.save()


def _harvest(word: WordDocument, harvest: Harvest, *, deeper: bool) -> None:
    if deeper:
        word.heading(harvest.title, 1)
    for section in harvest.shown:
        _section(word, section, 2 if deeper else 1)


def _section(word: WordDocument, section: Section, level: int) -> None:
    word.heading(section.title, level)
    if section.note.answer.text:
        word.text(section.note.answer.text)
    if section.lines:
        word.soft(GIVEN)
        told = [(line.title, "\n".join(line.steps), *minutes(line)) for line in section.lines]
        word.grid(LINES, told, (5, 6, 2, 3))
    for piece in section.pieces:
        if isinstance(piece, Words):
            _words(word, piece, level + 1)
        else:
            _question(word, piece, level + 1)


def _question(word: WordDocument, question: Question, level: int) -> None:
    word.heading(question.question, level)
    word.text(answered(question))
    if question.divided:
        word.grid(DISTRIBUTION, rows(question), (9, 5, 2))


def _words(word: WordDocument, words: Words, level: int) -> None:
    word.heading(words.question, level)
    if words.missing:
        word.text(f"{words.missing.capitalize()}.")
    for title, texts in words.groups:
        if title:
            word.heading(title, level + 1)
        for text in texts:
            word.item(text)
