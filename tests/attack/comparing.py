"""A curious organiser who makes every comparison, and puts them beside the evaluation itself."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from urllib.parse import urlencode

from tests.attack.stolen import none
from tests.attack.story import ADDRESS, BROWSER, Story
from tests.support.findings import Finding
from trainer.exports.comparison import Per
from trainer.kinds.disclosure import MINIMUM

DAYS = ("", *((date.today() + timedelta(days=days)).isoformat() for days in (-1, 0, 1)))
Rows = dict[tuple[str, str, str], str]


def comparing(story: Story) -> list[Finding]:
    """Every selection that can be made of the one meeting that is over, in every grouping."""
    own = _evaluation(story)
    found = list(_comparisons(story))
    figures = [(key, number) for one in found for key, number in one.items()]
    numbers = [int(number) for _, number in figures if number.isdigit()]
    written = repr(found)
    texts = [text for sent in story.truth.texts.values() for _, text in sent]
    return [
        Finding("comparisons: counts in them", str(len(numbers)), "over 0", bool(numbers)),
        none(f"comparisons: counts from 1 to {MINIMUM - 1}", sum(0 < each < MINIMUM for each in numbers)),
        none("comparisons: figures that the meeting's own evaluation does not say",
             sum(own.get(key) != number for key, number in figures)),
        none("comparisons: texts that people wrote", sum(text in written for text in texts)),
        none("comparisons: tokens, addresses, browsers",
             sum(word in written for word in (*story.truth.tokens, ADDRESS, BROWSER))),
    ]  # fmt: skip


def _comparisons(story: Story) -> Iterator[Rows]:
    for per, asked, since, until in product(Per, ("evaluatie", "onderdelen"), DAYS, DAYS):
        query = {"per": per.value, "vragen": asked, "van": since, "tot": until}
        yield {
            (row["vraag"], row["soort"], row["antwoord"]): row["aantal"]
            for row in _table(story, f"/beheer/vergelijken.csv?{urlencode(query)}")
        }


def _evaluation(story: Story) -> Rows:
    return {
        (row["vraag"], row["soort"], row["antwoord"]): row["aantal"]
        for row in _table(story, f"/beheer/bijeenkomsten/{story.meeting}/evaluatie.csv")
    }


def _table(story: Story, path: str) -> list[dict[str, str]]:
    answer = story.trainer.session.get(story.server.url + path, timeout=30)
    assert answer.ok, answer.status_code
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
