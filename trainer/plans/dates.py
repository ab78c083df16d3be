"""Days in what people write, such as '12 maart 2027' or '12-3-2027'.

Without a year it is no day: a plan is read for years, and a guess would put it in a calendar.
"""

import re
from collections.abc import Sequence
from datetime import date

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip
SHORT = {"mrt": 3}
YEARS = range(2000, 2100)

_WORDS = r"(?P<day>\d{1,2})(?:e|ste|de)?\s+(?P<month>[a-z]{3,9})\.?\s+(?P<year>\d{4})"
_NUMBERS = r"(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>\d{4})"
_ISO = r"(?P<iso>\d{4}-\d{2}-\d{2})"
_DAY = re.compile(rf"(?<![\d/.-])(?:{_ISO}|{_NUMBERS}|{_WORDS})(?!\d|[-/.]\d)", re.IGNORECASE | re.ASCII)


def days_in(text: str) -> Sequence[date]:
    """Every day that is written with its year, each once, in the order in which they stand there."""
    found = (_day(match) for match in _DAY.finditer(text))
    return list(dict.fromkeys(day for day in found if day is not None))


def _day(found: re.Match[str]) -> date | None:
    try:
        if found["iso"]:
            day = date.fromisoformat(found["iso"])
        elif found["d"]:
            day = date(int(found["y"]), int(found["m"]), int(found["d"]))
        else:
            day = date(int(found["year"]), _month(found["month"].lower()), int(found["day"]))
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _month(word: str) -> int:
    """The number of a month, also of one that is cut short; 0 for any other word."""
    if word in SHORT:
        return SHORT[word]
    fitting = (number for number, month in enumerate(MONTHS, start=1) if month.startswith(word))
    return next(fitting, 0)
