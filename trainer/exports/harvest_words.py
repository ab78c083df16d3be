"""What all formats of a report say in the same words."""

from trainer.exports.evaluation import Question
from trainer.exports.harvest import Harvest, HarvestReport, Line
from trainer.plans.dates import MONTHS

LINES = ("Blok", "Onderdelen", "Gepland", "Gekozen")
DISTRIBUTION = ("Antwoord", "Aantal", "Deel")
GIVEN = (
    "Gepland is wat er in de tekst staat. Gekozen is wat de trainers instelden, vooraf of tijdens de "
    "bijeenkomst. Kwartier weet niet hoe lang iets echt duurde."
)


def head(report: HarvestReport) -> str:
    """Which course, where, and on which day the report was made."""
    where = ", ".join(text for text in (report.course, report.place) if text)
    return f"{where}. Gemaakt op {_day(report.day.day, report.day.month, report.day.year)}."


def days(harvest: Harvest) -> str:
    """The title of a meeting and its days: planned, and really if that was another one."""
    known = harvest.day.year > 1
    planned = _day(harvest.day.day, harvest.day.month, harvest.day.year) if known else "datum klopt niet"
    closed = harvest.closed_on
    if closed is None or closed == harvest.day or closed.year <= 1:
        return f"{harvest.title}: {planned}."
    real = _day(closed.day, closed.month, closed.year)
    return f"{harvest.title}: gepland op {planned}, afgesloten op {real}."


def minutes(line: Line) -> tuple[str, str]:
    """The minutes of a block: planned, and chosen."""
    return f"{line.planned} min", "overgeslagen" if line.chosen is None else f"{line.chosen} min"


def answered(question: Question) -> str:
    """How many answered a question, and their mean, as far as those may be known."""
    if not question.tells:
        return f"{str(question.answered).capitalize()}."
    said = f"Antwoorden: {question.answered}."
    if not question.divided:
        said += " Bij elk antwoord zijn het er te weinig om te tonen."
    return f"{said} Gemiddeld {question.mean}." if question.mean else said


def rows(question: Question) -> list[tuple[str, str, str]]:
    """The distribution of a question: option, number and share."""
    shares = ((row, question.share(row)) for row in question.rows)
    return [(row.option, str(row.figure), "" if share is None else f"{share}%") for row, share in shares]


def _day(day: int, month: int, year: int) -> str:
    return f"{day} {MONTHS[month - 1]} {year}"
