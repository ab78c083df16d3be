"""A plan as JSON, for whoever wants to do something else with it."""

import json
from typing import Any

from trainer.exports.plan import PlanDocument
from trainer.plans.answers import Answer
from trainer.plans.sheet import Action, Part, Row, actions


def render(plan: PlanDocument) -> bytes:
    """UTF-8. Sections with their answers by the ids of the questions, the actions, and what has no question.

    A section that is asked once has one row. `others` are texts of which nobody chose one yet.
    """
    sheet = plan.sheet
    found = {
        "title": sheet.form.title,
        "course": plan.course,
        "place": plan.place,
        "day": plan.day.isoformat(),
        "sources": list(sheet.form.sources),
        "sections": [_section(part) for part in sheet.parts],
        "actions": [_action(action) for action in actions(sheet)],
        "leftovers": [{"field": key, **_texts(answer)} for key, answer in sheet.leftovers],
    }
    return json.dumps(found, ensure_ascii=False, indent=2).encode(errors="replace")


def _section(part: Part) -> dict[str, Any]:
    questions = [{"id": question.id, "question": question.title} for question in part.section.questions]
    return {
        "id": part.section.id,
        "title": part.section.title,
        "questions": questions,
        "rows": [_row(row) for row in part.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    answers = {each.question.id: _texts(each.answer) for each in row.fields}
    return {"id": row.id, "answers": answers}


def _texts(answer: Answer) -> dict[str, Any]:
    return {"text": answer.text, "others": list(answer.others)}


def _action(action: Action) -> dict[str, Any]:
    days = [day.isoformat() for day in action.days]
    return {"id": action.id, "what": action.what, "who": action.who, "when": action.when, "days": days}
