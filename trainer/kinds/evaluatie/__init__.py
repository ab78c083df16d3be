"""Evaluatie: one form with all questions, whose answers are kept apart from each other.

Each answer is a post of its own, so that nothing links the answers of one person. A phone always sends
a post for every question, empty where it was skipped: which questions somebody skipped is no fingerprint.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import (
    Command,
    Control,
    Distribution,
    Kind,
    Payload,
    Post,
    Rejected,
    Report,
    Submission,
    Texts,
    View,
)
from trainer.kinds.evaluatie.questions import Question, is_row, read_questions
from trainer.kinds.material import without
from trainer.kinds.settings import read_settings
from trainer.kinds.tally import Tally, bars, parse_choices, people, tally
from trainer.kinds.text import read_text

CHARACTERS = 600
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Settings:
    intro: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class FormState:
    """`totals` are the counts that the trainer put on the screen, by question; `page` is the one shown."""

    closed: bool = False
    totals: Mapping[str, Tally] = field(default_factory=dict)
    showing: bool = False
    page: int = 0


class Evaluatie(Kind):
    name = "evaluatie"
    title = "Evaluatie"
    item_word = "vraag"
    summary = "Een formulier op de telefoon. Alleen totalen, en alleen als de trainer die toont."
    State = FormState
    retention = "evaluation"
    takes_posts = True
    typed = True

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        intro = without(step, is_row)
        return read_settings(Settings, step, problems, intro=intro, questions=read_questions(step, problems))

    def forward(self, settings: Settings, state: FormState) -> FormState | None:
        more = state.showing and state.page + 1 < len(state.totals)
        return replace(state, page=state.page + 1) if more else None

    def backward(self, settings: Settings, state: FormState) -> FormState | None:
        return replace(state, page=state.page - 1) if state.showing and state.page else None

    def accept(
        self, settings: Settings, state: FormState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if state.closed:
            return Rejected("closed", "De evaluatie is gesloten.")
        if submission.one("clear"):
            return {question.id: {} for question in settings.questions}
        payloads: dict[str, Payload] = {}
        for question in settings.questions:
            answer = _answer(question, submission)
            if isinstance(answer, Rejected):
                return answer
            payloads[question.id] = answer
        if not any(payloads.values()) and not own:
            return Rejected("empty", "Er staat nog niets in. Vul in wat je wilt.")
        return payloads

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        return (Submission("", {each.name: _fullest(each, fill) for each in settings.questions}),)

    def controls(self, settings: Settings, state: FormState, posts: Sequence[Post]) -> tuple[Control, ...]:
        turn = (
            Control("reopen", "Heropen de evaluatie")
            if state.closed
            else Control("close", "Sluit de evaluatie")
        )
        if state.showing:
            return Control("hide", "Haal de totalen van het scherm", "primary"), turn
        confirm = "De evaluatie sluit en de totalen komen op het scherm. Open antwoorden niet."
        return turn, Control(
            "totals", "Sluit en toon totalen", "quiet", {}, confirm, bool(_totals(settings, posts))
        )

    def apply(
        self, settings: Settings, state: FormState, command: Command, posts: Sequence[Post]
    ) -> FormState | Rejected:
        match command.name:
            case "close":
                return replace(state, closed=True)
            case "reopen":
                return FormState()
            case "totals":
                # Closed, because a total that moves by one tells the room what the last person chose.
                return FormState(closed=True, totals=_totals(settings, posts), showing=True)
            case "hide":
                return FormState(closed=state.closed)
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    def phone(self, settings: Settings, state: FormState) -> View:
        return {"open": not state.closed, "many": len(settings.questions)}

    def own(
        self, settings: Settings, state: FormState, me: str, own: Sequence[Post], posts: Sequence[Post]
    ) -> View:
        mine = {post.item: post.payload for post in own}
        return {**_form(settings, mine), "open": not state.closed, "sent": any(mine.values())}

    def control(self, settings: Settings, state: FormState, posts: Sequence[Post]) -> View:
        return self.screen(settings, state, posts)

    def screen(self, settings: Settings, state: FormState, posts: Sequence[Post]) -> View:
        sent = _senders(settings, posts)
        shown = [question for question in settings.questions if question.id in state.totals]
        view: dict[str, Any] = {
            "open": not state.closed,
            "sent": sent,
            "people": people(sent),
            "totals": None,
        }
        if not state.showing or state.page >= len(shown):
            return {**view, "showing": state.showing}
        question = shown[state.page]
        result = state.totals[question.id]
        rows = bars(question.options, result)
        total = {"text": question.text, "rows": rows, "answered": people(result.answered)}
        return {**view, "showing": True, "totals": total, "page": state.page + 1, "pages": len(shown)}

    def report(self, settings: Settings, state: FormState, posts: Sequence[Post]) -> Report:
        return tuple(_report(question, posts) for question in settings.questions)


def _answer(question: Question, submission: Submission) -> Payload | Rejected:
    """What is to be stored for one question; an empty payload when it was skipped."""
    given = submission.all(question.name)
    if question.form == "open":
        text = given[0] if given else ""
        read = read_text(text, CHARACTERS) if text.strip() else ""
        return read if isinstance(read, Rejected) else {"text": read} if read else {}
    chosen = parse_choices((value for value in given if value), len(question.options))
    if chosen is None or (len(chosen) > 1 and question.form != "meerkeuze"):
        return Rejected("invalid", "Een van de antwoorden kan hier niet. Kijk het nog eens na.")
    return {"choices": list(chosen)} if chosen else {}


def _fullest(question: Question, fill: Callable[[int], str]) -> tuple[str, ...]:
    """The longest answer to one question."""
    if question.form == "open":
        return (fill(CHARACTERS),)
    all_of_them = tuple(str(index) for index in range(len(question.options)))
    return all_of_them if question.form == "meerkeuze" else all_of_them[-1:]


def _form(settings: Settings, mine: Mapping[str, Payload]) -> dict[str, Any]:
    """The questions with what this phone answered before."""
    rows = [
        {
            "question": question,
            "chosen": tuple(mine.get(question.id, {}).get("choices") or ()),
            "text": mine.get(question.id, {}).get("text", ""),
        }
        for question in settings.questions
    ]
    return {"rows": tuple(rows), "characters": CHARACTERS}


def _senders(settings: Settings, posts: Sequence[Post]) -> int:
    """How many people answered something. Once sealed, every post has an author of its own."""
    authors = len({post.author for post in posts if post.payload})
    first = settings.questions[0].id if settings.questions else ""
    return min(authors, sum(post.item == first for post in posts))


def _totals(settings: Settings, posts: Sequence[Post]) -> dict[str, Tally]:
    """Counts of the questions with fixed answers that enough people answered."""
    closed = [question for question in settings.questions if question.form != "open"]
    results = {question.id: tally(posts, question.id, len(question.options)) for question in closed}
    return {key: result for key, result in results.items() if result.answered >= ENOUGH}


def _report(question: Question, posts: Sequence[Post]) -> Distribution | Texts:
    if question.form == "open":
        texts = (post.payload.get("text") for post in posts if post.item == question.id)
        # Alphabetical: an order that cannot be the same for two questions because of who wrote what.
        return Texts(question.id, question.text.plain, tuple(sorted(text for text in texts if text)))
    result = tally(posts, question.id, len(question.options))
    return Distribution(question.id, question.text.plain, question.options, result.counts, result.answered)


KIND = Evaluatie()
