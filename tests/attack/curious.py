"""A curious trainer or organiser, who also watches the room: who pressed send when."""

import csv
import io
import json
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests
from openpyxl import load_workbook

from tests.attack.stolen import none
from tests.attack.story import ADDRESS, BROWSER, FLAP, Story, unique
from tests.support.findings import Finding, most_right
from tests.support.hall import Hall
from tests.support.pages import Phone
from trainer.kinds.disclosure import MINIMUM
from trainer.live.audience import Audience, Role

FORMS = ("csv", "xlsx", "json")
Strategy = Callable[[Sequence[str]], Sequence[str]]
# What somebody tries who knows in which order the phones sent: that one of these orders is the same.
STRATEGIES: dict[str, Strategy] = {
    "as they stand": lambda shown: shown,
    "from the end": lambda shown: list(reversed(shown)),
    "turned by one": lambda shown: [*shown[1:], *shown[:1]],
}


def guesses(rounds: int, batch: int = 5) -> list[Finding]:
    """Texts appear in a batch; whose they are is guessed from where they stand, on screen and on control."""
    hits = {(page, name): 0 for page in ("screen", "control", "own ids") for name in STRATEGIES}
    with tempfile.TemporaryDirectory() as place:
        first = Hall(Path(place))
        for _ in range(rounds):
            hall = first.another()
            hall.do("goto", step=FLAP)
            phones = [hall.phone() for _ in range(batch)]
            random.shuffle(phones)
            sent = [unique("tekst") for _ in phones]
            for phone, text in zip(phones, sent, strict=True):
                assert hall.post(phone, FLAP, text=text) is None
            ids = [post.payload["text"] for post in sorted(hall.posts(FLAP), key=lambda post: post.id)]
            hall.do("do:draw")
            hall.do("do:show-all")
            for page, shown in (
                ("screen", _order_on(hall, "screen", sent)),
                ("control", _order_on(hall, "control", sent)),
                ("own ids", ids),
            ):
                for name, strategy in STRATEGIES.items():
                    hits[page, name] += sum(a == b for a, b in zip(sent, strategy(shown), strict=True))
        first.stop()
    rates = {key: count / (rounds * batch) for key, count in hits.items()}
    best = max(rates, key=lambda key: rates[key])
    most = most_right(rounds, batch)
    return [
        Finding(
            f"guessing authors in a batch of {batch}, {rounds} rounds, best way ({best[0]}, {best[1]})",
            f"{100 * rates[best]:.1f}%",
            f"at most {100 * most:.0f}%",
            rates[best] <= most,
        )
    ]


def _order_on(hall: Hall, role: str, texts: Sequence[str]) -> list[str]:
    html = hall.host.messages.message(hall.room, Audience(Role(role)))["html"]
    return sorted(texts, key=html.index)


def stragglers(story: Story) -> list[Finding]:
    """Texts that come alone are not shown alone, whatever the trainer lays beside them."""
    story.control.go("goto", step=FLAP)
    alone = [unique("alleen") for _ in range(2)]
    refused = sum(
        _cannot_draw_after(story, phone, text) for phone, text in zip(story.phones, alone, strict=False)
    )
    for _ in range(3):
        story.control.send("enter", step=FLAP, item="", form={"text": [unique("papier")]})
    story.control.go("do:draw")
    story.control.go("do:show-all")
    # Nobody saw them: they are never kept.
    story.truth.gone += alone
    return [
        Finding(
            "a text that comes alone cannot be drawn alone", f"{refused} of 2 refused", "2", refused == 2
        ),
        none("texts that came alone, beside three cards that the trainer entered", _seen_of(story, alone)),
    ]


def _cannot_draw_after(story: Story, phone: Phone, text: str) -> bool:
    assert phone.post(FLAP, text=text)["ok"]
    return story.control.command("do:draw").get("code") == "few"


def _seen_of(story: Story, words: Sequence[str]) -> int:
    seen = "".join(json.dumps(view) for page in story.trainers_pages for view in page.views)
    return sum(word in seen for word in words)


def frames(story: Story) -> list[Finding]:
    """Every view that the trainers' pages got."""
    return [
        none(
            "tokens, addresses or browsers in what trainers' pages got",
            _seen_of(story, _phone_words(story)),
        ),
        none("texts that were taken back before they were shown", _seen_of(story, story.truth.gone[:1])),
    ]


def no_export_while_running(story: Story) -> list[Finding]:
    """Two evaluations of a running meeting would differ by one person: so there are none."""
    given = 0
    for name in FORMS:
        given += _download(story, name).ok
        given += story.server.command("export", "--meeting", story.meeting, "--format", name).returncode == 0
    return [none("evaluations of a meeting that is not closed", given)]


def exports(story: Story) -> list[Finding]:
    """Every export of the closed meeting, twice: no row of a person, no small count, nothing that differs."""
    found = [_read(_download(story, name), name) for name in FORMS]
    again = [_read(_download(story, name), name) for name in FORMS]
    counts = [count for one in found for count in one.counts]
    rows = [row for one in found for row in one.rows]
    differ = sum(sorted(one.rows) != sorted(other.rows) for one, other in zip(found, again, strict=True))
    texts = [text for sent in story.truth.texts.values() for _, text in sent]
    written = repr(rows)
    return [
        Finding("exports: counts in them", str(len(counts)), "over 0", bool(counts)),
        none(f"exports: counts from 1 to {MINIMUM - 1}", sum(0 < count < MINIMUM for count in counts)),
        none("exports: rows with two texts", sum(sum(t in row for t in texts) > 1 for row in rows)),
        none("exports: differences between two of the same", differ),
        none("exports: texts that are not kept", sum(text in written for text in story.truth.gone)),
        none("exports: tokens, addresses, browsers", sum(w in written for w in _phone_words(story))),
    ]


def _phone_words(story: Story) -> list[str]:
    return [*story.truth.tokens, ADDRESS, BROWSER]


def _download(story: Story, name: str) -> requests.Response:
    link = f"{story.server.url}/beheer/bijeenkomsten/{story.meeting}/evaluatie.{name}"
    return story.trainer.session.get(link, timeout=30)


@dataclass(frozen=True)
class Export:
    """What stands in an export, whatever its form: rows as text, and every count of people."""

    rows: list[str]
    counts: list[int]


def _read(answer: requests.Response, name: str) -> Export:
    assert answer.ok, answer.status_code
    if name == "csv":
        cells = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        figures = [row[-1] for row in cells]
    elif name == "xlsx":
        book = load_workbook(io.BytesIO(answer.content))
        cells = [[str(cell.value or "") for cell in row] for sheet in book for row in sheet.iter_rows()]
        figures = [str(row[2].value) for row in book["Totalen"].iter_rows()]
    else:
        found = json.loads(answer.content)
        options = [(q, option) for q in found["questions"] for option in q["options"]]
        figures = [option["count"]["text"] for _, option in options]
        cells = [[q["question"], option["option"], option["count"]["text"]] for q, option in options]
        cells += [[q["question"], text] for q in found["open_questions"] for text in q["texts"]]
    return Export(["|".join(row) for row in cells], [int(figure) for figure in figures if figure.isdigit()])
