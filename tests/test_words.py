"""One word for one thing, as the table in docs/content-format.md says."""

import subprocess
import sys
from pathlib import Path

from tools import words

ROOT = Path(__file__).parents[1]
PAGE = """\
# How to write

## Woorden

| wij schrijven | niet | betekent |
| --- | --- | --- |
| klant | cliënt, zorgvrager | wie steun krijgt |
| wifi | WiFi | |

### Uitzonderingen

- Raad van cliënten

## Kinds

| geen | woord |
"""
WORDS = {"cliënt": "klant", "zorgvrager": "klant", "WiFi": "wifi"}


def found(text: str) -> list[tuple[int, str, str]]:
    return list(words.unused(text, WORDS, ["Raad van cliënten"]))


def test_rules_are_the_table_and_the_exceptions() -> None:
    assert words.rules(PAGE) == (WORDS, ["Raad van cliënten"])


def test_word_is_found_with_its_line_in_any_case_and_number() -> None:
    assert found("Eerst.\nCliënten en een zorgvrager.") == [
        (2, "cliënt", "klant"),
        (2, "zorgvrager", "klant"),
    ]


def test_word_with_a_capital_is_looked_for_as_it_is() -> None:
    assert found("wifi\nWiFi") == [(2, "WiFi", "wifi")]


def test_longer_word_and_exception_are_left_alone() -> None:
    assert found("De cliëntenorganisatie en de Raad van cliënten.") == []


def test_sources_are_left_alone_and_the_title_is_not() -> None:
    text = '---\ntitel: De cliënt\nbronnen:\n  - "Een cliënt"\n---\n\n## Zorgvrager {#cliënt minuten=5}\n'

    assert found(text) == [(2, "cliënt", "klant"), (7, "zorgvrager", "klant")]


def test_markup_of_a_template_is_left_alone() -> None:
    text = '{# cliënt #}\n<p title="{{ 1 > 2 }} cliënt">{% if cliënt > 1 %}\nEen cliënt</p>'

    assert found(text) == [(3, "cliënt", "klant")]


def test_what_people_read_has_none_of_the_words() -> None:
    done = subprocess.run([sys.executable, "tools/words.py"], cwd=ROOT, capture_output=True, text=True)

    assert (done.stdout, done.returncode) == ("", 0)
