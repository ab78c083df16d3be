"""A plan as a document that people edit on."""

from collections.abc import Sequence

from trainer.exports.plan import PlanDocument
from trainer.exports.word import WordDocument
from trainer.plans.answers import Answer
from trainer.plans.dates import MONTHS
from trainer.plans.sheet import Action, Field, Part, actions

UNFILLED = "…"


def render(plan: PlanDocument) -> bytes:
    """The bytes of a .docx file."""
    writer = _Writer(plan)
    writer.head()
    for part in plan.sheet.parts:
        writer.part(part)
    writer.actions(actions(plan.sheet))
    writer.leftovers(plan.sheet.leftovers)
    writer.sources()
    return writer.word.save()


class _Writer:
    """Writes one document."""

    def __init__(self, plan: PlanDocument) -> None:
        self.plan, title = plan, plan.sheet.form.title
        self.word = WordDocument(f"{title}: {plan.course}", f"{title}, {plan.course}", plan.day)

    def head(self) -> None:
        """Title, course, place and day."""
        self.word.title(self.plan.sheet.form.title)
        where = ", ".join(text for text in (self.plan.course, self.plan.place) if text)
        day = self.plan.day
        self.word.soft(f"{where}. Zoals het was op {day.day} {MONTHS[day.month - 1]} {day.year}.")

    def part(self, part: Part) -> None:
        """A section: questions with their answers, or a table."""
        self.word.heading(part.section.title, 1)
        if part.section.rows:
            self._table(part)
            return
        for row in part.rows:
            for each in row.fields:
                self.word.heading(each.question.title, 2)
                self._answer(each.answer)

    def actions(self, found: Sequence[Action]) -> None:
        """What is to be done, by day."""
        if not found:
            return
        self.word.heading("Actielijst", 1)
        rows = [(action.when, action.what, action.who) for action in found]
        self.word.grid(("Wanneer", "Wat", "Wie"), rows, (4, 8, 5), room=True)

    def leftovers(self, found: Sequence[tuple[str, Answer]]) -> None:
        """Answers to questions that the form no longer has."""
        if not found:
            return
        self.word.heading("Antwoorden op vragen van eerder", 1)
        for _, answer in found:
            self._answer(answer)

    def sources(self) -> None:
        """What the form was made from."""
        for source in self.plan.sheet.form.sources:
            self.word.soft(f"Bron van de vragen: {source}")

    def _table(self, part: Part) -> None:
        rows = [[_all(each) for each in row.fields] for row in part.rows]
        wide = [3 if each.role in ("doel", "wat") else 2 for each in part.section.questions]
        self.word.grid([each.title for each in part.section.questions], rows, wide, room=True)

    def _answer(self, answer: Answer) -> None:
        self.word.text(answer.text or UNFILLED)
        for other in answer.others:
            self.word.soft("Iemand anders schreef:")
            self.word.text(other or UNFILLED)


def _all(each: Field) -> str:
    others = "".join(f"\n[Iemand anders schreef: {other}]" for other in each.answer.others)
    return each.answer.text + others
