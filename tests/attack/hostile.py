"""Texts that are meant to break something: through every field, to every view and every export."""

import csv
import io
import json
import random
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.attack.stolen import none
from tests.support.findings import Finding
from tests.support.fragments import Page
from tests.support.hall import Hall
from trainer.exports.evaluation import Evaluation
from trainer.exports.formats import FORMATS
from trainer.kinds.contract import Submission
from trainer.live.audience import Audience, Role
from trainer.store.models import Meeting, db
from trainer.web.reports import evaluations

NEVER = frozenset(
    ("script", "iframe", "object", "embed", "img", "style", "link", "meta", "base", "marquee", "video")
)
TEXTS = Path(__file__).with_suffix(".json")


def hostile_texts(seed: int, number: int) -> list[str]:
    """So many different texts: those above, and mixtures of them."""
    chance = random.Random(seed)
    alone: list[str] = json.loads(TEXTS.read_text())
    mixed = [one + other for one, other in product(alone, alone) if one != other]
    return [*alone, *chance.sample(mixed, number - len(alone))]


class Elements(HTMLParser):
    """What a browser would make of a page: elements and attributes that no page of ours has."""

    def __init__(self, screen: str) -> None:
        super().__init__()
        self.alien, self._screen = 0, screen

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Control has the screen in a frame, small.
        is_screen = tag == "iframe" and dict(attrs).get("src") == self._screen
        self.alien += tag in NEVER and not is_screen
        self.alien += sum(name.startswith("on") or name == "style" for name, _ in attrs)
        self.alien += sum("javascript:" in (value or "") for name, value in attrs if name in ("href", "src"))


def hostile(seed: int, number: int) -> list[Finding]:
    """Every text is sent by a phone of its own, in every field that takes texts."""
    texts = hostile_texts(seed, number)
    alien = odd = taken = refused = 0
    with tempfile.TemporaryDirectory() as place:
        hall = Hall(Path(place))
        hall.do("start")
        for step in hall.room.part.steps():
            if not hall.room.kind(step).typed:
                continue
            hall.do("goto", step=step.id)
            for text in texts:
                phone = hall.phone()
                for submission in _filled_in(hall, phone, text):
                    answer = hall.take(phone, _uuid(), step.id, submission)
                    taken, refused = taken + (answer is None), refused + (answer is not None)
                alien += _aliens(hall, hall.own(phone))
            for command in ("do:draw", "do:show-all", "do:totals", "do:start"):
                hall.ask(command)
            pages = [hall.host.messages.message(hall.room, Audience(role))["html"] for role in Role]
            alien += sum(_aliens(hall, page) for page in pages)
            odd += sum(_odd(post.payload) for post in hall.posts(step.id))
        hall.do("close")
        wrong = _wrong_exports(hall)
        exported = sum(len(row.texts or ()) for row in hall.host.kept(hall.meeting))
        hall.stop()
    return [
        Finding(
            f"hostile texts: {len(texts)}, taken or refused", f"{taken}, {refused}", "over 0", taken > number
        ),
        none("hostile texts: elements or scripts made of them, in any view", alien),
        none("hostile texts: control or bidi characters kept", odd),
        Finding("hostile texts: in exports", str(exported), f"over {number // 2}", exported > number // 2),
        none("hostile texts: exports that are wrong, or cells that are formulas", wrong),
    ]


def _filled_in(hall: Hall, phone: str, text: str) -> Iterator[Submission]:
    """Every form that this phone has now, with the text in each field for text."""
    for form in Page(hall.own(phone)).forms:
        if "data-post" in form.attributes and form.texts:
            chosen = {name: (values[0],) for name, values in form.options.items() if name != "clear"}
            yield Submission(
                form.attributes.get("data-item", ""), chosen | dict.fromkeys(form.texts, (text,))
            )


def _aliens(hall: Hall, html: str) -> int:
    found = Elements(f"/scherm/{hall.meeting}")
    found.feed(html)
    return found.alien


def _odd(payload: Mapping[str, Any]) -> int:
    """Characters in a stored post that change how other text is read, or that no text needs."""
    texts = [value for value in payload.values() if isinstance(value, str)]
    return sum(
        unicodedata.category(character) in ("Cc", "Cs", "Cf") and character not in "\n\u200d\ufe0f"
        for character in "".join(texts)
    )


def _wrong_exports(hall: Hall) -> int:
    with hall.app.app_context():
        meeting = db.session.get_one(Meeting, hall.meeting)
        evaluation = evaluations.of_meeting(hall.host, meeting)
        assert evaluation is not None
        made = {name: form.render(evaluation) for name, form in FORMATS.items()}
    rows = list(csv.reader(io.StringIO(made["csv"].decode("utf-8-sig")), delimiter=";"))
    book = load_workbook(io.BytesIO(made["xlsx"]))
    formulas = sum(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    return formulas + len({len(row) for row in rows}) - 1 + (not _all_there(evaluation, made["json"]))


def _all_there(evaluation: Evaluation, document: bytes) -> bool:
    written = json.loads(document)["open_questions"]
    return [len(entry["texts"]) for entry in written] == [len(e.texts) for e in evaluation.open_questions]


def _uuid() -> str:
    return f"00000000-0000-4000-8000-{random.getrandbits(48):012x}"
