"""Days in what people write, such as '12 maart 2027', '12-3-2027' or '1, 15 en 29 maart 2027'.

Without a year it is no day: a plan is read for years, and a guess would put it in a calendar. In a list the
last day says the year, and the month of those without one, as long as the days go up: '29 december en 12
januari 2027' says no year of the first.
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

_NUMBER = r"\d{1,2}(?:e|ste|de)?"
_WORDS = rf"(?P<last>{_NUMBER}\s+[a-z]{{3,9}})\.?\s+(?P<year>\d{{4}})"
# Those before it: before the last is a word that says that these belong together.
_ONE = rf"(?:[a-z]{{3,6}}dag\s+)?{_NUMBER}(?:\s+[a-z]{{3,9}}\.?)?"
_AND = r"\s*(?:,\s*)?(?:en|of|tot|t/m|tot\s+en\s+met)\s+(?:[a-z]{3,6}dag\s+)?"
_LIST = rf"(?:(?P<before>{_ONE}(?:(?:\s*,\s*|{_AND}){_ONE}){{0,30}}){_AND})?{_WORDS}"
_NUMBERS = r"(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>\d{4})"
_ISO = r"(?P<iso>\d{4}-\d{2}-\d{2})"
_BETWEEN = re.compile(r",|\b(?:en|of|tot|met|t/m)\b", re.IGNORECASE)
_SHORT_DAY = re.compile(rf"(?P<number>{_NUMBER})(?:\s+(?P<month>[a-z]{{3,9}}))?", re.IGNORECASE | re.ASCII)
_DAY = re.compile(rf"(?<![\d/.-])(?:{_ISO}|{_NUMBERS}|{_LIST})(?!\d|[-/.]\d)", re.IGNORECASE | re.ASCII)


def days_in(text: str) -> Sequence[date]:
    """Every day that is written with its year, each once, in the order in which they stand there."""
    found = (day for match in _DAY.finditer(text) for day in _days(match))
    return list(dict.fromkeys(day for day in found if day.year in YEARS))


def _days(found: re.Match[str]) -> Sequence[date]:
    try:
        if found["iso"]:
            return [date.fromisoformat(found["iso"])]
        if found["d"]:
            return [date(int(found["y"]), int(found["m"]), int(found["d"]))]
        return _listed(found)
    except ValueError:
        return []


def _listed(found: re.Match[str]) -> Sequence[date]:
    """The days of a list, of which the last has its year; what is no earlier day is left out."""
    number, name = found["last"].split()
    days = [date(int(found["year"]), _month(name.lower()), _number(number))]
    month = days[0].month
    for words in reversed(_BETWEEN.split(found["before"] or "")):
        each = _SHORT_DAY.search(words)
        if each is None:
            continue
        month = _month(each["month"].lower()) if each["month"] else month
        try:
            day = date(days[0].year, month, _number(each["number"]))
        except ValueError:
            break
        if day >= days[0]:
            break
        days.insert(0, day)
    return days


def _number(text: str) -> int:
    return int(text.rstrip("estdESTD"))


def _month(word: str) -> int:
    """The number of a month, also of one that is cut short; 0 for any other word."""
    if word in SHORT:
        return SHORT[word]
    fitting = (number for number, month in enumerate(MONTHS, start=1) if month.startswith(word))
    return next(fitting, 0)
