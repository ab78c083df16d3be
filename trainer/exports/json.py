"""An evaluation as JSON, for other programs. A number that may not be known is null."""

import json
from typing import Any

from trainer.exports.evaluation import Evaluation, Figure
from trainer.exports.safety import clean


def render(evaluation: Evaluation) -> bytes:
    """UTF-8, indented, ending in a newline."""
    document = {
        "title": clean(evaluation.title),
        "place": clean(evaluation.place),
        "meetings": [{"title": clean(one.title), "day": one.day.isoformat()} for one in evaluation.sittings],
        "questions": [
            {
                "id": question.id,
                "question": clean(question.question),
                "meetings": [clean(title) for title in question.sittings],
                "answered": figure(question.answered),
                "options": [
                    {"option": clean(row.option), "count": figure(row.figure)} for row in question.rows
                ],
                "mean": question.mean and {"at_least": question.mean.low, "at_most": question.mean.high},
            }
            for question in evaluation.questions
        ],
        "open_questions": [
            {
                "id": entry.id,
                "question": clean(entry.question),
                "meetings": [clean(title) for title in entry.sittings],
                "complete": entry.complete,
                "texts": [clean(text) for text in entry.texts],
            }
            for entry in evaluation.open_questions
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def figure(of: Figure) -> dict[str, Any]:
    """A number of people: `number` is null unless it is exact."""
    return {"number": of.number, "at_least": of.least, "text": str(of)}
